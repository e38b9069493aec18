import { dateInShanghai } from "../clock/date.ts";
import { sql } from "../database/sql.ts";
import { fulfilDuty } from "../duty/duty.ts";
import type { Context, Effect } from "../operation/context.ts";
import { readCursor, writeCursor } from "../operation/cursor.ts";
import type { Facts } from "../operation/define.ts";
import { InvalidInput, Refusal } from "../operation/errors.ts";
import { withoutPrivate } from "../operation/execute.ts";
import { handle, relay } from "../operation/handle.ts";
import { unseal } from "../vault/seal.ts";
import type { OutboxItem } from "./act.ts";
import { openHeld, setAside } from "./steps.contract.ts";
import { listHeld, settleHeld } from "./sync.contract.ts";
import { settleHeldDuty } from "./sync.duties.ts";

interface HeldRow {
  home_code: string;
  id: string;
  division_code: string;
  device_id: string;
  device_name: string;
  person: string;
  operation: string;
  sealed: string;
  happened_at: Date;
  clock_drift: number | null;
  received_at: Date;
  code: string;
  facts: Record<string, unknown>;
  state: "waiting" | "applied" | "set-aside";
  settled_at: Date | null;
  settled_by: string | null;
  reason: string | null;
}

const columns = sql`home_code, id, division_code, device_id, device_name, person, operation, sealed, happened_at, clock_drift, received_at, code, facts, state, settled_at, settled_by, reason`;

const inputOf = (ctx: Context, row: HeldRow): unknown =>
  (JSON.parse(unseal(ctx.house.keys, row.sealed, `held/${row.id}`)) as OutboxItem).input ?? null;

const list = handle(listHeld)(async (input, ctx) => {
  const [afterAt, afterId] = readCursor(input.after, ["instant", "id"]) ?? [
    "1970-01-01T00:00:00Z",
    "00000000-0000-0000-0000-000000000000",
  ];
  const rows = await ctx.tx.many<HeldRow>(sql`
    select ${columns} from held_act where state = ${input.state} and (received_at, id) > (${afterAt}::timestamptz, ${afterId}::uuid)
    order by received_at, id limit ${input.limit + 1}`);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    held: shown.map((row) => {
      const whole = inputOf(ctx, row);
      // Whoever only looks on reads what the journal would show; the register's own officers read all of it.
      const own = ctx.actor.role === "officer" && row.home_code === ctx.actor.home;
      const hidden = own ? [] : ctx.house.privateFields(row.operation);
      const readable = hidden === null ? {} : withoutPrivate(whole, hidden);
      return {
        id: row.id,
        operation: row.operation,
        input:
          typeof readable === "object" && readable !== null
            ? (readable as Record<string, unknown>)
            : { value: readable },
        happenedAt: row.happened_at.toISOString(),
        receivedAt: row.received_at.toISOString(),
        person: row.person,
        device: row.device_name,
        division: row.division_code,
        code: row.code,
        facts: row.facts,
        state: row.state,
        settledAt: row.settled_at?.toISOString() ?? null,
        reason: row.reason,
      };
    }),
    next: rows.length > input.limit && last ? writeCursor([last.received_at, last.id]) : null,
  };
});

/** The row of the actor's own register; a parent reads and does not settle. */
async function ownHeld(ctx: Context<"sync/unknown-held">, id: string): Promise<HeldRow> {
  const row = await ctx.tx.maybe<HeldRow>(sql`select ${columns} from held_act where id = ${id}`);
  if (!row || row.home_code !== ctx.actor.home) return ctx.fail("sync/unknown-held");
  return row;
}

const open = handle(openHeld)(async (input, ctx) => {
  const row = await ownHeld(ctx, input.id);
  return {
    id: row.id,
    device: row.device_id,
    operation: row.operation,
    input: inputOf(ctx, row),
    happenedAt: row.happened_at.toISOString(),
    clockDrift: row.clock_drift,
    state: row.state,
    settledBy: row.settled_by,
  };
});

/** Marks a held act as settled, once (办结): the second hand that tries rolls back all it has done. */
function settled(
  id: string,
  home: string,
  state: "applied" | "set-aside",
  by: string | null,
  now: Date,
  reason: string,
): Effect {
  return async (tx) => {
    const rows = await tx.run(sql`
      update held_act set state = ${state}, settled_at = ${now}, settled_by = ${by}, reason = ${reason}
      where home_code = ${home} and id = ${id} and state = 'waiting'`);
    if (rows !== 1) throw new Refusal("sync/held-settled", 409);
  };
}

const aside = handle(setAside)(async (input, ctx) => {
  const row = await ownHeld(ctx, input.id);
  if (row.state !== "waiting") return ctx.fail("sync/held-settled");
  ctx.later(settled(row.id, row.home_code, "set-aside", ctx.actor.accountId, ctx.now, input.reason));
  fulfilDuty(ctx, settleHeldDuty, row.home_code, row.id);
  ctx.journal("act.set-aside", { kind: "held-act", id: row.id, home: row.home_code, division: row.division_code });
  return { id: row.id };
});

const settle = relay(settleHeld)(async (input, desk) => {
  const held = await desk.step(openHeld, { id: input.id });
  const wanted = input.decision === "apply" ? "applied" : "set-aside";
  if (held.state !== "waiting") {
    // The answer to the first attempt may have been lost on the way.
    if (held.state === wanted && held.settledBy === desk.actor.accountId)
      return { id: held.id, state: held.state, output: null };
    return desk.fail("sync/held-settled");
  }
  if (input.decision === "set-aside") {
    await desk.step(setAside, { id: held.id, reason: input.reason });
    return { id: held.id, state: "set-aside" as const, output: null };
  }
  const operation = desk.offline(held.operation);
  if (!operation)
    return desk.fail("sync/still-refused", {
      code: "sync/operation-not-offline",
      facts: { operation: held.operation },
    });
  const { actor, now } = desk;
  const done: Effect = async (tx) => {
    await tx.run(sql`
      update duty set state = 'done', done_at = ${now}, done_on = ${dateInShanghai(now)}
      where subject_id = ${held.id} and kind = ${settleHeldDuty.id} and home_code = ${actor.home} and state in ('open', 'paused')`);
  };
  const why = (code: string, facts: Facts) => desk.fail("sync/still-refused", { code, facts });
  try {
    const output = await desk.carry({
      operation: operation.id,
      input: held.input ?? {},
      happenedAt: new Date(held.happenedAt),
      device: held.device,
      clockDrift: held.clockDrift,
      facts: { held: held.id },
      effects: [settled(held.id, actor.home, "applied", actor.accountId, now, input.reason), done],
    });
    return { id: held.id, state: "applied" as const, output };
  } catch (error) {
    if (error instanceof InvalidInput) return why("operation/invalid-input", { problems: error.problems });
    if (error instanceof Refusal && error.code !== "sync/held-settled") return why(error.code, error.facts);
    throw error;
  }
});

export const heldHandlers = [list, open, aside, settle];
