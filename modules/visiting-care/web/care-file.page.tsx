import { Link, useParams } from "react-router";
import { consolePath, useDutyName } from "../../../apps/web/pages/today.page.tsx";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { ApiProblem } from "../../../apps/web/problem.ts";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showInstant } from "../../../apps/web/ui/format.ts";
import { named, useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { get } from "../../people/index.ts";
import { careNames } from "../names.words.ts";
import { getPerson } from "../visits.contract.ts";
import { words } from "./care.web.words.ts";
import { CareActs, type CareFile } from "./care-acts.tsx";
import { words as workWords } from "./care-work.web.words.ts";
import { eventNames } from "./events.words.ts";
import { CareState, RiskWord, useCategoryLine, useSexAge, VisitedWord } from "./labels.tsx";
import { Visits } from "./visits.tsx";

/** One person in care (探访档案), or about to be: what comes next, the plan, every visit with its proof, the history. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getPerson, { id });
  if (query.error instanceof ApiProblem && query.error.status === 404) return <NotInCare id={id} />;
  return <Answer query={query}>{(file) => <File key={file.id} file={file} />}</Answer>;
}

/** Known to the register of people, not to care: what may be begun. */
function NotInCare({ id }: { readonly id: string }) {
  const w = useWords(words).file;
  const person = useQueryOperation(get, { id });
  const sexAge = useSexAge();
  const categoryLine = useCategoryLine();
  return (
    <Answer query={person}>
      {(data) => (
        <FilePage
          title={data.name}
          above={
            <>
              {w.above} · {sexAge(data)} · {categoryLine(data.categories)}
            </>
          }
          state={<StatusWord tone="neutral">{w.notIn}</StatusWord>}
          tools={<Link to={`/people/${id}`}>{w.person}</Link>}
        >
          <Notice>{w.notInHelp}</Notice>
          <CareActs personId={id} division={data.division} file={undefined} />
        </FilePage>
      )}
    </Answer>
  );
}

/** The one sentence a clerk looks for: what has to happen next, and by when. */
function useNext(): (file: CareFile) => string {
  const w = useWords(words).file.next;
  const { locale } = usePreferences();
  const today = dateInShanghai(new Date());
  return (file) => {
    if (file.state === "proposed") return w.ask;
    if (file.state === "refused") return w.askAgain;
    if (file.state === "closed") return w.closed;
    if (!file.workerId) return w.noWorker;
    if (file.reassessOn && file.reassessOn <= today) return w.reassess({ on: showDate(file.reassessOn, locale) });
    if (file.visitedThisMonth) return w.done({ at: showDate(file.lastVisitAt, locale) });
    if (!file.nextDueOn) return w.visitSoon;
    const due = showDate(file.nextDueOn, locale);
    return file.lastVisitAt ? w.visit({ due }) : w.first({ due });
  };
}

function File({ file }: { readonly file: CareFile }) {
  const w = useWords(words);
  const c = useWords(careNames);
  const { locale } = usePreferences();
  const next = useNext();
  const sexAge = useSexAge();
  const categoryLine = useCategoryLine();
  const joined = useJoined();
  const placeOf = usePlacesOf([file.division]);
  return (
    <FilePage
      title={file.name}
      above={
        <>
          {w.file.above} · {sexAge(file)} · {placeOf(file.division)} · {categoryLine(file.categories)}
        </>
      }
      state={
        <>
          <CareState state={file.state} />
          <RiskWord risk={file.risk} />
          {file.state === "enrolled" && <VisitedWord visited={file.visitedThisMonth} />}
        </>
      }
      tools={<Link to={`/people/${file.id}`}>{w.file.person}</Link>}
    >
      <Notice tone={file.state === "enrolled" && file.visitedThisMonth ? "good" : "plain"}>{next(file)}</Notice>
      <CareActs personId={file.id} division={file.division} file={file} />
      <Open file={file} />
      <Section title={w.file.plan}>
        <Facts
          label={w.file.plan}
          items={[
            { term: w.file.worker, value: file.worker, required: file.state === "enrolled" },
            { term: w.file.standIn, value: file.standIn },
            {
              term: w.file.frequency,
              value: (
                <>
                  {c.frequency[file.frequency.per]({ min: file.frequency.min })}{" "}
                  {file.decisionId && <Link to={`/decisions/${file.decisionId}`}>{w.file.decision}</Link>}
                </>
              ),
            },
            { term: w.file.modes, value: joined(file.modes.map((mode) => c.modes[mode])) },
            { term: w.file.enrolledOn, value: file.enrolledOn && showDate(file.enrolledOn, locale) },
            {
              term: w.file.agreed,
              value:
                file.agreedBy &&
                w.file.agreedOf({ by: file.agreedBy, on: file.agreedOn ? showDate(file.agreedOn, locale) : "" }),
              required: file.state === "enrolled",
            },
            { term: w.file.reassessOn, value: file.reassessOn && showDate(file.reassessOn, locale) },
            ...(file.refusedReason ? [{ term: w.file.refused, value: file.refusedReason }] : []),
            ...(file.closedOn
              ? [
                  {
                    term: w.file.closed,
                    value: w.file.closedOf({
                      ground: file.closedGround ? c.closeGrounds[file.closedGround] : "",
                      on: showDate(file.closedOn, locale),
                    }),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Visits file={file} />
      <History file={file} />
    </FilePage>
  );
}

/** What waits: duties, emergencies, referrals. */
function Open({ file }: { readonly file: CareFile }) {
  const w = useWords(words).file;
  const c = useWords(careNames);
  const work = useWords(workWords);
  const dutyName = useDutyName();
  const { locale } = usePreferences();
  const today = dateInShanghai(new Date());
  const duties = file.duties.filter((one) => one.state === "open");
  return (
    <>
      {file.emergencies.length > 0 && (
        <Section title={w.emergencies}>
          <ul className="plain-list">
            {file.emergencies.map((one) => (
              <li key={one.id}>
                <Link to={`/care/emergencies/${one.id}`}>{named(c.found, one.found)}</Link>{" "}
                {showInstant(one.openedAt, locale)}{" "}
                <StatusWord tone={one.state === "running" ? "late" : "done"}>
                  {named(work.emergencies.states, one.state)}
                </StatusWord>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.duties}>
        {duties.length === 0 ? (
          <p className="quiet">{w.noDuties}</p>
        ) : (
          <ul className="plain-list">
            {duties.map((duty) => (
              <li key={duty.id}>
                {dutyName(duty.kind)} <DutyBadge dueOn={duty.dueOn} today={today} />{" "}
                <span className="quiet">
                  {duty.plannedOn && w.planned({ on: showDate(duty.plannedOn, locale) })} {duty.assignee}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {file.referrals.length > 0 && (
        <Section
          title={w.referrals}
          tools={<Link to={consolePath(`/care/referrals?personId=${file.id}&state=all`)}>{work.referrals.open}</Link>}
        >
          <ul className="plain-list">
            {file.referrals.map((one) => (
              <li key={one.id}>
                {c.needs[one.kind]} {one.text}{" "}
                <StatusWord tone={one.result ? "done" : "soon"}>{named(work.referrals.states, one.state)}</StatusWord>{" "}
                <span className="quiet">
                  {showDate(one.openedOn, locale)} {one.result}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function History({ file }: { readonly file: CareFile }) {
  const w = useWords(words);
  const c = useWords(careNames);
  const events = useWords(eventNames);
  const detail = (facts: Readonly<Record<string, unknown>>) => {
    const said = [
      typeof facts.mode === "string" && named(c.modes, facts.mode),
      typeof facts.met === "string" && named(c.met, facts.met),
      typeof facts.risk === "string" && named(c.risks, facts.risk),
      typeof facts.ground === "string" && named({ ...c.closeGrounds, ...c.extraGrounds }, facts.ground),
      typeof facts.worker === "string" && facts.worker,
      typeof facts.reason === "string" && facts.reason,
    ].filter(Boolean);
    return said.length > 0 ? <p className="quiet">{said.join(" · ")}</p> : null;
  };
  return (
    <Section title={w.file.timeline}>
      <Timeline
        label={w.file.timeline}
        steps={[...file.timeline]
          .sort((one, other) => one.at.localeCompare(other.at))
          .map((one, at) => ({
            id: `${at}-${one.at}`,
            at: one.at,
            what: named(events, one.event),
            actor: one.actor,
            detail: detail(one.facts),
          }))}
      />
    </Section>
  );
}
