import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type APIRequestContext, type Page, request } from "playwright-core";
import { afterAll, afterEach, expect, inject, it } from "vitest";
import { look, passwordOf } from "./browser.ts";
import {
  draw,
  openDeliveries,
  quiet,
  type StartedPhone,
  settlePhone,
  startPhone,
  typePin,
} from "./field-phone.fixture.ts";

const root = mkdtempSync(join(tmpdir(), "shanzhi-posted-"));
const phones = new Set<StartedPhone>();
const day = (away: number) => new Date(Date.now() + 8 * 3_600_000 + away * 86_400_000).toISOString().slice(0, 10);
/** Numbers and names of this try: a second try in the same house must not meet the first. */
const mark = Date.now().toString(36).toUpperCase();

afterEach(async ({ task }) => {
  for (const { context, page } of phones) {
    if (task.result?.state === "fail") await look(page, "failed-delivery-posted").catch(() => {});
    await context.close().catch(() => {});
  }
  phones.clear();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function start(profile: string): Promise<StartedPhone> {
  const started = await startPhone(join(root, profile), inject("address"));
  phones.add(started);
  return started;
}

/** An officer of the county at a desk, by the interface alone. */
class Desk {
  readonly #api: APIRequestContext;
  constructor(api: APIRequestContext) {
    this.#api = api;
  }
  static async open(login: string): Promise<Desk> {
    const api = await request.newContext({ baseURL: inject("address") });
    const answer = await api.post("/api/auth/sign-in", { data: { account: login, password: passwordOf(login) } });
    expect(answer.status()).toBe(200);
    return new Desk(api);
  }
  async tell<Out>(operation: string, data: Record<string, unknown>): Promise<Out> {
    const answer = await this.#api.post(`/api/${operation}`, {
      data,
      headers: { "idempotency-key": crypto.randomUUID() },
    });
    if (answer.status() !== 200) throw new Error(`${operation}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Out;
  }
  async ask<Out>(operation: string, input: Record<string, unknown>): Promise<Out> {
    const answer = await this.#api.get(`/api/${operation}`, { params: { input: JSON.stringify(input) } });
    if (answer.status() !== 200) throw new Error(`${operation}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Out;
  }
}

interface Sent {
  readonly name: string;
  readonly shipment: string;
  readonly serials: { readonly machines: readonly string[]; readonly meters: readonly string[] };
}

/** A gift, a home in the worker's village, a plan and a shipment: everything before the door. */
async function send(desk: Desk, which: string): Promise<Sent> {
  const name = `签收试验${which}敬老院${mark}`;
  const serials = {
    machines: [1, 2].map((at) => `ZY-${mark}-${which}${at}`),
    meters: [1, 2].map((at) => `XY-${mark}-${which}${at}`),
  };
  const gift = (item: string, unit: string, numbers: readonly string[]) =>
    desk.tell<{ accountId: string }>("donations/record-donation", {
      donor: "签收试验基金会（虚构）",
      item,
      unit,
      quantity: numbers.length,
      serials: numbers,
      valueFen: 100_000,
      valuation: "invoice",
      purpose: `签收试验${which}${mark}`,
    });
  const [machines, meters] = [await gift("制氧机", "台", serials.machines), await gift("血氧仪", "个", serials.meters)];
  const { id: homeId } = await desk.tell<{ id: string }>("equipment/record-home", {
    name,
    division: "630102100201",
    residents: 40,
    director: "样守义",
    latitude: 36.571,
    longitude: 101.832,
  });
  const plan = await desk.tell<{ id: string }>("equipment/plan-allocation", {
    name: `签收试验${which}${mark}`,
    homes: [homeId],
    items: [
      { item: "oxygen_concentrator", perHome: 2, account: machines.accountId },
      { item: "oximeter", perHome: 2, account: meters.accountId },
    ],
  });
  const { shipments } = await desk.tell<{ shipments: { id: string }[] }>("equipment/ship", {
    planId: plan.id,
    homes: [{ careHomeId: homeId }],
    dueOn: day(5),
  });
  return { name, shipment: String(shipments[0]?.id), serials };
}

async function sign(page: Page, sent: Sent, numbers: readonly string[], more: (page: Page) => Promise<void>) {
  await openDeliveries(page);
  await page.getByRole("link", { name: new RegExp(sent.name) }).click();
  for (const serial of numbers) {
    await page.getByLabel("输入编号").fill(serial.toLowerCase());
    await page.getByRole("button", { name: "加上" }).click();
    await page
      .locator(".said")
      .getByText(new RegExp(`^对的：.*${serial}$`))
      .waitFor();
  }
  await page.getByRole("button", { name: `去签字（${numbers.length} 件）` }).click();
  await page.getByRole("button", { name: "填 样守义" }).click();
  await page.getByLabel("第二签收人：姓名").fill("样桂花");
  await page.getByRole("checkbox", { name: /样桂花 已当面确认/ }).check();
  await more(page);
  await page.getByRole("button", { name: "签收", exact: true }).click();
  await page.getByRole("heading", { name: "签收已记在手机上。" }).waitFor();
  await page.getByRole("link", { name: "今天" }).first().click();
}

it("a delivery signed without network stands on the server once and in the home's account; a recalled one comes back with its reason", async () => {
  const desk = await Desk.open("qu-minzheng");
  const [kept, recalled] = [await send(desk, "甲"), await send(desk, "乙")];
  const first = await start("cun");
  await settlePhone(first.page, "cun", passwordOf("cun"));
  await openDeliveries(first.page);
  for (const sent of [kept, recalled]) await first.page.getByRole("link", { name: new RegExp(sent.name) }).waitFor();
  await first.context.setOffline(true);
  await first.page.reload();
  await typePin(first.page);
  const numbers = [...kept.serials.machines, kept.serials.meters[0] ?? ""];
  await sign(first.page, kept, numbers, async (page) => {
    await page.getByRole("radio", { name: "箱子里就少" }).check();
    await page.getByText("请 样守义 用手指在框里签名。").click();
    await draw(page, page.locator("canvas.paper").first());
    await page.getByRole("button", { name: "用这个签名" }).first().click();
    await page.getByAltText("样守义签名").waitFor();
    await page.locator("input[type=file]").setInputFiles({ name: "door.png", mimeType: "image/png", buffer: dot });
    await page.getByAltText("第 1 张照片").waitFor();
  });
  const other = [...recalled.serials.machines, ...recalled.serials.meters];
  await sign(first.page, recalled, other, async (page) => {
    await page.getByRole("checkbox", { name: /样守义 已当面确认/ }).check();
  });
  await first.page.getByText(/^离线.*，2 条待上传$/).waitFor();
  await first.kill();
  phones.delete(first);
  await desk.tell("equipment/recall-shipment", { id: recalled.shipment, reason: "发错了机构" });

  const second = await start("cun");
  const { page } = second;
  await page.goto("/field/");
  await typePin(page);
  await quiet(page).waitFor({ timeout: 60_000 });
  await page.getByRole("link", { name: "上传", exact: true }).click();
  await page.getByText("这批设备已经被发出单位撤回，签收没有入账。").waitFor();
  expect(await page.getByText("已上传", { exact: true }).count()).toBe(1);
  await look(page, "delivery-posted-outbox-zh");
  await page.getByRole("link", { name: "今天" }).click();
  await openDeliveries(page);
  await page.getByRole("link", { name: new RegExp(kept.name) }).waitFor();
  expect(await page.getByRole("link", { name: new RegExp(recalled.name) }).count()).toBe(0);

  interface Delivered {
    readonly state: string;
    readonly deliveries: readonly {
      readonly offline: boolean;
      readonly signers: readonly { readonly name: string; readonly signatureId?: string }[];
      readonly photoIds: readonly string[];
      readonly place: unknown;
      readonly note: string | null;
    }[];
    readonly discrepancies: readonly { readonly kind: string; readonly item: string; readonly quantity: number }[];
  }
  const done = await desk.ask<Delivered>("equipment/get-shipment", { id: kept.shipment });
  expect(done.state).toBe("discrepancy");
  expect(done.deliveries.length).toBe(1);
  expect(done.deliveries[0]).toMatchObject({ offline: true, signers: [{ name: "样守义" }, { name: "样桂花" }] });
  expect(done.deliveries[0]?.signers[0]?.signatureId).toBeTruthy();
  expect(done.deliveries[0]?.photoIds.length).toBe(1);
  expect(done.deliveries[0]?.place).not.toBeNull();
  expect(done.deliveries[0]?.note).toContain("箱子里就少");
  expect(done.discrepancies).toMatchObject([{ kind: "short", item: "oximeter", quantity: 1 }]);
  const gone = await desk.ask<Delivered>("equipment/get-shipment", { id: recalled.shipment });
  expect([gone.state, gone.deliveries.length]).toEqual(["recalled", 0]);

  const balances = async (home: string) => {
    const found: [string, number][] = [];
    for (let after: string | null = null; ; ) {
      const page: {
        accounts: { owner: string; kind: string; assetName: string; balance: number }[];
        next: string | null;
      } = await desk.ask("ledger/list-accounts", { limit: 200, ...(after ? { after } : {}) });
      for (const one of page.accounts)
        if (one.owner === home && one.balance !== 0) found.push([`${one.kind} ${one.assetName}`, one.balance]);
      after = page.next;
      if (!after) return found.sort();
    }
  };
  expect(await balances(kept.name)).toEqual([
    ["delivered 制氧机", 2],
    ["delivered 血氧仪", 1],
    ["transit 血氧仪", 1],
  ]);
  expect(await balances(recalled.name)).toEqual([]);
  const { held } = await desk.ask<{ held: { operation: string; code: string }[] }>("sync/list-held", { limit: 200 });
  expect(held.filter((one) => one.operation === "equipment.sign-delivery").map((one) => one.code)).toContain(
    "equipment/recalled",
  );
  expect([...first.troubles, ...second.troubles]).toEqual([]);
});

/** The smallest picture there is. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
