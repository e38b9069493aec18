import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { look, oddities, violations } from "./browser.ts";
import { type FieldHouse, inventedPeople, openFieldHouse } from "./field-house.fixture.ts";
import {
  draw,
  film,
  openDeliveries,
  quiet,
  type StartedPhone,
  settlePhone,
  startPhone,
  typePin,
} from "./field-phone.fixture.ts";

const day = (away: number) => new Date(Date.now() + 8 * 3_600_000 + away * 86_400_000).toISOString().slice(0, 10);
const root = mkdtempSync(join(tmpdir(), "shanzhi-delivery-"));
const camera = join(root, "codes.y4m");
film(camera, ["YY-2026-0001", "https://maker.example/p?sn=YY-2026-0002", "ZZ-9999"]);

const shipment = {
  id: "0198a900-0000-7000-8000-000000000001",
  careHomeId: "0198a900-0000-7000-8000-0000000000aa",
  careHome: "团结村农村敬老院",
  director: "样守义",
  home: "630102",
  division: "630102100201",
  divisionName: "团结村",
  place: { latitude: 36.571, longitude: 101.832 },
  from: "青海省民政厅",
  state: "shipped",
  shippedOn: day(-3),
  dueOn: day(4),
  carrier: "样本物流",
  waybill: "YB-0001",
  lines: [
    {
      item: "oxygen_concentrator",
      quantity: 2,
      signed: 0,
      serials: ["YY-2026-0001", "YY-2026-0002"],
      signedSerials: [],
    },
    { item: "oximeter", quantity: 3, signed: 0, serials: ["M-1", "M-2", "M-3"], signedSerials: [] },
  ],
  discrepancies: [],
};
/** Numbers are first read at the home, of both kinds; late, and something differs already. */
const open = {
  ...shipment,
  id: "0198a900-0000-7000-8000-000000000002",
  careHome: "新庄村第二农村互助幸福院暨日间照料中心",
  dueOn: day(-2),
  state: "discrepancy",
  place: null,
  lines: [
    { item: "oxygen_concentrator", quantity: 1, signed: 0, serials: [], signedSerials: [] },
    { item: "oximeter", quantity: 5, signed: 2, serials: [], signedSerials: ["X-1", "X-2"] },
  ],
  discrepancies: [
    {
      id: "0198a900-0000-7000-8000-000000000003",
      kind: "short",
      item: "oximeter",
      quantity: 3,
      state: "open",
      dueOn: day(10),
    },
  ],
};

let house: FieldHouse;
let profile = 0;
const phones = new Set<StartedPhone>();

beforeEach(async () => {
  house = await openFieldHouse(inventedPeople(14, day(0)));
  house.shipments = [shipment, open];
  profile += 1;
});
afterEach(async ({ task }) => {
  for (const { context, page } of phones) {
    if (task.result?.state === "fail") await look(page, `failed-delivery-${profile}`).catch(() => {});
    await context.close().catch(() => {});
  }
  phones.clear();
  await house.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function start(): Promise<StartedPhone> {
  const started = await startPhone(join(root, `profile-${profile}`), house.address, camera);
  phones.add(started);
  return started;
}

async function kill(started: StartedPhone): Promise<void> {
  await started.kill();
  phones.delete(started);
}

async function type(page: Page, serial: string): Promise<void> {
  await page.getByLabel("输入编号").fill(serial);
  await page.getByRole("button", { name: "加上" }).click();
}

it("counts with the camera and by hand, signs offline with two people, and arrives once although the phone died twice", async () => {
  const first = await start();
  await settlePhone(first.page, "cun", "right-password");
  await first.context.setOffline(true);
  await first.page.reload();
  await typePin(first.page);
  await openDeliveries(first.page);
  await first.page.getByRole("link", { name: /团结村农村敬老院/ }).click();
  await first.page.getByRole("button", { name: "扫码" }).click();
  const said = first.page.locator(".said");
  const pieces = (count: number) => first.page.getByText(`已清点的（${count} 件）`);
  await pieces(2).waitFor();
  await first.page.getByText("不在单上的（1 件）").waitFor();
  await look(first.page, "delivery-scanning-zh");
  await first.page.getByRole("button", { name: "关闭相机" }).click();
  await first.page.getByText("2 / 2 台").waitFor();

  await type(first.page, "QQ-1");
  await said.getByText("QQ-1 不在这批里，先放在一边。").waitFor();
  await type(first.page, "yy 2026 0001");
  await said.getByText("YY-2026-0001 已经扫过了。").waitFor();
  await type(first.page, "m-1");
  await said.getByText("对的：血氧仪 M-1").waitFor();
  await type(first.page, "Ｍ－２");
  await said.getByText("对的：血氧仪 M-2").waitFor();
  await first.page.getByText("2 / 3 个").waitFor();
  await first.page.waitForTimeout(1_000);
  await kill(first);

  // Half counted when the battery died: everything is there.
  const second = await start();
  const { page } = second;
  await second.context.setOffline(true);
  await page.goto("/field/").catch(() => {});
  await typePin(page);
  await openDeliveries(page);
  await page.getByText("清点了一半").waitFor();
  await page.getByRole("link", { name: /团结村农村敬老院/ }).click();
  await page.getByText("已清点的（4 件）").click();
  await page.getByRole("button", { name: "M-2 有损坏" }).click();
  await page.getByLabel("M-2 坏在哪里").fill("屏幕碎了");
  await page.getByRole("button", { name: "去签字（4 件）" }).click();
  await page.getByText("比发运单少 血氧仪 1 个").waitFor();
  const save = page.getByRole("button", { name: "签收", exact: true });
  expect(await save.isDisabled()).toBe(true);
  await page.getByRole("radio", { name: "箱子里就少" }).check();
  await page.getByRole("button", { name: "填 样守义" }).click();
  await page.getByLabel("第一签收人：职务").fill("院长");
  await page.getByLabel("第二签收人：姓名").fill("样 守义");
  await page.getByText("两位签收人不能是同一个人，请换一位。").waitFor();
  expect(await save.isDisabled()).toBe(true);
  await page.getByLabel("第二签收人：姓名").fill("样桂花");
  await page.getByText("请 样守义 用手指在框里签名。").click();
  await draw(page, page.locator("canvas.paper").first());
  await page.getByRole("button", { name: "用这个签名" }).first().click();
  await page.getByAltText("样守义签名").waitFor();
  await page.getByRole("checkbox", { name: /样桂花 已当面确认/ }).check();
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "door.png", mimeType: "image/png", buffer: await picture(page) });
  await page.getByAltText("第 1 张照片").waitFor();
  await look(page, "delivery-sign-filled-zh");
  await save.click();
  await page.getByRole("heading", { name: "签收已记在手机上。" }).waitFor();
  await look(page, "delivery-saved-zh");
  await page.getByText(/^离线.*，1 条待上传$/).waitFor();
  await kill(second);

  house.loseAnswers = 3;
  const third = await start();
  await third.page.goto("/field/");
  await typePin(third.page);
  await expect
    .poll(
      async () => {
        await third.page.getByRole("link", { name: "上传", exact: true }).click();
        const now = third.page.getByRole("button", { name: "现在上传" });
        if (await now.isVisible()) await now.click().catch(() => {});
        return house.written.length;
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe(1);
  await quiet(third.page).waitFor();
  const [act] = house.written;
  expect(act?.operation).toBe("equipment.sign-delivery");
  expect(act?.input).toMatchObject({
    shipmentId: shipment.id,
    lines: [
      { item: "oxygen_concentrator", serials: ["YY-2026-0001", "YY-2026-0002"] },
      { item: "oximeter", serials: ["M-1", "M-2"] },
    ],
    signers: [{ name: "样守义", post: "院长" }, { name: "样桂花" }],
    damaged: [{ serial: "M-2", note: "屏幕碎了" }],
    place: { latitude: 36.571, longitude: 101.832 },
  });
  expect(act?.input.note).toBe(
    "少 血氧仪 1 个，原因：箱子里就少；现场另有不在单上的编号：ZZ-9999；样桂花 当面确认，未手写签名",
  );
  expect(house.files.size).toBe(2);
  expect(house.troubles).toEqual([]);
  expect([...first.troubles, ...second.troubles, ...third.troubles]).toEqual([]);
});

it("says in a sentence what became of a delivery that was recalled meanwhile, and keeps the pieces from being signed twice", async () => {
  house.held = () => "equipment/recalled";
  house.facts = { serials: ["X-3", "X-4"] };
  const { page, troubles } = await start();
  await settlePhone(page, "cun", "right-password");
  await openDeliveries(page);
  await page.getByRole("link", { name: /新庄村第二农村互助幸福院/ }).click();
  await type(page, "X-1");
  await page.locator(".said").getByText("X-1 以前已经签收了。").waitFor();
  await type(page, "X-3");
  await page.locator(".said").getByText("X-3：请先选现在清点哪一种，再扫一次。").waitFor();
  await page.getByRole("radio", { name: "血氧仪" }).check();
  for (const serial of ["X-3", "X-4", "X-5"]) await type(page, serial);
  await type(page, "X-6");
  await page.locator(".said").getByText("血氧仪件数已经够了，X-6 多出来，先放在一边。").waitFor();
  await page.getByRole("button", { name: "去签字（3 件）" }).click();
  await page.getByRole("radio", { name: "分批送，后面还有" }).check();
  for (const [at, name] of ["样守义", "样桂花"].entries()) {
    await page.getByLabel(`第${at === 0 ? "一" : "二"}签收人：姓名`).fill(name);
    await page.getByRole("checkbox", { name: new RegExp(`${name} 已当面确认`) }).check();
  }
  await page.getByRole("button", { name: "签收", exact: true }).click();
  await page.getByText("服务器没有直接入账").waitFor();
  await page.getByRole("link", { name: "上传", exact: true }).click();
  await page.getByText("已交镇里处理").first().waitFor();
  await page.getByText("这批设备已经被发出单位撤回，签收没有入账。").waitFor();
  await page.getByText("编号：X-3、X-4", { exact: true }).waitFor();
  await look(page, "delivery-held-zh");
  await page.getByRole("link", { name: "今天" }).click();
  await openDeliveries(page);
  await page.getByText("待签收：制氧机 1 台").waitFor();
  expect(house.written.length).toBe(1);
  expect(troubles).toEqual([]);
});

it("reads well on every screen of a delivery, in both languages and in large print", async () => {
  const { page, troubles } = await start();
  await settlePhone(page, "cun", "right-password");
  for (const style of ["zh", "en", "large"] as const) {
    await page.evaluate((one) => {
      localStorage.setItem(
        "shanzhi.preferences",
        JSON.stringify({ locale: one === "en" ? "en" : "zh", largePrint: one === "large", theme: "light" }),
      );
    }, style);
    await page.goto("/field/");
    await page.reload();
    await typePin(page);
    await page.locator("a.card").first().waitFor();
    const check = async (name: string) => {
      await look(page, `delivery-${name}-${style}`);
      expect(await oddities(page, { narrow: true }), `${style} ${name}`).toEqual([]);
      if (style !== "large") expect(await violations(page), `${style} ${name}`).toEqual([]);
    };
    // People first: on the smallest screen somebody to visit is seen whole before anything is scrolled or opened.
    const size = page.viewportSize();
    await page.setViewportSize({ width: 360, height: 740 });
    await look(page, `delivery-people-first-${style}`);
    const edge = await page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().top);
    const person = await page
      .locator('a.card[href^="#/person/"]')
      .first()
      .evaluate((card) => card.getBoundingClientRect().bottom);
    expect(person, `${style}: the first person's card ends above the bar`).toBeLessThanOrEqual(edge);
    if (size) await page.setViewportSize(size);
    await page.getByRole("button", { name: style === "en" ? "Find" : "查找", exact: true }).click();
    await page.keyboard.type(style === "en" ? "王" : "钱");
    await page.locator('a.card[href^="#/person/"]').first().waitFor();
    await openDeliveries(page);
    await check("today");
    await page.evaluate((id) => {
      location.hash = `/delivery/${id}`;
    }, open.id);
    await page.locator(".count").first().waitFor();
    await page.getByRole("radio").nth(1).check();
    for (const serial of ["X-3", "X-4", "X-1"]) {
      await page.locator("form input").fill(serial);
      await page.locator("form button").click();
    }
    await page.locator("details > summary").click();
    await check("count");
    await page.evaluate((id) => {
      location.hash = `/delivery/${id}/sign`;
    }, open.id);
    await page.locator(".signer").first().waitFor();
    await check("sign");
    await page.evaluate(() => {
      location.hash = "/delivery/0198a900-0000-7000-8000-0000000000ff";
    });
    await page.locator("main .note").waitFor();
    await check("unknown");
  }
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a, button")]
      .filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44)
      .map((one) => one.textContent),
  );
  expect(small).toEqual([]);
  expect(troubles).toEqual([]);
});

/** A large noisy photo, made by the page itself. */
async function picture(page: Page): Promise<Buffer> {
  const text = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 1200;
    canvas.height = 900;
    const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
    for (let at = 0; at < 20_000; at += 1) {
      pen.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`;
      pen.fillRect(Math.random() * 1200, Math.random() * 900, 9, 9);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(text, "base64");
}
