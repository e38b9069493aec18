import { chineseDate } from "../../kernel/document/chinese.words.ts";
import type { Block } from "../../kernel/document/model.ts";
import { defineTemplate } from "../../kernel/document/template.ts";
import type { Citation } from "../../kernel/rule/rule.ts";
import { words } from "./organisations.documents.words.ts";

const text = words.zh;
const since = "1998-10-25";

/** Who hears complaints against a decision. */
export interface RemedyFacts {
  readonly reconsideration: string;
  readonly court: string;
}

/** What every paper on an application states. */
export interface ApplicationPaper {
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  readonly receipt: string;
  readonly applicant: string;
  readonly law: readonly Citation[];
}

function remedy(facts: RemedyFacts): Block {
  return {
    kind: "remedy",
    reconsideration: { body: facts.reconsideration, days: 60 },
    lawsuit: { court: facts.court, months: 6 },
  };
}

function about(facts: ApplicationPaper): Block {
  return {
    kind: "facts",
    rows: [
      [text.receipt, facts.receipt],
      [text.applicant, facts.applicant],
      [text.organisation, facts.name],
      [text.kindLabel, text.kind(facts.kind)],
      [text.subject, text.purpose(facts.purpose)],
    ],
  };
}

const paragraph = (content: string): Block => ({ kind: "paragraph", text: content });

/** Amount in yuan with two decimals, for paper. */
export function yuanText(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const whole = String(Math.floor(Math.abs(fen) / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${whole}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
}

/** Notice of acceptance (受理通知书). */
export const acceptanceNotice = defineTemplate<
  ApplicationPaper & { submittedOn: string; decideBy: string; silentSince?: string }
>({
  id: "organisations.acceptance",
  version: "1",
  from: since,
  title: (facts) => text.acceptanceTitle(facts.purpose),
  addressee: (facts) => facts.applicant,
  body: (facts) => [
    paragraph(
      text.acceptanceBody({
        ...facts,
        submittedOn: chineseDate(facts.submittedOn),
        decideBy: chineseDate(facts.decideBy),
      }),
    ),
    ...(facts.silentSince ? [paragraph(text.acceptanceSilent({ answerBy: chineseDate(facts.silentSince) }))] : []),
    about(facts),
    { kind: "citations", items: facts.law },
  ],
});

/** The one list of what is missing (补正通知书). */
export const correctionsNotice = defineTemplate<
  ApplicationPaper & { gaps: readonly { paper: string; what: string }[] }
>({
  id: "organisations.corrections",
  version: "1",
  from: since,
  title: () => text.correctionsTitle,
  addressee: (facts) => facts.applicant,
  body: (facts) => [
    paragraph(text.correctionsBody(facts)),
    { kind: "numbered", items: facts.gaps.map((gap) => `${text.paper(gap.paper)}：${gap.what}`), style: "arabic" },
    paragraph(text.correctionsEnd),
    about(facts),
    { kind: "citations", items: facts.law },
  ],
});

/** Decision to approve (准予登记、变更、注销决定书). */
export const approvalDecision = defineTemplate<
  ApplicationPaper &
    RemedyFacts & {
      code: string;
      effectiveOn: string;
      changes?: readonly { field: string; from: string; to: string }[];
    }
>({
  id: "organisations.approval",
  version: "1",
  from: since,
  title: (facts) => text.approvalTitle(facts.purpose),
  addressee: (facts) => facts.applicant,
  body: (facts) => {
    const effectiveOn = chineseDate(facts.effectiveOn);
    const first =
      facts.purpose === "registration"
        ? text.approvalRegistration({ ...facts, registeredOn: effectiveOn })
        : facts.purpose === "change"
          ? text.approvalChange({ name: facts.name, effectiveOn })
          : text.approvalDeregistration({ name: facts.name, code: facts.code, effectiveOn });
    return [
      paragraph(first),
      ...(facts.changes
        ? [
            {
              kind: "table" as const,
              columns: [{ title: text.field }, { title: text.before, share: 2 }, { title: text.after, share: 2 }],
              rows: facts.changes.map((one) => [text.fieldName(one.field), one.from, one.to]),
            },
          ]
        : []),
      about(facts),
      { kind: "citations", items: facts.law },
      remedy(facts),
    ];
  },
});

/** Decision to refuse, with every reason and its article (不予登记决定书). */
export const refusalDecision = defineTemplate<
  ApplicationPaper & RemedyFacts & { reasons: readonly { reason: string; article: string }[] }
>({
  id: "organisations.refusal",
  version: "1",
  from: since,
  title: (facts) => text.refusalTitle(facts.purpose),
  addressee: (facts) => facts.applicant,
  body: (facts) => [
    paragraph(text.refusalBody(facts)),
    { kind: "numbered", items: facts.reasons.map((one) => text.reason(one)), style: "chinese" },
    about(facts),
    { kind: "citations", items: facts.law },
    remedy(facts),
  ],
});

/** Certificate of registration (登记证书). */
export const certificate = defineTemplate<{
  name: string;
  kind: string;
  code: string;
  domicile: string;
  representative: string;
  fundsFen: number;
  scope: string;
  unit: string | null;
  from: string;
  to: string;
}>({
  id: "organisations.certificate",
  version: "1",
  from: since,
  title: (facts) => text.certificateTitle(facts.kind),
  body: (facts) => [
    {
      kind: "facts",
      rows: [
        [text.organisation, facts.name],
        [text.code, facts.code],
        [text.domicile, facts.domicile],
        [text.representative, facts.representative],
        [text.funds, text.yuan(yuanText(facts.fundsFen))],
        [text.scope, facts.scope],
        [text.unit, facts.unit ?? text.direct],
      ],
    },
    paragraph(text.certificateBody({ from: chineseDate(facts.from), to: chineseDate(facts.to) })),
  ],
});

interface StandingPaper extends RemedyFacts {
  readonly name: string;
  readonly code: string;
  readonly law: readonly Citation[];
}

/** Order to stop activities (责令限期停止活动决定书). */
export const suspensionOrder = defineTemplate<
  StandingPaper & { decision: string; reason: string; from: string; until: string | null }
>({
  id: "organisations.suspension-order",
  version: "1",
  from: since,
  title: () => text.suspensionTitle,
  addressee: (facts) => facts.name,
  body: (facts) => [
    paragraph(
      text.suspensionBody({
        ...facts,
        from: chineseDate(facts.from),
        until: facts.until ? chineseDate(facts.until) : null,
      }),
    ),
    { kind: "citations", items: facts.law },
    remedy(facts),
  ],
});

/** Notice that a suspension is lifted (恢复活动通知书). */
export const liftNotice = defineTemplate<StandingPaper & { reason: string; on: string }>({
  id: "organisations.lift-notice",
  version: "1",
  from: since,
  title: () => text.liftTitle,
  addressee: (facts) => facts.name,
  body: (facts) => [
    paragraph(text.liftBody({ ...facts, on: chineseDate(facts.on) })),
    { kind: "citations", items: facts.law },
  ],
});

/** Prior notice of annulment or revocation (事先告知书). */
export const revocationNotice = defineTemplate<
  StandingPaper & { sanction: string; found: string; evidence: string; hearUntil: string }
>({
  id: "organisations.revocation-notice",
  version: "1",
  from: since,
  title: (facts) => text.noticeTitle(facts.sanction),
  addressee: (facts) => facts.name,
  body: (facts) => [
    paragraph(text.noticeBody({ ...facts, hearUntil: chineseDate(facts.hearUntil) })),
    { kind: "citations", items: facts.law },
  ],
});

/** Decision of annulment or revocation (撤销登记、吊销登记证书决定书). */
export const revocationDecision = defineTemplate<StandingPaper & { sanction: string; reason: string; heard: boolean }>({
  id: "organisations.revocation-decision",
  version: "1",
  from: since,
  title: (facts) => text.sanctionTitle(facts.sanction),
  addressee: (facts) => facts.name,
  body: (facts) => [paragraph(text.sanctionBody(facts)), { kind: "citations", items: facts.law }, remedy(facts)],
});

export const templates = [
  acceptanceNotice,
  correctionsNotice,
  approvalDecision,
  refusalDecision,
  certificate,
  suspensionOrder,
  liftNotice,
  revocationNotice,
  revocationDecision,
] as const;
