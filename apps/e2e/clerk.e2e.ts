import { expect, it } from "vitest";
import { calm, fillSignIn, open, seen, settled, signIn, titled, useBrowser } from "./browser.ts";

const browser = useBrowser();
const county = "xian-registrar";

it("a county clerk sees what is due and goes to it", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, county);
  await titled(page, "今天");
  await seen(page.getByText(/件已逾期/));
  const all = page.getByRole("link", { name: /^全部待办 \d+件/ });
  expect(Number(/\d+/.exec((await all.getAttribute("aria-label")) ?? "")?.[0])).toBeGreaterThan(0);
  await page.getByRole("link", { name: /^已逾期 \d+件/ }).click();
  await page.waitForURL(/due=overdue/);
  await seen(page.getByRole("cell", { name: /逾期 \d+ 天/ }));
  const duty = page.getByRole("rowheader").getByRole("link").first();
  const subject = await duty.innerText();
  await duty.click();
  await page.waitForURL((url) => !url.pathname.endsWith("/today"));
  await titled(page, new RegExp(subject.slice(0, 10)));
  calm(visitor);
});

it("finds an organisation from anywhere with two characters, and sees it as of a day", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, county);
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: "查找" });
  await box.fill("湟水");
  const hit = page.getByRole("group", { name: "社会组织" }).getByRole("option").first();
  const name = (await (await seen(hit)).innerText()).split("\n")[0] as string;
  expect(name).toContain("湟水");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/organisations\/[0-9a-f-]{36}/);
  await titled(page, name);
  await seen(page.getByRole("heading", { name: "大事记" }));
  expect(await page.getByRole("region", { name: "大事记" }).getByRole("listitem").count()).toBeGreaterThan(0);
  await page.getByLabel("查看某日的情况").fill("2026-01-15");
  await page.getByRole("button", { name: "查看", exact: true }).click();
  await seen(page.getByText("以下是 2026年1月15日 当日的登记状况，不是现在的。"));
  expect(page.url()).toContain("asOf=2026-01-15");
  await page.getByRole("button", { name: "回到现在" }).click();
  await page.waitForURL((url) => !url.search.includes("asOf"));
  calm(visitor);
});

it("keeps the filters of the register in the address", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, county, "/organisations");
  const count = async () => Number(/共 (\d+) 条/.exec(await page.getByText(/^共 \d+ 条$/).innerText())?.[1]);
  const whole = await count();
  await page.getByLabel("状态").selectOption({ label: "已注销" });
  await page.waitForURL(/status=deregistered/);
  await expect.poll(count, { timeout: 30_000 }).toBeLessThan(whole);
  const some = await count();
  expect(some).toBeGreaterThan(0);
  await page.reload();
  await settled(page);
  expect(await page.getByLabel("状态").inputValue()).toBe("deregistered");
  expect(await count()).toBe(some);
  await page.goBack();
  await expect.poll(count, { timeout: 30_000 }).toBe(whole);
  expect(await page.getByLabel("状态").inputValue()).toBe("");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出", exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  calm(visitor);
});

const sheet = [
  "名称,类别,成立登记日期,注册资金,业务主管单位,法定代表人",
  "西宁市城东区云帆棋类协会,社会团体,2019-05-20,30,直接登记,演示甲",
  "西宁市城东区晨露阅读服务中心,民办非企业单位,2020年6月,10,直接登记,演示乙",
  ",社会团体,2018-01-01,3,直接登记,演示丙",
  "西宁市城东区松涛书画研究会,有限公司,2017-03-04,5,直接登记,演示丁",
].join("\r\n");

it("loads a sheet: problems by cell, the unit of money asked, written, taken back", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, county, "/import");
  await page.getByRole("combobox", { name: "导入什么" }).click();
  await page.getByTitle("已有登记簿").last().click();
  await page.getByLabel("表格文件（xlsx 或 csv）", { exact: true }).setInputFiles({
    name: "城东登记簿.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`\ufeff${sheet}`),
  });
  await page.getByRole("link", { name: "已上传，正在预检。" }).click();
  await titled(page, "城东登记簿.csv");

  await seen(page.getByText("有问题要您回答"));
  const question = page.getByRole("group", { name: "“注册资金”这一列是什么单位" });
  await question.getByRole("radio", { name: "万元", exact: true }).check();
  await page.getByRole("button", { name: "确定，重新预检" }).click();
  await seen(page.getByText("预检完成，待提交"));

  const problems = page.getByRole("region", { name: "问题" });
  await seen(problems.getByRole("rowheader", { name: /第 4 行 A4/ }));
  await seen(problems.getByText(/“?名称”?必填/));
  await seen(problems.getByRole("rowheader", { name: /第 5 行 B5/ }));
  await seen(problems.getByText(/没有“有限公司”这一项/));

  await page.getByRole("button", { name: /^只写入没有问题的 2 行（2 行留下）$/ }).click();
  const dialog = page.getByRole("dialog");
  await seen(dialog.getByText("将新增 2 条、变更 0 条。"));
  await dialog.getByRole("button", { name: /^只写入没有问题的/ }).click();
  await seen(page.getByRole("button", { name: "撤销这一批" }));

  await open(page, `/organisations?q=${encodeURIComponent("云帆棋类")}`);
  await page.getByRole("link", { name: "西宁市城东区云帆棋类协会" }).click();
  await seen(page.getByText("300,000.00"));

  await open(page, "/import");
  await page.getByRole("link", { name: "城东登记簿.csv" }).first().click();
  await page.getByRole("button", { name: "撤销这一批" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤销这一批" }).click();
  await seen(page.getByRole("main").getByText("已撤销").first());
  await open(page, `/organisations?q=${encodeURIComponent("云帆棋类")}`);
  await seen(page.getByText("没有符合这些条件的记录。"));
  calm(visitor);
});

it("a session that has ended asks for the password and goes on at the same place", async () => {
  const visitor = await browser.visit();
  const { page, context } = visitor;
  await signIn(visitor, county, "/organisations?status=deregistered");
  await context.clearCookies();
  await page.getByLabel("类别").selectOption({ label: "社会团体" });
  const dialog = page.getByRole("dialog", { name: "登录已过期" });
  await fillSignIn(await seen(dialog), county);
  await dialog.waitFor({ state: "hidden" });
  await settled(page);
  expect(page.url()).toMatch(/status=deregistered&kind=social_group/);
  await seen(page.getByText(/^共 \d+ 条$/));

  await context.clearCookies();
  await page.goto("/console/statistics");
  await titled(page, "登录");
  await fillSignIn(page, "nobody-here", "wrong-password-1");
  await seen(page.getByRole("alert"));
  await fillSignIn(page, county);
  await titled(page, "登记统计");
  calm(visitor);
});
