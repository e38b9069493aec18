import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { checkFigures, getReport } from "../annual-inspection.contract.ts";
import { reportProcedure } from "../annual-inspection.procedure.ts";
import { conclusion } from "../annual-inspection.rules.ts";
import type { Conclusion, Finding } from "../annual-inspection.shapes.ts";
import { type Act, missingFor, reportMeant } from "./act.ts";
import { stepsOf } from "./annual-inspection.queries.ts";
import { figuresOf, lineOf, type ReportRow } from "./annual-inspection.row.ts";
import { judge, type Known, knownAbout } from "./background.ts";

const conclusionOf: Readonly<Record<string, Conclusion>> = { 合格: "passed", 基本合格: "basic", 不合格: "failed" };

/** What the conclusion rule says of problems found (建议结论); the decider may differ, with a reason. */
export function suggestion(
  ctx: Pick<Context, "today" | "house">,
  report: Pick<ReportRow, "kind" | "year" | "division_code">,
  findings: readonly Finding[],
): Conclusion {
  const decision = decideRule(conclusion, conclusionFacts(report, findings), {
    today: ctx.today,
    settings: (id, date) => ctx.house.settings.on(id, date, report.division_code),
    calendar: ctx.house.calendar(),
  });
  return conclusionOfText(decision.output.conclusion);
}

/** Facts of the conclusion rule. */
export function conclusionFacts(report: Pick<ReportRow, "kind" | "year">, findings: readonly Finding[]) {
  return {
    kind: report.kind,
    year: report.year,
    filed: true,
    issues: findings.map(({ code, severity }) => ({ code, severity })),
  };
}

/** The contract's word for a conclusion of the rule. */
export function conclusionOfText(text: string | null): Conclusion {
  const found = conclusionOf[text ?? ""];
  if (!found) throw new Error(`no conclusion for ${text}`);
  return found;
}

type Prefill = {
  field: string;
  value: number | string | boolean | null;
  source: "register" | "last-report" | "last-three-reports";
  year: number | null;
};

/** Values the form begins with, each with its source (预填). What is not known is not listed. */
function prefillOf(report: ReportRow, known: Known): Prefill[] {
  const { organisation, earlier, background } = known;
  const out: Prefill[] = [];
  const add = (
    field: string,
    value: Prefill["value"] | undefined,
    source: Prefill["source"],
    year: number | null = null,
  ) => {
    if (value !== null && value !== undefined) out.push({ field, value, source, year });
  };
  add("organisation.name", organisation.name, "register");
  add("organisation.code", organisation.credit_code, "register");
  add("organisation.kind", organisation.kind, "register");
  add("organisation.supervisoryUnit", organisation.unit_name, "register");
  add("organisation.domicile", organisation.domicile, "register");
  add("organisation.legalRepresentative", organisation.legal_representative, "register");
  add("organisation.scope", organisation.scope_text, "register");
  add("organisation.fundsFen", organisation.funds_fen, "register");
  add("organisation.charity", organisation.is_charity, "register");
  add("organisation.publicQualification", background.publicQualification, "register");
  add("organisation.grade", organisation.grade, "register");
  add("staffFullTime", organisation.employees, "register");
  add("partyMembers", organisation.party_members, "register");
  add(
    "partyOrganisation",
    organisation.party_organisation === "unknown" ? null : organisation.party_organisation,
    "register",
  );
  const last = earlier.find((one) => one.year === report.year - 1);
  if (last) {
    const before = figuresOf(last);
    add("assetsStartFen", before.assetsEndFen, "last-report", last.year);
    add("netAssetsStartFen", before.netAssetsEndFen, "last-report", last.year);
    add("lastYearIncomeFen", before.incomeTotalFen, "last-report", last.year);
  }
  const donations = background.earlierDonationsFen;
  if (donations.length === 3)
    add("donationAverageFen", Math.floor(donations.reduce((all, one) => all + one, 0) / 3), "last-three-reports");
  return out;
}

/** Every act of this actor's role that the report's state allows or nearly allows, with what is missing. */
async function actsOf(ctx: Context, report: ReportRow) {
  const out: { act: string; operation: string; missing: { code: string; facts?: Record<string, unknown> }[] }[] = [];
  for (const [name, transition] of Object.entries(reportProcedure.transitions)) {
    if (!transition.who.includes(ctx.actor.role as never) || !transition.from.includes(report.state as never)) continue;
    if (name === "record" || name === "unrecord") continue;
    // Of the two ways to submit only the one that fits the organisation is offered.
    if (name === "submit-to-unit" && report.unit_id === null) continue;
    if (name === "submit" && report.unit_id !== null) continue;
    const missing = await missingFor(ctx, report, name as Act);
    const foreign = ctx.actor.scope.kind === "staff" && ctx.actor.home !== report.home_code;
    out.push({
      act: name,
      operation: transition.operation,
      missing: foreign
        ? [{ code: "annual-inspection/not-your-register", facts: { home: report.home_code } }]
        : missing.map((one) => ({ code: one.code, facts: { ...one.facts } })),
    });
  }
  return out;
}

const instant = (at: Date | null) => at?.toISOString() ?? null;

const get = handle(getReport)(async (input, ctx) => {
  const report = await reportMeant(ctx, input);
  const known = await knownAbout(ctx, report);
  const figures = figuresOf(report);
  const last = known.earlier.find((one) => one.year === report.year - 1);
  const filed = report.filed_on !== null;
  return {
    ...lineOf(report),
    unitId: report.unit_id,
    submittedAt: instant(report.submitted_at),
    withUnitOn: report.with_unit_on,
    unitConsentOn: report.unit_consent_on,
    unitOpinion: report.unit_opinion,
    correctionUsed: report.correction_used,
    correctionDueOn: report.correction_due_on,
    correctionGaps: report.correction_gaps,
    rectificationDueOn: report.rectification_due_on,
    rectificationItems: report.rectification_items,
    rectificationReportedOn: report.rectification_reported_on,
    rectificationText: report.rectification_text,
    rectifiedOn: report.rectified_on,
    overdueOn: report.overdue_on,
    publishedOn: report.published_on,
    conclusionDocumentId: report.conclusion_document_id,
    rectificationDocumentId: report.rectification_document_id,
    source: report.source,
    figures,
    details: report.details,
    draft: report.draft,
    draftAt: instant(report.draft_at),
    findings: report.findings,
    checks: report.submitted_at ? judge(ctx, report, figures, report.details, known.background) : [],
    prefill: prefillOf(report, known),
    lastYear: last
      ? { year: last.year, figures: figuresOf(last), conclusion: last.conclusion, state: last.state }
      : null,
    acts: await actsOf(ctx as Context, report),
    steps: report.instance_id
      ? (await stepsOf(ctx.tx, report)).map((step) => ({
          transition: step.transition,
          from: step.from_state,
          to: step.to_state,
          at: step.at.toISOString(),
          actor: step.actor_label,
          law: step.law,
          documentId: step.document_id,
          decisionId: step.decision_id,
          note: step.note,
        }))
      : [],
    suggested:
      filed && report.conclusion === null && report.state !== "overdue"
        ? {
            conclusion: suggestion(ctx, report, report.findings),
            issues: report.findings.length,
            serious: report.findings.filter((one) => one.severity === "serious").length,
          }
        : null,
  };
});

const check = handle(checkFigures)(async (input, ctx) => {
  const report = await reportMeant(ctx, input);
  const { background } = await knownAbout(ctx, report);
  const checks = judge(ctx, report, input.figures, input.details ?? {}, background);
  return { checks, blocking: checks.filter((one) => one.blocking).length };
});

export const getReportHandlers = [get, check];
