import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Actor, Context } from "../operation/context.ts";

/** A phone as its row stands (手机). */
export interface DeviceRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly divisions: readonly string[];
  readonly account_id: string;
  readonly person: string;
  readonly name: string;
  readonly public_key: string;
  readonly state: "active" | "wiping" | "wiped";
  readonly last_page: number;
  readonly restarting: boolean;
  readonly seen_at: Date;
  readonly session_secret_hash: string | null;
  readonly challenge_at: Date | null;
}

/** Reads a phone by its id, whatever its home: workers have no right on the table, only the kernel asks (查找手机). */
export function findDevice(tx: Tx, id: string): Promise<DeviceRow | undefined> {
  return tx.lookup((inner) =>
    inner.maybe<DeviceRow>(sql`
      select home_code, id, division_code, divisions, account_id, person, name, public_key, state, last_page, restarting, seen_at, session_secret_hash, challenge_at from device where id = ${id}`),
  );
}

/** Whose hands may bring what a phone has recorded: its owner's, and those of a colleague who answers for the same places. */
export function mayDeliver(device: DeviceRow, actor: Actor): boolean {
  if (device.account_id === actor.accountId) return true;
  if (device.home_code !== actor.home) return false;
  const { scope } = actor;
  if (scope.kind === "worker") return device.divisions.some((one) => scope.divisions.includes(one));
  return scope.kind === "staff" && device.division_code >= scope.lo && device.division_code < scope.hi;
}

/** Villages of a worker, or the division of an officer. */
export const divisionsOf = (actor: Actor): readonly string[] =>
  actor.scope.kind === "worker" ? actor.scope.divisions : actor.division ? [actor.division] : [];

/** What a contact says of a phone. */
export interface Contact {
  readonly drift: number;
  readonly unsent?: number;
  readonly lastPage?: number;
  readonly records?: number;
  readonly restarting?: boolean;
  readonly state?: DeviceRow["state"];
  /** The phone is bringing what it recorded: until that is settled it belongs where it was. */
  readonly stays?: true;
}

/** Two requests of one phone at the same moment: the later one reads again what the earlier has written. */
function again(): never {
  throw Object.assign(new Error("another request of this phone came in between"), { code: "40001" });
}

/**
 * Notes a contact (记录联系) as an effect: when, by whose clock, with which villages. Refuses to go on, so that the command
 * is tried again, when another request has sent a page since the row was read. A worker who serves another county now takes
 * the phone along: its row moves, because rows are stored by county. `after` is written behind it, under the phone's home:
 * effects of one command begin together, and what a phone holds must not be written before its rows have moved.
 */
export function noteContact(
  ctx: Context,
  device: DeviceRow,
  contact: Contact,
  after?: (tx: Tx, home: string) => Promise<void>,
): void {
  const { actor } = ctx;
  const own = device.account_id === actor.accountId && !contact.stays;
  const home = own ? actor.home : device.home_code;
  ctx.later(async (tx) => {
    if (home !== device.home_code) {
      const moved = await tx.run(sql`
        insert into device (home_code, id, division_code, divisions, account_id, person, name, agent, public_key, state, registered_at, seen_at, drift_minutes, unsent, records, last_page, restarting, wipe_ordered_at, wipe_ordered_by, wiped_at, session_secret_hash, challenge_at)
        select ${home}, id, division_code, divisions, account_id, person, name, agent, public_key, state, registered_at, seen_at, drift_minutes, unsent, records, last_page, restarting, wipe_ordered_at, wipe_ordered_by, wiped_at, session_secret_hash, challenge_at
        from device where home_code = ${device.home_code} and id = ${device.id} on conflict (home_code, id) do nothing`);
      const left = await tx.run(sql`delete from device where home_code = ${device.home_code} and id = ${device.id}`);
      if (moved !== 1 || left !== 1) again();
      await tx.run(sql`
        insert into device_record (home_code, device_id, type, record_id, version, page, gone_page, changed_at)
        select ${home}, device_id, type, record_id, version, page, gone_page, changed_at from device_record where home_code = ${device.home_code} and device_id = ${device.id}`);
      await tx.run(sql`delete from device_record where home_code = ${device.home_code} and device_id = ${device.id}`);
    }
    const noted = await tx.run(sql`
      update device set seen_at = ${ctx.now}, drift_minutes = ${contact.drift},
        unsent = coalesce(${contact.unsent ?? null}::integer, unsent),
        last_page = coalesce(${contact.lastPage ?? null}::integer, last_page),
        records = coalesce(${contact.records ?? null}::integer, records),
        restarting = coalesce(${contact.restarting ?? null}::boolean, restarting),
        state = coalesce(${contact.state ?? null}::text, state),
        wiped_at = case when ${contact.state ?? null}::text = 'wiped' and wiped_at is null then ${ctx.now} else wiped_at end,
        division_code = case when ${own} then ${actor.division ?? actor.home} else division_code end,
        divisions = case when ${own} then ${[...divisionsOf(actor)]}::text[] else divisions end,
        person = case when ${own} then ${actor.displayName} else person end
      where home_code = ${home} and id = ${device.id} and last_page = ${device.last_page} and state = ${device.state}`);
    if (noted !== 1) again();
    await after?.(tx, home);
  });
}
