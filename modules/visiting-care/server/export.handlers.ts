import { createHash } from "node:crypto";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { canonical } from "../../../kernel/vault/canonical.ts";
import { seal, unseal } from "../../../kernel/vault/seal.ts";
import { contactsOf } from "../../people/server/index.ts";
import { downloadExport, listExports, prepareExport, recordReceipt } from "../export.contract.ts";
import { type ExportBody, exportLayout, twelve } from "../export.layout.ts";
import { exportZip, sealFile } from "./export.files.ts";
import {
  type ExportPerson,
  type ExportVisit,
  exportPeople,
  exportVisits,
  lastSent,
  rejectedOf,
  sealedValues,
  visitsById,
} from "./export.queries.ts";
import {
  answersOf,
  type BatchRow,
  batchPage,
  insertBatch,
  insertLines,
  isOutstanding,
  type LineRow,
  lastNumber,
  linesOf,
  loadBatch,
  rejectedLines,
  settleLines,
} from "./export.store.ts";

const PAGE = 2_000;
const nobody = "00000000-0000-0000-0000-000000000000";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const place = (batch: string, ordinal: number) => `export/${batch}/${ordinal}`;

interface Content {
  readonly kind: "person" | "visit";
  readonly subject: string;
  readonly digest: string;
  readonly body: ExportBody;
}

/** Files leave for a whole county: a township's officer would send others' people, or only a part of the county's. */
function county(ctx: Context<"visiting-care/county-only">): string {
  const division = ctx.actor.division ?? ctx.actor.home;
  if (division.length > 6) return ctx.fail("visiting-care/county-only", { division });
  return ctx.actor.home;
}

const frame = (text: string | null | undefined) => text ?? "";

/** People as the layout has them, with their numbers in clear: the national side identifies people by them. */
async function peopleContent(ctx: Context, rows: readonly ExportPerson[]): Promise<Content[]> {
  const contacts = await contactsOf(
    ctx.tx,
    rows.map((row) => row.person_id),
  );
  const callable = [...contacts.values()].flatMap((list) => list.slice(0, 2).map((one) => one.id));
  const sealed = await sealedValues(ctx.tx, [...rows.map((row) => row.person_id), ...callable]);
  const clear = new Map(
    sealed.map((one) => [
      `${one.subject_id}/${one.field}`,
      unseal(ctx.house.keys, one.sealed, `${one.subject_id}/${one.field}`),
    ]),
  );
  return rows.map((row) => {
    const [first, second] = contacts.get(row.person_id) ?? [];
    const body: ExportBody = {
      person_id: row.person_id,
      name: row.name,
      id_kind: row.id_kind,
      id_number: frame(clear.get(`${row.person_id}/citizen_id`)),
      sex: frame(row.sex),
      born_on: frame(row.born_on),
      division: twelve(row.division_code),
      address: row.address,
      phone: frame(clear.get(`${row.person_id}/phone`)),
      living: row.living,
      categories: [...row.categories].sort().join("+"),
      person_state: row.person_state,
      care_state: row.state,
      risk: row.risk,
      modes: [...row.modes].sort().join("+"),
      frequency_per: row.per,
      frequency_min: String(row.min_visits),
      enrolled_on: frame(row.enrolled_on),
      agreed_on: frame(row.agreed_on),
      refused_on: frame(row.refused_on),
      closed_on: frame(row.closed_on),
      closed_ground: frame(row.closed_ground),
      worker: frame(row.worker_name),
      contact1_name: frame(first?.name),
      contact1_relation: frame(first?.relation),
      contact1_phone: frame(first && clear.get(`${first.id}/phone`)),
      contact2_name: frame(second?.name),
      contact2_relation: frame(second?.relation),
      contact2_phone: frame(second && clear.get(`${second.id}/phone`)),
    };
    return { kind: "person", subject: row.person_id, digest: `person/${sha256(canonical(body))}`, body };
  });
}

function visitContent(row: ExportVisit): Content {
  const body: ExportBody = {
    visit_id: row.id,
    person_id: row.person_id,
    change: row.voided_on ? "voided" : "new",
    division: twelve(row.division_code),
    at: row.at.toISOString(),
    month: row.month,
    mode: row.mode,
    met: row.met,
    counts: row.counts ? "1" : "0",
    findings: row.findings.map((one) => `${one.code}:${one.level}`).join("+"),
    worker: row.worker_name,
    voided_on: frame(row.voided_on),
  };
  return { kind: "visit", subject: row.id, digest: row.voided_on ? "visit/voided" : "visit/recorded", body };
}

/** People to send: all, those of a retry, or whoever is new or changed since the last answer; never while one is on its way. */
async function peopleToSend(ctx: Context, home: string, kind: BatchRow["kind"], wanted: ReadonlySet<string>) {
  const out: Content[] = [];
  for (let after = nobody; ; ) {
    const rows = await exportPeople(ctx.tx, home, after, PAGE);
    if (rows.length === 0) return out;
    after = rows.at(-1)?.person_id ?? after;
    const candidates = kind === "retry" ? rows.filter((row) => wanted.has(row.person_id)) : rows;
    const contents = await peopleContent(ctx, candidates);
    const last = await lastSent(
      ctx.tx,
      home,
      contents.map((one) => one.subject),
    );
    for (const one of contents) {
      const before = last.get(one.subject);
      if (kind === "incremental" && before && (before.state === "sent" || before.digest === one.digest)) continue;
      out.push({ ...one, body: { ...one.body, change: before?.state === "accepted" ? "changed" : "new" } });
    }
  }
}

async function visitsToSend(ctx: Context, home: string, kind: BatchRow["kind"], wanted: readonly string[]) {
  if (kind === "retry") return (await visitsById(ctx.tx, home, wanted)).map(visitContent);
  const out: Content[] = [];
  for (let after = nobody; ; ) {
    const rows = await exportVisits(ctx.tx, home, { everything: kind === "full", after, limit: PAGE });
    if (rows.length === 0) return out;
    after = rows.at(-1)?.id ?? after;
    for (const row of rows) out.push(visitContent(row));
  }
}

const prepare = handle(prepareExport)(async (input, ctx) => {
  const home = county(ctx);
  const number = (await lastNumber(ctx.tx, home)) + 1;
  if (input.kind === "retry" && (!input.of || (await loadBatch(ctx.tx, input.of))?.home_code !== home))
    return ctx.fail("visiting-care/unknown-export", { id: input.of ?? null });
  const waits =
    input.kind === "full"
      ? await isOutstanding(ctx.tx, home)
      : input.kind === "retry" && (await isOutstanding(ctx.tx, home, input.of));
  if (waits) return ctx.fail("visiting-care/receipt-outstanding", { kind: input.kind });
  const again = input.kind === "retry" && input.of ? await rejectedOf(ctx.tx, home, input.of) : [];
  const ids = (kind: "person" | "visit") => again.filter((one) => one.kind === kind).map((one) => one.subject_id);
  const persons = await peopleToSend(ctx, home, input.kind, new Set(ids("person")));
  const visits = await visitsToSend(ctx, home, input.kind, ids("visit"));
  if (persons.length + visits.length === 0) return ctx.fail("visiting-care/nothing-to-export", { kind: input.kind });
  const id = ctx.newId();
  const hash = createHash("sha256");
  const lines: LineRow[] = [...persons, ...visits].map((one, at) => {
    const body = canonical({ row: String(at + 1), ...one.body });
    hash.update(body).update("\n");
    return {
      home_code: home,
      batch_id: id,
      ordinal: at + 1,
      division_code: ctx.actor.division ?? home,
      kind: one.kind,
      subject_id: one.subject,
      digest: one.digest,
      sealed: seal(ctx.house.keys, body, place(id, at + 1)),
    };
  });
  const row: BatchRow = {
    home_code: home,
    id,
    division_code: ctx.actor.division ?? home,
    number,
    kind: input.kind,
    layout: exportLayout,
    prepared_at: ctx.now,
    persons: persons.length,
    visits: visits.length,
    accepted: 0,
    rejected: 0,
    digest: hash.digest("hex"),
  };
  await insertBatch(ctx.tx, row);
  for (let at = 0; at < lines.length; at += PAGE) await insertLines(ctx.tx, lines.slice(at, at + PAGE));
  const { persons: people, visits: acts, digest } = row;
  ctx.journal(
    "export-prepared",
    { kind: "export", id, home, division: row.division_code },
    { number, kind: input.kind, persons: people, visits: acts, digest },
  );
  return { id, number, persons: people, visits: acts, digest };
});

type Code = "visiting-care/county-only" | "visiting-care/unknown-export";

async function ownBatch(ctx: Context<Code>, id: string): Promise<BatchRow> {
  const home = county(ctx);
  const batch = await loadBatch(ctx.tx, id);
  if (batch?.home_code !== home) return ctx.fail("visiting-care/unknown-export", { id });
  return batch;
}

const download = handle(downloadExport)(async (input, ctx) => {
  const batch = await ownBatch(ctx, input.id);
  const lines = await linesOf(ctx.tx, batch.home_code, batch.id);
  const bodies = (kind: "person" | "visit") =>
    lines
      .filter((line) => line.kind === kind)
      .map((line) => JSON.parse(unseal(ctx.house.keys, line.sealed, place(batch.id, line.ordinal))) as ExportBody);
  const zip = await exportZip(
    {
      layout: batch.layout,
      batch: batch.id,
      number: batch.number,
      kind: batch.kind,
      county: batch.home_code,
      preparedAt: batch.prepared_at.toISOString(),
      digest: batch.digest,
    },
    bodies("person"),
    bodies("visit"),
  );
  ctx.journal(
    "export-downloaded",
    { kind: "export", id: batch.id, home: batch.home_code, division: batch.division_code },
    { number: batch.number, rows: lines.length, sealed: input.passphrase !== undefined },
  );
  const name = `elderly-${batch.home_code}-${String(batch.number).padStart(4, "0")}`;
  return input.passphrase === undefined
    ? { fileName: `${name}.zip`, contentType: "application/zip", body: zip }
    : { fileName: `${name}.zip.szx`, contentType: "application/octet-stream", body: sealFile(zip, input.passphrase) };
});

const receipt = handle(recordReceipt)(async (input, ctx) => {
  const batch = await ownBatch(ctx, input.id);
  const bare = input.rows.find((row) => !row.accepted && !row.reason);
  if (bare) return ctx.fail("visiting-care/reason-missing", { row: bare.row });
  const known = new Map(
    (
      await answersOf(
        ctx.tx,
        batch.home_code,
        batch.id,
        input.rows.map((row) => row.row),
      )
    ).map((one) => [one.ordinal, one.state]),
  );
  const seen = new Set<number>();
  for (const { row, accepted } of input.rows) {
    const state = known.get(row);
    if (state === undefined) return ctx.fail("visiting-care/unknown-row", { row, rows: batch.persons + batch.visits });
    // The same answer again is no news; another one would rewrite what was answered.
    if (seen.has(row) || (state !== "sent" && state !== (accepted ? "accepted" : "rejected")))
      return ctx.fail("visiting-care/row-settled", { row, state });
    seen.add(row);
  }
  const fresh = input.rows
    .filter((row) => known.get(row.row) === "sent")
    .map((row) => ({
      ordinal: row.row,
      state: row.accepted ? ("accepted" as const) : ("rejected" as const),
      reason: row.accepted ? null : (row.reason ?? null),
    }));
  await settleLines(ctx.tx, batch, fresh, input.restAccepted, ctx.now);
  const after = (await loadBatch(ctx.tx, batch.id)) ?? batch;
  const outstanding = after.persons + after.visits - after.accepted - after.rejected;
  ctx.journal(
    "export-receipt-recorded",
    { kind: "export", id: batch.id, home: batch.home_code, division: batch.division_code },
    { number: batch.number, accepted: after.accepted, rejected: after.rejected, outstanding },
  );
  return { id: batch.id, accepted: after.accepted, rejected: after.rejected, outstanding };
});

const list = handle(listExports)(async (input, ctx) => {
  const rows = await batchPage(ctx.tx, {
    id: input.id,
    after: readCursor(input.after, ["instant", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const exports = [];
  for (const row of shown) {
    const bad = input.id ? await rejectedLines(ctx.tx, row.home_code, row.id) : [];
    exports.push({
      id: row.id,
      number: row.number,
      kind: row.kind,
      layout: row.layout,
      preparedAt: row.prepared_at.toISOString(),
      persons: row.persons,
      visits: row.visits,
      accepted: row.accepted,
      rejected: row.rejected,
      outstanding: row.persons + row.visits - row.accepted - row.rejected,
      digest: row.digest,
      rejectedRows: bad.map((one) => ({
        row: one.ordinal,
        kind: one.kind,
        subjectId: one.subject_id,
        reason: one.reason ?? "",
      })),
    });
  }
  return {
    exports,
    next: rows.length > input.limit && last ? writeCursor([last.prepared_at, last.id]) : null,
  };
});

export const exportHandlers = [prepare, download, receipt, list];
