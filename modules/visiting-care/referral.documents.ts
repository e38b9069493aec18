import { chineseDate } from "../../kernel/document/chinese.words.ts";
import type { Block } from "../../kernel/document/model.ts";
import { defineTemplate } from "../../kernel/document/template.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { careDocumentWords } from "./care-work.documents.words.ts";

const text = careDocumentWords.zh;

/** What a letter to a supporter states. */
export interface SupporterPaper {
  readonly supporter: string;
  readonly person: string;
  readonly village: string;
  readonly on: string;
  readonly log: readonly { readonly on: string; readonly way: keyof typeof text.ways; readonly reached: boolean }[];
}

/** Letter that reminds a supporter (督促函), with the contacts before it. */
export const supporterLetter = defineTemplate<SupporterPaper>({
  id: "visiting-care.supporter-letter",
  version: "1",
  from: "2018-12-29",
  title: () => text.letterTitle,
  addressee: (facts) => facts.supporter,
  body: (facts): readonly Block[] => [
    {
      kind: "paragraph",
      text: text.letterBody({ person: facts.person, village: facts.village, date: chineseDate(facts.on) }),
    },
    { kind: "paragraph", text: text.letterAsk },
    ...(facts.log.length > 0
      ? [
          {
            kind: "table",
            caption: text.letterLog,
            columns: [
              { title: text.letterColumns.on },
              { title: text.letterColumns.way },
              { title: text.letterColumns.reached },
            ],
            rows: facts.log.map((one) => [chineseDate(one.on), text.ways[one.way], one.reached ? text.yes : text.no]),
          } as const,
        ]
      : []),
    { kind: "citations", items: [cite(law.elderRights, "14"), cite(law.elderRights, "18")] },
  ],
});
