import { type Act, type ActName, type Acts, CONTRACT, type KeptAct, type Settled } from "../acts.ts";
import { newId } from "../ids.ts";
import { type FileState, outOfDate, settle } from "../outbox.rules.ts";
import { type Change, read, readAll, write } from "./indexed.ts";
import { open, openBytes, type Sealed, seal, sealBytes, sha256Hex, sign } from "./sealing.ts";

interface ActRow {
  readonly seq: number;
  readonly state: KeptAct["state"];
  readonly files: readonly string[];
  readonly act: Sealed;
  readonly settled: Sealed | null;
}

/** What stands in the open about a file: nothing of its content. */
interface FileRow {
  readonly act: string | null;
  readonly state: FileState;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly takenAt: string;
}

/** A photo, a signature or a voice note as it goes up. */
export interface OutgoingFile extends FileRow {
  readonly id: string;
  readonly bytes: ArrayBuffer;
}

export interface Signer {
  readonly device: string;
  readonly pair: CryptoKeyPair;
}

const head = (id: string) => `head/${id}`;
const body = (id: string) => `body/${id}`;

/**
 * Acts recorded on this phone and their files (待上传): sealed under a key of their own, which outlives the lists. A row that
 * cannot be opened is set aside and told; the others go on.
 */
export class Outbox {
  readonly #store: IDBDatabase;
  readonly #key: CryptoKey;
  readonly #signer: Signer;
  readonly #acts = new Map<string, KeptAct>();
  readonly #files = new Map<string, FileRow>();
  #seq = 0;
  #drafting: Promise<void> = Promise.resolve();

  private constructor(store: IDBDatabase, key: CryptoKey, signer: Signer) {
    this.#store = store;
    this.#key = key;
    this.#signer = signer;
  }

  static async load(store: IDBDatabase, key: CryptoKey, signer: Signer): Promise<Outbox> {
    const outbox = new Outbox(store, key, signer);
    for (const { key: id, value } of await readAll<ActRow>(store, "outbox")) {
      const kept = await outbox.#read(id, value);
      outbox.#acts.set(id, kept);
      outbox.#seq = Math.max(outbox.#seq, kept.seq);
    }
    for (const { key: id, value } of await readAll<FileRow>(store, "files", "head/"))
      outbox.#files.set(id.slice("head/".length), value);
    return outbox;
  }

  async #read(key: string, row: ActRow): Promise<KeptAct> {
    const broken: KeptAct = { key, seq: row?.seq ?? 0, state: "broken", act: null, settled: null, files: [] };
    try {
      const act = await open<Act>(this.#key, row.act, `act/${key}`);
      const settled = row.settled ? await open<Settled>(this.#key, row.settled, `settled/${key}`) : null;
      return act.key === key ? { key, seq: row.seq, state: row.state, act, settled, files: row.files } : broken;
    } catch {
      return broken;
    }
  }

  get acts(): ReadonlyMap<string, KeptAct> {
    return this.#acts;
  }

  get fileStates(): ReadonlyMap<string, FileState> {
    return new Map([...this.#files].map(([id, row]) => [id, row.state]));
  }

  /** Records an act: signed, sealed and written before anybody is told that it is saved. */
  async add<Name extends ActName>(given: {
    readonly operation: Name;
    readonly input: Acts[Name];
    readonly about: Act["about"];
    readonly files?: readonly string[];
    /** Written and removed together with the act, e.g. the draft it came from. */
    readonly beside?: readonly Change[];
    readonly now: number;
  }): Promise<KeptAct> {
    await this.#drafting;
    const key = newId(given.now);
    const what = {
      key,
      operation: given.operation,
      // What JSON would leave out is left out before it is signed.
      input: JSON.parse(JSON.stringify(given.input)) as Acts[Name],
      happenedAt: new Date(given.now).toISOString(),
      contract: CONTRACT,
    };
    const signature = await sign(this.#signer.pair, { device: this.#signer.device, ...what });
    const act: Act<Name> = { ...what, signature, about: given.about };
    const files = (given.files ?? []).filter((id) => this.#files.has(id));
    this.#seq += 1;
    const row: ActRow = {
      seq: this.#seq,
      state: "waiting",
      files,
      act: await seal(this.#key, act, `act/${key}`),
      settled: null,
    };
    const kept: KeptAct = { key, seq: row.seq, state: "waiting", act: act as Act, settled: null, files };
    const heads = files.map((id) => ({ id, row: { ...(this.#files.get(id) as FileRow), act: key } }));
    await write(this.#store, [
      { table: "outbox", key, value: row },
      ...heads.map((one) => ({ table: "files" as const, key: head(one.id), value: one.row })),
      ...(given.beside ?? []),
    ]);
    for (const one of heads) this.#files.set(one.id, one.row);
    this.#acts.set(key, kept);
    return kept;
  }

  /** Keeps answers of the server. Files of an accepted act are dropped from the phone. */
  async settle(answers: readonly { readonly key: string; readonly settled: Settled }[]): Promise<void> {
    const changes: Change[] = [];
    const next: KeptAct[] = [];
    for (const { key, settled } of answers) {
      const kept = this.#acts.get(key);
      if (kept?.state !== "waiting" || !kept.act) continue;
      const after = settle(kept, settled);
      next.push(after);
      const row: ActRow = {
        seq: after.seq,
        state: after.state,
        files: after.files,
        act: await seal(this.#key, after.act, `act/${key}`),
        settled: await seal(this.#key, settled, `settled/${key}`),
      };
      changes.push({ table: "outbox", key, value: row });
      if (after.state === "accepted") changes.push(...after.files.flatMap(gone));
    }
    await write(this.#store, changes);
    for (const one of next) {
      this.#acts.set(one.key, one);
      if (one.state === "accepted") for (const id of one.files) this.#files.delete(id);
    }
  }

  /** Removes an act that was looked at and is of no more use here: turned away, held or broken. */
  async dismiss(key: string): Promise<void> {
    const kept = this.#acts.get(key);
    if (!kept || kept.state === "waiting") return;
    await write(this.#store, [{ table: "outbox", key, value: undefined }, ...kept.files.flatMap(gone)]);
    this.#acts.delete(key);
    for (const id of kept.files) this.#files.delete(id);
  }

  async tidy(now: number): Promise<void> {
    const old = outOfDate(this.#acts.values(), now);
    await write(
      this.#store,
      old.map((key) => ({ table: "outbox", key, value: undefined })),
    );
    for (const key of old) this.#acts.delete(key);
  }

  /** Seals a file at once; it belongs to a draft until an act names it. */
  async addFile(bytes: ArrayBuffer, type: string, now: number): Promise<string> {
    const id = newId(now);
    const row: FileRow = {
      act: null,
      state: "waiting",
      type,
      size: bytes.byteLength,
      sha256: await sha256Hex(bytes),
      takenAt: new Date(now).toISOString(),
    };
    const sealed = await sealBytes(this.#key, bytes, `file/${id}`);
    await write(this.#store, [
      { table: "files", key: head(id), value: row },
      { table: "files", key: body(id), value: sealed },
    ]);
    this.#files.set(id, row);
    return id;
  }

  async removeFile(id: string): Promise<void> {
    if (this.#files.get(id)?.act) return;
    await write(this.#store, gone(id));
    this.#files.delete(id);
  }

  /** A file with its content, or undefined when it is gone or damaged. */
  async file(id: string): Promise<OutgoingFile | undefined> {
    const row = this.#files.get(id);
    const sealed = await read<Sealed>(this.#store, "files", body(id));
    if (!row || !sealed) return undefined;
    try {
      return { ...row, id, bytes: await openBytes(this.#key, sealed, `file/${id}`) };
    } catch {
      return undefined;
    }
  }

  async markFile(id: string, state: FileState): Promise<void> {
    const row = this.#files.get(id);
    if (!row) return;
    const next = { ...row, state };
    await write(this.#store, [{ table: "files", key: head(id), value: next }]);
    this.#files.set(id, next);
  }

  /** Typed words that are not an act yet (草稿), sealed like the acts. */
  async draft<T>(id: string): Promise<T | undefined> {
    const sealed = await read<Sealed>(this.#store, "drafts", id);
    if (!sealed) return undefined;
    try {
      return await open<T>(this.#key, sealed, `draft/${id}`);
    } catch {
      return undefined;
    }
  }

  /** One after the other: a draft that is still being written must not come back after its act. */
  keepDraft(id: string, value: unknown): Promise<void> {
    const next = this.#drafting.then(async () => {
      const sealed = value === undefined ? undefined : await seal(this.#key, value, `draft/${id}`);
      await write(this.#store, [{ table: "drafts", key: id, value: sealed }]);
    });
    this.#drafting = next.catch(() => {});
    return next;
  }
}

function gone(id: string): Change[] {
  return [
    { table: "files", key: head(id), value: undefined },
    { table: "files", key: body(id), value: undefined },
  ];
}
