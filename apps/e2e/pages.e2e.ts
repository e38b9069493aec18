import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Role } from "../../kernel/operation/define.ts";
import { modules } from "../web/routes.tsx";
import { calm, look, oddities, open, phone, settled, signIn, useBrowser, violations } from "./browser.ts";

const browser = useBrowser();

/** Everybody who works in the console, by what they may do. */
const people: readonly { readonly login: string; readonly role: Role }[] = [
  { login: "xian-registrar", role: "registrar" },
  { login: "xian-decider", role: "decider" },
  { login: "admin", role: "administrator" },
  { login: "publisher", role: "publisher" },
  { login: "auditor", role: "auditor" },
  { login: "zhuguan", role: "supervisory-unit" },
  { login: "zuzhi-nianbao", role: "organisation" },
];
/** Lists whose first line leads to a file worth seeing under every role. */
const lists = ["/organisations", "/applications", "/annual-inspection", "/credit/listings", "/import"];

const pathsOf = (role: Role) => [
  ...new Set([
    ...modules
      .flatMap((one) => one.pages)
      .filter((page) => page.who.includes(role))
      .map((page) => page.to),
    "/account",
  ]),
];

/** The page as it stands, at a width and in a print: what a reader would stumble over, named with where. */
async function judge(page: Page, name: string, options: { axe: boolean; narrow: boolean }): Promise<string[]> {
  await settled(page);
  const found = [...(await oddities(page, { narrow: options.narrow })), ...(options.axe ? await violations(page) : [])];
  await look(page, name);
  return found.map((one) => `${name}: ${one}`);
}

async function prefer(page: Page, preferences: { locale: "zh" | "en"; largePrint: boolean }): Promise<void> {
  await page.evaluate(
    (chosen) => localStorage.setItem("shanzhi.preferences", JSON.stringify({ theme: "light", ...chosen })),
    preferences,
  );
}

describe("every page of the console", () => {
  for (const { login, role } of people) {
    it(`stands in both languages, at a desk and on a phone, for ${login}`, async () => {
      const visitor = await browser.visit();
      const { page } = visitor;
      await signIn(visitor, login);
      const found: string[] = [];
      const files: string[] = [];
      for (const path of pathsOf(role)) {
        await open(page, path);
        const name = `${login}${path.replaceAll("/", "_")}`;
        found.push(...(await judge(page, `${name}-zh-1440`, { axe: true, narrow: false })));
        if (lists.includes(path)) {
          const link = page.getByRole("main").getByRole("rowheader").getByRole("link").first();
          const to = (await link.count()) > 0 ? await link.getAttribute("href") : null;
          if (to) files.push(to.replace(/^\/console/, ""));
        }
      }
      for (const path of files) {
        await open(page, path);
        found.push(
          ...(await judge(page, `${login}${path.replaceAll("/", "_").slice(0, 40)}-zh-1440`, {
            axe: true,
            narrow: false,
          })),
        );
      }
      await page.setViewportSize(phone);
      await prefer(page, { locale: "en", largePrint: true });
      for (const path of [...pathsOf(role), ...files]) {
        await open(page, path);
        found.push(
          ...(await judge(page, `${login}${path.replaceAll("/", "_").slice(0, 40)}-en-390`, {
            axe: true,
            narrow: true,
          })),
        );
      }
      await visitor.close();
      expect(found).toEqual([]);
      calm(visitor);
    });
  }
});
