import { significant } from "./code.ts";

/**
 * One stretch of a division's life (区划沿革): a code carried this name on [from, to). `successors` are the codes that
 * took over on `to`: one of a merge, several of a split, the code itself where it goes on under another name beside a
 * part split off. A row that ends without successors is either renamed (a row of the same code begins on `to`) or abolished.
 */
export interface DatedDivision {
  readonly code: string;
  readonly name: string;
  readonly from: string;
  readonly to?: string;
  readonly successors: readonly string[];
}

/** Rows by code in order of time; made once for a list of rows, which callers keep as it is. */
const indexes = new WeakMap<readonly DatedDivision[], ReadonlyMap<string, readonly DatedDivision[]>>();

/** The name a code carried on a day (当时名称), undefined when the code was not in force. Dates are "YYYY-MM-DD". */
export function nameOn(rows: readonly DatedDivision[], code: string, date: string): string | undefined {
  return rowOn(rows, code, date)?.name;
}

/**
 * The codes in force on `date` that carry on what `code` was (现行区划代码), in code order; [] when it was abolished
 * without a successor, or is unknown. `recorded` is the day the code was written down: codes have been given to other
 * places later (132201 was 邢台市, then 南宫市), and only that day tells which is meant. Without it the code means its
 * row in force on `date`, else its last row before. Nothing recorded is rewritten: this is asked when reading.
 */
export function currentCodes(rows: readonly DatedDivision[], code: string, date: string, recorded?: string): string[] {
  const start =
    recorded === undefined ? (rowOn(rows, code, date) ?? lastBefore(rows, code, date)) : rowOn(rows, code, recorded);
  const found = new Set<string>();
  const seen = new Set<DatedDivision>();
  const open = start === undefined ? [] : [start];
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (seen.has(row)) continue;
    seen.add(row);
    const end = row.to;
    if (end === undefined || date < end) {
      if (row.from <= date) found.add(significant(row.code));
      continue;
    }
    const heirs = row.successors.length > 0 ? row.successors : [row.code];
    for (const heir of heirs) {
      const next = rowOn(rows, heir, end);
      // A row that does not begin where this one ends would lead back in time, and may do so for ever.
      if (next !== undefined && (row.successors.length > 0 || next.from === end)) open.push(next);
    }
  }
  return [...found].sort();
}

/** Faults of dated rows that would make answers ambiguous (沿革数据错误). */
export interface HistoryProblem {
  readonly code: string;
  readonly problem: "ends_before_it_begins" | "overlaps" | "successor_not_in_force";
  readonly on: string;
}

/** Checks dated rows before they are taken in (检查沿革数据): periods, overlaps, and successors in force on the day. */
export function historyProblems(rows: readonly DatedDivision[]): HistoryProblem[] {
  const problems: HistoryProblem[] = [];
  for (const [code, versions] of index(rows)) {
    for (const [position, row] of versions.entries()) {
      const next = versions[position + 1];
      if (row.to !== undefined && row.to <= row.from)
        problems.push({ code, problem: "ends_before_it_begins", on: row.from });
      if (next !== undefined && (row.to === undefined || next.from < row.to))
        problems.push({ code, problem: "overlaps", on: next.from });
      for (const heir of row.successors)
        if (row.to === undefined || rowOn(rows, heir, row.to) === undefined)
          problems.push({ code, problem: "successor_not_in_force", on: row.to ?? row.from });
    }
  }
  return problems;
}

function rowOn(rows: readonly DatedDivision[], code: string, date: string): DatedDivision | undefined {
  return index(rows)
    .get(significant(code))
    ?.find((row) => row.from <= date && (row.to === undefined || date < row.to));
}

function lastBefore(rows: readonly DatedDivision[], code: string, date: string): DatedDivision | undefined {
  return index(rows)
    .get(significant(code))
    ?.findLast((row) => row.from <= date);
}

function index(rows: readonly DatedDivision[]): ReadonlyMap<string, readonly DatedDivision[]> {
  const known = indexes.get(rows);
  if (known !== undefined) return known;
  const made = new Map<string, DatedDivision[]>();
  for (const row of rows) {
    const code = significant(row.code);
    const versions = made.get(code);
    if (versions === undefined) made.set(code, [row]);
    else versions.push(row);
  }
  for (const versions of made.values()) versions.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  indexes.set(rows, made);
  return made;
}
