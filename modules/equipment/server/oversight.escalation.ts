import { addDays, dateInShanghai, daysBetween } from "../../../kernel/clock/date.ts";
import { homeOf, isPlaceholder } from "../../../kernel/divisions/code.ts";
import { fulfilDuties, openDuties } from "../../../kernel/duty/duty.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { escalateOverdue } from "../board.contract.ts";
import { overdueDuty, trainDuty } from "../equipment.duties.ts";
import { words } from "../oversight.words.ts";
import {
  keepersOf,
  type LateRow,
  lateRows,
  raiseEscalation,
  settledDuties,
  untrainedHomes,
} from "./escalation.store.ts";

/** Offices above a county (上级民政部门), the next one first: its prefecture, where it has one, then its province. */
export function officesAbove(home: string): string[] {
  const prefecture = home.slice(0, 4);
  return [...(isPlaceholder(prefecture) ? [] : [prefecture]), home.slice(0, 2)];
}

/** Something late is signed for, put right or given another day: the offices above need not ask any more. */
export function settleOverdue(ctx: Context, home: string, subjects: readonly string[]): void {
  for (const office of officesAbove(home)) fulfilDuties(ctx, overdueDuty, homeOf(office), subjects);
}

/** What has to be told to the next office now: at once when it is late, then one further up after the setting's days. */
function due(house: Pick<Context["house"], "settings" | "root">, rows: readonly LateRow[], today: string) {
  return rows.flatMap((row) => {
    const offices = officesAbove(row.home_code).filter((one) => house.root === "0" || one.startsWith(house.root));
    const days = Number(house.settings.on("equipment.escalate-days", today, row.division_code));
    const late = daysBetween(row.due_on, today);
    const level = Math.min(offices.length, 1 + Math.floor((late - 1) / days));
    return level > row.escalated ? [{ row, level, offices: offices.slice(row.escalated, level), days }] : [];
  });
}

const escalate = handle(escalateOverdue)(async (_input, ctx) => {
  const found = due(ctx.house, await lateRows(ctx.tx, ctx.today), ctx.today);
  const keepers = await keepersOf(ctx.tx, [...new Set(found.flatMap((one) => one.offices))], ctx.today);
  let escalated = 0;
  for (const { row, level, offices, days } of found) {
    // Of two runs at once the second finds it raised already.
    if ((await raiseEscalation(ctx.tx, row, level)) !== 1) continue;
    escalated += 1;
    openDuties(
      ctx,
      offices.map((office) => ({
        kind: overdueDuty,
        home: homeOf(office),
        division: office,
        subject: row.id,
        label: (row.what === "shipment" ? words.zh.lateShipment : words.zh.lateDiscrepancy)({
          name: row.name,
          due: row.due_on,
        }),
        assignee: keepers.get(office) ?? null,
        link: row.what === "shipment" ? `/equipment/shipments/${row.id}` : `/equipment/discrepancies/${row.id}`,
        due: addDays(ctx.today, days),
      })),
    );
    ctx.journal(
      "equipment-overdue-escalated",
      { kind: `equipment-${row.what}`, id: row.id, home: row.home_code, division: row.division_code },
      { due: row.due_on, offices },
    );
  }
  const settled = await settledDuties(ctx.tx, ctx.today);
  for (const home of new Set(settled.map((one) => one.home_code)))
    fulfilDuties(
      ctx,
      overdueDuty,
      home,
      settled.filter((one) => one.home_code === home).map((one) => one.subject_id),
    );
  const homes = await untrainedHomes(ctx.tx);
  openDuties(
    ctx,
    homes.map((home) => ({
      kind: trainDuty,
      home: home.home_code,
      division: home.division_code,
      subject: home.id,
      label: home.name,
      link: `/equipment/homes/${home.id}`,
      due: addDays(ctx.today, Number(ctx.house.settings.on("equipment.rectify-days", ctx.today, home.division_code))),
    })),
  );
  return { escalated, settled: settled.length, untrained: homes.length };
});

/** Looks every hour whether a confirmation or a discrepancy is late (逐级督办); the command only when there is something. */
export const overdueJob: JobKind = {
  id: "equipment.overdue",
  everyMinutes: 60,
  run: async (job) => {
    const today = dateInShanghai(job.now());
    const work = await job.database.transaction(
      { kind: "system" },
      async (tx) =>
        due(job.house, await lateRows(tx, today), today).length > 0 ||
        (await settledDuties(tx, today)).length > 0 ||
        (await untrainedHomes(tx)).length > 0,
    );
    if (work) await job.call(escalateOverdue.id, {});
  },
};

export const escalationHandlers = [escalate];
