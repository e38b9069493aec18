import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import type { Summary } from "../care.ts";
import { words } from "../care.words.ts";
import { clockText } from "../emergency.rules.ts";
import { type Mark, markedSummary, noMark } from "../overlay.rules.ts";
import { useApp, useView } from "../parts/context.tsx";
import { Choice, Field } from "../parts/controls.tsx";
import { Deliveries } from "../parts/deliveries.tsx";
import { Screen } from "../parts/frame.tsx";
import { type Entry, saidOf, todayOf } from "../today.rules.ts";

/** Few enough that a cheap phone draws them at once; the next ones are one tap away. */
const FIRST = 10;
const GROUPS = 20;
const MORE = 50;

const tones = { overdue: "bad", planned: "warn", soon: "warn", later: "", done: "good", away: "" } as const;

/** Today's list (今天): by village, planned and late ones first. */
export function TodayScreen() {
  const w = useWords(words).today;
  const app = useApp();
  const view = useView();
  const [typed, setTyped] = useState("");
  const [finding, setFinding] = useState(false);
  const [groups, setGroups] = useState(GROUPS);
  const [onlyMine, setOnlyMine] = useState<"mine" | "all" | null>(null);
  const people = app.phone.opened?.lists.people;
  const deferred = useDeferredValue(typed);
  const marked = useMemo((): readonly Summary[] => {
    void view.version;
    return [...(people?.values() ?? [])].map((one) => markedSummary(one, view.marks.get(one.personId) ?? noMark));
  }, [people, view]);
  const both = useMemo(() => {
    const mine = marked.filter((one) => one.mine).length;
    return mine > 0 && mine < marked.length;
  }, [marked]);
  const whose = onlyMine ?? (both ? "mine" : "all");
  const list = useMemo(
    () => todayOf(marked, view.today, { onlyMine: both && whose === "mine", typed: deferred }),
    [marked, view.today, both, whose, deferred],
  );
  const nothing = list.groups.length === 0 && list.done.length === 0;
  return (
    <Screen title={w.title}>
      <Running />
      <Deliveries open={marked.length === 0} key={String(marked.length === 0)} />
      {marked.length === 0 && (app.phone.opened?.lists.shipments.size ?? 0) > 0 ? null : marked.length === 0 ? (
        <p className="note">
          {app.phone.sync.contactAt !== null && app.phone.sync.pulledAt === null && view.contact.kind !== "busy"
            ? w.forgotten
            : w.empty}
        </p>
      ) : (
        <>
          <div className="asked">
            <p aria-live="polite">
              {list.left > 0 ? w.left({ count: list.left }) : nothing ? w.nobodyFound : w.allDone}
            </p>
            <button
              type="button"
              className="button"
              data-kind="quiet"
              aria-expanded={finding}
              onClick={() => {
                setTyped("");
                setFinding(!finding);
              }}
            >
              {finding ? w.findEnd : w.find}
            </button>
          </div>
          {finding && <Find typed={typed} onType={setTyped} />}
          {both && (
            <Choice
              beside
              legendHidden
              legend={w.whose}
              options={[
                ["mine", w.mine],
                ["all", w.all],
              ]}
              value={whose}
              onChange={setOnlyMine}
            />
          )}
          {list.groups.slice(0, groups).map((group) => (
            <Group
              key={group.division}
              title={w.group({ name: group.name, count: group.entries.length })}
              entries={group.entries}
              marks={view.marks}
            />
          ))}
          {list.groups.length > groups && (
            <button type="button" className="button" onClick={() => setGroups(groups + GROUPS)}>
              {w.more({ count: list.groups.slice(groups).reduce((sum, one) => sum + one.entries.length, 0) })}
            </button>
          )}
          {list.done.length > 0 && <Done entries={list.done} marks={view.marks} open={list.left === 0} />}
        </>
      )}
      <a className="button" href="#/new">
        {w.newPerson}
      </a>
    </Screen>
  );
}

/** The box to type in, ready for the first letter: it stands there only while one looks for somebody. */
function Find({ typed, onType }: { readonly typed: string; readonly onType: (typed: string) => void }) {
  const w = useWords(words).today;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  return (
    <div ref={box}>
      <Field label={w.search} type="search" value={typed} onChange={onType} autoComplete="off" />
    </div>
  );
}

function Running() {
  const w = useWords(words).today;
  const view = useView();
  const running = view.emergencies.filter((one) => one.next !== null);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (running.length === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running.length]);
  return running.map((one) => (
    <a key={one.id} className="button" data-kind="danger" href={`#/emergency/${one.id}`}>
      {w.running({ name: one.name, clock: clockText(one.openedAt, now) })}
    </a>
  ));
}

function Group({
  title,
  entries,
  marks,
}: {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly marks: ReadonlyMap<string, Mark>;
}) {
  const w = useWords(words).today;
  const [shown, setShown] = useState(FIRST);
  return (
    <section className="stack">
      <h2>{title}</h2>
      <ul className="stack">
        {entries.slice(0, shown).map((entry) => (
          <li key={entry.person.personId}>
            <Card entry={entry} mark={marks.get(entry.person.personId) ?? noMark} />
          </li>
        ))}
      </ul>
      {entries.length > shown && (
        <button type="button" className="button" data-kind="quiet" onClick={() => setShown(shown + MORE)}>
          {w.more({ count: Math.min(MORE, entries.length - shown) })}
        </button>
      )}
    </section>
  );
}

function Done({
  entries,
  marks,
  open,
}: {
  readonly entries: readonly Entry[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly open: boolean;
}) {
  const w = useWords(words).today;
  const [shown, setShown] = useState(open);
  return (
    <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{w.done({ count: entries.length })}</summary>
      {shown && <Group title={w.done({ count: entries.length })} entries={entries} marks={marks} />}
    </details>
  );
}

/** One person as a card one can hit with a glove. */
export function Card({ entry, mark }: { readonly entry: Entry; readonly mark: Mark }) {
  const w = useWords(words);
  const { person } = entry;
  return (
    <a className="card" href={`#/person/${person.personId}`}>
      <span className="line">
        <strong>{person.name}</strong>
        <span className="word" data-tone={tones[saidOf(entry)]}>
          <StandingWord entry={entry} />
        </span>
      </span>
      <span className="line soft">
        <span>
          {person.age === null ? "" : `${w.age({ years: person.age })} `}
          {person.address}
        </span>
      </span>
      {(mark.waiting > 0 || mark.held > 0 || mark.failedCallsToday > 0) && (
        <span className="line">
          <span className="word" data-tone="warn">
            {[
              mark.failedCallsToday >= 2 && entry.standing !== "done" ? w.standing.homeToday : "",
              mark.failedCallsToday === 1 ? w.standing.callFailed({ count: 1 }) : "",
              mark.waiting > 0 ? w.standing.waiting : "",
              mark.held > 0 ? w.standing.held : "",
            ]
              .filter(Boolean)
              .join(w.separator)}
          </span>
        </span>
      )}
    </a>
  );
}

function StandingWord({ entry }: { readonly entry: Entry }) {
  const w = useWords(words).standing;
  const said = saidOf(entry);
  switch (said) {
    case "overdue":
      return w.overdue({ days: -(entry.days ?? 0) });
    case "soon":
      return w.soon({ days: entry.days ?? 0 });
    default:
      return w[said];
  }
}
