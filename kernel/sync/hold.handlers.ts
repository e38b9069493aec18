import { addDays } from "../clock/date.ts";
import { sql } from "../database/sql.ts";
import { homeOf } from "../divisions/code.ts";
import { openDuties } from "../duty/duty.ts";
import type { Facts } from "../operation/define.ts";
import { handle } from "../operation/handle.ts";
import { seal } from "../vault/seal.ts";
import { keyOf } from "./act.ts";
import { findDevice, mayDeliver, noteContact } from "./device.ts";
import { holdAct, openOutbox, turnAway } from "./steps.contract.ts";
import { settleHeldDuty } from "./sync.duties.ts";

const open = handle(openOutbox)(async (input, ctx) => {
  const device = await findDevice(ctx.tx, input.device);
  if (!device) return ctx.fail("sync/unknown-device");
  if (!mayDeliver(device, ctx.actor)) return ctx.fail("sync/device-of-another");
  const held = await ctx.tx.lookup((tx) =>
    tx.many<{ id: string; code: string; facts: Facts }>(
      sql`select id, code, facts from held_act where id = any(${input.acts}::uuid[])`,
    ),
  );
  if (device.account_id === ctx.actor.accountId) noteContact(ctx, device, { drift: input.drift, stays: true });
  ctx.journal(
    "outbox.opened",
    { kind: "device", id: device.id, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
    { acts: input.acts.length },
  );
  return {
    publicKey: device.public_key,
    account: device.account_id,
    state: device.state,
    held: held.map((one) => ({
      id: one.id,
      state: "held" as const,
      code: one.code,
      facts: shown(one.facts),
      output: null,
    })),
  };
});

/** What a phone is told of a reason: not where the person is now, nor who settles it. */
function shown({ holdAt: _, ...rest }: Facts): Record<string, unknown> {
  return rest;
}

/** Where a refusal wants the act to be settled (分派): another register, when it names one that can be. */
function placeOf(facts: Facts, home: string, division: string): { home: string; division: string } {
  const wanted = facts.holdAt as { home?: unknown; division?: unknown } | undefined;
  if (typeof wanted?.home !== "string" || typeof wanted.division !== "string") return { home, division };
  if (!/^\d{6}$/.test(wanted.home) || !/^(\d{6}|\d{9}|\d{12})$/.test(wanted.division)) return { home, division };
  return homeOf(wanted.division) === wanted.home
    ? { home: wanted.home, division: wanted.division }
    : { home, division };
}

interface Slot {
  input_digest: string;
  answer: unknown;
  status: number | null;
}

const hold = handle(holdAct)(async (input, ctx) => {
  const device = await findDevice(ctx.tx, input.device);
  if (!device) return ctx.fail("sync/unknown-device");
  if (!mayDeliver(device, ctx.actor)) return ctx.fail("sync/device-of-another");
  // The slot the command itself would take: whoever comes second, the act or its keeping, learns of the first.
  const slotKey = keyOf(input.device, input.key);
  const taken = await ctx.tx.run(sql`
    insert into idempotency (actor_id, operation, key, input_digest, answer, status, at)
    values (${device.account_id}, ${input.operation}, ${slotKey}, ${input.inputDigest}, ${JSON.stringify({ code: "sync/held", facts: {} })}, 409, ${ctx.now})
    on conflict do nothing`);
  if (taken === 0) {
    const slot = await ctx.tx.one<Slot>(sql`
      select input_digest, answer, status from idempotency
      where actor_id = ${device.account_id} and operation = ${input.operation} and key = ${slotKey}`);
    if ((slot.status ?? 500) < 400 && slot.input_digest === input.inputDigest)
      return { state: "accepted" as const, code: null, facts: {}, output: slot.answer };
  }
  const earlier = await ctx.tx.lookup((tx) =>
    tx.maybe<{ code: string; facts: Facts }>(sql`select code, facts from held_act where id = ${input.id}`),
  );
  if (earlier) return { state: "held" as const, code: earlier.code, facts: shown(earlier.facts), output: null };
  const place = placeOf(input.facts, device.home_code, device.division_code);
  const sealed = seal(ctx.house.keys, JSON.stringify(input.act), `held/${input.id}`);
  const days = Number(ctx.house.settings.on("sync.settle-days", ctx.today, place.division));
  ctx.later(async (tx) => {
    const kept = await tx.run(sql`
      insert into held_act (home_code, id, division_code, device_id, device_name, key, account_id, person, delivered_by, operation, sealed, happened_at, clock_drift, received_at, contract, code, facts)
      values (${place.home}, ${input.id}, ${place.division}, ${device.id}, ${device.name}, ${input.key}, ${device.account_id}, ${device.person}, ${ctx.actor.accountId},
        ${input.operation}, ${sealed}, ${input.happenedAt}, ${input.clockDrift}, ${ctx.now}, ${input.contract}, ${input.code}, ${JSON.stringify(input.facts)})
      on conflict (home_code, id) do nothing`);
    if (kept === 1)
      openDuties(ctx, [
        {
          kind: settleHeldDuty,
          home: place.home,
          division: place.division,
          subject: input.id,
          label: `${device.person} · ${device.name}`,
          link: `/phones/held/${input.id}`,
          due: addDays(ctx.today, days),
        },
      ]);
  });
  ctx.journal(
    "act.held",
    { kind: "held-act", id: input.id, home: place.home, division: place.division },
    {
      device: device.id,
      operation: input.operation,
      code: input.code,
      happenedAt: input.happenedAt,
      clockDrift: input.clockDrift,
    },
  );
  return { state: "held" as const, code: input.code, facts: shown(input.facts), output: null };
});

const away = handle(turnAway)(async (input, ctx) => {
  ctx.journal(
    "act.turned-away",
    { kind: "device", id: input.device, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
    { operation: input.operation, digest: input.digest },
  );
  return {};
});

export const holdHandlers = [open, hold, away];
