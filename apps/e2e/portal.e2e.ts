import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { calm, desktop, oddities, phone, seen, useBrowser, violations } from "./browser.ts";

const browser = useBrowser();

/** Follows a link of the masthead. */
const section = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "栏目" }).getByRole("link", { name }).click();

for (const scripts of [false, true]) {
  describe(scripts ? "the portal with scripts" : "the portal without scripts", () => {
    it("finds an organisation by two characters and shows what the register says", async () => {
      const visitor = await browser.visit({ scripts });
      const { page } = visitor;
      await page.goto("/");
      await page.getByRole("searchbox", { name: "查一家社会组织" }).fill("湟水");
      await page.getByRole("button", { name: "查", exact: true }).click();
      const hits = page.getByRole("region", { name: "查询结果" }).getByRole("listitem");
      expect(await hits.count()).toBeGreaterThan(0);
      const first = hits.first().getByRole("link").first();
      const name = await first.innerText();
      expect(name).toContain("湟水");
      await first.click();
      await seen(page.getByRole("heading", { level: 1, name }));
      await seen(page.getByRole("heading", { name: "登记事项" }));
      await seen(page.getByRole("heading", { name: "年检" }));
      expect(await page.getByRole("main").innerText()).not.toMatch(/\d{17}[\dX]/);
      calm(visitor);
    });

    it("reads the lists, checks a decision by its code, and opens figures down to their rows", async () => {
      const visitor = await browser.visit({ scripts });
      const { page } = visitor;
      await page.goto("/");
      await section(page, "名录公示");
      await page.getByRole("link", { name: "活动异常名录", exact: true }).click();
      const rows = page.getByRole("table", { name: "活动异常名录" }).getByRole("row");
      expect(await rows.count()).toBeGreaterThan(2);
      const number = rows.nth(1).getByRole("link", { name: /号$/ });
      const code = decodeURIComponent(((await number.getAttribute("href")) ?? "").split("/").at(-1) ?? "");
      await section(page, "文书核验");
      await page.getByRole("textbox", { name: "核验码" }).fill(code);
      await page.getByRole("button", { name: "核验" }).click();
      await seen(page.getByText(/这份文书是真的，现在有效/));
      await page.getByRole("textbox", { name: "核验码" }).fill(`${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`);
      await page.getByRole("button", { name: "核验" }).click();
      await seen(page.getByRole("alert"));

      await section(page, "统计");
      const kinds = page.getByRole("region", { name: "按类别" });
      await seen(kinds.getByRole("img"));
      const figure = kinds.getByRole("row", { name: /^社会团体/ }).getByRole("link");
      const counted = Number((await figure.innerText()).replaceAll(",", ""));
      expect(counted).toBeGreaterThan(10);
      await figure.click();
      expect(await page.getByText(/^共 [\d,]+ 家$/).innerText()).toBe(`共 ${counted.toLocaleString("en-US")} 家`);
      calm(visitor);
    });

    it("takes a complaint without a name, gives a number, and answers for it", async () => {
      const visitor = await browser.visit({ scripts, viewport: phone });
      const { page } = visitor;
      await page.goto("/complaints/new");
      await page.getByRole("button", { name: "提交" }).click();
      await seen(page.getByRole("alert"));
      await page.getByRole("textbox", { name: /^发生了什么/ }).fill("门口挂着已注销协会的牌子，仍在收会费。");
      await page.getByRole("button", { name: "提交" }).click();
      await seen(page.getByRole("heading", { name: "已经收到" }));
      const answers = await page.getByRole("definition").allInnerTexts();
      const [number = "", receipt = ""] = answers.map((one) => one.trim());
      expect(number).toMatch(/\d{4}/);
      await page.goto("/complaints/status");
      await page.getByRole("textbox", { name: "编号" }).fill(number);
      await page.getByRole("textbox", { name: "查询码" }).fill(receipt);
      await page.getByRole("button", { name: "查询" }).click();
      await seen(page.getByText("已收到，等待受理"));
      calm(visitor);
    });
  });
}

const pages = [
  "/",
  `/search?q=${encodeURIComponent("湟水")}`,
  "/search?status=deregistered",
  "/lists",
  "/lists/abnormal",
  "/lists/serious",
  "/statistics",
  "/statistics?division=6301",
  "/verify",
  "/open-data",
  "/open-data/credit.abnormal",
  "/donations",
  "/donations/find?number=AAAA-BBBB-CCCC",
  "/donations/gifts",
  "/donations/uses",
  "/donations/emergencies",
  "/donations/changes",
  "/donations/totals",
  "/donations/corrections",
  "/regulations",
  "/about",
  "/complaints/new",
  "/complaints/status",
  "/no-such-page",
];

describe("every page of the portal", () => {
  for (const locale of ["zh", "en"] as const) {
    it(`can be read by everybody in ${locale === "zh" ? "Chinese" : "English"}`, async () => {
      const visitor = await browser.visit();
      const { page } = visitor;
      await page.goto(`/search?q=${encodeURIComponent("湟水")}`);
      const organisation = (await page.getByRole("region").getByRole("link").first().getAttribute("href")) ?? "";
      const found: string[] = [];
      for (const path of [...pages, organisation]) {
        const address = (print: string) => `${path}${path.includes("?") ? "&" : "?"}lang=${locale}&print=${print}`;
        await page.setViewportSize(desktop);
        await page.goto(address("normal"));
        const wide = [...(await oddities(page)), ...(locale === "zh" ? await violations(page) : [])];
        await page.setViewportSize(phone);
        await page.goto(address("large"));
        const narrow = [...(await oddities(page, { narrow: true })), ...(await violations(page))];
        found.push(...wide.map((one) => `${path} 1440: ${one}`), ...narrow.map((one) => `${path} 390 large: ${one}`));
      }
      expect(found).toEqual([]);
      expect(visitor.troubles.filter((one) => !one.includes("404"))).toEqual([]);
    });
  }
});
