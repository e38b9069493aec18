import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  calm,
  desktop,
  look,
  oddities,
  open,
  phone,
  seen,
  settled,
  signIn,
  titled,
  useBrowser,
  violations,
} from "./browser.ts";

const browser = useBrowser();
const clerk = "qu-minzheng";
const donor = "青穗公益基金会（虚构）";

/** Fills in a text field by the beginning of its label. */
const fill = (page: Page, label: string, value: string) =>
  page.getByRole("textbox", { name: new RegExp(`^${label}`) }).fill(value);

/** The number on the slip that stands after sending. */
const numberOn = async (page: Page) => (await (await seen(page.locator(".receipt-number"))).innerText()).trim();

/** Gives the form away and answers the number of the gift. */
async function record(page: Page, more: (page: Page) => Promise<void>): Promise<string> {
  await open(page, "/donations/new");
  await more(page);
  await fill(page, "捐赠人", donor);
  await page
    .getByRole("group", { name: /^是否同意公开姓名/ })
    .getByRole("radio", { name: "是" })
    .check();
  await page.getByRole("button", { name: "登记", exact: true }).click();
  return numberOn(page);
}

describe("a gift", () => {
  it("of cash: written as people write, receipted, used, and found by its number in both languages", async () => {
    const visitor = await browser.visit();
    const { page } = visitor;
    await signIn(visitor, clerk, "/donations");
    await titled(page, "捐赠");
    // A name of its own: the first money in is the first money out, and earlier gifts would be used before this one.
    const purpose = `样本助餐${Date.now() % 100_000}`;

    await open(page, "/donations/new");
    await fill(page, "金额", "1.234");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    const alert = await seen(page.getByRole("alert"));
    expect(await alert.innerText()).toContain("“1.234”精确到了分以下");
    await fill(page, "金额", "３万元");
    await seen(page.getByText("读作 30,000.00 元 = 3 万元"));
    await fill(page, "金额", "1,000.00");
    await seen(page.getByText("读作 1,000.00 元"));
    await look(page, "donations-new-zh-1440");

    const number = await record(page, async () => {
      await fill(page, "金额", "３万元");
      await fill(page, "用途", purpose);
    });
    expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await look(page, "donations-recorded-zh-1440");
    await page.getByRole("link", { name: "打开这笔捐赠" }).click();
    await titled(page, new RegExp(donor.slice(0, 6)));
    const file = new URL(page.url()).pathname;

    await page.getByRole("button", { name: "开具票据" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "开具票据" }).click();
    await seen(page.getByText("已开票据").first());
    await seen(page.getByRole("link", { name: "捐赠票据" }));

    await page.getByRole("link", { name: "登记使用" }).click();
    await titled(page, "登记使用");
    expect(await page.getByRole("textbox", { name: /^用途/ }).inputValue()).toBe(purpose);
    await fill(page, "金额", "50,000");
    await fill(page, "受益单位", "柳湾敬老院（虚构）");
    await fill(page, "用在哪里", "老年助餐点买菜");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    expect(await (await seen(page.getByRole("alert"))).innerText()).toContain("余额不足");
    await fill(page, "金额", "12,000");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await seen(page.getByText("原账户还剩 18,000.00 元"));

    await open(page, file.replace(/^\/console/, ""));
    const way = page.getByRole("region", { name: "捐赠去向图" });
    await seen(way.getByText("现有 18,000.00 元"));
    await seen(way.getByText("柳湾敬老院（虚构）"));
    await look(page, "donations-file-zh-1440");
    await page.setViewportSize(phone);
    await look(page, "donations-file-zh-390");
    expect(await oddities(page, { narrow: true })).toEqual([]);
    expect(await violations(page)).toEqual([]);
    calm(visitor);

    const stranger = await browser.visit({ scripts: false });
    await stranger.page.goto("/");
    await stranger.page.getByRole("link", { name: /^捐赠去哪了/ }).click();
    await stranger.page
      .getByRole("searchbox")
      .or(stranger.page.getByLabel("捐赠查询号"))
      .first()
      .fill(number.toLowerCase().replaceAll("-", " "));
    await stranger.page.getByRole("button", { name: "查去向" }).click();
    await seen(stranger.page.getByText("已使用一部分"));
    await seen(stranger.page.getByText("现有 18,000.00元"));
    await seen(stranger.page.getByText("老年助餐点买菜"));
    await look(stranger.page, "donations-portal-zh-1440");
    await stranger.page.getByRole("link", { name: "English" }).click();
    await seen(stranger.page.getByRole("heading", { level: 1, name: "Where this gift went" }));
    await seen(stranger.page.getByText("Used in part"));
    await seen(stranger.page.getByText("18,000.00 yuan here now"));
    await look(stranger.page, "donations-portal-en-1440");
    await stranger.page.setViewportSize(phone);
    await stranger.page.getByRole("link", { name: "Large print" }).click();
    await seen(stranger.page.getByText("Used in part"));
    await look(stranger.page, "donations-portal-en-390-large");
    expect(await oddities(stranger.page, { narrow: true })).toEqual([]);
    calm(stranger);
  });

  it("of goods with serials: handed out by number, followed piece by piece, a wrong one corrected with its old text kept", async () => {
    const visitor = await browser.visit();
    const { page } = visitor;
    await signIn(visitor, clerk, "/donations");
    const mark = String(Date.now() % 1_000_000);
    const item = `样本血氧仪${mark}`;
    const serials = [1, 2, 3].map((at) => `XY${mark}-${at}`);
    const number = await record(page, async () => {
      await page.getByRole("radio", { name: "物资" }).check();
      await fill(page, "品名", item);
      await fill(page, "数量", "3台");
      await seen(page.getByText("读作 3 台"));
      await fill(page, "逐件编号", serials.join("\n"));
      await seen(page.getByText("已写 3 个编号"));
    });
    await page.getByRole("link", { name: "打开这笔捐赠" }).click();
    await titled(page, new RegExp(item));
    const file = new URL(page.url()).pathname.replace(/^\/console/, "");
    await page.getByRole("link", { name: "登记使用" }).click();
    await titled(page, "登记使用");
    expect(await page.getByRole("textbox", { name: /^品名/ }).inputValue()).toBe(item);
    await fill(page, "数量", "2");
    await fill(page, "逐件编号", `${serials[0]}\nXY-NO`);
    await fill(page, "受益单位", "北山敬老院（虚构）");
    await fill(page, "用在哪里", "配发血氧仪");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    expect(await (await seen(page.getByRole("alert"))).innerText()).toContain("XY-NO");
    await fill(page, "逐件编号", serials.slice(0, 2).join("\n"));
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await seen(page.getByText(/原账户还剩 1 台/));

    await open(page, file);
    await page.getByRole("link", { name: serials[0] as string }).click();
    await titled(page, "流转追踪");
    await seen(page.getByText("北山敬老院（虚构）").first());
    await look(page, "donations-serial-zh-1440");

    const wrong = await record(page, async () => {
      await page.getByRole("radio", { name: "物资" }).check();
      await fill(page, "品名", `N95口罩${mark}`);
      await fill(page, "数量", "36,000个");
    });
    await page.getByRole("link", { name: "打开这笔捐赠" }).click();
    await titled(page, /N95口罩/);
    await page.getByRole("link", { name: "更正", exact: true }).click();
    await titled(page, "更正捐赠");
    await seen(page.getByRole("heading", { name: "更正前的原文" }));
    await fill(page, "品名", `KN95口罩${mark}`);
    await fill(page, "更正原因", "经核对发票，品名应为KN95");
    await look(page, "donations-correct-zh-1440");
    await page.getByRole("button", { name: "更正", exact: true }).click();
    const right = await numberOn(page);
    expect(right).not.toBe(wrong);
    await page.getByRole("link", { name: "看更正后的记录" }).click();
    await titled(page, /KN95口罩/);
    await page.getByRole("link", { name: "看更正前的记录" }).click();
    await seen(page.getByText("更正原因：经核对发票，品名应为KN95"));
    calm(visitor);

    const stranger = await browser.visit({ viewport: phone });
    await stranger.page.goto(`/donations/find?number=${number}`);
    await seen(stranger.page.getByText("共 2 台"));
    await seen(stranger.page.getByText("现有 1 台"));
    await look(stranger.page, "donations-portal-goods-zh-390");
    await stranger.page.goto(`/donations/find?number=${wrong}`);
    await stranger.page.getByRole("link", { name: "看更正后的记录" }).click();
    await seen(stranger.page.getByText(`KN95口罩${mark} 36,000 个`));
    await stranger.page.setViewportSize(desktop);
    await stranger.page.goto("/donations/corrections");
    await seen(stranger.page.getByText(`N95口罩${mark}`).first());
    await look(stranger.page, "donations-corrections-zh-1440");
    calm(stranger);
  });
});

describe("a published ledger", () => {
  it("is read as it is: totals stated beside counted, the difference shown, then written once", async () => {
    const visitor = await browser.visit();
    const { page } = visitor;
    await signIn(visitor, clerk, "/donations/ledger");
    await titled(page, "导入公示台账");
    const mark = String(Date.now() % 1_000_000);
    const sheet = [
      "捐赠公示,,",
      "序号,捐赠单位,捐款金额（元）",
      `1,样本甲公司${mark}（虚构）,"1,000.00"`,
      `2,样本乙公司${mark}（虚构）,2000`,
      "合计,,3100",
    ].join("\n");
    await page.getByLabel("没有写日期的行按哪天").fill("2026-05-01");
    await page.locator("input[type=file]").setInputFiles({
      name: "捐赠公示.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`\ufeff${sheet}`, "utf8"),
    });
    const totals = page.getByRole("table", { name: "与台账所写合计对账" });
    await seen(totals.getByText("不一致"));
    await seen(totals.getByText("-100.00"));
    await look(page, "donations-ledger-zh-1440");
    await page.getByRole("button", { name: "写入 2 笔" }).click();
    await seen(page.getByText("已写入 2 笔捐赠。"));
    await page.getByRole("link", { name: "看捐赠列表" }).click();
    await titled(page, "捐赠");
    await settled(page);
    await seen(page.getByRole("link", { name: `样本甲公司${mark}（虚构）` }));
    calm(visitor);
  });
});
