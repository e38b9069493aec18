import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor, Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { defineSheetImport, type RowVerdict } from "../../../kernel/sheet/import.ts";
import { findByCode, loadOrganisation, type OrganisationRow } from "../../organisations/server/index.ts";
import type { RecordKindId } from "../credit.catalogue.ts";
import { correctRecord, record } from "../records.contract.ts";
import { ownOrganisation, writes } from "./access.ts";
import { workingDayIfKnown } from "./clocks.ts";
import { findRecord, insertRecords, type RecordRow, recordBySource, updateRecord } from "./credit.store.ts";
import {
  countRecords,
  enterRecords,
  entry,
  entryDone,
  pendingRecord,
  type RecordContent,
  timeliness,
} from "./records.ts";

/** Written by the listing procedure itself, never by hand. */
const byProcedure: readonly string[] = ["listed_abnormal", "listed_serious"];

interface Line {
  readonly organisationId?: string;
  readonly creditCode?: string;
  readonly kind?: RecordKindId;
  readonly title?: string;
  readonly basis?: string;
  readonly content?: Record<string, unknown>;
  readonly authority?: string;
  readonly evidence?: readonly string[];
  readonly formedOn?: string;
  readonly receivedOn?: string;
  readonly public?: boolean;
  readonly validTo?: string;
  readonly sourceRef?: string;
}

/** The organisation a line is about, by id or credit code. */
export async function organisationOf(
  tx: Tx,
  line: { readonly organisationId?: string; readonly creditCode?: string },
): Promise<OrganisationRow | undefined> {
  if (line.organisationId) return loadOrganisation(tx, line.organisationId);
  return line.creditCode ? findByCode(tx, line.creditCode.toUpperCase()) : undefined;
}

/** Why a line cannot be a record, or its content. */
function contentOf(
  line: Line,
  today: string,
):
  | { readonly content: RecordContent }
  | { readonly problem: string; readonly field: string; readonly facts: Record<string, unknown> } {
  const { kind, title, authority, formedOn } = line;
  if (!kind || !title || !authority || !formedOn) {
    const fields = (["kind", "title", "authority", "formedOn"] as const).filter((field) => !line[field]);
    return { problem: "credit/record-incomplete", field: fields[0] ?? "kind", facts: { fields } };
  }
  if (byProcedure.includes(kind)) return { problem: "credit/kept-by-procedure", field: "kind", facts: { kind } };
  const late = [formedOn, line.receivedOn].find((day) => day !== undefined && day > today);
  if (late) return { problem: "credit/formed-in-future", field: "formedOn", facts: { formedOn: late } };
  return { content: { ...line, kind, title, authority, formedOn } };
}

function refuse(found: { readonly problem: string; readonly facts: Record<string, unknown> }): never {
  throw new Refusal(found.problem, found.problem === "credit/kept-by-procedure" ? 409 : 422, found.facts);
}

const recordHandler = handle(record)(async (input, ctx) => {
  if (input.recordId) return complete(ctx, input.recordId, input);
  const seen = await organisationOf(ctx.tx, input);
  if (!seen)
    return ctx.fail("credit/organisation-not-found", {
      organisation: input.organisationId ?? input.creditCode ?? null,
    });
  const organisation = await ownOrganisation(ctx, seen.id);
  const made = contentOf(input, ctx.today);
  if ("problem" in made) return refuse(made);
  if (input.sourceRef && (await recordBySource(ctx.tx, organisation.home_code, input.sourceRef))) {
    return ctx.fail("credit/record-already-entered", { sourceRef: input.sourceRef });
  }
  const pending = pendingRecord(ctx, organisation, made.content);
  const row: RecordRow = { ...pending, ...entry(ctx, pending) };
  await enterRecords(ctx, [row]);
  journal(ctx, "credit record entered", row);
  return { recordId: row.id, ...timeliness(row, row.on_time, ctx.today) };
});

function journal(ctx: Context, event: string, row: RecordRow): void {
  const subject = { kind: "credit-record", id: row.id, home: row.home_code, division: row.division_code };
  ctx.journal(event, subject, {
    class: row.class,
    kind: row.kind,
    organisation: row.organisation_id,
    onTime: row.on_time,
  });
}

async function ownRecord(ctx: Context, id: string): Promise<RecordRow> {
  const row = await findRecord(ctx.tx, id);
  if (!row) throw new Refusal("credit/record-not-found", 404, { record: id });
  if (!writes(ctx.actor, row.home_code)) throw new Refusal("credit/not-your-register", 403, { record: id });
  return row;
}

/** Enters a fact that another module reported, with what the registrar adds. */
async function complete(ctx: Context, id: string, input: Line) {
  const before = await ownRecord(ctx, id);
  if (before.state !== "pending") throw new Refusal("credit/record-already-entered", 409, { state: before.state });
  const filled = {
    title: input.title ?? before.title,
    basis: input.basis ?? before.basis,
    content: input.content ?? before.content,
    authority: input.authority ?? before.authority,
    evidence: [...new Set([...before.evidence, ...(input.evidence ?? [])])],
    valid_to: input.validTo ?? before.valid_to,
    ...(input.public === undefined ? {} : { public: input.public && before.public }),
  };
  const row: RecordRow = { ...before, ...filled, ...entry(ctx, before) };
  const { state, entered_on, entered_by, on_time, decision_id } = row;
  await updateRecord(ctx.tx, before, { ...filled, state, entered_on, entered_by, on_time, decision_id });
  countRecords(ctx, [row], 1);
  entryDone(ctx, row);
  journal(ctx, "credit record entered", row);
  return { recordId: row.id, ...timeliness(row, row.on_time, ctx.today) };
}

const correctHandler = handle(correctRecord)(async (input, ctx) => {
  const before = await ownRecord(ctx, input.recordId);
  if (before.listing_id) return ctx.fail("credit/kept-by-procedure", { listing: before.listing_id });
  if (before.state !== "entered") return ctx.fail("credit/record-not-correctable", { state: before.state });
  if (input.formedOn && input.formedOn > ctx.today)
    return ctx.fail("credit/formed-in-future", { formedOn: input.formedOn });
  const id = ctx.newId();
  const formed = input.formedOn ?? before.formed_on;
  const row: RecordRow = {
    ...before,
    id,
    title: input.title ?? before.title,
    basis: input.basis ?? before.basis,
    content: input.content ?? before.content,
    authority: input.authority ?? before.authority,
    evidence: input.evidence ?? before.evidence,
    formed_on: formed,
    due_on: workingDayIfKnown(ctx, before.received_on ?? formed, 5),
    public: input.public === undefined ? before.public : input.public && before.public,
    valid_to: input.validTo === undefined ? before.valid_to : input.validTo,
    source_ref: null,
    corrects: before.id,
    correction_reason: null,
    version: 1,
  };
  await updateRecord(ctx.tx, before, { state: "corrected", corrected_by: id, correction_reason: input.reason });
  await insertRecords(ctx.tx, [row]);
  journal(ctx, "credit record corrected", row);
  return { recordId: id };
});

/** A line of a spreadsheet is named by what it says, so that the same file twice changes nothing. */
function sheetRef(line: Line, organisation: OrganisationRow): string {
  return (
    line.sourceRef ??
    ["sheet", organisation.id, line.kind, line.title, line.formedOn, line.authority].join(":").slice(0, 500)
  );
}

async function checkLine(tx: Tx, actor: Actor, today: string, line: Line): Promise<RowVerdict> {
  const bad = (field: string, code: string, facts: Record<string, unknown> = {}): RowVerdict => ({
    verdict: "bad",
    problems: [{ field, code, facts }],
    warnings: [],
  });
  const made = contentOf(line, today);
  if ("problem" in made) return bad(made.field, made.problem, made.facts);
  const organisation = await organisationOf(tx, line);
  if (!organisation)
    return bad("creditCode", "credit/organisation-not-found", { organisation: line.creditCode ?? null });
  if (!writes(actor, organisation.home_code))
    return bad("creditCode", "credit/not-your-register", { organisation: organisation.id });
  const known = await recordBySource(tx, organisation.home_code, sheetRef(line, organisation));
  return { verdict: known ? "same" : "new", problems: [], warnings: [] };
}

/** Honours, penalties and the rest from a spreadsheet (批量录入信用信息). */
export const recordSheet = defineSheetImport({
  operation: record as never,
  async check(tx, actor, today, inputs) {
    const verdicts: RowVerdict[] = [];
    const seen = new Set<string>();
    for (const line of inputs as Line[]) {
      const verdict = await checkLine(tx, actor, today, line);
      const name = JSON.stringify([line.creditCode, line.kind, line.title, line.formedOn, line.authority]);
      verdicts.push(verdict.verdict === "new" && seen.has(name) ? { ...verdict, verdict: "same" } : verdict);
      seen.add(name);
    }
    return verdicts;
  },
  async commit(ctx, inputs) {
    const rows: RecordRow[] = [];
    const outcomes: { id: string | null }[] = [];
    for (const line of inputs as Line[]) {
      const verdict = await checkLine(ctx.tx, ctx.actor, ctx.today, line);
      const [first] = verdict.problems;
      if (first) throw new Refusal(first.code, 409, first.facts);
      const organisation = await organisationOf(ctx.tx, line);
      const made = contentOf(line, ctx.today);
      if (verdict.verdict === "same" || !organisation || "problem" in made) {
        outcomes.push({ id: null });
        continue;
      }
      const sourceRef = sheetRef(line, organisation);
      const twin = rows.find((row) => row.source_ref === sourceRef);
      if (twin) {
        outcomes.push({ id: null });
        continue;
      }
      const pending = pendingRecord(ctx, organisation, { ...made.content, sourceRef });
      const row = { ...pending, ...entry(ctx, pending) };
      rows.push(row);
      outcomes.push({ id: row.id });
    }
    await enterRecords(ctx, rows);
    return outcomes;
  },
  async undo(ctx, outcomes) {
    const answers: (null | { code: string })[] = [];
    for (const { id } of outcomes as { id: string | null }[]) {
      const row = id ? await findRecord(ctx.tx, id) : undefined;
      if (!row) answers.push(null);
      else if (row.version !== 1 || row.state !== "entered") answers.push({ code: "credit/record-not-correctable" });
      else {
        await updateRecord(ctx.tx, row, { state: "undone" });
        countRecords(ctx, [row], -1);
        answers.push(null);
      }
    }
    return answers;
  },
});

export const recordHandlers = [recordHandler, correctHandler];
