import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import type { z } from "zod";
import type { TestActor } from "../../testing/house.ts";
import { type OutboxItem, signedText } from "../act.ts";
import { pull, push, registerDevice } from "../sync.contract.ts";

export type Page = z.output<typeof pull.output>;
export type Results = z.output<typeof push.output>["results"];

/** One request on its way: what the network does with it decides the caller. */
export type Send = <T>(request: () => Promise<T>) => Promise<T | undefined>;
const straight: Send = (request) => request();

/** A phone as the field application is one (模拟手机): its store, its outbox, its key; used by tests and the simulator. */
export class Phone {
  id: string;
  readonly store = new Map<string, { version: string; body: Record<string, unknown> }>();
  outbox: OutboxItem[] = [];
  readonly held: string[] = [];
  readonly rejected: OutboxItem[] = [];
  received = 0;
  /** Minutes this phone's clock is ahead. */
  skew = 0;
  wiped = false;
  readonly #key: KeyObject;
  readonly publicKey: string;
  readonly #now: () => Date;

  constructor(now: () => Date, id: string = randomUUID()) {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = pair.privateKey;
    this.publicKey = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    this.id = id;
    this.#now = now;
  }

  get time(): Date {
    return new Date(this.#now().getTime() + this.skew * 60_000);
  }

  register(who: TestActor, name = "手机") {
    return who.call(registerDevice, { id: this.id, name, publicKey: this.publicKey });
  }

  sign(item: Omit<OutboxItem, "signature">): OutboxItem {
    return { ...item, signature: this.signText(signedText(this.id, { ...item, signature: "" })) };
  }

  signText(text: string): string {
    return sign("sha256", Buffer.from(text), { key: this.#key, dsaEncoding: "ieee-p1363" }).toString("base64");
  }

  /** Records an act without network. */
  record(operation: string, input: Record<string, unknown>, key: string = randomUUID()): OutboxItem {
    const item = this.sign({ key, operation, input, happenedAt: this.time.toISOString(), contract: "test" });
    this.outbox.push(item);
    return item;
  }

  apply(page: Page): void {
    if (page.wipe) {
      this.wiped = true;
      this.store.clear();
      return;
    }
    if (page.waitSeconds !== null) return;
    if (page.page === 0) {
      // Nothing was ever sent, or the server asks to begin again.
      if (page.more) this.forget();
      return;
    }
    if (page.page <= this.received) return;
    for (const { type, id } of page.gone) this.store.delete(`${type} ${id}`);
    for (const { type, id, version, body } of page.records) this.store.set(`${type} ${id}`, { version, body });
    this.received = page.page;
  }

  forget(): void {
    this.store.clear();
    this.received = 0;
  }

  pullInput(limit = 200) {
    return {
      device: this.id,
      received: this.received,
      limit,
      sentAt: this.time.toISOString(),
      unsent: this.outbox.length,
    };
  }

  async pullPage(who: TestActor, limit = 200, send: Send = straight): Promise<Page | undefined> {
    const input = this.pullInput(limit);
    const page = await send(() => who.call(pull, input));
    if (page) this.apply(page);
    return page;
  }

  /** Asks until nothing is left. */
  async pullAll(who: TestActor, limit = 200): Promise<void> {
    for (let turn = 0; turn < 200; turn++) {
      const page = await this.pullPage(who, limit);
      if (!page || page.wipe || (!page.more && page.page === this.received)) return;
    }
    throw new Error("the phone never came to an end");
  }

  take(results: Results): void {
    for (const one of results) {
      const item = this.outbox.find((waiting) => waiting.key === one.key);
      if (!item) continue;
      this.outbox = this.outbox.filter((waiting) => waiting.key !== one.key);
      if (one.state === "held") this.held.push(one.key);
      if (one.state === "rejected") this.rejected.push(item);
    }
  }

  async pushItems(who: TestActor, items: readonly OutboxItem[] = this.outbox, send: Send = straight): Promise<Results> {
    if (items.length === 0) return [];
    const input = { device: this.id, sentAt: this.time.toISOString(), items: [...items] };
    const answer = await send(() => who.call(push, input));
    if (!answer) return [];
    this.take(answer.results);
    if (answer.wipe) {
      this.wiped = true;
      this.store.clear();
    }
    return answer.results;
  }
}
