import { CARE_PERSON, type CarePerson, type Summary, summaryOf } from "../care.ts";
import { SHIPMENT, type Shipment, type ShipmentSummary, shipmentSummaryOf } from "../delivery.ts";
import { type Change, count, read, readAll, write } from "./indexed.ts";
import { open, type Sealed, seal } from "./sealing.ts";

/** One page as it was pulled. */
export interface PulledPage {
  readonly page: number;
  readonly records: readonly {
    readonly type: string;
    readonly id: string;
    readonly version: string;
    readonly body: unknown;
  }[];
  readonly gone: readonly { readonly type: string; readonly id: string }[];
  readonly more: boolean;
}

interface SummaryPart {
  readonly put: readonly Summary[];
  readonly gone: readonly string[];
  /** Absent in a summary that an earlier build has kept. */
  readonly shipments?: { readonly put: readonly ShipmentSummary[]; readonly gone: readonly string[] };
}

const MAIN = "main";
const recordKey = (type: string, id: string) => `${type}/${id}`;
/** Twelve digits keep the pages in the order of their keys. */
const partKey = (page: number) => `part/${String(page).padStart(12, "0")}`;

/**
 * What the phone may see (下发名单), people and shipments: every record sealed by itself, and one sealed summary for the lists. A page arrives
 * whole or not at all; its summary is a small part beside the main one until the last page folds them.
 */
export class Lists {
  readonly #store: IDBDatabase;
  readonly #key: CryptoKey;
  readonly #byPerson = new Map<string, Summary>();
  readonly #byRecord = new Map<string, string>();
  readonly #shipments = new Map<string, ShipmentSummary>();
  #parts = 0;

  private constructor(store: IDBDatabase, key: CryptoKey) {
    this.#store = store;
    this.#key = key;
  }

  /** Opens the summary. One that cannot be read is made again from the records. */
  static async load(store: IDBDatabase, key: CryptoKey): Promise<Lists> {
    const lists = new Lists(store, key);
    try {
      const rows = await readAll<Sealed>(store, "summary");
      for (const row of [...rows].sort((a, b) => (a.key === MAIN ? -1 : b.key === MAIN ? 1 : a.key < b.key ? -1 : 1))) {
        const part = await open<SummaryPart>(key, row.value, `summary/${row.key}`);
        // An earlier build has stored shipments without knowing what they are.
        if (!part.shipments) await lists.#findShipments();
        lists.#take(part);
        if (row.key !== MAIN) lists.#parts += 1;
      }
    } catch {
      await lists.#rebuild();
    }
    return lists;
  }

  get people(): ReadonlyMap<string, Summary> {
    return this.#byPerson;
  }

  get shipments(): ReadonlyMap<string, ShipmentSummary> {
    return this.#shipments;
  }

  /** One person, opened from one sealed record. Undefined when the phone does not hold them or the record is damaged. */
  async person(personId: string): Promise<CarePerson | undefined> {
    const summary = this.#byPerson.get(personId);
    if (!summary) return undefined;
    return this.#opened<CarePerson>(recordKey(CARE_PERSON, summary.recordId));
  }

  /** One shipment with its numbers. Undefined when the phone does not hold it (any more) or the record is damaged. */
  async shipment(id: string): Promise<Shipment | undefined> {
    return this.#shipments.has(id) ? this.#opened<Shipment>(recordKey(SHIPMENT, id)) : undefined;
  }

  async #opened<Body>(key: string): Promise<Body | undefined> {
    const row = await read<{ sealed: Sealed }>(this.#store, "records", key);
    if (!row) return undefined;
    try {
      return await open<Body>(this.#key, row.sealed, key);
    } catch {
      return undefined;
    }
  }

  /** Stores a page together with whatever the caller has to remember with it; `anew` drops everything held before. */
  async store(page: PulledPage, month: string, beside: readonly Change[], anew = false): Promise<void> {
    const changes: Change[] = await Promise.all(
      page.records.map(async ({ type, id, version, body }): Promise<Change> => {
        const key = recordKey(type, id);
        return { table: "records", key, value: { version, sealed: await seal(this.#key, body, key) } };
      }),
    );
    for (const { type, id } of page.gone)
      changes.push({ table: "records", key: recordKey(type, id), value: undefined });
    const part: SummaryPart = {
      put: page.records
        .filter((one) => one.type === CARE_PERSON)
        .map((one) => summaryOf(one.id, one.body as CarePerson, month)),
      gone: page.gone.filter((one) => one.type === CARE_PERSON).map((one) => one.id),
      shipments: {
        put: page.records
          .filter((one) => one.type === SHIPMENT)
          .map((one) => shipmentSummaryOf(one.id, one.body as Shipment)),
        gone: page.gone.filter((one) => one.type === SHIPMENT).map((one) => one.id),
      },
    };
    const known = (one: { readonly type: string }) => one.type === CARE_PERSON || one.type === SHIPMENT;
    const empty = !page.records.some(known) && !page.gone.some(known);
    if (!empty) {
      const key = partKey(page.page);
      changes.push({ table: "summary", key, value: await seal(this.#key, part, `summary/${key}`) });
    }
    await write(this.#store, [...changes, ...beside], anew ? ["records", "summary"] : []);
    if (anew) {
      this.#byPerson.clear();
      this.#byRecord.clear();
      this.#shipments.clear();
      this.#parts = 0;
    }
    this.#take(part);
    if (!empty) this.#parts += 1;
    if (!page.more && this.#parts > 0) await this.#fold();
  }

  /** How many records lie in the store. */
  size(): Promise<number> {
    return count(this.#store, "records");
  }

  #take(part: SummaryPart): void {
    for (const recordId of part.gone) {
      const personId = this.#byRecord.get(recordId);
      this.#byRecord.delete(recordId);
      // Another record of the same person may have come in the meantime.
      if (personId !== undefined && this.#byPerson.get(personId)?.recordId === recordId)
        this.#byPerson.delete(personId);
    }
    for (const one of part.put) {
      this.#byPerson.set(one.personId, one);
      this.#byRecord.set(one.recordId, one.personId);
    }
    for (const id of part.shipments?.gone ?? []) this.#shipments.delete(id);
    for (const one of part.shipments?.put ?? []) this.#shipments.set(one.id, one);
  }

  async #fold(): Promise<void> {
    const whole: SummaryPart = {
      put: [...this.#byPerson.values()],
      gone: [],
      shipments: { put: [...this.#shipments.values()], gone: [] },
    };
    const value = await seal(this.#key, whole, `summary/${MAIN}`);
    await write(this.#store, [{ table: "summary", key: MAIN, value }], ["summary"]);
    this.#parts = 0;
  }

  async #rebuild(): Promise<void> {
    this.#byPerson.clear();
    this.#byRecord.clear();
    this.#shipments.clear();
    const rows = await readAll<{ sealed: Sealed }>(this.#store, "records", `${CARE_PERSON}/`);
    for (const { key, value } of rows) {
      try {
        const body = await open<CarePerson>(this.#key, value.sealed, key);
        // The month of the body is not known any more: the last visits say it.
        const last = body.lastVisits.find((one) => one.counts);
        this.#take({
          put: [summaryOf(key.slice(CARE_PERSON.length + 1), body, last ? last.at.slice(0, 7) : "0000-00")],
          gone: [],
        });
      } catch {
        // A damaged record is not shown; the server sends it again after the next change.
      }
    }
    await this.#findShipments();
    await this.#fold();
  }

  async #findShipments(): Promise<void> {
    for (const { key, value } of await readAll<{ sealed: Sealed }>(this.#store, "records", `${SHIPMENT}/`)) {
      const id = key.slice(SHIPMENT.length + 1);
      try {
        this.#shipments.set(id, shipmentSummaryOf(id, await open<Shipment>(this.#key, value.sealed, key)));
      } catch {
        // As above.
      }
    }
  }
}
