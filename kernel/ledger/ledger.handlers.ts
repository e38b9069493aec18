import { readCursor, writeCursor } from "../operation/cursor.ts";
import { handle } from "../operation/handle.ts";
import { type AccountRow, accountsOf } from "./account.ts";
import {
  type LedgerAccount,
  ledgerBalance,
  listAccounts,
  listPostings,
  traceLedger,
  traceSerial,
} from "./ledger.contract.ts";
import { accountPage, balanceOf, balancesOf, entriesOf, postingPage, type RecordedEntry } from "./queries.ts";
import { serialMoves } from "./serials.ts";
import { type Path, traceBack, traceForward } from "./trace.ts";

function accountLine(row: AccountRow): LedgerAccount {
  return {
    id: row.id,
    division: row.division_code,
    ownerKind: row.owner_kind,
    owner: row.owner_name,
    kind: row.kind,
    asset: row.asset,
    assetName: row.asset_name,
    unit: row.unit,
    purpose: row.purpose_name,
    restricted: row.restricted,
    openedOn: row.opened_on,
  };
}

function entryLine(row: RecordedEntry) {
  return {
    entryId: row.id,
    on: row.effective_on,
    recordedAt: row.recorded_at.toISOString(),
    cause: row.cause,
    subjectId: row.subject_id,
    command: row.command,
    evidence: row.evidence,
    correctionOf: row.correction_of,
    correctedBy: row.corrected_by,
    counterpart: row.counterpart,
  };
}

const balance = handle(ledgerBalance)(async (input, ctx) => {
  const row = (await accountsOf(ctx.tx, [input.account])).get(input.account);
  if (!row) return ctx.fail("ledger/unknown-account", { account: input.account });
  const asOf = input.asOf ?? input["as-of"];
  return { ...accountLine(row), balance: await balanceOf(ctx.tx, row, asOf), asOf: asOf ?? null };
});

const list = handle(listAccounts)(async (input, ctx) => {
  const rows = await accountPage(ctx.tx, {
    organisation: input.organisationId,
    kind: input.kind,
    asset: input.asset,
    after: readCursor(input.after, ["text", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const balances = await balancesOf(ctx.tx, shown);
  const last = shown.at(-1);
  return {
    accounts: shown.map((row) => ({ ...accountLine(row), balance: balances.get(row.id) ?? 0 })),
    next: last && rows.length > input.limit ? writeCursor([last.owner_name, last.id]) : null,
  };
});

const postings = handle(listPostings)(async (input, ctx) => {
  const row = (await accountsOf(ctx.tx, [input.account])).get(input.account);
  if (!row) return ctx.fail("ledger/unknown-account", { account: input.account });
  const found = await postingPage(ctx.tx, row.id, readCursor(input.after, ["id", "number"]), input.limit + 1);
  const shown = found.slice(0, input.limit);
  const heads = await entriesOf(
    ctx.tx,
    shown.map((one) => one.entry_id),
  );
  const last = shown.at(-1);
  return {
    account: accountLine(row),
    balance: await balanceOf(ctx.tx, row),
    postings: shown.flatMap((one) => {
      const head = heads.get(one.entry_id);
      return head ? [{ ...entryLine(head), posting: `${one.entry_id}.${one.line}`, amount: one.amount }] : [];
    }),
    next: last && found.length > input.limit ? writeCursor([last.entry_id, last.line]) : null,
  };
});

function pathLine(path: Path) {
  return {
    steps: path.steps.map((step) => ({
      entryId: step.entry.id,
      on: step.entry.effective_on,
      cause: step.entry.cause,
      subjectId: step.entry.subject_id,
      from: accountLine(step.from),
      to: accountLine(step.to),
      amount: step.amount,
      unit: step.from.unit,
      depth: step.depth,
    })),
    rests: path.rests.map((rest) => ({ account: accountLine(rest.account), amount: rest.amount })),
    truncated: path.truncated,
  };
}

const trace = handle(traceLedger)(async (input, ctx) => {
  const [entryId = ""] = input.posting.split(".");
  const head = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(entryId)
    ? (await entriesOf(ctx.tx, [entryId])).get(entryId)
    : undefined;
  if (!head) return ctx.fail("ledger/unknown-entry", { entry: input.posting });
  // Whoever may see the entry may see its way, which leads through other registers.
  const [source, end] = await ctx.tx.lookup(async (tx) => [
    await traceBack(tx, entryId),
    await traceForward(tx, entryId),
  ]);
  return { entry: entryLine(head), source: pathLine(source as Path), end: pathLine(end as Path) };
});

const serial = handle(traceSerial)(async (input, ctx) => {
  const moves = await serialMoves(ctx.tx, input.serial, input.asset);
  const accounts = await accountsOf(
    ctx.tx,
    moves.flatMap((move) => [move.from_account, move.to_account]),
  );
  const seen = (id: string) => accountLine(accounts.get(id) as AccountRow);
  return {
    pieces: [...new Set(moves.map((move) => move.asset))].flatMap((asset) => {
      const own = moves.filter(
        (move) => move.asset === asset && accounts.has(move.from_account) && accounts.has(move.to_account),
      );
      const last = own.at(-1);
      if (!last) return [];
      return [
        {
          asset,
          at: seen(last.to_account),
          moves: own.map((move) => ({
            entryId: move.entry_id,
            on: move.effective_on,
            from: seen(move.from_account),
            to: seen(move.to_account),
          })),
        },
      ];
    }),
  };
});

/** The ledger as it is read (台账查询); what posts are the rooms. */
export const ledgerHandlers = [balance, list, postings, trace, serial];
