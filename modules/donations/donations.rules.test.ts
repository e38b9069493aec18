import { describe, expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { rules } from "./donations.rules.ts";
import { perEach, readFuzzy } from "./fuzzy.rules.ts";

const { ask, decide } = asker(rules);

describe("allocation", () => {
  it("ranks by the three flags and says which, then by need; who was served is left out by name", () => {
    const candidates = [
      { id: "甲", need: 9 },
      { id: "乙", need: 1, in: ["三区三州"], flood_severity: "较重" },
      { id: "丙", need: 5, in: ["定点帮扶"] },
      { id: "丁", need: 99, already_received: true },
    ];
    const answer = ask("donation.allocation_rank", { candidates }) as { ranked: { id: string }[]; left_out: string[] };
    expect(answer.ranked.map((one) => one.id)).toEqual(["乙", "丙", "甲"]);
    expect(answer).toMatchObject({
      ranked: [{ flags: ["poorest", "flood"] }, { reason: "paired" }, { reason: "need" }],
    });
    expect(answer.left_out).toEqual(["丁"]);
  });
});

describe("gifts", () => {
  it("a receipt is due, or its waiver is on record, under the article of the day", () => {
    expect(ask("donation.receipt", { amount: 1 })).toEqual({ receipt: true });
    expect(ask("donation.receipt", { amount: 1, anonymous: true })).toMatchObject({ receipt: false });
    expect(decide("donation.receipt", { amount: 1 }).citations[0]).toMatchObject({ document: "慈善法", article: "38" });
  });

  it("vector 13: totals are count times unit, and a household that repeats is refused", () => {
    const households = Array.from({ length: 120 }, (_, at) => `户${at}`);
    expect(ask("donation.batch_total", { unit_value: 50_000, recipients: households })).toEqual({
      count: 120,
      total: 6_000_000,
    });
    expect(ask("donation.batch_total", { unit_value: 200_000, recipients: ["生1", "生2", "生1"] })).toEqual({
      rejected: true,
      repeated: ["生1"],
    });
  });

  it("vector 18: homes in scope are a lower bound, the value of the first batch an upper bound", () => {
    const homes = readFuzzy(">10,000");
    const goods = readFuzzy("近3000万元");
    expect(homes).toMatchObject({ lower: 10_000, upper: null, exact: false });
    expect(5_689 + (homes?.lower ?? 0)).toBe(15_689);
    expect(goods).toMatchObject({ text: "近3000万元", lower: null, upper: 30_000_000, exact: false });
    expect(perEach(goods?.upper ?? 0, 5_689, 0)).toBe("5273");
  });

  it("vector 20: projects per organisation", () => {
    expect(perEach(2_730, 982)).toBe("2.8");
    expect(perEach(2_300, 716)).toBe("3.2");
    expect(perEach(1, 0)).toBeNull();
  });

  it.each([
    ["1万余", 10_000, null],
    ["6000多个", 6_000, null],
    ["近100家", null, 100],
    ["约20", null, null],
    ["1.05亿", 105_000_000, 105_000_000],
    ["不足5万", null, 50_000],
  ])("“%s” keeps its text and its bounds", (text, lower, upper) =>
    expect(readFuzzy(text)).toMatchObject({ text, lower, upper }));

  it("what is no figure is none", () =>
    expect([readFuzzy("若干"), readFuzzy(""), readFuzzy("1-2万")]).toEqual([undefined, undefined, undefined]));
});
