import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { accountsOf, openAccounts, postAll } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { recordItemEvent } from "../delivery.contract.ts";
import { homeAccount, piecesOf } from "./accounts.ts";
import { itemPlace, loadItem, lockItem, setItemState, spelledSerial } from "./delivery.store.ts";
import { eventById, recordEvents } from "./events.store.ts";
import { arrivedFiles, loadHome } from "./homes.store.ts";
import { summarise } from "./oversight.store.ts";
import { stateAfter } from "./sign.pieces.ts";

const record = handle(recordItemEvent)(async (input, ctx) => {
  const known = input.id ? await eventById(ctx.tx, input.id) : undefined;
  if (input.id && known) {
    const item = await loadItem(ctx.tx, known.subject_id);
    if (item) return { id: input.id, itemId: item.id, state: item.state, entryId: known.entry_id };
  }
  const item = await lockItem(ctx.tx, ctx.actor.home, input.itemId);
  if (!item) {
    const place = await ctx.tx.lookup((tx) => itemPlace(tx, input.itemId));
    if (!place) return ctx.fail("equipment/unknown-item", { id: input.itemId });
    return ctx.fail("equipment/not-your-home", {});
  }
  const holdAt = { home: item.home_code, division: item.division_code };
  if (input.event === "scrap" && ctx.actor.role === "worker") return ctx.fail("equipment/scrap-by-officer", { holdAt });
  if ((input.event === "scrap" || input.event === "fault") && input.note === undefined)
    return ctx.fail("equipment/note-missing", { field: "note", holdAt });
  if (!(await arrivedFiles(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", { holdAt });
  const state = stateAfter(ctx, item.state, input.event);
  if (!state)
    return ctx.fail("equipment/item-state", { serial: item.serial_no, from: item.state, event: input.event, holdAt });
  const home = await loadHome(ctx.tx, item.care_home_id);
  const id = input.id ?? ctx.newId();
  const scrapped = state === "scrapped" && item.account_id !== null && home !== undefined;
  const entryId = scrapped ? ctx.newId() : null;
  ctx.later(async (tx) => {
    let account = item.account_id;
    if (entryId && home && account) {
      const from = (await accountsOf(tx, [account])).get(account);
      if (!from) throw new Error("the account of a piece is not there");
      const place = { home: item.home_code, division: item.division_code, id: home.id, name: home.name };
      const [to] = await openAccounts(ctx as Context, [homeAccount(place, "scrapped", piecesOf(from))], tx);
      if (!to) throw new Error("an account was opened");
      await postAll(
        ctx as Context,
        [
          {
            id: entryId,
            on: dateInShanghai(ctx.happenedAt),
            cause: "equipment.scrapped",
            subject: item.id,
            lines: [
              { account: from, amount: -1 },
              { account: to, amount: 1 },
            ],
            serials: [await spelledSerial(tx, from, item.serial_no)],
          },
        ],
        tx,
      );
      account = to.id;
    }
    await setItemState(tx, { home_code: item.home_code, id: item.id, state, account_id: account });
    await summarise(ctx, tx, { home: item.home_code, careHomeId: item.care_home_id });
  });
  recordEvents(ctx as Context, [
    {
      id,
      home: item.home_code,
      division: item.division_code,
      careHomeId: item.care_home_id,
      subject: item.id,
      event: input.event,
      quantity: 1,
      serials: [item.serial_no],
      photoIds: input.photoIds,
      place: input.place ?? null,
      note: input.note ?? null,
      facts: { from: item.state, to: state },
      entryId,
    },
  ]);
  ctx.journal(
    "equipment-item-event",
    { kind: "care_home", id: item.care_home_id, home: item.home_code, division: item.division_code },
    { item: item.id, event: input.event, from: item.state, to: state },
  );
  return { id, itemId: item.id, state, entryId };
});

export const itemHandlers = [record];
