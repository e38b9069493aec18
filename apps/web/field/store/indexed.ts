/** Tables of the phone (手机本地库). Only identifiers, states and counters stand in the open; all else is sealed. */
export const tables = ["meta", "records", "summary", "drafts", "outbox", "files"] as const;
export type Table = (typeof tables)[number];

const VERSION = 1;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Opens the store, making it when it is not there. Rejects when this browser keeps nothing. */
export function openStore(name = "shanzhi-field"): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      for (const table of tables)
        if (!request.result.objectStoreNames.contains(table)) request.result.createObjectStore(table);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("the store is open elsewhere"));
  });
}

/** One change of the store: a value, or undefined to remove the key. */
export interface Change {
  readonly table: Table;
  readonly key: string;
  readonly value: unknown;
}

/** Writes all changes or none. Values are prepared before: a transaction does not wait for anything else. */
export function write(store: IDBDatabase, changes: readonly Change[], cleared: readonly Table[] = []): Promise<void> {
  const named = [...new Set([...cleared, ...changes.map((one) => one.table)])];
  if (named.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const tx = store.transaction(named, "readwrite", { durability: "strict" });
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error("the store refused to write"));
    for (const table of cleared) tx.objectStore(table).clear();
    for (const { table, key, value } of changes) {
      if (value === undefined) tx.objectStore(table).delete(key);
      else tx.objectStore(table).put(value, key);
    }
  });
}

export async function read<T>(store: IDBDatabase, table: Table, key: string): Promise<T | undefined> {
  return (await settled(store.transaction(table).objectStore(table).get(key))) as T | undefined;
}

/** Everything of a table with its keys, in the order of the keys; `prefix` narrows it. */
export async function readAll<T>(
  store: IDBDatabase,
  table: Table,
  prefix?: string,
): Promise<{ key: string; value: T }[]> {
  const place = store.transaction(table).objectStore(table);
  const range = prefix === undefined ? undefined : IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const [keys, values] = await Promise.all([settled(place.getAllKeys(range)), settled(place.getAll(range))]);
  return keys.map((key, at) => ({ key: String(key), value: values[at] as T }));
}

export function count(store: IDBDatabase, table: Table): Promise<number> {
  return settled(store.transaction(table).objectStore(table).count());
}
