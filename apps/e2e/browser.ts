import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** What must hold by law and by house rule: WCAG 2.2 AA. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** A slow machine is slow, not wrong: nothing sleeps, everything waits this long at most. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 30_000);

/** Where screenshots of this run are kept (截图). */
export const shots = join(tmpdir(), "shanzhi-shots");
mkdirSync(shots, { recursive: true });

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export interface VisitOptions {
  readonly locale?: "zh" | "en";
  readonly scripts?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Somebody in front of a screen (来访者): one browser profile, with everything its console complained about. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page and of its console so far, without what a refusal rightly logs. */
  readonly troubles: string[];
  close(): Promise<void>;
}

/** One real browser for a file of journeys, started before the first and closed after the last. */
export function useBrowser(): { visit(options?: VisitOptions): Promise<Visitor> } {
  let browser: Browser | undefined;
  const open = new Set<Visitor>();
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
  });
  // What a failed journey last saw is worth more than its message.
  afterEach(async ({ task }) => {
    let at = 0;
    for (const one of open) {
      at += 1;
      if (task.result?.state === "fail")
        await look(one.page, `failed-${task.name.slice(0, 60).replace(/[^\w]+/g, "-")}-${at}`).catch(() => {});
      await one.close();
    }
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async visit({ locale = "zh", scripts = true, viewport = desktop } = {}) {
      if (!browser) throw new Error("the browser is not started");
      const context = await browser.newContext({
        baseURL: inject("address"),
        locale: locale === "zh" ? "zh-CN" : "en-GB",
        timezoneId: "Asia/Shanghai",
        javaScriptEnabled: scripts,
        viewport: { ...viewport },
        acceptDownloads: true,
        reducedMotion: "reduce",
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() !== "error") return;
        // The browser itself logs every answer of 400 and above; a refusal is an answer like any other.
        if (
          /^Failed to load resource/.test(message.text()) &&
          /\/api\/|\/verify|\/complaints|\/donations\/find/.test(message.location().url)
        )
          return;
        troubles.push(`${page.url()}: ${message.text()}`);
      });
      const visitor: Visitor = {
        page,
        context,
        troubles,
        async close() {
          open.delete(visitor);
          await context.close();
        },
      };
      open.add(visitor);
      return visitor;
    },
  };
}

/** Accounts of the demonstration by their login, as printed at the start. */
export function passwordOf(login: string): string {
  const account = inject("accounts").find((one) => one.login === login);
  if (!account) throw new Error(`the demonstration has no account ${login}`);
  return account.password;
}

/** Fills in the sign-in form wherever it stands. */
export async function fillSignIn(scope: Page | Locator, login: string, password = passwordOf(login)): Promise<void> {
  await scope.getByRole("textbox", { name: /^(账号|Account)/ }).fill(login);
  await scope.getByLabel(/^(口令|Password)/).fill(password);
  await scope.getByRole("button", { name: /^(登录|Sign in)$/ }).click();
}

/** Signs in at a console page and waits until its heading is there. */
export async function signIn(visitor: Visitor, login: string, path = "/today", password?: string): Promise<void> {
  await visitor.page.goto(`/console${path}`);
  await fillSignIn(visitor.page, login, password ?? passwordOf(login));
  await visitor.page.getByRole("navigation", { name: /^(主菜单|Main menu)$/ }).waitFor({ state: "attached" });
  await heading(visitor.page).waitFor();
  await settled(visitor.page);
}

/** The heading of the page. */
export function heading(page: Page): Locator {
  return page.getByRole("main").getByRole("heading", { level: 1 });
}

/** Waits until the page carries this heading. */
export async function titled(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name: title, exact: typeof title === "string" }).waitFor();
  await settled(page);
}

/** Opens a console page of somebody who is signed in. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(`/console${path}`);
  await heading(page).waitFor();
  await settled(page);
}

/** Waits until nothing on the page says that it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector(".loading, [aria-busy=true], .ant-skeleton") === null &&
      document.querySelector("h1") !== null &&
      document.fonts.status === "loaded",
  );
}

/** Chooses in a select of antd, by its label and the visible choice; `typed` searches first. */
export async function choose(
  page: Page,
  label: string | RegExp,
  choice: string | RegExp,
  typed?: string,
): Promise<void> {
  const box = page.getByRole("combobox", { name: label });
  await box.click();
  if (typed !== undefined) await box.fill(typed);
  await page.locator(".ant-select-dropdown:visible").getByTitle(choice).first().click();
}

/** Waits for something to be seen and answers it. */
export async function seen(locator: Locator): Promise<Locator> {
  await locator.first().waitFor({ state: "visible" });
  return locator.first();
}

/** Violations of WCAG 2.2 AA on the page as it stands (无障碍检查), one line each. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(tags)
    .options({ resultTypes: ["violations"], runOnly: tags })
    .setLegacyMode(true)
    .analyze();
  return found.flatMap((one) =>
    one.nodes
      .slice(0, 4)
      .map(
        (node) =>
          `${one.id}: ${node.target.join(" ")} — ${(node.failureSummary ?? "").split("\n").slice(1).join(" ").slice(0, 240)}`,
      ),
  );
}

/** Words a reader must never see: raw codes and values that were never filled in. */
const rawWords = [
  /\bundefined\b/,
  /\[object Object\]/,
  /\bNaN\b/,
  /\bInvalid Date\b/,
  /(?<![\w./-])(auth|operation|sheet|organisations|annual-inspection|credit|portal|procedure|clock|rules?|settings|files|documents|complaints|evaluation|donations|ledger)\/[a-z][a-z-]{2,}(?![\w/.-])/,
];

/** What stands on the page although it should not: one line each. */
export async function oddities(page: Page, options: { readonly narrow?: boolean } = {}): Promise<string[]> {
  const found: string[] = [];
  const title = await page.title();
  if (title.trim().length < 2) found.push("no title");
  const headings = await page.getByRole("heading", { level: 1 }).allInnerTexts();
  if (headings.length !== 1 || headings[0]?.trim() === "") found.push(`h1: ${JSON.stringify(headings)}`);
  const text = await page.evaluate(() => document.body.innerText);
  for (const raw of rawWords) {
    const hit = raw.exec(text);
    if (hit)
      found.push(
        `raw word “${hit[0]}” in “${text.slice(Math.max(0, hit.index - 30), hit.index + 50).replace(/\s+/g, " ")}”`,
      );
  }
  if (options.narrow) {
    const wide = await page.evaluate(() => {
      const root = document.documentElement;
      if (root.scrollWidth <= root.clientWidth) return null;
      const culprit = [...document.querySelectorAll<HTMLElement>("body *:not(thead *)")]
        .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
        .map((one) => `${one.tagName.toLowerCase()}.${one.className}`)
        .slice(0, 3)
        .join(" | ");
      return `${root.scrollWidth} > ${root.clientWidth}: ${culprit}`;
    });
    if (wide) found.push(`scrolls sideways ${wide}`);
  }
  return found;
}

/** Keeps a picture of the page under a name. */
export async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** Nothing complained so far: asserted at the end of each journey. */
export function calm(visitor: Visitor): void {
  expect(visitor.troubles).toEqual([]);
}
