import { z } from "zod";
import { allRoles, defineCommand, defineQuery } from "../operation/define.ts";
import { division, facts, id, instant, page, text } from "../operation/shapes.ts";

const carriers = ["worker", "officer"] as const;
const supervisors = ["officer", "administrator", "auditor"] as const;

/** Makes this phone known (绑定手机): its public key signs everything it will send. The id is made by the phone. */
export const registerDevice = defineCommand("sync.register-device", {
  who: carriers,
  input: z.object({ id, name: text(80), publicKey: z.string().max(400), agent: z.string().max(300).optional() }),
  output: z.object({
    id,
    /** Days without contact after which the phone forgets its lists. */
    keepDays: z.int(),
    /** Records a phone may hold at most. */
    recordCap: z.int(),
  }),
  refusals: { "sync/device-of-another": 409, "sync/key-unreadable": 422 },
});

/**
 * Gives this phone the secret with which it opens its next sessions itself (绑定会话), after a sign-in with the password. The
 * phone keeps it under its PIN. A new one takes the place of the old; a changed password, a disabled account and a wipe
 * take it away.
 */
export const bindSession = defineCommand("sync.bind-session", {
  secretAnswer: ["secret"],
  who: carriers,
  input: z.object({ device: id }),
  output: z.object({ secret: z.string() }),
  refusals: { "sync/unknown-device": 404, "sync/device-of-another": 403 },
});

/** Asks for something to sign (挑战): good for two minutes, once, for this phone. Says nothing about whether it is known. */
export const challenge = defineQuery("sync.challenge", {
  who: allRoles,
  door: "auth",
  input: z.object({ device: id }),
  output: z.object({ challenge: z.string() }),
});

/**
 * Opens a session without the password (续期): for a phone that was heard of within `sync.keep-days`, by its bound secret
 * and its signature over the canonical JSON of `{challenge, device, purpose: "session"}`. A phone that is to be wiped learns
 * of it here.
 */
export const renewSession = defineCommand("sync.renew-session", {
  secretAnswer: ["session"],
  who: allRoles,
  door: "auth",
  input: z.object({
    device: id,
    /** The grant the phone is used under. */
    grantId: id,
    challenge: z.string().max(600),
    secret: z.string().max(100),
    signature: z.string().max(400),
  }),
  output: z.object({ session: z.string() }),
  refusals: {
    "sync/renewal-refused": 401,
    "sync/silent-too-long": 401,
    "sync/device-wiped": 403,
    "auth/disabled": 403,
    "auth/no-grant": 403,
  },
  privateFields: ["secret", "signature", "challenge"],
});

const record = z.object({ type: z.string(), id: z.string(), version: z.string(), body: facts });

/**
 * The next page of what this phone should hold (下发): records new or changed, and those it must forget. `received` is the
 * last page it has stored; a page that never arrived comes again. A phone stores a page whole or not at all, and throws away
 * a page older than the last one stored. `page` 0 asks the phone to forget its lists (not its outbox) and begin again with
 * `received` 0. Asks to come back later (`waitSeconds`) when too many ask at once.
 */
export const pull = defineCommand("sync.pull", {
  who: carriers,
  input: z.object({
    device: id,
    received: z.int().min(0),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    sentAt: instant,
    /** Acts still waiting on the phone, for the supervisor's page. */
    unsent: z.int().min(0).default(0),
  }),
  output: z.object({
    page: z.int(),
    records: z.array(record),
    gone: z.array(z.object({ type: z.string(), id: z.string() })),
    more: z.boolean(),
    /** The scope holds more than a phone may: what was left out, by type. */
    capped: z.int(),
    serverTime: instant,
    driftMinutes: z.int(),
    /** Everything on this phone is to be destroyed now; nothing else is in the answer. */
    wipe: z.boolean(),
    keepUntil: instant,
    waitSeconds: z.int().nullable(),
  }),
  refusals: { "sync/unknown-device": 404, "sync/device-of-another": 403 },
  relay: true,
});

/** One act from the outbox (离线操作). The signature covers the canonical JSON of everything else and the device's id. */
export const outboxItem = z
  .object({
    /** A UUID. Fields are read loosely on purpose: one damaged item must not keep the others from arriving. */
    key: z.string().max(100).catch(""),
    operation: z.string().max(100).catch(""),
    input: z.unknown().optional() as unknown as typeof facts,
    /** An instant as the phone's clock said it. */
    happenedAt: z.string().max(60).catch(""),
    /** Version of the application that recorded it. */
    contract: z.string().max(40).catch(""),
    signature: z.string().max(400).catch(""),
  })
  .catch({ key: "", operation: "", input: {}, happenedAt: "", contract: "", signature: "" });

/**
 * Sends acts recorded without network (上报), each in a transaction of its own. An act is never refused for good: what
 * cannot be written is held for a person, with the reason; only an act with a wrong signature is turned away.
 */
export const push = defineCommand("sync.push", {
  who: carriers,
  input: z.object({ device: id, sentAt: instant, items: z.array(outboxItem).min(1).max(50) }),
  output: z.object({
    serverTime: instant,
    driftMinutes: z.int(),
    wipe: z.boolean(),
    results: z.array(
      z.object({
        key: z.string(),
        state: z.enum(["accepted", "held", "rejected"]),
        code: z.string().nullable(),
        facts,
        output: z.unknown(),
      }),
    ),
  }),
  refusals: { "sync/unknown-device": 404, "sync/device-of-another": 403 },
  privateFields: ["items"],
  relay: true,
});

/** Sends a photo, a signature or a voice note of an act (上报附件); its id is made by the phone, twice is once. */
export const pushFile = defineCommand("sync.push-file", {
  who: carriers,
  input: z.object({ device: id, id, sha256: z.string().regex(/^[0-9a-f]{64}$/), takenAt: instant.optional() }),
  output: z.object({ id }),
  refusals: {
    "sync/unknown-device": 404,
    "sync/device-of-another": 403,
    "sync/file-differs": 422,
    "sync/file-too-large": 413,
    "sync/file-kind": 415,
  },
  upload: true,
});

/** Phones of a division (手机一览): last contact, drift, what waits unsent, what is held. */
export const listDevices = defineQuery("sync.list-devices", {
  who: supervisors,
  input: z.object({
    division: division.optional(),
    only: z.enum(["all", "unsent", "silent", "wiped"]).default("all"),
    ...page,
  }),
  output: z.object({
    devices: z.array(
      z.object({
        id,
        name: z.string(),
        accountId: id,
        person: z.string(),
        divisions: z.array(z.string()),
        registeredAt: instant,
        seenAt: instant,
        driftMinutes: z.int(),
        records: z.int(),
        unsent: z.int(),
        held: z.int(),
        state: z.enum(["active", "silent", "wiping", "wiped"]),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** Orders a phone to destroy what it holds at its next contact (远程清除). What it still sends afterwards is held, not lost. */
export const wipeDevice = defineCommand("sync.wipe-device", {
  who: ["officer", "administrator"],
  input: z.object({ id, reason: text(300) }),
  output: z.object({ id }),
  refusals: { "sync/unknown-device": 404 },
});

/** Acts that wait for a person (待处理的离线操作): why each could not be written, with everything that was recorded. */
export const listHeld = defineQuery("sync.list-held", {
  who: ["officer", "auditor"],
  input: z.object({ state: z.enum(["waiting", "applied", "set-aside"]).default("waiting"), ...page }),
  output: z.object({
    held: z.array(
      z.object({
        id,
        operation: z.string(),
        input: facts,
        happenedAt: instant,
        receivedAt: instant,
        person: z.string(),
        device: z.string(),
        division: z.string(),
        code: z.string(),
        facts,
        state: z.enum(["waiting", "applied", "set-aside"]),
        settledAt: instant.nullable(),
        reason: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** Settles a held act (处理): writes it under the officer's own right, or sets it aside with the reason; it is kept either way. */
export const settleHeld = defineCommand("sync.settle-held", {
  who: ["officer"],
  input: z.object({ id, decision: z.enum(["apply", "set-aside"]), reason: text(300) }),
  output: z.object({ id, state: z.enum(["applied", "set-aside"]), output: z.unknown() }),
  refusals: { "sync/unknown-held": 404, "sync/held-settled": 409, "sync/still-refused": 409 },
  relay: true,
});
