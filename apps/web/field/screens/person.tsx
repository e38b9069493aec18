import { personNames } from "../../../../modules/people/names.words.ts";
import { careNames } from "../../../../modules/visiting-care/names.words.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { CarePerson, Contact } from "../care.ts";
import { words } from "../care.words.ts";
import { words as frame } from "../field.words.ts";
import { noMark, shownVisits } from "../overlay.rules.ts";
import { useApp, useFormat, usePerson, useSummary, useView } from "../parts/context.tsx";
import { Screen } from "../parts/frame.tsx";
import { standingOf } from "../today.rules.ts";

/** A number to dial: only what a telephone understands. */
export const dialLink = (phone: string): string => `tel:${phone.replace(/[^\d+*#]/g, "")}`;

/** One person (探访对象): who and where, what to do now, then whom to call and what was found. */
export function PersonScreen({ personId }: { readonly personId: string }) {
  const w = useWords(words);
  const summary = useSummary(personId);
  const body = usePerson(personId);
  const view = useView();
  const f = useWords(frame);
  const mark = view.marks.get(personId) ?? noMark;
  if (!summary)
    return (
      <Screen title={f.pages.today} back="">
        <p className="note">{w.person.unknown}</p>
      </Screen>
    );
  const standing = standingOf(summary, view.today);
  const here = view.acts.filter((one) => one.act?.about.personId === personId && one.state === "waiting").length;
  return (
    <Screen title={summary.name} back="">
      <p>
        {[summary.age === null ? "" : w.age({ years: summary.age }), summary.divisionName]
          .filter(Boolean)
          .join(w.separator)}
      </p>
      {mark.failedCallsToday >= 2 && standing.standing !== "done" && (
        <p className="note" data-tone="warn">
          {w.visit.homeToday}
        </p>
      )}
      {here > 0 && (
        <p className="note">
          {w.person.unsentHere}
          {w.colon}
          {here}
        </p>
      )}
      {standing.standing !== "away" && (
        <section className="stack" aria-label={w.person.record}>
          <a className="button" data-kind="huge" href={`#/visit/${personId}/home/person`}>
            {w.person.metPerson}
          </a>
          <div className="row">
            <a className="button" href={`#/visit/${personId}/home/other`}>
              {w.person.notMet}
            </a>
            <a className="button" href={`#/visit/${personId}/phone/other`}>
              {w.person.phoneVisit}
            </a>
          </div>
        </section>
      )}
      {body === null ? (
        <p role="status">{f.reading}</p>
      ) : body === undefined ? (
        <p className="note" data-tone="bad">
          {w.person.unknown}
        </p>
      ) : (
        <Body body={body} />
      )}
      <details>
        <summary>{w.person.more}</summary>
        <div className="stack">
          <a className="button" data-kind="quiet" href={`#/refuse/${personId}`}>
            {w.person.refuse}
          </a>
          <a className="button" data-kind="quiet" href={`#/death/${personId}`}>
            {w.person.death}
          </a>
        </div>
      </details>
    </Screen>
  );
}

function Body({ body }: { readonly body: CarePerson }) {
  const w = useWords(words);
  const people = useWords(personNames);
  const care = useWords(careNames);
  const format = useFormat();
  const app = useApp();
  const view = useView();
  const visits = shownVisits(body, view.acts, app.owner?.displayName ?? "");
  return (
    <>
      <section className="stack">
        <h2>{w.person.address}</h2>
        <p>{body.address || w.person.noAddress}</p>
        {body.place ? (
          <a
            className="button"
            data-kind="quiet"
            href={`geo:${body.place.latitude},${body.place.longitude}?q=${body.place.latitude},${body.place.longitude}`}
          >
            {w.person.openMap}
          </a>
        ) : (
          <p className="soft">{w.person.noPlace}</p>
        )}
      </section>
      <section className="stack">
        <h2>{w.person.contacts}</h2>
        {body.phone && (
          <a className="button" href={dialLink(body.phone)}>
            {w.person.call({ name: w.person.self })} {body.phone}
          </a>
        )}
        {body.contacts.length === 0 && <p className="soft">{w.person.noContacts}</p>}
        <ol className="stack">
          {body.contacts.map((one) => (
            <li key={one.id}>
              <DialContact contact={one} />
            </li>
          ))}
        </ol>
      </section>
      {body.findingsOpen.length > 0 && (
        <section className="note" data-tone="warn">
          <h2>{w.person.found}</h2>
          <p>{body.findingsOpen.map((one) => care.findings[one]).join(w.separator)}</p>
        </section>
      )}
      <section>
        <h2>{w.person.lastVisits}</h2>
        {visits.length === 0 && <p className="soft">{w.person.noVisits}</p>}
        <ul className="visits">
          {visits.slice(0, 12).map((one) => (
            <li key={one.id}>
              <div>
                {format.instant(one.at)} {care.modes[one.mode]}
                {w.separator}
                {care.met[one.met]}
              </div>
              <div className="soft">
                {[
                  one.worker ? w.person.by({ worker: one.worker }) : "",
                  one.counts ? w.person.counted : w.person.notCounted,
                  one.standing === "waiting" ? w.standing.waiting : one.standing === "held" ? w.standing.held : "",
                ]
                  .filter(Boolean)
                  .join(w.separator)}
              </div>
            </li>
          ))}
        </ul>
      </section>
      <section className="stack">
        <h2>{w.person.facts}</h2>
        <p>{[...body.categories.map((one) => people.categories[one]), care.risks[body.risk]].join(w.separator)}</p>
        <p>
          {[
            body.frequency ? care.frequency[body.frequency.per](body.frequency) : "",
            body.dutyDueOn
              ? w.person[body.dutyDueOn < view.today ? "late" : "due"]({ on: format.monthDay(body.dutyDueOn) })
              : "",
          ]
            .filter(Boolean)
            .join(w.separator)}
        </p>
      </section>
    </>
  );
}

/** A contact with a large key to dial. */
export function DialContact({ contact }: { readonly contact: Contact }) {
  const w = useWords(words).person;
  const people = useWords(personNames);
  const who = w.whoIs({ name: contact.name, relation: contact.relation || people.contactKinds[contact.kind] });
  if (!contact.phone)
    return (
      <p>
        {who} {w.noPhone}
      </p>
    );
  return (
    <a className="button" href={dialLink(contact.phone)}>
      {w.call({ name: who })} {contact.phone}
    </a>
  );
}
