import { formatDate } from "../../../kernel/clock/date.ts";
import type { Block } from "../../../kernel/document/model.ts";
import { defineTemplate } from "../../../kernel/document/template.ts";
import { cite, law } from "../../../kernel/regulations/law.rules.ts";
import { documentWords } from "../annual-inspection.documents.words.ts";
import type { Conclusion, Finding } from "../annual-inspection.shapes.ts";
import { words } from "../annual-inspection.words.ts";

const text = documentWords.zh;

function sentenceOf(finding: Finding): string {
  const known = (words.zh.findings as Readonly<Record<string, string>>)[finding.code] ?? finding.code;
  return `${finding.text ?? known}${finding.article ? `（${finding.article}）` : ""}`;
}

function citations(kind: string): Block {
  return {
    kind: "citations",
    items:
      kind === "foundation"
        ? [cite(law.foundations, "36"), cite(law.foundationInspection, "6")]
        : kind === "social_service_institution"
          ? [cite(law.serviceInstitutions, "23"), cite(law.serviceInstitutionInspection, "7")]
          : [cite(law.socialGroups2026, "28"), cite(law.socialGroupInspection, "7")],
  };
}

/** Where the organisation may object (救济途径): filled in when the paper harms somebody. */
export interface RemedyFacts {
  readonly reconsideration: string;
  readonly court: string;
}

/** Reconsideration within 60 days (行政复议法 art. 20), lawsuit within 6 months (行政诉讼法 art. 46). */
function remedy(facts: RemedyFacts | null): Block[] {
  if (facts === null) return [];
  return [
    {
      kind: "remedy",
      reconsideration: { body: facts.reconsideration, days: 60 },
      lawsuit: { court: facts.court, months: 6 },
    },
  ];
}

export interface ConclusionFacts {
  readonly name: string;
  readonly kind: string;
  readonly year: number;
  readonly conclusion: Conclusion;
  readonly findings: readonly Finding[];
  readonly reason: string | null;
  readonly rectifyMonths: number | null;
  readonly remedy: RemedyFacts | null;
}

/** Notice of the conclusion (年检结论通知). */
export const conclusionNotice = defineTemplate<ConclusionFacts>({
  id: "annual-inspection.conclusion-notice",
  version: "1",
  from: "1998-10-25",
  title: (facts) => text.conclusionTitle(facts),
  addressee: (facts) => facts.name,
  body: (facts) => [
    { kind: "paragraph", text: text.conclusionBody({ ...facts, conclusion: text.conclusions[facts.conclusion] }) },
    ...(facts.findings.length > 0
      ? ([
          { kind: "paragraph", text: text.problems },
          { kind: "numbered", items: facts.findings.map(sentenceOf), style: "arabic" },
        ] as const)
      : []),
    ...(facts.reason ? ([{ kind: "paragraph", text: text.reason({ reason: facts.reason }) }] as const) : []),
    ...(facts.rectifyMonths
      ? ([{ kind: "paragraph", text: text.rectify({ months: facts.rectifyMonths }) }] as const)
      : []),
    citations(facts.kind),
    ...remedy(facts.remedy),
  ],
});

export interface CorrectionFacts {
  readonly name: string;
  readonly year: number;
  readonly gaps: readonly string[];
  readonly dueOn: string;
}

/** Request for correction, everything at once (补正通知书). */
export const correctionNotice = defineTemplate<CorrectionFacts>({
  id: "annual-inspection.correction-notice",
  version: "1",
  from: "1998-10-25",
  title: (facts) => text.correctionTitle(facts),
  addressee: (facts) => facts.name,
  body: (facts) => [
    { kind: "paragraph", text: text.correctionBody(facts) },
    { kind: "numbered", items: facts.gaps, style: "arabic" },
    { kind: "paragraph", text: text.correctionDue({ date: formatDate(facts.dueOn, "zh") }) },
  ],
});

export interface RectificationFacts {
  readonly name: string;
  readonly kind: string;
  readonly year: number;
  readonly conclusion: Conclusion;
  readonly items: readonly string[];
  readonly dueOn: string;
  readonly remedy: RemedyFacts | null;
}

/** Order to rectify (责令改正通知书). */
export const rectificationOrder = defineTemplate<RectificationFacts>({
  id: "annual-inspection.rectification-order",
  version: "1",
  from: "1998-10-25",
  title: () => text.orderTitle,
  addressee: (facts) => facts.name,
  body: (facts) => [
    { kind: "paragraph", text: text.orderBody({ ...facts, conclusion: text.conclusions[facts.conclusion] }) },
    { kind: "numbered", items: facts.items, style: "arabic" },
    { kind: "paragraph", text: text.orderDue({ date: formatDate(facts.dueOn, "zh") }) },
    { kind: "citations", items: [cite(law.serviceInstitutionInspection, "9")] },
    ...remedy(facts.remedy),
  ],
});

export const templates = [conclusionNotice, correctionNotice, rectificationOrder] as const;
