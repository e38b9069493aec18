import type { Tx } from "../database/transaction.ts";
import { type AccountRow, accountsAround } from "./account.ts";
import { entriesOf, linesOf, postingsFrom, type RecordedEntry, type VoidRow, voidsAround, voidsOf } from "./queries.ts";
import type { PostingRow } from "./store.ts";
import { overlap, type Stretch, sidesOf, withoutVoids, withVoids } from "./stretch.ts";

/** One step of a path (流转步骤): so much came by this entry from one account to another. */
export interface Step {
  readonly entry: RecordedEntry;
  readonly from: AccountRow;
  readonly to: AccountRow;
  readonly amount: number;
  /** How many entries lie between this step and the question. */
  readonly depth: number;
}

/** Where a path ends (去向): still there, or in an account nothing leaves. */
export interface Rest {
  readonly account: AccountRow;
  readonly amount: number;
}

export interface Path {
  readonly steps: readonly Step[];
  readonly rests: readonly Rest[];
  /** There are more steps than are followed. */
  readonly truncated: boolean;
}

interface Part extends Stretch {
  readonly posting: PostingRow;
  /** Reached from another register: the account it was sent from stands for the one that took it. */
  readonly via?: AccountRow;
}

const MOST_STEPS = 400;
const PAGE = 100;

const voidsFor = (voids: readonly VoidRow[], shard: number, inflow: boolean): VoidRow[] =>
  voids.filter((gap) => gap.shard === shard && gap.inflow === inflow);

class Follower {
  readonly #tx: Tx;
  readonly #forward: boolean;
  readonly #voids = new Map<string, Promise<VoidRow[]>>();
  readonly accounts = new Map<string, AccountRow>();
  readonly entries = new Map<string, RecordedEntry>();
  readonly lines = new Map<string, PostingRow[]>();
  truncated = false;

  constructor(tx: Tx, forward: boolean) {
    this.#tx = tx;
    this.#forward = forward;
  }

  async know(entries: readonly string[]): Promise<void> {
    const fresh = [...new Set(entries)].filter((id) => !this.lines.has(id));
    if (fresh.length === 0) return;
    // All at once: whoever asks for a path waits for as few answers as there are steps.
    const [heads, lines, accounts, voids] = await Promise.all([
      entriesOf(this.#tx, fresh),
      linesOf(this.#tx, fresh),
      accountsAround(this.#tx, fresh),
      voidsAround(this.#tx, fresh),
    ]);
    for (const [id, head] of heads) this.entries.set(id, head);
    for (const [id, some] of lines) this.lines.set(id, some);
    for (const account of accounts) {
      this.accounts.set(account.id, account);
      const own = voids.filter((gap) => gap.account_id === account.id);
      if (!this.#voids.has(account.id)) this.#voids.set(account.id, Promise.resolve(own));
    }
  }

  #gaps(account: string): Promise<VoidRow[]> {
    const known = this.#voids.get(account) ?? voidsOf(this.#tx, account);
    this.#voids.set(account, known);
    return known;
  }

  async isVoid(posting: PostingRow): Promise<boolean> {
    const gaps = await this.#gaps(posting.account_id);
    return gaps.some(
      (gap) => gap.entry_id === posting.entry_id && gap.shard === posting.shard && gap.from === posting.mark_from,
    );
  }

  /** What met a part of a posting on the other side of its account: first in, first out, corrections not counted. */
  async met(part: Part): Promise<{ parts: Part[]; rest: number }> {
    const { posting } = part;
    const gaps = await this.#gaps(posting.account_id);
    const here = voidsFor(gaps, posting.shard, posting.amount > 0);
    const there = voidsFor(gaps, posting.shard, posting.amount < 0);
    const wanted = {
      from: withoutVoids(posting.mark_from + part.from, here),
      to: withoutVoids(posting.mark_from + part.to, here),
    };
    const parts: Part[] = [];
    let rest = wanted.to - wanted.from;
    for (let from = withVoids(wanted.from, there); rest > 0; ) {
      const page = await postingsFrom(this.#tx, posting.account_id, posting.shard, posting.amount < 0, from, PAGE);
      for (const other of page) {
        const there1 = withoutVoids(other.mark_from, there);
        const shared = overlap(wanted, { from: there1, to: withoutVoids(other.mark_to, there) });
        if (shared) {
          parts.push({ posting: other, from: shared.from - there1, to: shared.to - there1 });
          rest -= shared.to - shared.from;
        }
        if (there1 >= wanted.to) return { parts, rest };
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      from = last.mark_to;
      if (parts.length > MOST_STEPS) {
        this.truncated = true;
        break;
      }
    }
    return { parts, rest };
  }

  /** The same part in the entry of the other register, when it went there or came from there. */
  async hop(part: Part): Promise<Part[]> {
    const head = this.entries.get(part.posting.entry_id);
    if (!head?.counterpart || head.transfer !== (this.#forward ? "out" : "in")) return [];
    await this.know([head.counterpart]);
    const here = sidesOf(this.lines.get(head.id) ?? []);
    const there = sidesOf(this.lines.get(head.counterpart) ?? []);
    const [mine, others] = this.#forward ? [here.takes, there.gives] : [here.gives, there.takes];
    const own = mine.find((side) => side.line.line === part.posting.line);
    if (!own) return [];
    const place = { from: own.from + part.from, to: own.from + part.to };
    return others.flatMap((side) => {
      const shared = overlap(place, side);
      return shared ? [{ posting: side.line, from: shared.from - side.from, to: shared.to - side.from }] : [];
    });
  }

  /** The other sides of a part within its own entry. */
  across(part: Part): { step: Step; next: Part }[] {
    const lines = this.lines.get(part.posting.entry_id) ?? [];
    const { gives, takes } = sidesOf(lines);
    const [mine, others] = part.posting.amount < 0 ? [gives, takes] : [takes, gives];
    const own = mine.find((side) => side.line.line === part.posting.line);
    const entry = this.entries.get(part.posting.entry_id);
    if (!own || !entry) return [];
    const place = { from: own.from + part.from, to: own.from + part.to };
    return others.flatMap((side) => {
      const shared = overlap(place, side);
      const here = part.via ?? this.accounts.get(part.posting.account_id);
      const there = this.accounts.get(side.line.account_id);
      if (!shared || !here || !there) return [];
      const [from, to] = this.#forward ? [here, there] : [there, here];
      return [
        {
          step: { entry, from, to, amount: shared.to - shared.from, depth: 0 },
          next: { posting: side.line, from: shared.from - side.from, to: shared.to - side.from },
        },
      ];
    });
  }
}

/** Adds up steps by entry and accounts: how a balance is spread over rows is nobody's concern. */
function merged(steps: readonly Step[]): Step[] {
  const known = new Map<string, Step>();
  for (const step of steps) {
    if (step.from.id === step.to.id) continue;
    const name = `${step.entry.id} ${step.from.id} ${step.to.id}`;
    const same = known.get(name);
    known.set(name, same ? { ...same, amount: same.amount + step.amount } : step);
  }
  return [...known.values()];
}

const whole = (posting: PostingRow): Part => ({ posting, from: 0, to: Math.abs(posting.amount) });

async function follow(tx: Tx, entryId: string, forward: boolean): Promise<Path> {
  const follower = new Follower(tx, forward);
  await follower.know([entryId]);
  const start = (follower.lines.get(entryId) ?? []).filter((line) => line.amount < 0 === forward).map(whole);
  const steps: Step[] = [];
  const rests = new Map<string, Rest>();
  const rest = (account: AccountRow | undefined, amount: number) => {
    if (!account || amount === 0) return;
    rests.set(account.id, { account, amount: amount + (rests.get(account.id)?.amount ?? 0) });
  };
  let parts: Part[] = [...start];
  for (let depth = 0; parts.length > 0; depth++) {
    await follower.know(parts.map((part) => part.posting.entry_id));
    const reached = parts.flatMap((part) => follower.across(part));
    const hops = new Map<Step, AccountRow>();
    const tell = () => {
      for (const { step } of reached) steps.push({ ...step, from: hops.get(step) ?? step.from, depth });
    };
    if (steps.length + reached.length > MOST_STEPS) {
      tell();
      follower.truncated = true;
      break;
    }
    parts = [];
    const ends = await Promise.all(
      reached.map(async ({ next }) => {
        const account = follower.accounts.get(next.posting.account_id);
        const gone = await follower.isVoid(next.posting);
        const hopped = gone ? [] : await follower.hop(next);
        // The source has nothing before it, and an entry that was taken back leads nowhere.
        const over = gone || account?.may_go_negative || hopped.length > 0;
        return { account, hopped, met: over ? undefined : await follower.met(next) };
      }),
    );
    for (const [at, { step, next }] of reached.entries()) {
      const { account, hopped, met } = ends[at] as (typeof ends)[number];
      if (hopped.length > 0) {
        const sent = forward ? account : follower.accounts.get(hopped[0]?.posting.account_id ?? "");
        if (sent && !forward) hops.set(step, sent);
        parts.push(...hopped.map((one) => (forward && sent ? { ...one, via: sent } : one)));
      } else if (met) {
        parts.push(...met.parts);
        rest(account, met.rest);
      } else rest(account, next.to - next.from);
    }
    tell();
  }
  return { steps: merged(steps), rests: [...rests.values()], truncated: follower.truncated };
}

/** Where what an entry moved went to in the end (追踪去向): each step with its amount, and what rests where. */
export async function traceForward(tx: Tx, entryId: string): Promise<Path> {
  return follow(tx, entryId, true);
}

/** Where what an entry moved came from (追踪来源), back to the gifts. */
export async function traceBack(tx: Tx, entryId: string): Promise<Path> {
  return follow(tx, entryId, false);
}
