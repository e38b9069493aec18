import { describe, expect, it } from "vitest";
import { readCandidates } from "./candidates.rules.ts";
import type { GiftPlace, GiftStep } from "./donations.contract.ts";
import { type Stop, stateOf, wayOf } from "./way.rules.ts";

const place = (name: string, kind: string, purpose: string | null = null): GiftPlace => ({
  name,
  kind,
  purpose,
  outside: kind !== "fund",
});
const step = (fromPlace: GiftPlace, toPlace: GiftPlace, amount: number): GiftStep => ({
  on: "2026-06-01",
  cause: "donations.used",
  from: fromPlace.name,
  to: toPlace.name,
  fromPlace,
  toPlace,
  amount,
  unit: "fen",
  description: null,
});
const drawn = (stop: Stop | undefined): unknown =>
  stop && [stop.place.name, stop.rest, ...stop.onward.map((one) => drawn(one))];

describe("the way of a gift", () => {
  const donor = place("慈善会", "source");
  const fund = place("慈善会", "fund", "取暖");
  const other = place("慈善会", "fund", "消防");
  const home = place("敬老院", "spent", "取暖");

  it("is drawn from the donor on, each place below the one it left, with what rests there", () => {
    const steps = [step(donor, fund, 100), step(fund, home, 60), step(fund, other, 10)];
    const rests = [
      { place: fund, amount: 30, unit: "fen" },
      { place: home, amount: 60, unit: "fen" },
      { place: other, amount: 10, unit: "fen" },
    ];
    expect(drawn(wayOf(steps, rests))).toEqual(["慈善会", 0, ["慈善会", 30, ["敬老院", 60], ["慈善会", 10]]]);
    expect(wayOf([], rests)).toBeUndefined();
  });

  it("ends even where money comes back to where it was", () => {
    const way = wayOf([step(donor, fund, 9), step(fund, other, 9), step(other, fund, 9)], []);
    expect(drawn(way)).toEqual(["慈善会", 0, ["慈善会", 0, ["慈善会", 0, ["慈善会", 0]]]]);
  });

  it("counts everything that rests once, however often a place is met", () => {
    const steps = [step(donor, fund, 100), step(fund, home, 60), step(fund, home, 40)];
    const way = wayOf(steps, [{ place: home, amount: 100, unit: "fen" }]);
    const sum = (stop: Stop): number => stop.rest + stop.onward.reduce((all, one) => all + sum(one), 0);
    expect(way && sum(way)).toBe(100);
  });

  it("says its state by where it rests", () => {
    expect(stateOf(false, [{ kind: "fund" }])).toBe("received");
    expect(stateOf(false, [{ kind: "fund" }, { kind: "spent" }])).toBe("partly-used");
    expect(stateOf(false, [{ kind: "delivered" }])).toBe("used");
    expect(stateOf(true, [{ kind: "spent" }])).toBe("corrected");
  });
});

describe("a list of candidates", () => {
  it("is read as it is pasted, and what is unclear is named by its line", () => {
    expect(
      readCandidates(
        "名称\t地区\t灾情\t需求\t已领\n甲院\t三区三州、定点帮扶\t较重\t３２\t\n乙院,,,50人,已领\n\n丙院\t\t\t很多\n甲院",
      ),
    ).toEqual({
      candidates: [
        { id: "甲院", in: ["三区三州", "定点帮扶"], floodSeverity: "较重", need: 32 },
        { id: "乙院", need: 50, alreadyReceived: true },
        { id: "甲院" },
      ],
      unclear: [5],
      repeated: ["甲院"],
    });
    expect(readCandidates("甲院\t\t\t1\t也许").unclear).toEqual([1]);
  });
});
