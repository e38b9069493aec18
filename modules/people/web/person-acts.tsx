import { call } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { countName } from "../../../apps/web/ui/act-fields.ts";
import { ActButtons, type ActChoice, type OutputOf, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import type { Found } from "../../../apps/web/ui/pickers.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import { merge, unmerge } from "../doubles.contract.ts";
import {
  correct,
  type get,
  list,
  move,
  recordConsent,
  recordDeath,
  setCategory,
  setContacts,
  withdrawConsent,
} from "../people.contract.ts";
import { useActWords } from "./labels.tsx";
import { words } from "./people.web.words.ts";

export type Person = OutputOf<typeof get>;

/** People by name for pickers (查找人员). */
export async function searchPeople(typed: string): Promise<readonly Found[]> {
  if (typed.trim().length < 1 || /^[0-9a-f]{8}-/i.test(typed)) return [];
  const { people } = await call(list, { q: typed.trim(), limit: 20 });
  return people.map((one) => ({
    value: one.id,
    label: one.name,
    note: `${one.idNumber ?? ""} ${one.division}`.trim(),
  }));
}

/** Facts a correction of a death leaves alone. */
const untouched = {
  validFrom: undefined,
  name: undefined,
  sex: undefined,
  bornOn: undefined,
  idNumber: undefined,
  phone: undefined,
  living: undefined,
  address: undefined,
  householdNumber: undefined,
  place: undefined,
};

/** What may be done with a person now, and why the rest may not. */
export function useWhyNot(): (file: Person, past: boolean) => readonly string[] {
  const w = useWords(words).why;
  const { grant } = useSession();
  return (file, past) => {
    const reasons: string[] = [];
    if (past) reasons.push(w.asOf);
    if (
      grant?.role === "officer" &&
      grant.division &&
      !grant.division.startsWith(file.home) &&
      !file.home.startsWith(grant.division)
    )
      reasons.push(w.elsewhere);
    return reasons;
  };
}

/** The acts of a person's file (可办事项). */
export function PersonActs({ file, past }: { readonly file: Person; readonly past: boolean }) {
  const w = useWords(words);
  const { may } = useSession();
  const { locale } = usePreferences();
  const given = useActWords();
  const whyNot = useWhyNot();
  const today = dateInShanghai(new Date());
  const always = whyNot(file, past);
  const present = file.state === "present" ? always : [...always, w.why.notPresent];
  const openConsents = file.consents.filter((one) => one.withdrawnOn === null);
  const of = (
    key: string,
    title: string,
    operation: unknown,
    rest: Partial<ActChoice> & { readonly fixed?: Readonly<Record<string, unknown>> } = {},
  ): ActChoice[] => {
    const known = operation as Operation<unknown, unknown, unknown, string>;
    return may(known)
      ? [{ key, title, operation: known, reasons: present, ...rest, fixed: { id: file.id, ...rest.fixed } }]
      : [];
  };
  const contacts: Record<string, unknown> = { [countName("contacts")]: Math.max(1, file.contacts.length) };
  file.contacts.forEach((one, at) => {
    contacts[`contacts.${at}.kind`] = one.kind;
    contacts[`contacts.${at}.name`] = one.name;
    contacts[`contacts.${at}.relation`] = one.relation;
    contacts[`contacts.${at}.place`] = one.place;
  });
  const acts: ActChoice[] = [
    ...(file.state === "merged"
      ? of("unmerge", w.acts.unmerge, unmerge, { reasons: always, note: w.notes.unmerge })
      : []),
    ...(file.state === "deceased"
      ? of("alive", w.acts.alive, correct, {
          reasons: always,
          fixed: { ...untouched, version: file.version, alive: true },
          note: w.notes.alive,
        })
      : []),
    ...of("contacts", w.acts.contacts, setContacts, { initial: contacts, note: w.notes.contacts }),
    ...of("category", w.acts.category, setCategory, { initial: { from: today }, note: w.notes.category }),
    ...of("correct", w.acts.correct, correct, {
      fixed: { version: file.version, place: undefined, alive: undefined },
      initial: {
        name: file.name,
        sex: file.sex ?? undefined,
        bornOn: file.bornOn ?? undefined,
        living: file.living,
        address: file.address,
      },
      note: w.notes.correct,
    }),
    ...of("consent", w.acts.consent, recordConsent, { initial: { givenOn: today, givenBy: file.name } }),
    ...of("move", w.acts.move, move, {
      initial: { on: today },
      note: w.notes.move,
      given: { fields: { to: w.moveTo } },
      searches: { to: searchDivisions },
    }),
    ...of("merge", w.acts.merge, merge, { note: w.notes.merge, searches: { merge: searchPeople } }),
    ...of("death", w.acts.death, recordDeath, { note: w.notes.death }),
    ...openConsents.flatMap((one) =>
      of(`withdraw-${one.id}`, `${w.acts.withdraw}：${one.purpose}`, withdrawConsent, {
        reasons: always,
        fixed: { consentId: one.id },
        initial: { on: today },
        note: w.file.consentOf({ by: one.givenBy, on: showDate(one.givenOn, locale) }),
      }),
    ),
  ].map((act) => (act.key === "merge" ? { ...act, fixed: { keep: file.id } } : act));
  if (acts.length === 0) return null;
  return <ActButtons acts={acts} given={given} subjectId={file.id} open={4} />;
}
