import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json: sources and bundles both stand below it. */
function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) throw new Error("package.json not found above the program");
  }
}

/** A file of the portal as it is served. */
export interface Asset {
  readonly type: string;
  readonly body: string;
  readonly etag: string;
}

const asset = (type: string, body: string): Asset => ({
  type,
  body,
  etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
});

/**
 * Style sheet and icon (样式与图标): the house's tokens, then the portal's own rules. The dark palette follows the reader's
 * system, because a page without scripts has no switch for it.
 */
export function readAssets(): Readonly<Record<"/portal.css" | "/favicon.svg", Asset>> {
  const root = projectRoot();
  const tokensFile = join(root, "apps/web/ui/tokens.css");
  const tokens = existsSync(tokensFile) ? readFileSync(tokensFile, "utf8") : "";
  const dark = /html\[data-theme="dark"\] \{([^}]*)\}/.exec(tokens)?.[1];
  const own = readFileSync(join(root, "modules/portal/web/portal.css"), "utf8");
  const css = [tokens, dark ? `@media screen and (prefers-color-scheme: dark) { :root {${dark}} }` : "", own].join(
    "\n",
  );
  return {
    "/portal.css": asset("text/css; charset=utf-8", css),
    "/favicon.svg": asset("image/svg+xml", readFileSync(join(root, "modules/portal/web/favicon.svg"), "utf8")),
  };
}
