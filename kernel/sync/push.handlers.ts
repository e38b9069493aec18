import { dateInShanghai } from "../clock/date.ts";
import type { Relay } from "../operation/context.ts";
import type { Facts } from "../operation/define.ts";
import { InvalidInput, Refusal } from "../operation/errors.ts";
import { relay } from "../operation/handle.ts";
import { heldId, inputDigest, isSigned, itemDigest, keyOf, type OutboxItem } from "./act.ts";
import { holdAct, openOutbox, turnAway } from "./steps.contract.ts";
import { push } from "./sync.contract.ts";
import { driftMinutes, type HappenedAt, happenedAt } from "./sync.rules.ts";

/** Why an act cannot be written, or what the command answered. */
type Attempt = { readonly output: unknown } | { readonly code: string; readonly facts: Facts };

/** Troubles of the server, not of the act: nothing is decided, the phone tries again later. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string") return /Connection terminated|pool after calling end/.test(String(error));
  return /^(08|25|40|53|55|57|58)...$/.test(code) || /^E[A-Z]+$/.test(code);
}

/** Runs the act as the command it names; every reason against it is an answer, never a refusal of the whole request. */
async function attempt(desk: Relay, device: string, item: OutboxItem, when: HappenedAt): Promise<Attempt> {
  const operation = desk.offline(item.operation);
  if (!operation) return { code: "sync/operation-not-offline", facts: { operation: item.operation } };
  try {
    const output = await desk.carry({
      operation: operation.id,
      input: item.input ?? {},
      key: keyOf(device, item.key),
      happenedAt: when.at,
      device,
      clockDrift: when.drift,
    });
    return { output };
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, facts: error.facts };
    if (error instanceof InvalidInput) return { code: "operation/invalid-input", facts: { problems: error.problems } };
    if (isPassing(error)) throw error;
    // A fault of the program over this one act must not keep the phone's other acts waiting for ever.
    desk.house.log("fault", { requestId: desk.requestId, operation: operation.id, error: String(error) });
    return { code: "operation/fault", facts: { requestId: desk.requestId } };
  }
}

const answer = relay(push)(async (input, desk) => {
  const drift = driftMinutes(input.sentAt, desk.now);
  const limit = Number(
    desk.house.settings.on("sync.drift-minutes", dateInShanghai(desk.now), desk.actor.division ?? desk.actor.home),
  );
  const ids = input.items.map((item) => heldId(input.device, item));
  const outbox = await desk.step(openOutbox, { device: input.device, drift, acts: ids });
  const heldBefore = new Map(outbox.held.map((one) => [one.id, one]));
  const isOwner = outbox.account === desk.actor.accountId;
  const reason = outbox.state !== "active" ? "sync/device-wiped" : isOwner ? undefined : "sync/delivered-by-another";

  const settle = async (item: OutboxItem, id: string) => {
    if (!isSigned(outbox.publicKey, input.device, item)) {
      const digest = itemDigest(item);
      const operation = item.operation.slice(0, 100);
      await desk.step(
        turnAway,
        { device: input.device, key: item.key, operation, digest },
        `${input.device}/${digest}`,
      );
      return { state: "rejected" as const, code: "sync/signature-wrong", facts: {}, output: null };
    }
    const before = heldBefore.get(id);
    if (before) return before;
    const when = happenedAt(item.happenedAt, drift, limit, desk.now);
    const tried: Attempt = reason ? { code: reason, facts: {} } : await attempt(desk, input.device, item, when);
    if ("output" in tried) return { state: "accepted" as const, code: null, facts: {}, output: tried.output };
    return desk.step(holdAct, {
      id,
      device: input.device,
      key: item.key,
      operation: item.operation,
      act: item,
      inputDigest: inputDigest(desk.offline(item.operation), item.input),
      happenedAt: when.at.toISOString(),
      clockDrift: when.drift,
      contract: item.contract,
      code: tried.code,
      facts: { ...tried.facts },
    });
  };

  const results = [];
  for (const [at, item] of input.items.entries()) {
    const { state, code, facts, output } = await settle(item, ids[at] as string);
    results.push({ key: item.key, state, code, facts, output });
  }
  return { serverTime: desk.now.toISOString(), driftMinutes: drift, wipe: outbox.state !== "active", results };
});

export const pushHandlers = [answer];
