import { Link, useNavigate, useParams } from "react-router";
import { queryAddress } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DocumentLink } from "../../../apps/web/ui/document-link.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { type Fact, Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { openFile } from "../../../kernel/files/files.contract.ts";
import { getApplication } from "../organisations.contract.ts";
import { useActChoices } from "./act-choices.ts";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";
import { searchUnits } from "./searches.ts";
import { documentHref } from "./timeline-steps.ts";

type Application = OutputOf<typeof getApplication>;
const searches = { unitId: searchUnits };

/** One application (登记申请): its stage, the next act with what it lacks, facts, conditions and steps. */
export function Component() {
  const { id } = useParams();
  const query = useQueryOperation(getApplication, { id });
  return <Answer query={query}>{(application) => <ApplicationFile application={application} />}</Answer>;
}

function ApplicationFile({ application }: { readonly application: Application }) {
  const w = useWords(words);
  const f = useWords(fieldWords);
  const { locale } = usePreferences();
  const { hasRole } = useSession();
  const navigate = useNavigate();
  const choices = useActChoices();
  const today = dateInShanghai(new Date());
  const editable =
    application.purpose === "registration" &&
    ["draft", "correcting", "returned"].includes(application.state) &&
    hasRole(["registrar"]);
  const acts: ActChoice[] = choices(application.procedure, application.acts, { applicationId: application.id });
  return (
    <FilePage
      title={application.name}
      above={
        <>
          {w.purposes[application.purpose]} · {named(w.kinds, application.kind)} · {w.applications.receipt}{" "}
          <span className="code">{application.receipt}</span>
        </>
      }
      state={
        <>
          <StatusWord tone={application.decidedOn ? "done" : "neutral"}>
            {named(w.states, application.state)}
          </StatusWord>
          {application.decideBy && (
            <DutyBadge dueOn={application.decideBy} today={today} done={application.decidedOn !== null} />
          )}
        </>
      }
      tools={
        <>
          {editable && <Link to={`/applications/${application.id}/edit`}>{w.applications.edit}</Link>}
          {application.organisationId && (
            <Link to={`/organisations/${application.organisationId}`}>{w.applications.organisation}</Link>
          )}
        </>
      }
    >
      <ActButtons
        acts={acts}
        given={f}
        searches={searches}
        subjectId={application.id}
        organisationId={application.organisationId ?? undefined}
        onDone={(_, output) => {
          const made = (output as { organisationId?: string } | undefined)?.organisationId;
          if (made && application.purpose === "registration") void navigate(`/organisations/${made}`);
        }}
      />
      {application.missingPapers.length > 0 && (
        <Notice tone="warn" title={w.applications.missingPapers}>
          {application.missingPapers.map((paper) => named(w.papers, paper)).join(locale === "zh" ? "、" : ", ")}
        </Notice>
      )}
      {application.gaps.length > 0 && (
        <Section title={w.applications.gaps}>
          <ul className="plain-list">
            {application.gaps.map((gap) => (
              <li key={`${gap.paper}${gap.what}`}>
                <strong>{named(w.papers, gap.paper)}</strong> {gap.what}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {application.conditions && <Conditions conditions={application.conditions} />}
      <Section title={w.applications.facts}>
        <Facts items={applicationFacts(application, f, locale)} />
        <Papers application={application} />
      </Section>
      {application.consents.length > 0 && (
        <Section title={w.applications.consents}>
          <ul className="plain-list">
            {application.consents.map((consent) => (
              <li key={`${consent.unitName}${consent.decidedOn}`}>
                <strong>{consent.unitName}</strong>{" "}
                <StatusWord tone={consent.consented ? "done" : "late"}>
                  {consent.consented ? w.applications.consented : w.applications.refusedConsent}
                </StatusWord>{" "}
                {showDate(consent.decidedOn, locale)} {consent.opinion}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w.applications.steps}>
        <Timeline
          steps={application.steps.map((step, at) => ({
            id: `${step.at}${at}`,
            at: step.at,
            what: named(w.acts, step.act),
            actor: step.actor,
            detail: typeof step.note.reason === "string" ? step.note.reason : undefined,
            ...(step.documentId
              ? {
                  documents: [
                    {
                      href: documentHref(step.documentId),
                      title: application.documents.find((one) => one.id === step.documentId)?.title ?? w.file.documents,
                    },
                  ],
                }
              : {}),
            ...(step.decisionId
              ? { decision: { href: `/console/decisions/${step.decisionId}`, title: w.file.decision } }
              : {}),
            legal: ["approve", "refuse", "registered"].includes(step.act),
          }))}
        />
      </Section>
      {application.documents.length > 0 && (
        <Section title={w.file.documents}>
          <ul className="plain-list">
            {application.documents.map((document) => (
              <li key={document.id}>
                <DocumentLink href={documentHref(document.id)} title={document.title} number={document.number} />{" "}
                <span className="quiet">{showDate(document.issuedOn, locale)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </FilePage>
  );
}

function Conditions({ conditions }: { readonly conditions: NonNullable<Application["conditions"]> }) {
  const { applications: w, reasons, ruleFields } = useWords(words);
  return (
    <Section title={w.conditions}>
      <p>
        {conditions.eligible ? (
          <StatusWord tone="done">{w.eligible}</StatusWord>
        ) : (
          <StatusWord tone="late">{w.notEligible}</StatusWord>
        )}
      </p>
      {conditions.reasons.length > 0 && (
        <ul>
          {conditions.reasons.map((reason) => (
            <li key={reason}>{named(reasons, reason)}</li>
          ))}
        </ul>
      )}
      {conditions.unknown.length > 0 && (
        <p className="quiet">
          {w.unknownConditions}：{conditions.unknown.map((one) => named(ruleFields, one)).join("、")}
        </p>
      )}
    </Section>
  );
}

function Papers({ application }: { readonly application: Application }) {
  const w = useWords(words);
  const papers = (application.facts.evidence ?? []) as readonly { paper: string; fileId?: string; note?: string }[];
  if (!Array.isArray(papers) || papers.length === 0) return null;
  return (
    <ul className="plain-list">
      {papers.map((paper) => (
        <li key={`${paper.paper}${paper.fileId ?? paper.note ?? ""}`}>
          {paper.fileId ? (
            <a href={queryAddress(openFile, { id: paper.fileId })}>{named(w.papers, paper.paper)}</a>
          ) : (
            named(w.papers, paper.paper)
          )}{" "}
          <span className="quiet">{paper.note}</span>
        </li>
      ))}
    </ul>
  );
}

function applicationFacts(application: Application, f: (typeof fieldWords)["zh"], locale: "zh" | "en"): Fact[] {
  const yes = kitWords[locale].yesNo;
  const order = Object.keys(f.fields);
  const entries = Object.entries(application.facts).sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return entries.flatMap(([name, value]) => {
    if (value === null || value === undefined || name === "evidence" || typeof value === "object") return [];
    const shown =
      typeof value === "boolean"
        ? value
          ? yes.true
          : yes.false
        : name.endsWith("Fen")
          ? `${showYuan(value as number)} ${kitWords[locale].units.yuan}`
          : ((f.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]?.[String(value)] ??
            String(value));
    return [{ term: named(f.fields, name), value: shown, wide: name === "scope" }];
  });
}
