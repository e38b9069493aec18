import { expect, it } from "vitest";
import { passwordOf, phone, useBrowser } from "./browser.ts";

const browser = useBrowser();
const PIN = "402913";

it("a village worker's visits made without network stand on the server, once each", async () => {
  const visitor = await browser.visit({ viewport: phone });
  const { page, context } = visitor;
  const typePin = async () => {
    for (const digit of PIN) await page.getByRole("button", { name: digit, exact: true }).click();
  };
  await page.goto("/field/");
  await page.getByLabel("账号").fill("cun");
  await page.getByLabel("口令", { exact: true }).fill(passwordOf("cun"));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "设一个 6 位数字密码" }).waitFor();
  await typePin();
  await page.getByRole("heading", { name: "再输入一次" }).waitFor();
  await typePin();
  const state = page.getByRole("status", { name: "网络和上传情况" });
  await state.getByText("已联网，没有待上传").waitFor();
  await page.locator("a.card").first().waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const people = await page
    .locator('a.card[href^="#/person/"]')
    .evaluateAll((all) => all.slice(0, 3).map((one) => one.getAttribute("href")?.split("/").at(-1) ?? ""));
  expect(people.length).toBe(3);

  await context.setOffline(true);
  await page.reload();
  await typePin();
  await page.locator("a.card").first().waitFor();
  for (const id of people) {
    await page.locator(`a.card[href$="${id}"]`).first().click();
    await page.getByRole("link", { name: "见到本人", exact: true }).click();
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByRole("heading", { name: "已保存在手机上。" }).waitFor();
    await page.getByRole("link", { name: "今天" }).first().click();
  }
  await state.getByText(/^离线.*，3 条待上传$/).waitFor();
  await context.setOffline(false);
  await page.getByRole("link", { name: "上传", exact: true }).click();
  await page.getByRole("button", { name: "现在上传" }).click();
  await state.getByText("已联网，没有待上传").waitFor();
  expect(await page.getByText("已上传", { exact: true }).count()).toBe(3);

  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  for (const personId of people) {
    const answer = await context.request.get("/api/visiting-care/list-visits", {
      params: { input: JSON.stringify({ personId, month: today.slice(0, 7) }) },
    });
    const { visits } = (await answer.json()) as { visits: { at: string; offline: boolean; met: string }[] };
    expect(visits.filter((one) => one.offline && one.met === "person").length, personId).toBe(1);
  }
  expect(visitor.troubles).toEqual([]);
});
