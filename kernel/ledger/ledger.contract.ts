import { z } from "zod";
import { defineQuery } from "../operation/define.ts";
import { date, facts, id, instant, page, text } from "../operation/shapes.ts";

const readers = ["registrar", "officer", "decider", "auditor", "administrator", "organisation"] as const;

const account = z.object({
  id,
  division: z.string(),
  ownerKind: z.enum(["organisation", "office", "care_home", "outside"]),
  owner: z.string(),
  kind: z.string(),
  asset: z.string(),
  assetName: z.string(),
  /** "fen" for money, else the unit goods are counted in: money and goods are never added. */
  unit: z.string(),
  purpose: z.string(),
  restricted: z.boolean(),
  openedOn: date,
});
export type LedgerAccount = z.infer<typeof account>;

/** Balance of an account (账户余额) now, or at the end of a day by the dates on which things happened. */
export const ledgerBalance = defineQuery("ledger.balance", {
  who: readers,
  input: z.object({ account: id, asOf: date.optional(), "as-of": date.optional() }),
  output: account.extend({ balance: z.int(), asOf: date.nullable() }),
  refusals: { "ledger/unknown-account": 404 },
});

const entry = z.object({
  entryId: id,
  on: date,
  recordedAt: instant,
  cause: z.string(),
  subjectId: id.nullable(),
  command: z.string(),
  evidence: facts,
  correctionOf: id.nullable(),
  correctedBy: id.nullable(),
  /** The entry of the other register, for what went from one to another. */
  counterpart: id.nullable(),
});

/** Accounts of one's division (台账账户), by owner, with their balances. */
export const listAccounts = defineQuery("ledger.list-accounts", {
  who: readers,
  input: z.object({ organisationId: id.optional(), kind: text(40).optional(), asset: text(300).optional(), ...page }),
  output: z.object({ accounts: z.array(account.extend({ balance: z.int() })), next: z.string().nullable() }),
});

/** Postings of one account (台账明细), newest first. */
export const listPostings = defineQuery("ledger.list-postings", {
  who: readers,
  input: z.object({ account: id, ...page }),
  output: z.object({
    account,
    balance: z.int(),
    postings: z.array(entry.extend({ posting: z.string(), amount: z.int() })),
    next: z.string().nullable(),
  }),
  refusals: { "ledger/unknown-account": 404 },
});

const step = z.object({
  entryId: id,
  on: date,
  cause: z.string(),
  subjectId: id.nullable(),
  from: account,
  to: account,
  amount: z.int(),
  unit: z.string(),
  depth: z.int(),
});
const path = z.object({
  steps: z.array(step),
  rests: z.array(z.object({ account, amount: z.int() })),
  truncated: z.boolean(),
});

/** Follows a posting one may see both ways (流转追踪), through other registers too: back to the gifts it came from, on to where it rests. `posting` is an entry, or one line of it. */
export const traceLedger = defineQuery("ledger.trace", {
  who: readers,
  input: z.object({ posting: text(60) }),
  output: z.object({ entry, source: path, end: path }),
  refusals: { "ledger/unknown-entry": 404 },
});

/** Every move of one numbered piece (逐件追踪), oldest first, and where it stands now. */
export const traceSerial = defineQuery("ledger.trace-serial", {
  who: readers,
  input: z.object({ serial: text(60), asset: text(300).optional() }),
  output: z.object({
    pieces: z.array(
      z.object({
        asset: z.string(),
        at: account,
        moves: z.array(z.object({ entryId: id, on: date, from: account, to: account })),
      }),
    ),
  }),
});
