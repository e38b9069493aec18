import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { significant } from "../../../kernel/divisions/code.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { contactsOf, loadPeople } from "../../people/server/index.ts";
import { escalateEmergencies } from "../emergency.contract.ts";
import { nextStep } from "../emergency.rules.ts";
import { escalationDuty, standInDuty } from "./care-work.duties.ts";
import { callable, emergencyLink } from "./emergency.handlers.ts";
import { escalatable, officersAt, stepsOf } from "./emergency.queries.ts";
import { type EmergencyRow, insertStep, raiseLevel } from "./emergency.store.ts";
import { bumpEscalation } from "./figures.indicators.ts";

interface Person {
  readonly level: 1 | 2 | 3;
  readonly account: string | null;
}

/** The next person after a level (下一责任人): stand-in, officer of the township, officer of the county; a post nobody holds is skipped. */
function personAfter(row: EmergencyRow, officers: ReadonlyMap<string, string>): Person {
  if (row.escalated < 1 && row.stand_in_id && row.stand_in_id !== row.worker_id)
    return { level: 1, account: row.stand_in_id };
  const township = row.division_code.length >= 9 ? officers.get(row.division_code.slice(0, 9)) : undefined;
  if (row.escalated < 2 && township) return { level: 2, account: township };
  return { level: 3, account: officers.get(significant(row.home_code)) ?? null };
}

/** What is late in one emergency now: the step that is next, past its instant. */
async function late(ctx: Pick<Context, "tx" | "house" | "now">, rows: readonly EmergencyRow[]) {
  const due = rows.filter((row) => {
    const today = dateInShanghai(ctx.now);
    const minutes = Number(ctx.house.settings.on("visiting-care.escalate-minutes", today, row.division_code));
    return !row.escalated_at || ctx.now.getTime() - row.escalated_at.getTime() >= minutes * 60_000;
  });
  const steps = await stepsOf(
    ctx.tx,
    due.map((row) => row.id),
  );
  const contacts = await contactsOf(
    ctx.tx,
    due.map((row) => row.person_id),
  );
  return due.flatMap((row) => {
    const tried = (steps.get(row.id) ?? [])
      .filter((one) => one.kind === "step")
      .map((one) => ({ step: one.step, reached: one.reached, contact: one.contact_id }));
    const step = nextStep(tried, callable(contacts.get(row.person_id) ?? []));
    const line = row.clock.find((one) => one.step === step);
    return line && Date.parse(line.dueAt) < ctx.now.getTime() ? [{ row, step }] : [];
  });
}

const escalate = handle(escalateEmergencies)(async (_input, ctx) => {
  const found = await late(ctx, await escalatable(ctx.tx));
  if (found.length === 0) return { escalated: 0 };
  const places = found.flatMap(({ row }) => [row.division_code.slice(0, 9), significant(row.home_code)]);
  const officers = await officersAt(ctx.tx, [...new Set(places)], ctx.today);
  const names = new Map(
    (
      await loadPeople(
        ctx.tx,
        found.map(({ row }) => row.person_id),
      )
    ).map((one) => [one.id, one.name]),
  );
  let escalated = 0;
  for (const { row, step } of found) {
    const to = personAfter(row, officers);
    if ((await raiseLevel(ctx.tx, row, to.level, ctx.now)) !== 1) continue;
    escalated += 1;
    await insertStep(ctx.tx, {
      home_code: row.home_code,
      id: ctx.newId(),
      division_code: row.division_code,
      emergency_id: row.id,
      kind: "escalation",
      step,
      at: ctx.now,
      recorded_at: ctx.now,
      reached: false,
      contact_id: null,
      who: null,
      note: null,
      level: to.level,
      actor_id: null,
      actor_name: ctx.actor.displayName,
    });
    openDuties(ctx, [
      {
        kind: to.level === 1 ? standInDuty : escalationDuty,
        home: row.home_code,
        division: row.division_code,
        subject: row.id,
        label: names.get(row.person_id) ?? "",
        assignee: to.account,
        link: emergencyLink(row.id),
        due: dateInShanghai(ctx.now),
      },
    ]);
    bumpEscalation(ctx, row);
    ctx.journal(
      "emergency-escalated",
      { kind: "emergency", id: row.id, home: row.home_code, division: row.division_code },
      { step, level: to.level, assignee: to.account },
    );
  }
  return { escalated };
});

/** Looks every minute whether a step is late (逾时检查); the command, and its journal entry, only when one is. */
export const escalationJob: JobKind = {
  id: "visiting-care.escalate",
  everyMinutes: 1,
  run: async (job) => {
    const { house } = job;
    const found = await job.database.transaction({ kind: "system" }, async (tx) =>
      late({ tx, house, now: job.now() }, await escalatable(tx)),
    );
    if (found.length > 0) await job.call(escalateEmergencies.id, {});
  },
};

export const escalationHandlers = [escalate];
