import { afterAll, beforeAll, expect, it } from "vitest";
import { drift } from "../../../kernel/indicator/indicator.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { merge, move, recordCensus } from "../../people/index.ts";
import { close, enrol, refuse } from "../enrolment.contract.ts";
import { monthlyRate, recordVisit, voidVisit } from "../visits.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { recounts } from "./recounts.ts";

const villages = ["630102100001", "630102100002", "630102100003"] as const;
const months = ["2026-03", "2026-04", "2026-05"] as const;
let house: TestHouse;

beforeAll(async () => {
  house = await careHouse();
});
afterAll(() => house.close());

/** A small generator with a seed, so that a failing run can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What is true of one person, kept beside the house in the plainest way there is. */
interface Known {
  readonly id: string;
  readonly lives: { from: string; village: string }[];
  readonly stays: { from: string; to: string | null; how: "closed" | "refused" | "merged" | null }[];
  readonly visits: { id: string; on: string; void: boolean }[];
  mergedInto: string | null;
}

const lastDay = (month: string) => `${month}-${month === "2026-04" ? "30" : "31"}`;

/** The handbook's formula, person by person and day by day, from nothing but the story. */
function naive(people: readonly Known[], month: string, village: string) {
  let visited = 0;
  let enrolled = 0;
  const end = lastDay(month);
  for (const one of people) {
    const there = one.stays.some((stay) => stay.from <= end && (stay.to === null || stay.to > end));
    const seen = one.visits.filter((visit) => !visit.void && visit.on.startsWith(month)).map((visit) => visit.on);
    const last = one.stays.filter((stay) => stay.to?.startsWith(month)).at(-1);
    const left = !there && last?.how === "closed" && seen.some((on) => on <= (last.to as string));
    // Who has left counts where they lived on that day, wherever they went afterwards.
    const day = left ? (last?.to ?? end) : end;
    if (one.lives.filter((place) => place.from <= day).at(-1)?.village !== village) continue;
    if (there || left) enrolled += 1;
    if ((there || left) && seen.length > 0) visited += 1;
  }
  return { visited, enrolled };
}

it.each([11, 29, 4711])("every figure equals a recount from the story, seed %i", async (seed) => {
  const draw = random(seed);
  const officer = house.as("officer", "630102");
  const people: Known[] = [];
  const base = new Map<string, { visited: number; enrolled: number }>();
  const rate = async (month: string, division: string) => {
    const { visited, enrolled } = await officer.call(monthlyRate, { division, month });
    return { visited, enrolled };
  };
  for (const month of months) for (const village of villages) base.set(month + village, await rate(month, village));

  for (let day = 0; day < 90; day += 1) {
    const today = new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10);
    if (!months.some((month) => today.startsWith(month))) break;
    house.clock.set(`${today}T${String(8 + draw(9)).padStart(2, "0")}:00:00+08:00`);
    if (day % 6 === 0 && people.length < 12) {
      const village = villages[draw(3)] ?? villages[0];
      const at = people.length;
      const { id } = await officer.call(recordCensus, {
        name: `${"甲乙丙丁戊己庚辛壬癸子丑"[at]}${"春夏秋冬"[seed % 4]}${"东西南北"[at % 4]}`,
        bornOn: `19${30 + at}-0${1 + (seed % 9)}-${10 + at}`,
        division: village,
        living: "alone",
        categories: ["living_alone"],
        confirmed: true,
      });
      people.push({ id, lives: [{ from: today, village }], stays: [], visits: [], mergedInto: null });
    }
    for (const one of people) {
      if (one.mergedInto !== null) continue;
      const stay = one.stays.at(-1);
      const open = stay !== undefined && stay.to === null;
      const act = draw(20);
      if (!open && act < 6) {
        if (stay && stay.to === today) continue;
        await officer.call(enrol, { personId: one.id });
        // Who refused and agreed again in one month was in care all along for its last day; the stay begins anew.
        one.stays.push({ from: today, to: null, how: null });
      } else if (open && act < 6) {
        const { id } = await officer.call(recordVisit, { personId: one.id, mode: "home", met: "person" });
        one.visits.push({ id, on: today, void: false });
      } else if (open && act === 6) {
        await officer.call(close, { personId: one.id, ground: "own_wish", on: today });
        Object.assign(stay, { to: today, how: "closed" });
      } else if (open && act === 7) {
        await officer.call(refuse, { personId: one.id, by: "本人", on: today, reason: "不需要" });
        Object.assign(stay, { to: today, how: "refused" });
      } else if (act === 8) {
        const to = villages.find((code) => code !== one.lives.at(-1)?.village) ?? villages[0];
        await officer.call(move, { id: one.id, to, on: today, reason: "搬迁" });
        one.lives.push({ from: today, village: to });
      } else if (act === 9) {
        const visit = one.visits.findLast((known) => !known.void);
        if (!visit) continue;
        await officer.call(voidVisit, { id: visit.id, reason: "误登" });
        visit.void = true;
      }
    }
  }

  for (const month of months)
    for (const village of villages) {
      const before = base.get(month + village) ?? { visited: 0, enrolled: 0 };
      const now = await rate(month, village);
      expect({
        month,
        village,
        visited: now.visited - before.visited,
        enrolled: now.enrolled - before.enrolled,
      }).toEqual({
        month,
        village,
        ...naive(people, month, village),
      });
    }

  // Pairs are merged at the end: whatever stood before, the kept counters stay those of the rows.
  for (let at = 0; at + 1 < people.length; at += 2) {
    const [keep, other] = [people[at], people[at + 1]];
    if (keep && other) await officer.call(merge, { keep: keep.id, merge: other.id, reason: "同一人" });
  }
  const found = await house.open.database.transaction({ kind: "system" }, async (tx) => {
    const all = [];
    for (const one of recounts) all.push(...(await drift(tx, one.indicator, await one.count(tx))));
    return all;
  });
  expect(found).toEqual([]);
}, 120_000);
