import { timingSafeEqual } from "node:crypto";
import { sql } from "../database/sql.ts";
import { contains } from "../divisions/code.ts";
import type { Context } from "../operation/context.ts";
import { Refusal } from "../operation/errors.ts";
import { handle } from "../operation/handle.ts";
import { seal, unseal } from "../vault/seal.ts";
import * as op from "./auth.contract.ts";
import { hashPassword, passwordProblems, verifyPassword } from "./password.ts";
import { mustEnrol } from "./second-factor.ts";
import { type GrantRow, grantsOf, hashToken, newToken, openSession, unbindPhones } from "./sessions.ts";
import { newRecoveryCodes, newTotpSecret, spendRecoveryCode, totpUri, verifyTotp } from "./totp.ts";

/** After so many failures in a row an account is locked, each further failure doubling the wait (等保三级：登录失败处理). */
const FAILURES_BEFORE_LOCK = 5;
const LOCK_MINUTES = 10;
const DAY = 86_400_000;

interface AccountRow {
  id: string;
  login: string;
  display_name: string;
  password_hash: string;
  must_change_password: boolean;
  totp_sealed: string | null;
  totp_last_counter: number | null;
  recovery_hashes: string[];
  failed_count: number;
  locked_until: Date | null;
  disabled_at: Date | null;
}

const shown = (grant: GrantRow) => ({
  id: grant.id,
  role: grant.role,
  division: grant.division_code,
  organisation: grant.organisation_id,
  unit: grant.unit_id,
  label: grant.label,
});

function subjectOf(ctx: Context, account: string, grants: readonly GrantRow[] = []) {
  const place = grants[0]?.division_code ?? ctx.actor.division ?? ctx.house.root;
  return { kind: "account", id: account, home: ctx.actor.home, division: place };
}

async function describe(ctx: Context, accountId: string, current: string | null) {
  await ctx.tx.assume({ kind: "auth" });
  const account = await ctx.tx.one<AccountRow>(sql`select * from account where id = ${accountId}`);
  const grants = await grantsOf(ctx.tx, accountId, ctx.today);
  const acting = grants.find((grant) => grant.id === current) ?? grants[0];
  const enrolled = account.totp_sealed !== null;
  return {
    account: account.login,
    displayName: account.display_name,
    grants: grants.map(shown),
    current: acting?.id ?? null,
    mustChangePassword: account.must_change_password,
    totpEnrolled: enrolled,
    secondFactorFirst:
      acting !== undefined &&
      mustEnrol(ctx.house, { role: acting.role, division: acting.division_code }, enrolled, ctx.today),
    demo: ctx.house.demo,
  };
}

/** Counts a failure although the sign-in is refused, so that guessing has an end. */
function failSignIn(ctx: Context, account: AccountRow, code: "auth/wrong-credentials" | "auth/totp-wrong"): never {
  const failures = account.failed_count + 1;
  const over = failures - FAILURES_BEFORE_LOCK;
  const until = over >= 0 ? new Date(ctx.now.getTime() + LOCK_MINUTES * 60_000 * 2 ** Math.min(over, 6)) : null;
  throw new Refusal(code, 401, { triesLeft: Math.max(0, FAILURES_BEFORE_LOCK - failures) }, [
    async (tx) => {
      await tx.run(
        sql`update account set failed_count = failed_count + 1, locked_until = ${until} where id = ${account.id}`,
      );
    },
  ]);
}

const signIn = handle(op.signIn)(async (input, ctx) => {
  const account = await ctx.tx.maybe<AccountRow>(
    sql`select * from account where login = ${input.account.toLowerCase()}`,
  );
  if (!account) {
    await verifyPassword(input.password, undefined);
    return ctx.fail("auth/wrong-credentials", { triesLeft: FAILURES_BEFORE_LOCK - 1 });
  }
  if (account.locked_until && account.locked_until > ctx.now) {
    return ctx.fail("auth/locked", { until: account.locked_until.toISOString() });
  }
  if (!(await verifyPassword(input.password, account.password_hash)))
    return failSignIn(ctx, account, "auth/wrong-credentials");
  if (account.disabled_at) return ctx.fail("auth/disabled");
  let counter = account.totp_last_counter;
  let recovery = account.recovery_hashes;
  if (account.totp_sealed) {
    if (!input.totp) return ctx.fail("auth/totp-required");
    const verdict = verifyTotp(
      unseal(ctx.house.keys, account.totp_sealed, account.id),
      input.totp,
      ctx.now,
      counter ?? undefined,
    );
    const left = verdict === undefined ? spendRecoveryCode(input.totp, recovery) : undefined;
    if (verdict !== undefined) counter = verdict;
    else if (left) recovery = left;
    else return failSignIn(ctx, account, "auth/totp-wrong");
  }
  const grants = await grantsOf(ctx.tx, account.id, ctx.today);
  if (grants.length === 0) return ctx.fail("auth/no-grant");
  const session = newToken();
  ctx.later(async (tx) => {
    await tx.run(sql`
      update account set failed_count = 0, locked_until = null, totp_last_counter = ${counter}, recovery_hashes = ${recovery} where id = ${account.id}`);
    await openSession(tx, { secret: session, account: account.id, grant: grants[0]?.id ?? null, now: ctx.now });
  });
  ctx.journal("account.signed-in", subjectOf(ctx, account.id, grants), { account: account.id });
  return { ...(await describe(ctx, account.id, grants[0]?.id ?? null)), session };
});

const signOut = handle(op.signOut)(async (_input, ctx) => {
  const account = ctx.actor.accountId as string;
  ctx.later(async (tx) => {
    await tx.run(
      sql`update session set ended_at = ${ctx.now} where account_id = ${account} and kind = 'browser' and ended_at is null`,
    );
  });
  ctx.journal("account.signed-out", subjectOf(ctx, account));
  return {};
});

const whoAmI = handle(op.whoAmI)(async (_input, ctx) =>
  describe(ctx, ctx.actor.accountId as string, ctx.actor.grantId),
);

const switchGrant = handle(op.switchGrant)(async (input, ctx) => {
  const account = ctx.actor.accountId as string;
  const answer = await describe(ctx, account, input.grantId);
  if (answer.current !== input.grantId) return ctx.fail("auth/not-your-grant");
  ctx.later(async (tx) => {
    await tx.run(
      sql`update session set grant_id = ${input.grantId} where account_id = ${account} and kind = 'browser' and ended_at is null`,
    );
  });
  ctx.journal("account.switched-grant", subjectOf(ctx, account), { grant: input.grantId });
  return answer;
});

const changePassword = handle(op.changePassword)(async (input, ctx) => {
  const id = ctx.actor.accountId as string;
  await ctx.tx.assume({ kind: "auth" });
  const account = await ctx.tx.one<AccountRow>(sql`select * from account where id = ${id}`);
  if (!(await verifyPassword(input.current, account.password_hash))) return ctx.fail("auth/wrong-credentials");
  const weak = passwordProblems(input.next, account.login);
  if (weak.length > 0) return ctx.fail("auth/weak-password", { problems: weak });
  const hash = await hashPassword(input.next);
  ctx.later(async (tx) => {
    await tx.run(sql`update account set password_hash = ${hash}, must_change_password = false where id = ${id}`);
    await tx.run(
      sql`update session set ended_at = ${ctx.now} where account_id = ${id} and kind = 'browser' and ended_at is null`,
    );
    await unbindPhones(tx, id);
  });
  ctx.journal("account.password-changed", subjectOf(ctx, id));
  return {};
});

const enrolTotp = handle(op.enrolTotp)(async (_input, ctx) => {
  const secret = newTotpSecret();
  ctx.journal("account.totp-begun", subjectOf(ctx, ctx.actor.accountId as string));
  return { secret, uri: totpUri(secret, ctx.actor.displayName, "Shanzhi") };
});

const confirmTotp = handle(op.confirmTotp)(async (input, ctx) => {
  const id = ctx.actor.accountId as string;
  const verdict = verifyTotp(input.secret, input.code, ctx.now, undefined);
  if (verdict === undefined) return ctx.fail("auth/totp-wrong", { triesLeft: FAILURES_BEFORE_LOCK });
  const { codes, hashes } = newRecoveryCodes();
  const sealed = seal(ctx.house.keys, input.secret, id);
  ctx.later(async (tx) => {
    await tx.run(
      sql`update account set totp_sealed = ${sealed}, totp_last_counter = ${verdict}, recovery_hashes = ${hashes} where id = ${id}`,
    );
  });
  ctx.journal("account.totp-enrolled", subjectOf(ctx, id));
  return { recoveryCodes: codes };
});

/** Whether an administrator may act on a grant: staff grants inside the own division, bodies of the own register. */
const within = (ctx: Context, grant: { division_code: string | null; organisation_home: string | null }) => {
  const mine = ctx.actor.division ?? "";
  const place = grant.division_code ?? grant.organisation_home;
  return place === null || contains(mine, place);
};

const listAccounts = handle(op.listAccounts)(async (input, ctx) => {
  await ctx.tx.assume({ kind: "auth" });
  const rows = await ctx.tx.many<AccountRow & { created_at: Date }>(
    sql`select * from account order by login limit 1000`,
  );
  const grants = await ctx.tx.many<GrantRow & { account_id: string; valid_from: string; valid_to: string | null }>(sql`
    select * from role_grant where revoked_at is null order by granted_at, id`);
  const accounts = rows
    .map((row) => ({ row, own: grants.filter((grant) => grant.account_id === row.id) }))
    .filter(
      ({ row, own }) => own.length === 0 || own.some((grant) => within(ctx, grant)) || row.id === ctx.actor.accountId,
    )
    .filter(({ row }) => !input.q || row.login.includes(input.q.toLowerCase()) || row.display_name.includes(input.q))
    .map(({ row, own }) => ({
      id: row.id,
      login: row.login,
      displayName: row.display_name,
      totpEnrolled: row.totp_sealed !== null,
      lockedUntil: row.locked_until && row.locked_until > ctx.now ? row.locked_until.toISOString() : null,
      disabled: row.disabled_at !== null,
      createdAt: row.created_at.toISOString(),
      grants: own.map((grant) => ({ ...shown(grant), from: grant.valid_from, to: grant.valid_to })),
    }));
  return { accounts };
});

/** Writes a new account; also used for the first administrator and the demonstration accounts. */
export async function writeAccount(
  ctx: Context,
  account: { login: string; displayName: string; password: string; mustChange: boolean },
): Promise<string> {
  const id = ctx.newId();
  const hash = await hashPassword(account.password);
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into account (id, login, display_name, password_hash, must_change_password, created_at)
      values (${id}, ${account.login}, ${account.displayName}, ${hash}, ${account.mustChange}, ${ctx.now})`);
  });
  return id;
}

const createAccount = handle(op.createAccount)(async (input, ctx) => {
  await ctx.tx.assume({ kind: "auth" });
  if (await ctx.tx.maybe(sql`select id from account where login = ${input.login}`))
    return ctx.fail("auth/login-taken", { login: input.login });
  const weak = passwordProblems(input.password, input.login);
  if (weak.length > 0) return ctx.fail("auth/weak-password", { problems: weak });
  const id = await writeAccount(ctx, { ...input, mustChange: true });
  ctx.journal("account.created", subjectOf(ctx, id), { login: input.login });
  return { id };
});

/**
 * Whether an organisation or unit belongs to the administrator's own reach: judged by what the administrator's scope
 * shows, never by what the request says about itself.
 */
async function ownBody(
  ctx: Context,
  body: { organisationId?: string; organisationHome?: string; unitId?: string },
): Promise<boolean> {
  const row = body.organisationId
    ? await ctx.tx.maybe(sql`
        select 1 as found from register_version where subject_id = ${body.organisationId} and home_code = ${body.organisationHome ?? ""} limit 1`)
    : await ctx.tx.maybe(sql`
        select 1 as found from register_version where unit_id = ${body.unitId} limit 1`);
  return row !== undefined;
}

const grantRole = handle(op.grantRole)(async (input, ctx) => {
  const isStaff = input.role !== "organisation" && input.role !== "supervisory-unit";
  if (
    isStaff
      ? !input.division
      : input.role === "organisation"
        ? !(input.organisationId && input.organisationHome)
        : !input.unitId
  ) {
    return ctx.fail("auth/grant-target-missing", { role: input.role });
  }
  if (!within(ctx, { division_code: input.division ?? null, organisation_home: input.organisationHome ?? null })) {
    return ctx.fail("auth/outside-your-division", { division: input.division ?? input.organisationHome });
  }
  if (input.role === "worker" && input.division?.length !== 12)
    return ctx.fail("auth/worker-needs-village", { division: input.division });
  let label = input.label;
  if (isStaff) {
    const place = await ctx.tx.maybe<{ name: string }>(
      sql`select name from division where code = ${input.division} and valid_to is null`,
    );
    if (!place && input.division !== "0") return ctx.fail("auth/unknown-division", { division: input.division });
    label ??= place?.name ?? "";
  }
  if (!isStaff && !(await ownBody(ctx, input)))
    return ctx.fail("auth/outside-your-division", { body: input.organisationId ?? input.unitId });
  await ctx.tx.assume({ kind: "auth" });
  if (!(await ctx.tx.maybe(sql`select id from account where id = ${input.accountId}`)))
    return ctx.fail("auth/unknown-account");
  const id = ctx.newId();
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into role_grant (id, account_id, role, division_code, organisation_id, organisation_home, unit_id, label, valid_from, valid_to, granted_by, granted_at)
      values (${id}, ${input.accountId}, ${input.role}, ${isStaff ? input.division : null}, ${input.organisationId ?? null}, ${input.organisationHome ?? null},
        ${input.unitId ?? null}, ${label ?? ""}, ${input.from ?? ctx.today}, ${input.to ?? null}, ${ctx.actor.accountId}, ${ctx.now})`);
  });
  ctx.journal("grant.given", subjectOf(ctx, input.accountId), {
    grant: id,
    role: input.role,
    place: input.division ?? input.organisationHome ?? null,
  });
  return { id };
});

const revokeGrant = handle(op.revokeGrant)(async (input, ctx) => {
  await ctx.tx.assume({ kind: "auth" });
  const grant = await ctx.tx.maybe<GrantRow & { account_id: string }>(
    sql`select * from role_grant where id = ${input.grantId} and revoked_at is null`,
  );
  if (!grant) return ctx.fail("auth/unknown-grant");
  if (!within(ctx, grant)) return ctx.fail("auth/outside-your-division", { division: grant.division_code });
  if (grant.role === "administrator") {
    const others = await ctx.tx.one<{ n: number }>(sql`
      select count(*) as n from role_grant g join account a on a.id = g.account_id
      where g.role = 'administrator' and g.revoked_at is null and g.id <> ${grant.id} and a.disabled_at is null`);
    if (others.n === 0) return ctx.fail("auth/last-administrator");
  }
  ctx.later(async (tx) => {
    await tx.run(sql`update role_grant set revoked_at = ${ctx.now} where id = ${grant.id}`);
  });
  ctx.journal("grant.revoked", subjectOf(ctx, grant.account_id), {
    grant: grant.id,
    role: grant.role,
    reason: input.reason,
  });
  return {};
});

const setAccountState = handle(op.setAccountState)(async (input, ctx) => {
  await ctx.tx.assume({ kind: "auth" });
  if (!(await ctx.tx.maybe(sql`select id from account where id = ${input.accountId}`)))
    return ctx.fail("auth/unknown-account");
  // By every grant the account ever held: one without any belongs to whoever stands at the root.
  const grants = await ctx.tx.many<GrantRow>(sql`select * from role_grant where account_id = ${input.accountId}`);
  const mine = grants.length > 0 ? grants.every((grant) => within(ctx, grant)) : ctx.actor.division === ctx.house.root;
  if (!mine) return ctx.fail("auth/outside-your-division");
  ctx.later(async (tx) => {
    if (input.state === "unlocked")
      await tx.run(sql`update account set failed_count = 0, locked_until = null where id = ${input.accountId}`);
    else {
      await tx.run(
        sql`update account set disabled_at = ${input.state === "disabled" ? ctx.now : null} where id = ${input.accountId}`,
      );
      if (input.state === "disabled") {
        await tx.run(
          sql`update session set ended_at = ${ctx.now} where account_id = ${input.accountId} and ended_at is null`,
        );
        await unbindPhones(tx, input.accountId);
      }
    }
  });
  ctx.journal(`account.${input.state}`, subjectOf(ctx, input.accountId, grants), { reason: input.reason });
  return {};
});

const createToken = handle(op.createToken)(async (input, ctx) => {
  const token = `sz_${newToken()}`;
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into session (token_hash, account_id, kind, label, grant_id, created_at, seen_at, expires_at)
      values (${hashToken(token)}, ${ctx.actor.accountId}, 'token', ${input.label}, ${ctx.actor.grantId}, ${ctx.now}, ${ctx.now}, ${new Date(ctx.now.getTime() + input.days * DAY)})`);
  });
  ctx.journal("token.created", subjectOf(ctx, ctx.actor.accountId as string), { label: input.label, days: input.days });
  return { token };
});

const createFirstAdministrator = handle(op.createFirstAdministrator)(async (input, ctx) => {
  if (await ctx.tx.maybe(sql`select id from account limit 1`)) return ctx.fail("auth/already-set-up");
  const wanted = Buffer.from(ctx.house.setupCode);
  const given = Buffer.from(input.setupCode.trim());
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return ctx.fail("auth/setup-code-wrong");
  const weak = passwordProblems(input.password, input.login);
  if (weak.length > 0) return ctx.fail("auth/weak-password", { problems: weak });
  const place = await ctx.tx.maybe<{ name: string }>(
    sql`select name from division where code = ${ctx.house.root} and valid_to is null`,
  );
  const id = await writeAccount(ctx, { ...input, mustChange: false });
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at)
      values (${ctx.newId()}, ${id}, 'administrator', ${ctx.house.root}, ${place?.name ?? ""}, ${ctx.today}, ${ctx.now})`);
  });
  ctx.journal("account.first-administrator", subjectOf(ctx, id), { login: input.login });
  return { id };
});

export const authHandlers = [
  signIn,
  signOut,
  whoAmI,
  switchGrant,
  changePassword,
  enrolTotp,
  confirmTotp,
  listAccounts,
  createAccount,
  grantRole,
  revokeGrant,
  setAccountState,
  createToken,
  createFirstAdministrator,
];
