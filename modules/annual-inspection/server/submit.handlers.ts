import { addDays } from "../../../kernel/clock/date.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { arithmeticFacts, type Background, checksOf, findingsOf, ratioFacts } from "../annual-inspection.checks.ts";
import { fileReport, saveDraft, submitReport, unitConsent, unitReturn } from "../annual-inspection.contract.ts";
import type { Check, Details, Figures, Finding } from "../annual-inspection.shapes.ts";
import { arithmetic } from "../arithmetic.rules.ts";
import { expenseRatio } from "../expense-ratio.rules.ts";
import { act, acted, reportToChange, subjectOf } from "./act.ts";
import { concludeDuty, correctDuty, reportDuty, unitDuty } from "./annual-inspection.duties.ts";
import { figureColumns, figuresOf, type ReportRow } from "./annual-inspection.row.ts";
import { filesPresent, updateReport } from "./annual-inspection.store.ts";
import { knownAbout } from "./background.ts";
import { publishReport } from "./outcome.ts";

/** States in which the organisation may write. */
const editable = ["open", "returned", "overdue", "correcting"];

const draft = handle(saveDraft)(async (input, ctx) => {
  const report = await reportToChange(ctx, input);
  if (!editable.includes(report.state)) return ctx.fail("annual-inspection/not-editable", { state: report.state });
  const kept = { figures: input.figures, details: input.details ?? {} };
  await updateReport(ctx.tx, report, { draft: kept, draft_at: ctx.now }, ctx.now);
  ctx.journal("inspection-draft-saved", subjectOf(report), { year: report.year });
  return { reportId: report.id, savedAt: ctx.now.toISOString() };
});

/** Both rules over the figures, kept as decisions, with the findings they lead to. */
function judgeAndKeep(
  ctx: Context,
  report: ReportRow,
  figures: Figures,
  details: Details,
  background: Background,
  filedOn: string | null,
) {
  const about = { subject: report.id, home: report.home_code, division: report.division_code };
  const sums = decide(ctx, arithmetic, arithmeticFacts(figures, details, background), about);
  const ratio = decide(ctx, expenseRatio, ratioFacts(figures, background), about);
  const checks = checksOf(figures, details, { arithmetic: sums.decision, ratio: ratio.decision });
  const findings = findingsOf(figures, details, checks, background, {
    late: filedOn !== null && filedOn > report.due_on,
    lateToUnit: report.unit_due_on !== null && (report.with_unit_on ?? filedOn ?? "") > report.unit_due_on,
    dueOn: report.due_on,
    filedOn: filedOn ?? report.due_on,
  });
  return { checks, findings, arithmeticId: sums.id, ratioId: ratio.id };
}

const submit = handle(submitReport)(async (input, ctx) => {
  const locked = await reportToChange(ctx, input);
  const { figures } = input;
  const details = input.details ?? {};
  const { organisation, background } = await knownAbout(ctx, locked);
  // The unit that looks after the organisation now, when the report begins its way.
  const report = locked.instance_id === null ? { ...locked, unit_id: organisation.unit_id } : locked;
  const name = report.state === "correcting" ? "correct" : report.unit_id === null ? "submit" : "submit-to-unit";
  const toRegistrar = name !== "submit-to-unit";
  const kept = { ...report, with_unit_on: toRegistrar ? report.with_unit_on : ctx.today };
  // A correction does not make a report late: the day it first reached the registrar counts.
  const filedOn = toRegistrar ? (report.filed_on ?? ctx.today) : null;
  const judged = judgeAndKeep(ctx as Context, kept, figures, details, background, filedOn);
  refuseBlocked(judged.checks);
  const files = [...new Set((details.attachments ?? []).map((one) => one.fileId))];
  if (files.length > 0 && (await filesPresent(ctx.tx, files)) !== files.length)
    return ctx.fail("annual-inspection/attachment-not-found", { files: files.length });
  const late = filedOn !== null && filedOn > report.due_on;
  const after = await act(ctx as Context, report, name, {
    patch: {
      ...figureColumns(figures),
      details,
      draft: null,
      draft_at: null,
      submitted_at: ctx.now,
      unit_id: report.unit_id,
      with_unit_on: kept.with_unit_on,
      filed_on: filedOn,
      late,
      findings: judged.findings,
      finding_count: judged.findings.length,
      arithmetic_decision_id: judged.arithmeticId,
      ratio_decision_id: judged.ratioId,
    },
    record: { decision: judged.ratioId, note: { late, findings: judged.findings.map((one) => one.code) } },
  });
  if (report.overdue_on !== null) await publishReport(ctx as Context, after);
  if (toRegistrar) reachedRegistrar(ctx as Context, after, name === "correct");
  else openUnitDuty(ctx as Context, after);
  ctx.journal(toRegistrar ? "inspection-report-filed" : "inspection-report-sent-to-unit", subjectOf(after), {
    year: after.year,
    late,
  });
  return {
    ...acted(after),
    to: toRegistrar ? ("registrar" as const) : ("supervisory-unit" as const),
    late,
    checks: judged.checks,
    findings: judged.findings,
  };

  function refuseBlocked(checks: readonly Check[]) {
    const missing = checks.filter((one) => one.item === "missing").map((one) => one.field);
    if (missing.length > 0) ctx.fail("annual-inspection/figures-missing", { fields: missing });
    const against = checks.filter((one) => one.blocking);
    if (against.length > 0)
      ctx.fail("annual-inspection/figures-contradict", {
        problems: against.map(({ item, field, amountFen, limitFen }) => ({
          item,
          field,
          foundFen: amountFen,
          expectedFen: limitFen,
        })),
      });
  }
});

/** The duty to report is done, the duty to conclude begins. */
export function reachedRegistrar(ctx: Context, report: ReportRow, again: boolean): void {
  fulfilDuty(ctx, again ? correctDuty : reportDuty, report.home_code, report.id);
  if (again) return;
  const days = Number(ctx.house.settings.on("annual.conclude-days", ctx.today, report.division_code));
  openDuties(ctx, [
    {
      kind: concludeDuty,
      home: report.home_code,
      division: report.division_code,
      subject: report.id,
      label: report.organisation_name,
      organisation: report.organisation_id,
      link: `/annual-inspection/${report.id}`,
      due: addDays(ctx.today, days),
    },
  ]);
}

function openUnitDuty(ctx: Context, report: ReportRow): void {
  const days = Number(ctx.house.settings.on("annual.unit-review-days", ctx.today, report.division_code));
  const last = addDays(ctx.today, days);
  openDuties(ctx, [
    {
      kind: unitDuty,
      home: report.home_code,
      division: report.division_code,
      subject: report.id,
      label: report.organisation_name,
      organisation: report.organisation_id,
      unit: report.unit_id,
      link: `/annual-inspection/${report.id}`,
      // The organisation must still be able to file in time.
      due: last < report.due_on || ctx.today >= report.due_on ? last : report.due_on,
    },
  ]);
}

/** Files what the unit has agreed to; lateness is judged on the day it reaches the registrar. */
const file = handle(fileReport)(async (input, ctx) => {
  const report = await reportToChange(ctx, input);
  const late = ctx.today > report.due_on;
  const findings: Finding[] = [
    ...report.findings.filter((one) => one.code !== "late"),
    ...(late
      ? [{ code: "late", severity: "minor" as const, facts: { dueOn: report.due_on, filedOn: ctx.today } }]
      : []),
  ];
  const after = await act(ctx as Context, report, "file", {
    patch: { filed_on: ctx.today, late, findings, finding_count: findings.length },
    record: { note: { late } },
  });
  if (report.overdue_on !== null) await publishReport(ctx as Context, after);
  reachedRegistrar(ctx as Context, after, false);
  ctx.journal("inspection-report-filed", subjectOf(after), { year: after.year, late });
  return { ...acted(after), late };
});

const consent = handle(unitConsent)(async (input, ctx) => {
  const report = await reportToChange(ctx, input);
  const after = await act(ctx as Context, report, "consent", {
    patch: { unit_consent_on: ctx.today, unit_opinion: input.opinion },
  });
  fulfilDuty(ctx as Context, unitDuty, report.home_code, report.id);
  ctx.journal("inspection-report-agreed-by-unit", subjectOf(after), { year: after.year });
  return acted(after);
});

const returned = handle(unitReturn)(async (input, ctx) => {
  const report = await reportToChange(ctx, input);
  const figures = figuresOf(report);
  const after = await act(ctx as Context, report, "return", {
    // What was sent becomes the draft again, so that nothing is typed twice.
    patch: {
      unit_opinion: input.reason,
      unit_consent_on: null,
      draft: { figures, details: report.details },
      draft_at: ctx.now,
    },
    record: { note: { reason: input.reason } },
  });
  fulfilDuty(ctx as Context, unitDuty, report.home_code, report.id);
  ctx.journal("inspection-report-returned-by-unit", subjectOf(after), { year: after.year });
  return acted(after);
});

export const submitHandlers = [draft, submit, file, consent, returned];
