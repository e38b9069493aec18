import { z } from "zod";
import { defineCommand, defineQuery } from "../operation/define.ts";
import { facts, id } from "../operation/shapes.ts";

/** Steps of the relays: each a command of its own behind the door `internal`, reachable from `sync` alone. */

const carriers = ["worker", "officer"] as const;
const ofDevice = { "sync/unknown-device": 404, "sync/device-of-another": 403 } as const;

/** Compares what the phone should hold with what it has and makes the next page (比对下发). */
export const makePage = defineCommand("sync.make-page", {
  who: carriers,
  door: "internal",
  input: z.object({
    device: id,
    received: z.int().min(0),
    limit: z.int().min(1),
    drift: z.int(),
    unsent: z.int().min(0),
  }),
  output: z.object({
    page: z.int(),
    records: z.array(z.object({ type: z.string(), id: z.string(), version: z.string(), body: facts })),
    gone: z.array(z.object({ type: z.string(), id: z.string() })),
    more: z.boolean(),
    capped: z.int(),
    wipe: z.boolean(),
  }),
  refusals: ofDevice,
});

/** What a held act answers to the phone; `held` is its first answer, also on a replay. */
const answer = z.object({
  state: z.enum(["accepted", "held"]),
  code: z.string().nullable(),
  facts,
  output: z.unknown(),
});

/** Reads whose phone this is and which of its acts are held already (打开发件箱); notes the contact. */
export const openOutbox = defineCommand("sync.open-outbox", {
  who: carriers,
  door: "internal",
  input: z.object({ device: id, drift: z.int(), acts: z.array(id) }),
  output: z.object({
    publicKey: z.string(),
    account: id,
    state: z.enum(["active", "wiping", "wiped"]),
    held: z.array(answer.extend({ id })),
  }),
  refusals: ofDevice,
});

/** Keeps an act that cannot be written now, sealed, and opens a duty for a person (暂存). */
export const holdAct = defineCommand("sync.hold-act", {
  who: carriers,
  door: "internal",
  input: z.object({
    id,
    device: id,
    key: z.string(),
    operation: z.string(),
    /** The signed act as it came. */
    act: z.unknown(),
    /** Digest of the input as the executor reads it, to know whether it was written before. */
    inputDigest: z.string(),
    happenedAt: z.string(),
    clockDrift: z.int().nullable(),
    contract: z.string(),
    code: z.string(),
    facts,
  }),
  output: answer,
  refusals: ofDevice,
  privateFields: ["act", "facts"],
});

/** Notes in the journal that an act with a wrong signature was turned away (退回). */
export const turnAway = defineCommand("sync.turn-away", {
  who: carriers,
  door: "internal",
  input: z.object({ device: id, key: z.string(), operation: z.string(), digest: z.string() }),
  output: z.object({}),
});

/** The whole of a held act, for whoever settles it (读取暂存). */
export const openHeld = defineQuery("sync.open-held", {
  who: ["officer"],
  door: "internal",
  input: z.object({ id }),
  output: z.object({
    id,
    device: id,
    operation: z.string(),
    input: z.unknown(),
    happenedAt: z.string(),
    clockDrift: z.int().nullable(),
    state: z.enum(["waiting", "applied", "set-aside"]),
    settledBy: z.string().nullable(),
  }),
  refusals: { "sync/unknown-held": 404 },
});

/** Sets a held act aside with the reason; it stays readable (搁置). */
export const setAside = defineCommand("sync.set-aside", {
  who: ["officer"],
  door: "internal",
  input: z.object({ id, reason: z.string() }),
  output: z.object({ id }),
  refusals: { "sync/unknown-held": 404, "sync/held-settled": 409 },
});

/** Opens duties for phones with unsent work that have been silent too long (沉默手机巡查). */
export const watchPhones = defineCommand("sync.watch-phones", {
  who: [],
  door: "internal",
  input: z.object({}),
  output: z.object({ opened: z.int(), forgotten: z.int() }),
});
