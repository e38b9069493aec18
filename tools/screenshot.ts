import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import setup, { type DemoAccount } from "./browser/started-house.ts";

/**
 * `node tools/ts.mjs screenshot [FILE] [PATH] [LOGIN]`: one page of the console of a freshly started demonstration, as the
 * README shows it.
 */
export async function main([
  file = "docs/screenshot.png",
  path = "/today",
  login = "xian-registrar",
]: readonly string[]): Promise<number> {
  const given: { address?: string; accounts?: readonly DemoAccount[] } = {};
  const project = { provide: (key: "address" | "accounts", value: never) => Object.assign(given, { [key]: value }) };
  const stop = await setup(project as unknown as TestProject);
  try {
    const account = given.accounts?.find((one) => one.login === login);
    if (!account) throw new Error(`the demonstration has no account ${login}`);
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    try {
      const page = await browser.newPage({
        baseURL: given.address,
        viewport: { width: 1440, height: 900 },
        locale: "zh-CN",
        timezoneId: "Asia/Shanghai",
        reducedMotion: "reduce",
      });
      await page.goto(`/console${path}`);
      await page.getByRole("textbox", { name: /^账号/ }).fill(account.login);
      await page.getByLabel(/^口令/).fill(account.password);
      await page.getByRole("button", { name: /^登\s*录$/ }).click();
      await page.getByRole("navigation", { name: "主菜单" }).waitFor({ state: "attached" });
      await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
      await page.waitForFunction(
        () =>
          document.querySelector(".loading, [aria-busy=true], .ant-skeleton") === null &&
          document.fonts.status === "loaded",
      );
      await page.screenshot({ path: file });
    } finally {
      await browser.close();
    }
  } finally {
    await stop();
  }
  process.stdout.write(`${file}\n`);
  return 0;
}
