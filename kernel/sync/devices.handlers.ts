import { addDays, dateInShanghai } from "../clock/date.ts";
import { sql } from "../database/sql.ts";
import { rangeOf } from "../divisions/code.ts";
import { openDuties } from "../duty/duty.ts";
import type { JobKind } from "../jobs/jobs.ts";
import { readCursor, writeCursor } from "../operation/cursor.ts";
import { Refusal } from "../operation/errors.ts";
import { handle } from "../operation/handle.ts";
import { readPublicKey } from "./act.ts";
import { divisionsOf, findDevice } from "./device.ts";
import { watchPhones } from "./steps.contract.ts";
import { listDevices, registerDevice, wipeDevice } from "./sync.contract.ts";
import { silentPhoneDuty } from "./sync.duties.ts";

const DAY_MS = 86_400_000;

const register = handle(registerDevice)(async (input, ctx) => {
  if (!readPublicKey(input.publicKey)) return ctx.fail("sync/key-unreadable");
  const known = await findDevice(ctx.tx, input.id);
  if (known && (known.account_id !== ctx.actor.accountId || known.public_key !== input.publicKey))
    return ctx.fail("sync/device-of-another");
  const { actor } = ctx;
  const division = actor.division ?? actor.home;
  ctx.later(async (tx) => {
    if (known) {
      await tx.run(
        sql`update device set name = ${input.name}, agent = ${input.agent ?? null}, seen_at = ${ctx.now} where id = ${input.id}`,
      );
      return;
    }
    const made = await tx.run(sql`
      insert into device (home_code, id, division_code, divisions, account_id, person, name, agent, public_key, registered_at, seen_at)
      values (${actor.home}, ${input.id}, ${division}, ${[...divisionsOf(actor)]}, ${actor.accountId}, ${actor.displayName}, ${input.name}, ${input.agent ?? null},
        ${input.publicKey}, ${ctx.now}, ${ctx.now}) on conflict (home_code, id) do nothing`);
    if (made !== 1) throw Object.assign(new Error("registered twice at the same moment"), { code: "40001" });
  });
  ctx.journal("device.registered", { kind: "device", id: input.id, home: actor.home, division });
  const { settings } = ctx.house;
  return {
    id: input.id,
    keepDays: Number(settings.on("sync.keep-days", ctx.today, division)),
    recordCap: Number(settings.on("sync.record-cap", ctx.today, division)),
  };
});

interface ListedDevice {
  id: string;
  name: string;
  account_id: string;
  person: string;
  divisions: string[];
  registered_at: Date;
  seen_at: Date;
  drift_minutes: number;
  records: number;
  unsent: number;
  held: number;
  state: "active" | "wiping" | "wiped";
}

const list = handle(listDevices)(async (input, ctx) => {
  const keepDays = Number(ctx.house.settings.on("sync.keep-days", ctx.today, ctx.actor.division ?? ctx.actor.home));
  const silentBefore = new Date(ctx.now.getTime() - keepDays * DAY_MS);
  const range = input.division ? rangeOf(input.division) : { lo: "0", hi: ":" };
  const [afterSeen, afterId] = readCursor(input.after, ["instant", "id"]) ?? [
    "1970-01-01T00:00:00Z",
    "00000000-0000-0000-0000-000000000000",
  ];
  const rows = await ctx.tx.many<ListedDevice>(sql`
    select id, name, account_id, person, divisions, registered_at, seen_at, drift_minutes, records, unsent, state,
      (select count(*) from held_act where held_act.device_id = device.id and held_act.state = 'waiting') as held
    from device
    where division_code >= ${range.lo} and division_code < ${range.hi} and (seen_at, id) > (${afterSeen}::timestamptz, ${afterId}::uuid)
      and (${input.only} <> 'unsent' or unsent > 0)
      and (${input.only} <> 'silent' or (state = 'active' and seen_at < ${silentBefore}))
      and (${input.only} <> 'wiped' or state <> 'active')
    order by seen_at, id limit ${input.limit + 1}`);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    devices: shown.map((row) => ({
      id: row.id,
      name: row.name,
      accountId: row.account_id,
      person: row.person,
      divisions: row.divisions,
      registeredAt: row.registered_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
      driftMinutes: row.drift_minutes,
      records: row.records,
      unsent: row.unsent,
      held: row.held,
      state: row.state === "active" && row.seen_at < silentBefore ? ("silent" as const) : row.state,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.seen_at, last.id]) : null,
  };
});

const wipe = handle(wipeDevice)(async (input, ctx) => {
  const device = await ctx.tx.maybe<{ home_code: string; division_code: string }>(
    sql`select home_code, division_code from device where id = ${input.id}`,
  );
  if (!device) return ctx.fail("sync/unknown-device");
  if (device.home_code !== ctx.actor.home) throw new Refusal("auth/outside-your-register", 403);
  ctx.later(async (tx) => {
    await tx.run(sql`
      update device set state = 'wiping', session_secret_hash = null, wipe_ordered_at = ${ctx.now}, wipe_ordered_by = ${ctx.actor.accountId}
      where home_code = ${device.home_code} and id = ${input.id} and state = 'active'`);
  });
  ctx.journal("device.wipe-ordered", {
    kind: "device",
    id: input.id,
    home: device.home_code,
    division: device.division_code,
  });
  return { id: input.id };
});

interface Silent {
  home_code: string;
  id: string;
  division_code: string;
  person: string;
  name: string;
  unsent: number;
}

const watch = handle(watchPhones)(async (_input, ctx) => {
  const keepDays = Number(ctx.house.settings.on("sync.keep-days", ctx.today, ctx.house.root));
  const before = new Date(ctx.now.getTime() - keepDays * DAY_MS);
  const silent = await ctx.tx.many<Silent>(sql`
    select home_code, id, division_code, person, name, unsent from device
    where unsent > 0 and seen_at < ${before} and not exists (
      select 1 from duty where duty.subject_id = device.id and duty.home_code = device.home_code and duty.kind = ${silentPhoneDuty.id} and duty.state = 'open')
    order by home_code, id limit 1000`);
  openDuties(
    ctx,
    silent.map((one) => ({
      kind: silentPhoneDuty,
      home: one.home_code,
      division: one.division_code,
      subject: one.id,
      label: `${one.person} · ${one.name}`,
      link: "/phones",
      due: addDays(ctx.today, 1),
    })),
  );
  ctx.later(async (tx) => {
    await tx.run(sql`
      update duty set state = 'done', done_at = ${ctx.now}, done_on = ${ctx.today}
      where kind = ${silentPhoneDuty.id} and state = 'open' and exists (
        select 1 from device where device.id = duty.subject_id and (device.seen_at >= ${before} or device.unsent = 0))`);
  });
  // A phone that was told to forget a record longer ago than it may keep its lists has nothing older to come back with.
  const forgotten = await ctx.tx.run(sql`
    delete from device_record where gone_page is not null and changed_at < ${new Date(before.getTime() - DAY_MS)}
      and exists (select 1 from device where device.home_code = device_record.home_code and device.id = device_record.device_id
        and device.seen_at >= ${before} and device.last_page > device_record.gone_page)`);
  ctx.journal(
    "phones.watched",
    { kind: "sync", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
    {
      opened: silent.length,
      forgotten,
      on: dateInShanghai(ctx.now),
    },
  );
  return { opened: silent.length, forgotten };
});

/** Looks daily for phones with unsent work that nobody has heard of (沉默手机巡查). */
export const watchJob: JobKind = {
  id: "sync.watch-phones",
  everyMinutes: 24 * 60,
  run: async (job) => {
    await job.call(watchPhones.id, {});
  },
};

export const deviceHandlers = [register, list, wipe, watch];
