import { contains, levelOf, nation, rangeOf, significant } from "../../../kernel/divisions/code.ts";
import { figures } from "../../../kernel/indicator/indicator.ts";
import type { Actor } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { guard } from "../../../kernel/sheet/guard.ts";
import { board, exportReports, list, zombieCandidates } from "../annual-inspection.contract.ts";
import { twoYearsMissing, zombieCandidate } from "../annual-inspection.rules.ts";
import { type State, states } from "../annual-inspection.shapes.ts";
import { words } from "../annual-inspection.words.ts";
import { reports } from "./annual-inspection.indicators.ts";
import {
  divisionNames,
  type Idle,
  idleOrganisations,
  type ListFilter,
  reportPage,
} from "./annual-inspection.queries.ts";
import { lineOf, type ReportRow } from "./annual-inspection.row.ts";

const cursorOf = (row: { readonly sort_key: string; readonly id: string }) => writeCursor([row.sort_key, row.id]);

const placeOf = (text: string | undefined) => readCursor(text, ["text", "id"]);

function filterOf(
  actor: Actor,
  input: {
    year?: number | undefined;
    division?: string | undefined;
    kind?: string | undefined;
    state?: State | undefined;
  },
): ListFilter {
  return {
    ...(input.year === undefined ? {} : { year: input.year }),
    ...(input.division ? { range: rangeOf(input.division) } : {}),
    ...(input.kind ? { kind: input.kind } : {}),
    ...(input.state ? { states: [input.state] } : {}),
    ...(actor.scope.kind === "staff" && significant(input.division ?? actor.division ?? actor.home).length < 6
      ? { wide: true }
      : {}),
  };
}

const listHandler = handle(list)(async (given, ctx) => {
  // Staff always look at one year, the last one unless they say; an organisation or a unit sees all of its reports.
  const input =
    ctx.actor.scope.kind === "staff" ? { ...given, year: given.year ?? Number(ctx.today.slice(0, 4)) - 1 } : given;
  const rows = await reportPage(ctx.tx, filterOf(ctx.actor, input), placeOf(input.after), input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return { rows: shown.map(lineOf), next: rows.length > input.limit && last ? cursorOf(last) : null };
});

const exportLimit = 100_000;

const exportHandler = handle(exportReports)(async (input, ctx) => {
  const text = words.zh;
  const header = [
    text.columns.name,
    text.columns.code,
    text.columns.kind,
    text.columns.division,
    text.columns.year,
    text.columns.state,
    text.columns.dueOn,
    text.columns.filedOn,
    text.columns.late,
    text.columns.findingCount,
    text.columns.conclusion,
    text.columns.concludedOn,
  ];
  const lines = [`\ufeff${header.map(cell).join(",")}`];
  let after: readonly [string, string] | undefined;
  while (lines.length <= exportLimit) {
    const rows: ReportRow[] = await reportPage(ctx.tx, filterOf(ctx.actor, input), after, 2_000);
    for (const row of rows) lines.push(lineText(row, text));
    const last = rows.at(-1);
    if (rows.length < 2_000 || !last) break;
    after = [last.sort_key, last.id];
  }
  return {
    fileName: `${text.exportName({ year: input.year })}.csv`,
    contentType: "text/csv; charset=utf-8",
    body: Buffer.from(`${lines.slice(0, exportLimit + 1).join("\r\n")}\r\n`),
  };
});

function lineText(row: ReportRow, text: (typeof words)["zh"]): string {
  return [
    row.organisation_name,
    row.organisation_code ?? "",
    text.kinds[row.kind],
    row.division_code,
    String(row.year),
    text.states[row.state],
    row.due_on,
    row.filed_on ?? "",
    row.late ? text.yes : text.no,
    String(row.finding_count),
    row.conclusion ? text.conclusions[row.conclusion] : "",
    row.concluded_on ?? "",
  ]
    .map(cell)
    .join(",");
}

/** Formulas are guarded, and a cell that needs quotes gets them. */
function cell(value: string): string {
  const safe = guard(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const sum = (counts: Partial<Record<State, number>>, wanted: readonly State[]) =>
  wanted.reduce((all, state) => all + (counts[state] ?? 0), 0);
const filedStates: readonly State[] = [
  "filed",
  "correcting",
  "passed",
  "basic",
  "failed",
  "rectifying",
  "rectification_overdue",
  "rectified",
];
const concludedStates: readonly State[] = [
  "passed",
  "basic",
  "failed",
  "rectifying",
  "rectification_overdue",
  "rectified",
];
const owedStates = states.filter((state) => state !== "not_owed");

const boardHandler = handle(board)(async (input, ctx) => {
  const own = ctx.actor.division ?? significant(ctx.actor.home);
  const division = input.division ? significant(input.division) : own;
  if (!contains(own, division)) return ctx.fail("annual-inspection/outside-your-range", { division, own });
  const digits = [2, 4, 6, 9, 12, 12][division === nation ? 0 : levelOf(division)] ?? 12;
  const cells = await figures(ctx.tx, reports, { division, period: String(input.year), digits });
  const names = await divisionNames(ctx.tx, rangeOf(division), digits);
  const byDivision = new Map<string, Partial<Record<State, number>>>();
  const counts: Partial<Record<State, number>> = {};
  for (const one of cells) {
    const [kind, state] = one.key as [string, State];
    if (input.kind && kind !== input.kind) continue;
    const own = byDivision.get(one.division) ?? {};
    own[state] = (own[state] ?? 0) + one.value;
    byDivision.set(one.division, own);
    counts[state] = (counts[state] ?? 0) + one.value;
  }
  const link = (code: string) =>
    `/annual-inspection?year=${input.year}&division=${code}${input.kind ? `&kind=${input.kind}` : ""}`;
  return {
    year: input.year,
    division,
    asOf: ctx.now.toISOString(),
    counts,
    owed: sum(counts, owedStates),
    rows: [...byDivision.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, own]) => ({
        division: code,
        name: names.get(code) ?? null,
        owed: sum(own, owedStates),
        filed: sum(own, filedStates),
        concluded: sum(own, concludedStates),
        overdue: sum(own, ["overdue"]),
        counts: own,
        link: link(code),
      })),
    link: link(division),
  };
});

const candidates = handle(zombieCandidates)(async (input, ctx) => {
  const filter = { year: input.year, ...(input.division ? { range: rangeOf(input.division) } : {}) };
  const found = await idleOrganisations(ctx.tx, filter, placeOf(input.after), input.limit + 1);
  const shown = found.slice(0, input.limit);
  const last = shown.at(-1);
  const decideOn = (division: string) => ({
    today: ctx.today,
    on: ctx.today,
    settings: (id: string, date: string) => ctx.house.settings.on(id, date, division),
    calendar: ctx.house.calendar(),
  });
  const rows = shown.flatMap((one) => {
    const missed = lastRun(one.missed, input.year);
    const decision = decideRule(zombieCandidate, factsOf(one, missed.length, ctx.today), decideOn(one.division_code));
    if (!decision.output.candidate) return [];
    const ahead =
      missed.length >= 2
        ? decideRule(
            twoYearsMissing,
            { kind: one.kind, missed_years: missed, decided_on: ctx.today },
            decideOn(one.division_code),
          ).output
        : undefined;
    return [
      {
        organisationId: one.organisation_id,
        name: one.organisation_name,
        code: one.organisation_code,
        kind: one.kind,
        division: one.division_code,
        missedYears: missed,
        activityCount: one.activity_count,
        ground: decision.output.rule ?? "",
        why: {
          rule: decision.rule,
          version: decision.version,
          conditions: decision.conditions.map(({ field, value, comparator, threshold, met }) => ({
            field,
            value,
            comparator,
            threshold,
            met,
          })),
        },
        candidateFor: ahead?.candidate_for ?? null,
        procedure: ahead?.procedure ?? null,
      },
    ];
  });
  return { rows, next: found.length > input.limit && last ? cursorOf(last) : null };
});

/** The years missed without a gap up to the year asked for. */
function lastRun(missed: readonly number[], year: number): number[] {
  const out: number[] = [];
  for (let at = year; missed.includes(at); at--) out.unshift(at);
  return out;
}

function factsOf(one: Idle, missed: number, today: string) {
  return {
    missed_annual_years: missed,
    today,
    ...(one.registered_on && one.activity_count === 0 ? { certificate: one.registered_on, activities: 0 } : {}),
  };
}

export const listHandlers = [listHandler, exportHandler, boardHandler, candidates];
