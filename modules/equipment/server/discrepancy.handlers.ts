import { addDays } from "../../../kernel/clock/date.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { rectifyDuty } from "../equipment.duties.ts";
import { discrepancyStates } from "../equipment.shapes.ts";
import {
  assignMeasure,
  closeDiscrepancy,
  type DiscrepancyLine,
  getDiscrepancy,
  listDiscrepancies,
  markDone,
  openDiscrepancy,
  reopenDiscrepancy,
  verifyDiscrepancy,
} from "../oversight.contract.ts";
import {
  countDiscrepancies,
  discrepancyPage,
  holdDiscrepancy,
  loadDiscrepancy,
  ownerIn,
  updateDiscrepancy,
} from "./discrepancy.queries.ts";
import { type DiscrepancyRow, openDiscrepancies } from "./discrepancy.store.ts";
import { eventLine, eventsOf, recordEvents } from "./events.store.ts";
import { settleOverdue } from "./oversight.escalation.ts";
import {
  filesArrived,
  holdOverseen,
  movePieces,
  namesOfDivisions,
  overseen,
  pieceOf,
  piecesIn,
} from "./oversight.store.ts";
import { officeOf } from "./oversight.verify.ts";

type State = DiscrepancyRow["state"];
type Code =
  | "equipment/unknown-discrepancy"
  | "equipment/not-your-register"
  | "equipment/not-your-home"
  | "equipment/discrepancy-state"
  | "equipment/discrepancy-changed";

const linkOf = (id: string) => `/equipment/discrepancies/${id}`;
const subjectOf = (row: DiscrepancyRow) => ({
  kind: "equipment-discrepancy",
  id: row.id,
  home: row.home_code,
  division: row.division_code,
});

/** Whether somebody is late with it: what is done and only waits to be verified is not. */
const isLate = (row: DiscrepancyRow, today: string) =>
  (row.state === "open" || row.state === "measured") && row.due_on < today;

function lineOf(row: DiscrepancyRow, names: ReadonlyMap<string, string>, today: string): DiscrepancyLine {
  return {
    id: row.id,
    careHomeId: row.care_home_id,
    careHome: row.care_home_name,
    division: row.division_code,
    divisionName: names.get(row.division_code) ?? row.division_code,
    shipmentId: row.shipment_id,
    kind: row.kind,
    item: row.item,
    quantity: row.quantity,
    source: row.source,
    description: row.description,
    state: row.state,
    owner: row.owner_name,
    ownerAccountId: row.owner_id,
    openedOn: row.opened_on,
    dueOn: row.due_on,
    late: isLate(row, today),
    measure: row.measure,
    term: row.term,
    proof: row.proof,
    photoIds: [...row.photo_ids],
    reopened: row.reopened,
    version: row.version,
  };
}

/** Holds a discrepancy of one's own register in a state in which the step may be taken; of two at once one gets it. */
async function held(ctx: Context<Code>, input: { id: string; version?: number | undefined }, from: readonly State[]) {
  const known = await loadDiscrepancy(ctx.tx, input.id);
  if (!known) return ctx.fail("equipment/unknown-discrepancy", { id: input.id });
  if (known.home_code !== ctx.actor.home)
    return ctx.actor.role === "worker"
      ? ctx.fail("equipment/not-your-home", { division: known.division_code })
      : ctx.fail("equipment/not-your-register", { division: known.division_code });
  const row = (await holdDiscrepancy(ctx.tx, input.id)) ?? known;
  if (!from.includes(row.state)) return ctx.fail("equipment/discrepancy-state", { state: row.state, from });
  if (input.version !== undefined && input.version !== row.version)
    return ctx.fail("equipment/discrepancy-changed", { version: row.version });
  return row;
}

interface Told {
  readonly event: string;
  readonly note?: string | null | undefined;
  readonly photoIds?: readonly string[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Writes a step of the life of a discrepancy with its history. */
async function move(ctx: Context<Code>, before: DiscrepancyRow, change: Partial<DiscrepancyRow>, told: Told) {
  const after = { ...before, ...change, version: before.version + 1 };
  if ((await updateDiscrepancy(ctx.tx, before, after)) !== 1)
    return ctx.fail("equipment/discrepancy-changed", { version: before.version });
  recordEvents(ctx, [
    {
      home: after.home_code,
      division: after.division_code,
      careHomeId: after.care_home_id,
      subject: after.id,
      event: told.event,
      quantity: after.quantity,
      photoIds: told.photoIds ?? [],
      note: told.note ?? null,
      facts: { from: before.state, to: after.state, ...told.facts },
    },
  ]);
  ctx.journal(told.event, subjectOf(after), { from: before.state, to: after.state, ...told.facts });
  return { id: after.id, state: after.state, version: after.version };
}

/** The duty of a discrepancy, anew: whoever has it now, until when. */
function renewDuty(ctx: Context<Code>, row: DiscrepancyRow, assignee: string | null, due: string): void {
  openDuties(ctx, [
    {
      kind: rectifyDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: row.care_home_name,
      assignee,
      link: linkOf(row.id),
      due,
    },
  ]);
}

const open = handle(openDiscrepancy)(async (input, ctx) => {
  const home = await overseen(ctx.tx, input.careHomeId);
  if (!home) return ctx.fail("equipment/unknown-home", { id: input.careHomeId });
  if (home.home_code !== ctx.actor.home) return ctx.fail("equipment/not-your-home", { division: home.division_code });
  if (input.dueOn && input.dueOn < ctx.today)
    return ctx.fail("equipment/due-past", { due: input.dueOn, today: ctx.today });
  if (!(await filesArrived(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", {});
  await holdOverseen(ctx.tx, home.id);
  const piece = input.itemId ? (await piecesIn(ctx.tx, home.id)).find((one) => one.id === input.itemId) : undefined;
  if (input.itemId && !piece) return ctx.fail("equipment/unknown-item", { id: input.itemId });
  const [id = ""] = openDiscrepancies(
    ctx,
    { home: home.home_code, division: home.division_code, careHomeId: home.id, careHome: home.name },
    await officeOf(ctx.tx, home.home_code, ctx.today),
    [
      {
        kind: input.kind,
        item: piece?.item ?? input.item ?? null,
        quantity: input.quantity,
        source: "report",
        description: input.description,
        itemId: input.itemId ?? null,
        photoIds: input.photoIds,
        ...(input.dueOn ? { dueOn: input.dueOn } : {}),
      },
    ],
  );
  ctx.journal(
    "discrepancy-opened",
    { kind: "equipment-discrepancy", id, home: home.home_code, division: home.division_code },
    { kind: input.kind, source: "report" },
  );
  return { id, state: "open", version: 1 };
});

const assign = handle(assignMeasure)(async (input, ctx) => {
  const row = await held(ctx, input, ["open", "measured"]);
  if (input.dueOn < ctx.today) return ctx.fail("equipment/due-past", { due: input.dueOn, today: ctx.today });
  const name = input.ownerAccountId
    ? await ownerIn(ctx.tx, input.ownerAccountId, row.home_code, ctx.today)
    : await officeOf(ctx.tx, row.home_code, ctx.today);
  if (name === undefined) return ctx.fail("equipment/unknown-owner", { id: input.ownerAccountId });
  cancelDuty(ctx, rectifyDuty, row.home_code, row.id, "measure-named");
  renewDuty(ctx, row, input.ownerAccountId ?? null, input.dueOn);
  // A new day was agreed on: what the offices above had been told is answered.
  settleOverdue(ctx, row.home_code, [row.id]);
  return move(
    ctx,
    row,
    {
      state: "measured",
      measure: input.measure,
      term: input.term,
      owner_id: input.ownerAccountId ?? null,
      owner_name: name,
      due_on: input.dueOn,
      escalated: 0,
    },
    {
      event: "discrepancy-measured",
      note: input.measure,
      facts: { term: input.term, dueOn: input.dueOn, owner: input.ownerAccountId ?? null },
    },
  );
});

const done = handle(markDone)(async (input, ctx) => {
  const row = await held(ctx, input, ["measured"]);
  if (!(await filesArrived(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", {});
  fulfilDuty(ctx, rectifyDuty, row.home_code, row.id);
  settleOverdue(ctx, row.home_code, [row.id]);
  const days = Number(ctx.house.settings.on("equipment.confirm-rectified-days", ctx.today, row.division_code));
  renewDuty(ctx, row, null, addDays(ctx.today, days));
  return move(
    ctx,
    row,
    {
      state: "done",
      proof: input.proof,
      photo_ids: [...new Set([...row.photo_ids, ...input.photoIds])],
      done_by: ctx.actor.accountId,
      done_on: ctx.today,
    },
    {
      event: "discrepancy-done",
      note: input.proof,
      photoIds: input.photoIds,
      facts: { onTime: ctx.today <= row.due_on },
    },
  );
});

const verify = handle(verifyDiscrepancy)(async (input, ctx) => {
  const row = await held(ctx, input, ["done"]);
  if (row.done_by !== null && row.done_by === ctx.actor.accountId) return ctx.fail("equipment/same-hand", {});
  return move(
    ctx,
    row,
    { state: "verified", verified_by: ctx.actor.accountId, verified_on: ctx.today },
    { event: "discrepancy-verified", note: input.note },
  );
});

const close = handle(closeDiscrepancy)(async (input, ctx) => {
  const row = await held(ctx, input, ["verified"]);
  await holdOverseen(ctx.tx, row.care_home_id);
  const pieces = row.item_id ? await piecesIn(ctx.tx, row.care_home_id) : [];
  const mended = pieces.filter((one) => one.id === row.item_id && one.state === "discrepancy");
  movePieces(
    ctx,
    { home: row.home_code, careHomeId: row.care_home_id },
    mended,
    mended.map((piece) => ({ piece: pieceOf(piece), events: ["rectify"], to: "verified" })),
  );
  recordEvents(
    ctx,
    mended.map((piece) => ({
      home: row.home_code,
      division: row.division_code,
      careHomeId: row.care_home_id,
      subject: piece.id,
      event: "rectify",
      quantity: 1,
      serials: [piece.serial_no],
      note: row.proof,
      facts: { discrepancy: row.id },
    })),
  );
  fulfilDuty(ctx, rectifyDuty, row.home_code, row.id);
  await countDiscrepancies(ctx.tx, row, -1);
  return move(
    ctx,
    row,
    { state: "closed", closed_on: ctx.today },
    { event: "discrepancy-closed", note: input.note, facts: { mended: mended.map((piece) => piece.serial_no) } },
  );
});

const reopen = handle(reopenDiscrepancy)(async (input, ctx) => {
  const row = await held(ctx, input, ["done", "verified", "closed"]);
  if (input.dueOn && input.dueOn < ctx.today)
    return ctx.fail("equipment/due-past", { due: input.dueOn, today: ctx.today });
  const days = Number(ctx.house.settings.on("equipment.rectify-days", ctx.today, row.division_code));
  const due = input.dueOn ?? addDays(ctx.today, days);
  cancelDuty(ctx, rectifyDuty, row.home_code, row.id, "reopened");
  renewDuty(ctx, row, row.owner_id, due);
  await holdOverseen(ctx.tx, row.care_home_id);
  if (row.state === "closed") {
    await countDiscrepancies(ctx.tx, row, 1);
    // What recurs takes the piece back where it was before it was found right.
    const pieces = row.item_id ? await piecesIn(ctx.tx, row.care_home_id) : [];
    const again = pieces.filter((one) => one.id === row.item_id && ["verified", "in_use"].includes(one.state));
    movePieces(
      ctx,
      { home: row.home_code, careHomeId: row.care_home_id },
      again,
      again.map((piece) => ({ piece: pieceOf(piece), events: ["spot_check_missing"], to: "discrepancy" })),
    );
    recordEvents(
      ctx,
      again.map((piece) => ({
        home: row.home_code,
        division: row.division_code,
        careHomeId: row.care_home_id,
        subject: piece.id,
        event: "discrepancy-reopened",
        quantity: 1,
        serials: [piece.serial_no],
        note: input.reason,
        facts: { discrepancy: row.id },
      })),
    );
  }
  return move(
    ctx,
    row,
    {
      state: "open",
      due_on: due,
      done_by: null,
      done_on: null,
      verified_by: null,
      verified_on: null,
      closed_on: null,
      escalated: 0,
      reopened: row.reopened + 1,
    },
    { event: "discrepancy-reopened", note: input.reason, facts: { dueOn: due, reopened: row.reopened + 1 } },
  );
});

/** What still has to be looked after; what is closed is asked for by its state. */
const unsettled = discrepancyStates.filter((state) => state !== "closed");

const list = handle(listDiscrepancies)(async (input, ctx) => {
  const rows = await discrepancyPage(ctx.tx, {
    division: input.division,
    careHomeId: input.careHomeId,
    kind: input.kind,
    states: input.state === undefined ? unsettled : [input.state].flat(),
    late: input.late,
    today: ctx.today,
    after: readCursor(input.after, ["day", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const names = await namesOfDivisions(
    ctx.tx,
    shown.map((row) => row.division_code),
    ctx.today,
  );
  const last = shown.at(-1);
  return {
    discrepancies: shown.map((row) => lineOf(row, names, ctx.today)),
    next: rows.length > input.limit && last ? writeCursor([last.due_on, last.id]) : null,
  };
});

const get = handle(getDiscrepancy)(async (input, ctx) => {
  const row = await loadDiscrepancy(ctx.tx, input.id);
  if (!row) return ctx.fail("equipment/unknown-discrepancy", { id: input.id });
  const [names, events] = [
    await namesOfDivisions(ctx.tx, [row.division_code], ctx.today),
    await eventsOf(ctx.tx, row.id),
  ];
  return {
    ...lineOf(row, names, ctx.today),
    timeline: events.map(eventLine),
    facts: {
      itemId: row.item_id,
      doneOn: row.done_on,
      verifiedOn: row.verified_on,
      closedOn: row.closed_on,
      escalated: row.escalated,
    },
  };
});

export const discrepancyHandlers = [open, assign, done, verify, close, reopen, list, get];
