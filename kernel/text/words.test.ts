import { describe, expect, expectTypeOf, it } from "vitest";
import { counted, defineWords } from "./words.ts";

describe("defineWords", () => {
  const words = defineWords({
    zh: { save: "保存", left: (facts: { days: number }) => `还剩 ${facts.days} 天`, error: { late: "已逾期" } },
    en: { save: "Save", left: (facts) => `${facts.days} days left`, error: { late: "Overdue" } },
  });

  it("hands out texts and texts made from facts in both languages", () => {
    expect(words.zh.left({ days: 3 })).toBe("还剩 3 天");
    expect(words.en.left({ days: 3 })).toBe("3 days left");
    const locale = "en" as "zh" | "en";
    expect(words[locale].error.late).toBe("Overdue");
    expectTypeOf(words.zh.save).toEqualTypeOf<string>();
    expectTypeOf(words.en.left).toEqualTypeOf<(facts: { days: number }) => string>();
  });

  it("is the very object it was given: no cost at run time", () => {
    const table = { zh: { a: "甲" }, en: { a: "A" } };
    expect(defineWords(table)).toBe(table);
  });

  it("refuses a missing key, a key too many and other facts, at compile time", () => {
    // @ts-expect-error en lacks `delete`
    expect(defineWords({ zh: { save: "保存", delete: "删除" }, en: { save: "Save" } })).toBeDefined();
    // @ts-expect-error en has `undo`, zh has not
    expect(defineWords({ zh: { save: "保存" }, en: { save: "Save", undo: "Undo" } })).toBeDefined();
    // @ts-expect-error zh has a text, en asks for facts
    expect(defineWords({ zh: { save: "保存" }, en: { save: (facts: { a: string }) => facts.a } })).toBeDefined();
    // @ts-expect-error a key missing in a nested table
    expect(defineWords({ zh: { error: { late: "已逾期" } }, en: { error: {} } })).toBeDefined();
  });
});

describe("counted", () => {
  it("says one thing and several as English does, written figures too", () => {
    expect([0, 1, 2, "1", "1,200"].map((count) => counted(count, "home"))).toEqual([
      "0 homes",
      "1 home",
      "2 homes",
      "1 home",
      "1,200 homes",
    ]);
    expect([1, 3].map((count) => counted(count, "discrepancy", "discrepancies"))).toEqual([
      "1 discrepancy",
      "3 discrepancies",
    ]);
    expect(counted(undefined, "home")).toBe("0 homes");
  });
});
