import { describe, expect, it } from "vitest";
import { rules as privacyRules } from "../identity/privacy.rules.ts";
import { asker } from "../rule/testing.ts";
import { rules } from "./text.rules.ts";

const { ask } = asker([...rules, ...privacyRules]);

describe("the handbook's printed figures", () => {
  it("1: 3A and above of all city-level organisations", () => {
    expect(ask("sum.kinds", { parts: [218, 553, 693], total: 1464 })).toEqual({ sum: 1464, reconciles: true });
    expect(ask("format.percent", { num: 1464, den: 4448 })).toEqual({ text: "32.9%" });
  });
  it("2: three kinds of registered organisations", () =>
    expect(ask("sum.kinds", { parts: [4347, 7534, 819] })).toEqual({ sum: 12700 }));
  it("3: growth to 12,700", () =>
    expect(ask("growth.percent", { from: 7965, to: 12700 })).toEqual({ text: "59.4%", approx: "约60%" }));
  it("4: growth of filed organisations", () =>
    expect(ask("growth.times", { from: 14594, to: 71325 })).toEqual({
      text: "388.7%",
      approx: "增长近四倍",
      ratio: "4.89倍",
    }));
  it("5: growth of staff", () =>
    expect(ask("growth.percent", { from: 145000, to: 213900 })).toMatchObject({ text: "47.5%" }));
  it("6: grades below 3A and the share of the graded", () =>
    expect(ask("sum.grades", { valid: 1589, "5A": 227, "4A": 545, "3A": 697 })).toEqual({
      "2A_1A": 120,
      aaa_plus_share_of_rated: "92.4%",
    }));
  it("7: the register of Hunan in print", () => {
    expect(ask("sum.kinds", { parts: [16130, 21086, 408] })).toEqual({ sum: 37624 });
    expect(ask("format.figure", { value: 37624, mode: "newspaper" })).toEqual({ text: "3.76万余" });
  });
  it("8: the base before 84.7 % growth", () =>
    expect(ask("growth.base", { to: 37624, growth: "84.7%" })).toEqual({ implied_from: 20370 }));
  it("12: charities with public-fundraising qualification", () =>
    expect(ask("format.percent", { num: 96, den: 211 })).toEqual({ text: "45.5%" }));
  // The handbook prints 8,055; 12,511 − 4,448 is 8,063, and a printed 8,055 is shown not to reconcile.
  it("21: district-level organisations", () => {
    expect(ask("sum.kinds", { parts: [4448, 8063], total: 12511 })).toEqual({ sum: 12511, reconciles: true });
    expect(ask("sum.kinds", { parts: [4448, 8055], total: 12511 })).toEqual({
      sum: 12503,
      reconciles: false,
      difference: 8,
    });
  });
  it("22: donation income per organisation", () => {
    expect(ask("format.figure", { value: 119_250_000_000 })).toEqual({ text: "1192.5亿" });
    expect(ask("format.figure", { value: 902_000 })).toEqual({ text: "90.2万" });
    expect(ask("format.figure", { value: Math.round(119_250_000_000 / 902_000 / 1000) * 1000 })).toEqual({
      text: "13.2万",
    });
  });
  it("26: all federations", () =>
    expect(ask("format.percent", { num: 72, den: 72, floor: true })).toEqual({ text: "100.0%" }));
  it("28: the 80 % target", () => {
    expect(ask("format.percent", { num: 400, den: 500 })).toEqual({ text: "80.0%" });
    expect(ask("format.percent", { num: 399, den: 500 })).toEqual({ text: "79.8%" });
  });
  it("29: a hard target of 100 % is cut", () => {
    expect(ask("format.percent", { num: 2999, den: 3000, floor: true })).toEqual({ text: "99.9%" });
    expect(ask("format.percent", { num: 2999, den: 3000 })).toEqual({ text: "100.0%" });
  });
});

it.each([
  ["format.figure", { value: 6300, mode: "newspaper" }, { text: "6300" }],
  ["format.figure", { value: 9999, mode: "newspaper" }, { text: "9999" }],
  ["format.figure", { value: 47000, mode: "newspaper" }, { text: "4.7万" }],
  ["format.figure", { value: 10001, mode: "newspaper" }, { text: "1万余" }],
  ["format.figure", { value: 100_000_000, mode: "newspaper" }, { text: "1亿" }],
  ["format.figure", { value: 99_999_999, mode: "newspaper" }, { text: "9999.99万余" }],
  ["format.figure", { value: 37624, mode: "grouped" }, { text: "37,624" }],
  ["format.figure", { value: 1.5, mode: "newspaper" }, { text: null }],
  ["format.percent", { num: 1, den: 0 }, { text: "—" }],
  ["growth.base", { to: 1, growth: "-100%" }, { implied_from: null }],
  ["growth.base", { to: 1, growth: "many" }, { implied_from: null }],
  ["sum.kinds", { parts: [1, null] }, { sum: null }],
  ["sum.kinds", { parts: [] }, { sum: null }],
  ["sum.kinds", { parts: [1, 2], total: 4 }, { sum: 3, reconciles: false, difference: 1 }],
  [
    "sum.grades",
    { valid: 10, "5A": 5, "4A": 5, "3A": 1 },
    { "2A_1A": null, aaa_plus_share_of_rated: null, reconciles: false },
  ],
  [
    "sum.grades",
    { valid: 1589, "5A": 227, "4A": 545, "3A": 697, registered: 4448 },
    { "2A_1A": 120, aaa_plus_share_of_rated: "92.4%", aaa_plus_share_of_registered: "33.0%" },
  ],
  ["mask", { field: "name", value: "张三" }, { masked: "张*" }],
  ["mask", { field: "phone", value: "13812345678" }, { masked: "138****5678" }],
  ["mask", { field: "weather", value: "晴天" }, { masked: "**" }],
  ["mask", { field: "name" }, { masked: null }],
  [
    "publish.beneficiary_list",
    { record: { name: "甲", age: 12, village: "乙", amount: 1 } },
    { show: [], hide: ["name", "school", "community", "id", "phone", "address", "bank", "health", "photo"] },
  ],
  [
    "publish.beneficiary_list",
    { record: { name: "甲" } },
    { show: ["masked_name"], hide: ["id", "phone", "address", "bank", "health", "photo"] },
  ],
  ["publish.minor", { person_age: 17, viewer: "public", field: "name" }, { show: false }],
  ["publish.minor", { person_age: 18, viewer: "public", field: "name" }, { show: true }],
  ["publish.minor", { viewer: "public" }, { show: false }],
  ["consent.minor", { age: 13, guardian_consent: true, own_consent: false }, { allowed: true }],
  ["consent.minor", { age: 14, own_consent: true, data: "non-sensitive" }, { allowed: true }],
  ["consent.minor", { age: 14, own_consent: true, data: "sensitive" }, { allowed: false }],
  ["consent.minor", { age: 14, own_separate_consent: true, data: "sensitive" }, { allowed: true }],
  ["consent.minor", { guardian_consent: false }, { allowed: false }],
  [
    "donor.publicity",
    { donor_agrees_name: true, name: "李某", amount: 5 },
    { public_row: { name: "李某", amount: 5 } },
  ],
  [
    "donor.publicity",
    { name: "李某", amount: 5, use: "助学" },
    { public_row: { name: "爱心人士", amount: 5, use: "助学" } },
  ],
  ["automated_decision", { human_reviewed: true }, { final: true }],
])("%s %j", (rule, facts, expected) => expect(ask(rule, facts)).toEqual(expected));
