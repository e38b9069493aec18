import { chineseDate } from "../../kernel/document/chinese.words.ts";
import type { Block } from "../../kernel/document/model.ts";
import { defineTemplate } from "../../kernel/document/template.ts";
import { personNames } from "../people/index.ts";
import { careDocumentWords } from "./care-work.documents.words.ts";
import { careNames } from "./names.words.ts";

const text = careDocumentWords.zh;
const people = personNames.zh;
const states = careNames.zh.states;

/** What the register of a village states; no number of an identity card, no telephone. */
export interface CensusPaper {
  readonly campaign: string;
  readonly village: string;
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly expected: number | null;
  readonly people: readonly {
    readonly name: string;
    readonly sex: "female" | "male" | null;
    readonly bornOn: string | null;
    readonly categories: readonly string[];
    readonly living: string;
    readonly care: keyof typeof states | null;
  }[];
}

/** Completed years on a day; empty where no birth is known. */
function ageText(bornOn: string | null, on: string): string {
  if (!bornOn) return text.missing;
  const had = on.slice(5) >= bornOn.slice(5);
  return String(Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (had ? 0 : 1));
}

const nameIn = (table: Readonly<Record<string, string>>, key: string) => table[key] ?? key;

/** Register of a village in a census (摸底登记表). */
export const censusRegister = defineTemplate<CensusPaper>({
  id: "visiting-care.census-register",
  version: "1",
  from: "2022-10-20",
  title: () => text.censusTitle,
  body: (facts): readonly Block[] => [
    {
      kind: "facts",
      rows: [
        [text.campaign, facts.campaign],
        [text.village, facts.village],
        [text.period, text.periodText({ from: chineseDate(facts.from), to: chineseDate(facts.to) })],
        [text.expected, facts.expected === null ? null : String(facts.expected)],
        [text.people, String(facts.people.length)],
      ],
    },
    {
      kind: "table",
      columns: [
        { title: text.censusColumns.number, share: 1 },
        { title: text.censusColumns.name, share: 2 },
        { title: text.censusColumns.sex, share: 1 },
        { title: text.censusColumns.age, share: 1 },
        { title: text.censusColumns.categories, share: 4 },
        { title: text.censusColumns.living, share: 3 },
        { title: text.censusColumns.care, share: 2 },
      ],
      rows: facts.people.map((one, at) => [
        String(at + 1),
        one.name,
        one.sex ? text.sexes[one.sex] : text.missing,
        ageText(one.bornOn, facts.on),
        one.categories.map((category) => nameIn(people.categories, category)).join("、"),
        nameIn(people.living, one.living),
        one.care ? states[one.care] : text.missing,
      ]),
    },
  ],
});
