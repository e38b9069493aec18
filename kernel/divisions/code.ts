/**
 * Division codes (行政区划代码): GB/T 2260 with the statistical town and community segments, 2-2-2-3-3 digits.
 * In the database a code is stored significant, that is without its zero segments: 63, 6302, 630203, 630203100.
 */

/** Level of a division (行政层级): 0 nation, 1 province, 2 prefecture, 3 county, 4 township, 5 community. */
export type DivisionLevel = 0 | 1 | 2 | 3 | 4 | 5;

/** Kind of a township-level division (乡级类别), read from its segment. */
export type TownshipKind = "street_office" | "town" | "township" | "other";

/** Kind of a community-level division (村级类别), read from its segment. */
export type CommunityKind = "residents_committee" | "villagers_committee" | "other";

/** Why a text is no division code (代码错误原因). */
export type DivisionCodeProblem = "length_must_be_2_4_6_9_12" | "digits_only" | "province_unknown";

/**
 * A division code taken apart (区划代码解析). `province`, `prefecture` and `county` have six digits, `parents` are all
 * ancestors of twelve digits, the province first. A town directly under a prefecture-level city has no county.
 */
export interface ParsedDivision {
  readonly valid: true;
  readonly significant: string;
  readonly level: DivisionLevel;
  readonly parents: readonly string[];
  readonly province?: string;
  readonly prefecture?: string;
  readonly county?: string;
  readonly townshipKind?: TownshipKind;
  readonly communityKind?: CommunityKind;
}

/** A text that is no division code, with the reason. */
export interface InvalidDivision {
  readonly valid: false;
  readonly reason: DivisionCodeProblem;
}

/** A half-open range of codes (区划范围): every code `c` inside has lo <= c < hi in byte order. */
export interface DivisionRange {
  readonly lo: string;
  readonly hi: string;
}

/** The whole nation (全国) as a significant code. */
export const nation = "0";

/** Significant lengths by level; index = level. */
const lengths = [1, 2, 4, 6, 9, 12] as const;

const zeros = "000000000000";
const provinces = /^(?:0$|[1-8][1-9]|50)/;

/** Takes a code of 2, 4, 6, 9 or 12 digits apart (解析区划代码). Never throws: what is wrong is the answer. */
export function parseDivision(code: string): ParsedDivision | InvalidDivision {
  const reason = problemOf(code);
  if (reason) return { valid: false, reason };
  const short = strip(code);
  const level = levelOf(short);
  const parents: string[] = [];
  for (let above = parentOf(short); above !== undefined && above !== nation; above = parentOf(above))
    parents.unshift(above.padEnd(12, "0"));
  return {
    valid: true,
    significant: short,
    level,
    parents,
    ...(level >= 1 && { province: short.slice(0, 2).padEnd(6, "0") }),
    ...(level >= 2 && short.slice(2, 4) !== "00" && { prefecture: short.slice(0, 4).padEnd(6, "0") }),
    ...(level >= 3 && short.slice(4, 6) !== "00" && { county: short.slice(0, 6) }),
    ...(level >= 4 && short.slice(6, 9) !== "000" && { townshipKind: townshipKind(short.slice(6, 9)) }),
    ...(level >= 5 && { communityKind: communityKind(short.slice(9, 12)) }),
  };
}

/**
 * The code without its zero segments (有效代码): 630000 -> 63, 441900000000 -> 4419, 441900003000 -> 441900003; all zeros
 * are the nation, "0", and so is 100000, the code of the ministry in GB/T 2260. Throws RangeError on what is not a code.
 */
export function significant(code: string): string {
  const reason = problemOf(code);
  if (reason) throw new RangeError(`not a division code (${reason}): ${code.slice(0, 40)}`);
  return strip(code);
}

/** The half-open range of a division (区划范围), the nation being "0" to ":". Throws RangeError on what is no code. */
export function rangeOf(code: string): DivisionRange {
  const lo = significant(code);
  if (lo === nation) return { lo, hi: ":" };
  const end = lo.length - 1;
  // ":" follows "9" in byte order, so the last digit can always be raised without a carry.
  return { lo, hi: lo.slice(0, end) + String.fromCharCode(lo.charCodeAt(end) + 1) };
}

/** Whether `target` is `scope` itself or lies inside it (区划包含). Throws RangeError on what is no code. */
export function contains(scope: string, target: string): boolean {
  const within = significant(target);
  const outer = significant(scope);
  return outer === nation || within.startsWith(outer);
}

/** Level of a code (行政层级). Throws RangeError on what is no code. */
export function levelOf(code: string): DivisionLevel {
  const short = isSignificant(code) ? code : significant(code);
  return lengths.indexOf(short.length as (typeof lengths)[number]) as DivisionLevel;
}

/** The significant code one level up (上级区划); the nation has none. A town without a county lies under the city. */
export function parentOf(code: string): string | undefined {
  const short = isSignificant(code) ? code : significant(code);
  const level = lengths.indexOf(short.length as (typeof lengths)[number]);
  if (level === 0) return undefined;
  return level === 1 ? nation : strip(short.slice(0, lengths[level - 1]));
}

/** The significant codes from the province down to the code itself (自上而下的区划链), the nation left out. */
export function chainOf(code: string): string[] {
  const chain: string[] = [];
  for (let at: string | undefined = significant(code); at !== undefined && at !== nation; at = parentOf(at))
    chain.unshift(at);
  return chain;
}

/**
 * The six digits under which rows are stored (存储归属代码): the county, else the city, the province or the nation, padded.
 * A storage key only, never a scope. Throws RangeError on what is no code.
 */
export function homeOf(code: string): string {
  return significant(code).slice(0, 6).padEnd(6, "0");
}

/**
 * Whether a code is a placeholder of the statistics (市辖区、县、省直辖县级行政区划) that only fills the prefecture segment:
 * no government stands behind it, and pickers step over it.
 */
export function isPlaceholder(code: string): boolean {
  const short = significant(code);
  return short.length === 4 && (short.slice(2) === "90" || /^(?:11|12|31|50)0[12]$/.test(short));
}

function problemOf(code: string): DivisionCodeProblem | undefined {
  if (!isCodeLength(code.length) && code !== nation) return "length_must_be_2_4_6_9_12";
  if (!/^\d+$/.test(code)) return "digits_only";
  return provinces.test(strip(code)) ? undefined : "province_unknown";
}

function isCodeLength(length: number): boolean {
  return length === 2 || length === 4 || length === 6 || length === 9 || length === 12;
}

/** Cheap test for codes that are stored significant already; the long way stays for all others. */
function isSignificant(code: string): boolean {
  return (
    provinces.test(code) && (code === nation || isCodeLength(code.length)) && /^\d+$/.test(code) && strip(code) === code
  );
}

function strip(code: string): string {
  let length = code.length;
  if (length === 12 && code.endsWith("000")) length = 9;
  if (length === 9 && code.endsWith("000", 9)) length = 6;
  while (length > 0 && length <= 6 && code.endsWith("00", length)) length -= 2;
  const short = code.slice(0, Math.max(0, length));
  return short === "" || short === "0" || short === "10" || zeros.startsWith(code) ? nation : short;
}

function townshipKind(segment: string): TownshipKind {
  if (segment < "100") return "street_office";
  if (segment < "200") return "town";
  return segment < "400" ? "township" : "other";
}

function communityKind(segment: string): CommunityKind {
  if (segment >= "001" && segment < "200") return "residents_committee";
  return segment >= "200" && segment < "400" ? "villagers_committee" : "other";
}
