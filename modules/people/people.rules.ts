import { addMonths } from "../../kernel/clock/date.ts";
import { parseLooseDate } from "../../kernel/clock/loose-date.ts";
import { ageOn, checkCitizenId } from "../../kernel/identity/citizen-id.ts";
import type { Facts } from "../../kernel/operation/define.ts";
import { mask } from "../../kernel/text/mask.ts";
import { matchKey, toHalfWidth } from "../../kernel/text/normalise.ts";
import { words as reading } from "./people.reading.words.ts";
import { type Category, categories } from "./people.shapes.ts";

/** Something said about a field of a line (核验结果). */
export interface Finding {
  readonly field: string;
  readonly code: string;
  readonly facts: Facts;
}

/** Nobody has been older (周岁上限): a birth before that is a slip of the pen. */
export const oldest = 120;

/** The masked form of a name (姓名脱敏): 张*, 李*红, 欧阳**. */
export const maskedName = (name: string): string => mask("name", name);

const listOf = (text: string) => text.split(" ");
const languages = [reading.zh, reading.en] as const;
const categoryNames = new Map(
  languages.flatMap((words) =>
    categories.flatMap((one) => listOf(words.categories[one]).map((name) => [name, one] as const)),
  ),
);
const nothing = new Set(languages.flatMap((words) => listOf(words.nothing)));
const suffixes = languages.flatMap((words) => listOf(words.suffixes));
const strong = new RegExp(`[${reading.zh.strong}${reading.en.strong}\\\\\\n]+`);
const weak = new RegExp(`[\\s${reading.zh.weak}${reading.en.weak}]+`);
const extension = new RegExp(`${reading.zh.extension}|${reading.en.extension}`, "i");

function categoryOf(written: string): Category | "nothing" | undefined {
  const name = toHalfWidth(written).trim().toLowerCase().replace(/[()]/g, "").replaceAll(" ", "-");
  if (name === "" || nothing.has(name)) return "nothing";
  for (let at: string = name, tries = 0; tries < 3; tries += 1) {
    const found = categoryNames.get(at);
    if (found) return found;
    const end = suffixes.find((suffix) => at.length > suffix.length && at.endsWith(suffix));
    if (!end) return undefined;
    at = at.slice(0, -end.length).replace(/-$/, "");
  }
  return undefined;
}

/**
 * The classes a cell names (解析人员类别): "独居、失能", "空巢老人 低保户"; what is no class is answered as it was written.
 * Each class once, in the order of the list of classes.
 */
export function readCategories(text: string): {
  readonly found: readonly Category[];
  readonly unknown: readonly string[];
} {
  const found = new Set<Category>();
  const unknown: string[] = [];
  for (const part of text.split(strong)) {
    const whole = categoryOf(part);
    const pieces = whole === undefined ? part.split(weak).filter((piece) => piece !== "") : [part];
    for (const piece of pieces) {
      const one = categoryOf(piece);
      if (one === undefined) unknown.push(piece.trim());
      else if (one !== "nothing") found.add(one);
    }
  }
  return { found: categories.filter((one) => found.has(one)), unknown };
}

function without(text: string, ends: readonly string[]): string {
  const end = ends.find((one) => text.length > one.length && text.endsWith(one));
  return end === undefined ? text : text.slice(0, -end.length);
}

/**
 * The names by which a village is meant (村居名称比对形式), the strictest first: 中庄村民委员会 and 中庄村委会 are 中庄村, then
 * 中庄; 中庄居委会 is 中庄社区, then 中庄. What the strictest finds counts, so that 中庄村 and 中庄社区 stay two.
 */
export function villageKeys(name: string): readonly [string, string] {
  const key = matchKey(name);
  for (const words of languages) {
    for (const [kind, committees] of [
      [words.village, listOf(words.villageCommittees)],
      [words.community, listOf(words.communityCommittees)],
    ] as const) {
      const plain = without(key, committees);
      if (plain === key && !key.endsWith(kind)) continue;
      const stem = without(plain, [words.village, words.community]);
      // 中庄社区村民委员会 is no village of 中庄 but its own kind; the kind it names itself counts.
      const named = plain !== stem ? plain : `${stem}${kind}`;
      return [named, stem];
    }
  }
  return [key, key];
}

/** A telephone number as it is kept (电话规范形式): 13800001234, 0971-8123456, 0971-8123456-801, 4001234567. */
export function readPhone(
  written: string,
): { readonly phone: string } | { readonly problem: "several" | "length" | "form" } {
  const text = toHalfWidth(written).trim();
  if (text.split(strong).filter((one) => /\d{5,}/.test(one)).length > 1) return { problem: "several" };
  const plain = text
    .replace(/[\s().]/g, "")
    .replace(/[—–－]/g, "-")
    .replace(extension, "-");
  const mobile = /^(?:(?:\+|00)?86-?)?(1[3-9]\d)-?(\d{4})-?(\d{4})$/.exec(plain);
  if (mobile) return { phone: `${mobile[1]}${mobile[2]}${mobile[3]}` };
  const line = /^(?:(?:\+|00)86-?)?(0[12]\d|0[3-9]\d{2})-?(\d{7,8})(?:-(\d{1,6}))?$/.exec(plain);
  if (line) return { phone: `${line[1]}-${line[2]}${line[3] ? `-${line[3]}` : ""}` };
  if (/^[48]00-?\d{3}-?\d{4}$/.test(plain)) return { phone: plain.replaceAll("-", "") };
  if (/^[2-9]\d{6,7}$/.test(plain)) return { phone: plain };
  return { problem: /^[\d+-]+$/.test(plain) ? "length" : "form" };
}

/** What an identity number says (证件号码解读). `flag` is set when it is kept although something is wrong with it. */
export interface ReadNumber {
  readonly number?: string;
  readonly kind: "citizen_id" | "residence_permit" | "passport" | "none";
  readonly flag?: string;
  readonly birth?: string;
  readonly sex?: "female" | "male";
  readonly problem?: Finding;
}

/**
 * Reads an identity number (GB 11643-1999): 15 digits are refused with a hint; a wrong check digit is refused with the
 * hint that the number may be kept once a person has looked at it, and then kept with a flag; a passport is kept as it is.
 */
export function readNumber(
  written: string | undefined,
  kind: ReadNumber["kind"] | undefined,
  options: { readonly today: string; readonly confirmed: boolean },
): ReadNumber {
  if (written === undefined) return { kind: kind === undefined || kind === "citizen_id" ? "none" : kind };
  const plain = toHalfWidth(written)
    .replace(/[\s'‘’`]/g, "")
    .toUpperCase();
  const wrong = (code: string, facts: Facts): ReadNumber => ({
    kind: kind ?? "citizen_id",
    problem: { field: "idNumber", code, facts },
  });
  if (kind === "passport" || (kind === undefined && /^(?:[A-Z]\d{8}|[A-Z]{2}\d{7})$/.test(plain)))
    return /^[A-Z0-9]{5,20}$/.test(plain)
      ? { kind: "passport", number: plain }
      : wrong("people/id-number-wrong", { reason: "passport" });
  const check = checkCitizenId(plain);
  if (check.reason === "fifteen_digits") return wrong("people/id-number-old", { digits: 15 });
  if (check.reason !== undefined && check.reason !== "check_digit")
    return wrong("people/id-number-wrong", { reason: check.reason, length: plain.length });
  const birth = check.birth as string;
  if (birthProblem(birth, options.today))
    return {
      kind: "citizen_id",
      problem: { field: "idNumber", code: "people/birth-impossible", facts: { birth, oldest } },
    };
  const said = {
    number: check.normalised,
    kind: check.residencePermit ? ("residence_permit" as const) : ("citizen_id" as const),
    birth,
    ...(check.sex ? { sex: check.sex } : {}),
  };
  if (check.valid) return { ...said, ...(check.areaSuspect ? { flag: "people/number-area-unknown" } : {}) };
  if (!options.confirmed) return wrong("people/id-number-wrong", { reason: "check_digit" });
  return { ...said, flag: "people/number-check-digit" };
}

/** Whether nobody living was born on this day (出生日期不可能): in the future, or more than 120 years ago. */
export function birthProblem(birth: string, today: string): boolean {
  return birth > today || ageOn(birth, today) > oldest;
}

/** What a text says of a birth (出生日期解读): a day, or a text kept as it is; `impossible` when nobody can be so old. */
export function readBirth(
  written: string,
  today: string,
): { readonly on?: string; readonly text?: string; readonly impossible?: true } {
  const loose = parseLooseDate(written);
  if (loose.date && loose.precision !== "unknown") {
    if (birthProblem(loose.date, today)) return { impossible: true };
    if (loose.precision === "day") return { on: loose.date };
    if (loose.precision === "month" || loose.precision === "year") return { text: written.slice(0, 40) };
  }
  return { text: written.slice(0, 40) };
}

/** What likeness looks at (相似比对要素). */
export interface Alike {
  readonly name: string;
  readonly nameKey: string;
  readonly bornOn: string | null;
  readonly bornText: string | null;
  readonly division: string;
  readonly sex: "female" | "male" | null;
  /** Carries a citizen number without a doubt about it. */
  readonly numbered: boolean;
}

/**
 * How likely two rows are one person (人员相似度), 0 to 1: the name weighs half, the birth 35 hundredths, the place 15.
 * Different sex and two sound numbers speak against it, but never silence it. Symmetric.
 */
export function likeness(one: Alike, other: Alike): number {
  let score = 0.5 * nameLikeness(one, other) + 0.35 * birthLikeness(one, other) + 0.15 * placeLikeness(one, other);
  if (one.sex && other.sex && one.sex !== other.sex) score *= 0.8;
  if (one.numbered && other.numbered) score *= 0.9;
  return Math.round(score * 1000) / 1000;
}

function nameLikeness(one: Alike, other: Alike): number {
  const [a, b] = [matchKey(one.name), matchKey(other.name)];
  if (a === b) return 1;
  const [left, right] = [Array.from(a), Array.from(b)];
  if (left.length !== right.length) return 0.4 * (left[0] === right[0] ? 1 : 0);
  const [leftKey, rightKey] = [one.nameKey.split(" "), other.nameKey.split(" ")];
  const spoken = leftKey.length === left.length && rightKey.length === right.length;
  const sum = left.reduce((all, char, at) => {
    if (char === right[at]) return all + 1;
    return all + (spoken && leftKey[at] === rightKey[at] ? 0.7 : 0);
  }, 0);
  return sum / left.length;
}

function birthLikeness(one: Alike, other: Alike): number {
  if (one.bornOn && other.bornOn) {
    if (one.bornOn === other.bornOn) return 1;
    const [a, b] = [one.bornOn.split("-"), other.bornOn.split("-")];
    const same = a.filter((part, at) => part === b[at]).length;
    // Day and month exchanged, or one of the three misread.
    if (a[0] === b[0] && a[1] === b[2] && a[2] === b[1]) return 0.8;
    return same === 2 ? 0.7 : 0;
  }
  if (!one.bornOn && !other.bornOn && one.bornText && one.bornText === other.bornText) return 1;
  const known = one.bornOn ?? other.bornOn;
  const text = one.bornOn ? other.bornText : one.bornText;
  if (known && text) {
    const loose = parseLooseDate(text);
    const end = loose.date && (loose.precision === "year" ? addMonths(loose.date, 12) : addMonths(loose.date, 1));
    if (loose.date && end) return known >= loose.date && known < end ? 0.8 : 0;
  }
  return 0.6;
}

function placeLikeness(one: Alike, other: Alike): number {
  const [a, b] = [one.division, other.division];
  if (a.startsWith(b) || b.startsWith(a)) return 1;
  if (a.slice(0, 9) === b.slice(0, 9)) return 0.8;
  return a.slice(0, 6) === b.slice(0, 6) ? 0.6 : 0.3;
}
