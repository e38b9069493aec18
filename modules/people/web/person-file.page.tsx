import { Link, useParams, useSearchParams } from "react-router";
import { useComposition } from "../../../apps/web/composition.ts";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { AsOf } from "../../../apps/web/ui/as-of.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { personNames } from "../names.words.ts";
import { get } from "../people.contract.ts";
import { PersonState, useCategoryLine, useSexAge } from "./labels.tsx";
import { words } from "./people.web.words.ts";
import { type Person, PersonActs } from "./person-acts.tsx";
import { Categories, Consents, Contacts, Doubles, Household, missingOf, PersonFacts } from "./person-sections.tsx";

/** One person (人员档案): facts with the missing named, classes, contacts, consents, possible doubles, history; also as of a day. */
export function Component() {
  const { id = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const on = search.get("on") ?? undefined;
  const query = useQueryOperation(get, { id, on });
  return (
    <Answer query={query}>
      {(file) => <PersonFile key={file.id} file={file} on={on} onOn={(date) => setSearch(date ? { on: date } : {})} />}
    </Answer>
  );
}

function PersonFile({
  file,
  on,
  onOn,
}: {
  readonly file: Person;
  readonly on: string | undefined;
  readonly onOn: (date: string | undefined) => void;
}) {
  const w = useWords(words);
  const { locale } = usePreferences();
  const placeOf = usePlacesOf([file.division, file.recordedDivision, file.cameFrom ?? "", file.movedTo ?? ""]);
  const categoryLine = useCategoryLine();
  const sexAge = useSexAge();
  const missing = missingOf(file);
  return (
    <FilePage
      title={file.name}
      above={
        <>
          {w.file.above} · {sexAge(file)} · {placeOf(file.division)}
        </>
      }
      state={
        <>
          <PersonState state={file.state} />
          {file.stateOn && file.state !== "present" && (
            <span>{w.file.since({ date: showDate(file.stateOn, locale) })}</span>
          )}
          {file.movedTo && <span>{w.file.movedTo({ place: placeOf(file.movedTo) })}</span>}
          {file.cameFrom && <span>{w.file.cameFrom({ place: placeOf(file.cameFrom) })}</span>}
          <span>{categoryLine(file.categories)}</span>
          {file.idFlag && <StatusWord tone="soon">{named(w.flags, file.idFlag)}</StatusWord>}
          {missing > 0 && <StatusWord tone="soon">{w.file.missing({ count: missing })}</StatusWord>}
        </>
      }
      tools={
        <>
          <Beside id={file.id} />
          <AsOf value={on} onChange={onOn} />
        </>
      }
    >
      {on && <Notice tone="warn">{w.file.asOfShown({ date: showDate(on, locale) })}</Notice>}
      {file.mergedInto && (
        <Notice tone="warn" action={<Link to={`/people/${file.mergedInto}`}>{w.file.openKept}</Link>}>
          {w.file.mergedInto}
        </Notice>
      )}
      <PersonActs file={file} past={on !== undefined} />
      <Doubles file={file} />
      <Section title={w.file.facts}>
        <PersonFacts file={file} placeOf={placeOf} />
      </Section>
      <Contacts file={file} />
      <Categories file={file} />
      <Household file={file} />
      <Consents file={file} />
      <History file={file} />
    </FilePage>
  );
}

/** What other rooms keep about this person, e.g. visiting care. */
function Beside({ id }: { readonly id: string }) {
  const { locale } = usePreferences();
  const { hasRole } = useSession();
  const besides = useComposition()
    .flatMap((one) => one.besidePerson ?? [])
    .filter((one) => hasRole(one.who));
  return (
    <>
      {besides.map((one) => (
        <Link key={one.title.en} to={one.to(id)}>
          {one.title[locale]}
        </Link>
      ))}
    </>
  );
}

function History({ file }: { readonly file: Person }) {
  const w = useWords(words);
  const n = useWords(personNames);
  const { locale } = usePreferences();
  const fieldNames: Readonly<Record<string, string>> = {
    ...w.fields,
    state: w.columns.state,
    division: w.file.division,
    divisionCode: w.file.division,
    householdId: w.file.household,
    place: w.file.place,
    idNumber: w.file.idNumber,
    phone: w.file.phone,
    contacts: w.fields.contacts,
  };
  const steps = [...file.history]
    .sort((one, other) => one.version - other.version)
    .map((one) => ({
      id: String(one.version),
      at: one.recordedAt,
      what:
        named(w.causes, one.cause) === one.cause
          ? w.file.version({ version: one.version })
          : named(w.causes, one.cause),
      detail: (
        <>
          {one.changed.length > 0 && (
            <p>
              {w.file.changed({
                fields: [...new Set(one.changed.map((field) => fieldNames[camel(field)]).filter(Boolean))].join(
                  locale === "zh" ? "、" : ", ",
                ),
              })}
            </p>
          )}
          <p className="quiet">
            {w.file.version({ version: one.version })} ·{" "}
            {w.file.categoryOpen({ from: showDate(one.validFrom, locale) })}
          </p>
        </>
      ),
    }));
  return (
    <>
      {file.aliases.length > 0 && (
        <Section title={w.file.aliases}>
          <ul className="plain-list">
            {file.aliases.map((one) => (
              <li key={one.id}>
                <Link to={`/people/${one.id}`}>
                  {w.file.aliasOf({ name: one.name, at: showDate(one.mergedAt, locale) })}
                </Link>{" "}
                <span className="quiet">{n.states.merged}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.file.history}>
        <Timeline steps={steps} label={w.file.history} />
      </Section>
    </>
  );
}

/** Versions name columns as the table does; words name fields. */
function camel(name: string): string {
  return name.replace(/_code$/, "").replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
