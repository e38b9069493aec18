import type { Tx } from "../../../kernel/database/transaction.ts";
import { fulfilDuties, openDuties } from "../../../kernel/duty/duty.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Actor, Context } from "../../../kernel/operation/context.ts";
import { decide } from "../../../kernel/rule/store.ts";
import type { RowRemark, RowVerdict } from "../../../kernel/sheet/import.ts";
import { loadOrganisations, type OrganisationRow } from "../../organisations/server/index.ts";
import { arithmeticFacts, type Background, checksOf, findingsOf, ratioFacts } from "../annual-inspection.checks.ts";
import { literalDeadlines } from "../annual-inspection.rules.ts";
import { type Check, type Details, type Figures, type Finding, moneyFields } from "../annual-inspection.shapes.ts";
import { arithmetic } from "../arithmetic.rules.ts";
import { expenseRatio } from "../expense-ratio.rules.ts";
import { type RecordedLine, recordedMoney } from "../record.contract.ts";
import { act, subjectOf } from "./act.ts";
import { reportDuty } from "./annual-inspection.duties.ts";
import { moves } from "./annual-inspection.indicators.ts";
import { earlierOf, matchesOf, reportsOf } from "./annual-inspection.queries.ts";
import { figureColumns, figuresOf, type ReportRow } from "./annual-inspection.row.ts";
import { insertReports, lockReports, updateReport } from "./annual-inspection.store.ts";
import { backgroundOf, judge } from "./background.ts";

/** One line understood: whose report it is, what stands there already, what the checks say. */
interface Prepared {
  readonly line: RecordedLine;
  readonly figures: Figures;
  readonly details: Details;
  readonly organisation?: OrganisationRow;
  readonly report?: ReportRow;
  readonly background?: Background;
  readonly checks: readonly Check[];
  readonly verdict: "new" | "same" | "change" | "bad";
  readonly problems: readonly RowRemark[];
  readonly warnings: readonly RowRemark[];
}

/** States in which nobody has begun to handle a report: a recorded one may take their place. */
const untouched = ["open", "overdue", "not_owed"];

function figuresOfLine(line: RecordedLine): Figures {
  return {
    ...Object.fromEntries(moneyFields.map((field) => [field, null])),
    ...Object.fromEntries(recordedMoney.map((field) => [field, line[field] ?? null])),
    activityCount: line.activityCount ?? null,
    staffFullTime: null,
    staffPartTime: null,
    partyOrganisation: null,
    partyMembers: null,
    foreignContacts: null,
  } as Figures;
}

/** Understands lines, a few statements for all of them (补录预检). Reads only. */
export async function prepare(
  tx: Tx,
  actor: Actor,
  today: string,
  lines: readonly RecordedLine[],
  house: Context["house"],
): Promise<Prepared[]> {
  const matches = await matchesOf(
    tx,
    actor.home,
    lines.map((line) => line.name),
    lines.flatMap((line) => line.code ?? []),
  );
  const ids = [...new Set([...matches.byName.values(), ...matches.byCode.values()].flat())];
  const organisations = new Map((await loadOrganisations(tx, ids, false)).map((row) => [row.id, row]));
  const reports = await reportsOf(tx, actor.home, ids, [...new Set(lines.map((line) => line.year))]);
  const earlier = await earlierOf(tx, actor.home, ids);
  return lines.map((line) => {
    const found = (line.code ? matches.byCode.get(line.code) : undefined) ?? matches.byName.get(line.name) ?? [];
    const organisation = found.length === 1 ? organisations.get(found[0] as string) : undefined;
    const report = organisation ? reports.get(`${organisation.id}|${line.year}`) : undefined;
    const before = organisation
      ? (earlier.get(organisation.id) ?? []).filter((one) => one.year < line.year && one.year >= line.year - 3)
      : [];
    return prepareLine(line, { found: found.length, organisation, report, before, today, house });
  });
}

interface Around {
  readonly found: number;
  readonly organisation: OrganisationRow | undefined;
  readonly report: ReportRow | undefined;
  readonly before: readonly ReportRow[];
  readonly today: string;
  readonly house: Context["house"];
}

function prepareLine(line: RecordedLine, around: Around): Prepared {
  const { organisation, report, today, house } = around;
  const problems: RowRemark[] = [];
  const warnings: RowRemark[] = [];
  const stop = (field: string, code: string, facts: RowRemark["facts"] = {}) =>
    problems.push({ field, code: `annual-inspection/${code}`, facts });
  if (line.year >= Number(today.slice(0, 4))) stop("year", "year-not-past", { year: line.year });
  if (around.found > 1) stop("name", "organisation-ambiguous", { name: line.name, count: around.found });
  else if (!organisation) stop("name", "organisation-unknown", { name: line.name });
  else if (organisation.kind === "community_organisation") stop("name", "not-inspected", { kind: organisation.kind });

  const figures = figuresOfLine(line);
  const details: Details = line.note ? { explanations: { otherSpendFen: line.note } } : {};
  const base = { line, figures, details, problems, warnings };
  if (!organisation || organisation.kind === "community_organisation") return { ...base, checks: [], verdict: "bad" };

  const background: Background = {
    ...backgroundOf({ kind: organisation.kind, year: line.year, source: "recorded" }, organisation, around.before),
    ...(line.publicQualification === undefined ? {} : { publicQualification: line.publicQualification }),
  };
  const row = { kind: organisation.kind, year: line.year, division_code: organisation.division_code } as ReportRow;
  // Older reports did not state everything today's form asks for; only the total is indispensable.
  const checks = judge({ today, house }, row, figures, details, background).filter(
    (one) => one.item !== "missing" || one.field === "spendTotalFen",
  );
  for (const one of checks.filter((each) => each.blocking))
    stop(one.field, one.item === "missing" ? "figures-missing" : "figures-contradict", {
      fields: [one.field],
      problems: [{ item: one.item, field: one.field, foundFen: one.amountFen, expectedFen: one.limitFen }],
    });
  const over = checks.filter((one) => one.rule === "annual.expense_ratio" && one.met === false);
  for (const one of over)
    warnings.push({
      field: one.field,
      code: "annual-inspection/over-ratio",
      facts: {
        items: [one.item],
        article: one.article,
        actualPercent: one.actualPercent,
        percent: one.percent,
        amountFen: one.amountFen,
        limitFen: one.limitFen,
      },
    });
  const verdict = verdictOf(figures, report);
  if (verdict === "bad") stop("year", "report-already-handled", { year: line.year, state: report?.state });
  return {
    ...base,
    organisation,
    ...(report ? { report } : {}),
    background,
    checks,
    verdict: problems.length > 0 ? "bad" : verdict,
  };
}

function verdictOf(figures: Figures, report: ReportRow | undefined): Prepared["verdict"] {
  if (!report || untouched.includes(report.state)) return "new";
  if (report.source !== "recorded" || report.state !== "filed") return "bad";
  const kept = figuresOf(report);
  const same = [...recordedMoney, "activityCount" as const].every(
    (field) => (kept[field] ?? null) === (figures[field] ?? null),
  );
  return same ? "same" : "change";
}

/** What the dry run says of lines. */
export async function checkLines(
  tx: Tx,
  actor: Actor,
  today: string,
  lines: readonly RecordedLine[],
  house: Context["house"],
): Promise<RowVerdict[]> {
  return (await prepare(tx, actor, today, lines, house)).map(({ verdict, problems, warnings }) => ({
    verdict,
    problems,
    warnings,
  }));
}

/** What a line left behind, for undo: the version it wrote, and the state the report had before. */
export interface Recorded {
  readonly verdict: Prepared["verdict"];
  readonly problems: readonly RowRemark[];
  readonly organisationId?: string;
  readonly reportId?: string;
  readonly version?: number;
  readonly state?: ReportRow["state"];
  readonly before?: ReportRow["state"] | null;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
}

/** Records lines that passed; a sheet keeps one journal entry with the digest of its rows, a single line its own (补录): row, step, decisions, counters; a bad line is answered and nothing of it is written. */
export async function recordLines(ctx: Context, lines: readonly RecordedLine[]): Promise<Recorded[]> {
  const prepared = await prepare(ctx.tx, ctx.actor, ctx.today, lines, ctx.house);
  const created = await createMissing(ctx, prepared);
  const known = prepared.flatMap(({ report, verdict }) => (report && verdict !== "bad" ? [report.id] : []));
  const rows = new Map((await lockReports(ctx.tx, [...known, ...created.values()])).map((row) => [row.id, row]));
  const out: Recorded[] = [];
  const fresh = new Set<string>();
  for (const one of prepared) {
    const key = `${one.organisation?.id}|${one.line.year}`;
    const report = one.report ? rows.get(one.report.id) : rows.get(created.get(key) ?? "");
    const bare = { verdict: one.verdict, problems: one.problems, checks: one.checks, findings: [] };
    if (one.verdict === "bad" || !report || !one.background || fresh.has(key)) out.push(bare);
    else if (one.verdict === "same")
      out.push({
        ...bare,
        reportId: report.id,
        organisationId: report.organisation_id,
        version: report.version,
        state: report.state,
        before: report.state,
      });
    else out.push(await recordOne(ctx, one, report, one.background, created.has(key), lines.length === 1));
    fresh.add(key);
  }
  // What was owed is here, on paper: nobody is reminded of it any more.
  fulfilDuties(
    ctx,
    reportDuty,
    ctx.actor.home,
    out.flatMap(({ verdict, reportId }) => (verdict === "new" && reportId ? [reportId] : [])),
  );
  return out;
}

async function createMissing(ctx: Context, prepared: readonly Prepared[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const rows = prepared.flatMap(({ organisation, report, verdict, line }) => {
    const key = `${organisation?.id}|${line.year}`;
    if (verdict !== "new" || report || !organisation || ids.has(key)) return [];
    const id = ctx.newId();
    ids.set(key, id);
    return [
      {
        home_code: organisation.home_code,
        id,
        division_code: organisation.division_code,
        organisation_id: organisation.id,
        unit_id: organisation.unit_id,
        year: line.year,
        organisation_name: organisation.name,
        organisation_code: organisation.credit_code,
        sort_key: organisation.name_key,
        kind: organisation.kind,
        unit_due_on: null,
        due_on: literalDeadlines(organisation.kind, line.year).registry,
      },
    ];
  });
  await insertReports(ctx.tx, rows, ctx.now);
  bump(
    ctx,
    rows.flatMap((row) => moves({ ...row, kind: row.kind as ReportRow["kind"] }, null, "open")),
  );
  return ids;
}

async function recordOne(
  ctx: Context,
  one: Prepared,
  report: ReportRow,
  background: Background,
  isNew: boolean,
  alone: boolean,
): Promise<Recorded> {
  const about = { subject: report.id, home: report.home_code, division: report.division_code };
  const sums = decide(ctx, arithmetic, arithmeticFacts(one.figures, one.details, background), about);
  const ratio = decide(ctx, expenseRatio, ratioFacts(one.figures, background), about);
  const checks = checksOf(one.figures, one.details, { arithmetic: sums.decision, ratio: ratio.decision }).filter(
    (each) => each.item !== "missing" || each.field === "spendTotalFen",
  );
  const late = one.line.filedOn !== undefined && one.line.filedOn > report.due_on;
  const findings = findingsOf(one.figures, one.details, checks, background, {
    late,
    lateToUnit: false,
    dueOn: report.due_on,
    filedOn: one.line.filedOn ?? report.due_on,
  });
  const patch = {
    ...figureColumns(one.figures),
    details: one.details,
    source: "recorded",
    submitted_at: ctx.now,
    filed_on: one.line.filedOn ?? ctx.today,
    late,
    findings,
    finding_count: findings.length,
    arithmetic_decision_id: sums.id,
    ratio_decision_id: ratio.id,
  };
  const base = {
    verdict: one.verdict,
    problems: one.problems,
    organisationId: report.organisation_id,
    reportId: report.id,
    checks,
    findings,
  };
  if (one.verdict === "change") {
    await updateReport(ctx.tx, report, patch, ctx.now);
    if (alone) ctx.journal("inspection-record-changed", subjectOf(report), { year: report.year });
    return { ...base, version: report.version + 1, state: report.state, before: report.state };
  }
  const after = await act(ctx, report, "record", {
    patch,
    record: { decision: ratio.id, note: { recorded: true, findings: findings.map((each) => each.code) } },
  });
  if (alone)
    ctx.journal("inspection-report-recorded", subjectOf(after), { year: after.year, findings: findings.length });
  return { ...base, version: after.version, state: after.state, before: isNew ? null : report.state };
}

/** Takes recorded lines back: refused for a report that has been handled since. Answers null per line undone, or why not. */
export async function undoLines(
  ctx: Context,
  outcomes: readonly Recorded[],
): Promise<(null | { code: string; facts?: Record<string, unknown> })[]> {
  const ids = outcomes.flatMap((one) => one.reportId ?? []);
  const rows = new Map((await lockReports(ctx.tx, ids)).map((row) => [row.id, row]));
  const out: (null | { code: string; facts?: Record<string, unknown> })[] = [];
  for (const outcome of outcomes) {
    const report = rows.get(outcome.reportId ?? "");
    if (!report || outcome.verdict === "bad" || outcome.verdict === "same") {
      out.push(null);
      continue;
    }
    if (report.version !== outcome.version || outcome.verdict === "change") {
      out.push({
        code: "annual-inspection/touched-since",
        facts: { name: report.organisation_name, year: report.year },
      });
      continue;
    }
    const empty = figureColumns({} as Figures);
    await act(ctx, report, "unrecord", {
      to: outcome.before ?? "not_owed",
      patch: {
        ...empty,
        details: {},
        submitted_at: null,
        filed_on: null,
        findings: [],
        finding_count: 0,
        arithmetic_decision_id: null,
        ratio_decision_id: null,
      },
      record: { note: { undone: true } },
    });
    if (outcome.before === "open" || outcome.before === "overdue")
      openDuties(ctx, [
        {
          kind: reportDuty,
          home: report.home_code,
          division: report.division_code,
          subject: report.id,
          label: report.organisation_name,
          organisation: report.organisation_id,
          unit: report.unit_id,
          link: `/annual-inspection/${report.id}`,
          due: report.due_on,
        },
      ]);
    ctx.journal("inspection-record-undone", subjectOf(report), { year: report.year });
    out.push(null);
  }
  return out;
}
