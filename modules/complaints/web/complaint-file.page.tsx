import { Link, useParams } from "react-router";
import { call } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { MaskedPerson } from "../../../apps/web/ui/masked-person.tsx";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import { unmask } from "../../../kernel/vault/vault.contract.ts";
import {
  acceptComplaint,
  answerReview,
  assignComplaint,
  closeComplaint,
  getComplaint,
  refuseComplaint,
  replyToComplaint,
} from "../complaints.contract.ts";
import { words as moduleWords } from "../complaints.words.ts";
import { words } from "./complaints.web.words.ts";
import { dueOf, stateTones } from "./urgency.ts";

type Complaint = OutputOf<typeof getComplaint>;
const byId = new Map<string, Operation>(
  [acceptComplaint, refuseComplaint, assignComplaint, replyToComplaint, closeComplaint, answerReview].map((one) => [
    one.id,
    one as unknown as Operation,
  ]),
);

/** One complaint (投诉举报): its text, who handles it, and the sender only for a stated reason. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getComplaint, { id });
  return <Answer query={query}>{(complaint) => <ComplaintFile complaint={complaint} />}</Answer>;
}

function ComplaintFile({ complaint }: { readonly complaint: Complaint }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const sentence = useCodeSentence();
  const due = dueOf(complaint);
  const name = (table: object, key: string) => String((table as Readonly<Record<string, unknown>>)[key] ?? key);
  const acts = complaint.acts.flatMap((act): ActChoice[] => {
    const operation = byId.get(act.operation);
    return operation
      ? [
          {
            key: act.act,
            title: name(m.transitions, act.act),
            operation,
            fixed: { id: complaint.id },
            reasons: act.obstacles.map((code) => sentence(code) ?? code),
            ...(act.act === "answer-review" && complaint.review
              ? { note: w.reviewNote({ reason: complaint.review.reason }) }
              : {}),
          },
        ]
      : [];
  });
  return (
    <FilePage
      title={complaint.number}
      above={m.title}
      state={
        <>
          <StatusWord tone={stateTones[complaint.state] ?? "neutral"}>{m.states[complaint.state]}</StatusWord>
          {due && <DutyBadge dueOn={due} today={dateInShanghai(new Date())} />}
        </>
      }
      tools={
        complaint.organisationId && <Link to={`/organisations/${complaint.organisationId}`}>{w.organisation}</Link>
      }
    >
      <ActButtons acts={acts} given={w} subjectId={complaint.id} />
      <Section title={w.text}>
        <p className="pre-line">{complaint.text}</p>
      </Section>
      <Facts
        items={[
          { term: w.about, value: complaint.organisation ?? w.other },
          { term: w.receivedOn, value: showDate(complaint.receivedOn, locale) },
          { term: w.handler, value: complaint.handler },
          ...(complaint.responsible ? [{ term: w.responsible, value: complaint.responsible }] : []),
          { term: w.answer, value: complaint.answer, wide: true },
          ...(complaint.review
            ? [
                { term: w.reviewAskedOn, value: showDate(complaint.review.askedOn, locale) },
                { term: w.reviewReason, value: complaint.review.reason, wide: true },
                { term: w.reviewAnswer, value: complaint.review.answer, wide: true },
              ]
            : []),
          ...complaint.sealed.map((field) => ({
            term: m.sealed[field],
            value: (
              <MaskedPerson
                masked="***"
                label={m.sealed[field]}
                onUnmask={
                  may(unmask)
                    ? async (reason) => (await call(unmask, { subjectId: complaint.id, field, reason })).value
                    : undefined
                }
              />
            ),
          })),
        ]}
      />
      <Section title={w.history}>
        <Timeline
          steps={complaint.steps.map((step) => ({
            id: `${step.at}${step.act}`,
            at: step.at,
            what: name(m.transitions, step.act),
            actor: step.by,
          }))}
        />
      </Section>
    </FilePage>
  );
}
