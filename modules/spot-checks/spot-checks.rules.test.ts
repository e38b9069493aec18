import { expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { rules } from "./spot-checks.rules.ts";

const { ask } = asker(rules);

it.each([
  ["spotcheck.sample_size", { level: "county", population: 334 }, { min_sample: 11 }],
  ["spotcheck.sample_size", { level: "county", population: 100 }, { min_sample: 3 }],
  ["spotcheck.sample_size", { level: "county", population: 0 }, { min_sample: 0 }],
  ["spotcheck.sample_size", { level: "village", population: 10 }, { min_sample: null }],
  ["spotcheck.onsite", { inspectors: 2, showed_id: true, notice: true }, { valid: true }],
  ["spotcheck.onsite", { inspectors: 2, showed_id: false, notice: true }, { valid: false, reason: "id_not_shown" }],
  ["spotcheck.onsite", { inspectors: 3, showed_id: true, notice: false }, { valid: false, reason: "no_notice" }],
  ["spotcheck.fee", { charge_organisation: 0 }, { allowed: true }],
])("%s %j", (rule, facts, expected) => expect(ask(rule, facts)).toEqual(expected));

it("cannot repeat a draw without its seed", () =>
  expect(ask("spotcheck.draw", { population_hash: "h", size: 3 })).toMatchObject({
    repeatable: false,
    missing: ["seed"],
  }));
