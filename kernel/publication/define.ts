/** One field of open data (数据字典). Its name and meaning stand in the module's words under `collections`. */
export interface OpenField {
  readonly field: string;
  readonly type: "text" | "date" | "integer" | "fen" | "code" | "boolean";
}

/** A published collection (公开集合): which fields, and nothing else, may be reached by the public. */
export interface Collection {
  /** `module.thing`. */
  readonly id: string;
  readonly fields: readonly OpenField[];
  /** Found by name fragment, pinyin and code. */
  readonly searchable: boolean;
}

/** Declares a published collection. */
export function defineCollection(collection: Collection): Collection {
  return collection;
}
