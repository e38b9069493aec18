import type { z } from "zod";
import type * as contract from "../../../kernel/sync/sync.contract.ts";
import { ApiProblem, isSignedOut } from "../problem.ts";
import type { KeptAct, Settled } from "./acts.ts";
import { dayOf, forgetAt } from "./clock.rules.ts";
import { filesToSend, nextBatch, tally, unsent } from "./outbox.rules.ts";
import type { OutgoingFile } from "./store/outbox.ts";
import type { Phone } from "./store/phone.ts";

type In<Operation extends { input: z.ZodType }> = z.input<Operation["input"]>;
type Out<Operation extends { output: z.ZodType }> = z.output<Operation["output"]>;

/** What the phone asks of its server (上下行接口). */
export interface Server {
  register(input: In<typeof contract.registerDevice>): Promise<Out<typeof contract.registerDevice>>;
  bind(input: In<typeof contract.bindSession>): Promise<Out<typeof contract.bindSession>>;
  challenge(input: In<typeof contract.challenge>): Promise<Out<typeof contract.challenge>>;
  /** Leaves a new session with the browser. */
  renew(input: In<typeof contract.renewSession>): Promise<void>;
  pull(input: In<typeof contract.pull>): Promise<Out<typeof contract.pull>>;
  push(input: In<typeof contract.push>): Promise<Out<typeof contract.push>>;
  sendFile(device: string, file: OutgoingFile): Promise<void>;
}

export interface SyncWork {
  readonly phone: Phone;
  readonly server: Server;
  readonly now: () => number;
  readonly name: string;
  readonly agent: string;
  /** Told before each step, so that nobody looks at a wheel without a word. */
  readonly tell: (step: { readonly what: "files" | "push" | "pull"; readonly left: number }) => void;
}

/** How one round ended: `wait` when the server asked to come back later, `wiped` when it ordered everything destroyed. */
export type SyncEnd =
  | { readonly kind: "done" }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "wiped" };

/** Refusals that say something about this one message, not about who sends it or when. */
function isAboutContent(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && [400, 413, 415, 422].includes(error.status);
}

/**
 * One round of contact (一次同步): make the phone known, files first, then acts, then what is new. Every step may be cut off
 * and is repeated with the same ids; what the server already has it answers again. A session that ended meanwhile is renewed
 * by the phone itself, once a round.
 * Errors: NoAnswer, ApiProblem (signed out, refused, too many).
 */
export async function syncOnce(work: SyncWork, may: May = { introduce: true, renew: true }): Promise<SyncEnd> {
  const { phone } = work;
  try {
    if (!phone.sync.registered) await register(work);
    if (!phone.sync.bound) await phone.bind((await work.server.bind({ device: phone.deviceId })).secret);
    await sendFiles(work);
    const wiped = await pushAll(work);
    return wiped ? await wipe(work) : await pullAll(work);
  } catch (error) {
    // A server restored from a backup does not know this phone any more: it introduces itself again, once.
    if (may.introduce && error instanceof ApiProblem && error.code === "sync/unknown-device") {
      await phone.keepSync({ registered: false, bound: false });
      return syncOnce(work, { ...may, introduce: false });
    }
    if (!may.renew || !isSignedOut(error)) throw error;
    const renewed = await renew(work);
    if (renewed === "wiped") return await wipe(work);
    if (renewed === "refused") throw error;
    return syncOnce(work, { ...may, renew: false });
  }
}

/** What may still be tried once in this round. */
interface May {
  readonly introduce: boolean;
  readonly renew: boolean;
}

/** Opens a new session with what the phone was given after the last sign-in (会话续期). `refused`: the password is needed. */
async function renew({ phone, server }: SyncWork): Promise<"renewed" | "refused" | "wiped"> {
  if (!phone.sync.bound || !phone.owner) return "refused";
  const device = phone.deviceId;
  try {
    const { challenge } = await server.challenge({ device });
    const proof = await phone.renewal(challenge);
    if (!proof) return "refused";
    await server.renew({ device, grantId: phone.owner.grantId, challenge, ...proof });
    return "renewed";
  } catch (error) {
    if (error instanceof ApiProblem && error.code === "sync/device-wiped") return "wiped";
    if (error instanceof ApiProblem && (error.status === 401 || error.status === 404)) return "refused";
    throw error;
  }
}

async function register({ phone, server, name, agent }: SyncWork): Promise<void> {
  await server.register({
    id: phone.deviceId,
    name: name.slice(0, 80),
    publicKey: await phone.publicKey(),
    agent: agent.slice(0, 300),
  });
  await phone.keepSync({ registered: true });
}

async function sendFiles({ phone, server, tell }: SyncWork): Promise<void> {
  const outbox = phone.opened?.outbox;
  if (!outbox) return;
  const waiting = filesToSend(outbox.acts.values(), outbox.fileStates);
  for (const [at, id] of waiting.entries()) {
    tell({ what: "files", left: waiting.length - at });
    const file = await outbox.file(id);
    if (!file) {
      await outbox.markFile(id, "refused");
      continue;
    }
    try {
      await server.sendFile(phone.deviceId, file);
      await outbox.markFile(id, "sent");
    } catch (error) {
      if (!isAboutContent(error)) throw error;
      // The act goes without it and is looked at by a person; the file stays on the phone.
      await outbox.markFile(id, "refused");
    }
  }
}

/** Sends all acts that can go; true when the server ordered a wipe meanwhile. */
async function pushAll(work: SyncWork): Promise<boolean> {
  const { phone, tell } = work;
  let wiped = false;
  for (;;) {
    const outbox = phone.opened?.outbox;
    if (!outbox) return wiped;
    const batch = nextBatch(outbox.acts.values(), outbox.fileStates);
    if (batch.length === 0) return wiped;
    tell({ what: "push", left: unsent(outbox.acts.values()).length });
    try {
      wiped = (await pushSome(work, batch)) || wiped;
    } catch (error) {
      if (!isAboutContent(error)) throw error;
      for (const one of batch) wiped = (await pushAlone(work, one)) || wiped;
    }
  }
}

/** One act by itself, so that a malformed one is found and set aside while the others go on. */
async function pushAlone(work: SyncWork, kept: KeptAct): Promise<boolean> {
  try {
    return await pushSome(work, [kept]);
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    const settled: Settled = {
      state: "broken",
      code: error.code,
      facts: error.facts,
      output: null,
      at: new Date(work.now()).toISOString(),
    };
    await work.phone.opened?.outbox.settle([{ key: kept.key, settled }]);
    return false;
  }
}

async function pushSome({ phone, server, now }: SyncWork, batch: readonly KeptAct[]): Promise<boolean> {
  const items = batch.flatMap(({ act }) => {
    if (!act) return [];
    const { key, operation, input, happenedAt, contract: version, signature } = act;
    return [{ key, operation, input: input as Record<string, unknown>, happenedAt, contract: version, signature }];
  });
  const answer = await server.push({ device: phone.deviceId, sentAt: new Date(now()).toISOString(), items });
  const at = new Date(answer.serverTime).toISOString();
  const outbox = phone.opened?.outbox;
  const answered = answer.results.filter((one) => items.some((item) => item.key === one.key));
  await outbox?.settle(
    answered.map(({ key, state, code, facts, output }) => ({ key, settled: { state, code, facts, output, at } })),
  );
  await phone.keepSync({ driftMinutes: answer.driftMinutes, contactAt: at });
  // An answer about none of them would be asked for ever.
  if (answered.length === 0) throw new ApiProblem({ status: 502, code: "sync/no-results" });
  return answer.wipe;
}

async function pullAll(work: SyncWork): Promise<SyncEnd> {
  const { phone, server, now, tell } = work;
  let started: string | null = null;
  for (;;) {
    const opened = phone.opened;
    if (!opened) return { kind: "done" };
    tell({ what: "pull", left: opened.lists.people.size });
    const answer = await server.pull({
      device: phone.deviceId,
      received: phone.sync.received,
      sentAt: new Date(now()).toISOString(),
      unsent: tally(opened.outbox.acts.values()).waiting,
    });
    if (answer.wipe) return wipe(work);
    const at = new Date(answer.serverTime).toISOString();
    started ??= at;
    // The server cannot tell any more what this phone holds: it begins anew, and so does the phone.
    const anew = answer.page < phone.sync.received;
    const stuck = answer.more && answer.page === phone.sync.received;
    const { change, taken } = phone.syncChange({
      received: answer.page,
      forgetAt: forgetAt(now(), answer.serverTime, answer.keepUntil),
      contactAt: at,
      driftMinutes: answer.driftMinutes,
      capped: answer.capped,
      ...(answer.more || answer.waitSeconds !== null ? {} : { pulledAt: started }),
    });
    await opened.lists.store(answer, dayOf(Date.parse(answer.serverTime)).slice(0, 7), [change], anew);
    taken();
    await phone.heard(now());
    if (answer.waitSeconds !== null) return { kind: "wait", seconds: answer.waitSeconds };
    if (stuck) return { kind: "wait", seconds: 60 };
    if (!answer.more) break;
  }
  await phone.opened?.outbox.tidy(now());
  return { kind: "done" };
}

/**
 * Destroys what this phone holds (远程清除). Acts that could not be sent before stay sealed for their owner, who may sign in
 * again and send them; nothing else remains.
 */
async function wipe({ phone }: SyncWork): Promise<SyncEnd> {
  const waiting = phone.opened ? unsent(phone.opened.outbox.acts.values()).length : await phone.sealedUnsent();
  if (waiting === 0) await phone.forgetAll();
  else await phone.destroyLists();
  return { kind: "wiped" };
}
