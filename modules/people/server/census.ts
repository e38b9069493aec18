import { createHash } from "node:crypto";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor, House } from "../../../kernel/operation/context.ts";
import { matchKey } from "../../../kernel/text/normalise.ts";
import { digest, digests } from "../../../kernel/vault/seal.ts";
import { type CensusLine, type ReadLine, readLine } from "../census.rules.ts";
import { type Finding, maskedName } from "../people.rules.ts";
import { type Held, heldBy, type NumberOwner, neighboursOf, ownersOf } from "./census.store.ts";
import { type Near, Neighbourhood, nearOf } from "./likeness.ts";
import { type ContactRow, contactsOf } from "./people.queries.ts";
import { loadPeople, lockPeople, resolveAliases, whereabouts } from "./people.store.ts";
import type { PersonRow } from "./person.row.ts";
import { differences, inOrder, newPerson } from "./person.shape.ts";
import { type Place, placesOf } from "./places.ts";

/** Somebody who may be the same person, with how likely that is. */
export interface Similar {
  readonly id: string;
  readonly home: string;
  readonly name: string;
  readonly score: number;
  readonly ground: "same-number" | "similar";
}

/** What a line would do (预检结论), and what it would write. */
export interface Prepared {
  readonly verdict: "new" | "same" | "change" | "bad";
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  readonly line: ReadLine["stated"];
  readonly before?: PersonRow;
  readonly after?: PersonRow;
  /** Key to take: of the number, or of name, birth and village. */
  readonly key?: string;
  /** Facts that stand outside the row and differ. */
  readonly phone?: true;
  readonly number?: true;
  /** The telephone that a new one replaces, as it stands sealed: undoing puts it back. */
  readonly phoneBefore?: Held;
  /** Contacts that differ, with the one each replaces. */
  readonly contacts: readonly { readonly at: number; readonly replaces?: string }[];
  readonly similar: readonly Similar[];
}

/** How lines are looked at: with rows locked for writing, or only read. */
export interface How {
  readonly today: string;
  readonly now: Date;
  readonly lock: boolean;
  readonly newId: () => string;
  readonly house: Pick<House, "keys" | "settings">;
  /** Keys taken in this transaction already, with the id they were taken for. */
  readonly taken?: ReadonlyMap<string, string>;
}

const bad = (line: ReadLine["stated"], problems: readonly Finding[], warnings: readonly Finding[]): Prepared => ({
  verdict: "bad",
  problems,
  warnings,
  changes: [],
  line,
  contacts: [],
  similar: [],
});

interface Known {
  readonly owners: ReadonlyMap<string, NumberOwner>;
  readonly rows: ReadonlyMap<string, PersonRow>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly held: ReadonlyMap<string, ReadonlyMap<string, Held>>;
  readonly contacts: ReadonlyMap<string, readonly ContactRow[]>;
}

/** Looks at lines and decides what each would do: a few statements for all of them, by the rules of one. */
export async function prepare(tx: Tx, actor: Actor, inputs: readonly CensusLine[], how: How): Promise<Prepared[]> {
  const { keys } = how.house;
  const read = inputs.map((line) => readLine(line, how.today));
  const places = await placesOf(
    tx,
    actor,
    how.today,
    read.map((one) => one.stated),
  );
  const numbers = read.map(({ stated }) =>
    stated.number === undefined ? [] : digests(keys, "citizen_id", stated.number),
  );
  const chosen = inputs.flatMap((line) => (line.id ? [line.id] : []));
  const taken = chosen.length > 0 ? await whereabouts(tx, chosen) : undefined;
  const nears = read.map(({ stated }, at): Near => {
    const own = inputs[at]?.id;
    const id = own && !taken?.has(own) ? own : how.newId();
    return nearOf(stated, actor.home, places[at]?.division ?? actor.home, id);
  });
  const owners = await ownersOf(tx, numbers.flat());
  const near = new Neighbourhood(
    await neighboursOf(
      tx,
      actor.home,
      nears.map((one) => ({ division: one.division, key: one.nameKey })),
      [...new Set(read.flatMap(({ stated }) => stated.bornOn ?? []))],
    ),
  );
  const matched = read.map(({ stated }, at): string | undefined => {
    const owner = (numbers[at] as string[]).map((one) => owners.get(one)).find((one) => one !== undefined);
    if (owner) return owner.person_id;
    return near.exact(nears[at] as Near, stated.number !== undefined)?.id;
  });
  const merged = [...owners.values()].filter((one) => one.state === "merged").map((one) => one.person_id);
  const aliases = merged.length > 0 ? await resolveAliases(tx, merged) : new Map<string, string>();
  const ids = [...new Set(matched.flatMap((id) => (id ? [aliases.get(id) ?? id] : [])))];
  const loaded = how.lock ? await lockPeople(tx, ids) : await loadPeople(tx, ids);
  const rows = new Map(
    loaded.filter((row) => row.home_code === actor.home && row.state !== "moved").map((row) => [row.id, row]),
  );
  const contacts = await contactsOf(tx, [...rows.keys()]);
  const held = await heldIn(tx, [...rows.keys(), ...[...contacts.values()].flat().map((one) => one.id)]);
  const known: Known = { owners, rows, aliases, held, contacts };
  const threshold = Number(how.house.settings.on("people.similarity", how.today, actor.home));

  const seen = new Set<string>();

  return inputs.map((input, at): Prepared => {
    const { stated, problems: found, warnings: noted } = read[at] as ReadLine;
    const place = places[at] as Place;
    const problems = place.problem ? [...found, place.problem] : found;
    if (problems.length > 0 || place.division === undefined) return bad(stated, problems, noted);
    const self = nears[at] as Near;
    const own = numbers[at] as string[];
    const owner = own.map((one) => owners.get(one)).find((one) => one !== undefined);
    const warnings = [...noted];
    const another = owner !== undefined && matchKey(owner.name) !== matchKey(stated.name);
    if (another && input.confirmed !== true) {
      const row = rows.get(owner.person_id);
      return bad(stated, [anotherName(row)], warnings);
    }
    const id = another ? undefined : matched[at];
    if (id !== undefined) {
      const kept = aliases.get(id) ?? id;
      const row = rows.get(kept);
      if (seen.has(kept)) return bad(stated, [twice(stated.name)], []);
      seen.add(kept);
      if (!row) return bad(stated, [elsewhere(near.byId.get(kept)?.division ?? owner?.division_code)], warnings);
      return changed(row, stated, place, how, known, warnings, own[0]);
    }
    const pairs: Similar[] = near.alike(self, threshold).map((one) => ({ ...one, ground: "similar" as const }));
    if (another) {
      warnings.push({ ...anotherName(rows.get(owner.person_id)), facts: {} });
      const same = pairs.findIndex((one) => one.id === owner.person_id);
      if (same >= 0) pairs.splice(same, 1);
      pairs.unshift({ id: owner.person_id, home: owner.home_code, name: owner.name, score: 1, ground: "same-number" });
    }
    for (const one of pairs.slice(0, 3))
      warnings.push({
        field: "name",
        code: "people/similar",
        facts: { name: maskedName(one.name), percent: Math.round(one.score * 100) },
      });
    const key = another ? undefined : (own[0] ?? lineDigest(how, stated, place.division));
    if (key !== undefined && seen.has(key)) return bad(stated, [twice(stated.name)], []);
    if (key !== undefined) seen.add(key);
    const mine = how.taken?.get(key ?? "");
    const row = newPerson({
      home_code: actor.home,
      id: mine ?? self.id,
      division_code: place.division,
      name: stated.name,
      name_key: self.nameKey,
      id_kind: stated.idKind,
      id_flag: another ? "people/number-of-another-name" : stated.idFlag,
      updated_at: how.now,
      ...columnsOf(stated),
      ...householdOf(actor.home, place.division, stated),
      categories: stated.categories,
    });
    // Lines further down may be this same person under another spelling.
    near.add({ ...self, id: row.id });
    return {
      verdict: "new",
      problems: [],
      warnings,
      changes: [],
      line: stated,
      after: row,
      ...(key ? { key } : {}),
      ...(stated.phone ? { phone: true as const } : {}),
      ...(stated.number ? { number: true as const } : {}),
      contacts: stated.contacts.map((_, index) => ({ at: index })),
      similar: pairs,
    };
  });
}

/** The key of somebody without a number: name, birth and village together. */
export function lineDigest(
  how: Pick<How, "house">,
  person: { readonly name: string; readonly bornOn?: string | null; readonly bornText?: string | null },
  division: string,
): string {
  const birth = person.bornOn ?? person.bornText ?? "";
  return digest(how.house.keys, "person_line", `${matchKey(person.name)}|${birth}|${division}`);
}

function anotherName(row: PersonRow | undefined): Finding {
  return {
    field: "idNumber",
    code: "people/number-of-another-name",
    facts: row ? { name: maskedName(row.name) } : {},
  };
}

function twice(name: string): Finding {
  return { field: "name", code: "people/twice-in-sheet", facts: { name: maskedName(name) } };
}

/** Somebody of another register: the township at the most, never who it is. */
function elsewhere(division: string | undefined): Finding {
  return {
    field: "idNumber",
    code: "people/lives-elsewhere",
    facts: { division: division?.slice(0, 9) ?? "" },
  };
}

async function heldIn(tx: Tx, subjects: readonly string[]): Promise<Map<string, Map<string, Held>>> {
  const out = new Map<string, Map<string, Held>>();
  for (const one of await heldBy(tx, subjects)) {
    const fields = out.get(one.subject_id) ?? new Map<string, Held>();
    fields.set(one.field, one);
    out.set(one.subject_id, fields);
  }
  return out;
}

/** A household's id is made of its place and number: two who write it at once write the same one. */
export function householdId(home: string, division: string, number: string): string {
  const hash = createHash("sha256").update(`household|${home}|${division}|${number}`).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function householdOf(home: string, division: string, stated: ReadLine["stated"]): Partial<PersonRow> {
  if (!stated.householdNumber) return {};
  return { household_id: householdId(home, division, stated.householdNumber) };
}

/** Fields of a line by the column they stand in. */
const fieldNames: Readonly<Record<string, string>> = {
  born_on: "bornOn",
  born_text: "bornOn",
  id_kind: "idKind",
  id_flag: "idFlag",
  division_code: "division",
  household_id: "householdNumber",
  merged_into: "mergedInto",
};

function columnsOf(stated: ReadLine["stated"]): Partial<PersonRow> {
  return {
    ...(stated.sex ? { sex: stated.sex } : {}),
    ...(stated.bornOn ? { born_on: stated.bornOn } : {}),
    ...(stated.bornText ? { born_text: stated.bornText } : {}),
    ...(stated.living ? { living: stated.living } : {}),
    ...(stated.address ? { address: stated.address } : {}),
  };
}

/** What a line changes about somebody known: what it does not state stays as it is. */
function changed(
  row: PersonRow,
  stated: ReadLine["stated"],
  place: Place,
  how: How,
  known: Known,
  warnings: Finding[],
  numberKey: string | undefined,
): Prepared {
  if (row.state === "deceased")
    return bad(
      stated,
      [{ field: "name", code: "people/deceased", facts: { name: maskedName(row.name), on: row.state_on } }],
      warnings,
    );
  const division = place.division as string;
  const relocated = place.stated && !row.division_code.startsWith(division);
  if (relocated && !division.startsWith(row.division_code))
    warnings.push({
      field: "village",
      code: "people/another-place",
      facts: { from: row.division_code, to: division },
    });
  const first = stated.number !== undefined && row.id_kind === "none";
  const { born_text: text, ...columns } = columnsOf(stated);
  const after: PersonRow = {
    ...row,
    ...columns,
    ...(text && row.born_on === null ? { born_text: text } : {}),
    ...(stated.bornOn ? { born_text: null } : {}),
    ...(first ? { id_kind: stated.idKind, id_flag: stated.idFlag } : {}),
    ...(relocated ? { division_code: division, household_id: null } : {}),
    ...householdOf(row.home_code, relocated ? division : row.division_code, stated),
    ...(row.state === "withdrawn" ? { state: "present" as const, state_on: null } : {}),
    categories: inOrder([...row.categories, ...stated.categories]),
  };
  const { keys } = how.house;
  const sameValue = (subject: string, value: string) => {
    const there = known.held.get(subject)?.get("phone");
    return there !== undefined && digests(keys, "phone", value).includes(there.digest);
  };
  const phone = stated.phone !== undefined && !sameValue(row.id, stated.phone);
  const phoneBefore = known.held.get(row.id)?.get("phone");
  const emergency = (known.contacts.get(row.id) ?? []).filter((one) => one.kind === "emergency");
  const contacts = stated.contacts.flatMap((one, at) => {
    const there = emergency.find((other) => other.position === one.position);
    const same =
      there !== undefined &&
      matchKey(there.name) === matchKey(one.name) &&
      (one.relation === "" || one.relation === there.relation) &&
      (one.phone === undefined || sameValue(there.id, one.phone));
    return same ? [] : [{ at, ...(there ? { replaces: there.id } : {}) }];
  });
  const changes = [
    ...differences(row, after).map((one) => ({ ...one, field: fieldNames[one.field] ?? one.field })),
    ...(phone ? [{ field: "phone", from: phoneBefore?.masked ?? null, to: null }] : []),
    ...(first ? [{ field: "idNumber", from: null, to: null }] : []),
    ...contacts.map(({ at }) => ({ field: at === 0 ? "contactName" : "secondContactName", from: null, to: null })),
  ];
  return {
    verdict: changes.length > 0 ? "change" : "same",
    problems: [],
    warnings,
    changes,
    line: stated,
    before: row,
    after,
    ...(first && numberKey ? { key: numberKey } : {}),
    ...(phone ? { phone: true as const, ...(phoneBefore ? { phoneBefore } : {}) } : {}),
    ...(first ? { number: true as const } : {}),
    contacts,
    similar: [],
  };
}
