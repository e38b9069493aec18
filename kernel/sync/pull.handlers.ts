import { addDays, dateInShanghai } from "../clock/date.ts";
import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context, House } from "../operation/context.ts";
import { handle, relay } from "../operation/handle.ts";
import { type DeviceRow, findDevice, noteContact } from "./device.ts";
import { type Difference, difference, type Known, type Wanted } from "./set-difference.ts";
import { makePage } from "./steps.contract.ts";
import { pull } from "./sync.contract.ts";
import { driftMinutes } from "./sync.rules.ts";
import { Turnstile } from "./turnstile.ts";

/** Everything the actor's phone should hold, the most needed first: the feeds of all rooms, read under the actor's scope. */
async function manifest(ctx: Context): Promise<Wanted[]> {
  const lists = await Promise.all(
    ctx.house.feeds.map(async (feed) => {
      const rows = await ctx.tx.many<{ id: string; version: string }>(feed.manifest(ctx));
      return rows.map((row) => ({ type: feed.type, id: row.id, version: row.version }));
    }),
  );
  return lists.flat();
}

async function bodies(ctx: Context, send: readonly Wanted[]) {
  const loaded = await Promise.all(
    ctx.house.feeds.map(async (feed) => {
      const ids = send.filter((one) => one.type === feed.type).map((one) => one.id);
      if (ids.length === 0) return [];
      return (await feed.load(ctx.tx, ids, ctx)).map((one) => [`${feed.type} ${one.id}`, one.body] as const);
    }),
  );
  const byName = new Map(loaded.flat());
  return send.flatMap((one) => {
    const body = byName.get(`${one.type} ${one.id}`);
    return body === undefined ? [] : [{ ...one, body }];
  });
}

/** What was sent (记下发): what got lost with an earlier page, what must be forgotten, and the rows of this page. */
function remembering(
  ctx: Context,
  device: DeviceRow,
  page: number,
  sent: readonly Wanted[],
  { forget, unsure }: Pick<Difference, "forget" | "unsure">,
): (tx: Tx, home: string) => Promise<void> {
  return async (tx, home) => {
    if (unsure.length > 0)
      await tx.run(sql`
        update device_record set page = null, gone_page = null
        from jsonb_to_recordset(${JSON.stringify(unsure)}::jsonb) as row (type text, id uuid)
        where home_code = ${home} and device_id = ${device.id} and device_record.type = row.type and record_id = row.id`);
    if (forget.length > 0)
      await tx.run(sql`
        update device_record set gone_page = ${page}, changed_at = ${ctx.now}
        from jsonb_to_recordset(${JSON.stringify(forget)}::jsonb) as row (type text, id uuid)
        where home_code = ${home} and device_id = ${device.id} and device_record.type = row.type and record_id = row.id`);
    if (sent.length > 0)
      await tx.run(sql`
        insert into device_record (home_code, device_id, type, record_id, version, page, changed_at)
        select ${home}, ${device.id}, type, id, version, ${page}, ${ctx.now}
        from jsonb_to_recordset(${JSON.stringify(sent.map(({ type, id, version }) => ({ type, id, version })))}::jsonb) as row (type text, id uuid, version text)
        on conflict (home_code, device_id, type, record_id) do update set
          version = excluded.version, page = excluded.page, gone_page = null, changed_at = excluded.changed_at`);
  };
}

const nothing = () => ({ records: [], gone: [], capped: 0, wipe: false });

const make = handle(makePage)(async (input, ctx) => {
  const device = await findDevice(ctx.tx, input.device);
  if (!device) return ctx.fail("sync/unknown-device");
  if (device.account_id !== ctx.actor.accountId) return ctx.fail("sync/device-of-another");
  const contact = { drift: input.drift, unsent: input.unsent };
  const about = { kind: "device", id: device.id, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home };
  if (device.state !== "active") {
    noteContact(ctx, device, { ...contact, state: "wiped", records: 0 }, async (tx, home) => {
      await tx.run(sql`delete from device_record where home_code = ${home} and device_id = ${device.id}`);
    });
    ctx.journal("device.wiped", about);
    return { ...nothing(), page: input.received, more: false, wipe: true };
  }
  // A server restored from a backup may meet a phone that knows more than it does: what it holds beyond cannot be listed.
  const restart = input.received > device.last_page || (device.restarting && input.received > 0);
  if (restart) {
    noteContact(ctx, device, { ...contact, restarting: true, lastPage: Math.max(input.received, device.last_page) });
    ctx.journal("device.restarted", about, { received: input.received, lastPage: device.last_page });
    return { ...nothing(), page: 0, more: true };
  }
  const [wanted, known] = await Promise.all([
    manifest(ctx),
    ctx.tx.lookup((tx) =>
      tx.many<Known>(sql`
        select type, record_id, version, page, gone_page from device_record where home_code = ${device.home_code} and device_id = ${device.id}`),
    ),
  ]);
  const cap = Number(ctx.house.settings.on("sync.record-cap", ctx.today, ctx.actor.division ?? ctx.actor.home));
  const found = difference(wanted, known, input.received, input.limit, cap);
  const records = await bodies(ctx, found.send);
  const isEmpty = records.length === 0 && found.forget.length === 0;
  const page = isEmpty ? input.received : device.last_page + 1;
  // What was to be sent but could not be loaded at this moment is not known to be there.
  const loaded = new Set(records.map((one) => `${one.type} ${one.id}`));
  const missing = found.send.filter((one) => !loaded.has(`${one.type} ${one.id}`));
  noteContact(
    ctx,
    device,
    { ...contact, restarting: false, records: found.holds, ...(isEmpty ? {} : { lastPage: page }) },
    remembering(ctx, device, page, records, { forget: found.forget, unsure: [...found.unsure, ...missing] }),
  );
  ctx.journal("page.sent", about, { page, records: records.length, gone: found.forget.length, capped: found.capped });
  return { page, records, gone: [...found.forget], more: found.more, capped: found.capped, wipe: false };
});

/** One turnstile for each house of a process. */
const turnstiles = new WeakMap<House, Turnstile>();

function turnstileOf(house: House): Turnstile {
  const known = turnstiles.get(house) ?? new Turnstile();
  turnstiles.set(house, known);
  return known;
}

/** What every answer says beside the page. */
function around(house: House, now: Date, sentAt: string, division: string) {
  const today = dateInShanghai(now);
  const keepDays = Number(house.settings.on("sync.keep-days", today, division));
  return {
    serverTime: now.toISOString(),
    driftMinutes: driftMinutes(sentAt, now),
    keepUntil: new Date(`${addDays(today, keepDays)}T23:59:59+08:00`).toISOString(),
  };
}

const ask = relay(pull)(
  async (input, desk) => {
    const words = around(desk.house, desk.now, input.sentAt, desk.actor.division ?? desk.actor.home);
    const { device, received, limit, unsent } = input;
    const passed = await turnstileOf(desk.house).pass(() =>
      desk.step(makePage, { device, received, limit, drift: words.driftMinutes, unsent }),
    );
    if ("answer" in passed) return { ...passed.answer, ...words, waitSeconds: null };
    return { ...nothing(), page: received, more: true, ...words, waitSeconds: passed.waitSeconds };
  },
  (body, inside, house, now) => {
    const waitSeconds = turnstileOf(house).crowded(inside);
    if (waitSeconds === undefined) return undefined;
    // Whoever asks wrongly is told so inside.
    const asked = pull.input.safeParse(body);
    if (!asked.success) return undefined;
    const { received, sentAt } = asked.data;
    return { ...nothing(), page: received, more: true, ...around(house, now, sentAt, house.root), waitSeconds };
  },
);

export const pullHandlers = [make, ask];
