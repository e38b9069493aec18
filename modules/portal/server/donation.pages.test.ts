import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeServer } from "../../../kernel/http/server.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import {
  correctDonation,
  issueReceipt,
  publishTotals,
  recordDonation,
  recordUse,
} from "../../donations/donations.contract.ts";
import { publishEvent } from "../../donations/donations.lists.contract.ts";
import { words as donationsWords } from "../../donations/donations.words.ts";
import { donationsModule } from "../../donations/server/index.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { listCorrections, listPublished } from "../portal.contract.ts";
import { portalModule } from "./index.ts";
import { mountPortal } from "./pages.ts";
import { dictionaryOf } from "./portal.collections.ts";

const flood = "2026年湟水洪涝（虚构）";

describe("the pages of donations", () => {
  let house: TestHouse;
  let app: FastifyInstance;
  let number = "";
  let goods = "";
  let wrong = "";
  const rooms = [organisationsModule, donationsModule];
  const get = (url: string) => app.inject({ url });
  const textOf = async (url: string) =>
    (await get(url)).body
      .replace(/<style[\s\S]*?<\/style>/g, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ");

  beforeAll(async () => {
    house = await testHouse([...rooms, portalModule(rooms, dictionaryOf([donationsWords]))]);
    house.clock.set("2026-06-15");
    const clerk = house.as("officer", "630102");
    const given = await clerk.call(recordDonation, {
      donor: "甲公司（虚构）",
      amount: "3万元",
      purpose: "取暖",
      publishDonor: true,
      on: "2026-06-01",
    });
    number = given.receipt;
    await clerk.call(issueReceipt, { id: given.id });
    await clerk.call(recordUse, {
      amountFen: 1_000_000,
      purpose: "取暖",
      recipient: "柳湾敬老院（虚构）",
      description: "购买取暖煤",
    });
    goods = (
      await clerk.call(recordDonation, { donor: "样某某", item: "帐篷", unit: "顶", quantity: 40, event: flood })
    ).receipt;
    const masks = await clerk.call(recordDonation, {
      donor: "乙公司（虚构）",
      item: "N95口罩",
      unit: "个",
      quantity: 36_000,
      publishDonor: true,
    });
    wrong = masks.receipt;
    await clerk.call(correctDonation, { id: masks.id, reason: "品名应为KN95", right: { item: "KN95口罩" } });
    const publisher = house.as("publisher", "630102");
    await publisher.call(publishTotals, { year: 2026 });
    await publisher.call(publishEvent, { event: flood });
    app = await makeServer(house.open, { secureCookies: false });
    await mountPortal(app, house.open);
  });
  afterAll(async () => {
    await app.close();
    await house.close();
  });

  it("show the way of a gift by its number, however it was typed, in both languages", async () => {
    const typed = encodeURIComponent(` ${number.replaceAll("-", "").toLowerCase()} `);
    const zh = await textOf(`/donations/find?number=${typed}&lang=zh`);
    for (const piece of [
      "已使用一部分",
      "甲公司（虚构）",
      "30,000.00元",
      "柳湾敬老院（虚构）",
      "10,000.00元",
      "购买取暖煤",
      "现有 20,000.00元",
    ])
      expect(zh).toContain(piece);
    const en = await textOf(`/donations/find?number=${typed}&lang=en`);
    for (const piece of ["Used in part", "1 June 2026", "30,000.00 yuan", "20,000.00 yuan here now", "Receipt issued"])
      expect(en).toContain(piece);
    const reply = await get(`/donations/find?number=${typed}`);
    expect(reply.body).not.toContain("<script");
    // Whoever holds the number may see the gift: it is kept in no shared cache and told to no other site.
    expect(reply.headers["cache-control"]).toBe("private, no-cache");
    expect(reply.headers["referrer-policy"]).toBe("same-origin");
  });

  it("name nobody who did not agree, and say kindly that a number is unknown", async () => {
    const text = await textOf(`/donations/find?number=${goods}`);
    expect(text).toContain("帐篷 40 顶");
    expect(text).not.toContain("样某某");
    const unknown = await get("/donations/find?number=AAAA-BBBB-CCCC");
    expect(unknown.statusCode).toBe(404);
    expect(unknown.body).toContain("没有这个查询号");
    expect(unknown.body).toContain("AAAA-BBBB-CCCC");
    expect((await get(`/donations/find?number=${"A".repeat(500)}`)).statusCode).toBe(404);
    expect((await get("/donations/find")).statusCode).toBe(200);
  });

  it("lead from a corrected record to the right one, and keep the old text in public", async () => {
    expect(await textOf(`/donations/find?number=${wrong}`)).toContain("更正原因：品名应为KN95 看更正后的记录");
    const corrections = await textOf("/donations/corrections");
    expect(corrections).toContain("品名应为KN95");
    expect(corrections).toContain("N95口罩");
    const answer = await house.portal.call(listCorrections, { collection: "donations.", limit: 1 });
    expect(answer.corrections[0]).toMatchObject({ collection: "donations.donation", on: "2026-06-15" });
    await expect(house.portal.call(listCorrections, { collection: "nothing." })).rejects.toMatchObject({
      code: "portal/unknown-collection",
    });
    await expect(
      house.portal.call(listCorrections, { collection: "donations.", after: "nonsense" }),
    ).rejects.toMatchObject({ code: "portal/unknown-page" });
  });

  it("print totals with money and goods apart, donors who agreed, uses and emergencies, newest first", async () => {
    const home = await textOf("/donations");
    expect(home).toContain("2026");
    expect(home).toContain("30,000.00");
    expect(home).toContain("不相加");
    const gifts = await house.portal.call(listPublished, {
      collection: "donations.donation",
      order: "newest",
      limit: 2,
    });
    expect(gifts.items.map((one) => one.body.on)).toEqual(["2026-06-15", "2026-06-15"]);
    const rest = await house.portal.call(listPublished, {
      collection: "donations.donation",
      order: "newest",
      after: gifts.next ?? "",
    });
    expect(rest.items.map((one) => one.body.donor)).toEqual(["甲公司（虚构）"]);
    const below = await house.portal.call(listPublished, {
      collection: "donations.donation",
      order: "newest",
      division: "630102",
    });
    expect(below.items).toHaveLength(3);
    expect(await textOf("/donations/gifts")).not.toContain("样某某");
    expect(await textOf("/donations/uses")).toContain("购买取暖煤");
    expect(await textOf("/donations/emergencies")).toContain(flood);
    for (const path of ["gifts", "uses", "emergencies", "changes", "totals", "corrections"])
      for (const lang of ["zh", "en"]) {
        const reply = await get(`/donations/${path}?lang=${lang}`);
        expect([path, reply.statusCode]).toEqual([path, 200]);
        expect(reply.body).not.toMatch(/undefined|\[object|NaN/);
      }
  });
});
