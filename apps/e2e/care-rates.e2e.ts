import { expect, it } from "vitest";
import { calm, look, oddities, open, phone, seen, settled, signIn, useBrowser, violations } from "./browser.ts";

const browser = useBrowser();

it("shows everybody the last closed month of visiting care, from the home page down to a township", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await page.goto("/");
  await page.getByRole("link", { name: /老年人探访关爱/ }).click();
  await seen(page.getByRole("heading", { level: 1, name: /老年人探访关爱/ }));
  await seen(page.getByText(/月探访率 \d+\.\d%/).first());
  const tiles = page.locator(".tiles li");
  expect(await tiles.count()).toBeGreaterThan(0);
  // What a tile says, the table says.
  const table = page.getByRole("table", { name: "各地与上年同月比" });
  for (const tile of await tiles.all()) {
    const name = await tile.locator("span").innerText();
    const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    expect(await row.innerText()).toContain(await tile.locator("strong").innerText());
  }
  await look(page, "care-rates-zh-1440");
  expect(await violations(page)).toEqual([]);
  await table.getByRole("link").first().click();
  await seen(page.locator(".crumbs"));
  await page.setViewportSize(phone);
  await page.goto("/care-rates?lang=en&print=large");
  await look(page, "care-rates-en-390-large");
  expect([...(await violations(page)), ...(await oddities(page, { narrow: true }))]).toEqual([]);
  calm(visitor);
});

it("colours the places of the board, with the same figures in its table", async () => {
  const visitor = await browser.visit();
  const { page } = visitor;
  await signIn(visitor, "qu-minzheng", "/care/board");
  const tiles = page.locator(".tiles li");
  await seen(tiles.first());
  await settled(page);
  await look(page, "board-zh-1440");
  const figures = await Promise.all((await tiles.all()).map((tile) => tile.locator("strong").innerText()));
  expect(figures.some((one) => /^\d+\.\d%$/.test(one))).toBe(true);
  const table = await page.getByRole("table").first().innerText();
  for (const one of figures.filter((figure) => figure.endsWith("%"))) expect(table).toContain(one);
  expect([...(await violations(page)), ...(await oddities(page))]).toEqual([]);
  await page.setViewportSize(phone);
  await page.evaluate(() =>
    localStorage.setItem("shanzhi.preferences", '{"locale":"en","largePrint":true,"theme":"light"}'),
  );
  await open(page, "/care/board");
  await seen(tiles.first());
  await look(page, "board-en-390-large");
  expect([...(await violations(page)), ...(await oddities(page, { narrow: true }))]).toEqual([]);
  calm(visitor);
});
