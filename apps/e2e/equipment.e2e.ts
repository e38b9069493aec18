import { beforeAll, expect, it } from "vitest";
import {
  calm,
  look,
  oddities,
  open,
  passwordOf,
  phone,
  seen,
  settled,
  signIn,
  titled,
  useBrowser,
  type Visitor,
  violations,
} from "./browser.ts";

const browser = useBrowser();
/** A county without homes of the demonstration: every figure of its board is made here. */
const county = "630104";
const run = Date.now().toString(36);
const home = `北山镇敬老院${run}（虚构）`;
const plan = `冬季第一批 ${run}`;
const password = "Yunshan-second-2026";
const officers = [`e2e-eq1-${run}`, `e2e-eq2-${run}`] as const;
const serials = { oxygen: `ZYE${run}`.toUpperCase(), oximeter: `XYE${run}`.toUpperCase() };

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
  expect(answer.status(), `${operation} ${JSON.stringify(body)}`).toBeLessThan(300);
  return body;
}

/** Two officers of the county: what one has put right another verifies. */
async function makeOfficers(): Promise<void> {
  const admin = await browser.visit();
  await signIn(admin, "admin", "/today", passwordOf("admin"));
  for (const [at, login] of officers.entries()) {
    const first = "Yunshan-first-2026";
    const { id } = await send(admin, "auth/create-account", {
      login,
      displayName: `城西民政科${at + 1}`,
      password: first,
    });
    await send(admin, "auth/grant-role", { accountId: id, role: "officer", division: county });
    const fresh = await browser.visit();
    await fresh.page.goto("/console/");
    await send(fresh, "auth/sign-in", { account: login, password: first });
    await send(fresh, "auth/change-password", { current: first, next: password });
    await fresh.close();
  }
  await admin.close();
}

beforeAll(makeOfficers);

/** Presses an act, fills its dialog in and sends it. */
async function act(
  visitor: Visitor,
  title: string,
  fill: (dialog: ReturnType<Visitor["page"]["getByRole"]>) => Promise<void>,
) {
  const { page } = visitor;
  await page.getByRole("button", { name: title, exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.waitFor();
  await fill(dialog);
  await dialog.getByRole("button", { name: title, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await settled(page);
}

async function clean(visitor: Visitor, name: string): Promise<void> {
  await look(visitor.page, name);
  expect(await oddities(visitor.page)).toEqual([]);
  expect(await violations(visitor.page)).toEqual([]);
}

it("a plan, a shipment, a short delivery signed by two, a discrepancy closed, a home verified: the board and the portal follow", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, officers[0], "/equipment/homes/new", password);
  for (const [item, unit] of [
    ["制氧机", "台"],
    ["血氧仪", "个"],
  ])
    await send(visitor, "donations/record-donation", { donor: "青穗公益基金会（虚构）", item, unit, quantity: 3 });

  await page.getByRole("textbox", { name: /^机构名称/ }).fill(home);
  await page.getByRole("textbox", { name: /^在院人数/ }).fill("50");
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await (await seen(page.getByText("批次：50人以下批次"))).waitFor();

  await open(page, "/equipment/homes");
  await page.getByRole("checkbox", { name: new RegExp(home) }).check();
  await page.getByRole("button", { name: "为所选 1 家编制方案" }).click();
  await titled(page, "编制分配方案");
  await page.getByRole("textbox", { name: /^方案名称/ }).fill(plan);
  await seen(page.getByText("库存 3 台"));
  await clean(visitor, "equipment-plan-new");
  await page.getByRole("button", { name: "编制并预留库存" }).click();
  await page.getByRole("link", { name: "看方案" }).click();
  await titled(page, plan);
  await seen(page.getByText(/第 1 位：没有倾斜因素，在院 50 人.*正好 50 人/));
  await clean(visitor, "equipment-plan");

  await page.getByRole("link", { name: "发运", exact: true }).click();
  await titled(page, "发运");
  await look(page, "equipment-ship");
  await page.getByRole("button", { name: "确认发运" }).click();
  await page.getByRole("link", { name: "看发运与签收" }).click();
  await page.getByRole("link", { name: home }).click();
  await titled(page, home);

  await page.getByRole("link", { name: "签收", exact: true }).click();
  await titled(page, `签收：${home}`);
  await page.getByRole("textbox", { name: /^制氧机：待签收 1 台/ }).fill(serials.oxygen);
  await page.getByRole("textbox", { name: /^姓名/ }).nth(0).fill("马院长");
  await page.getByRole("textbox", { name: /^姓名/ }).nth(1).fill("马院长");
  await seen(page.getByText("两位签收人要是不同的人"));
  await page.getByRole("textbox", { name: /^姓名/ }).nth(1).fill("韩护理");
  await clean(visitor, "equipment-sign");
  await page.getByRole("button", { name: "确认签收" }).click();
  await seen(page.getByText("已签收，少 血氧仪 1 个，已登记差异。"));
  await page.getByRole("link", { name: "看差异" }).click();
  await titled(page, "少件 · 血氧仪 1 个");
  await seen(page.getByText("城西区民政局", { exact: true }));
  const discrepancy = new URL(page.url()).pathname.replace("/console", "");
  await act(visitor, "指定措施", async (dialog) => {
    await dialog.getByRole("textbox", { name: /^整改措施/ }).fill("联系发出单位补发");
  });
  await seen(page.getByText("整改中").first());
  await clean(visitor, "equipment-discrepancy");

  await page.getByRole("link", { name: "发运单" }).click();
  await page.getByRole("link", { name: "签收少的部分" }).click();
  await page.getByRole("textbox", { name: /^血氧仪：待签收 1 个/ }).fill(serials.oximeter);
  await page.getByRole("textbox", { name: /^姓名/ }).nth(0).fill("马院长");
  await page.getByRole("textbox", { name: /^姓名/ }).nth(1).fill("韩护理");
  await page.getByRole("button", { name: "确认签收" }).click();
  await seen(page.getByText("已签收，件数齐全。"));
  await open(page, discrepancy);
  const done = page.getByRole("button", { name: "整改完成", exact: true });
  if (await done.isVisible())
    await act(visitor, "整改完成", async (dialog) => {
      await dialog.getByRole("textbox", { name: /^做了什么/ }).fill("已补发一个，两人签收");
    });
  await seen(page.getByText("已完成待核实").first());

  const second = await browser.visit();
  await signIn(second, officers[1], discrepancy, password);
  await act(second, "核实", async () => {});
  await act(second, "销号", async () => {});
  await seen(second.page.getByText("已销号").first());
  await second.close();

  await page.getByRole("link", { name: home }).first().click();
  await titled(page, home);
  await act(visitor, "登记培训", async (dialog) => {
    await dialog.getByRole("textbox", { name: /^受训人数/ }).fill("2");
  });
  await page.getByRole("link", { name: "核查", exact: true }).click();
  await titled(page, `县级核查：${home}`);
  await page.getByRole("button", { name: "提交核查" }).click();
  await seen(page.getByText("已核查，这家机构已覆盖。"));
  await page.getByRole("link", { name: "看机构" }).click();
  await titled(page, home);
  await clean(visitor, "equipment-home");

  await open(page, `/equipment/trace?serial=${serials.oximeter}`);
  await seen(page.getByText("台账上的流转", { exact: false }));
  await clean(visitor, "equipment-trace");

  await open(page, "/equipment");
  const covered = await seen(page.getByRole("link", { name: /^覆盖率 / }));
  expect(await covered.innerText()).toMatch(/^(100\.0|\d+\.\d)%$/);
  await clean(visitor, "equipment-board");
  await page.getByRole("link", { name: /^已签收 \d/ }).click();
  await titled(page, "签收件数");
  await seen(page.getByRole("link", { name: home }));
  await open(page, "/equipment");
  await act(visitor, "公布进度", async () => {});
  calm(visitor);
}, 240_000);

it("anybody reads the totals, the homes and how to draw a sample again", async () => {
  const citizen = await browser.visit();
  await citizen.page.goto("/donations");
  await citizen.page.getByRole("link", { name: /捐赠设备到了哪些养老机构/ }).click();
  await seen(citizen.page.getByRole("rowheader", { name: /城西区/ }));
  await clean(citizen, "equipment-portal");
  await citizen.page.goto(`/equipment/homes?division=${county}`);
  const row = citizen.page.getByRole("row", { name: new RegExp(home) });
  await seen(row);
  expect(await row.innerText()).toMatch(/已核查[\s\S]*已核查[\s\S]*已覆盖/);
  await look(citizen.page, "equipment-portal-homes");
}, 120_000);

it("every page of equipment stands on a phone, in English and in large print", async () => {
  const pages = [
    "",
    "/homes",
    "/plans",
    "/shipments",
    "/discrepancies",
    "/samples",
    "/liaisons",
    "/items",
    "/plans/new",
  ];
  const reader = await browser.visit({ locale: "en" });
  await signIn(reader, officers[0], "/equipment", password);
  await reader.page.setViewportSize(phone);
  const found: string[] = [];
  for (const path of pages) {
    await open(reader.page, `/equipment${path}`);
    await reader.page.evaluate(() => document.documentElement.setAttribute("data-print", "large"));
    found.push(...(await oddities(reader.page, { narrow: true })).map((one) => `${path}: ${one}`));
    await look(reader.page, `equipment-phone-en${path.replaceAll("/", "-")}`);
  }
  expect(found).toEqual([]);
  calm(reader);
}, 240_000);
