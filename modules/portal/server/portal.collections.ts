import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import type { Collection } from "../../../kernel/publication/define.ts";

/** Names of a collection and its fields in one language, as the modules' words hold them under `collections`. */
export interface CollectionNames {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Names of collections by id, in both languages. */
export type Dictionary = Readonly<Record<"zh" | "en", Readonly<Record<string, CollectionNames>>>>;

/** What the portal publishes beside the register itself: collections of other rooms, found by id so that a room can go. */
export const register = "organisations.organisation";
export const formerNames = "organisations.former-name";
export const announcements = "organisations.announcement";
export const lists = { abnormal: "credit.abnormal", serious: "credit.serious" } as const;
export const careRates = "visiting-care.monthly-rates";
export const conclusions = "annual-inspection.conclusion";

/** All collections of the house, by id. */
export function collectionsOf(rooms: readonly HouseModule[]): ReadonlyMap<string, Collection> {
  return new Map(rooms.flatMap((room) => room.collections ?? []).map((one) => [one.id, one]));
}

/** A module's words in one language, as far as they name collections: by `name` or `title`, with fields of their own or shared. */
interface NamesOfModule {
  readonly collections?: unknown;
  readonly collectionFields?: unknown;
}

function namesIn(words: NamesOfModule): [string, CollectionNames][] {
  const shared = (words.collectionFields ?? {}) as Readonly<Record<string, string>>;
  const named = (words.collections ?? {}) as Readonly<
    Record<string, { name?: string; title?: string; fields?: CollectionNames["fields"] }>
  >;
  return Object.entries(named).flatMap(([id, one]) => {
    const name = one.name ?? one.title;
    return name === undefined
      ? []
      : [[id, { name, fields: { ...shared, ...one.fields } }] as [string, CollectionNames]];
  });
}

/** Puts several modules' words together. */
export function dictionaryOf(
  tables: readonly { readonly zh: NamesOfModule; readonly en: NamesOfModule }[],
): Dictionary {
  const of = (locale: "zh" | "en") => Object.fromEntries(tables.flatMap((table) => namesIn(table[locale])));
  return { zh: of("zh"), en: of("en") };
}
