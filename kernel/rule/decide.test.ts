import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInCalendar } from "../clock/built-in-calendar.ts";
import { UnknownSettingError } from "../settings/declare.ts";
import { holds } from "./condition.ts";
import { decideRule, RuleNotInForceError, versionOn } from "./decide.ts";
import { day, flag, list, num, record, str } from "./facts.ts";
import { decideAny, ruleIndex, UnknownRuleError } from "./registry.ts";
import { type Citation, defineRule } from "./rule.ts";

const article: Citation = { document: "试验条例", article: "1", effectiveFrom: "2000-01-01" };
const options = {
  today: "2026-06-01",
  settings: (id: string) => {
    if (id !== "trial.least") throw new UnknownSettingError(id);
    return 5;
  },
  calendar: builtInCalendar(),
};

const rule = defineRule<
  { readonly count?: number; readonly on?: string },
  { readonly ok: boolean; readonly text: string }
>({
  id: "trial.rule",
  on: (facts) => day(facts.on),
  versions: [
    { from: "2010-01-01", to: "2020-01-01", citations: [article], decide: () => ({ ok: false, text: "old" }) },
    {
      from: "2020-01-01",
      citations: [article],
      decide: (facts, tools) => ({
        ok: holds(tools, "count", num(facts.count), ">=", Number(tools.setting("trial.least")), {
          law: article,
          setting: "trial.least",
        }),
        text: "new",
      }),
    },
  ],
});

describe("decideRule", () => {
  it("takes the version in force on the rule's own date, not on today", () => {
    expect(decideRule(rule, { on: "2019-12-31" }, options)).toMatchObject({
      version: "2010-01-01",
      on: "2019-12-31",
      output: { text: "old" },
    });
    expect(decideRule(rule, { on: "2020-01-01" }, options)).toMatchObject({
      version: "2020-01-01",
      output: { text: "new" },
    });
    expect(decideRule(rule, {}, options).on).toBe("2026-06-01");
    expect(decideRule(rule, { on: "2020-01-01" }, { ...options, on: "2012-05-05" }).output.text).toBe("old");
  });

  it("keeps every condition with value, threshold, article and setting, and every setting used", () => {
    const decision = decideRule(rule, { count: 4 }, options);
    expect(decision.conditions).toEqual([
      {
        field: "count",
        value: 4,
        comparator: ">=",
        threshold: 5,
        met: false,
        citation: article,
        setting: "trial.least",
      },
    ]);
    expect(decision.settings).toEqual({ "trial.least": 5 });
    expect(decision.citations).toEqual([article]);
  });

  it("never counts an unknown value as meeting a condition", () => {
    const decision = decideRule(rule, {}, options);
    expect(decision.output.ok).toBe(false);
    expect(decision.conditions[0]).toMatchObject({ value: null, met: false });
  });

  it("refuses a date before the first version", () => {
    expect(() => decideRule(rule, { on: "2009-12-31" }, options)).toThrow(RuleNotInForceError);
  });

  it("chooses exactly one version for every date from the first on", () => {
    const dates = fc.date({ min: new Date("2010-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (instant) => {
        const on = instant.toISOString().slice(0, 10);
        const inForce = rule.versions.filter((one) => one.from <= on && (one.to === undefined || on < one.to));
        expect(inForce).toEqual([versionOn(rule, on)]);
      }),
    );
  });
});

describe("ruleIndex", () => {
  it("finds rules by id and names the unknown", () => {
    const index = ruleIndex([rule]);
    expect(index.ids).toEqual(["trial.rule"]);
    expect(index.find("nothing")).toBeUndefined();
    expect(() => index.get("nothing")).toThrow(UnknownRuleError);
    expect(decideAny(index.get("trial.rule"), { count: 6 }, options).output).toEqual({ ok: true, text: "new" });
  });

  it("refuses a duplicate id and versions with a gap or an overlap", () => {
    expect(() => ruleIndex([rule, rule])).toThrow("declared twice");
    const [first, second] = [rule.versions[0], rule.versions[1]!];
    expect(() => ruleIndex([{ ...rule, versions: [{ ...first, to: "2019-12-31" }, second] }])).toThrow("must end when");
    expect(() =>
      ruleIndex([
        {
          ...rule,
          versions: [
            { ...first, to: "2010-01-01" },
            { ...second, from: "2010-01-01" },
          ],
        },
      ]),
    ).toThrow("never applies");
  });

  it("takes facts that are no object as no facts", () => {
    for (const facts of [null, [], "x", 7])
      expect(decideAny(rule, facts, options).output).toEqual({ ok: false, text: "new" });
  });
});

it("reads facts of the wrong type as unknown", () => {
  expect([num("12.50"), num(" -3 "), num("1e3"), num(Number.NaN), num("")]).toEqual([
    12.5,
    -3,
    undefined,
    undefined,
    undefined,
  ]);
  expect([str(" "), str(5), flag("true"), flag(false)]).toEqual([undefined, undefined, undefined, false]);
  expect([day("2026-02-29"), day("2024-02-29"), day("2026-2-1")]).toEqual([undefined, "2024-02-29", undefined]);
  expect([list("no"), record([1]), record(null)]).toEqual([[], {}, {}]);
});
