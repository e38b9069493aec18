import { CalendarUnknownError } from "../../../kernel/clock/calendar.ts";
import { daysBetween } from "../../../kernel/clock/date.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { decide } from "../../../kernel/rule/store.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import { type RecordKindId, recordKinds } from "../credit.catalogue.ts";
import { workingDayIfKnown } from "./clocks.ts";
import { enterRecord } from "./credit.duties.ts";
import { recordsKept } from "./credit.indicators.ts";
import { insertRecords, type RecordRow, recordBySource } from "./credit.store.ts";
import { recordInTime } from "./grounds.ts";

/** Working days from formation or receipt to entry, Order 60 art. 8. */
const entryWorkingDays = 5;

/** What a record says (记录内容). */
export interface RecordContent {
  readonly kind: RecordKindId;
  readonly title: string;
  readonly basis?: string | null;
  readonly content?: Record<string, unknown>;
  readonly authority: string;
  readonly evidence?: readonly string[];
  readonly formedOn: string;
  readonly receivedOn?: string | null;
  readonly public?: boolean;
  readonly validTo?: string | null;
  readonly sourceRef?: string | null;
}

/** A record about an organisation, not entered yet (待录入). */
export function pendingRecord(ctx: Context, organisation: OrganisationRow, given: RecordContent): RecordRow {
  const classes = recordKinds[given.kind];
  const from = given.receivedOn ?? given.formedOn;
  return {
    home_code: organisation.home_code,
    id: ctx.newId(),
    division_code: organisation.division_code,
    organisation_id: organisation.id,
    unit_id: organisation.unit_id,
    organisation_name: organisation.name,
    organisation_code: organisation.credit_code,
    class: classes.national,
    local_class: classes.local,
    kind: given.kind,
    title: given.title,
    basis: given.basis ?? null,
    content: given.content ?? {},
    authority: given.authority,
    evidence: given.evidence ?? [],
    source_ref: given.sourceRef ?? null,
    state: "pending",
    formed_on: given.formedOn,
    received_on: given.receivedOn ?? null,
    due_on: workingDayIfKnown(ctx, from, entryWorkingDays),
    entered_on: null,
    entered_by: null,
    on_time: null,
    // What the law does not open is never published, whatever was asked.
    public: classes.open && (given.public ?? true),
    valid_to: given.validTo ?? null,
    corrects: null,
    corrected_by: null,
    correction_reason: null,
    listing_id: null,
    decision_id: null,
    version: 1,
  };
}

/** The entry of a record today, with the rule's word on whether it is in time (按期录入判断). */
export function entry(
  ctx: Context,
  row: RecordRow,
): Pick<RecordRow, "state" | "entered_on" | "entered_by" | "on_time" | "decision_id"> {
  const entered = { state: "entered", entered_on: ctx.today, entered_by: ctx.actor.accountId } as const;
  try {
    const { id, decision } = decide(
      ctx,
      recordInTime,
      { formed: row.received_on ?? row.formed_on, entered: ctx.today },
      { subject: row.id, home: row.home_code, division: row.division_code },
    );
    return { ...entered, on_time: decision.output.on_time, decision_id: id };
  } catch (error) {
    if (!(error instanceof CalendarUnknownError)) throw error;
    // Holidays of that year are not announced: whether it is in time cannot be said yet.
    return { ...entered, on_time: null, decision_id: null };
  }
}

/** What an entry answers: in time or how late. */
export function timeliness(row: Pick<RecordRow, "due_on">, onTime: boolean | null, today: string) {
  return {
    onTime,
    dueOn: row.due_on,
    daysLate: onTime === false && row.due_on ? daysBetween(row.due_on, today) : null,
  };
}

/** Writes entered records: rows and counters (录入). */
export async function enterRecords(ctx: Context, rows: readonly RecordRow[]): Promise<void> {
  await insertRecords(ctx.tx, rows);
  countRecords(ctx, rows, 1);
}

/** Counts records of the classes, up or down. */
export function countRecords(ctx: Context, rows: readonly RecordRow[], delta: 1 | -1): void {
  bump(
    ctx,
    rows.map((row) => ({
      indicator: recordsKept,
      home: row.home_code,
      division: row.division_code,
      key: [row.class],
      delta,
    })),
  );
}

/** Opens the duty to enter a record within 5 working days (开立录入待办). */
export function oweEntry(ctx: Context, row: RecordRow): void {
  openDuties(ctx, [
    {
      kind: enterRecord,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: row.organisation_name,
      organisation: row.organisation_id,
      unit: row.unit_id,
      link: `/credit/records?state=pending&organisationId=${row.organisation_id}`,
      // A due day that cannot be counted is not guessed: the entry is due at once.
      due: row.due_on ?? ctx.today,
    },
  ]);
}

/** Closes that duty. */
export function entryDone(ctx: Context, row: RecordRow): void {
  fulfilDuty(ctx, enterRecord, row.home_code, row.id);
}

/**
 * A fact another module formed that belongs in the credit file (信用信息形成): opens the duty to enter it within 5 working
 * days. `sourceRef` names the fact for ever: reporting it twice changes nothing. Needs a registrar of the register, or the
 * system. Answers the id of the record.
 */
export async function reportFormedFact(
  ctx: Context,
  organisation: OrganisationRow,
  fact: Omit<RecordContent, "authority"> & { readonly sourceRef: string; readonly authority: string },
): Promise<string> {
  const known = await recordBySource(ctx.tx, organisation.home_code, fact.sourceRef);
  if (known) return known.id;
  if (fact.formedOn > ctx.today) throw new Refusal("credit/formed-in-future", 422, { formedOn: fact.formedOn });
  const row = pendingRecord(ctx, organisation, fact);
  await insertRecords(ctx.tx, [row]);
  oweEntry(ctx, row);
  return row.id;
}
