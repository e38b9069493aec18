import { addMonths } from "../kernel/clock/date.ts";
import { sql } from "../kernel/database/sql.ts";
import type { Actor } from "../kernel/operation/context.ts";
import { list as listPeople, specialDifficulty } from "../modules/people/index.ts";
import {
  callExtraVisits,
  enrol,
  freezeMonth,
  openPeriod,
  propose,
  recordVisit,
  refuse,
} from "../modules/visiting-care/index.ts";
import { Dice } from "./dice.ts";
import { county } from "./names.ts";
import type { Stage } from "./stage.ts";

const township = "630102100";
const IN_CARE = 200;

/** Whoever of the two workers has the village; their accounts are there before the play begins. */
async function workersOf(stage: Stage): Promise<Actor[]> {
  const rows = await stage.open.database.transaction({ kind: "system" }, (tx) =>
    tx.many<{ id: string; display_name: string; divisions: string[] }>(sql`
      select account.id, account.display_name, array_agg(role_grant.division_code order by role_grant.division_code) as divisions
      from account join role_grant on role_grant.account_id = account.id and role_grant.role = 'worker' and role_grant.revoked_at is null
      where account.login in ('cun', 'shequ') group by account.id, account.display_name order by account.login`),
  );
  return rows.map((row) => ({
    accountId: row.id,
    displayName: row.display_name,
    role: "worker",
    grantId: null,
    scope: { kind: "worker", divisions: row.divisions, home: county },
    division: row.divisions[0] ?? null,
    home: county,
    organisation: null,
    unit: null,
  }));
}

/**
 * Two hundred people in visiting care (探访关爱演示): agreed half a year ago, visited in three months with gaps, some refuse,
 * some are proposed and wait for an answer; a call for extra visits before the cold.
 */
export function planCare(stage: Stage): void {
  const dice = new Dice("care");
  const officer = () => stage.staff("officer", county);
  const inCare: { id: string; division: string }[] = [];
  let workers: Actor[] = [];
  const workerOf = (division: string): Actor =>
    workers.find((one) => one.scope.kind === "worker" && one.scope.divisions.includes(division)) ?? officer();
  /** Some refused, and the register knows who has moved, died or was merged meanwhile. */
  const enrolled = async () => {
    const rows = await stage.open.database.transaction({ kind: "system" }, (tx) =>
      tx.many<{ person_id: string }>(sql`select person_id from care_enrolment where state = 'enrolled'`),
    );
    return new Set(rows.map((row) => row.person_id));
  };

  stage.on(stage.ago(100), async () => {
    workers = await workersOf(stage);
    const first = await stage.call(officer(), listPeople, {
      division: county,
      state: "present",
      ageFrom: 60,
      limit: 200,
    });
    const more = first.next
      ? await stage.call(officer(), listPeople, {
          division: county,
          state: "present",
          ageFrom: 60,
          limit: 200,
          after: first.next,
        })
      : { people: [] };
    for (const one of [...first.people, ...more.people]) {
      if (inCare.length >= IN_CARE) break;
      if (!one.categories.some((each) => specialDifficulty.includes(each))) continue;
      const lot = dice.between(1, 100);
      const risk = lot <= 8 ? "high" : lot <= 30 ? "key" : "general";
      const doing =
        lot % 17 === 0
          ? stage.call(workerOf(one.division), propose, {
              personId: one.id,
              risk,
              reason: "摸底排查发现，待征询本人意愿",
            })
          : stage.call(workerOf(one.division), enrol, {
              personId: one.id,
              risk,
              modes: ["home", "phone"],
              agreedBy: "本人",
            });
      await doing;
      if (lot % 17 !== 0) inCare.push({ id: one.id, division: one.division });
    }
    for (const [at, one] of inCare.entries())
      if (at % 37 === 11)
        await stage.call(workerOf(one.division), refuse, {
          personId: one.id,
          by: "本人",
          on: stage.day,
          reason: "子女每周回家，暂不需要",
        });
  });
  for (const days of [85, 55, 25, 4])
    stage.on(stage.ago(days), async () => {
      await stage.call(officer(), openPeriod, { month: stage.day.slice(0, 7) });
      const still = await enrolled();
      for (const [at, one] of inCare.entries()) {
        if (!still.has(one.id)) continue;
        // Every ninth is missed in each month, another ninth each time; of the month that runs a third is still to come.
        if (at % 9 === days % 9 || (days === 4 && at % 3 === 0)) continue;
        const phone = dice.chance(0.25);
        const met = dice.chance(0.93) ? "person" : phone ? "nobody" : "neighbour";
        await stage.call(workerOf(one.division), recordVisit, {
          personId: one.id,
          mode: phone ? "phone" : "home",
          met,
          findings: dice.chance(0.08)
            ? [{ code: dice.pick(["health", "gas", "mood", "housing"] as const), level: "watch" }]
            : [],
          ...(dice.chance(0.3) ? { note: "精神尚好，叮嘱注意保暖和用电安全。" } : {}),
        });
      }
    });
  // Each month is closed on the first day of the next, as the job of the house does it.
  const firsts = [0, -1, -2].map((back) => `${addMonths(stage.today, back).slice(0, 7)}-01`);
  for (const first of firsts.filter((day) => day > stage.ago(100)))
    stage.on(first, async () => {
      const month = addMonths(first, -1).slice(0, 7);
      for (const division of [county, county.slice(0, 4), county.slice(0, 2)])
        await stage.call(stage.system, freezeMonth, { month, division });
    });
  stage.on(stage.ago(2), async () => {
    await stage.call(officer(), callExtraVisits, {
      division: township,
      ground: "extreme_weather",
      title: "强降温前走访",
      from: stage.today,
      by: stage.today,
      risks: ["high", "key"],
    });
  });
}
