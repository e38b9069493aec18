import { describe, expect, it } from "vitest";
import { counterAt, totpAt } from "../../kernel/auth/totp.ts";
import {
  calm,
  choose,
  fillSignIn,
  look,
  open,
  seen,
  settled,
  signIn,
  titled,
  useBrowser,
  violations,
} from "./browser.ts";

const browser = useBrowser();
const first = "First-password-2026";
const own = "Own-password-2026";

describe("the administrator", () => {
  it("makes an account, grants it a role, and takes the role back: the next request obeys", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/accounts");
    await page.getByRole("button", { name: "新建账号" }).click();
    const create = page.getByRole("dialog");
    await create.getByRole("textbox", { name: /^登录名/ }).fill("xin-jingban");
    await create.getByRole("textbox", { name: /^姓名/ }).fill("新来的经办");
    await create.getByLabel(/^初始口令/).fill(first);
    await create.getByRole("button", { name: "新建账号" }).click();
    await seen(page.getByText("新建账号：办好了"));

    const row = page.getByRole("row").filter({ hasText: "xin-jingban" });
    await page.getByRole("searchbox", { name: "姓名或登录名" }).fill("xin-jingban");
    await seen(row);
    await row.getByRole("button", { name: "授权" }).click();
    const grant = page.getByRole("dialog");
    await choose(page, /^身份/, "登记管理经办");
    await choose(page, /^区划/, "城东区", "城东区");
    await grant.getByRole("button", { name: "授权" }).click();
    await seen(row.getByText(/城东区 · 登记管理经办/));

    const clerk = await browser.visit();
    await clerk.page.goto("/console/organisations");
    await fillSignIn(clerk.page, "xin-jingban", first);
    await titled(clerk.page, "修改口令");
    await clerk.page.getByLabel(/^现在的口令/).fill(first);
    await clerk.page.getByLabel(/^新口令/).fill(own);
    await clerk.page.getByRole("button", { name: "修改口令" }).click();
    await titled(clerk.page, "登录");
    await fillSignIn(clerk.page, "xin-jingban", own);
    await titled(clerk.page, "登记簿");
    await seen(clerk.page.getByText(/^共 \d+ 条$/));

    await row.getByRole("button", { name: /^撤销：城东区/ }).click();
    const revoke = page.getByRole("dialog");
    await revoke.getByRole("textbox", { name: /^理由/ }).fill("调离岗位");
    await revoke.getByRole("button", { name: /^撤销：城东区/ }).click();
    await seen(page.getByText(/^撤销：城东区.*办好了$/));

    await clerk.page.getByLabel("类别").selectOption({ label: "社会团体" });
    await seen(clerk.page.getByRole("alert"));
    await clerk.page.getByText(/^共 \d+ 条$/).waitFor({ state: "detached" });
    calm(admin);
    calm(clerk);
  });

  it("sets a number for one place from a day on, with the reason", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/settings");
    await page.getByRole("searchbox", { name: "参数" }).fill("credit.answer-working-days");
    const row = page.getByRole("row").filter({ hasText: "credit.answer-working-days" });
    await row.getByRole("button", { name: "设置本地值" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /^值/ }).fill("6");
    await dialog.getByLabel(/^生效日期/).fill("2031-01-01");
    await dialog.getByRole("textbox", { name: /^理由/ }).fill("试验");
    await dialog.getByRole("button", { name: "保存" }).click();
    await seen(row.getByText(/2031年1月1日 起 6/));
    calm(admin);
  });

  it("enters the holidays of a year when they are announced", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/holidays");
    await page.getByRole("button", { name: "录入一年的安排" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /^年份/ }).fill("2035");
    for (let day = 1; day <= 8; day++) {
      if (day > 1) await dialog.getByRole("button", { name: "增加一项" }).click();
      await dialog.getByLabel(/^日期/).last().fill(`2035-10-0${day}`);
      await dialog.getByRole("radio", { name: "放假" }).last().check();
      await dialog.getByRole("textbox", { name: /^节日/ }).last().fill("国庆节");
    }
    await dialog.getByRole("textbox", { name: /^来源文号/ }).fill("演示办发〔2034〕1号");
    await dialog.getByRole("button", { name: "录入一年的安排" }).click();
    await seen(page.getByText("录入一年的安排：办好了"));
    await page.getByLabel("年份").selectOption("2035");
    await seen(page.getByRole("rowheader", { name: "2035年10月8日" }));
    calm(admin);
  });

  it("reads the journal with its seals and what was refused", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/journal");
    const blocks = page.getByRole("term").filter({ hasText: "封存块" }).locator("xpath=following-sibling::dd[1]");
    expect(Number((await (await seen(blocks)).innerText()).replaceAll(",", ""))).toBeGreaterThan(0);
    await seen(page.getByText(/^[0-9a-f]{64}$/).first());
    await page.getByRole("searchbox", { name: "操作" }).fill("settings.set");
    await page.waitForURL(/operation=settings\.set/);
    await settled(page);
    await seen(page.getByRole("cell", { name: "settings.set" }).first());
    calm(admin);
  });

  it("tries a rule and sees every condition with its article", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/rules");
    await choose(page, /^规则/, "credit.abnormal_list", "credit.abnormal_list");
    await page.getByRole("textbox", { name: /^事实/ }).fill("not json");
    await page.getByRole("button", { name: "试算" }).click();
    await seen(page.getByText("事实不是有效的 JSON"));
    await page
      .getByRole("textbox", { name: /^事实/ })
      .fill(JSON.stringify({ ground: "unreachable", registered_mail_attempts: 2, signed: 0, gap_days: 20 }));
    await page.getByRole("button", { name: "试算" }).click();
    const conditions = page.getByRole("table", { name: "逐项判断" });
    await seen(conditions.getByRole("cell", { name: "满足" }));
    await seen(conditions.getByText(/《社会组织信用信息管理办法》/));
    await seen(page.getByRole("heading", { name: "依据" }));
    await open(page, "/regulations");
    await seen(page.getByRole("rowheader").first());
    calm(admin);
  });

  it("renames a village: first what it touches, then the confirmation", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/divisions");
    await titled(page, "区划变更");
    await page.getByRole("button", { name: "看看会动到什么" }).click();
    await seen(page.getByRole("alert"));
    await choose(page, /^原区划/, /乐家湾社区/, "乐家湾社区");
    await choose(page, /^变更为/, /乐家湾社区/, "乐家湾社区");
    await page.getByRole("textbox", { name: /^新名称/ }).fill("乐家湾新社区居委会");
    await page.getByRole("button", { name: "看看会动到什么" }).click();
    await seen(page.getByRole("heading", { name: "会这样变更" }));
    await seen(page.getByText("1 个区划代码"));
    expect(await violations(page)).toEqual([]);
    await look(page, "divisions-preview-zh");
    // Back to the form: what was typed is still there.
    await page.getByRole("button", { name: "重新填写" }).click();
    expect(await page.getByRole("textbox", { name: /^新名称/ }).inputValue()).toBe("乐家湾新社区居委会");
    await page.getByRole("button", { name: "看看会动到什么" }).click();
    await page.getByRole("textbox", { name: /^批复文号和理由/ }).fill("演示民政批〔2026〕3号，更名");
    await page.getByRole("button", { name: "确认变更" }).click();
    await seen(page.getByText("区划已变更"));
    await look(page, "divisions-done-zh");
    calm(admin);
  });

  it("switches one-time codes on and signs in with one", async () => {
    const admin = await browser.visit();
    const { page } = admin;
    await signIn(admin, "admin", "/accounts");
    await page.getByRole("button", { name: "新建账号" }).click();
    const create = page.getByRole("dialog");
    await create.getByRole("textbox", { name: /^登录名/ }).fill("dongtai-kouling");
    await create.getByRole("textbox", { name: /^姓名/ }).fill("动态口令样本");
    await create.getByLabel(/^初始口令/).fill(first);
    await create.getByRole("button", { name: "新建账号" }).click();
    await seen(page.getByText("新建账号：办好了"));
    await page.getByRole("searchbox", { name: "姓名或登录名" }).fill("dongtai-kouling");
    const row = page.getByRole("row").filter({ hasText: "dongtai-kouling" });
    await row.getByRole("button", { name: "授权" }).click();
    await choose(page, /^身份/, "审计监督");
    await choose(page, /^区划/, "城东区", "城东区");
    await page.getByRole("dialog").getByRole("button", { name: "授权" }).click();
    await seen(row.getByText(/城东区/));

    const one = await browser.visit();
    await one.page.goto("/console/account");
    await fillSignIn(one.page, "dongtai-kouling", first);
    await titled(one.page, "修改口令");
    await one.page.getByLabel(/^现在的口令/).fill(first);
    await one.page.getByLabel(/^新口令/).fill(own);
    await one.page.getByRole("button", { name: "修改口令" }).click();
    await titled(one.page, "登录");
    await fillSignIn(one.page, "dongtai-kouling", own);
    await one.page.getByRole("button", { name: "启用动态口令" }).click();
    const secret = (await (await seen(one.page.locator("code.receipt-number"))).innerText()).trim();
    const codeNow = (ahead = 0) => totpAt(secret, counterAt(new Date()) + ahead);
    await look(one.page, "totp-secret-zh");
    expect(await violations(one.page)).toEqual([]);
    await one.page.getByLabel(/^六位数字/).fill("000000");
    await one.page.getByRole("button", { name: "确认启用" }).click();
    await seen(one.page.getByRole("alert"));
    await one.page.getByLabel(/^六位数字/).fill(codeNow());
    await one.page.getByRole("button", { name: "确认启用" }).click();
    const codes = (await (await seen(one.page.locator("pre"))).innerText()).trim().split("\n");
    expect(codes.length).toBe(10);
    await look(one.page, "totp-codes-zh");

    const again = await browser.visit();
    await again.page.goto("/console/today");
    await fillSignIn(again.page, "dongtai-kouling", own);
    const field = await seen(again.page.getByLabel(/动态口令/));
    await look(again.page, "totp-sign-in-zh");
    // The code that switched it on is spent: a code counts once, so the next one is used.
    await field.fill(codeNow(1));
    await again.page.getByRole("button", { name: "登录", exact: true }).click();
    await titled(again.page, "今天");
    calm(admin);
  });
});
