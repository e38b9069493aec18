import { Link, useParams } from "react-router";
import { queryAddress } from "../../../apps/web/client.ts";
import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { type Fact, Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import { openFile } from "../../../kernel/files/files.contract.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import * as contract from "../annual-inspection.contract.ts";
import { type Figures, moneyFields } from "../annual-inspection.shapes.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { CheckNote } from "./checks.tsx";
import { words } from "./inspection.web.words.ts";
import { ReportState } from "./state-word.tsx";

type Report = OutputOf<typeof contract.getReport>;
const legal = new Set(["conclude", "order-rectification", "exempt"]);
const byId = new Map(
  Object.values(contract).flatMap((one) =>
    typeof one === "object" && one !== null && "kind" in one && "output" in one
      ? [[one.id, one as Operation] as const]
      : [],
  ),
);

/** One yearly report (年度报告): state, acts with what they lack, figures beside last year's, checks, history. */
export function Component() {
  const { id } = useParams();
  const query = useQueryOperation(contract.getReport, { reportId: id });
  return <Answer query={query}>{(report) => <ReportFile report={report} />}</Answer>;
}

function ReportFile({ report }: { readonly report: Report }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const sentence = useCodeSentence();
  const today = dateInShanghai(new Date());
  const fillable = report.acts.find((act) => act.operation === contract.submitReport.id);
  const acts: ActChoice[] = report.acts.flatMap((act) => {
    const operation = byId.get(act.operation);
    if (!operation || act.operation === contract.submitReport.id) return [];
    return [
      {
        key: act.act,
        title: named(m.transitions, act.act),
        operation,
        fixed:
          act.operation === contract.fileReport.id || act.operation === contract.reportRectification.id
            ? { reportId: report.id, year: undefined }
            : { reportId: report.id },
        legal: legal.has(act.act),
        reasons: act.missing.map((one) => sentence(one.code, one.facts) ?? one.code),
        ...(act.act === "conclude" && report.suggested
          ? {
              note: w.file.suggested({ conclusion: m.conclusions[report.suggested.conclusion] }),
              initial: { conclusion: report.suggested.conclusion },
            }
          : {}),
      },
    ];
  });
  return (
    <FilePage
      title={w.file.title({ name: report.name, year: report.year })}
      above={
        <>
          {m.kinds[report.kind]} · <span className="code">{report.code}</span>
        </>
      }
      state={
        <>
          <ReportState state={report.state} />
          <DutyBadge dueOn={report.dueOn} today={today} done={report.filedOn !== null} />
          {report.late && <StatusWord tone="late">{w.file.late}</StatusWord>}
          {report.conclusion && (
            <span>
              {m.conclusions[report.conclusion]} {showDate(report.concludedOn, locale)}
            </span>
          )}
        </>
      }
      tools={<Link to={`/organisations/${report.organisationId}`}>{w.file.organisation}</Link>}
      next={
        fillable && (
          <Link className="button-link" to={`/annual-inspection/${report.id}/fill`}>
            {report.draft ? w.file.continueFilling : w.file.fill}
          </Link>
        )
      }
    >
      {acts.length > 0 && (
        <ActButtons acts={acts} given={w} subjectId={report.id} organisationId={report.organisationId} />
      )}
      <Pending report={report} />
      <Section title={w.file.findings}>
        {report.findings.length === 0 ? (
          <p className="quiet">{w.file.noFindings}</p>
        ) : (
          <ul className="plain-list">
            {report.findings.map((finding) => (
              <li key={`${finding.code}${finding.field ?? ""}${finding.text ?? ""}`}>
                <StatusWord tone={finding.severity === "serious" ? "late" : "soon"}>
                  {w.file.severities[finding.severity]}
                </StatusWord>{" "}
                {finding.text ?? named(m.findings, finding.code)}{" "}
                {finding.field && <span className="quiet">{named(m.figures, finding.field)}</span>}{" "}
                {finding.article && (
                  <span className="quiet">
                    {w.file.article} {finding.article}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {report.checks.length > 0 && (
        <Section title={w.file.checks}>
          <ul className="plain-list">
            {report.checks.map((check) => (
              <li key={`${check.item}${check.field}`}>
                <CheckNote check={check} withField />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.file.figures}>
        <FiguresTable figures={report.figures} last={report.lastYear?.figures} />
      </Section>
      <Details report={report} />
      <Section title={w.file.timeline}>
        <Timeline
          steps={report.steps.map((step, at) => ({
            id: `${step.at}${at}`,
            at: step.at,
            what: named(m.transitions, step.transition),
            actor: step.actor,
            law: step.law,
            detail:
              typeof step.note.reason === "string"
                ? step.note.reason
                : typeof step.note.opinion === "string"
                  ? step.note.opinion
                  : undefined,
            ...(step.documentId
              ? { documents: [{ href: queryAddress(openDocument, { id: step.documentId }), title: w.file.document }] }
              : {}),
            ...(step.decisionId
              ? { decision: { href: `/console/decisions/${step.decisionId}`, title: w.file.decision } }
              : {}),
            legal: legal.has(step.transition) || step.transition.startsWith("mark-"),
          }))}
        />
      </Section>
    </FilePage>
  );
}

/** What is being waited for now: corrections, rectification, opinions. */
function Pending({ report }: { readonly report: Report }) {
  const w = useWords(words).file;
  const { locale } = usePreferences();
  const items: Fact[] = [];
  const lines = (given: readonly string[]) => (
    <ul>
      {given.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
  if (report.correctionGaps?.length)
    items.push(
      { term: w.correction, value: lines(report.correctionGaps), wide: true },
      { term: w.correctionDue, value: showDate(report.correctionDueOn, locale) },
    );
  if (report.rectificationItems?.length)
    items.push(
      { term: w.rectification, value: lines(report.rectificationItems), wide: true },
      { term: w.rectificationDue, value: showDate(report.rectificationDueOn, locale) },
    );
  if (report.rectificationText) items.push({ term: w.rectificationText, value: report.rectificationText, wide: true });
  if (report.unitOpinion) items.push({ term: w.unitOpinion, value: report.unitOpinion, wide: true });
  return items.length > 0 ? <Facts items={items} /> : null;
}

function FiguresTable({ figures, last }: { readonly figures: Figures; readonly last: Figures | undefined }) {
  const w = useWords(words).file;
  const m = useWords(moduleWords);
  const shown = moneyFields.filter((field) => figures[field] !== null && figures[field] !== undefined);
  if (shown.length === 0) return <Notice>{w.notFiled}</Notice>;
  const counts = (["activityCount", "staffFullTime", "staffPartTime", "partyMembers"] as const).filter(
    (field) => figures[field] !== null && figures[field] !== undefined,
  );
  return (
    <table className="ledger-table">
      <caption className="unseen">{w.figures}</caption>
      <thead>
        <tr>
          <th scope="col">{w.line}</th>
          <th scope="col" className="numeric">
            {w.thisYear}
          </th>
          <th scope="col" className="numeric">
            {w.lastYear}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((field) => (
          <tr key={field}>
            <th scope="row">{m.figures[field]}</th>
            <td className="numeric" data-label={w.thisYear}>
              {showYuan(figures[field] as number)}
            </td>
            <td className="numeric" data-label={w.lastYear}>
              {last?.[field] === null || last?.[field] === undefined ? "—" : showYuan(last[field] as number)}
            </td>
          </tr>
        ))}
        {counts.map((field) => (
          <tr key={field}>
            <th scope="row">{m.figures[field]}</th>
            <td className="numeric" data-label={w.thisYear}>
              {figures[field]}
            </td>
            <td className="numeric" data-label={w.lastYear}>
              {last?.[field] ?? "—"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Details({ report }: { readonly report: Report }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { activities = [], penalties = [], attachments = [], explanations = {} } = report.details;
  return (
    <>
      {Object.keys(explanations).length > 0 && (
        <Section title={w.file.explanations}>
          <Facts
            items={Object.entries(explanations).map(([field, text]) => ({
              term: named(m.figures, field),
              value: text,
              wide: true,
            }))}
          />
        </Section>
      )}
      {activities.length > 0 && (
        <Section title={w.file.activities}>
          <ul className="plain-list">
            {activities.map((one) => (
              <li key={`${one.name}${one.heldOn ?? ""}${one.place ?? ""}`}>
                {showDate(one.heldOn, locale)} {one.name} <span className="quiet">{one.place}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {penalties.length > 0 && (
        <Section title={w.file.penalties}>
          <ul className="plain-list">
            {penalties.map((one) => (
              <li key={`${one.decidedOn}${one.kind}`}>
                {showDate(one.decidedOn, locale)} {one.authority} {one.kind}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {attachments.length > 0 && (
        <Section title={w.file.attachments}>
          <ul className="plain-list">
            {attachments.map((one) => (
              <li key={one.fileId}>
                <a href={queryAddress(openFile, { id: one.fileId })}>{w.fill.attachmentKinds[one.kind]}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
