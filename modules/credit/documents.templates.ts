import type { Block } from "../../kernel/document/model.ts";
import { defineTemplate } from "../../kernel/document/template.ts";
import { documents } from "./documents.words.ts";

const words = documents.zh;
const from = "2018-01-24";

interface About {
  readonly name: string;
  readonly code: string | null;
  /** Name of the list, ground and article as they are printed. */
  readonly list: string;
  readonly ground: string;
  readonly article: string;
}

export interface NoticeFacts extends About {
  readonly days: number;
  readonly evidence: number;
}

export interface DecisionFacts extends About {
  readonly served: string;
  readonly method: string;
  readonly answered: boolean;
  readonly statementDue: string;
  readonly on: string;
  /** Since when it already stands on the list: then this decision adds a ground. */
  readonly since: string | null;
  readonly reasons: string;
  readonly certificateReasons: string | null;
  readonly remedy: string;
  readonly effects: readonly string[];
  readonly wayOut: string;
}

export interface RemovalFacts extends About {
  readonly listedOn: string;
  readonly on: string;
  readonly because: "verified" | "lapsed" | "clean" | "ended";
  readonly becauseOn: string;
  readonly reasons: string | null;
}

export interface WithdrawalFacts extends About {
  readonly listedOn: string;
  readonly basis: string;
  readonly basisNumber: string | null;
  readonly reasons: string;
}

export interface ReportFacts {
  readonly on: string;
  readonly name: string;
  readonly basics: readonly (readonly [label: string, value: string | null])[];
  readonly standing: string | null;
  readonly effects: readonly string[];
  readonly counts: readonly (readonly [label: string, count: string])[];
  readonly records: readonly (readonly string[])[];
  readonly listings: readonly (readonly string[])[];
}

const paragraph = (text: string): Block => ({ kind: "paragraph", text });
const heading = (text: string): Block => ({ kind: "heading", text });

/** 拟列入告知书: facts, basis, and the right to state one's case. */
export const noticeTemplate = defineTemplate<NoticeFacts>({
  id: "credit.notice",
  version: "1",
  from,
  title: words.notice.title,
  addressee: words.subject,
  body: (facts) => [
    paragraph(words.notice.intro(facts)),
    paragraph(words.notice.basis(facts)),
    paragraph(words.notice.rights(facts)),
    ...(facts.evidence > 0 ? [paragraph(words.notice.evidence({ count: facts.evidence }))] : []),
  ],
});

/** 列入决定书: facts, what was served and said, reasons, decision, consequences, way out, remedy. */
export const decisionTemplate = defineTemplate<DecisionFacts>({
  id: "credit.decision",
  version: "1",
  from,
  title: (facts) => (facts.since ? words.decision.joinTitle(facts) : words.decision.title(facts)),
  addressee: words.subject,
  body: (facts) => [
    paragraph(words.decision.facts(facts)),
    paragraph(
      words.decision.procedure({
        served: facts.served,
        method: facts.method,
        answered: facts.answered,
        due: facts.statementDue,
      }),
    ),
    heading(words.decision.reasons),
    paragraph(facts.reasons),
    ...(facts.certificateReasons ? [heading(words.decision.certificate), paragraph(facts.certificateReasons)] : []),
    paragraph(facts.since ? words.decision.join({ ...facts, since: facts.since }) : words.decision.result(facts)),
    heading(words.decision.effects),
    { kind: "numbered", items: facts.effects },
    heading(words.decision.way),
    paragraph(facts.wayOut),
    heading(words.decision.remedy),
    paragraph(facts.remedy),
  ],
});

/** 移出决定书. */
export const removalTemplate = defineTemplate<RemovalFacts>({
  id: "credit.removal",
  version: "1",
  from,
  title: words.removal.title,
  addressee: words.subject,
  body: (facts) => [
    paragraph(words.removal.facts({ ...facts, on: facts.listedOn })),
    paragraph(facts.because === "ended" ? words.removal.ended : words.removal[facts.because]({ on: facts.becauseOn })),
    ...(facts.reasons ? [heading(words.removal.reasons), paragraph(facts.reasons)] : []),
    paragraph(words.removal.result(facts)),
  ],
});

/** 撤销列入决定书. */
export const withdrawalTemplate = defineTemplate<WithdrawalFacts>({
  id: "credit.withdrawal",
  version: "1",
  from,
  title: words.withdrawal.title,
  addressee: words.subject,
  body: (facts) => [
    paragraph(words.withdrawal.facts({ ...facts, on: facts.listedOn })),
    paragraph(words.withdrawal.basis({ basis: facts.basis, number: facts.basisNumber })),
    heading(words.withdrawal.reasons),
    paragraph(facts.reasons),
    paragraph(words.withdrawal.result(facts)),
  ],
});

const { columns } = words.report;

/** 社会组织信用报告: register, lists, records that may be public; no score. */
export const reportTemplate = defineTemplate<ReportFacts>({
  id: "credit.report",
  version: "1",
  from,
  title: () => words.report.title,
  addressee: () => null,
  body: (facts) => [
    paragraph(words.report.intro(facts)),
    heading(words.report.basics),
    { kind: "facts", rows: facts.basics },
    heading(words.report.standing),
    paragraph(facts.standing ?? words.report.notListed),
    ...(facts.effects.length > 0
      ? [heading(words.report.effects), { kind: "numbered", items: facts.effects } as const]
      : []),
    heading(words.report.counts),
    {
      kind: "table",
      columns: [
        { title: columns.class, share: 3 },
        { title: columns.count, align: "end" },
      ],
      rows: facts.counts,
    },
    heading(words.report.records),
    facts.records.length > 0
      ? {
          kind: "table",
          columns: [
            { title: columns.class, share: 2 },
            { title: columns.title, share: 4 },
            { title: columns.authority, share: 3 },
            { title: columns.formedOn, share: 2 },
            { title: columns.validTo, share: 2 },
          ],
          rows: facts.records,
        }
      : paragraph(words.report.noRecords),
    heading(words.report.listings),
    facts.listings.length > 0
      ? {
          kind: "table",
          columns: [
            { title: columns.list, share: 2 },
            { title: columns.ground, share: 4 },
            { title: columns.listedOn, share: 2 },
            { title: columns.number, share: 3 },
          ],
          rows: facts.listings,
        }
      : paragraph(words.report.notListed),
    { kind: "note", text: words.report.validity(facts) },
  ],
});

export const templates = [
  noticeTemplate,
  decisionTemplate,
  removalTemplate,
  withdrawalTemplate,
  reportTemplate,
] as const;
