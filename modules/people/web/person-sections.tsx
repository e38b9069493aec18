import { Link } from "react-router";
import { call, queryAddress } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { MaskedPerson } from "../../../apps/web/ui/masked-person.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { openFile } from "../../../kernel/files/files.contract.ts";
import { unmask } from "../../../kernel/vault/vault.contract.ts";
import { personNames } from "../names.words.ts";
import { PersonState, useSexAge } from "./labels.tsx";
import { words } from "./people.web.words.ts";
import type { Person } from "./person-acts.tsx";

/** How many facts that visits rely on are missing (缺项). */
export function missingOf(file: Person): number {
  return [file.sex, file.bornOn ?? file.bornText, file.idNumber, file.phone ?? file.contacts[0], file.address].filter(
    (value) => !value,
  ).length;
}

/** A sealed value: masked, in full for a stated reason that is journalled. */
function Sealed({
  subjectId,
  field,
  masked,
  label,
}: {
  readonly subjectId: string;
  readonly field: string;
  readonly masked: string | null;
  readonly label: string;
}) {
  const { may } = useSession();
  if (!masked) return null;
  return (
    <MaskedPerson
      masked={masked}
      label={label}
      onUnmask={may(unmask) ? async (reason) => (await call(unmask, { subjectId, field, reason })).value : undefined}
    />
  );
}

/** Facts of a person (基本情况); what is missing is named. */
export function PersonFacts({ file, placeOf }: { readonly file: Person; readonly placeOf: (code: string) => string }) {
  const w = useWords(words);
  const n = useWords(personNames);
  const { locale } = usePreferences();
  const sexAge = useSexAge();
  return (
    <Facts
      label={w.file.facts}
      items={[
        { term: w.file.name, value: file.name },
        { term: w.file.sex, value: file.sex && n.sex[file.sex], required: true },
        {
          term: w.file.bornOn,
          value: file.bornOn
            ? `${showDate(file.bornOn, locale)}（${sexAge({ sex: null, age: file.age })}）`
            : file.bornText,
          required: true,
        },
        {
          term: n.idKind[file.idKind],
          value: file.idNumber && (
            <Sealed subjectId={file.id} field="citizen_id" masked={file.idNumber} label={w.file.idNumber} />
          ),
          required: true,
        },
        {
          term: w.file.phone,
          value: file.phone && <Sealed subjectId={file.id} field="phone" masked={file.phone} label={w.file.phone} />,
          required: file.contacts.length === 0,
        },
        { term: w.file.living, value: n.living[file.living] },
        { term: w.file.division, value: placeOf(file.division) },
        { term: w.file.address, value: file.address, required: true },
        {
          term: w.file.place,
          value:
            file.place &&
            w.file.placeOf({
              latitude: file.place.latitude.toFixed(5),
              longitude: file.place.longitude.toFixed(5),
            }),
        },
      ]}
    />
  );
}

/** Contacts in the order to call (联系人). */
export function Contacts({ file }: { readonly file: Person }) {
  const w = useWords(words).file;
  const n = useWords(personNames);
  return (
    <Section title={w.contacts}>
      {file.contacts.length === 0 ? (
        <p className="quiet">{w.noContacts}</p>
      ) : (
        <ol className="plain-list">
          {file.contacts.map((one, at) => (
            <li key={one.id}>
              {at + 1}. <strong>{one.name}</strong> {one.relation}{" "}
              <StatusWord tone="neutral">{n.contactKinds[one.kind]}</StatusWord>{" "}
              <Sealed subjectId={one.id} field="phone" masked={one.phone} label={`${one.name} ${w.phone}`} />{" "}
              {one.place && <span className="quiet">{one.place}</span>}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** Dated classes (类别) with where each comes from. */
export function Categories({ file }: { readonly file: Person }) {
  const { file: w, sources } = useWords(words);
  const n = useWords(personNames);
  const { locale } = usePreferences();
  return (
    <Section title={w.categories}>
      {file.categoryHistory.length === 0 ? (
        <p className="quiet">{w.noCategories}</p>
      ) : (
        <ul className="plain-list">
          {file.categoryHistory.map((one) => (
            <li key={one.id}>
              <StatusWord tone={one.to === null ? "done" : "muted"}>{n.categories[one.category]}</StatusWord>{" "}
              {one.to === null
                ? w.categoryOpen({ from: showDate(one.from, locale) })
                : w.categoryFrom({ from: showDate(one.from, locale), to: showDate(one.to, locale) })}{" "}
              <span className="quiet">
                {one.source && `${w.source} ${named(sources, one.source)}`} {one.grade && `${w.grade} ${one.grade}`}{" "}
                {one.ground}
              </span>{" "}
              {one.evidenceId && <a href={queryAddress(openFile, { id: one.evidenceId })}>{w.evidence}</a>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Who else lives there (同户的人). */
export function Household({ file }: { readonly file: Person }) {
  const w = useWords(words);
  return (
    <Section title={w.file.household}>
      {file.household.length === 0 ? (
        <p className="quiet">{w.file.noHousehold}</p>
      ) : (
        <ul className="plain-list">
          {file.household.map((one) => (
            <li key={one.id}>
              <Link to={`/people/${one.id}`}>{one.name}</Link>{" "}
              <span className="quiet">{one.age === null ? w.noAge : w.age({ age: one.age })}</span>{" "}
              {one.state !== "present" && <PersonState state={one.state} />}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Consents (同意记录): who agreed to what, until when. */
export function Consents({ file }: { readonly file: Person }) {
  const w = useWords(words).file;
  const { locale } = usePreferences();
  return (
    <Section title={w.consents}>
      {file.consents.length === 0 ? (
        <p className="quiet">{w.noConsents}</p>
      ) : (
        <ul className="plain-list">
          {file.consents.map((one) => (
            <li key={one.id}>
              <StatusWord tone={one.withdrawnOn === null ? "done" : "muted"}>{one.purpose}</StatusWord>{" "}
              {w.consentOf({ by: one.givenBy, on: showDate(one.givenOn, locale) })}{" "}
              <span className="quiet">
                {one.untilOn && w.consentUntil({ date: showDate(one.untilOn, locale) })}{" "}
                {one.withdrawnOn && w.consentWithdrawn({ date: showDate(one.withdrawnOn, locale) })}
              </span>{" "}
              {one.evidenceId && <a href={queryAddress(openFile, { id: one.evidenceId })}>{w.evidence}</a>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Possible doubles of this person (疑似重复), each one press from the comparison. */
export function Doubles({ file }: { readonly file: Person }) {
  const w = useWords(words).file;
  const n = useWords(personNames);
  const { hasRole } = useSession();
  if (file.pairs.length === 0) return null;
  return (
    <Section title={w.pairs}>
      <ul className="plain-list">
        {file.pairs.map((pair) => (
          <li key={pair.id}>
            <strong>{pair.other}</strong>{" "}
            <span className="quiet">
              {n.grounds[pair.ground]} · {w.similarity({ percent: Math.round(pair.score * 100) })}
            </span>{" "}
            {hasRole(["officer", "auditor"]) && (
              <Link to={`/people/compare/${file.id}/${pair.otherId}?pair=${pair.id}`}>{w.compare}</Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
