import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { findByCode, loadOrganisation } from "../../organisations/server/index.ts";
import { grantEvaluation, listEvaluationHomes, recordEvaluation } from "../oversight.contract.ts";
import {
  type EvaluationRow,
  expectedIn,
  finishEvaluation,
  grantedUntil,
  insertEvaluations,
  loadEvaluation,
  openToday,
} from "./evaluation.store.ts";
import { examine, keepLook, repeatedItem } from "./oversight.findings.ts";
import { filesArrived, namesOfDivisions, pieceOf, piecesById } from "./oversight.store.ts";
import { officeOf } from "./oversight.verify.ts";
import { holdSample, loadSample } from "./sample.store.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const grant = handle(grantEvaluation)(async (input, ctx) => {
  const known = await loadSample(ctx.tx, input.sampleId);
  if (!known) return ctx.fail("equipment/unknown-sample", { id: input.sampleId });
  if (known.home_code !== ctx.actor.home)
    return ctx.fail("equipment/not-your-register", { division: known.division_code });
  if (known.purpose !== "evaluation") return ctx.fail("equipment/not-for-evaluation", {});
  if (input.until < ctx.today) return ctx.fail("equipment/until-past", { until: input.until, today: ctx.today });
  const organisation = uuid.test(input.organisation)
    ? await loadOrganisation(ctx.tx, input.organisation)
    : await findByCode(ctx.tx, input.organisation.replace(/\s+/g, "").toUpperCase());
  if (!organisation) return ctx.fail("equipment/unknown-organisation", { organisation: input.organisation });
  const sample = (await holdSample(ctx.tx, known.id)) ?? known;
  const granted = await grantedUntil(ctx.tx, sample.id, organisation.id, ctx.today);
  if (granted) return ctx.fail("equipment/evaluation-granted", { until: granted });
  const expected = await expectedIn(
    ctx.tx,
    sample.drawn.map((one) => one.id),
  );
  await insertEvaluations(
    ctx.tx,
    sample.drawn.map(
      (one): EvaluationRow => ({
        home_code: sample.home_code,
        id: ctx.newId(),
        division_code: sample.division_code,
        organisation_id: organisation.id,
        sample_id: sample.id,
        sample_name: sample.name,
        organisation_name: organisation.name,
        care_home_id: one.id,
        care_home_home: one.home,
        care_home_name: one.name,
        care_home_division: one.division,
        expected: expected.get(one.id) ?? [],
        until_on: input.until,
        state: "open",
        result: null,
        done_on: null,
        granted_on: ctx.today,
      }),
    ),
  );
  ctx.journal(
    "equipment-evaluation-granted",
    { kind: "equipment-sample", id: sample.id, home: sample.home_code, division: sample.division_code },
    { organisation: organisation.id, until: input.until, homes: sample.drawn.length },
  );
  return { homes: sample.drawn.length, organisationId: organisation.id, until: input.until };
});

const list = handle(listEvaluationHomes)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const rows = await openToday(ctx.tx, ctx.today, after, input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const names = await namesOfDivisions(
    ctx.tx,
    shown.map((row) => row.care_home_division),
    ctx.today,
  );
  return {
    homes: shown.map((row) => ({
      id: row.id,
      careHomeId: row.care_home_id,
      careHome: row.care_home_name,
      division: row.care_home_division,
      divisionName: names.get(row.care_home_division) ?? row.care_home_division,
      sample: row.sample_name,
      until: row.until_on,
      expected: row.expected.map(({ item, quantity, serials }) => ({ item, quantity, serials: [...serials] })),
      done: row.state === "done",
    })),
    next: rows.length > input.limit && last ? writeCursor([last.id]) : null,
  };
});

const record = handle(recordEvaluation)(async (input, ctx) => {
  const row = await loadEvaluation(ctx.tx, input.evaluationId);
  if (!row) return ctx.fail("equipment/unknown-evaluation", {});
  if (row.until_on < ctx.today) return ctx.fail("equipment/evaluation-over", { until: row.until_on });
  if (row.state === "done") return ctx.fail("equipment/evaluation-done", {});
  const on = input.on ?? ctx.today;
  if (on > ctx.today) return ctx.fail("equipment/in-the-future", { on, today: ctx.today });
  const twice = repeatedItem(input.lines);
  if (twice) return ctx.fail("equipment/item-repeated", { item: twice });
  if (!(await filesArrived(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", {});
  const result = { lines: input.lines, photoIds: input.photoIds, note: input.note ?? null, on };
  if ((await finishEvaluation(ctx.tx, row, result, ctx.today)) !== 1) return ctx.fail("equipment/evaluation-done", {});

  const rows = await piecesById(
    ctx.tx,
    row.expected.flatMap((one) => one.ids),
  );
  const examined = examine(input.lines, rows.map(pieceOf), "evaluation", true, (problem) =>
    ctx.fail(problem.code === "equipment/untrained" ? "equipment/item-state" : problem.code, {
      ...problem.facts,
      name: row.care_home_name,
    }),
  );
  const kept = keepLook(
    ctx,
    {
      kind: "evaluation",
      at: {
        home: row.care_home_home,
        division: row.care_home_division,
        careHomeId: row.care_home_id,
        careHome: row.care_home_name,
      },
      on,
      photoIds: input.photoIds,
      note: input.note,
      sampleId: row.sample_id,
      evaluationId: row.id,
      by: row.organisation_name,
      office: await officeOf(ctx.tx, row.care_home_home, ctx.today),
    },
    rows,
    examined,
  );
  ctx.journal(
    "equipment-evaluated",
    { kind: "care-home", id: row.care_home_id, home: row.care_home_home, division: row.care_home_division },
    {
      evaluation: row.id,
      organisation: row.organisation_id,
      lines: input.lines.map(({ item, result: found, seen }) => ({ item, result: found, seen })),
    },
  );
  return { id: row.id, discrepancies: kept.discrepancyIds.length };
});

export const evaluationHandlers = [grant, list, record];
