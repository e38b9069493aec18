import type { Block } from "../../kernel/document/model.ts";
import { defineTemplate } from "../../kernel/document/template.ts";
import { careDocumentWords } from "./care-work.documents.words.ts";
import { careNames } from "./names.words.ts";

const text = careDocumentWords.zh;
const names = careNames.zh;

/** What the record of an emergency states; instants are ISO texts. */
export interface EmergencyPaper {
  readonly person: string;
  readonly division: string;
  readonly found: keyof typeof names.found;
  readonly note: string | null;
  readonly route: "rescue" | "epidemic";
  readonly worker: string;
  readonly openedAt: string;
  readonly filedAt: string;
  readonly fileHours: number;
  readonly late: boolean;
  readonly outcome: keyof typeof names.outcomes;
  readonly summary: string;
  readonly steps: readonly {
    readonly kind: "step" | "escalation";
    readonly step: keyof typeof names.steps;
    readonly dueAt: string | null;
    readonly at: string;
    readonly reached: boolean;
    readonly who: string | null;
    readonly level: number | null;
  }[];
}

/** Parts of an instant in Shanghai. */
function partsOf(instant: string) {
  const [date = "", time = ""] = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return { year, month: String(Number(month)), day: String(Number(day)), time: time.slice(0, 5) };
}

/** An instant as paper prints it (时刻), in Shanghai. */
const momentText = (instant: string) => text.moment(partsOf(instant));
const clockText = (instant: string) => text.clock(partsOf(instant));

function resultOf(step: EmergencyPaper["steps"][number]): string {
  if (step.kind === "escalation") return text.escalated({ level: step.level ?? 0 });
  return step.reached ? text.reached({ who: step.who ?? "" }) : text.notReached({ who: step.who ?? "" });
}

/** Record of an emergency (应急处置记录), issued when it is filed. */
export const emergencyRecord = defineTemplate<EmergencyPaper>({
  id: "visiting-care.emergency-record",
  version: "1",
  from: "2022-10-20",
  title: () => text.emergencyTitle,
  body: (facts): readonly Block[] => [
    {
      kind: "facts",
      rows: [
        [text.person, facts.person],
        [text.division, facts.division],
        [text.found, facts.note ? `${names.found[facts.found]}：${facts.note}` : names.found[facts.found]],
        [text.opened, momentText(facts.openedAt)],
        [text.worker, facts.worker],
        [text.route, text.routes[facts.route]],
        [text.outcome, names.outcomes[facts.outcome]],
        [text.filed, momentText(facts.filedAt)],
      ],
    },
    { kind: "heading", text: text.stepsHead, number: 1 },
    {
      kind: "table",
      columns: [
        { title: text.stepColumns.step, share: 3 },
        { title: text.stepColumns.due, share: 3 },
        { title: text.stepColumns.at, share: 3 },
        { title: text.stepColumns.result, share: 5 },
      ],
      rows: facts.steps.map((step) => [
        names.steps[step.step],
        step.dueAt ? clockText(step.dueAt) : "",
        clockText(step.at),
        resultOf(step),
      ]),
    },
    { kind: "heading", text: text.summaryHead, number: 2 },
    { kind: "paragraph", text: facts.summary },
    ...(facts.late ? [{ kind: "note", text: text.filedLate({ hours: facts.fileHours }) } as const] : []),
    { kind: "note", text: text.frozen },
  ],
});
