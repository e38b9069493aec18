import { expect, it } from "vitest";
import { calm, choose, heading, open, seen, settled, signIn, titled, useBrowser } from "./browser.ts";

const browser = useBrowser();

it("a listing is proposed and noticed, and cannot be decided before its day", async () => {
  const registrar = await browser.visit();
  const { page } = registrar;
  await signIn(registrar, "xian-registrar", "/credit/listings");
  const listed = await page.getByRole("rowheader").allInnerTexts();
  await open(page, "/organisations?status=registered&listing=none&kind=social_group");
  const name = (await page.getByRole("rowheader").allInnerTexts()).find((one) => !listed.includes(one));
  if (!name) throw new Error("everybody in the county has a case already");

  await open(page, "/credit");
  await page.getByRole("link", { name: "提出拟列入" }).click();
  await titled(page, "提出拟列入");
  await choose(page, /^社会组织/, name, name);
  await seen(page.getByRole("radio", { name: "社会组织活动异常名录", checked: true }));
  await choose(page, /^列入情形/, "通过登记的住所无法取得联系");
  await page.getByRole("button", { name: "提交" }).click();
  await seen(page.getByRole("alert").getByText(/列入事实不完整或不符合格式：邮寄次数、签收次数、两次邮寄间隔天数/));
  await page.getByRole("textbox", { name: /^邮寄次数/ }).fill("2");
  await page.getByRole("textbox", { name: /^签收次数/ }).fill("0");
  await page.getByRole("textbox", { name: /^两次邮寄间隔天数/ }).fill("20");
  await page.getByRole("textbox", { name: /^证据存放处/ }).fill("案卷第七册，挂号信退回两封");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByRole("link", { name: "打开案件" }).click();
  await titled(page, name);
  const file = new URL(page.url()).pathname.replace(/^\/console/, "");

  await page.getByRole("button", { name: "送达告知书" }).click();
  const serve = page.getByRole("dialog");
  await serve.getByRole("radio", { name: "直接送达" }).check();
  await serve.getByRole("textbox", { name: /^送达说明/ }).fill("当面签收，回证存卷");
  await serve.getByRole("button", { name: "送达告知书" }).click();
  await seen(page.getByRole("main").getByText("已告知").first());
  await seen(page.getByRole("link", { name: /告知书/ }).first());

  const decider = await browser.visit();
  await signIn(decider, "xian-decider", file);
  await decider.page.getByText("其他可以办的事").click();
  const reasons = decider.page.getByRole("listitem").filter({ hasText: "作出列入决定" });
  await seen(reasons.getByText(/陈述申辩期至.+止，次日起才能作出决定/));
  expect(await decider.page.getByRole("button", { name: "作出列入决定" }).count()).toBe(0);
  calm(registrar);
  calm(decider);
});

it("a case whose period is over is decided by another hand, and the public sees it at once", async () => {
  const decider = await browser.visit();
  const { page } = decider;
  await signIn(decider, "xian-decider", "/credit");
  await page.getByRole("region", { name: "待决定", exact: true }).getByRole("link").first().click();
  await page.waitForURL(/\/credit\/listings\/[0-9a-f-]{36}/);
  await settled(page);
  const name = await heading(page).innerText();
  await page.getByRole("button", { name: "作出列入决定" }).click();
  const dialog = page.getByRole("dialog");
  await seen(dialog.getByText(/这一步有法律效力/));
  await dialog.getByRole("textbox", { name: /^理由/ }).fill("经核对登记系统与送达凭证，事实清楚，陈述申辩不能成立。");
  expect(await dialog.getByRole("textbox", { name: /^救济途径/ }).inputValue()).toMatch(
    /六十日内.*行政复议.*六个月内.*行政诉讼/,
  );
  await dialog.getByRole("button", { name: "作出列入决定" }).click();
  await seen(page.getByText(/^在列 \d+ 天$/));
  await seen(page.getByRole("region", { name: "经过" }).getByText("作出列入决定"));
  await seen(page.getByText(/决定书/).first());

  const citizen = await browser.visit();
  await citizen.page.goto("/lists/abnormal");
  const row = citizen.page.getByRole("row").filter({ hasText: name });
  await seen(row);
  await row.getByRole("link", { name: /号$/ }).click();
  await seen(citizen.page.getByText(/这份文书是真的，现在有效/));
  calm(decider);
  calm(citizen);
});
