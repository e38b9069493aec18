import type { Context } from "../../../kernel/operation/context.ts";
import { type Handler, handle } from "../../../kernel/operation/handle.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { matchKey } from "../../../kernel/text/normalise.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { digest, digests } from "../../../kernel/vault/seal.ts";
import { correct, recordConsent, setCategory, setContacts, withdrawConsent } from "../people.contract.ts";
import { birthProblem, oldest, readNumber, readPhone } from "../people.rules.ts";
import { freeKeys, ownersOf, takeKeys } from "./census.store.ts";
import { householdId, lineDigest, type Similar } from "./census.ts";
import type { PersonEvents } from "./index.ts";
import { insertConsent, updateConsent, updateContact, writeCategory } from "./keep.store.ts";
import { doublesOf, openPairs } from "./pairs.ts";
import { callRank, consentsOf, contactsOf } from "./people.queries.ts";
import { lockPerson } from "./people.store.ts";
import type { PersonRow } from "./person.row.ts";
import { inOrder, subjectOf } from "./person.shape.ts";
import { changePeople, tell } from "./register.ts";
import { categoriesOf, endContacts, insertContacts, insertHouseholds } from "./relations.store.ts";

type Fails = Context<"people/unknown-person" | "people/not-present">;

/** The person of a command, kept for it; only somebody present can be changed. */
export async function presentPerson(ctx: Fails, id: string): Promise<PersonRow> {
  const row = await lockPerson(ctx.tx, id);
  if (!row) return ctx.fail("people/unknown-person", { id });
  if (row.state !== "present") return ctx.fail("people/not-present", { state: row.state });
  return row;
}

/** Changes one person and tells the rooms that listen. */
export async function changePerson(
  ctx: Context,
  events: readonly PersonEvents[],
  before: PersonRow,
  patch: Partial<PersonRow>,
  validFrom: string,
  corrects?: number,
): Promise<PersonRow> {
  const change = { before, after: { ...before, ...patch }, validFrom, ...(corrects ? { corrects } : {}) };
  const [after] = await changePeople(ctx, [change]);
  await tell(events, ctx, before, after as PersonRow, validFrom);
  return after as PersonRow;
}

const correction = (events: readonly PersonEvents[]) =>
  handle(correct)(async (input, ctx) => {
    const before = await lockPerson(ctx.tx, input.id);
    if (!before) return ctx.fail("people/unknown-person", { id: input.id });
    const rises = input.alive === true && before.state === "deceased";
    if (before.state !== "present" && !rises) return ctx.fail("people/not-present", { state: before.state });
    if (before.version !== input.version)
      return ctx.fail("people/changed-meanwhile", { version: before.version, read: input.version });
    const patch: { -readonly [Column in keyof PersonRow]?: PersonRow[Column] } = {};
    if (rises) Object.assign(patch, { state: "present", state_on: null });
    if (input.name !== undefined) Object.assign(patch, { name: input.name, name_key: pinyinKey(input.name) });
    if (input.sex) patch.sex = input.sex;
    if (input.living) patch.living = input.living;
    if (input.address !== undefined) patch.address = input.address;
    if (input.place) Object.assign(patch, input.place);
    if (input.bornOn) {
      if (birthProblem(input.bornOn, ctx.today))
        return ctx.fail("people/birth-impossible", { field: "bornOn", birth: input.bornOn, oldest });
      Object.assign(patch, { born_on: input.bornOn, born_text: null });
    }
    if (input.householdNumber !== undefined) {
      const at = { home_code: before.home_code, division_code: before.division_code };
      patch.household_id = householdId(before.home_code, before.division_code, input.householdNumber);
      const household = { ...at, id: patch.household_id, number: input.householdNumber, address: before.address };
      await insertHouseholds(ctx.tx, [household], ctx.now);
    }
    const place = { home: before.home_code, division: before.division_code, subject: before.id };
    if (input.phone !== undefined) {
      const read = readPhone(input.phone);
      if (!("phone" in read)) return ctx.fail("people/phone-wrong", { field: "phone", reason: read.problem });
      sealFields(ctx, [{ ...place, field: "phone", value: read.phone, masked: mask("phone", read.phone) }]);
    }
    const doubles: Similar[] = [];
    const name = input.name ?? before.name;
    if (input.idNumber !== undefined) {
      const read = readNumber(input.idNumber, undefined, { today: ctx.today, confirmed: false });
      if (read.problem)
        return ctx.fail(read.problem.code as "people/id-number-wrong", { field: "idNumber", ...read.problem.facts });
      const number = read.number as string;
      const all = digests(ctx.house.keys, "citizen_id", number);
      const owner = [...(await ownersOf(ctx.tx, all)).values()].find((one) => one.person_id !== before.id);
      if (owner && (matchKey(owner.name) !== matchKey(name) || owner.home_code !== before.home_code))
        return ctx.fail("people/number-of-another-name", { field: "idNumber" });
      if (owner)
        doubles.push({ id: owner.person_id, home: owner.home_code, name: owner.name, score: 1, ground: "same-number" });
      Object.assign(patch, {
        id_kind: read.kind,
        id_flag: owner ? "people/number-of-another-name" : (read.flag ?? null),
        ...(read.birth && !input.bornOn ? { born_on: read.birth, born_text: null } : {}),
        ...(read.sex && !input.sex ? { sex: read.sex } : {}),
      });
      sealFields(ctx, [{ ...place, field: "citizen_id", value: number, masked: mask("citizen_id", number) }]);
      if (!owner) await replaceKey(ctx, before, digest(ctx.house.keys, "citizen_id", number));
    } else if (before.id_kind === "none" && (input.name !== undefined || input.bornOn !== undefined)) {
      const line = { name, bornOn: input.bornOn ?? before.born_on, bornText: before.born_text };
      await replaceKey(ctx, before, lineDigest(ctx, line, before.division_code), true);
    }
    const after = await changePerson(ctx, events, before, patch, input.validFrom ?? ctx.today, before.version);
    await openPairs(ctx, [{ row: after, similar: [...doubles, ...(await doublesOf(ctx, after))] }], false);
    ctx.journal("person-corrected", subjectOf(after), {
      reason: input.reason,
      fields: Object.keys(input).filter((field) => !["id", "version", "reason", "validFrom"].includes(field)),
    });
    return { id: after.id, version: after.version };
  });

/** Takes the key of a new number, or of a new name, and gives the old ones back. */
async function replaceKey(
  ctx: Context<"people/changed-meanwhile">,
  row: PersonRow,
  key: string,
  mayFail = false,
): Promise<void> {
  const wanted = { home_code: row.home_code, digest: key, person_id: row.id, division_code: row.division_code };
  const taken = await takeKeys(ctx.tx, [wanted]);
  // Taken before by this very person: nothing to do; by somebody at the same moment: look again.
  if (taken === 0 && !mayFail) {
    const owner = (await ownersOf(ctx.tx, [key])).get(key);
    if (owner?.person_id !== row.id) ctx.fail("people/changed-meanwhile", {});
  }
  ctx.later((tx) => freeKeys(tx, row.home_code, [row.id], key));
}

const category = (events: readonly PersonEvents[]) =>
  handle(setCategory)(async (input, ctx) => {
    const before = await presentPerson(ctx, input.id);
    const impossible = (facts: Record<string, unknown>) => ctx.fail("people/period-impossible", facts);
    if (input.to !== undefined && input.to <= input.from) impossible({ from: input.from, to: input.to });
    const known = (await categoriesOf(ctx.tx, [before.id])).filter((one) => one.home_code === before.home_code);
    const open = known.find((one) => one.category === input.category && one.to_on === null);
    const given = {
      source: input.source,
      grade: input.grade ?? null,
      evidence_id: input.evidenceId ?? null,
      ground: input.ground ?? null,
    };
    if (open && input.from < open.from_on) impossible({ from: input.from, since: open.from_on });
    if (open && input.to !== undefined && input.from === open.from_on)
      await writeCategory(ctx.tx, { ...open, ...given, to_on: input.to });
    else if (open && input.from === open.from_on) await writeCategory(ctx.tx, { ...open, ...given });
    else {
      if (open) await writeCategory(ctx.tx, { ...open, to_on: input.from });
      const at = { home_code: before.home_code, division_code: before.division_code, person_id: before.id };
      const period = { from_on: input.from, to_on: input.to ?? null };
      await writeCategory(ctx.tx, { ...at, ...period, ...given, id: ctx.newId(), category: input.category });
    }
    const held = (await categoriesOf(ctx.tx, [before.id])).filter(
      (one) =>
        one.home_code === before.home_code && one.from_on <= ctx.today && (one.to_on === null || one.to_on > ctx.today),
    );
    const categories = inOrder(held.map((one) => one.category));
    const after = await changePerson(ctx, events, before, { categories }, input.from);
    ctx.journal("category-set", subjectOf(after), {
      category: input.category,
      from: input.from,
      to: input.to ?? null,
      source: input.source,
    });
    return { id: after.id, version: after.version };
  });

const contacts = (events: readonly PersonEvents[]) =>
  handle(setContacts)(async (input, ctx) => {
    const before = await presentPerson(ctx, input.id);
    const known = (await contactsOf(ctx.tx, [before.id])).get(before.id) ?? [];
    const at = { home_code: before.home_code, division_code: before.division_code, person_id: before.id };
    const left = new Map(known.map((one) => [one.id, one]));
    const positions = new Map<number, number>();
    const added: Parameters<typeof insertContacts>[1][number][] = [];
    for (const [index, one] of input.contacts.entries()) {
      const there = [...left.values()].find(
        (other) => other.kind === one.kind && matchKey(other.name) === matchKey(one.name),
      );
      // Whoever sends a mask back has not touched the number.
      const untouched = one.phone === undefined || (there !== undefined && one.phone === there.phone);
      const read = untouched ? undefined : readPhone(one.phone as string);
      if (read && !("phone" in read))
        return ctx.fail("people/phone-wrong", { field: `contacts.${index}.phone`, reason: read.problem });
      const rank = callRank[one.kind];
      const position = (positions.get(rank) ?? 0) + 1;
      positions.set(rank, position);
      const facts = { kind: one.kind, position, name: one.name, relation: one.relation ?? "", place: one.place ?? "" };
      const id = there?.id ?? ctx.newId();
      if (there) {
        left.delete(there.id);
        await updateContact(ctx.tx, { ...at, ...facts, id });
      } else added.push({ ...at, ...facts, id });
      if (read && "phone" in read)
        sealFields(ctx, [
          {
            home: before.home_code,
            division: before.division_code,
            subject: id,
            field: "phone",
            value: read.phone,
            masked: mask("phone", read.phone),
          },
        ]);
    }
    await endContacts(ctx.tx, [...left.keys()], ctx.today);
    await insertContacts(ctx.tx, added);
    const after = await changePerson(ctx, events, before, {}, ctx.today);
    const counts = { kept: known.length - left.size, added: added.length, ended: left.size };
    ctx.journal("contacts-set", subjectOf(after), counts);
    return { id: after.id, version: after.version };
  });

const consent = handle(recordConsent)(async (input, ctx) => {
  const row = await presentPerson(ctx, input.id);
  if (input.givenOn > ctx.today || (input.untilOn !== undefined && input.untilOn <= input.givenOn))
    ctx.fail("people/period-impossible", { from: input.givenOn, to: input.untilOn ?? null });
  const id = ctx.newId();
  await insertConsent(ctx.tx, {
    home_code: row.home_code,
    id,
    division_code: row.division_code,
    person_id: row.id,
    purpose: input.purpose,
    given_by: input.givenBy,
    given_on: input.givenOn,
    until_on: input.untilOn ?? null,
    withdrawn_on: null,
    evidence_id: input.evidenceId ?? null,
  });
  ctx.journal("consent-recorded", subjectOf(row), { purpose: input.purpose, givenOn: input.givenOn });
  return { id };
});

const withdrawal = handle(withdrawConsent)(async (input, ctx) => {
  const row = await lockPerson(ctx.tx, input.id);
  if (!row) return ctx.fail("people/unknown-person", { id: input.id });
  const known = (await consentsOf(ctx.tx, row.id)).find(
    (one) => one.id === input.consentId && one.home_code === row.home_code && one.withdrawn_on === null,
  );
  if (!known) return ctx.fail("people/unknown-consent", { id: input.consentId });
  if (input.on > ctx.today || input.on < known.given_on)
    ctx.fail("people/period-impossible", { from: known.given_on, to: input.on });
  await updateConsent(ctx.tx, known.id, input.on);
  ctx.journal("consent-withdrawn", subjectOf(row), {
    purpose: known.purpose,
    on: input.on,
  });
  return { id: known.id };
});

/** Handlers that keep what is known of a person (维护档案). */
export function keepHandlers(events: readonly PersonEvents[]): readonly Handler[] {
  return [correction(events), category(events), contacts(events), consent, withdrawal];
}
