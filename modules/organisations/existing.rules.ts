import { isDate } from "../../kernel/clock/date.ts";
import { type LooseDate, parseLooseDate } from "../../kernel/clock/loose-date.ts";
import { checkCreditCode } from "../../kernel/identity/uscc.ts";
import type { Flag, Kind, Status } from "./organisations.facts.ts";

/** One line of an existing register (存量登记数据) as people keep it; what is absent is not stated, never "empty". */
export interface ExistingInput {
  readonly name: string;
  readonly creditCode?: string;
  readonly kind?: Kind;
  readonly registeredOn?: string;
  readonly fundsFen?: number;
  readonly fundsText?: string;
  readonly registrationAuthority?: string;
  readonly supervisoryUnit?: string;
  readonly domicile?: string;
  readonly domicileDivision?: string;
  readonly status?: Status;
  readonly validity?: string;
  readonly legalRepresentative?: string;
  readonly scope?: string;
  readonly formerNames?: string;
  readonly division?: string;
  /** A person has looked at a line that seems to be no social organisation and says that it is one. */
  readonly confirmed?: boolean;
}

/** Something found in one field. */
export interface Finding extends Flag {
  readonly field: string;
}

/** What a line states, understood; absent = not stated. */
export interface StatedFacts {
  readonly name: string;
  readonly kind?: Kind;
  readonly creditCode?: string;
  readonly codeFlag?: string;
  readonly status?: Status;
  readonly registeredOn?: string;
  readonly establishedText?: string;
  readonly registrationAuthority?: string;
  readonly certificateFrom?: string;
  readonly certificateTo?: string;
  readonly validityText?: string;
  readonly unitName?: string;
  readonly directRegistration?: boolean;
  readonly domicile?: string;
  readonly domicileDivision?: string;
  readonly fundsFen?: number;
  readonly fundsText?: string;
  readonly legalRepresentative?: string;
  readonly scope?: string;
  readonly formerNames: readonly string[];
}

/** A line understood: `problems` stop it, `warnings` are kept with the record as flags. */
export interface Understood {
  readonly facts: StatedFacts;
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
}

const nothing = /^(nan|null|none|n\/a|na|暂无|未知|不详|-+|—+|\/|\.)$/i;
const notOrganisations = [
  "居民委员会",
  "村民委员会",
  "居委会",
  "村委会",
  "有限公司",
  "有限责任公司",
  "股份公司",
  "人民政府",
  "街道办事处",
];
const cutEndings = ["基", "基金", "促进", "联合", "研究", "协", "商", "服", "志愿"];
const endsInOneOf = (name: string, endings: readonly string[]) => endings.some((ending) => name.endsWith(ending));
const place = /[省市区县州盟旗]/;

/** Least funds in fen by kind (法定最低资金): a foundation 2,000,000 yuan, a social group 30,000. */
const leastFunds: Readonly<Partial<Record<Kind, { fen: number; article: string }>>> = {
  foundation: { fen: 200_000_000, article: "foundations-8" },
  social_group: { fen: 3_000_000, article: "social-groups-10" },
};

/**
 * Understands one line of an existing register (识别存量数据): dirt of real registers becomes flags, never blocks, except
 * what cannot be recorded at all: no kind to be found, or a residents' committee, company or office that is no social
 * organisation unless a person confirms it. Pure; the same function serves the command and the dry run of a sheet.
 */
export function understandExisting(
  input: ExistingInput,
  where: { readonly home: string; readonly today: string },
): Understood {
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  const warn = (field: string, code: string, facts?: Flag["facts"]) =>
    warnings.push({ field, code: `organisations/${code}`, ...(facts ? { facts } : {}) });
  const stop = (field: string, code: string, facts?: Flag["facts"]) =>
    problems.push({ field, code, ...(facts ? { facts } : {}) });

  const name = halfWidth(input.name).replace(/\s+/g, " ").trim();
  const code = given(input.creditCode);
  const checked = code === undefined ? undefined : checkCreditCode(code);
  const kindByCode = checked?.kind === "other" ? undefined : checked?.kind;
  const kindByName: Kind | undefined = name.endsWith("基金会") ? "foundation" : undefined;
  const kind = input.kind ?? kindByCode ?? kindByName;

  if (endsInOneOf(name, notOrganisations) && input.confirmed !== true)
    stop("name", "organisations/not-a-social-organisation", { name, kind });
  if (kind === undefined) stop("kind", "organisations/kind-unknown", { name });
  if (truncated(name)) warn("name", "name-truncated", { name });
  else if (kind === "foundation" && kindByName !== "foundation") warn("name", "name-unlike-kind", { name, kind });
  if (kindByName === "foundation" && kind !== undefined && kind !== "foundation")
    warn("kind", "name-unlike-kind", { name, kind });

  let codeFlag: string | undefined;
  if (checked) {
    const flag = (reason: string, facts: Flag["facts"]) => {
      codeFlag ??= reason;
      warn("creditCode", reason, facts);
    };
    if (checked.reason === "length")
      flag("code-length", { code: checked.normalised, length: checked.normalised.length });
    else if (checked.reason === "charset") flag("code-characters", { code: checked.normalised });
    else {
      if (checked.pilot) flag("code-pilot", { code: checked.normalised });
      if (checked.reason === "check_digit")
        flag("code-check-digit", { code: checked.normalised, expected: checked.expectedCheck });
      if (checked.organisationCodeSuspect) flag("code-inner-check-digit", { code: checked.normalised });
      if (checked.division !== undefined && checked.division !== where.home)
        warn("creditCode", "code-of-another-registrar", { division: checked.division, home: where.home });
      if (checked.registrar !== "5") warn("creditCode", "code-not-civil-affairs", { code: checked.normalised });
      if (kindByCode && input.kind && input.kind !== "community_organisation" && kindByCode !== input.kind)
        warn("kind", "kind-differs-from-code", { kind: input.kind, byCode: kindByCode });
    }
  } else if (kind !== undefined && kind !== "community_organisation") warn("creditCode", "code-missing");

  const dateText = given(input.registeredOn);
  const date = dateText === undefined ? undefined : readDate(dateText);
  const registeredOn = date?.precision === "day" ? date.date : undefined;
  if (date && date.precision === "unknown") warn("registeredOn", "date-unknown", { text: date.text });
  if (date && date.precision === "implausible") warn("registeredOn", "date-implausible", { text: date.text });
  if (date && (date.precision === "month" || date.precision === "year"))
    warn("registeredOn", "date-partial", { text: date.text });
  if (registeredOn !== undefined && registeredOn > where.today)
    warn("registeredOn", "date-in-future", { date: registeredOn });

  const status = input.status;
  const validityText = given(input.validity);
  const validity = validityText === undefined ? {} : readPeriod(validityText);
  if (
    validityText !== undefined &&
    validity.from === undefined &&
    validity.to === undefined &&
    !/^[至到\s-]+$/.test(validityText)
  )
    warn("validity", "validity-unreadable", { text: validityText });
  if (validity.from !== undefined && validity.from === validity.to)
    warn("validity", "validity-of-no-length", { date: validity.from });
  if (validity.from !== undefined && validity.to !== undefined && validity.to < validity.from)
    warn("validity", "validity-backwards", { from: validity.from, to: validity.to });
  if (
    validity.to !== undefined &&
    validity.to < where.today &&
    validity.from !== validity.to &&
    (status ?? "registered") === "registered"
  )
    warn("validity", "certificate-expired", { to: validity.to });
  if (registeredOn !== undefined && validity.from !== undefined && registeredOn > validity.from)
    warn("registeredOn", "registered-after-certificate", { registeredOn, certificateFrom: validity.from });

  const least = kind === undefined ? undefined : leastFunds[kind];
  if (input.fundsFen !== undefined && least) {
    if (input.fundsFen === 0) warn("fundsFen", "funds-zero");
    else if (input.fundsFen < least.fen)
      warn("fundsFen", "funds-below-minimum", {
        fundsFen: input.fundsFen,
        leastFen: least.fen,
        article: least.article,
      });
  }

  const authority = given(input.registrationAuthority);
  if (input.registrationAuthority !== undefined && authority === undefined)
    warn("registrationAuthority", "authority-unknown", { text: input.registrationAuthority });
  const unit = readUnit(input.supervisoryUnit);
  for (const found of unit.findings) warn("supervisoryUnit", found.code, found.facts);
  const domicile = given(input.domicile === undefined ? undefined : halfWidth(input.domicile));
  if (domicile !== undefined && !place.test(domicile)) warn("domicile", "domicile-without-place", { text: domicile });

  const legalRepresentative = given(input.legalRepresentative);
  const scope = given(input.scope);
  const facts: Writable<StatedFacts> = { name, formerNames: formerNames(input.formerNames, name) };
  if (kind) facts.kind = kind;
  if (checked) facts.creditCode = checked.normalised;
  if (codeFlag) facts.codeFlag = codeFlag;
  if (status) facts.status = status;
  if (registeredOn) facts.registeredOn = registeredOn;
  else if (dateText !== undefined) facts.establishedText = dateText;
  if (authority !== undefined) facts.registrationAuthority = authority;
  if (validity.from) facts.certificateFrom = validity.from;
  if (validity.to) facts.certificateTo = validity.to;
  if (validityText !== undefined) facts.validityText = validityText;
  if (unit.name !== undefined) facts.unitName = unit.name;
  if (unit.direct !== undefined) facts.directRegistration = unit.direct;
  if (domicile !== undefined) facts.domicile = domicile;
  if (input.domicileDivision) facts.domicileDivision = input.domicileDivision;
  if (input.fundsFen !== undefined) facts.fundsFen = input.fundsFen;
  const fundsText = given(input.fundsText);
  if (fundsText !== undefined) facts.fundsText = fundsText;
  if (legalRepresentative !== undefined) facts.legalRepresentative = legalRepresentative;
  if (scope !== undefined) facts.scope = scope;
  return { facts, problems, warnings };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function formerNames(text: string | undefined, name: string): string[] {
  const plain = given(text);
  if (plain === undefined) return [];
  return plain
    .split(/[、,，;；\n]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== name);
}

/**
 * Whether a name was cut short (名称截断): a bracket left open, or an ending that only begins the word of a form
 * ("…发展研究基" for "…研究基金会").
 */
export function truncated(name: string): boolean {
  let open = 0;
  for (const char of name) {
    if (char === "（" || char === "(") open++;
    else if (char === "）" || char === ")") open--;
  }
  return open > 0 || name.length < 3 || endsInOneOf(name, cutEndings);
}

function given(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = text.trim();
  return plain === "" || nothing.test(plain) ? undefined : plain;
}

/** Full-width digits and Latin letters as people type them on a Chinese keyboard become ordinary ones. */
function halfWidth(text: string): string {
  if (!/[\u3000\uff03\uff10-\uff5a]/.test(text)) return text;
  return text
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff03]/g, (char) =>
      String.fromCharCode(char.charCodeAt(0) - 0xfee0),
    )
    .replace(/\u3000/g, " ");
}

const plainDate = /^(?:19|20)\d{2}-\d{2}-\d{2}$/;
const placeholders = new Set(["1900-01-01", "1904-01-01", "1970-01-01"]);

/** A day as most registers write it, without the long way of loose dates. */
function readDate(text: string): LooseDate {
  if (plainDate.test(text) && !placeholders.has(text) && isDate(text)) return { date: text, precision: "day", text };
  return parseLooseDate(text);
}

const periodMark = /至|到|~|～|—|–|\s-\s/;

function readPeriod(text: string): { from?: string; to?: string } {
  const mark = periodMark.exec(text);
  const from = readDate((mark ? text.slice(0, mark.index) : text).trim());
  const to = mark ? readDate(text.slice(mark.index + mark[0].length).trim()) : undefined;
  return {
    ...(from.precision === "day" && from.date ? { from: from.date } : {}),
    ...(to?.precision === "day" && to.date ? { to: to.date } : {}),
  };
}

/** 直接登记 and 无 both say that no unit supervises; 暂无 says that nobody knows. */
function readUnit(text: string | undefined): { name?: string; direct?: boolean; findings: Flag[] } {
  const plain = text?.trim();
  if (plain === undefined || plain === "") return { findings: [] };
  if (/^(直接登记|无|无业务主管单位|没有)$/.test(plain)) return { direct: true, findings: [] };
  if (nothing.test(plain)) return { findings: [{ code: "unit-unknown-text", facts: { text: plain } }] };
  const units = plain
    .split(/[,，、;；/]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const findings: Flag[] = [];
  if (units.length > 1) findings.push({ code: "two-units", facts: { units } });
  if (units.some((one) => /^[省市]/.test(one))) findings.push({ code: "unit-without-place", facts: { text: plain } });
  return { name: plain, direct: false, findings };
}
