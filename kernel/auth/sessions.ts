import { createHash, randomBytes } from "node:crypto";
import type { Database } from "../database/database.ts";
import { prepare, type Statement, sql } from "../database/sql.ts";
import type { Scope, Tx } from "../database/transaction.ts";
import { homeOf, rangeOf } from "../divisions/code.ts";
import type { Actor } from "../operation/context.ts";
import type { Role } from "../operation/define.ts";

/** A grant in force, as read from its table. */
export interface GrantRow {
  readonly id: string;
  readonly role: Role;
  readonly division_code: string | null;
  readonly organisation_id: string | null;
  readonly organisation_home: string | null;
  readonly unit_id: string | null;
  readonly label: string;
}

/** A session together with the account and the grants behind it, and whom it stands for: nobody without a grant. */
export interface Session {
  readonly token_hash: string;
  readonly account_id: string;
  readonly login: string;
  readonly display_name: string;
  readonly grant_id: string | null;
  readonly must_change_password: boolean;
  readonly totp_enrolled: boolean;
  readonly grants: readonly GrantRow[];
  readonly actor: Actor | undefined;
}

export const hashToken = (token: string) => createHash("sha256").update(token).digest("base64url");
export const newToken = () => randomBytes(32).toString("base64url");

const SESSION_DAYS = 1;
const DAY = 86_400_000;

/** Writes a new session of a browser (建立会话): for one day, acting under one grant. Only a digest of the secret is kept. */
export async function openSession(
  tx: Tx,
  session: { readonly secret: string; readonly account: string; readonly grant: string | null; readonly now: Date },
): Promise<void> {
  const { secret, account, grant, now } = session;
  await tx.run(sql`
    insert into session (token_hash, account_id, kind, grant_id, created_at, seen_at, expires_at)
    values (${hashToken(secret)}, ${account}, 'browser', ${grant}, ${now}, ${now}, ${new Date(now.getTime() + SESSION_DAYS * DAY)})`);
}

/** Takes from the phones of an account the right to open sessions by themselves (收回续期): the password is asked again. */
export async function unbindPhones(tx: Tx, account: string): Promise<void> {
  await tx.run(sql`update device set session_secret_hash = null where account_id = ${account}`);
}

const grantsInForce = (account: Statement, today: string) => sql`
  select id, role, division_code, organisation_id, organisation_home, unit_id, label from role_grant
  where account_id = ${account} and revoked_at is null and valid_from <= ${today} and (valid_to is null or valid_to > ${today})
  order by granted_at, id`;

/** Grants of an account that are in force on a day, oldest first. */
export async function grantsOf(tx: Tx, accountId: string, today: string): Promise<GrantRow[]> {
  return tx.many<GrantRow>(prepare(grantsInForce(sql`${accountId}::uuid`, today)));
}

/** What a grant opens. The villages of one worker in one county are one scope: nobody switches between two doors of a lane. */
function scopeOf(grant: GrantRow, grants: readonly GrantRow[]): Scope {
  if (grant.organisation_id && grant.organisation_home) {
    return { kind: "organisation", organisation: grant.organisation_id, home: grant.organisation_home };
  }
  if (grant.unit_id) return { kind: "unit", unit: grant.unit_id };
  const division = grant.division_code ?? "";
  if (grant.role === "worker") {
    const home = homeOf(division);
    const villages = grants.flatMap((one) =>
      one.role === "worker" && one.division_code && homeOf(one.division_code) === home ? [one.division_code] : [],
    );
    return { kind: "worker", divisions: [...new Set([division, ...villages])].sort(), home };
  }
  return { kind: "staff", ...rangeOf(division), home: homeOf(division) };
}

/** The actor a session stands for: one grant at a time, the chosen one or the first. */
function actorOf(session: Omit<Session, "actor">): Actor | undefined {
  const grant = session.grants.find((one) => one.id === session.grant_id) ?? session.grants[0];
  if (!grant) return undefined;
  const scope = scopeOf(grant, session.grants);
  return {
    accountId: session.account_id,
    displayName: session.display_name,
    role: grant.role,
    grantId: grant.id,
    scope,
    division: grant.division_code,
    home: "home" in scope ? scope.home : "000000",
    organisation: grant.organisation_id,
    unit: grant.unit_id,
  };
}

/** Anybody without an account, at one of the public doors. */
export function publicActor(scope: Scope, root: string): Actor {
  return {
    accountId: null,
    displayName: "",
    role: "public",
    grantId: null,
    scope,
    division: null,
    home: homeOf(root),
    organisation: null,
    unit: null,
  };
}

/** The system itself, for jobs: everything below the root. */
export function systemActor(root: string): Actor {
  return {
    accountId: null,
    displayName: "system",
    role: "system",
    grantId: null,
    scope: { kind: "system" },
    division: root,
    home: homeOf(root),
    organisation: null,
    unit: null,
  };
}

const KEEP_MS = 2_000;
const MAX_KEPT = 10_000;

/**
 * Sessions by token (会话). Kept for two seconds, and dropped at once when this process changes anything about accounts,
 * grants or sessions: a changed role is obeyed from the next request.
 */
export class Sessions {
  readonly #database: Database;
  readonly #kept = new Map<string, { at: number; session: Session | undefined }>();
  constructor(database: Database) {
    this.#database = database;
  }
  forget(): void {
    this.#kept.clear();
  }
  async find(token: string, now: Date, today: string): Promise<Session | undefined> {
    const hash = hashToken(token);
    const known = this.#kept.get(hash);
    if (known && now.getTime() - known.at < KEEP_MS && now.getTime() >= known.at) return known.session;
    const row = await this.#database.transaction({ kind: "auth" }, (tx) =>
      // With its grants in one statement: it precedes every request whose session is not kept.
      tx.maybe<Omit<Session, "actor">>(
        prepare(sql`
          select s.token_hash, s.account_id, a.login, a.display_name, s.grant_id, a.must_change_password, a.totp_sealed is not null as totp_enrolled,
            (select coalesce(json_agg(g), '[]') from (${grantsInForce(sql`s.account_id`, today)}) as g) as grants
          from session s join account a on a.id = s.account_id
          where s.token_hash = ${hash} and s.ended_at is null and s.expires_at > ${now} and a.disabled_at is null`),
      ),
    );
    const session = row && { ...row, actor: actorOf(row) };
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(hash, { at: now.getTime(), session });
    return session;
  }
}
