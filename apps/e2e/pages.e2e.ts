import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Role } from "../../kernel/operation/define.ts";
import { modules } from "../web/routes.tsx";
import { calm, look, oddities, open, phone, settled, signIn, useBrowser, violations } from "./browser.ts";

const browser = useBrowser();

/** Everybody who works in the console, by what they may do. */
const people: readonly { readonly login: string; readonly role: Role }[] = [
  { login: "xian-registrar", role: "registrar" },
  { login: "qu-minzheng", role: "officer" },
  { login: "cun", role: "worker" },
  { login: "xian-decider", role: "decider" },
  { login: "admin", role: "administrator" },
  { login: "publisher", role: "publisher" },
  { login: "auditor", role: "auditor" },
  { login: "zhuguan", role: "supervisory-unit" },
  { login: "zuzhi-nianbao", role: "organisation" },
];

/**
 * Kinds of page already judged at a desk and on a phone: the acts of a role change, the layout does not. Every role still opens
 * every page, and whatever its console complains about is a failure.
 */
const judged = { desk: new Set<string>(), phone: new Set<string>() };
const kindOf = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id");

/** Whether this is the first look at this kind of page here. */
function first(seen: Set<string>, path: string): boolean {
  if (seen.has(kindOf(path))) return false;
  seen.add(kindOf(path));
  return true;
}

const pathsOf = (role: Role) => [
  ...new Set([
    ...modules
      .flatMap((one) => one.pages)
      .filter((page) => page.who.includes(role))
      .map((page) => page.to),
    "/account",
  ]),
];

/** Goes on inside the console, as a press on a link does. */
async function go(page: Page, path: string): Promise<void> {
  if (new URL(page.url()).pathname === `/console${path}`) return settled(page);
  await page.evaluate((to) => {
    document.querySelector("h1")?.setAttribute("data-left", "");
    history.pushState(null, "", `/console${to}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await page.waitForFunction(() => document.querySelector("h1:not([data-left])") !== null);
  await settled(page);
}

/** Files behind the lists: the first line of each leads to one worth seeing under every role. */
async function fileBehind(page: Page): Promise<string | undefined> {
  const to = await page.evaluate(() => document.querySelector("main th[scope=row] a")?.getAttribute("href") ?? null);
  return to?.startsWith("/console/") ? to.replace(/^\/console/, "") : undefined;
}

describe("every page of the console", () => {
  for (const { login, role } of people) {
    it(`stands in both languages, at a desk and on a phone in large print, for ${login}`, async () => {
      const visitor = await browser.visit();
      const { page } = visitor;
      const found: string[] = [];
      const judge = async (path: string, how: "zh-1440" | "en-390") => {
        const narrow = how === "en-390";
        const trouble = await oddities(page, { narrow });
        if (first(narrow ? judged.phone : judged.desk, path)) trouble.push(...(await violations(page)));
        // A second try must look again.
        if (trouble.length > 0) (narrow ? judged.phone : judged.desk).delete(kindOf(path));
        found.push(...trouble.map((one) => `${path} ${how}: ${one}`));
        const name = path.replaceAll("/", "_").slice(0, 36);
        if (trouble.length > 0 || process.env.KEEP_SHOTS) await look(page, `${login}${name}-${how}`);
      };
      const files = new Map<string, string>();
      await signIn(visitor, login);
      for (const path of pathsOf(role)) {
        await go(page, path);
        await judge(path, "zh-1440");
        const file = await fileBehind(page);
        if (file) files.set(kindOf(file), file);
      }
      for (const path of files.values()) {
        await go(page, path);
        await judge(path, "zh-1440");
      }
      const narrow = [...pathsOf(role), ...files.values()].filter((path) => !judged.phone.has(kindOf(path)));
      if (narrow.length > 0) {
        await page.setViewportSize(phone);
        await page.evaluate(() =>
          localStorage.setItem("shanzhi.preferences", '{"locale":"en","largePrint":true,"theme":"light"}'),
        );
        await open(page, "/today");
      }
      for (const path of narrow) {
        await go(page, path);
        await judge(path, "en-390");
      }
      expect(found).toEqual([]);
      calm(visitor);
    });
  }
});
