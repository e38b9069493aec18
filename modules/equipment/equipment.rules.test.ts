import { describe, expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { equipmentRules } from "./equipment.rules.ts";

const { ask } = asker(equipmentRules);

describe("batches of donated equipment", () => {
  it.each([
    [49, false, { class: "small", items: ["制氧机", "血氧仪"] }],
    [49, true, { class: "small", new_allocation: false }],
    [50, false, { class: "small", new_allocation: true }],
    [50, true, { class: "large", new_allocation: false }],
    [51, true, { class: "large", new_allocation: false }],
  ])("a home of %i, served %s", (residents, already_received, expected) =>
    expect(ask("equip.batch_class", { residents, already_received })).toEqual(expected));

  it("nobody signs for more than was sent", () => {
    expect(ask("equip.signoff_qty", { allocated: { 制氧机: 1 }, signed: { 制氧机: 2 } })).toEqual({
      status: "rejected",
      over: { 制氧机: 1 },
    });
    expect(ask("equip.signoff_qty", { allocated: { 制氧机: 1 }, signed: { 制氧机: 1 } })).toEqual({
      status: "delivered",
    });
  });

  it("a scrapped item is never in use again", () => {
    for (const event of ["use", "repair", "rectify", "receive"])
      expect(ask("equip.state", { from: "scrapped", event })).toEqual({ rejected: true });
    expect(ask("equip.state", { from: "constructor", event: "name" })).toEqual({ rejected: true });
  });

  it("coverage is cut, never rounded up to the whole", () =>
    expect(ask("equip.coverage", { homes: 3000, homes_with_both_verified: 2999 })).toEqual({ rate: "99.9%" }));
});
