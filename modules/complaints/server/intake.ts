import { randomBytes } from "node:crypto";
import { contains, homeOf, significant } from "../../../kernel/divisions/code.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { openProcedure } from "../../../kernel/procedure/procedure.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { complaintProcedure } from "../complaints.procedure.ts";
import { words } from "../complaints.words.ts";
import { acceptDuty } from "./complaints.duties.ts";
import { type Addressee, addresseeOf } from "./complaints.queries.ts";
import { type ComplaintRow, insertComplaint, takeNumber } from "./complaints.store.ts";
import { termOf } from "./terms.ts";

/** What somebody sends (投诉举报内容). `organisation` is a credit code, or the public key of one without a code. */
export interface NewComplaint {
  readonly organisation?: string;
  /** Where it happened, when no organisation is named; outside this installation it goes to the root authority. */
  readonly division?: string;
  readonly text: string;
  readonly name?: string;
  readonly contact?: string;
}

export interface Received {
  readonly number: string;
  readonly receipt: string;
  readonly receivedOn: string;
  readonly acceptBy: string;
  readonly organisation: string | null;
}

/** No sign that is mistaken for another when it is copied by hand. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const SECRET = 16;

/** A receipt secret (查询码): 16 signs of 31, 79 bits, in groups of four for copying. */
function receiptSecret(): string {
  let out = "";
  while (out.length < SECRET)
    for (const byte of randomBytes(SECRET)) if (byte < 248 && out.length < SECRET) out += ALPHABET[byte % 31];
  return out;
}

/** A receipt however it was typed: spaces, hyphens, lower case and full width are forgiven. */
export function receiptOf(typed: string): string {
  return typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .slice(0, 40);
}

function placeOf(ctx: Context<never>, organisation: Addressee | undefined, division: string | undefined) {
  if (organisation) return { home: organisation.home_code, division: organisation.division_code };
  const { root } = ctx.house;
  const at = division && contains(root, division) ? significant(division).slice(0, 6) : root;
  return { home: homeOf(at), division: at };
}

/**
 * Receives a complaint (收到投诉举报): number, receipt, sealed sender, duty of the responsible registrar. Answers undefined
 * when the organisation named is not known.
 */
export async function receiveComplaint(ctx: Context<never>, given: NewComplaint): Promise<Received | undefined> {
  const organisation = given.organisation ? await addresseeOf(ctx.tx, given.organisation) : undefined;
  if (given.organisation && !organisation) return undefined;
  const { home, division } = placeOf(ctx, organisation, given.division);
  const year = Number(ctx.today.slice(0, 4));
  const sequence = await takeNumber(ctx.tx, homeOf(ctx.house.root), year, ctx.now);
  const number = words.zh.number({ year: String(year), sequence: String(sequence).padStart(6, "0") });
  const id = ctx.newId();
  const receipt = receiptSecret();
  const due = termOf(ctx, "complaints.accept-working-days", division);
  const instance = openProcedure(
    ctx,
    complaintProcedure,
    "receive",
    { home, division, subject: id },
    { note: { number } },
  );
  const row: ComplaintRow = {
    home_code: home,
    id,
    division_code: division,
    number,
    about: organisation ? "organisation" : "other",
    organisation_id: organisation?.id ?? null,
    organisation_code: organisation?.credit_code ?? null,
    organisation_name: organisation?.name ?? null,
    text: given.text,
    state: "received",
    procedure_id: instance.id,
    received_at: ctx.now,
    received_on: ctx.today,
    due_on: due,
    accepted_on: null,
    answered_on: null,
    handler: null,
    responsible: null,
    answer: null,
    review_reason: null,
    review_asked_on: null,
    review_answer: null,
    reviewed_on: null,
  };
  await insertComplaint(ctx.tx, row, receipt);
  const at = { home, division, subject: id, masked: "***" };
  sealFields(ctx, [
    ...(given.name ? [{ ...at, field: "complainant_name", value: given.name }] : []),
    ...(given.contact ? [{ ...at, field: "complainant_contact", value: given.contact }] : []),
  ]);
  // Without the organisation's id: it must not see in its own duties that somebody has complained.
  openDuties(ctx, [{ kind: acceptDuty, home, division, subject: id, label: number, link: `/complaints/${id}`, due }]);
  ctx.journal("complaint-received", { kind: "complaint", id, home, division }, { number, about: row.about });
  return { number, receipt, receivedOn: ctx.today, acceptBy: due, organisation: row.organisation_name };
}
