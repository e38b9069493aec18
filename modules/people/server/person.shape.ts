import { ageOn } from "../../../kernel/identity/citizen-id.ts";
import type { Subject } from "../../../kernel/operation/context.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { maskedName } from "../people.rules.ts";
import { type Category, categories } from "../people.shapes.ts";
import type { PersonRow } from "./person.row.ts";

/** Name under which versions of people are kept, and their search words. */
export const register = "people.person";

/** What a journal entry about a person points to. */
export function subjectOf(row: Pick<PersonRow, "id" | "home_code" | "division_code">): Subject {
  return { kind: "person", id: row.id, home: row.home_code, division: row.division_code };
}

/** A new person with nothing known but who it is. */
export function newPerson(
  given: Pick<PersonRow, "home_code" | "id" | "division_code" | "name" | "id_kind" | "updated_at"> & Partial<PersonRow>,
): PersonRow {
  return {
    recorded_division_code: given.division_code,
    household_id: null,
    name_key: pinyinKey(given.name),
    sex: null,
    born_on: null,
    born_text: null,
    id_flag: null,
    living: "unknown",
    categories: [],
    address: "",
    latitude: null,
    longitude: null,
    state: "present",
    state_on: null,
    came_from: null,
    moved_to: null,
    merged_into: null,
    version: 1,
    created_at: given.updated_at,
    ...given,
  };
}

/** Not part of what a version remembers: where it is stored, and counters of the row itself. */
const unremembered = new Set(["home_code", "id", "name_key", "version", "created_at", "updated_at"]);

/** What a version keeps of a row (版本内容): the facts, empty ones left out. */
export function bodyOf(row: PersonRow): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (unremembered.has(column) || value === null || value === "" || (Array.isArray(value) && value.length === 0))
      continue;
    body[column] = value;
  }
  return body;
}

/** The row a stored version speaks of, under the number and times of the row as it is now. */
export function rowOf(body: Readonly<Record<string, unknown>>, now: PersonRow): PersonRow {
  const state = body as Partial<PersonRow> & Pick<PersonRow, "division_code" | "name" | "id_kind">;
  return newPerson({
    ...state,
    home_code: now.home_code,
    id: now.id,
    version: now.version,
    created_at: now.created_at,
    updated_at: now.updated_at,
  });
}

const stated = [
  "name",
  "sex",
  "born_on",
  "born_text",
  "id_kind",
  "id_flag",
  "living",
  "categories",
  "address",
  "division_code",
  "household_id",
  "latitude",
  "longitude",
  "state",
  "merged_into",
] as const satisfies readonly (keyof PersonRow)[];

/** Facts in which two states of one person differ (差异). */
export function differences(
  before: PersonRow,
  after: PersonRow,
): { readonly field: string; readonly from: unknown; readonly to: unknown }[] {
  return stated.flatMap((field) => {
    const [from, to] = [before[field], after[field]];
    const same = Array.isArray(from) ? JSON.stringify(from) === JSON.stringify(to) : from === to;
    return same ? [] : [{ field, from, to }];
  });
}

/** Classes in the order of the list, each once. */
export function inOrder(found: Iterable<Category>): Category[] {
  const known = new Set(found);
  return categories.filter((one) => known.has(one));
}

/** A person in a list of duties, recognisable for those who know the person and nobody else. */
export const labelOf = (row: Pick<PersonRow, "name">): string => maskedName(row.name);

/** Completed years today; none of the dead, none where the day is not known. */
export function ageOf(row: Pick<PersonRow, "born_on" | "state" | "state_on">, today: string): number | null {
  if (row.born_on === null) return null;
  const on = row.state === "deceased" ? (row.state_on ?? today) : today;
  return on < row.born_on ? null : ageOn(row.born_on, on);
}
