import { Link, useParams } from "react-router";
import { queryAddress } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import type { CitationLike } from "../../../apps/web/ui/citation.tsx";
import { DocumentLink } from "../../../apps/web/ui/document-link.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import { openFile } from "../../../kernel/files/files.contract.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import {
  addEvidence,
  answerObjection,
  getListing,
  object,
  operations,
  recordCertificate,
  standing,
  underway,
} from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { StageOf, useActWords } from "./credit-labels.tsx";

type Case = OutputOf<typeof getListing>;
const byId = new Map<string, Operation>(operations.map((one) => [one.id, one as unknown as Operation]));

/** One case of a list (名录案件): clocks, next act with what it lacks, facts, statements, documents, history. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getListing, { listingId: id });
  return <Answer query={query}>{(file) => <CaseFile file={file} />}</Answer>;
}

function useActs(file: Case): ActChoice[] {
  const m = useWords(moduleWords);
  const w = useWords(words);
  const { may } = useSession();
  const sentence = useCodeSentence();
  const { listing } = file;
  const fixed = { listingId: listing.id };
  const offered = file.acts.flatMap((act): ActChoice[] => {
    const operation = byId.get(act.operation);
    if (!operation) return [];
    return [
      {
        key: act.act,
        title: named(m.acts, act.act),
        operation,
        fixed,
        legal: act.legalEffect,
        reasons: act.missing.map((one) => sentence(one.code, one.facts) ?? one.code),
        ...(act.operation === "credit.decide-listing" ? { initial: { remedy: file.draftRemedy } } : {}),
      },
    ];
  });
  const extra = (operation: Operation, known: Readonly<Record<string, unknown>>, when: boolean): ActChoice[] =>
    when && may(operation)
      ? [
          {
            key: `${operation.id}${JSON.stringify(known)}`,
            title: named(w.actTitles, operation.id),
            operation,
            fixed: known,
            reasons: [],
          },
        ]
      : [];
  const isStanding = (standing as readonly string[]).includes(listing.state);
  const isUnderway = (underway as readonly string[]).includes(listing.state);
  const objections = file.submissions.filter((one) => one.kind === "objection" && one.state === "open");
  const possible = offered.filter((act) => act.reasons.length === 0);
  const others = offered.filter((act) => act.reasons.length > 0);
  return [
    ...possible,
    ...objections.flatMap((one) => extra(answerObjection as unknown as Operation, { objectionId: one.id }, true)),
    ...extra(addEvidence as unknown as Operation, fixed, isUnderway),
    ...extra(recordCertificate as unknown as Operation, fixed, isUnderway),
    ...extra(object as unknown as Operation, fixed, isStanding || listing.endedOn !== null),
    ...others,
  ];
}

function CaseFile({ file }: { readonly file: Case }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const given = useActWords();
  const acts = useActs(file);
  const { locale } = usePreferences();
  const { listing } = file;
  const date = (value: string | null) => (value ? showDate(value, locale) : null);
  return (
    <FilePage
      title={listing.organisationName}
      above={`${m.lists[listing.list]} · ${named(m.grounds[listing.list], listing.ground)}`}
      state={
        <>
          <StageOf state={listing.state} />
          {listing.daysListed !== null && <span>{w.file.listedFor({ days: listing.daysListed })}</span>}
          {listing.legacy && <StatusWord tone="muted">{w.file.legacy}</StatusWord>}
          {listing.endedOn && (
            <span>
              {w.file.ended} {showDate(listing.endedOn, locale)}{" "}
              {listing.endReason && named(m.endReasons, listing.endReason)}
            </span>
          )}
        </>
      }
      tools={
        <>
          <Link to={`/organisations/${listing.organisationId}`}>{w.file.organisation}</Link>
          <Link to={`/credit/organisations/${listing.organisationId}`}>{w.file.creditFile}</Link>
        </>
      }
    >
      <ActButtons acts={acts} given={given} subjectId={listing.id} organisationId={listing.organisationId} />
      {listing.clocks.length > 0 && (
        <Section title={w.file.clocks}>
          <ul className="plain-list">
            {listing.clocks.map((clock) => (
              <li key={clock.clock}>
                <strong>{m.clocks[clock.clock]}</strong>{" "}
                <DutyBadge dueOn={clock.on} daysLeft={clock.daysTo} period={clock.clock !== "removal"} />{" "}
                {clock.from && (
                  <span className="quiet">{w.file.clockFrom({ date: showDate(clock.from, locale) })}</span>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.file.facts}>
        <Facts
          items={[
            { term: w.file.ground, value: named(m.grounds[listing.list], listing.ground) },
            {
              term: w.listings.origin,
              value: `${m.origins[listing.origin]}；${listing.rectifiable ? w.file.rectifiable : w.file.notRectifiable}`,
            },
            { term: w.file.authority, value: listing.authority },
            { term: w.file.proposedOn, value: date(listing.proposedOn) },
            { term: w.file.served, value: date(listing.noticeServedOn) },
            { term: w.file.statementDue, value: date(listing.statementDueOn) },
            { term: w.file.decided, value: date(listing.decidedOn) },
            { term: w.file.number, value: listing.decisionNumber },
            { term: w.file.listedOn, value: date(listing.listedOn) },
            ...Object.entries(file.facts).flatMap(([field, value]) =>
              value === null || value === undefined || typeof value === "object"
                ? []
                : [
                    {
                      term: named(m.facts, field),
                      value:
                        typeof value === "boolean" ? (value ? w.records.yes : "—") : named(m.factValues, String(value)),
                    },
                  ],
            ),
            { term: w.file.groundText, value: listing.groundText, wide: true },
            { term: w.file.reasons, value: file.reasons, wide: true },
            { term: w.file.remedy, value: file.remedy, wide: true },
            {
              term: w.file.evidence,
              wide: true,
              value:
                file.evidence.length > 0 &&
                file.evidence.map((id, at) => (
                  <span key={id}>
                    <a href={queryAddress(openFile, { id })}>{w.file.evidenceItem({ number: at + 1 })}</a>{" "}
                  </span>
                )),
            },
          ]}
        />
      </Section>
      {file.grounds.length > 1 && (
        <Section title={w.file.grounds}>
          <ul className="plain-list">
            {file.grounds.map((ground) => (
              <li key={ground.listingId}>
                <Link to={`/credit/listings/${ground.listingId}`}>{named(m.grounds[listing.list], ground.ground)}</Link>{" "}
                {ground.groundText}{" "}
                <span className="quiet">
                  {ground.decisionNumber} {date(ground.decidedOn)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Submissions file={file} />
      {file.effects.length > 0 && (
        <Section title={w.file.effects}>
          <ul>
            {file.effects.map((effect) => (
              <li key={effect}>{named(m.effects, effect)}</li>
            ))}
          </ul>
        </Section>
      )}
      {file.documents.length > 0 && (
        <Section title={w.file.documents}>
          <ul className="plain-list">
            {file.documents.map((document) => (
              <li key={document.id}>
                <DocumentLink
                  href={queryAddress(openDocument, { id: document.id })}
                  title={document.title}
                  number={document.number}
                />{" "}
                <span className="quiet">
                  {date(document.issuedOn)} <span className="code">{document.verificationCode}</span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.file.timeline}>
        <Timeline
          steps={file.steps.map((step, at) => ({
            id: `${step.at}${at}`,
            at: step.at,
            what: named(m.acts, step.act),
            actor: step.actor,
            law: step.law as unknown as readonly CitationLike[],
            detail: typeof step.note.reason === "string" ? step.note.reason : undefined,
            ...(step.documentId
              ? {
                  documents: [
                    {
                      href: queryAddress(openDocument, { id: step.documentId }),
                      title: file.documents.find((one) => one.id === step.documentId)?.title ?? w.file.documents,
                    },
                  ],
                }
              : {}),
            ...(step.decisionId
              ? { decision: { href: `/console/decisions/${step.decisionId}`, title: w.file.decision } }
              : {}),
            legal: ["decide", "join", "remove", "move", "withdraw"].includes(step.act),
          }))}
        />
      </Section>
    </FilePage>
  );
}

function Submissions({ file }: { readonly file: Case }) {
  const w = useWords(words).file;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  if (file.submissions.length === 0) return null;
  return (
    <Section title={w.submissions}>
      <ul className="plain-list">
        {file.submissions.map((one) => (
          <li key={one.id}>
            <strong>{m.submissions[one.kind]}</strong> {m.madeBy[one.madeBy]} {showDate(one.receivedOn, locale)}{" "}
            <StatusWord tone={one.state === "open" ? "soon" : "muted"}>{m.submissionStates[one.state]}</StatusWord>
            <p>{one.content}</p>
            {one.answer && (
              <p>
                {one.answeredOn && w.answered({ date: showDate(one.answeredOn, locale) })} {one.answer}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
