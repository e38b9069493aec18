import { beforeAll, expect, it } from "vitest";
import {
  calm,
  open,
  passwordOf,
  seen,
  settled,
  signIn,
  titled,
  useBrowser,
  type Visitor,
  violations,
} from "./browser.ts";

const browser = useBrowser();
/** Another one each time the file is tried: a login is taken for good. */
const officer = {
  login: `e2e-${Date.now().toString(36)}`,
  first: "Yunshan-first-2026",
  password: "Yunshan-second-2026",
};
const village = { code: "630102100203", name: "乐家湾村村民委员会" };

/** A citizen number of an invented person: area, birth, sequence, check digit. */
function citizenNumber(birth: string, sequence: number): string {
  const body = `630102${birth}${String(sequence).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + "10X98765432"[sum % 11];
}

/** Sends a command as whoever is signed in on this page. */
async function send(visitor: Visitor, operation: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await visitor.context.request.post(`/api/${operation}`, {
    data: input,
    headers: {
      origin: new URL(visitor.page.url()).origin,
      // Signing in has no account yet that a key could belong to.
      ...(operation === "auth/sign-in" ? {} : { "idempotency-key": crypto.randomUUID() }),
    },
  });
  const body = (await answer.json()) as Record<string, unknown>;
  expect(answer.status(), JSON.stringify(body)).toBeLessThan(300);
  return body;
}

/** An officer of the county, as an administrator makes one: account, grant, own password. */
async function makeOfficer(): Promise<void> {
  const admin = await browser.visit();
  await signIn(admin, "admin");
  const { id } = await send(admin, "auth/create-account", {
    login: officer.login,
    displayName: "城东民政科",
    password: officer.first,
  });
  await send(admin, "auth/grant-role", { accountId: id, role: "officer", division: "630102" });
  await admin.close();
  const fresh = await browser.visit();
  await fresh.page.goto("/console/");
  await send(fresh, "auth/sign-in", { account: officer.login, password: officer.first });
  await send(fresh, "auth/change-password", { current: officer.first, next: officer.password });
  await fresh.close();
}

beforeAll(makeOfficer);

const people = [
  { name: "马桂莲", number: citizenNumber("19400312", 481), category: "独居", address: "3社8号" },
  { name: "韩明䶮", number: citizenNumber("19381120", 482), category: "失能", address: "1社2号" },
];
const bad = { name: "祁德福", number: "63010219400101", category: "独居", address: "2社1号" };
const sheet = [
  "姓名,身份证号,村（社区）代码,住址,人员类别,紧急联系人,与本人关系,联系人电话",
  ...[...people, bad].map(
    (one) => `${one.name},${one.number},${village.code},${one.address},${one.category},马占福,儿子,13997100123`,
  ),
].join("\r\n");

/** The whole number a figure of the board shows. */
async function figure(visitor: Visitor, title: string): Promise<number> {
  const link = await seen(visitor.page.getByRole("link", { name: new RegExp(`^${title} [\\d,]+人`) }));
  return Number((await link.innerText()).replace(/,/g, ""));
}

it("a census sheet, a possible double, an agreement, a visit: the month's figure follows, down to the person", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, officer.login, "/import", officer.password);

  await page.getByRole("combobox", { name: "导入什么" }).click();
  await page.getByTitle("摸底登记表").last().click();
  await page.getByLabel("表格文件（xlsx 或 csv）", { exact: true }).setInputFiles({
    name: "乐家湾村摸底.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`\ufeff${sheet}`),
  });
  await page.getByRole("link", { name: "已上传，正在预检。" }).click();
  await titled(page, "乐家湾村摸底.csv");
  await seen(page.getByText("预检完成，待提交"));
  await seen(page.getByRole("region", { name: "问题" }).getByRole("rowheader", { name: /第 4 行 B4/ }));
  await page.getByRole("button", { name: /^只写入没有问题的 2 行/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^只写入没有问题的/ })
    .click();
  await seen(page.getByRole("button", { name: "撤销这一批" }));

  // A pair that waits is judged by a person, side by side.
  await open(page, "/people/pairs");
  const pair = await seen(page.getByRole("rowheader").getByRole("link", { name: / 与 / }));
  await pair.click();
  await titled(page, /是不是同一个人$/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "不是同一个人" }).click();
  const settle = page.getByRole("dialog");
  await settle.getByLabel(/^理由/).fill("当面核对，是两个人");
  await settle.getByRole("button", { name: "不是同一个人" }).click();
  await seen(page.getByText("已记下：不是同一个人。"));

  // The number stays out of the address.
  await open(page, "/people");
  await page.getByLabel("证件号码").fill(people[0]?.number ?? "");
  await page.getByRole("button", { name: "按号码找" }).click();
  await seen(page.getByText("共 1 条"));
  expect(page.url()).not.toContain(people[0]?.number);
  await page.getByRole("link", { name: "马桂莲" }).click();
  await titled(page, "马桂莲");
  expect(await page.getByRole("main").innerText()).not.toContain(people[0]?.number);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "探访档案" }).click();
  await seen(page.getByText("还没有纳入探访"));
  const person = new URL(page.url()).pathname.split("/").at(-1) as string;

  await page.getByRole("button", { name: "同意，纳入探访" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "同意，纳入探访" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await seen(page.getByText("在探访").first());
  await settled(page);
  expect(await violations(page)).toEqual([]);

  await open(page, `/care/board?division=${village.code}`);
  const before = { visited: await figure(visitor, "已探访"), missed: await figure(visitor, "未探访") };
  expect(before.missed).toBeGreaterThan(0);

  await open(page, `/care/${person}`);
  await page.getByRole("button", { name: "补记一次探访" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "补记一次探访" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await seen(page.getByText(/^✓已探访$/));

  await open(page, `/care/board?division=${village.code}`);
  expect(await figure(visitor, "已探访")).toBe(before.visited + 1);
  expect(await figure(visitor, "未探访")).toBe(before.missed - 1);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: /^已探访 / }).click();
  await page.waitForURL(/visited=yes/);
  await settled(page);
  await page.getByRole("link", { name: "马桂莲" }).click();
  await titled(page, "马桂莲");
  expect(page.url()).toContain(person);
  calm(visitor);
});

const _pages = [
  "/people",
  "/people/new",
  "/people/pairs",
  "/people/arrivals",
  "/care",
  "/care/board",
  "/care/report",
  "/care/visits",
  "/care/workers",
  "/care/extra",
  "/care/campaigns",
  "/care/emergencies",
  "/care/referrals",
  "/care/monitors",
  "/care/exports",
  "/phones",
  "/phones/held",
] as const;

it("finds a person from anywhere by name, and an auditor sees the masks only", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, officer.login, "/today", officer.password);
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "查找" }).fill("马桂莲");
  await seen(page.getByRole("group", { name: "人员" }).getByRole("option").first());
  await page.keyboard.press("Enter");
  await titled(page, "马桂莲");
  const path = new URL(page.url()).pathname.replace("/console", "");
  const auditor = await browser.visit();
  await signIn(auditor, "auditor", path, passwordOf("auditor"));
  const text = await auditor.page.getByRole("main").innerText();
  expect(text).toContain("马*");
  expect(text).not.toContain("马桂莲");
  expect(text).not.toContain("3社8号");
  calm(auditor);
  calm(visitor);
});
