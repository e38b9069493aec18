import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { allocationRank } from "../donations.rules.ts";
import { planBatch, recordProgramme } from "../programmes.contract.ts";
import {
  insertBatch,
  insertProgramme,
  loadProgramme,
  lockProgramme,
  planInProgramme,
  servedIn,
} from "./purposes.store.ts";
import { ownRecipient } from "./use.ts";

const record = handle(recordProgramme)(async (input, ctx) => {
  const recipient = await ownRecipient(ctx as Context, input.organisation);
  const id = ctx.newId();
  await insertProgramme(
    ctx.tx,
    {
      home_code: recipient.home,
      id,
      division_code: recipient.division,
      organisation_id: recipient.organisation,
      name: input.name,
      purpose: input.purpose ?? "",
      budget_fen: input.budgetFen,
      planned_fen: 0,
      event: input.event ?? null,
    },
    ctx.now,
  );
  ctx.journal(
    "programme-recorded",
    { kind: "donation_programme", id, home: recipient.home, division: recipient.division },
    { budgetFen: input.budgetFen },
  );
  return { id };
});

const plan = handle(planBatch)(async (input, ctx) => {
  const seen = await loadProgramme(ctx.tx, input.programme);
  if (!seen) return ctx.fail("donations/programme-unknown", { programme: input.programme });
  const programme = await lockProgramme(ctx.tx, input.programme);
  if (!programme) return ctx.fail("donations/not-your-register", { division: seen.division_code });
  const seenOnce = new Set<string>();
  const repeated = new Set<string>();
  for (const { id: one } of input.candidates) (seenOnce.has(one) ? repeated : seenOnce).add(one);
  if (repeated.size > 0) return ctx.fail("donations/repeated-recipient", { repeated: [...repeated].slice(0, 20) });
  const served = await servedIn(ctx.tx, programme.id);
  const id = ctx.newId();
  const candidates = input.candidates.map((one) => ({
    id: one.id,
    in: one.in ?? [],
    ...(one.floodSeverity ? { flood_severity: one.floodSeverity } : {}),
    need: one.need ?? 0,
    already_received: (one.alreadyReceived ?? false) || served.has(one.id),
  }));
  const { id: decisionId, decision } = decide(
    ctx as Context,
    allocationRank,
    { candidates },
    {
      subject: id,
      home: programme.home_code,
      division: programme.division_code,
    },
  );
  const room = Math.floor((programme.budget_fen - programme.planned_fen) / input.unitValueFen);
  const ranked = decision.output.ranked.slice(0, room).map((one) => ({ ...one, flags: [...one.flags] }));
  const leftOut = [
    ...decision.output.left_out.map((one) => ({ id: one, why: "already-served" as const })),
    ...decision.output.ranked.slice(room).map((one) => ({ id: one.id, why: "beyond-budget" as const })),
  ];
  const totalFen = ranked.length * input.unitValueFen;
  await planInProgramme(ctx.tx, programme, totalFen);
  await insertBatch(ctx.tx, {
    home_code: programme.home_code,
    id,
    division_code: programme.division_code,
    organisation_id: programme.organisation_id,
    programme_id: programme.id,
    unit_value_fen: input.unitValueFen,
    total_fen: totalFen,
    ranked,
    left_out: leftOut,
    decision_id: decisionId,
    planned_on: ctx.today,
  });
  ctx.journal(
    "batch-planned",
    { kind: "donation_batch", id, home: programme.home_code, division: programme.division_code },
    { served: ranked.length, leftOut: leftOut.length, totalFen },
  );
  return { id, totalFen, ranked, leftOut };
});

export const programmeHandlers = [record, plan];
