import { addYears } from "../../../kernel/clock/date.ts";
import { significant } from "../../../kernel/divisions/code.ts";
import { normaliseCode } from "../../../kernel/identity/organisation-code.ts";
import { figures } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { versionOn, versionsOf } from "../../../kernel/register/register.ts";
import { maskedFields } from "../../../kernel/vault/fields.ts";
import { digests } from "../../../kernel/vault/seal.ts";
import { listPairs } from "../doubles.contract.ts";
import { get, list } from "../people.contract.ts";
import { ownersOf } from "./census.store.ts";
import { pairPage, pairsOf } from "./pairs.store.ts";
import { present } from "./people.indicators.ts";
import {
  aliasesOf,
  boundedCount,
  consentsOf,
  contactsOf,
  householdOf,
  type PeopleFilter,
  peoplePage,
} from "./people.queries.ts";
import { loadPeople, loadPerson, resolveAlias, resolveAliases, whereabouts } from "./people.store.ts";
import { shownName, viewOf } from "./people.views.ts";
import type { PersonRow } from "./person.row.ts";
import { ageOf, register, rowOf } from "./person.shape.ts";
import { categoriesOf } from "./relations.store.ts";

const getPerson = handle(get)(async (input, ctx) => {
  const id = await resolveAlias(ctx.tx, input.id);
  const now = await loadPerson(ctx.tx, id);
  if (!now) return ctx.fail("people/unknown-person", { id: input.id });
  const then = input.on === undefined ? undefined : await versionOn(ctx.tx, register, id, input.on);
  if (input.on !== undefined && !then) return ctx.fail("people/unknown-person", { id: input.id, on: input.on });
  const row = then ? { ...rowOf(then.body, now), version: then.version } : now;
  const contacts = (await contactsOf(ctx.tx, [id])).get(id) ?? [];
  const sealed = await maskedFields(ctx.tx, [id]);
  const pairs = (await pairsOf(ctx.tx, [id])).filter((one) => one.state === "open");
  const aliases = await aliasesOf(ctx.tx, id);
  const otherOf = (pair: (typeof pairs)[number]) => (pair.person_id === id ? pair.other_id : pair.person_id);
  const others = new Map(
    (await loadPeople(ctx.tx, [...pairs.map(otherOf), ...aliases.map((one) => one.alias_id)])).map((one) => [
      one.id,
      one,
    ]),
  );
  const places = await whereabouts(
    ctx.tx,
    pairs.map(otherOf).filter((other) => !others.has(other)),
  );
  const categories = (await categoriesOf(ctx.tx, [id])).filter((one) => one.home_code === now.home_code);
  const versions = await versionsOf(ctx.tx, register, id);
  return {
    ...viewOf(ctx, row, sealed.get(id)),
    household: (now.household_id ? await householdOf(ctx.tx, now.household_id, id) : []).map((one) => ({
      id: one.id,
      name: shownName(ctx, one.name),
      age: ageOf(one, ctx.today),
      state: one.state,
    })),
    categoryHistory: categories.map((one) => ({
      id: one.id,
      category: one.category,
      from: one.from_on,
      to: one.to_on,
      source: one.source,
      grade: one.grade,
      evidenceId: one.evidence_id,
      ground: one.ground,
    })),
    contacts: contacts.map((one) => ({
      id: one.id,
      kind: one.kind,
      position: one.position,
      name: one.name === "" ? "" : shownName(ctx, one.name),
      relation: one.relation,
      place: one.place,
      phone: one.phone,
    })),
    consents: (await consentsOf(ctx.tx, id))
      .filter((one) => one.home_code === now.home_code)
      .map((one) => ({
        id: one.id,
        purpose: one.purpose,
        givenBy: shownName(ctx, one.given_by),
        givenOn: one.given_on,
        untilOn: one.until_on,
        withdrawnOn: one.withdrawn_on,
        evidenceId: one.evidence_id,
      })),
    pairs: pairs.map((one) => {
      const other = others.get(otherOf(one));
      return {
        id: one.id,
        otherId: otherOf(one),
        other: other ? shownName(ctx, other.name) : (places.get(otherOf(one))?.division.slice(0, 6) ?? ""),
        ground: one.ground,
        score: one.score,
      };
    }),
    aliases: aliases.map((one) => ({
      id: one.alias_id,
      name: shownName(ctx, others.get(one.alias_id)?.name ?? ""),
      mergedAt: one.merged_at.toISOString(),
    })),
    history: versions.map((one, at) => ({
      version: one.version,
      validFrom: one.valid_from,
      recordedAt: one.recorded_at.toISOString(),
      cause: one.cause,
      changed: changedBetween(versions[at + 1]?.body, one.body),
    })),
  };
});

/** Names of the facts that differ between two stored states; none for the first. */
function changedBetween(before: Record<string, unknown> | undefined, after: Record<string, unknown>): string[] {
  if (!before) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}

const COUNTED = 1_000;

/** The number of rows of a filter: from the counters when they know it, else counted up to a bound. */
async function totalOf(ctx: Context, filter: PeopleFilter): Promise<number | null> {
  const plain = !filter.q && !filter.ids && !filter.category && !filter.bornBy;
  if (ctx.actor.scope.kind === "staff" && plain) {
    const cells = await figures(ctx.tx, present, { division: filter.division ?? ctx.actor.division ?? ctx.actor.home });
    return cells
      .filter((cell) => (filter.state ? cell.key[0] === filter.state : cell.key[0] !== "merged"))
      .reduce((sum, cell) => sum + cell.value, 0);
  }
  const value = await boundedCount(ctx.tx, filter, COUNTED + 1);
  return value > COUNTED ? null : value;
}

const listPeople = handle(list)(async ({ after, limit, idNumber, ageFrom, ...asked }, ctx) => {
  let ids: string[] | undefined;
  if (idNumber !== undefined) {
    const owners = await ownersOf(ctx.tx, digests(ctx.house.keys, "citizen_id", normaliseCode(idNumber)));
    const found = [...owners.values()].map((one) => one.person_id);
    const kept = await resolveAliases(ctx.tx, found);
    ids = found.map((one) => kept.get(one) ?? one);
  }
  const filter: PeopleFilter = {
    ...asked,
    ...(asked.division ? { division: significant(asked.division) } : {}),
    ...(ids ? { ids } : {}),
    ...(ageFrom !== undefined ? { bornBy: addYears(ctx.today, -ageFrom) } : {}),
  };
  const rows = await peoplePage(ctx.tx, filter, readCursor(after, ["text", "text", "id"]), limit + 1);
  const shown = rows.slice(0, limit);
  const sealed = await maskedFields(
    ctx.tx,
    shown.map((row) => row.id),
  );
  const last = shown.at(-1);
  return {
    people: shown.map((row) => {
      const view = viewOf(ctx, row, sealed.get(row.id));
      const { id, division, name, sex, age, categories, living, state, idFlag } = view;
      return { id, division, name, sex, age, categories, living, state, idFlag, idNumber: view.idNumber };
    }),
    total: await totalOf(ctx, filter),
    next: rows.length > limit && last ? writeCursor([last.division_code, last.name_key, last.id]) : null,
  };
});

const pairs = handle(listPairs)(async (input, ctx) => {
  const found = await pairPage(ctx.tx, {
    state: input.state,
    limit: input.limit + 1,
    ...(input.division ? { division: significant(input.division) } : {}),
    after: readCursor(input.after, ["text", "id"]),
  });
  const shown = found.slice(0, input.limit);
  const ids = [...new Set(shown.flatMap((one) => [one.person_id, one.other_id]))];
  const people = new Map((await loadPeople(ctx.tx, ids)).map((row) => [row.id, row]));
  const places = await whereabouts(
    ctx.tx,
    ids.filter((id) => !people.has(id)),
  );
  const sealed = await maskedFields(ctx.tx, ids);
  const side = (row: PersonRow) => {
    const view = viewOf(ctx, row, sealed.get(row.id));
    const { id, division, name, sex, bornOn, idNumber, phone, address, categories, state } = view;
    return { id, division, name, sex, bornOn, idNumber, phone, address, categories, state };
  };
  const last = shown.at(-1);
  return {
    pairs: shown.flatMap((pair) => {
      const [one, other] = [people.get(pair.person_id), people.get(pair.other_id)];
      if (!one) return [];
      return [
        {
          id: pair.id,
          ground: pair.ground,
          score: pair.score,
          state: pair.state,
          foundAt: pair.found_at.toISOString(),
          elsewhere: other ? null : (places.get(pair.other_id)?.division.slice(0, 9) ?? pair.other_home),
          one: side(one),
          other: other ? side(other) : null,
        },
      ];
    }),
    next: found.length > input.limit && last ? writeCursor([last.division_code, last.id]) : null,
  };
});

export const readHandlers = [getPerson, listPeople, pairs];
