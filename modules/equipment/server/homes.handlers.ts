import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { defineSheetImport, type RowRemark, type RowVerdict } from "../../../kernel/sheet/import.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { batchClass } from "../equipment.rules.ts";
import { changeHome, recordHome } from "../homes.contract.ts";
import { recordEvents } from "./events.store.ts";
import {
  batchFacts,
  divisionFault,
  type HomeInput,
  homeFlags,
  homeRow,
  maskContact,
  servedItems,
  sizeClassOf,
} from "./homes.record.ts";
import {
  divisionNames,
  type HomeRow,
  homeNamed,
  insertHomes,
  loadHome,
  moveHomeRows,
  removeUntouched,
  shipmentsOnTheWay,
  untouched,
  updateHome,
} from "./homes.store.ts";

function sealContact(ctx: Context, rows: readonly { row: HomeRow; contact: string | undefined }[]): void {
  sealFields(
    ctx,
    rows.flatMap(({ row, contact }) =>
      contact
        ? [
            {
              home: row.home_code,
              division: row.division_code,
              subject: row.id,
              field: "contact",
              value: contact,
              masked: maskContact(contact),
            },
          ]
        : [],
    ),
  );
}

function tell(
  ctx: Context,
  rows: readonly HomeRow[],
  event: "home-recorded" | "home-changed",
  note: string | null,
): void {
  recordEvents(
    ctx,
    rows.map((row) => ({
      home: row.home_code,
      division: row.division_code,
      careHomeId: row.id,
      subject: row.id,
      event,
      note,
      facts: { residents: row.residents, sizeClass: row.size_class, served: row.served_items },
    })),
  );
}

const record = handle(recordHome)(async (input, ctx) => {
  const known = new Set((await divisionNames(ctx.tx, [significant(input.division)])).keys());
  const fault = divisionFault(input, ctx.actor.home, known);
  if (fault) return ctx.fail(fault.code as "equipment/unknown-division", fault.facts ?? {});
  const fresh = homeRow(ctx, input, ctx.actor.home);
  const about = { subject: fresh.id, home: fresh.home_code, division: fresh.division_code };
  const { id: decisionId } = decide(ctx as Context, batchClass, batchFacts(fresh), about);
  const row = { ...fresh, decision_id: decisionId };
  const added = await insertHomes(ctx.tx, [row], ctx.now);
  if (!added.has(row.id)) return ctx.fail("equipment/home-known", { name: row.name, field: "name" });
  sealContact(ctx as Context, [{ row, contact: input.contact }]);
  tell(ctx as Context, [row], "home-recorded", null);
  ctx.journal("home-recorded", homeSubject(row), {
    name: row.name,
    residents: row.residents,
    sizeClass: row.size_class,
  });
  return { id: row.id, sizeClass: row.size_class, served: [...row.served_items], decisionId };
});

/** A home as the journal names it. */
export const homeSubject = (row: Pick<HomeRow, "id" | "home_code" | "division_code">) =>
  ({ kind: "care_home", id: row.id, home: row.home_code, division: row.division_code }) as const;

const change = handle(changeHome)(async (input, ctx) => {
  const before = await loadHome(ctx.tx, input.id);
  if (!before) return ctx.fail("equipment/unknown-home", { id: input.id });
  if (before.home_code !== ctx.actor.home)
    return ctx.fail("equipment/not-your-register", { division: before.division_code });
  const division = input.division === undefined ? before.division_code : significant(input.division);
  if (division !== before.division_code) {
    if (!(await divisionNames(ctx.tx, [division])).has(division))
      return ctx.fail("equipment/unknown-division", { division: input.division, field: "division" });
    if (division.length < 6 || homeOf(division) !== before.home_code)
      return ctx.fail("equipment/other-county", { division: input.division, field: "division" });
  }
  if (input.state === "closed" && before.state === "open") {
    const shipments = await shipmentsOnTheWay(ctx.tx, before.id);
    if (shipments > 0) return ctx.fail("equipment/on-the-way", { shipments });
  }
  const name = input.name ?? before.name;
  const [same] = await homeNamed(ctx.tx, before.home_code, [{ name, division }]);
  if (same && same.id !== before.id) return ctx.fail("equipment/home-known", { name, field: "name" });
  const changed: HomeRow = {
    ...before,
    version: input.version,
    division_code: division,
    name,
    kind: input.kind ?? before.kind,
    state: input.state ?? before.state,
    residents: input.residents ?? before.residents,
    beds: input.beds === undefined ? before.beds : input.beds,
    paired: input.paired ?? before.paired,
    poorest: input.poorest ?? before.poorest,
    flood_severity: input.floodSeverity === undefined ? before.flood_severity : input.floodSeverity,
    director: input.director ?? before.director,
    contact_masked: input.contact ? maskContact(input.contact) : before.contact_masked,
    latitude: input.latitude === undefined ? before.latitude : input.latitude,
    longitude: input.longitude === undefined ? before.longitude : input.longitude,
    served_items: input.served === undefined ? before.served_items : servedItems(input.served),
    served_batch: input.servedBatch ?? before.served_batch,
  };
  const counts = changed.residents !== before.residents || input.served !== undefined;
  const decisionId = counts
    ? decide(ctx as Context, batchClass, batchFacts(changed), {
        subject: before.id,
        home: before.home_code,
        division,
      }).id
    : before.decision_id;
  const row: HomeRow = {
    ...changed,
    flagged: homeFlags(changed).length,
    size_class: sizeClassOf(ctx, changed),
    decision_id: decisionId,
  };
  if ((await updateHome(ctx.tx, row)) !== 1) return ctx.fail("equipment/home-changed", { version: before.version });
  if (division !== before.division_code) ctx.later((tx) => moveHomeRows(tx, row.home_code, row.id, division));
  sealContact(ctx as Context, [{ row, contact: input.contact }]);
  tell(ctx as Context, [row], "home-changed", input.reason);
  ctx.journal("home-changed", homeSubject(row), { state: row.state, residents: row.residents, reason: input.reason });
  return { id: row.id, version: input.version + 1 };
});

export const homeHandlers = [record, change];

const nameKey = (one: { readonly name: string; readonly division: string }) =>
  JSON.stringify([one.name, significant(one.division)]);

function differences(before: HomeRow, after: HomeRow): Record<string, { from: unknown; to: unknown }> {
  const out: Record<string, { from: unknown; to: unknown }> = {};
  for (const field of ["kind", "residents", "beds", "paired", "poorest", "flood_severity", "director"] as const)
    if (before[field] !== after[field]) out[field] = { from: before[field], to: after[field] };
  return out;
}

/** What a sheet changes of a home that is known: what it names; what was served before stays as the county has it. */
function merged(ctx: Parameters<typeof sizeClassOf>[0], before: HomeRow, after: HomeRow, input: HomeInput): HomeRow {
  const row = {
    ...before,
    kind: after.kind,
    residents: after.residents,
    beds: after.beds ?? before.beds,
    paired: input.paired ?? before.paired,
    poorest: input.poorest ?? before.poorest,
    flood_severity: input.floodSeverity ?? before.flood_severity,
    director: after.director ?? before.director,
  };
  return { ...row, flagged: homeFlags(row).length, size_class: sizeClassOf(ctx, row) };
}

/** The set-based twin of `equipment.record-home` (批量登记机构): a home that is known by name and division is changed. */
export const homeSheet = defineSheetImport({
  operation: recordHome as never,
  keyOf: (input) => nameKey(input as HomeInput),
  async check(tx, actor, today, inputs, { house }) {
    const given = inputs as HomeInput[];
    const codes = new Set(
      (
        await divisionNames(
          tx,
          given.map((one) => significant(one.division)),
        )
      ).keys(),
    );
    const own = await homeNamed(
      tx,
      actor.home,
      given.map((one) => ({ name: one.name, division: significant(one.division) })),
    );
    const known = new Map(own.map((row) => [nameKey({ name: row.name, division: row.division_code }), row]));
    return given.map((input): RowVerdict => {
      const fault = divisionFault(input, actor.home, codes);
      if (fault) return { verdict: "bad", problems: [fault], warnings: [] };
      const before = known.get(nameKey(input));
      if (!before) return { verdict: "new", problems: [], warnings: [] };
      const ctx = { today, house };
      const after = merged(ctx, before, homeRow({ ...ctx, newId: () => before.id }, input, actor.home), input);
      const diff = differences(before, after);
      if (Object.keys(diff).length === 0) return { verdict: "same", problems: [], warnings: [] };
      return { verdict: "change", problems: [], warnings: [], diff };
    });
  },
  async commit(ctx, inputs) {
    const given = inputs as HomeInput[];
    const own = await homeNamed(
      ctx.tx,
      ctx.actor.home,
      given.map((one) => ({ name: one.name, division: significant(one.division) })),
    );
    const known = new Map(own.map((row) => [nameKey({ name: row.name, division: row.division_code }), row]));
    const rows = given.map((input) => {
      const fresh = homeRow(ctx, input, ctx.actor.home);
      const before = known.get(nameKey(input));
      const contact = input.contact;
      if (before) return { row: merged(ctx, before, fresh, input), fresh: false, contact };
      const about = { subject: fresh.id, home: fresh.home_code, division: fresh.division_code };
      const { id } = decide(ctx, batchClass, batchFacts(fresh), about);
      return { row: { ...fresh, decision_id: id }, fresh: true, contact };
    });
    await insertHomes(
      ctx.tx,
      rows.filter((one) => one.fresh).map((one) => one.row),
      ctx.now,
    );
    for (const { row, fresh } of rows) if (!fresh) await updateHome(ctx.tx, row);
    sealContact(ctx, rows);
    tell(
      ctx,
      rows.filter((one) => one.fresh).map((one) => one.row),
      "home-recorded",
      null,
    );
    return rows.map(({ row, fresh }) => ({ id: row.id, fresh }));
  },
  async undo(ctx, outcomes) {
    const ids = outcomes.filter((one) => one.fresh === true).map((one) => String(one.id));
    const free = await untouched(ctx.tx, ctx.actor.home, ids);
    ctx.later((tx) => removeUntouched(tx, ctx.actor.home, [...free]));
    return outcomes.map((one): null | RowRemark =>
      free.has(String(one.id)) ? null : { field: "name", code: "equipment/home-changed" },
    );
  },
});
