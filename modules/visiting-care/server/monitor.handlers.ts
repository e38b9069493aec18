import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { pathOf } from "../../../kernel/operation/define.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { seal, unseal } from "../../../kernel/vault/seal.ts";
import { loadPeople } from "../../people/server/index.ts";
import {
  checkMonitors,
  listMonitors,
  receiveSignal,
  registerMonitor,
  retireMonitor,
  type Signal,
  signal,
} from "../monitor.contract.ts";
import { alarmDuty, silentDuty } from "./care-work.duties.ts";
import { carersOf, namesOf, ownPerson } from "./carers.queries.ts";
import {
  findMonitor,
  insertMonitor,
  insertSignal,
  loadMonitor,
  type MonitorRow,
  markSilent,
  monitorPage,
  pruneHeartbeats,
  retireRow,
  unheard,
} from "./monitor.store.ts";

const keyPlace = (id: string) => `monitor/${id}/key`;
const subjectOf = (row: MonitorRow) => ({
  kind: "monitor",
  id: row.id,
  home: row.home_code,
  division: row.division_code,
});
const monitorLink = (row: MonitorRow) => `/care/monitors?personId=${row.person_id}`;

/** The signature of a text under a device's key (信号签名): HMAC-SHA256, hex. The simulator makes the same. */
export function signatureOf(key: string, body: string): string {
  return createHmac("sha256", Buffer.from(key, "base64url")).update(body, "utf8").digest("hex");
}

const register = handle(registerMonitor)(async (input, ctx) => {
  const person = await ownPerson(ctx, input.personId);
  const id = ctx.newId();
  const key = randomBytes(32).toString("base64url");
  const carers = await carersOf(ctx.tx, person.id);
  const row: MonitorRow = {
    home_code: person.home_code,
    id,
    division_code: person.division_code,
    recorded_division_code: person.division_code,
    person_id: person.id,
    kind: input.kind,
    label: input.label,
    serial_number: input.serial ?? "",
    key_sealed: seal(ctx.house.keys, key, keyPlace(id)),
    state: "active",
    worker_id: carers?.worker_id ?? (ctx.actor.role === "worker" ? ctx.actor.accountId : null),
    registered_at: ctx.now,
    seen_at: null,
    activity_at: null,
    alarm_at: null,
    alarm: null,
    silent_at: null,
    retired_at: null,
    signals: 0,
  };
  await insertMonitor(ctx.tx, row);
  ctx.journal("monitor-registered", subjectOf(row), { kind: row.kind, person: row.person_id });
  return { id, key, address: `${ctx.house.baseUrl}${pathOf(receiveSignal)}` };
});

const retire = handle(retireMonitor)(async (input, ctx) => {
  const row = await loadMonitor(ctx.tx, input.id);
  if (!row) return ctx.fail("visiting-care/unknown-monitor", { id: input.id });
  if (row.home_code !== ctx.actor.home)
    return ctx.fail("visiting-care/not-your-person", { division: row.division_code });
  if ((await retireRow(ctx.tx, row, ctx.now, input.reason)) !== 1)
    return ctx.fail("visiting-care/monitor-retired", { at: row.retired_at?.toISOString() ?? null });
  cancelDuty(ctx, silentDuty, row.home_code, row.id, input.reason);
  ctx.journal("monitor-retired", subjectOf(row), { reason: input.reason });
  return { id: row.id };
});

function stateOf(row: MonitorRow): "waiting" | "online" | "silent" | "retired" {
  if (row.state === "retired") return "retired";
  if (row.silent_at) return "silent";
  return row.seen_at ? "online" : "waiting";
}

const list = handle(listMonitors)(async (input, ctx) => {
  const rows = await monitorPage(ctx.tx, {
    division: input.division,
    person: input.personId,
    state: input.state,
    after: readCursor(input.after, ["instant", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const names = await namesOf(
    ctx.tx,
    shown.map((row) => row.person_id),
  );
  return {
    monitors: shown.map((row) => ({
      id: row.id,
      personId: row.person_id,
      person: names.get(row.person_id) ?? "",
      division: row.division_code,
      kind: row.kind,
      label: row.label,
      state: stateOf(row),
      registeredOn: dateInShanghai(row.registered_at),
      seenAt: row.seen_at?.toISOString() ?? null,
      activityAt: row.activity_at?.toISOString() ?? null,
      alarmAt: row.alarm_at?.toISOString() ?? null,
      alarm: row.alarm,
      signals: row.signals,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.registered_at, last.id]) : null,
  };
});

function readSignal(body: string): Signal | undefined {
  try {
    return signal.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** Whether a text was signed by this device; equal in time whatever is wrong. */
function isGenuine(ctx: Context, row: MonitorRow, body: string, signature: string): boolean {
  const key = unseal(ctx.house.keys, row.key_sealed, keyPlace(row.id));
  return timingSafeEqual(Buffer.from(signatureOf(key, body), "hex"), Buffer.from(signature, "hex"));
}

/** What a signal means for the worker: an alarm is a duty of today, and any signal ends the silence. */
async function follow(ctx: Context, row: MonitorRow, heard: Signal): Promise<void> {
  if (row.silent_at) fulfilDuty(ctx, silentDuty, row.home_code, row.id);
  if (heard.kind !== "alarm") return;
  const subject = { subject: row.person_id, home: row.home_code, division: row.division_code };
  ctx.later(async (tx) => {
    // Written as the system role: a device has no scope in which it could look up who is to come.
    const carers = await carersOf(tx, row.person_id);
    const [person] = await loadPeople(tx, [row.person_id]);
    cancelDuty(ctx, alarmDuty, row.home_code, row.person_id, "alarm-again");
    openDuties(ctx, [
      {
        ...subject,
        kind: alarmDuty,
        label: person?.name ?? row.label,
        assignee: carers?.worker_id ?? row.worker_id,
        link: `/care/people/${row.person_id}`,
        due: dateInShanghai(ctx.now),
      },
    ]);
  });
  ctx.journal("monitor-alarm", subjectOf(row), { alarm: heard.alarm ?? "other", person: row.person_id });
}

const receive = handle(receiveSignal)(async (input, ctx) => {
  const row = await findMonitor(ctx.tx, input.device);
  // An unknown device and a wrong key get one answer: nobody learns which devices there are.
  if (!row || !isGenuine(ctx, row, input.body, input.signature))
    return ctx.fail("visiting-care/signal-forged", { device: input.device });
  if (row.state === "retired")
    return ctx.fail("visiting-care/monitor-retired", { at: row.retired_at?.toISOString() ?? null });
  const heard = readSignal(input.body);
  if (!heard) return ctx.fail("visiting-care/signal-unreadable", { device: row.id });
  const window = Number(ctx.house.settings.on("visiting-care.signal-window-minutes", ctx.today, row.division_code));
  const drift = Math.round((Date.parse(heard.at) - ctx.now.getTime()) / 60_000);
  if (Math.abs(Date.parse(heard.at) - ctx.now.getTime()) > window * 60_000)
    return ctx.fail("visiting-care/signal-clock", { device: row.id, driftMinutes: drift, windowMinutes: window });
  ctx.later(async (tx) => {
    const fresh = await insertSignal(tx, {
      home_code: row.home_code,
      monitor_id: row.id,
      sequence: heard.sequence,
      division_code: row.division_code,
      kind: heard.kind,
      at: new Date(heard.at),
      received_at: ctx.now,
      alarm: heard.kind === "alarm" ? (heard.alarm ?? "other") : null,
      note: heard.note ?? null,
    });
    if (fresh === 0)
      throw new Refusal("visiting-care/signal-repeated", 409, { device: row.id, sequence: heard.sequence });
  });
  await follow(ctx, row, heard);
  if (row.seen_at === null) ctx.journal("monitor-first-heard", subjectOf(row), { sequence: heard.sequence });
  if (row.silent_at)
    ctx.journal("monitor-heard-again", subjectOf(row), {
      sequence: heard.sequence,
      silentSince: row.silent_at.toISOString(),
    });
  return { sequence: heard.sequence, serverTime: ctx.now.toISOString(), next: heard.sequence + 1 };
});

/** Longer than any time window: a heartbeat this old can be replayed no more. */
const KEEP_HEARTBEATS_MS = 3 * 86_400_000;

/** Silent devices among those unheard for the shortest time any place asks for. */
function silentNow(ctx: Pick<Context, "house" | "now">, rows: readonly MonitorRow[]): MonitorRow[] {
  const today = dateInShanghai(ctx.now);
  return rows.filter((row) => {
    const minutes = Number(ctx.house.settings.on("visiting-care.monitor-silent-minutes", today, row.division_code));
    return ctx.now.getTime() - (row.seen_at ?? row.registered_at).getTime() > minutes * 60_000;
  });
}

const check = handle(checkMonitors)(async (_input, ctx) => {
  const rows = silentNow(ctx, await unheard(ctx.tx, ctx.now));
  const people = new Map(
    (
      await loadPeople(
        ctx.tx,
        rows.map((row) => row.person_id),
      )
    ).map((person) => [person.id, person.name]),
  );
  const silent = await markSilent(ctx.tx, rows, ctx.now);
  const duties = [];
  for (const row of rows) {
    const carers = await carersOf(ctx.tx, row.person_id);
    duties.push({
      kind: silentDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: people.get(row.person_id) ?? row.label,
      assignee: carers?.worker_id ?? row.worker_id,
      link: monitorLink(row),
      due: addDays(dateInShanghai(ctx.now), 1),
    });
    ctx.journal("monitor-silent", subjectOf(row), { seenAt: row.seen_at?.toISOString() ?? null });
  }
  openDuties(ctx, duties);
  const pruned = await pruneHeartbeats(ctx.tx, new Date(ctx.now.getTime() - KEEP_HEARTBEATS_MS));
  return { silent, pruned };
});

/** Looks every ten minutes for devices that have gone silent (离线检查). */
export const monitorJob: JobKind = {
  id: "visiting-care.check-monitors",
  everyMinutes: 10,
  run: async (job) => {
    const now = job.now();
    const found = await job.database.transaction({ kind: "system" }, async (tx) =>
      silentNow({ house: job.house, now }, await unheard(tx, now)),
    );
    // Old heartbeats may wait for the next silent device or for the night; nothing depends on them.
    if (found.length > 0 || now.getUTCHours() === 18) await job.call(checkMonitors.id, {});
  },
};

export const monitorHandlers = [register, retire, list, receive, check];
