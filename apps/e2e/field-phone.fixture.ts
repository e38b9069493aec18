import { writeFileSync } from "node:fs";
import { type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { qrShape } from "../../kernel/document/qr.ts";
import { phone } from "./browser.ts";

export const PIN = "402913";

export interface StartedPhone {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the page and its console. */
  readonly troubles: string[];
  /** Ends the browser as a dead battery would. */
  kill(): Promise<void>;
}

/** A phone with its own kept profile: killed hard and started again it finds the same storage. `camera` is what it films. */
export async function startPhone(profile: string, address: string, camera?: string): Promise<StartedPhone> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--remote-debugging-port=${20_000 + Math.floor(Math.random() * 20_000)}`,
      ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
    ],
    baseURL: address,
    viewport: { ...phone },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    hasTouch: true,
    isMobile: true,
    reducedMotion: "reduce",
    permissions: ["geolocation", "camera"],
    geolocation: { latitude: 36.571, longitude: 101.832, accuracy: 12 },
  });
  context.setDefaultTimeout(Number(process.env.PATIENCE_MS ?? 30_000));
  const page = context.pages()[0] ?? (await context.newPage());
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
  const session = await context.newCDPSession(page);
  const { processInfo } = (await ((await context.browser()?.newBrowserCDPSession()) ?? session).send(
    "SystemInfo.getProcessInfo",
  )) as { processInfo: { type: string; id: number }[] };
  const pid = processInfo.find((one) => one.type === "browser")?.id;
  return {
    context,
    page,
    troubles,
    async kill() {
      if (pid) process.kill(pid, "SIGKILL");
      await context.close().catch(() => {});
    },
  };
}

export async function typePin(page: Page): Promise<void> {
  for (const digit of PIN) await page.getByRole("button", { name: digit, exact: true }).click();
}

/** Signs in, chooses a PIN, and waits until everything is on the phone, the application itself too. */
export async function settlePhone(page: Page, login: string, password: string): Promise<void> {
  await page.goto("/field/");
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("口令", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "设一个 6 位数字密码" }).waitFor();
  await typePin(page);
  await page.getByRole("heading", { name: "再输入一次" }).waitFor();
  await typePin(page);
  // Quiet it is before the first contact too: something must have come.
  await page.locator("a.card").first().waitFor();
  await quiet(page).waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Deliveries are one line on today's list, below which they stand once it is opened. */
export async function openDeliveries(page: Page): Promise<void> {
  const line = page.locator("details.fold");
  await line.waitFor();
  if ((await line.getAttribute("open")) === null) await line.locator("summary").click();
}

export const quiet = (page: Page): Locator =>
  page.getByRole("status", { name: "网络和上传情况" }).getByText("已联网，没有待上传");

/** Writes a film for the fake camera: each code is shown for a while, then white paper, again and again. */
export function film(path: string, codes: readonly string[]): void {
  const [width, height, shown, between] = [320, 240, 12, 8];
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const white = Buffer.alloc(width * height, 235);
  const frame = (luma: Buffer) => Buffer.concat([Buffer.from("FRAME\n"), luma, chroma]);
  const still = (code: string) => {
    const luma = Buffer.from(white);
    const { size, runs } = qrShape(code);
    const scale = Math.floor((height * 0.8) / size);
    const [left, top] = [(width - size * scale) >> 1, (height - size * scale) >> 1];
    for (const run of runs)
      for (let row = 0; row < scale; row += 1) {
        const at = (top + run.y * scale + row) * width + left + run.x * scale;
        luma.fill(16, at, at + run.length * scale);
      }
    return frame(luma);
  };
  const frames = codes.flatMap((code) => [
    ...Array.from({ length: shown }, () => still(code)),
    ...Array.from({ length: between }, () => frame(white)),
  ]);
  writeFileSync(
    path,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...frames]),
  );
}

/** A finger writes a name. */
export async function draw(page: Page, canvas: Locator): Promise<void> {
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("there is no paper to sign on");
  await page.mouse.move(box.x + 30, box.y + 40);
  await page.mouse.down();
  for (let at = 0; at < 12; at += 1)
    await page.mouse.move(box.x + 30 + at * 18, box.y + 40 + (at % 2 ? 70 : 10), { steps: 3 });
  await page.mouse.up();
}
