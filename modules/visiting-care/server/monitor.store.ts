import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";

/** A row of the table `monitor` (监测设备). */
export interface MonitorRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly person_id: string;
  readonly kind: "motion" | "bed" | "button" | "wearable" | "smoke_gas" | "water" | "other";
  readonly label: string;
  readonly serial_number: string;
  readonly key_sealed: string;
  readonly state: "active" | "retired";
  readonly worker_id: string | null;
  readonly registered_at: Date;
  readonly seen_at: Date | null;
  readonly activity_at: Date | null;
  readonly alarm_at: Date | null;
  readonly alarm: string | null;
  readonly silent_at: Date | null;
  readonly retired_at: Date | null;
  /** Signals received. */
  readonly signals: number;
}

export async function loadMonitor(tx: Tx, id: string): Promise<MonitorRow | undefined> {
  return tx.maybe<MonitorRow>(sql`select * from monitor where id = ${id}`);
}

/** A device anywhere (跨范围查找设备): signals come without a scope. */
export function findMonitor(tx: Tx, id: string): Promise<MonitorRow | undefined> {
  return tx.lookup((lookup) => loadMonitor(lookup, id));
}

export async function insertMonitor(tx: Tx, row: MonitorRow): Promise<void> {
  await tx.run(sql`
    insert into monitor (home_code, id, division_code, recorded_division_code, person_id, kind, label, serial_number, key_sealed, state, worker_id, registered_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.recorded_division_code}, ${row.person_id}, ${row.kind}, ${row.label}, ${row.serial_number},
      ${row.key_sealed}, ${row.state}, ${row.worker_id}, ${row.registered_at})`);
}

export function retireRow(tx: Tx, row: MonitorRow, at: Date, reason: string): Promise<number> {
  return tx.run(sql`
    update monitor set state = 'retired', retired_at = ${at}, retire_reason = ${reason}
    where home_code = ${row.home_code} and id = ${row.id} and state = 'active'`);
}

/** A signal as it was received. */
export interface SignalRow {
  readonly home_code: string;
  readonly monitor_id: string;
  readonly sequence: number;
  readonly division_code: string;
  readonly kind: "heartbeat" | "activity" | "alarm";
  readonly at: Date;
  readonly received_at: Date;
  readonly alarm: string | null;
  readonly note: string | null;
}

/** Keeps a signal and what it says of the device; answers 0 when its number was received before. Written as the system role. */
export async function insertSignal(tx: Tx, row: SignalRow): Promise<number> {
  const fresh = await tx.run(sql`
    insert into monitor_signal (home_code, monitor_id, sequence, division_code, kind, at, received_at, alarm, note)
    values (${row.home_code}, ${row.monitor_id}, ${row.sequence}, ${row.division_code}, ${row.kind}, ${row.at}, ${row.received_at}, ${row.alarm}, ${row.note})
    on conflict do nothing`);
  if (fresh === 0) return 0;
  const activity = row.kind === "activity" ? row.at : null;
  const alarm = row.kind === "alarm" ? row.at : null;
  // A signal that was overtaken by a later one does not set the clock back.
  await tx.run(sql`
    update monitor set signals = signals + 1, seen_at = greatest(seen_at, ${row.at}::timestamptz), activity_at = greatest(activity_at, ${activity}::timestamptz),
      alarm_at = greatest(alarm_at, ${alarm}::timestamptz), alarm = case when ${alarm}::timestamptz is null then alarm else ${row.alarm} end, silent_at = null
    where home_code = ${row.home_code} and id = ${row.monitor_id}`);
  return 1;
}

/** Devices that have not been heard since an instant and are not yet known to be silent; a new one counts from its registration. */
export function unheard(tx: Tx, before: Date): Promise<MonitorRow[]> {
  return tx.many<MonitorRow>(sql`
    select * from monitor where state = 'active' and silent_at is null and coalesce(seen_at, registered_at) < ${before} order by coalesce(seen_at, registered_at), id limit 5000`);
}

/** Notes that devices are silent; as the system role. */
export async function markSilent(tx: Tx, rows: readonly MonitorRow[], at: Date): Promise<number> {
  if (rows.length === 0) return 0;
  return tx.run(sql`
    update monitor set silent_at = ${at} where state = 'active' and silent_at is null and id = any(${rows.map((row) => row.id)}::uuid[])`);
}

/** Deletes heartbeats nobody needs any more: the time window alone keeps replays of them out. */
export function pruneHeartbeats(tx: Tx, before: Date): Promise<number> {
  return tx.run(sql`delete from monitor_signal where kind = 'heartbeat' and received_at < ${before}`);
}

/** What the devices of a person say now (远程监测情况), for a remote visit: heard since an instant, activity seen since one. */
export async function monitorStateOf(
  tx: Tx,
  person: string,
  since: { readonly heard: Date; readonly active: Date },
): Promise<{ online: boolean; activitySeen: boolean } | undefined> {
  const rows = await tx.many<{ online: boolean; active: boolean }>(sql`
    select coalesce(seen_at >= ${since.heard}, false) as online, coalesce(activity_at >= ${since.active}, false) as active
    from monitor where person_id = ${person} and state = 'active'`);
  if (rows.length === 0) return undefined;
  return { online: rows.some((row) => row.online), activitySeen: rows.some((row) => row.online && row.active) };
}

/** A page of devices in the order of their registration. */
export function monitorPage(
  tx: Tx,
  given: {
    readonly division?: string | undefined;
    readonly person?: string | undefined;
    readonly state: "online" | "silent" | "retired" | "all";
    readonly after?: readonly [at: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<MonitorRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const states = {
    online: [sql`state = 'active' and silent_at is null and seen_at is not null`],
    silent: [sql`state = 'active' and silent_at is not null`],
    retired: [sql`state = 'retired'`],
    all: [],
  };
  const where = join(
    [
      ...states[given.state],
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.person ? [sql`person_id = ${given.person}`] : []),
      ...(given.after ? [sql`(registered_at, id) > (${given.after[0]}::timestamptz, ${given.after[1]}::uuid)`] : []),
    ],
    " and ",
  );
  return tx.many<MonitorRow>(sql`select * from monitor where ${where} order by registered_at, id limit ${given.limit}`);
}

/** Takes all devices of a person out of use (停用全部设备) and answers which; as the system role. */
export async function retireOf(tx: Tx, home: string, person: string, at: Date, reason: string): Promise<string[]> {
  const rows = await tx.many<{ id: string }>(sql`
    update monitor set state = 'retired', retired_at = ${at}, retire_reason = ${reason}
    where home_code = ${home} and person_id = ${person} and state = 'active' returning id`);
  return rows.map((row) => row.id);
}
