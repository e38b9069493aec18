import { grantsOf, hashToken, newToken, openSession } from "../auth/sessions.ts";
import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { Refusal } from "../operation/errors.ts";
import { handle } from "../operation/handle.ts";
import { canonical } from "../vault/canonical.ts";
import { seal, unseal } from "../vault/seal.ts";
import { isSignedText } from "./act.ts";
import { type DeviceRow, findDevice } from "./device.ts";
import { bindSession, challenge, renewSession } from "./sync.contract.ts";

const DAY_MS = 86_400_000;
/** A challenge is answered at once or not at all. */
const CHALLENGE_MS = 120_000;
const carriers = new Set<string>(bindSession.who);

/** What the signature of a renewal covers (续期签名范围). */
export const renewalText = (device: string, given: string): string =>
  canonical({ challenge: given, device, purpose: "session" });

const place = (device: string) => `challenge/${device}`;

const bind = handle(bindSession)(async (input, ctx) => {
  const device = await findDevice(ctx.tx, input.device);
  if (!device) return ctx.fail("sync/unknown-device");
  if (device.account_id !== ctx.actor.accountId) return ctx.fail("sync/device-of-another");
  const secret = newToken();
  // A phone that is to be wiped gets an answer and no right: it hears of the wipe when it asks for its lists.
  ctx.later(async (tx) => {
    await tx.run(
      sql`update device set session_secret_hash = ${hashToken(secret)} where id = ${device.id} and state = 'active'`,
    );
  });
  ctx.journal("device.session-bound", subjectOf(device));
  return { secret };
});

const ask = handle(challenge)(async (input, ctx) => ({
  challenge: seal(ctx.house.keys, ctx.now.toISOString(), place(input.device)),
}));

const subjectOf = (device: DeviceRow) => ({
  kind: "device",
  id: device.id,
  home: device.home_code,
  division: device.division_code,
});

/** When a challenge was given out, or undefined when this house gave out no such thing for this phone, or too long ago. */
function givenAt(ctx: Context, device: string, given: string): Date | undefined {
  try {
    const at = new Date(unseal(ctx.house.keys, given, place(device)));
    const age = ctx.now.getTime() - at.getTime();
    return age >= 0 && age <= CHALLENGE_MS ? at : undefined;
  } catch {
    return undefined;
  }
}

interface Owner {
  login: string;
  disabled_at: Date | null;
  must_change_password: boolean;
}

const renew = handle(renewSession)(async (input, ctx) => {
  const at = givenAt(ctx, input.device, input.challenge);
  const device = at && (await findDevice(ctx.tx, input.device));
  if (!device || !isSignedText(device.public_key, renewalText(input.device, input.challenge), input.signature))
    return ctx.fail("sync/renewal-refused");
  // The phone has proved that it is this phone: it is told to destroy what it holds even when nothing else is owed to it.
  if (device.state !== "active")
    throw new Refusal("sync/device-wiped", 403, {}, [
      async (tx) => {
        await tx.run(
          sql`update device set state = 'wiped', wiped_at = coalesce(wiped_at, ${ctx.now}) where id = ${device.id} and state <> 'active'`,
        );
      },
    ]);
  if (device.session_secret_hash === null || device.session_secret_hash !== hashToken(input.secret))
    return ctx.fail("sync/renewal-refused");
  const days = Number(ctx.house.settings.on("sync.keep-days", ctx.today, device.division_code));
  if (ctx.now.getTime() - device.seen_at.getTime() > days * DAY_MS)
    return ctx.fail("sync/silent-too-long", { days, seenAt: device.seen_at.toISOString() });
  const owner = await ctx.tx.one<Owner>(
    sql`select login, disabled_at, must_change_password from account where id = ${device.account_id}`,
  );
  if (owner.disabled_at) return ctx.fail("auth/disabled");
  if (owner.must_change_password) return ctx.fail("sync/renewal-refused");
  const grants = (await grantsOf(ctx.tx, device.account_id, ctx.today)).filter((one) => carriers.has(one.role));
  const grant = grants.find((one) => one.id === input.grantId) ?? grants[0];
  if (!grant) return ctx.fail("auth/no-grant");
  const session = newToken();
  ctx.later(async (tx) => {
    const spent = await tx.run(sql`
      update device set challenge_at = ${at}
      where id = ${device.id} and state = 'active' and (challenge_at is null or challenge_at < ${at})`);
    if (spent !== 1) throw new Refusal("sync/renewal-refused", 401);
    await openSession(tx, { secret: session, account: device.account_id, grant: grant.id, now: ctx.now });
  });
  ctx.journal("device.session-renewed", subjectOf(device), { account: device.account_id });
  return { session };
});

export const sessionHandlers = [bind, ask, renew];
