import { addYears } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, list, record, str } from "../../kernel/rule/facts.ts";
import { type Citation, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { kindOf, type OrganisationKind } from "./law.rules.ts";

/** Words that only national organisations may carry, with approval (国家级字样). */
const reservedWords = ["中国", "全国", "中华"];

const composition = { law: cite(law.names, "8") };

export interface NameFacts {
  readonly kind?: string;
  /** local, cross_region or national. */
  readonly scope?: string;
  readonly name?: string;
  readonly division?: string;
  readonly trade_name?: string;
  readonly field?: string;
  readonly members?: string;
  readonly form?: string;
  readonly on?: string;
}
interface NameAnswer {
  readonly valid: boolean;
  readonly reasons?: readonly string[];
}

/** Whether a name is composed as its kind demands (社会组织名称): Order 69 art. 8, and the reserved words. */
const name = defineRule<NameFacts, NameAnswer>({
  id: "registry.name",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: "1998-10-25",
      citations: [cite(law.names, "8"), cite(law.serviceInstitutions, "8"), cite(law.socialGroups2016, "10")],
      decide: (facts, tools) => {
        const asked = plain(str(facts.name) ?? "");
        if (asked === "") return { valid: false, reasons: ["name_missing"] };
        const kind = kindOf(facts.kind);
        const reasons = [
          ...reservedIn(tools, kind, str(facts.scope), asked).map((word) => `reserved_word_${word}`),
          ...compositionProblems(tools, kind, facts, asked),
          ...(formClash(kind, asked) ? ["form_of_another_kind"] : []),
        ];
        return reasons.length === 0 ? { valid: true } : { valid: false, reasons };
      },
    },
  ],
});

/** Service institutions may never use the reserved words; the others only with national scope. */
function reservedIn(
  tools: RuleTools,
  kind: OrganisationKind | undefined,
  scope: string | undefined,
  asked: string,
): string[] {
  const free = kind !== "social_service_institution" && scope === "national";
  const law8 = kind === "social_service_institution" ? { law: cite(law.serviceInstitutions, "8") } : composition;
  return reservedWords.filter(
    (word) => asked.includes(word) && !holds(tools, `contains_${word}`, true, "is", free, law8),
  );
}

/** Parts given must make up the name in the order of the law; a foundation and a service institution need a trade name. */
function compositionProblems(
  tools: RuleTools,
  kind: OrganisationKind | undefined,
  facts: NameFacts,
  asked: string,
): string[] {
  const division = str(facts.division);
  const form = str(facts.form);
  const field = str(facts.field) ?? str(facts.members);
  if (division === undefined || form === undefined || field === undefined) return [];
  const trade = str(facts.trade_name);
  const problems: string[] = [];
  if (kind !== "social_group" && trade === undefined) problems.push("trade_name_missing");
  const expected = plain(kind === "social_group" ? division + field + form : division + (trade ?? "") + field + form);
  if (!holds(tools, "name", asked, "=", expected, composition)) problems.push("parts_do_not_make_the_name");
  return problems;
}

const groupEndings = ["会", "联盟", "公所"];
const institutionEndings = [
  "学校",
  "大学",
  "学院",
  "医院",
  "中心",
  "院",
  "园",
  "所",
  "馆",
  "站",
  "社",
  "校",
  "室",
  "队",
  "公益坊",
  "俱乐部",
  "服务部",
];

/** A form that belongs to another kind: only foundations end in 基金会, and every foundation does. */
function formClash(kind: OrganisationKind | undefined, asked: string): boolean {
  const foundation = asked.endsWith("基金会");
  return kind === "foundation" ? !foundation : kind !== undefined && foundation;
}

export interface NameCandidate {
  readonly name: string;
  readonly code?: string;
  /** registered, renamed, deregistered, annulled. */
  readonly status?: string;
  /** When the name stopped: renaming, deregistration or annulment. */
  readonly ended_on?: string;
  readonly pinyin?: string;
}
export interface NameCheckFacts extends NameFacts {
  /** Toneless pinyin of the name asked for, as the search tokens have it. */
  readonly pinyin?: string;
  /** Names of the registrar's division and of those above it, to be left out of comparison. */
  readonly division_names?: readonly string[];
  readonly candidates?: readonly NameCandidate[];
  readonly today?: string;
}
export interface NameProblem {
  readonly code: string;
  readonly effect: "refuse" | "warn";
  readonly word?: string;
  readonly citation: Citation;
}
export interface SimilarName {
  readonly name: string;
  readonly code?: string;
  /** 0 to 1, two decimals: bigrams of the names without their division. */
  readonly score: number;
  readonly sounds_alike: boolean;
}
export interface NameCheckAnswer {
  readonly verdict: "clear" | "warn" | "refuse";
  readonly problems: readonly NameProblem[];
  readonly identical: readonly NameCandidate[];
  readonly similar: readonly SimilarName[];
}

/** Words that point at a state, Party, army or foreign body or at trade; a person looks at them. */
const suspectWords = [
  "国际",
  "世界",
  "全球",
  "亚洲",
  "国家",
  "中央",
  "国务院",
  "人民政府",
  "党委",
  "军区",
  "部队",
  "武警",
  "公安局",
  "有限公司",
  "集团",
  "总公司",
  "分会",
  "办事处",
];

/**
 * Checks a proposed name against the register (名称核查): words, form of the kind, identical names (Order 69 art. 16: also
 * names given up less than a year ago, or annulled less than three), and names that look or sound alike.
 */
const nameCheck = defineRule<NameCheckFacts, NameCheckAnswer>({
  id: "organisations.name_check",
  on: (facts) => day(facts.today) ?? day(facts.on),
  versions: [
    {
      from: "1998-10-25",
      citations: [cite(law.names, "8"), cite(law.names, "16"), cite(law.houseRules, "name-similarity")],
      decide: (facts, tools) => {
        const asked = plain(str(facts.name) ?? "");
        const kind = kindOf(facts.kind);
        const today = day(facts.today) ?? tools.on;
        const candidates = list(facts.candidates)
          .map(candidateOf)
          .filter((one) => one !== undefined);
        const identical = candidates.filter((one) => plain(one.name) === asked && stillTaken(one, today));
        const problems = [
          ...wordProblems(tools, kind, facts, asked),
          ...compositionProblems(tools, kind, facts, asked).map((code) => problem(code, "refuse", composition.law)),
          ...(identical.length > 0 ? [problem("identical_name", "refuse", cite(law.names, "16"))] : []),
        ];
        const similar = similarNames(facts, tools, asked, candidates, today);
        const refuse = problems.some((one) => one.effect === "refuse");
        return {
          verdict: refuse ? "refuse" : problems.length > 0 || similar.length > 0 ? "warn" : "clear",
          problems,
          identical,
          similar,
        };
      },
    },
  ],
});

function wordProblems(
  tools: RuleTools,
  kind: OrganisationKind | undefined,
  facts: NameCheckFacts,
  asked: string,
): NameProblem[] {
  if (asked === "") return [problem("name_missing", "refuse", composition.law)];
  const problems = reservedIn(tools, kind, str(facts.scope), asked).map((word) =>
    problem(
      "reserved_word",
      "refuse",
      kind === "social_service_institution" ? cite(law.serviceInstitutions, "8") : composition.law,
      word,
    ),
  );
  for (const word of suspectWords)
    if (asked.includes(word)) problems.push(problem("suspect_word", "warn", composition.law, word));
  if (/[A-Za-z0-9]/.test(asked)) problems.push(problem("letters_or_digits", "warn", composition.law));
  if (formClash(kind, asked)) problems.push(problem("form_of_another_kind", "refuse", composition.law));
  else if (kind === "social_group" && !groupEndings.some((ending) => asked.endsWith(ending)))
    problems.push(problem("unusual_form", "warn", composition.law));
  else if (kind === "social_service_institution" && !institutionEndings.some((ending) => asked.endsWith(ending)))
    problems.push(problem("unusual_form", "warn", composition.law));
  const divisions = list(facts.division_names)
    .map(str)
    .filter((one) => one !== undefined);
  if (str(facts.scope) !== "national" && divisions.length > 0 && !divisions.some((one) => asked.startsWith(plain(one))))
    problems.push(problem("division_missing", "warn", composition.law));
  return problems;
}

/** A name stays blocked a year after it was given up, three years after an annulment. */
function stillTaken(one: NameCandidate, today: string): boolean {
  const ended = day(one.ended_on);
  if (one.status === "annulled") return ended === undefined || today < addYears(ended, 3);
  if (one.status === "renamed" || one.status === "deregistered")
    return ended === undefined || today < addYears(ended, 1);
  return true;
}

function similarNames(
  facts: NameCheckFacts,
  tools: RuleTools,
  asked: string,
  candidates: readonly NameCandidate[],
  today: string,
): SimilarName[] {
  const least = Number(tools.setting("organisations.name-similarity"));
  const divisions = list(facts.division_names)
    .map(str)
    .filter((one) => one !== undefined);
  const core = withoutDivision(asked, divisions);
  const sound = str(facts.pinyin);
  return candidates
    .filter((one) => plain(one.name) !== asked && stillTaken(one, today))
    .map((one) => {
      const score = Math.round(diceSimilarity(core, withoutDivision(plain(one.name), divisions)) * 100) / 100;
      return {
        name: one.name,
        ...(one.code ? { code: one.code } : {}),
        score,
        sounds_alike: sound !== undefined && one.pinyin !== undefined && letters(sound) === letters(one.pinyin),
      };
    })
    .filter(
      (one) =>
        one.sounds_alike ||
        holds(tools, `similarity:${one.name}`, one.score, ">=", least, { setting: "organisations.name-similarity" }),
    )
    .sort((a, b) => b.score - a.score);
}

/** Dice coefficient of the two-character pieces of two names (二元相似度): 1 alike, 0 nothing in common. */
export function diceSimilarity(one: string, other: string): number {
  if (one === other) return 1;
  const pieces = bigrams(one);
  const others = bigrams(other);
  if (pieces.length === 0 || others.length === 0) return 0;
  const left = new Map<string, number>();
  for (const piece of pieces) left.set(piece, (left.get(piece) ?? 0) + 1);
  let shared = 0;
  for (const piece of others) {
    const count = left.get(piece) ?? 0;
    if (count > 0) {
      shared += 1;
      left.set(piece, count - 1);
    }
  }
  return (2 * shared) / (pieces.length + others.length);
}

function bigrams(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, position) => `${characters[position]}${character}`);
}

/** The longest division name the name begins with is left out: neighbours in one county would all look alike. */
function withoutDivision(text: string, divisions: readonly string[]): string {
  const prefix = divisions
    .map(plain)
    .filter((one) => text.startsWith(one))
    .sort((a, b) => b.length - a.length)[0];
  const rest = prefix === undefined ? text : text.slice(prefix.length);
  return rest === "" ? text : prefix === undefined ? rest : withoutDivision(rest, divisions);
}

function letters(pinyin: string): string {
  return pinyin.toLowerCase().replace(/[^a-z]/g, "");
}

/** One spelling of a name: half-width brackets and digits, no spaces. */
function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "");
}

function problem(code: string, effect: "refuse" | "warn", citation: Citation, word?: string): NameProblem {
  return { code, effect, ...(word === undefined ? {} : { word }), citation };
}

function candidateOf(value: unknown): NameCandidate | undefined {
  const fields = record(value);
  const candidate = str(fields.name);
  if (candidate === undefined) return undefined;
  const [code, status, ended, pinyin] = [
    str(fields.code),
    str(fields.status),
    day(fields.ended_on),
    str(fields.pinyin),
  ];
  return {
    name: candidate,
    ...(code ? { code } : {}),
    ...(status ? { status } : {}),
    ...(ended ? { ended_on: ended } : {}),
    ...(pinyin ? { pinyin } : {}),
  };
}

export const nameRules = [name, nameCheck] as const;
