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

/** Asks a query as whoever is signed in on this page. */
async function ask<Answer>(visitor: Visitor, operation: string, input: unknown): Promise<Answer> {
  const answer = await visitor.context.request.get(
    `/api/${operation}?input=${encodeURIComponent(JSON.stringify(input))}`,
  );
  expect(answer.status(), operation).toBe(200);
  return (await answer.json()) as Answer;
}

/** Opens the dialog of an act. */
async function opened(visitor: Visitor, title: string) {
  await visitor.page.getByRole("button", { name: title, exact: true }).first().click();
  const dialog = visitor.page.getByRole("dialog", { name: title });
  await dialog.waitFor();
  return { dialog, send: () => dialog.getByRole("button", { name: title, exact: true }).click() };
}

type Scope = Visitor["page"] | ReturnType<Visitor["page"]["getByRole"]>;

/** What was wrong is said in the summary, which has the focus, and at the field itself; the link of the summary leads there. */
async function wrongAt(scope: Scope, field: RegExp, sentence: string | RegExp): Promise<void> {
  const summary = scope.getByRole("alert");
  await summary.getByRole("link", { name: sentence }).first().waitFor();
  const page = "page" in scope ? (scope as ReturnType<Visitor["page"]["getByRole"]>).page() : scope;
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "alert");
  const control = scope
    .getByRole("textbox", { name: field })
    .or(scope.getByRole("combobox", { name: field }))
    .first();
  const told = await control.getAttribute("aria-describedby");
  const said = await Promise.all((told ?? "").split(" ").map((id) => page.locator(`[id="${id}"]`).innerText()));
  expect(said).toContainEqual(expect.stringMatching(sentence));
  await summary.getByRole("link", { name: sentence }).first().click();
  await expect.poll(() => control.evaluate((one) => one === document.activeElement)).toBe(true);
}

interface SampleFile {
  readonly drawn: readonly {
    readonly careHome: string;
    readonly checks: readonly { item: string; result: string }[];
  }[];
  readonly evaluations: readonly { readonly organisation: string; readonly done: number; readonly homes: number }[];
}

/** A social organisation of the county with an account that acts for it: who evaluates. */
async function makeEvaluator(): Promise<{ login: string; name: string }> {
  const admin = await browser.visit();
  await signIn(admin, "admin", "/today", passwordOf("admin"));
  const { items } = await ask<{ items: readonly { id: string; name: string }[] }>(admin, "organisations/list", {
    division: county,
    limit: 1,
  });
  const [organisation] = items;
  if (!organisation) throw new Error("the county has no organisation");
  const login = `e2e-eq3-${run}`;
  const first = "Yunshan-first-2026";
  const { id } = await send(admin, "auth/create-account", { login, displayName: "第三方评估", password: first });
  const grant = { role: "organisation", organisationId: organisation.id, organisationHome: county };
  await send(admin, "auth/grant-role", { accountId: id, ...grant });
  await admin.close();
  const fresh = await browser.visit();
  await fresh.page.goto("/console/");
  await send(fresh, "auth/sign-in", { account: login, password: first });
  await send(fresh, "auth/change-password", { current: first, next: password });
  await fresh.close();
  return { login, name: organisation.name };
}

it("a sample is drawn, a spot check finds a piece missing, a third party evaluates on a phone, the correction is published", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, officers[0], "/equipment/samples", password);
  const name = `第三季度抽查 ${run}`;

  const draw = await opened(visitor, "抽样");
  await draw.send();
  await wrongAt(draw.dialog, /^名称/, "名称：没有填");
  await draw.dialog.getByRole("textbox", { name: /^名称/ }).fill(name);
  await draw.dialog.getByRole("textbox", { name: /^见证人/ }).fill("李公证（虚构）");
  await draw.dialog.getByRole("textbox", { name: /^或抽百分之几/ }).fill("一半");
  await draw.send();
  await wrongAt(draw.dialog, /^或抽百分之几/, "或抽百分之几：不是数");
  await draw.dialog.getByRole("textbox", { name: /^或抽百分之几/ }).fill("");
  await draw.send();
  await wrongAt(draw.dialog, /^抽多少家/, "“抽多少家”和“抽百分之几”都没有填。请填一个。");
  await draw.dialog.getByRole("textbox", { name: /^抽多少家/ }).fill("99");
  await draw.send();
  await wrongAt(draw.dialog, /^抽多少家/, "“抽多少家”：要抽 99 家，总体只有 1 家。请填小一些。");
  expect(await draw.dialog.getByRole("textbox", { name: /^名称/ }).inputValue()).toBe(name);
  await draw.dialog.getByRole("textbox", { name: /^抽多少家/ }).fill("1");
  await draw.send();
  await seen(page.getByText("已抽样：总体 1 家，抽中 1 家。"));
  await page.getByRole("link", { name: "看抽中的机构" }).click();
  await titled(page, name);
  const sampleId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.getByRole("button", { name: "在本机重抽核对" }).click();
  await seen(page.getByText("本机重抽：总体摘要一致，抽中的机构和次序都相同。"));
  await clean(visitor, "equipment-sample");

  await page.getByRole("link", { name: "登记抽查" }).click();
  await titled(page, `抽查：${home}`);
  await page
    .getByRole("group", { name: /^血氧仪：结果/ })
    .getByText("缺失")
    .click();
  await page.getByRole("textbox", { name: /^血氧仪：看到几件/ }).fill("");
  await page.getByRole("button", { name: "提交抽查" }).click();
  await wrongAt(page, /^血氧仪：看到几件/, "血氧仪：看到几件：没有填");
  await page.getByRole("textbox", { name: /^血氧仪：看到几件/ }).fill("1");
  await page.getByRole("textbox", { name: /^血氧仪：说明/ }).fill("护理站没有找到");
  await page.getByRole("button", { name: "提交抽查" }).click();
  await wrongAt(page, /^血氧仪：看到几件/, /^“看到几件”与“结果”不一致：血氧仪登记 1 件，看到 1 件。/);
  expect(await page.getByRole("textbox", { name: /^血氧仪：说明/ }).inputValue()).toBe("护理站没有找到");
  await clean(visitor, "equipment-spot-check");
  await page.getByRole("textbox", { name: /^血氧仪：看到几件/ }).fill("0");
  await page.getByRole("button", { name: "提交抽查" }).click();
  await seen(page.getByText("登记了 1 项差异。"));
  await page.getByRole("link", { name: "回到抽样" }).click();
  await seen(page.getByRole("row", { name: new RegExp(home) }).getByText("缺失"));
  const checked = await ask<SampleFile>(visitor, "equipment/get-sample", { id: sampleId });
  expect(checked.drawn[0]?.checks.map((one) => `${one.item} ${one.result}`).sort()).toEqual([
    "oximeter missing",
    "oxygen_concentrator ok",
  ]);

  // The home is not covered any more: fewer than was published is a correction and needs its reason.
  await open(page, "/equipment");
  const publish = await opened(visitor, "公布进度");
  await publish.send();
  await wrongAt(publish.dialog, /^更正原因/, /这次公布会改掉已公布的内容/);
  await publish.dialog.getByRole("textbox", { name: /^更正原因/ }).fill("抽查发现血氧仪缺失");
  await publish.send();
  await seen(page.getByText("已公布 0 条，更正 2 条。"));

  const evaluator = await makeEvaluator();
  const evaluation = `第三方评估 ${run}`;
  const { id } = await send(visitor, "equipment/draw-sample", {
    name: evaluation,
    purpose: "evaluation",
    size: 1,
    witness: "李公证（虚构）",
  });
  await open(page, `/equipment/samples/${id}`);
  await titled(page, evaluation);
  const grant = await opened(visitor, "授权评估机构");
  await grant.send();
  await wrongAt(grant.dialog, /^评估机构/, "评估机构：没有填");
  await grant.dialog.getByRole("combobox", { name: /^评估机构/ }).fill(evaluator.name);
  await page.locator(".ant-select-dropdown:visible").getByText(evaluator.name).first().click();
  await grant.dialog.getByLabel(/^授权到/).fill("2020-01-01");
  await grant.send();
  await seen(grant.dialog.locator(".field-trouble").getByText(/^“授权到” 2020-01-01 早于今天/));
  await grant.dialog.getByLabel(/^授权到/).fill("2030-12-31");
  await grant.send();
  await seen(page.getByText("已授权，到 2030年12月31日 可以看 1 家机构。"));
  await seen(page.getByRole("row", { name: new RegExp(evaluator.name) }).getByText("0/1 家已评估"));
  await clean(visitor, "equipment-evaluation-granted");

  const them = await browser.visit();
  await signIn(them, evaluator.login, "/equipment/evaluation", password);
  await them.page.setViewportSize(phone);
  await titled(them.page, "受托评估");
  await seen(them.page.getByText("待评估"));
  expect(await oddities(them.page, { narrow: true })).toEqual([]);
  await look(them.page, "equipment-evaluation-list-phone");
  await them.page.getByRole("link", { name: home }).click();
  await titled(them.page, `评估：${home}`);
  await them.page.getByRole("textbox", { name: /^制氧机：看到的编号/ }).fill("NOT-HERE-1");
  await them.page.getByRole("button", { name: "提交评估" }).click();
  await wrongAt(them.page, /^制氧机：看到的编号/, /^“看到的编号”：不在该机构名下：NOT-HERE-1。/);
  expect([...(await oddities(them.page, { narrow: true })), ...(await violations(them.page))]).toEqual([]);
  await look(them.page, "equipment-evaluate-phone");
  await them.page.getByRole("textbox", { name: /^制氧机：看到的编号/ }).fill(serials.oxygen);
  await them.page.getByRole("button", { name: "提交评估" }).click();
  await them.page.getByRole("link", { name: "回到评估对象" }).click();
  await seen(them.page.getByText("已评估"));
  calm(them);
  const done = await ask<SampleFile>(visitor, "equipment/get-sample", { id });
  expect(done.evaluations).toMatchObject([{ organisation: evaluator.name, homes: 1, done: 1 }]);
  calm(visitor);
}, 240_000);

it("what is not shipped is taken back, a shipment is recalled with its reason, and both say so", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, officers[0], "/equipment/plans", password);
  const other = `南坡镇敬老院${run}（虚构）`;
  const reason = "装车前发现外箱破损";
  const { id: careHomeId } = await send(visitor, "equipment/record-home", {
    name: other,
    division: county,
    residents: 60,
    kind: "rural",
  });
  const plan = async (title: string) =>
    String((await send(visitor, "equipment/plan-allocation", { name: title, homes: [careHomeId] })).id);

  const planId = await plan(`冬季第二批 ${run}`);
  await open(page, `/equipment/plans/${planId}`);
  const back = await opened(visitor, "撤回未发的分配");
  await back.send();
  await wrongAt(back.dialog, /^原因/, "原因：没有填");
  await back.dialog.getByRole("textbox", { name: /^原因/ }).fill(reason);
  await back.send();
  await seen(page.getByRole("row", { name: new RegExp(other) }).getByText("已撤回"));
  await clean(visitor, "equipment-plan-recalled");
  const plans = await ask<{ allocations: readonly { state: string }[] }>(visitor, "equipment/get-plan", { id: planId });
  expect(plans.allocations.map((one) => one.state)).toEqual(["recalled", "recalled"]);

  const again = await plan(`冬季第三批 ${run}`);
  const { shipments } = await send(visitor, "equipment/ship", {
    planId: again,
    dueOn: "2030-12-31",
    homes: [{ careHomeId }],
  });
  const [shipment] = shipments as readonly { readonly id: string }[];
  await open(page, `/equipment/shipments/${shipment?.id}`);
  await titled(page, other);
  const recall = await opened(visitor, "撤回");
  await recall.send();
  await wrongAt(recall.dialog, /^原因/, "原因：没有填");
  await recall.dialog.getByRole("textbox", { name: /^原因/ }).fill(reason);
  await recall.send();
  await seen(page.getByText(new RegExp(`撤回：${reason}`)));
  await page.setViewportSize(phone);
  expect([...(await oddities(page, { narrow: true })), ...(await violations(page))]).toEqual([]);
  await look(page, "equipment-shipment-recalled-phone");
  const kept = await ask<{ state: string; recallReason: string }>(visitor, "equipment/get-shipment", {
    id: shipment?.id,
  });
  expect(kept).toMatchObject({ recallReason: reason });
  expect(["recalled", "returned"]).toContain(kept.state);
  calm(visitor);
}, 120_000);
