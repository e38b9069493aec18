import { Link, useParams, useSearchParams } from "react-router";
import { call, queryAddress } from "../../../apps/web/client.ts";
import { useNames } from "../../../apps/web/composition.ts";
import { consolePath, useDutyName } from "../../../apps/web/pages/today.page.tsx";
import { searchOrganisations } from "../../../apps/web/search-organisations.ts";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { ActButtons, type ActChoice } from "../../../apps/web/ui/act-form.tsx";
import { AsOf } from "../../../apps/web/ui/as-of.tsx";
import { DocumentLink } from "../../../apps/web/ui/document-link.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { MaskedPerson } from "../../../apps/web/ui/masked-person.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai, daysBetween } from "../../../kernel/clock/date.ts";
import { openFile } from "../../../kernel/files/files.contract.ts";
import { unmask } from "../../../kernel/vault/vault.contract.ts";
import { getOrganisation } from "../organisations.contract.ts";
import { useActChoices } from "./act-choices.ts";
import { StatusOf } from "./labels.tsx";
import { operationsById } from "./operations.ts";
import { factItems } from "./organisation-facts.tsx";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";
import { documentHref, useTimelineSteps } from "./timeline-steps.ts";

type File = OutputOf<typeof getOrganisation>;

const recordOperations = [
  "organisations.record-officer",
  "organisations.record-meeting",
  "organisations.record-charter",
  "organisations.record-party",
  "organisations.record-filings",
];
const searches = { mergeInto: searchOrganisations };

/** One organisation (一社一档): state, next acts, facts, and everything that ever happened; also as of a day. */
export function Component() {
  const { id } = useParams();
  const [search, setSearch] = useSearchParams();
  const asOf = search.get("asOf") ?? undefined;
  const query = useQueryOperation(getOrganisation, { id, asOf });
  return (
    <Answer query={query}>
      {(file) => <OrganisationFile file={file} onAsOf={(date) => setSearch(date ? { asOf: date } : {})} />}
    </Answer>
  );
}

function OrganisationFile({
  file,
  onAsOf,
}: {
  readonly file: File;
  readonly onAsOf: (date: string | undefined) => void;
}) {
  const w = useWords(words);
  const { locale } = usePreferences();
  const dutyName = useDutyName();
  const steps = useTimelineSteps();
  const one = file.organisation;
  const today = dateInShanghai(new Date());
  return (
    <FilePage
      title={one.name}
      above={
        <>
          {w.kinds[one.kind]} · <span className="code">{one.creditCode ?? w.facts.creditCode}</span>
        </>
      }
      state={
        <>
          <StatusOf status={one.status} />
          {one.listing !== "none" && one.listedOn && (
            <StatusWord tone="late">
              {w.file.listedSince({ list: w.listings[one.listing], days: daysBetween(one.listedOn, today) })}
            </StatusWord>
          )}
          {one.registeredOn && <span>{w.file.since({ date: showDate(one.registeredOn, locale) })}</span>}
          {file.missingFacts.length > 0 && (
            <StatusWord tone="soon">{w.file.missing({ count: file.missingFacts.length })}</StatusWord>
          )}
        </>
      }
      tools={<AsOf value={file.asOf ?? undefined} onChange={onAsOf} />}
    >
      {file.asOf && <Notice tone="warn">{w.file.asOfShown({ date: showDate(file.asOf, locale) })}</Notice>}
      {!file.own && <Notice>{w.file.notOwn}</Notice>}
      {!file.asOf && <Acts file={file} />}
      {file.duties.length > 0 && (
        <Section title={w.file.duties}>
          <ul className="plain-list">
            {file.duties.map((duty) => (
              <li key={duty.id}>
                <Link to={consolePath(duty.link)}>{dutyName(duty.kind)}</Link>{" "}
                <DutyBadge dueOn={duty.dueOn} today={today} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.file.facts}>
        <Facts label={w.file.facts} items={factItems(file, w, locale)} />
      </Section>
      <Section title={w.file.timeline}>
        <Timeline steps={steps(file.timeline)} label={w.file.timeline} />
      </Section>
      <Officers file={file} />
      <Governance file={file} />
      <Section title={w.file.documents}>
        {file.documents.length === 0 ? (
          <p className="quiet">{w.file.noDocuments}</p>
        ) : (
          <ul className="plain-list">
            {file.documents.map((document) => (
              <li key={document.id}>
                <DocumentLink
                  href={documentHref(document.id)}
                  title={document.title}
                  number={document.number}
                  isVoid={document.void}
                />{" "}
                <span className="quiet">{showDate(document.issuedOn, locale)}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <p className="link-row">
        <Link to={`/credit/organisations/${one.id}`}>{w.file.credit}</Link>
      </p>
    </FilePage>
  );
}

/** Acts of running procedures first, then what may be begun, then what may be recorded. */
function Acts({ file }: { readonly file: File }) {
  const w = useWords(words);
  const f = useWords(fieldWords);
  const { hasRole } = useSession();
  const choices = useActChoices();
  const names = useNames();
  const one = file.organisation;
  const running = file.procedures.filter((procedure) => procedure.closedAt === null);
  const community = running.filter((procedure) => procedure.subjectId === one.id);
  const acts = [
    ...community.flatMap((procedure) => choices(procedure.procedure, procedure.acts, { organisationId: one.id })),
    ...file.starts.flatMap((start) => choices(start.procedure, [start], { organisationId: one.id })),
  ];
  const records: ActChoice[] = file.own
    ? recordOperations.flatMap((id) => {
        const operation = operationsById.get(id);
        return operation && hasRole(operation.who)
          ? [{ key: id, title: named(w.records, id), operation, fixed: { organisationId: one.id }, reasons: [] }]
          : [];
      })
    : [];
  const applications = running.filter((procedure) => procedure.subjectId !== one.id);
  return (
    <>
      {applications.length > 0 && (
        <Section title={w.file.procedures}>
          <ul className="plain-list">
            {applications.map((procedure) => (
              <li key={procedure.id}>
                <Link to={names.path(procedure.procedure, procedure.subjectId) ?? "/applications"}>
                  {names.procedure(procedure.procedure)}
                </Link>{" "}
                <StatusWord>{names.state(procedure.procedure, procedure.state)}</StatusWord>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {acts.length + records.length > 0 && (
        <ActButtons
          open={community.length > 0 ? 2 : 1}
          acts={[
            ...acts.filter((act) => act.reasons.length === 0),
            ...records,
            ...acts.filter((act) => act.reasons.length > 0),
          ]}
          given={f}
          searches={searches}
          organisationId={one.id}
          subjectId={one.id}
        />
      )}
    </>
  );
}

function Officers({ file }: { readonly file: File }) {
  const w = useWords(words);
  const f = useWords(fieldWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const end = operationsById.get("organisations.end-officer-term");
  return (
    <Section title={w.file.officers}>
      {file.officers.length === 0 ? (
        <p className="quiet">{w.file.noOfficers}</p>
      ) : (
        <ul className="plain-list">
          {file.officers.map((officer) => (
            <li key={officer.id}>
              <strong>{officer.name}</strong> {named(w.posts, officer.post)}{" "}
              <span className="quiet">
                {officer.leftOn
                  ? w.file.left({ date: showDate(officer.leftOn, locale) })
                  : w.file.termUntil({ date: showDate(officer.termTo, locale) })}
              </span>{" "}
              {officer.bars.length > 0 ? (
                officer.bars.map((bar) => (
                  <StatusWord key={bar} tone="late">
                    {bar}
                  </StatusWord>
                ))
              ) : (
                <span className="quiet">{officer.barsCheckedOn ? w.file.barsNone : w.file.barsUnchecked}</span>
              )}
              {Object.entries(officer.masked).map(([field, value]) => (
                <div key={field}>
                  {named(f.fields, field === "citizen_id" ? "citizenId" : field)}{" "}
                  <MaskedPerson
                    masked={value}
                    label={`${officer.name} ${named(f.fields, field === "citizen_id" ? "citizenId" : field)}`}
                    onUnmask={
                      file.own && may(unmask)
                        ? async (reason) => (await call(unmask, { subjectId: officer.id, field, reason })).value
                        : undefined
                    }
                  />
                </div>
              ))}
              {end && file.own && may(end) && officer.leftOn === null && (
                <ActButtons
                  quiet
                  acts={[
                    {
                      key: `end-${officer.id}`,
                      title: named(w.records, end.id),
                      operation: end,
                      fixed: { officerId: officer.id },
                      reasons: [],
                    },
                  ]}
                  given={f}
                  organisationId={file.organisation.id}
                  subjectId={officer.id}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Governance({ file }: { readonly file: File }) {
  const w = useWords(words);
  const f = useWords(fieldWords);
  const { locale } = usePreferences();
  return (
    <>
      <Section title={w.file.meetings}>
        {file.meetings.length === 0 ? (
          <p className="quiet">{w.file.noMeetings}</p>
        ) : (
          <ul className="plain-list">
            {file.meetings.map((meeting) => (
              <li key={meeting.id}>
                {showDate(meeting.heldOn, locale)} {named(w.bodies, meeting.body)} ·{" "}
                {named(f.choices.matter, meeting.matter)} · {meeting.subject}{" "}
                <span className="quiet">
                  {w.file.votes({ entitled: meeting.entitled, present: meeting.present, yes: meeting.yes })}
                </span>{" "}
                {meeting.passed === null ? null : meeting.passed ? (
                  <StatusWord tone="done">{w.file.passed}</StatusWord>
                ) : (
                  <StatusWord tone="late">{meeting.quorum === false ? w.file.noQuorum : w.file.notPassed}</StatusWord>
                )}{" "}
                {meeting.decisionId && <Link to={`/decisions/${meeting.decisionId}`}>{w.file.decision}</Link>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={w.file.charters}>
        {file.charters.length === 0 ? (
          <p className="quiet">{w.file.noCharters}</p>
        ) : (
          <ul className="plain-list">
            {file.charters.map((charter) => (
              <li key={charter.version}>
                {charter.fileId ? (
                  <a href={queryAddress(openFile, { id: charter.fileId })}>
                    {w.file.version({ version: charter.version })}
                  </a>
                ) : (
                  w.file.version({ version: charter.version })
                )}{" "}
                {showDate(charter.adoptedOn, locale)} {charter.summary}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {file.names.length > 1 && (
        <Section title={w.file.names}>
          <ul className="plain-list">
            {file.names.map((name) => (
              <li key={`${name.name}${name.from ?? ""}`}>
                {name.name}{" "}
                <span className="quiet">
                  {w.facts.fromTo({
                    from: name.from ? showDate(name.from, locale) : w.file.unknownDate,
                    to: name.to ? showDate(name.to, locale) : w.file.to,
                  })}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {file.confirmations.length > 0 && (
        <Section title={w.file.confirmations}>
          <ul className="plain-list">
            {file.confirmations.map((one) => (
              <li key={one.year}>
                {one.year} {one.active ? <StatusWord tone="done">{f.fields.active}</StatusWord> : "—"}{" "}
                {showDate(one.confirmedOn, locale)} {one.note}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
