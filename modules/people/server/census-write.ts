import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { type SealedValue, sealFields } from "../../../kernel/vault/fields.ts";
import type { CensusLine } from "../census.rules.ts";
import { type Held, type KeyRow, keysHeld, takeKeys } from "./census.store.ts";
import { type Prepared, prepare } from "./census.ts";
import type { PersonEvents } from "./index.ts";
import { openPairs } from "./pairs.ts";
import type { PersonRow } from "./person.row.ts";
import { addPeople, changePeople, tell } from "./register.ts";
import {
  endContacts,
  insertCategories,
  insertContacts,
  insertHouseholds,
  type NewCategory,
  type NewContact,
} from "./relations.store.ts";

/** What a line left behind, so that it can be taken back. */
export interface Trace {
  readonly id: string;
  readonly version: number;
  readonly outcome: "new" | "change";
  readonly contactsAdded: readonly string[];
  readonly contactsEnded: readonly string[];
  readonly categoriesAdded: readonly string[];
  /** Sealed fields of the person that were not there before. */
  readonly sealedAdded: readonly string[];
  readonly sealedBefore: readonly Held[];
}

/** A line with what was written for it. */
export interface Recorded extends Prepared {
  readonly id?: string;
  readonly version?: number;
  readonly trace?: Trace;
}

/** Prepares lines and takes their keys; who loses a key to somebody at the same moment looks again and finds the person. */
async function claim(ctx: Context, inputs: readonly CensusLine[]): Promise<Prepared[]> {
  const how = { today: ctx.today, now: ctx.now, lock: true, newId: ctx.newId, house: ctx.house };
  const prepared = await prepare(ctx.tx, ctx.actor, inputs, how);
  const wanted = keysOf(prepared);
  if ((await takeKeys(ctx.tx, wanted)) === wanted.length) return prepared;
  const held = await keysHeld(
    ctx.tx,
    wanted.map((one) => one.digest),
  );
  const taken = new Map(
    wanted.flatMap((one) => (held.get(one.digest) === one.person_id ? [[one.digest, one.person_id] as const] : [])),
  );
  const again = await prepare(ctx.tx, ctx.actor, inputs, { ...how, taken });
  const missing = keysOf(again).filter((one) => !taken.has(one.digest));
  const numbered = new Set(again.flatMap((one) => (one.number && one.key ? [one.key] : [])));
  const free = await takeKeys(ctx.tx, missing);
  // Somebody renamed since may still hold the key of the old name; a number belongs to one person only.
  if (free < missing.length && missing.some((one) => numbered.has(one.digest)))
    throw new Refusal("people/changed-meanwhile", 409, {});
  return again;
}

function keysOf(prepared: readonly Prepared[]): KeyRow[] {
  return prepared.flatMap(({ verdict, after, key }) =>
    after && key && (verdict === "new" || verdict === "change")
      ? [{ home_code: after.home_code, digest: key, person_id: after.id, division_code: after.division_code }]
      : [],
  );
}

/**
 * Records lines of a census (摸底登记), a few statements for all of them; a line that cannot be recorded is answered as
 * `bad` and nothing of it is written. Every possible double becomes a pair and a duty.
 */
export async function recordLines(
  ctx: Context,
  events: readonly PersonEvents[],
  inputs: readonly CensusLine[],
): Promise<Recorded[]> {
  const prepared = await claim(ctx, inputs);
  const households = new Map<string, Parameters<typeof insertHouseholds>[1][number]>();
  const added: { row: PersonRow; validFrom: string }[] = [];
  const changes: { before: PersonRow; after: PersonRow; validFrom: string }[] = [];
  const categories: NewCategory[] = [];
  const contacts: NewContact[] = [];
  const ended: string[] = [];
  const sealed: SealedValue[] = [];

  const recorded = prepared.map((one): Recorded => {
    const { after, before, line } = one;
    if (one.verdict === "same" && before) return { ...one, id: before.id, version: before.version };
    if (!after || (one.verdict !== "new" && one.verdict !== "change")) return one;
    const at = { home_code: after.home_code, division_code: after.division_code };
    const from = line.foundOn ?? ctx.today;
    if (before) changes.push({ before, after, validFrom: from });
    else added.push({ row: after, validFrom: from });
    if (after.household_id && after.household_id !== before?.household_id)
      households.set(after.household_id, {
        ...at,
        id: after.household_id,
        number: line.householdNumber as string,
        address: after.address,
      });
    const place = { home: after.home_code, division: after.division_code };
    if (one.number && line.number)
      sealed.push({
        ...place,
        subject: after.id,
        field: "citizen_id",
        value: line.number,
        masked: mask("citizen_id", line.number),
        // The key of a line with a number is the digest of the number.
        ...(one.key ? { digest: one.key } : {}),
      });
    if (one.phone && line.phone)
      sealed.push({
        ...place,
        subject: after.id,
        field: "phone",
        value: line.phone,
        masked: mask("phone", line.phone),
      });
    const fresh = line.categories.filter((category) => !before?.categories.includes(category));
    const rows = fresh.map(
      (category): NewCategory => ({
        home_code: after.home_code,
        id: ctx.newId(),
        division_code: after.division_code,
        person_id: after.id,
        category,
        from_on: from,
        source: "census",
      }),
    );
    categories.push(...rows);
    const people = one.contacts.map(({ at: index }) => {
      const stated = line.contacts[index] as (typeof line.contacts)[number];
      const contact = {
        ...at,
        id: ctx.newId(),
        person_id: after.id,
        kind: "emergency",
        position: stated.position,
        name: stated.name,
        relation: stated.relation,
        place: "",
      };
      if (stated.phone)
        sealed.push({
          ...place,
          subject: contact.id,
          field: "phone",
          value: stated.phone,
          masked: mask("phone", stated.phone),
        });
      return contact;
    });
    contacts.push(...people);
    const replaced = one.contacts.flatMap((contact) => contact.replaces ?? []);
    ended.push(...replaced);
    const version = before ? before.version + 1 : 1;
    const trace: Trace = {
      id: after.id,
      version,
      outcome: before ? "change" : "new",
      contactsAdded: people.map((contact) => contact.id),
      contactsEnded: replaced,
      categoriesAdded: rows.map((row) => row.id),
      sealedAdded: [...(one.number ? ["citizen_id"] : []), ...(one.phone && !one.phoneBefore ? ["phone"] : [])],
      sealedBefore: one.phoneBefore ? [one.phoneBefore] : [],
    };
    return { ...one, id: after.id, version, trace };
  });

  // Effects go in this order: counters are shared by all who import, and what comes after them makes the others wait longer.
  sealFields(ctx, sealed);
  await insertHouseholds(ctx.tx, [...households.values()], ctx.now);
  await addPeople(ctx, added);
  await endContacts(ctx.tx, ended, ctx.today);
  await insertCategories(ctx.tx, categories);
  await insertContacts(ctx.tx, contacts);
  const after = await changePeople(ctx, changes);
  await openPairs(
    ctx,
    prepared.flatMap((one) => (one.verdict === "new" && one.after ? [{ row: one.after, similar: one.similar }] : [])),
    true,
  );
  for (const [at, change] of changes.entries())
    await tell(events, ctx, change.before, after[at] as PersonRow, change.validFrom);
  if (inputs.length > 1)
    ctx.journal(
      "census-recorded",
      { kind: "person-batch", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
      { lines: inputs.length, added: added.length, changed: changes.length },
    );
  return recorded;
}

/**
 * Records one person found (登记一人), for other rooms: the same rules, duplicates and pairs as the census.
 * @throws Refusal with the first thing that is wrong, by its code of `people.record-census`.
 */
export async function recordOne(
  ctx: Context,
  events: readonly PersonEvents[],
  line: CensusLine,
  refusals: Readonly<Record<string, 403 | 404 | 409 | 422 | 401 | 413 | 415 | 429>>,
): Promise<Recorded & { readonly id: string; readonly version: number }> {
  const [recorded] = await recordLines(ctx, events, [line]);
  const first = recorded?.problems[0];
  if (first) throw new Refusal(first.code, refusals[first.code] ?? 422, { field: first.field, ...first.facts });
  if (!recorded || recorded.id === undefined || recorded.version === undefined)
    throw new Error("a recorded line has no person");
  return { ...recorded, id: recorded.id, version: recorded.version };
}
