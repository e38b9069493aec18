import { mustForget } from "../clock.rules.ts";
import { newId } from "../ids.ts";
import { type Change, openStore, read, readAll, write } from "./indexed.ts";
import { Lists } from "./lists.ts";
import { Outbox } from "./outbox.ts";
import {
  newContentKey,
  newDeviceKey,
  newSigningPair,
  open,
  publicKeyText,
  type Sealed,
  seal,
  sign,
  unwrap,
  type Wrapped,
  wrap,
} from "./sealing.ts";

/** Wrong PINs after which the lists are destroyed. */
export const PIN_TRIES = 10;

/** Whose phone this is; shown on the locked screen, so no more than that. */
export interface Owner {
  readonly login: string;
  readonly displayName: string;
  readonly grantId: string;
}

/** What the phone remembers between contacts. */
export interface SyncState {
  readonly received: number;
  /** In this phone's own time. */
  readonly forgetAt: number | null;
  /** Server's time of the last complete pull, and this phone's. */
  readonly pulledAt: string | null;
  readonly contactAt: string | null;
  readonly driftMinutes: number;
  readonly capped: number;
  readonly registered: boolean;
  /** The server has bound a session to this phone since the last sign-in with the password. */
  readonly bound: boolean;
}

interface Device {
  readonly id: string;
  readonly key: CryptoKey;
  readonly signing: CryptoKeyPair;
}

/**
 * `new`: nobody's yet; `rescue`: the lists are destroyed, unsent acts wait for their owner to sign in; `locked`: waits for
 * the PIN; `open`: in use.
 */
export type Phase = "new" | "rescue" | "locked" | "open";

export interface Opened {
  readonly lists: Lists;
  readonly outbox: Outbox;
}

const fresh: SyncState = {
  received: 0,
  forgetAt: null,
  pulledAt: null,
  contactAt: null,
  driftMinutes: 0,
  capped: 0,
  registered: false,
  bound: false,
};

/**
 * The phone's keeping (手机保管箱): who it belongs to, its keys, its lock, and what has to be destroyed when. Two keys: one
 * for the lists, one for unsent acts. Both lie under PIN and device; the second also under the owner's password and device,
 * so that ten wrong PINs or a wipe cost no visit.
 */
export class Phone {
  readonly #store: IDBDatabase;
  #device: Device;
  #owner: Owner | null;
  #pin: Wrapped | null;
  #rescue: Wrapped | null;
  #tries: number;
  #sync: SyncState;
  #seen: number;
  #opened: (Opened & { readonly keys: readonly [CryptoKey, CryptoKey] }) | null = null;

  private constructor(store: IDBDatabase, meta: ReadonlyMap<string, unknown>, device: Device) {
    this.#store = store;
    this.#device = device;
    this.#owner = (meta.get("owner") as Owner | undefined) ?? null;
    this.#pin = (meta.get("pin") as Wrapped | undefined) ?? null;
    this.#rescue = (meta.get("rescue") as Wrapped | undefined) ?? null;
    this.#tries = (meta.get("tries") as number | undefined) ?? 0;
    this.#sync = (meta.get("sync") as SyncState | undefined) ?? fresh;
    this.#seen = (meta.get("seen") as number | undefined) ?? 0;
  }

  /** Opens the keeping and forgets at once what may no longer be kept. */
  static async start(now: number, name?: string): Promise<Phone> {
    const store = await openStore(name);
    const meta = new Map((await readAll<unknown>(store, "meta")).map((one) => [one.key, one.value]));
    let device = meta.get("device") as Device | undefined;
    if (!device) {
      device = { id: newId(now), key: await newDeviceKey(), signing: await newSigningPair() };
      await write(store, [{ table: "meta", key: "device", value: device }]);
    }
    const phone = new Phone(store, meta, device);
    await phone.forgetWhenDue(now);
    return phone;
  }

  get phase(): Phase {
    if (this.#opened) return "open";
    if (this.#owner && this.#pin) return "locked";
    return this.#owner ? "rescue" : "new";
  }

  get owner(): Owner | null {
    return this.#owner;
  }

  get opened(): Opened | null {
    return this.#opened;
  }

  get sync(): SyncState {
    return this.#sync;
  }

  get deviceId(): string {
    return this.#device.id;
  }

  get triesLeft(): number {
    return Math.max(0, PIN_TRIES - this.#tries);
  }

  publicKey(): Promise<string> {
    return publicKeyText(this.#device.signing);
  }

  /** Acts that wait under seal while the phone is not open. */
  async sealedUnsent(): Promise<number> {
    return (await readAll<{ state: string }>(this.#store, "outbox")).filter((one) => one.value?.state === "waiting")
      .length;
  }

  /**
   * Makes the phone its owner's with a new PIN. After a rescue the unsent acts are opened with the password; false when the
   * password is not the one they were sealed under.
   */
  async setUp(owner: Owner, password: string, pin: string, oldPassword = password): Promise<boolean> {
    let acts: CryptoKey | undefined;
    if (this.#rescue) {
      if (this.#owner?.login !== owner.login) return false;
      [acts] = (await unwrap(this.#device.key, oldPassword, this.#rescue)) ?? [];
      if (!acts) return false;
    }
    acts ??= await newContentKey();
    const lists = await newContentKey();
    const wrapped = await wrap(this.#device.key, pin, [lists, acts]);
    const rescue = await wrap(this.#device.key, password, [acts]);
    await write(
      this.#store,
      [
        { table: "meta", key: "owner", value: owner },
        { table: "meta", key: "pin", value: wrapped },
        { table: "meta", key: "rescue", value: rescue },
        { table: "meta", key: "tries", value: 0 },
        { table: "meta", key: "sync", value: fresh },
        { table: "meta", key: "session", value: undefined },
      ],
      ["records", "summary"],
    );
    this.#owner = owner;
    this.#pin = wrapped;
    this.#rescue = rescue;
    this.#tries = 0;
    this.#sync = fresh;
    await this.#open([lists, acts]);
    return true;
  }

  /** Whether a password opens the sealed acts. Asked before a new PIN is chosen, so that nobody types it for nothing. */
  async opensRescue(password: string): Promise<boolean> {
    return !this.#rescue || (await unwrap(this.#device.key, password, this.#rescue)) !== undefined;
  }

  /** Tries a PIN. The try is written before it is made, so that nothing is won by breaking off. */
  async unlock(pin: string): Promise<"open" | "wrong" | "destroyed"> {
    if (!this.#pin) return "destroyed";
    this.#tries += 1;
    await write(this.#store, [{ table: "meta", key: "tries", value: this.#tries }]);
    const keys = await unwrap(this.#device.key, pin, this.#pin);
    if (!keys) {
      if (this.#tries < PIN_TRIES) return "wrong";
      await this.destroyLists();
      return "destroyed";
    }
    this.#tries = 0;
    await write(this.#store, [{ table: "meta", key: "tries", value: 0 }]);
    await this.#open(keys as [CryptoKey, CryptoKey]);
    return "open";
  }

  async #open(keys: readonly [CryptoKey, CryptoKey]): Promise<void> {
    const [lists, acts] = keys;
    this.#opened = {
      keys,
      lists: await Lists.load(this.#store, lists),
      outbox: await Outbox.load(this.#store, acts, { device: this.#device.id, pair: this.#device.signing }),
    };
  }

  /** Drops the keys from memory. */
  lock(): void {
    this.#opened = null;
  }

  /** After a new sign-in while open: unsent acts are to be rescued by the password of today. */
  async renewRescue(password: string): Promise<void> {
    if (!this.#opened) return;
    this.#rescue = await wrap(this.#device.key, password, [this.#opened.keys[1]]);
    await write(this.#store, [{ table: "meta", key: "rescue", value: this.#rescue }]);
  }

  /**
   * Keeps what opens the next sessions (续期凭据), under the key of the lists: whoever has the phone and not its PIN cannot
   * sign in with it, although the key that signs lies open in its store.
   */
  async bind(secret: string): Promise<void> {
    if (!this.#opened) return;
    const sealed = await seal(this.#opened.keys[0], { secret }, "session");
    this.#sync = { ...this.#sync, bound: true };
    await write(this.#store, [
      { table: "meta", key: "session", value: sealed },
      { table: "meta", key: "sync", value: this.#sync },
    ]);
  }

  /** Proof for a new session: the secret kept here and a signature over the server's challenge; null when nothing is bound. */
  async renewal(challenge: string): Promise<{ readonly secret: string; readonly signature: string } | null> {
    const sealed = this.#opened ? await read<Sealed>(this.#store, "meta", "session") : undefined;
    if (!this.#opened || !sealed) return null;
    try {
      const { secret } = await open<{ secret: string }>(this.#opened.keys[0], sealed, "session");
      const what = { challenge, device: this.#device.id, purpose: "session" } as const;
      return { secret, signature: await sign(this.#device.signing, what) };
    } catch {
      return null;
    }
  }

  async keepSync(change: Partial<SyncState>): Promise<void> {
    this.#sync = { ...this.#sync, ...change };
    await write(this.#store, [{ table: "meta", key: "sync", value: this.#sync }]);
  }

  /** The same, to be written together with a page; it counts once `taken` is called. */
  syncChange(change: Partial<SyncState>): { readonly change: Change; taken(): void } {
    const next = { ...this.#sync, ...change };
    return {
      change: { table: "meta", key: "sync", value: next },
      taken: () => {
        this.#sync = next;
      },
    };
  }

  /** The server has been heard: from here on this clock is measured against that moment, forward or back. */
  async heard(now: number): Promise<void> {
    this.#seen = now;
    await write(this.#store, [{ table: "meta", key: "seen", value: now }]);
  }

  /** Too long without contact: the lists go, the PIN and unsent acts stay. True when something was forgotten. */
  async forgetWhenDue(now: number): Promise<boolean> {
    const due = mustForget({ forgetAt: this.#sync.forgetAt, seen: this.#seen }, now);
    if (now > this.#seen) {
      this.#seen = now;
      await write(this.#store, [{ table: "meta", key: "seen", value: now }]);
    }
    if (!due) return false;
    this.#sync = { ...this.#sync, received: 0, forgetAt: null, pulledAt: null };
    await write(this.#store, [{ table: "meta", key: "sync", value: this.#sync }], ["records", "summary"]);
    if (this.#opened) this.#opened = { ...this.#opened, lists: await Lists.load(this.#store, this.#opened.keys[0]) };
    return true;
  }

  /** Destroys lists and PIN; unsent acts stay sealed for their owner. */
  async destroyLists(): Promise<void> {
    this.#opened = null;
    this.#pin = null;
    this.#tries = 0;
    this.#sync = fresh;
    await write(
      this.#store,
      [
        { table: "meta", key: "pin", value: undefined },
        { table: "meta", key: "tries", value: 0 },
        { table: "meta", key: "sync", value: fresh },
        { table: "meta", key: "session", value: undefined },
      ],
      ["records", "summary"],
    );
    if ((await this.sealedUnsent()) === 0 && (await readAll<Sealed>(this.#store, "drafts")).length === 0)
      await this.forgetAll();
  }

  /** Destroys everything, the keys of the device too. The next start makes a new phone. */
  async forgetAll(): Promise<void> {
    this.#opened = null;
    this.#owner = null;
    this.#pin = null;
    this.#rescue = null;
    this.#tries = 0;
    this.#sync = fresh;
    const now = Math.max(this.#seen, 0);
    this.#device = { id: newId(), key: await newDeviceKey(), signing: await newSigningPair() };
    await write(
      this.#store,
      [
        { table: "meta", key: "device", value: this.#device },
        { table: "meta", key: "seen", value: now },
      ],
      ["meta", "records", "summary", "drafts", "outbox", "files"],
    );
  }

  /** Whether a draft is kept under an id; for lists that show where somebody stopped. */
  async hasDraft(id: string): Promise<boolean> {
    return (await read<Sealed>(this.#store, "drafts", id)) !== undefined;
  }
}
