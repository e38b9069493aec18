import { z } from "zod";
import { allRoles, defineCommand, defineQuery, everyone } from "../operation/define.ts";
import { date, division, id, instant, text } from "../operation/shapes.ts";

const role = z.enum(allRoles);
/** A role on a place or body, as its holder sees it (身份). */
export const grant = z.object({
  id,
  role,
  division: z.string().nullable(),
  organisation: id.nullable(),
  unit: id.nullable(),
  label: z.string(),
});

const me = z.object({
  account: z.string(),
  displayName: z.string(),
  grants: z.array(grant),
  current: id.nullable(),
  mustChangePassword: z.boolean(),
  totpEnrolled: z.boolean(),
  /** An administrator who must switch on one-time codes before anything else. */
  secondFactorFirst: z.boolean(),
  demo: z.boolean(),
});

/** Sign in (登录): answers who you are and sets the session cookie. */
export const signIn = defineCommand("auth.sign-in", {
  secretAnswer: ["session"],
  who: allRoles,
  door: "auth",
  input: z.object({ account: text(100), password: z.string().min(1).max(200), totp: z.string().max(20).optional() }),
  output: me.extend({ session: z.string() }),
  refusals: {
    "auth/wrong-credentials": 401,
    "auth/locked": 429,
    "auth/totp-required": 401,
    "auth/totp-wrong": 401,
    "auth/disabled": 403,
    "auth/no-grant": 403,
  },
  privateFields: ["password", "totp"],
});

/** Sign out (退出): ends the session everywhere it is used. */
export const signOut = defineCommand("auth.sign-out", { who: everyone, input: z.object({}), output: z.object({}) });

/** Who am I, and as what may I act (当前身份). */
export const whoAmI = defineQuery("auth.me", { who: everyone, input: z.object({}), output: me });

/** Act under another of one's own grants (切换身份). */
export const switchGrant = defineCommand("auth.switch-grant", {
  who: everyone,
  input: z.object({ grantId: id }),
  output: me,
  refusals: { "auth/not-your-grant": 403 },
});

/** Change one's own password (修改口令); all other sessions end. */
export const changePassword = defineCommand("auth.change-password", {
  who: everyone,
  input: z.object({ current: z.string().max(200), next: z.string().max(200) }),
  output: z.object({}),
  refusals: { "auth/wrong-credentials": 401, "auth/weak-password": 422 },
  privateFields: ["current", "next"],
});

/** Begin two-factor sign-in (启用动态口令): answers the secret once. */
export const enrolTotp = defineCommand("auth.enrol-totp", {
  secretAnswer: ["uri", "secret"],
  who: everyone,
  input: z.object({}),
  output: z.object({ uri: z.string(), secret: z.string() }),
});

/** Finish two-factor sign-in by showing a code of the new secret; answers recovery codes once. */
export const confirmTotp = defineCommand("auth.confirm-totp", {
  secretAnswer: ["recoveryCodes"],
  who: everyone,
  input: z.object({ secret: z.string().max(80), code: z.string().max(10) }),
  output: z.object({ recoveryCodes: z.array(z.string()) }),
  refusals: { "auth/totp-wrong": 401 },
  privateFields: ["secret", "code"],
});

const accountRow = z.object({
  id,
  login: z.string(),
  displayName: z.string(),
  totpEnrolled: z.boolean(),
  lockedUntil: instant.nullable(),
  disabled: z.boolean(),
  createdAt: instant,
  grants: z.array(grant.extend({ from: z.string(), to: z.string().nullable() })),
});

/** Accounts with a grant inside the administrator's division (账号列表). */
export const listAccounts = defineQuery("auth.list-accounts", {
  who: ["administrator", "auditor"],
  input: z.object({ q: z.string().max(100).optional() }),
  output: z.object({ accounts: z.array(accountRow) }),
});

/** Make an account (新建账号) with a first password to hand over; it must be changed at the first sign-in. */
export const createAccount = defineCommand("auth.create-account", {
  who: ["administrator"],
  input: z.object({
    login: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, { error: "login-form" }),
    displayName: text(60),
    password: z.string().max(200),
  }),
  output: z.object({ id }),
  refusals: { "auth/login-taken": 409, "auth/weak-password": 422 },
  privateFields: ["password"],
});

/** Grant a role (授权) on a division within one's own, or on an organisation or unit. */
export const grantRole = defineCommand("auth.grant-role", {
  who: ["administrator"],
  input: z.object({
    accountId: id,
    role: z.enum(everyone),
    division: division.optional(),
    organisationId: id.optional(),
    organisationHome: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    unitId: id.optional(),
    label: text(120).optional(),
    from: date.optional(),
    to: date.optional(),
  }),
  output: z.object({ id }),
  refusals: {
    "auth/outside-your-division": 403,
    "auth/unknown-account": 404,
    "auth/grant-target-missing": 422,
    "auth/unknown-division": 422,
    "auth/worker-needs-village": 422,
  },
});

/** Take a role away (撤销授权); obeyed from the next request. */
export const revokeGrant = defineCommand("auth.revoke-grant", {
  who: ["administrator"],
  input: z.object({ grantId: id, reason: text(200) }),
  output: z.object({}),
  refusals: { "auth/outside-your-division": 403, "auth/unknown-grant": 404, "auth/last-administrator": 409 },
});

/** Disable or enable an account, or lift its lock (停用、启用、解锁). */
export const setAccountState = defineCommand("auth.set-account-state", {
  who: ["administrator"],
  input: z.object({ accountId: id, state: z.enum(["enabled", "disabled", "unlocked"]), reason: text(200) }),
  output: z.object({}),
  refusals: { "auth/outside-your-division": 403, "auth/unknown-account": 404 },
});

/** Make an API token for a machine (接口令牌), acting under one of one's own grants; shown once. */
export const createToken = defineCommand("auth.create-token", {
  secretAnswer: ["token"],
  who: ["administrator", "registrar", "decider", "publisher", "auditor", "organisation"],
  input: z.object({ label: text(80), days: z.int().min(1).max(366) }),
  output: z.object({ token: z.string() }),
});

/** The first administrator of an empty installation (首次启动): possible exactly once, while no account exists. */
export const createFirstAdministrator = defineCommand("auth.create-first-administrator", {
  who: allRoles,
  door: "auth",
  input: z.object({
    login: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, { error: "login-form" }),
    displayName: text(60),
    password: z.string().max(200),
    setupCode: z.string().max(80),
  }),
  output: z.object({ id }),
  refusals: { "auth/already-set-up": 409, "auth/weak-password": 422, "auth/setup-code-wrong": 403 },
  privateFields: ["password", "setupCode"],
});
