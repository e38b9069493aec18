import type * as auth from "../../../kernel/auth/auth.contract.ts";
import type { Door } from "../../../kernel/operation/define.ts";
import type * as sync from "../../../kernel/sync/sync.contract.ts";

/**
 * The operations a phone calls (手机用到的接口), by name only: the contracts themselves would bring the whole validator
 * to a cheap phone. Their types are those of the contracts; a test compares names, doors and sample inputs with them.
 */
const stands = <Declared>(id: string, door: Door = "app", kind: "command" | "query" = "command"): Declared =>
  ({ kind, id, door }) as unknown as Declared;

export const signIn = stands<typeof auth.signIn>("auth.sign-in", "auth");
export const switchGrant = stands<typeof auth.switchGrant>("auth.switch-grant");
export const changePassword = stands<typeof auth.changePassword>("auth.change-password");
export const registerDevice = stands<typeof sync.registerDevice>("sync.register-device");
export const bindSession = stands<typeof sync.bindSession>("sync.bind-session");
export const challenge = stands<typeof sync.challenge>("sync.challenge", "auth", "query");
export const renewSession = stands<typeof sync.renewSession>("sync.renew-session", "auth");
export const pull = stands<typeof sync.pull>("sync.pull");
export const push = stands<typeof sync.push>("sync.push");
export const pushFile = stands<typeof sync.pushFile>("sync.push-file");

/** Roles that carry a phone (可用手机端的身份). */
export const carriers: readonly string[] = ["worker", "officer"];
