import { addDays, dateInShanghai, daysBetween } from "../clock/date.ts";
import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { readCursor, writeCursor } from "../operation/cursor.ts";
import { handle } from "../operation/handle.ts";
import { listDuties, summariseDuties } from "./duty.contract.ts";

interface Row {
  id: string;
  kind: string;
  holder: "staff" | "worker" | "organisation" | "unit";
  division_code: string;
  subject_id: string;
  subject_label: string;
  organisation_id: string | null;
  link: string;
  opened_at: Date;
  due_on: string;
  law: Record<string, unknown>[];
}

/** Kinds that are not this actor's work: a registrar is not told who is visited at home. */
const hidden = (ctx: Context) => ctx.house.hiddenDuties(ctx.actor.role);

const list = handle(listDuties)(async (input, ctx) => {
  const [afterDue, afterId] = readCursor(input.after, ["day", "id"]) ?? [
    "0001-01-01",
    "00000000-0000-0000-0000-000000000000",
  ];
  const before = input.due === "overdue" ? ctx.today : input.due === "week" ? addDays(ctx.today, 8) : "9999-12-31";
  const rows = await ctx.tx.many<Row>(sql`
    select id, kind, holder, division_code, subject_id, subject_label, organisation_id, link, opened_at, due_on, law from duty
    where state = 'open' and due_on < ${before} and (due_on, id) > (${afterDue}::date, ${afterId}::uuid)
      and kind <> all(${hidden(ctx)}::text[])
      and (${input.kind ?? null}::text is null or kind = ${input.kind ?? null})
      and (${input.holder ?? null}::text is null or holder = ${input.holder ?? null})
      and (${input.organisationId ?? null}::uuid is null or organisation_id = ${input.organisationId ?? null})
    order by due_on, id limit ${input.limit + 1}`);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    duties: shown.map((row) => ({
      id: row.id,
      kind: row.kind,
      holder: row.holder,
      division: row.division_code,
      subjectId: row.subject_id,
      subject: row.subject_label,
      organisationId: row.organisation_id,
      link: row.link,
      openedOn: dateInShanghai(row.opened_at),
      dueOn: row.due_on,
      daysLeft: daysBetween(ctx.today, row.due_on),
      law: row.law,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.due_on, last.id]) : null,
  };
});

const summary = handle(summariseDuties)(async (_input, ctx) => {
  const kinds = await ctx.tx.many<{ kind: string; open: number; week: number; overdue: number }>(sql`
    select kind, count(*) as open, count(*) filter (where due_on >= ${ctx.today} and due_on < ${addDays(ctx.today, 8)}) as week,
      count(*) filter (where due_on < ${ctx.today}) as overdue
    from duty where state = 'open' and kind <> all(${hidden(ctx)}::text[]) group by kind order by kind`);
  const sum = (pick: (one: (typeof kinds)[number]) => number) => kinds.reduce((all, one) => all + pick(one), 0);
  return { kinds, open: sum((one) => one.open), week: sum((one) => one.week), overdue: sum((one) => one.overdue) };
});

export const dutyHandlers = [list, summary];
