import { sql } from "../database/sql.ts";
import { contains } from "../divisions/code.ts";
import { handle } from "../operation/handle.ts";
import { settingProblem } from "./declare.ts";
import { importHolidays, listHolidays, listSettings, setSetting } from "./settings.contract.ts";

/** The State Council has never announced fewer; a shorter list is a list cut off. */
const FEWEST_DAYS = 7;

const list = handle(listSettings)(async (input, ctx) => {
  const on = input.on ?? ctx.today;
  const division = ctx.actor.division ?? ctx.house.root;
  const rows = await ctx.tx.many<{
    id: string;
    division_code: string;
    from: string;
    value: number | string | boolean;
    reason: string;
  }>(sql`
    select id, division_code, valid_from as "from", value, reason from setting_value order by id, division_code, valid_from`);
  return {
    settings: ctx.house.settings.declared.map((one) => ({
      id: one.id,
      title: ctx.house.say(`setting/${one.id}`, {}, "zh"),
      titleEn: ctx.house.say(`setting/${one.id}`, {}, "en"),
      unit: one.unit,
      basis: one.basis,
      inForce: ctx.house.settings.on(one.id, on, division),
      versions: one.versions.map(({ from, value }) => ({ from, value })),
      local: rows
        .filter(
          (row) =>
            row.id === one.id &&
            (row.division_code === "0" ||
              contains(division, row.division_code) ||
              contains(row.division_code, division)),
        )
        .map((row) => ({ division: row.division_code, from: row.from, value: row.value, reason: row.reason })),
    })),
  };
});

const set = handle(setSetting)(async (input, ctx) => {
  const declared = ctx.house.settings.declared.find((one) => one.id === input.id);
  if (!declared) return ctx.fail("settings/unknown", { id: input.id });
  const division = input.division ?? ctx.actor.division ?? ctx.house.root;
  if (!contains(ctx.actor.division ?? "", division)) return ctx.fail("auth/outside-your-division", { division });
  const problem = settingProblem(declared, input.value);
  if (problem) return ctx.fail("settings/not-allowed-value", { problem, min: declared.min, max: declared.max });
  // Decisions already made keep the value of their day; a value set for the past would change their replay.
  if (input.from < ctx.today) return ctx.fail("settings/in-the-past", { from: input.from, today: ctx.today });
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into setting_value as old (id, division_code, valid_from, value, reason, set_by, set_at)
      values (${input.id}, ${division}, ${input.from}, ${JSON.stringify(input.value)}, ${input.reason}, ${ctx.actor.accountId}, ${ctx.now})
      on conflict (id, division_code, valid_from) do update set value = excluded.value, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`);
  });
  ctx.journal(
    "setting.set",
    { kind: "setting", id: null, home: ctx.actor.home, division },
    { id: input.id, from: input.from, value: input.value, reason: input.reason },
  );
  return {};
});

const holidays = handle(listHolidays)(async (input, ctx) => {
  const years = await ctx.tx.many<{ year: number }>(
    sql`select distinct extract(year from day)::integer as year from holiday order by 1`,
  );
  const year = input.year ?? Number(ctx.today.slice(0, 4));
  const days = await ctx.tx.many<{ date: string; kind: "holiday" | "workday"; name: string }>(sql`
    select day as date, kind, name from holiday where day >= ${`${year}-01-01`} and day < ${`${year + 1}-01-01`} order by day`);
  return { knownUntil: ctx.house.calendar().knownUntil, years: years.map((row) => row.year), days };
});

const importYear = handle(importHolidays)(async (input, ctx) => {
  const stray = input.days.find((day) => !day.date.startsWith(`${input.year}-`));
  if (stray) return ctx.fail("holidays/other-year", { date: stray.date, year: input.year });
  const twice = input.days.find((day, at) => input.days.findIndex((one) => one.date === day.date) !== at);
  if (twice) return ctx.fail("holidays/twice", { date: twice.date });
  const free = input.days.filter((day) => day.kind === "holiday").length;
  if (free < FEWEST_DAYS) return ctx.fail("holidays/too-few", { days: free, fewest: FEWEST_DAYS });
  ctx.later(async (tx) => {
    await tx.run(sql`delete from holiday where day >= ${`${input.year}-01-01`} and day < ${`${input.year + 1}-01-01`}`);
    await tx.run(sql`
      insert into holiday (day, kind, name)
      select date, kind, name from jsonb_to_recordset(${JSON.stringify(input.days)}::jsonb) as row (date date, kind text, name text)`);
  });
  ctx.journal(
    "holidays.imported",
    { kind: "holidays", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.house.root },
    { year: input.year, days: input.days.length, source: input.source },
  );
  return { days: input.days.length };
});

export const settingsHandlers = [list, set, holidays, importYear];
