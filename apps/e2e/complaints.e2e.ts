import { expect, it } from "vitest";
import { calm, oddities, open, phone, seen, signIn, titled, useBrowser, violations } from "./browser.ts";

const browser = useBrowser();
const report = "活动现场收费不开票据，旅行团式的“公益游”。";
const answer = "经查属实，已责令退还并限期改正。";
const doubt = "钱还没有退，请再核实。";
const second = "已再次核查，款项于今日退还到账。";

it("a complaint gets a number, the clerk takes it on, names who handles it and answers, the sender reads the answer", async () => {
  const sender = await browser.visit({ scripts: false, viewport: phone });
  await sender.page.goto("/search?division=630102");
  const organisation = sender.page.getByRole("region", { name: "查询结果" }).getByRole("listitem").first();
  await organisation.getByRole("link").first().click();
  await sender.page.getByRole("main").getByRole("link", { name: "反映这家组织的问题" }).click();
  await sender.page.getByRole("textbox", { name: /^发生了什么/ }).fill(report);
  await sender.page.getByRole("textbox", { name: /^(您的)?姓名/ }).fill("青某某");
  await sender.page.getByRole("button", { name: "提交" }).click();
  await seen(sender.page.getByRole("heading", { name: "已经收到" }));
  const [number = "", receipt = ""] = (await sender.page.getByRole("definition").allInnerTexts()).map((one) =>
    one.trim(),
  );

  const clerk = await browser.visit();
  const { page } = clerk;
  await signIn(clerk, "xian-registrar", "/complaints");
  await seen(page.getByText(/^共 \d+ 条$/));
  await seen(page.getByText(/^\d+ 件超过受理期限，排在最前$/));
  expect([...(await oddities(page)), ...(await violations(page))]).toEqual([]);
  await page.getByLabel("环节").selectOption({ label: "已收到，待受理" });
  await page.getByRole("link", { name: number, exact: true }).click();
  await titled(page, number);
  await seen(page.getByText(report));
  expect([...(await oddities(page)), ...(await violations(page))]).toEqual([]);
  expect(await page.getByRole("main").innerText()).not.toContain("青某某");

  // What cannot be done yet says why, beside what can.
  await seen(page.getByRole("button", { name: "受理", exact: true }));
  await page.getByText("其他可以办的事").click();
  const blocked = page.getByRole("main").locator("details").getByRole("listitem");
  for (const name of ["指派承办人", "答复", "办结"])
    expect(await blocked.filter({ hasText: name }).first().innerText()).toMatch(/环节|步骤|状态/);

  const act = async (name: string, fill?: readonly [RegExp, string]) => {
    await page.getByRole("button", { name, exact: true }).click();
    const dialog = page.getByRole("dialog");
    if (fill) await dialog.getByLabel(fill[0]).fill(fill[1]);
    await dialog.getByRole("button", { name, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  await act("受理");
  await seen(page.getByText("已受理，待指派"));
  await act("指派承办人", [/^承办科室或承办人/, "社会组织管理科"]);
  await seen(page.getByText("已指派，办理中"));
  await act("答复", [/^答复内容/, answer]);
  await seen(page.getByText("已答复，待办结"));
  await act("办结");
  await seen(page.getByText("已办结"));
  await page.setViewportSize(phone);
  expect([...(await oddities(page, { narrow: true })), ...(await violations(page))]).toEqual([]);

  await sender.page.goto("/complaints/status");
  await sender.page.getByRole("textbox", { name: "编号" }).fill(number);
  await sender.page.getByRole("textbox", { name: "查询码" }).fill(receipt);
  await sender.page.getByRole("button", { name: "查询" }).click();
  await seen(sender.page.getByText(answer));
  expect(await sender.page.getByRole("main").innerText()).not.toContain("社会组织管理科");
  calm(clerk);

  // Not content with the answer: once, with a reason, and somebody else looks at it.
  await sender.page.getByRole("button", { name: "申请复核" }).click();
  const summary = sender.page.getByRole("alert");
  await summary.getByRole("link", { name: /^哪里不满意.*：/ }).click();
  const why = sender.page.getByRole("textbox", { name: /^哪里不满意/ });
  expect(await why.getAttribute("aria-invalid")).toBe("true");
  expect(await oddities(sender.page, { narrow: true })).toEqual([]);
  await why.fill(doubt);
  await sender.page.getByRole("button", { name: "申请复核" }).click();
  await seen(sender.page.getByText(/^复核申请已收到，最迟/));

  const decider = await browser.visit();
  await signIn(decider, "xian-decider", "/complaints");
  await decider.page.getByLabel("环节").selectOption({ label: "申请了复核，待复核答复" });
  await decider.page.getByRole("link", { name: number, exact: true }).click();
  await titled(decider.page, number);
  await seen(decider.page.getByText(doubt));
  expect(await decider.page.getByRole("main").innerText()).not.toContain("已办结");
  await decider.page.getByRole("button", { name: "复核答复", exact: true }).click();
  const dialog = decider.page.getByRole("dialog");
  const send = dialog.getByRole("button", { name: "复核答复", exact: true });
  await seen(dialog.getByText(`投诉人的理由：“${doubt}”`, { exact: false }));
  await send.click();
  await dialog.getByRole("alert").getByRole("link", { name: "答复内容：没有填" }).click();
  const text = dialog.getByRole("textbox", { name: /^答复内容/ });
  expect(await text.evaluate((one) => one === document.activeElement)).toBe(true);
  expect([...(await oddities(decider.page)), ...(await violations(decider.page))]).toEqual([]);
  await text.fill(second);
  await send.click();
  await dialog.waitFor({ state: "hidden" });
  await seen(decider.page.getByText("已复核答复，待办结"));
  await seen(decider.page.getByRole("main").getByText(second));
  await decider.page.setViewportSize(phone);
  expect([...(await oddities(decider.page, { narrow: true })), ...(await violations(decider.page))]).toEqual([]);
  const id = new URL(decider.page.url()).pathname.split("/").at(-1) ?? "";
  const asked = encodeURIComponent(JSON.stringify({ id }));
  const kept = await (await decider.context.request.get(`/api/complaints/get?input=${asked}`)).json();
  expect(kept).toMatchObject({ state: "reviewed", review: { reason: doubt, answer: second } });

  await sender.page.goto("/complaints/status");
  await sender.page.getByRole("textbox", { name: "编号" }).fill(number);
  await sender.page.getByRole("textbox", { name: "查询码" }).fill(receipt);
  await sender.page.getByRole("button", { name: "查询" }).click();
  await seen(sender.page.getByText(second));
  calm(sender);
  calm(decider);
}, 180_000);

it("a duty to take a complaint on opens its file", async () => {
  const clerk = await browser.visit();
  const { page } = clerk;
  await signIn(clerk, "xian-registrar", "/today?due=all");
  await open(page, "/today?due=all");
  const duty = page
    .getByRole("row")
    .filter({ hasText: "受理投诉举报" })
    .getByRole("link", { name: /^投\d{4}-\d+$/ })
    .first();
  const number = await (await seen(duty)).innerText();
  await duty.click();
  await titled(page, number);
  await page.waitForURL(/\/complaints\/[0-9a-f-]{36}$/);
  calm(clerk);
});
