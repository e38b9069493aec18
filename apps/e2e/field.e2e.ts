import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { look, oddities, phone, violations } from "./browser.ts";
import { type FieldHouse, inventedPeople, openFieldHouse } from "./field-house.fixture.ts";

const PIN = "402913";
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const root = mkdtempSync(join(tmpdir(), "shanzhi-field-"));

let house: FieldHouse;
let profile = 0;
const open = new Set<BrowserContext>();

beforeEach(async () => {
  house = await openFieldHouse(inventedPeople(36, today));
  profile += 1;
});
afterEach(async ({ task }) => {
  for (const context of open) {
    const [page] = context.pages();
    if (task.result?.state === "fail" && page)
      await look(page, `failed-field-${task.name.slice(0, 40).replace(/[^\w]+/g, "-")}`).catch(() => {});
    await context.close().catch(() => {});
  }
  open.clear();
  await house.close();
});
beforeAll(() => {});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A phone with its own kept profile: closing it hard and starting it again finds the same storage. */
async function startPhone(
  locale = "zh-CN",
): Promise<{ context: BrowserContext; page: Page; troubles: string[]; pid: number }> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const context = await chromium.launchPersistentContext(join(root, `profile-${profile}`), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--remote-debugging-port=${port}`,
    ],
    viewport: { ...phone },
    locale,
    timezoneId: "Asia/Shanghai",
    hasTouch: true,
    isMobile: true,
    reducedMotion: "reduce",
    permissions: ["geolocation"],
    geolocation: { latitude: 36.571, longitude: 101.832, accuracy: 12 },
  });
  open.add(context);
  context.setDefaultTimeout(Number(process.env.PATIENCE_MS ?? 20_000));
  const page = context.pages()[0] ?? (await context.newPage());
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
  const session = await context.newCDPSession(page);
  const { processInfo } = (await ((await context.browser()?.newBrowserCDPSession()) ?? session).send(
    "SystemInfo.getProcessInfo",
  )) as {
    processInfo: { type: string; id: number }[];
  };
  return { context, page, troubles, pid: processInfo.find((one) => one.type === "browser")?.id ?? 0 };
}

async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).click();
}

/** Signs in, chooses a PIN, waits for the list. */
async function settle(page: Page): Promise<void> {
  await page.goto(`${house.address}/field/`);
  await page.getByLabel("账号").fill("cun");
  await page.getByLabel("口令", { exact: true }).fill("right-password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "设一个 6 位数字密码" }).waitFor();
  await typePin(page, PIN);
  await page.getByRole("heading", { name: "再输入一次" }).waitFor();
  await typePin(page, PIN);
  await page.getByText(/还有 \d+ 人要去/).waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Three taps from the list: open, saw the person, save. */
async function visit(page: Page, name: string, photo: boolean): Promise<void> {
  await page.getByRole("button", { name: "查找", exact: true }).click();
  await page.getByRole("searchbox").fill(name);
  await page
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await page.getByRole("link", { name: "见到本人", exact: true }).click();
  await page.getByRole("button", { name: "保存" }).waitFor();
  if (photo) {
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "door.png", mimeType: "image/png", buffer: await picture(page) });
    await page.getByAltText("第 1 张照片").waitFor();
  }
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("heading", { name: "已保存在手机上。" }).waitFor();
  await page.getByRole("link", { name: "今天" }).first().click();
}

/** A large noisy photo, made by the page itself. */
async function picture(page: Page): Promise<Buffer> {
  const text = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 1200;
    canvas.height = 900;
    const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
    for (let at = 0; at < 40_000; at += 1) {
      pen.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`;
      pen.fillRect(Math.random() * 1200, Math.random() * 900, 9, 9);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(text, "base64");
}

const quiet = (page: Page) => page.getByRole("status", { name: "网络和上传情况" }).getByText("已联网，没有待上传");

it("ten visits with photos made offline arrive once each, although the browser was killed and answers were lost", async () => {
  const first = await startPhone();
  await settle(first.page);
  await first.context.setOffline(true);
  await first.page.reload();
  await typePin(first.page, PIN);
  await first.page.getByText(/还有 \d+ 人要去/).waitFor();
  const chosen = inventedPeople(36, today)
    .filter((one) => !one.visitedThisMonth && one.mine)
    .slice(12, 22)
    .map((one) => String(one.name));
  for (const name of chosen) await visit(first.page, name, true);
  await first.page.getByText(/^离线.*，10 条待上传$/).waitFor();
  await look(first.page, "field-today-offline-zh");
  process.kill(first.pid, "SIGKILL");
  await first.context.close().catch(() => {});
  open.delete(first.context);

  house.loseAnswers = 3;
  const second = await startPhone();
  await second.page.goto(`${house.address}/field/`);
  await typePin(second.page, PIN);
  await expect
    .poll(
      async () => {
        await second.page.getByRole("link", { name: "上传", exact: true }).click();
        const now = second.page.getByRole("button", { name: "现在上传" });
        if (await now.isVisible()) await now.click().catch(() => {});
        return house.written.length;
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe(10);
  await quiet(second.page).waitFor();
  expect(new Set(house.written.map((one) => one.key)).size).toBe(10);
  expect(new Set(house.written.map((one) => one.input.personId)).size).toBe(10);
  expect(house.files.size).toBe(10);
  expect(house.troubles).toEqual([]);
  await look(second.page, "field-outbox-zh");
  expect(await second.page.getByText("已上传").count()).toBe(10);
  expect(second.troubles).toEqual([]);
});

it("works on a slow network, and what the township holds is said in a sentence", async () => {
  house.held = () => "visiting-care/not-your-person";
  const { context, page, troubles } = await startPhone();
  await settle(page);
  const session = await context.newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  await visit(page, "孙桂英", true);
  await expect.poll(() => house.written.length, { timeout: 60_000 }).toBe(1);
  await page.getByRole("link", { name: "上传", exact: true }).click();
  await page.getByText("已交镇里处理").first().waitFor();
  await page.getByText("这个人已经改由别人负责，记录会转给新的负责人。").waitFor();
  await look(page, "field-held-zh");
  expect(troubles).toEqual([]);
});

it("locks, counts wrong PINs, and keeps unsent work when the lists are destroyed", async () => {
  const { context, page } = await startPhone();
  await settle(page);
  await context.setOffline(true);
  await visit(page, "孙桂英", false);
  await page.getByRole("link", { name: "设置" }).click();
  await page.getByRole("button", { name: "马上锁住" }).click();
  for (let left = 9; left >= 1; left -= 1) {
    await typePin(page, "000001");
    await page.getByText(new RegExp(`还可以试 ${left} 次`)).waitFor();
  }
  await look(page, "field-wrong-pin-zh");
  await typePin(page, "000001");
  await page.getByText(/还有 演示村干部 的 1 条记录没有上传/).waitFor();
  await look(page, "field-rescue-zh");
  await context.setOffline(false);
  await page.getByLabel("口令", { exact: true }).fill("right-password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "设一个 6 位数字密码" }).waitFor();
  await typePin(page, PIN);
  await page.getByRole("heading", { name: "再输入一次" }).waitFor();
  await typePin(page, PIN);
  await expect.poll(() => house.written.length, { timeout: 30_000 }).toBe(1);
  expect(house.troubles).toEqual([]);
});

it("obeys a remote wipe after it has sent what it had", async () => {
  const { context, page } = await startPhone();
  await settle(page);
  await context.setOffline(true);
  await visit(page, "孙桂英", false);
  house.wipe = true;
  await context.setOffline(false);
  await page.getByText(/管理员已命令清除这部手机上的名单/).waitFor();
  expect(house.written.length).toBe(1);
  const left = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const request = indexedDB.open("shanzhi-field");
        request.onsuccess = () => {
          const all = request.result.transaction("records").objectStore("records").count();
          all.onsuccess = () => done(all.result);
        };
      }),
  );
  expect(left).toBe(0);
});

it("keeps every typed word over a lock, asks again who is there, and calls in two failed steps", async () => {
  const { page } = await startPhone();
  await settle(page);
  await page.getByRole("button", { name: "查找", exact: true }).click();
  await page.getByRole("searchbox").fill("李玉珍");
  await page
    .getByRole("link", { name: /李玉珍/ })
    .first()
    .click();
  await page.getByRole("link", { name: "见到本人", exact: true }).click();
  await page.getByLabel("还有什么要说的").fill("炕洞冒烟，要修一修");
  // Sealed a tenth of a second after the last key: nobody reaches the power key sooner.
  await page.waitForTimeout(1_000);
  await page.reload();
  await typePin(page, PIN);
  expect(await page.getByLabel("还有什么要说的").inputValue()).toBe("炕洞冒烟，要修一修");
  await page.getByRole("link", { name: "返回" }).click();
  for (let time = 1; time <= 2; time += 1) {
    await page.getByRole("link", { name: "电话探访" }).click();
    await page.getByRole("radio", { name: "没接通" }).check();
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByRole("heading", { name: "已保存在手机上。" }).waitFor();
    await page.getByRole("link", { name: "李玉珍" }).click();
  }
  await page.getByText("今天电话两次没接通，今天要上门看一看。").waitFor();
  // The session ends: the phone renews it and nobody is asked; only when that is refused the password is wanted.
  house.signedOut = true;
  await page.getByRole("link", { name: "上传", exact: true }).click();
  await page.getByRole("button", { name: "现在上传" }).click();
  await quiet(page).waitFor();
  expect(house.renewed).toBe(1);
  house.signedOut = true;
  house.renewals = false;
  await page.getByRole("button", { name: "现在上传" }).click();
  await page.getByText(/登录已过期/).waitFor();
  await page.getByRole("link", { name: "登录" }).click();
  await page.getByLabel("口令", { exact: true }).fill("right-password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await quiet(page).waitFor();
});

it("leads through an emergency offline with a running clock", async () => {
  const { context, page } = await startPhone();
  await settle(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: "查找", exact: true }).click();
  await page.getByRole("searchbox").fill("周长顺");
  await page
    .getByRole("link", { name: /周长顺/ })
    .first()
    .click();
  await page.getByRole("button", { name: "紧急" }).click();
  await look(page, "field-emergency-ask-zh");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "受伤" }).click();
  await page.getByRole("timer").waitFor();
  await page.getByRole("button", { name: "已经打了" }).click();
  await page.getByRole("button", { name: "打通了，已经告诉" }).click();
  await page.getByRole("button", { name: "我在现场守着" }).click();
  await page.getByLabel("报告给谁（姓名或部门）").fill("乐家湾镇值班室");
  await look(page, "field-emergency-zh");
  await page.getByRole("button", { name: "已经报告" }).click();
  await page.getByText("结果怎么样？").waitFor();
  await page.getByRole("radio", { name: "送医" }).check();
  await page.getByLabel("经过和结果").fill("院子里滑倒，救护车送县医院，儿子同去。");
  await look(page, "field-emergency-file-zh");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "归档", exact: true }).click();
  await page.getByText("归档已记在手机上，联网后自动上传。上传以后不能再改。").waitFor();
  await look(page, "field-emergency-filed-zh");
  await context.setOffline(false);
  await expect
    .poll(() => house.written.map((one) => one.operation), { timeout: 30_000 })
    .toEqual([
      "visiting-care.open-emergency",
      ...Array.from({ length: 4 }, () => "visiting-care.record-step"),
      "visiting-care.file-emergency",
    ]);
  await page.getByText("处置已经归档，不能再改。").waitFor();
  expect(house.troubles).toEqual([]);
});

it("opens a person of a full store within 300 ms on a slow phone", async () => {
  house.people = inventedPeople(10_000, today);
  const { context, page } = await startPhone();
  await page.goto(`${house.address}/field/`);
  await page.getByLabel("账号").fill("cun");
  await page.getByLabel("口令", { exact: true }).fill("right-password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "设一个 6 位数字密码" }).waitFor();
  await typePin(page, PIN);
  await page.getByRole("heading", { name: "再输入一次" }).waitFor();
  await typePin(page, PIN);
  await quiet(page).waitFor({ timeout: 90_000 });
  await page.locator("a.card").nth(18).waitFor();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const times: number[] = [];
  for (let at = 0; at < 7; at += 1) {
    times.push(
      await page.evaluate(
        (place) =>
          new Promise<number>((done) => {
            const card = document.querySelectorAll<HTMLAnchorElement>("a.card")[place];
            const began = performance.now();
            const look = () => {
              if (document.querySelector("ul.visits li"))
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
              else setTimeout(look, 1);
            };
            card?.click();
            look();
          }),
        at * 3,
      ),
    );
    await page.getByRole("link", { name: "返回" }).click();
    await page.getByText(/还有 \d+ 人要去/).waitFor();
    await page.locator("a.card").nth(18).waitFor();
  }
  times.sort((a, b) => a - b);
  process.stdout.write(
    `open a person, 10,000 records, CPU / 4: median ${Math.round(times[3] ?? 0)} ms, worst ${Math.round(times[6] ?? 0)} ms\n`,
  );
  expect(times[3]).toBeLessThan(300);
});

it("reads well on every screen, in both languages and in large print", async () => {
  const { page, troubles } = await startPhone();
  await settle(page);
  const person = String(inventedPeople(36, today)[3]?.personId);
  const paths = [
    "",
    `person/${person}`,
    `visit/${person}/home/person`,
    `visit/${person}/home/other`,
    `visit/${person}/phone/other`,
    `refuse/${person}`,
    `death/${person}`,
    "new",
    "outbox",
    "settings",
    "map",
    "sign-in",
  ];
  for (const style of ["zh", "en", "large"] as const) {
    await page.evaluate((one) => {
      localStorage.setItem(
        "shanzhi.preferences",
        JSON.stringify({ locale: one === "en" ? "en" : "zh", largePrint: one === "large", theme: "light" }),
      );
    }, style);
    await page.reload();
    await typePin(page, PIN);
    await page.locator(".status").waitFor();
    for (const path of paths) {
      await page.evaluate((to) => {
        location.hash = `/${to}`;
      }, path);
      await page.locator("h1").waitFor();
      await page.waitForFunction(() => !document.querySelector("main")?.textContent?.includes("正在读取"));
      await look(
        page,
        `field-${style}-${
          path
            .split("/")
            .filter((one) => one.length < 20)
            .join("-") || "today"
        }`,
      );
      expect(await oddities(page, { narrow: true }), `${style} ${path}`).toEqual([]);
      if (style !== "large") expect(await violations(page), `${style} ${path}`).toEqual([]);
    }
  }
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a, button")]
      .filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44)
      .map((one) => one.textContent),
  );
  expect(small).toEqual([]);
  expect(troubles).toEqual([]);
});
