import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { correct, publish } from "../../../kernel/publication/publication.ts";
import {
  getBatch,
  getProgramme,
  listChanges,
  listEvents,
  listPledges,
  listProgrammes,
  listTotals,
  listUses,
  publishEvent,
} from "../donations.lists.contract.ts";
import { eventsCollection } from "./donations.publication.ts";
import { figuresOfUses, giftFigures } from "./donations.queries.ts";
import {
  type BatchRow,
  batchesOf,
  changePage,
  eventsNamed,
  keepEvent,
  loadBatch,
  pledgePage,
  programmePage,
  publishedEvents,
  totalsKept,
  usePage,
} from "./lists.store.ts";
import { loadProgramme, type ProgrammeRow } from "./purposes.store.ts";

/** A page and where the next one begins. */
function paged<Row>(rows: readonly Row[], limit: number, place: (last: Row) => readonly string[]) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: last !== undefined && rows.length > limit ? writeCursor(place(last)) : null };
}

const uses = handle(listUses)(async (input, ctx) => {
  const rows = await usePage(ctx.tx, {
    kind: input.kind,
    event: input.event,
    after: readCursor(input.after, ["day", "id"]),
    limit: input.limit + 1,
  });
  const { shown, next } = paged(rows, input.limit, (row) => [row.used_on, row.id]);
  return {
    uses: shown.map((row) => ({
      id: row.id,
      division: row.division_code,
      owner: row.owner_name,
      kind: row.kind,
      on: row.used_on,
      amountFen: row.amount_fen,
      item: row.item,
      unit: row.unit,
      quantity: row.quantity,
      purpose: row.purpose,
      recipient: row.recipient,
      description: row.description,
      event: row.event,
      state: row.state,
      correctionReason: row.correction_reason,
      entryId: row.entry_id,
    })),
    next,
  };
});

const pledges = handle(listPledges)(async (input, ctx) => {
  const rows = await pledgePage(ctx.tx, readCursor(input.after, ["day", "id"]), input.limit + 1);
  const { shown, next } = paged(rows, input.limit, (row) => [row.pledged_on, row.id]);
  return {
    pledges: shown.map((row) => ({
      id: row.id,
      division: row.division_code,
      donor: row.donor_name,
      agreement: row.agreement,
      pledged: row.pledged_text,
      pledgedFen: row.pledged_fen,
      lowerFen: row.pledged_lower_fen,
      upperFen: row.pledged_upper_fen,
      purpose: row.purpose,
      on: row.pledged_on,
      dueOn: row.due_on,
      receivedCashFen: row.received_cash_fen,
      receivedGoodsValueFen: row.received_goods_value_fen,
    })),
    next,
  };
});

const programmeLine = (row: ProgrammeRow) => ({
  id: row.id,
  division: row.division_code,
  name: row.name,
  purpose: row.purpose,
  event: row.event,
  budgetFen: row.budget_fen,
  plannedFen: row.planned_fen,
});

const batchLine = (row: BatchRow) => ({
  id: row.id,
  programmeId: row.programme_id,
  programme: row.programme,
  division: row.division_code,
  plannedOn: row.planned_on,
  unitValueFen: row.unit_value_fen,
  totalFen: row.total_fen,
  served: row.ranked.length,
  leftOut: row.left_out.length,
});

const programmes = handle(listProgrammes)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const rows = await programmePage(ctx.tx, after, input.limit + 1);
  const { shown, next } = paged(rows, input.limit, (row) => [row.id]);
  return { programmes: shown.map(programmeLine), next };
});

const programme = handle(getProgramme)(async (input, ctx) => {
  const row = await loadProgramme(ctx.tx, input.id);
  if (!row) return ctx.fail("donations/programme-unknown", { programme: input.id });
  return { ...programmeLine(row), batches: (await batchesOf(ctx.tx, row.id)).map(batchLine) };
});

const batch = handle(getBatch)(async (input, ctx) => {
  const row = await loadBatch(ctx.tx, input.id);
  if (!row) return ctx.fail("donations/batch-unknown", { batch: input.id });
  return { ...batchLine(row), decisionId: row.decision_id, ranked: row.ranked, left: row.left_out };
});

const changes = handle(listChanges)(async (input, ctx) => {
  const rows = await changePage(ctx.tx, readCursor(input.after, ["day", "id"]), input.limit + 1);
  const { shown, next } = paged(rows, input.limit, (row) => [row.changed_on, row.id]);
  return {
    changes: shown.map((row) => ({
      id: row.id,
      division: row.division_code,
      from: row.from_purpose,
      to: row.to_purpose,
      amountFen: row.amount_fen,
      basis: row.basis,
      evidence: row.evidence,
      on: row.changed_on,
      decisionId: row.decision_id,
    })),
    next,
  };
});

async function figuresOfEvent(tx: Tx, division: string, event: string) {
  const gifts = await giftFigures(tx, { division, event });
  const used = await figuresOfUses(tx, { division, event });
  return {
    donations: gifts.donations,
    cashFen: gifts.cash,
    goodsValueFen: gifts.goods_value,
    goodsLines: gifts.goods_lines,
    goodsWithoutValue: gifts.goods_without_value,
    recipients: gifts.recipients,
    donorBodies: gifts.donor_bodies,
    usedCashFen: used.cash,
    usedGoodsLines: used.goods_lines,
  };
}

/** The division whose figures somebody publishes: that of the grant. */
const ownDivision = (ctx: Context) => ctx.actor.division ?? ctx.actor.home;

const differs = (old: Readonly<Record<string, unknown>> | undefined, now: object) =>
  old !== undefined && Object.entries(now).some(([field, value]) => old[field] !== value);

const events = handle(listEvents)(async (_input, given) => {
  const ctx = given as Context;
  const division = ownDivision(ctx);
  const published = await publishedEvents(ctx.tx, division);
  const out = [];
  for (const { event, first, last } of await eventsNamed(ctx.tx)) {
    const figures = await figuresOfEvent(ctx.tx, division, event);
    const old = published.get(event);
    out.push({
      event,
      from: first,
      to: last,
      ...figures,
      publishedOn: old?.published_on ?? null,
      changed: differs(old?.figures, figures),
    });
  }
  return { events: out };
});

const publishOne = handle(publishEvent)(async (input, given) => {
  const ctx = given as Context;
  const division = ownDivision(ctx);
  const figures = await figuresOfEvent(ctx.tx, division, input.event);
  if (figures.donations === 0) return given.fail("donations/event-unknown", { event: input.event });
  const old = (await publishedEvents(ctx.tx, division)).get(input.event)?.figures;
  const changed = differs(old, figures);
  if (changed && input.reason === undefined)
    return given.fail("donations/event-reason-missing", { event: input.event });
  const key = `${division}-${input.event}`;
  const item = {
    collection: eventsCollection,
    key,
    division,
    title: input.event,
    sortKey: `${ctx.today} ${key}`,
    body: { event: input.event, ...figures, asOf: ctx.today },
  };
  if (changed) correct(ctx, item, input.reason ?? "");
  else if (old === undefined) publish(ctx, [item]);
  await keepEvent(ctx.tx, { home: ctx.actor.home, division, event: input.event, figures, on: ctx.today });
  ctx.journal(
    "donation-event-published",
    { kind: "donations", id: null, home: ctx.actor.home, division },
    { event: input.event, ...figures, changed },
  );
  return { key, changed };
});

const totals = handle(listTotals)(async (_input, ctx) => ({
  totals: (await totalsKept(ctx.tx)).map((row) => ({
    division: row.division_code,
    year: row.year,
    publishedOn: row.published_on,
    cashFen: row.figures.cashFen ?? 0,
    goodsValueFen: row.figures.goodsValueFen ?? 0,
  })),
}));

/** Lists beside the gifts themselves (其他列表). */
export const listHandlers = [uses, pledges, programmes, programme, batch, changes, events, publishOne, totals];
