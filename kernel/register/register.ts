import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";

/** One state of a registered record (登记簿版本): `body` is what was true from `validFrom` on, as known at `recorded_at`. */
export interface NewVersion {
  readonly register: string;
  readonly home: string;
  readonly division: string;
  readonly subject: string;
  readonly organisation?: string | null;
  readonly unit?: string | null;
  readonly version: number;
  readonly validFrom: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Version number this one corrects: a correction points to the old, nothing is overwritten. */
  readonly corrects?: number;
}

/** Keeps states of records for as-of questions (留痕), many as one statement. */
export function recordVersions(ctx: Context, versions: readonly NewVersion[]): void {
  if (versions.length === 0) return;
  // One text instead of thousands of objects that wait for their turn: a state is not changed any more.
  const rows = JSON.stringify(
    versions.map((one) => ({
      home_code: one.home,
      register: one.register,
      subject_id: one.subject,
      version: one.version,
      division_code: one.division,
      // What is not said stays away: rows come by the thousand.
      organisation_id: one.organisation ?? undefined,
      unit_id: one.unit ?? undefined,
      valid_from: one.validFrom,
      body: one.body,
      corrects: one.corrects,
    })),
  );
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into register_version (home_code, register, subject_id, version, division_code, organisation_id, unit_id, valid_from, recorded_at, body, cause, corrects)
      select home_code, register, subject_id, version, division_code, organisation_id, unit_id, valid_from, ${ctx.now}, body, ${ctx.operation}, corrects
      from jsonb_to_recordset(${rows}::jsonb) as row (home_code text, register text, subject_id uuid, version integer,
        division_code text, organisation_id uuid, unit_id uuid, valid_from date, body jsonb, corrects integer)`);
  });
}

/** A stored state of a record. */
export interface Version {
  readonly version: number;
  readonly valid_from: string;
  readonly recorded_at: Date;
  readonly body: Record<string, unknown>;
  readonly cause: string;
  readonly corrects: number | null;
}

/**
 * What held on a day (某日状态), as known at an instant: the version with the latest `valid_from` not after `on`, of
 * those recorded by `knownAt`; among equals the newest. Undefined: the record did not exist then.
 */
export async function versionOn(
  tx: Tx,
  register: string,
  subject: string,
  on: string,
  knownAt?: Date,
): Promise<Version | undefined> {
  return tx.maybe<Version>(sql`
    select version, valid_from, recorded_at, body, cause, corrects from register_version
    where subject_id = ${subject} and register = ${register} and valid_from <= ${on} and recorded_at <= ${knownAt ?? new Date("9999-12-31")}
    order by valid_from desc, version desc limit 1`);
}

/** Every stored state of a record, newest first. */
export async function versionsOf(tx: Tx, register: string, subject: string): Promise<Version[]> {
  return tx.many<Version>(sql`
    select version, valid_from, recorded_at, body, cause, corrects from register_version
    where subject_id = ${subject} and register = ${register} order by version desc`);
}
