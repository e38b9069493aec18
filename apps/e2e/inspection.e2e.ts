import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { calm, heading, open, seen, settled, signIn, titled, useBrowser } from "./browser.ts";

const browser = useBrowser();
const gap = "缺少财务会计报告";

/** Money fields stand by their label and the word whether they must be filled in. */
const money = (page: Page, label: string) => page.getByRole("textbox", { name: new RegExp(`^${label} `) });
const yuan = async (page: Page, label: string) => Number((await money(page, label).inputValue()).replaceAll(",", ""));

/** Fills in figures that fit together, but for the total of income. */
async function fillFigures(page: Page, incomeTotal: string): Promise<void> {
  const lines: Readonly<Record<string, string>> = {
    捐赠收入: "10000",
    会费收入: "5000",
    提供服务收入: "0",
    商品销售收入: "0",
    政府补助收入: "0",
    投资收益: "0",
    其他收入: "0",
    收入合计: incomeTotal,
    "业务活动（公益慈善）支出": "9000",
    工作人员工资福利支出: "1000",
    "行政办公支出（管理费用）": "1000",
    "筹资费用（募捐成本）": "0",
    其他支出: "0",
    支出合计: "11000",
  };
  for (const [label, value] of Object.entries(lines)) await money(page, label.replace(/[（）]/g, ".")).fill(value);
  const start = await yuan(page, "上年末净资产");
  await money(page, "年末净资产").fill(String(start + 4000));
}

it("an organisation sends its report, is asked for one correction, and the public reads the conclusion", async () => {
  const organisation = await browser.visit();
  const { page } = organisation;
  await signIn(organisation, "zuzhi-nianbao", "/annual-inspection?year=2025");
  await page.getByRole("rowheader").getByRole("link").first().click();
  await titled(page, /2025 年度报告$/);
  const file = new URL(page.url()).pathname.replace(/^\/console/, "");
  const name = (await heading(page).innerText()).replace(" 2025 年度报告", "");
  await page.getByRole("link", { name: /^(接着填写|填写报告)$/ }).click();
  await titled(page, "填写 2025 年度报告");

  await fillFigures(page, "20000");
  const checks = page.getByRole("complementary");
  await seen(checks.getByText(/有 \d+ 处矛盾，改好后才能报送/));
  await seen(checks.getByText("收入合计：各项之和与合计不一致"));
  await seen(checks.getByText(/应为 15,000\.00 元/));
  await seen(page.getByText("各项之和 15,000.00 元"));
  await page.getByRole("button", { name: "用这个数" }).click();
  await checks.getByText("收入合计：各项之和与合计不一致").waitFor({ state: "detached" });

  await page.getByRole("button", { name: "保存到系统" }).click();
  await seen(page.getByText(/^已保存到系统，/));
  await page.reload();
  await titled(page, "填写 2025 年度报告");
  expect(await yuan(page, "收入合计")).toBe(15_000);

  await page.getByRole("button", { name: "报送", exact: true }).click();
  await seen(page.getByRole("heading", { name: "已经收到" }));
  await seen(page.getByText(/^2025-/));
  await seen(page.getByText(/^接下来：/));

  const registrar = await browser.visit();
  await signIn(registrar, "xian-registrar", file);
  await registrar.page.getByRole("button", { name: "一次性告知补正" }).click();
  await registrar.page
    .getByRole("dialog")
    .getByRole("textbox", { name: /^需补正的事项/ })
    .fill(gap);
  await registrar.page.getByRole("dialog").getByRole("button", { name: "一次性告知补正" }).click();
  await seen(registrar.page.getByText(gap));

  await open(page, file);
  await seen(page.getByText(gap));
  await page.getByRole("link", { name: /^(接着填写|填写报告)$/ }).click();
  await titled(page, "填写 2025 年度报告");
  await page.getByLabel("添加附件", { exact: true }).setInputFiles({
    name: "财务会计报告.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
  });
  await seen(page.getByText(/财务会计报告 · 财务会计报告\.pdf/));
  await page.getByRole("button", { name: "报送", exact: true }).click();
  await seen(page.getByRole("heading", { name: "已经收到" }));

  const decider = await browser.visit();
  await signIn(decider, "xian-decider", file);
  await decider.page.getByRole("button", { name: "作出结论" }).click();
  const dialog = decider.page.getByRole("dialog");
  await seen(dialog.getByText(/^按规则建议：/));
  await seen(dialog.getByText(/这一步有法律效力/));
  const conclusion = await dialog.getByRole("radio", { checked: true }).locator("xpath=ancestor::label").innerText();
  await dialog.getByRole("button", { name: "作出结论" }).click();
  await seen(decider.page.getByRole("region", { name: "经过" }).getByText("作出结论"));
  await settled(decider.page);

  const citizen = await browser.visit();
  await citizen.page.goto(`/search?q=${encodeURIComponent(name)}`);
  await citizen.page.getByRole("link", { name }).first().click();
  const line = citizen.page.getByRole("row", { name: /^2025 / });
  expect(await (await seen(line)).innerText()).toContain(conclusion.trim());
  for (const one of [organisation, registrar, decider, citizen]) calm(one);
});
