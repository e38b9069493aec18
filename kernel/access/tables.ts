import type { Role } from "../operation/define.ts";

/**
 * Who may touch a table (数据权限). A module names, for each kind of grant, what it may do; the kernel writes the
 * policies, the same for every table, so that no policy is ever written by hand.
 * `staff` reads its range of divisions and writes only rows of its own home; `worker` reads and writes exactly the villages
 * of its grants; the named column ties a row to an
 * organisation or a supervisory unit; `lookup` may be read across scopes, through `tx.lookup` only.
 */
export interface TableAccess {
  readonly table: string;
  readonly schema?: "public" | "publication";
  readonly staff?: Rights;
  readonly worker?: Rights;
  readonly organisation?: Rights & { readonly column?: string };
  readonly unit?: Rights & { readonly column?: string };
  readonly intake?: { readonly insert?: true; readonly receipt?: string; readonly read?: true };
  readonly portal?: { readonly read: true };
  readonly auth?: Rights;
  /** `true`: whole rows; else these columns only. */
  readonly lookup?: true | readonly string[];
  /** No division in it: a shared reference table, without row policies (settings, divisions, holidays). */
  readonly shared?: true;
  /** The division stands as it was recorded: a merge or a new code of divisions leaves these rows alone. */
  readonly recorded?: true;
  /** Another column with the division by which rows are counted: where counters go, it goes too. */
  readonly counted?: string;
  /**
   * Columns that hold a sealed text, with the place it is sealed to: `{id}` stands for the row's own column. Sealed again when
   * keys change.
   */
  readonly sealed?: Readonly<Record<string, string>>;
  /**
   * For whom `vault.unmask` shows what is sealed about a row (解除掩码): those who may read the row in its room, not everybody whose
   * range it lies in. Absent: nobody.
   */
  readonly unmask?: readonly Role[];
  /** Columns of the key and their types, where it is not `home_code` and `id`. */
  readonly key?: Readonly<Record<string, "text" | "uuid" | "integer">>;
}

export interface Rights {
  readonly read?: true;
  readonly insert?: true;
  readonly update?: true;
  readonly delete?: true;
}

export const readOnly = { read: true } as const;
export const write = { read: true, insert: true, update: true } as const;
export const everything = { read: true, insert: true, update: true, delete: true } as const;

/** Declares the tables of a room and who may touch them. The system role (jobs, effects of commands) may touch all. */
export function defineTables(tables: readonly TableAccess[]): readonly TableAccess[] {
  return tables;
}
