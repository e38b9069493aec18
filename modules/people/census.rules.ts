import { significant } from "../../kernel/divisions/code.ts";
import { cleanText, matchKey } from "../../kernel/text/normalise.ts";
import { type Finding, readBirth, readCategories, readNumber, readPhone } from "./people.rules.ts";
import { type Category, categories } from "./people.shapes.ts";

/** One line of a census as the operation takes it (摸底登记行). */
export interface CensusLine {
  /** Chosen by the phone that found the person, so that a later act can name them before either has arrived. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly idNumber?: string | undefined;
  readonly idKind?: "citizen_id" | "residence_permit" | "passport" | "none" | undefined;
  readonly sex?: "female" | "male" | undefined;
  readonly bornOn?: string | undefined;
  readonly division?: string | undefined;
  readonly village?: string | undefined;
  readonly address?: string | undefined;
  readonly householdNumber?: string | undefined;
  readonly phone?: string | undefined;
  readonly living?: "alone" | "with_spouse" | "with_children" | "with_others" | "institution" | "unknown" | undefined;
  readonly categories?: readonly Category[] | undefined;
  readonly categoriesText?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactRelation?: string | undefined;
  readonly contactPhone?: string | undefined;
  readonly secondContactName?: string | undefined;
  readonly secondContactRelation?: string | undefined;
  readonly secondContactPhone?: string | undefined;
  readonly foundOn?: string | undefined;
  readonly confirmed?: boolean | undefined;
}

/** A contact a line names: `position` is 1 or 2. */
export interface StatedContact {
  readonly position: number;
  readonly name: string;
  readonly relation: string;
  readonly phone?: string;
}

/** What a line states, read and put in order. What it does not state is absent. */
export interface Stated {
  readonly name: string;
  readonly number?: string;
  readonly idKind: "citizen_id" | "residence_permit" | "passport" | "none";
  readonly idFlag: string | null;
  readonly sex?: "female" | "male";
  readonly bornOn?: string;
  readonly bornText?: string;
  /** Significant digits; not looked up yet. */
  readonly division?: string;
  readonly village?: string;
  readonly address?: string;
  readonly householdNumber?: string;
  readonly phone?: string;
  readonly living?: NonNullable<CensusLine["living"]>;
  readonly categories: readonly Category[];
  readonly contacts: readonly StatedContact[];
  readonly foundOn?: string;
}

/** A line read: what it states, what keeps it out, what is only doubtful. */
export interface ReadLine {
  readonly stated: Stated;
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * Reads one line of a census (解读摸底登记行). Birth and sex come from a sound citizen number and are compared with what is
 * written beside it; every wrong field is answered, not only the first.
 */
export function readLine(line: CensusLine, today: string): ReadLine {
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  const name = cleanText(line.name).text;
  const read = readNumber(line.idNumber, line.idKind, { today, confirmed: line.confirmed === true });
  if (read.problem) problems.push(read.problem);
  if (read.flag) warnings.push({ field: "idNumber", code: read.flag, facts: {} });

  const written = line.bornOn === undefined ? {} : readBirth(line.bornOn, today);
  if (written.impossible)
    problems.push({ field: "bornOn", code: "people/birth-impossible", facts: { birth: line.bornOn, oldest: 120 } });
  const doubtful = read.flag === "people/number-check-digit";
  if (read.birth && written.on && read.birth !== written.on)
    warnings.push({ field: "bornOn", code: "people/birth-differs", facts: { number: read.birth, stated: written.on } });
  const bornOn = doubtful ? (written.on ?? read.birth) : (read.birth ?? written.on);
  if (bornOn === undefined && written.text !== undefined)
    warnings.push({ field: "bornOn", code: "people/birth-no-day", facts: { text: written.text } });
  if (read.sex && line.sex && read.sex !== line.sex)
    warnings.push({ field: "sex", code: "people/sex-differs", facts: { number: read.sex, stated: line.sex } });
  const sex = doubtful ? (line.sex ?? read.sex) : (read.sex ?? line.sex);
  if (line.foundOn && line.foundOn > today)
    problems.push({ field: "foundOn", code: "people/period-impossible", facts: { from: bornOn, to: today } });

  const phone = phoneOf("phone", line.phone, problems);
  const classes = new Set(line.categories ?? []);
  if (line.categoriesText !== undefined) {
    const { found, unknown } = readCategories(line.categoriesText);
    for (const one of found) classes.add(one);
    if (unknown.length > 0)
      problems.push({ field: "categoriesText", code: "people/category-unknown", facts: { text: unknown.join(" ") } });
  }
  const found = { problems, warnings };
  const first = ["contactName", "contactPhone"] as const;
  const second = ["secondContactName", "secondContactPhone"] as const;
  const contacts = [
    contactOf(1, first, line.contactName, line.contactRelation, line.contactPhone, found),
    contactOf(2, second, line.secondContactName, line.secondContactRelation, line.secondContactPhone, found),
  ].filter((one) => one !== undefined);
  const division = divisionOf(line.division, problems);
  return {
    problems,
    warnings,
    stated: {
      name,
      idKind: read.kind,
      idFlag: read.flag ?? null,
      categories: categories.filter((one) => classes.has(one)),
      contacts,
      ...(read.number ? { number: read.number } : {}),
      ...(sex ? { sex } : {}),
      ...(bornOn ? { bornOn } : {}),
      ...(bornOn === undefined && written.text !== undefined ? { bornText: written.text } : {}),
      ...(division ? { division } : {}),
      ...(line.village ? { village: line.village } : {}),
      ...(line.address ? { address: cleanText(line.address).text } : {}),
      ...(line.householdNumber ? { householdNumber: line.householdNumber } : {}),
      ...(phone ? { phone } : {}),
      ...(line.living ? { living: line.living } : classes.has("living_alone") ? { living: "alone" as const } : {}),
      ...(line.foundOn ? { foundOn: line.foundOn } : {}),
    },
  };
}

function phoneOf(field: string, written: string | undefined, problems: Finding[]): string | undefined {
  if (written === undefined) return undefined;
  const read = readPhone(written);
  if ("phone" in read) return read.phone;
  problems.push({ field, code: "people/phone-wrong", facts: { reason: read.problem } });
  return undefined;
}

/** A contact without a name is known by the relation; one with a telephone only is kept, with the doubt. */
function contactOf(
  position: number,
  fields: readonly [name: string, phone: string],
  name: string | undefined,
  relation: string | undefined,
  writtenPhone: string | undefined,
  found: { readonly problems: Finding[]; readonly warnings: Finding[] },
): StatedContact | undefined {
  const phone = phoneOf(fields[1], writtenPhone, found.problems);
  const called = name ?? relation;
  if (called === undefined && phone === undefined) return undefined;
  if (called === undefined) found.warnings.push({ field: fields[0], code: "people/contact-without-name", facts: {} });
  const { text } = cleanText(called ?? "");
  return { position, name: text, relation: relation ?? "", ...(phone ? { phone } : {}) };
}

function divisionOf(written: string | undefined, problems: Finding[]): string | undefined {
  if (written === undefined) return undefined;
  const plain = written.replace(/\s/g, "");
  try {
    return significant(plain);
  } catch {
    problems.push({ field: "division", code: "people/division-unknown", facts: { text: plain.slice(0, 40) } });
    return undefined;
  }
}

/** What makes two lines of one file the same person (同一人判定): the number, else name, birth and village. */
export function lineKey(line: CensusLine): string {
  const number = line.idNumber?.replace(/\s/g, "").toUpperCase();
  if (number) return `number:${number}`;
  return `line:${matchKey(line.name)}|${line.bornOn ?? ""}|${line.division ?? ""}|${line.village ?? ""}`;
}
