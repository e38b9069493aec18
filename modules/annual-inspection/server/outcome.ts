import { addDays } from "../../../kernel/clock/date.ts";
import { authorityOf, issueDocument } from "../../../kernel/document/issue.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { publish } from "../../../kernel/publication/publication.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { loadOrganisation, searchTokens, setInspection } from "../../organisations/server/index.ts";
import { conclusion as conclusionRule } from "../annual-inspection.rules.ts";
import type { Conclusion, Finding } from "../annual-inspection.shapes.ts";
import { act, subjectOf } from "./act.ts";
import { concludeDuty, correctDuty, orderDuty } from "./annual-inspection.duties.ts";
import { conclusionItem, foundationReportItem } from "./annual-inspection.publication.ts";
import type { ReportRow } from "./annual-inspection.row.ts";
import { loadReport } from "./annual-inspection.store.ts";
import { conclusionNotice } from "./annual-inspection.templates.ts";
import { conclusionFacts, conclusionOfText } from "./get-report.handlers.ts";

/** The summary that stands on the organisation's own record and public page; an older year never replaces a newer one. */
export async function tellRegister(
  ctx: Context,
  report: ReportRow,
  conclusion: Conclusion | "missed" | null,
): Promise<void> {
  const organisation = await loadOrganisation(ctx.tx, report.organisation_id);
  if (!organisation) return;
  await setInspection(ctx, organisation, { year: report.year, conclusion });
}

/** Publishes where a report stands (公示): conclusion or lateness; a foundation's passed report with its figures, art. 38. */
export async function publishReport(
  ctx: Context,
  report: ReportRow,
  verificationCode: string | null = null,
): Promise<void> {
  const tokens = searchTokens({ name: report.organisation_name, credit_code: report.organisation_code });
  publish(ctx, [conclusionItem(report, tokens, verificationCode)]);
  if (report.kind === "foundation" && report.conclusion === "passed") {
    const whole = await loadReport(ctx.tx, report.id);
    if (whole) publish(ctx, [foundationReportItem(whole, tokens)]);
  }
}

/** Where to object against an act of this report's registrar. */
export async function remedyOf(ctx: Context, report: ReportRow): Promise<{ reconsideration: string; court: string }> {
  const { reconsideration, court } = await authorityOf(ctx.tx, report.home_code);
  return { reconsideration, court };
}

export interface Concluding {
  readonly conclusion: Conclusion;
  /** Problems a person found beside the rules'. */
  readonly issues: readonly { readonly text: string; readonly severity: "minor" | "serious" }[];
  readonly reason?: string | undefined;
}

/** All problems that a conclusion weighs. */
export function weighed(report: ReportRow, issues: Concluding["issues"]): Finding[] {
  return [
    ...report.findings,
    ...issues.map((one): Finding => ({ code: "person", severity: one.severity, text: one.text })),
  ];
}

/** What the conclusion rule says, kept as a decision. */
export function suggest(
  ctx: Context,
  report: ReportRow,
  findings: readonly Finding[],
): { id: string; conclusion: Conclusion } {
  const { id, decision } = decide(ctx, conclusionRule, conclusionFacts(report, findings), {
    subject: report.id,
    home: report.home_code,
    division: report.division_code,
  });
  return { id, conclusion: conclusionOfText(decision.output.conclusion) };
}

/** Concludes one report (作出结论): step, notice, register, publication, duties. The caller has weighed the conclusion. */
export async function concludeReport(
  ctx: Context,
  report: ReportRow,
  given: Concluding,
  findings: Finding[],
  decisionId: string,
): Promise<{ report: ReportRow; documentId: string }> {
  const document = await issueDocument(ctx, {
    template: [conclusionNotice],
    home: report.home_code,
    division: report.division_code,
    organisation: report.organisation_id,
    unit: report.unit_id,
    facts: {
      name: report.organisation_name,
      kind: report.kind,
      year: report.year,
      conclusion: given.conclusion,
      findings,
      reason: given.reason ?? null,
      rectifyMonths:
        given.conclusion === "passed"
          ? null
          : Number(ctx.house.settings.on("annual.rectification-months", ctx.today, report.division_code)),
      remedy: given.conclusion === "passed" ? null : await remedyOf(ctx, report),
    },
    public: true,
  });
  const after = await act(ctx, report, "conclude", {
    to: given.conclusion,
    patch: {
      conclusion: given.conclusion,
      concluded_on: ctx.today,
      concluded_by: ctx.actor.accountId,
      conclusion_document_id: document.id,
      findings,
      finding_count: findings.length,
      published_on: ctx.today,
    },
    record: {
      document: document.id,
      decision: decisionId,
      note: {
        conclusion: given.conclusion,
        issues: findings.length,
        ...(given.reason ? { reason: given.reason } : {}),
      },
    },
  });
  await tellRegister(ctx, after, given.conclusion);
  await publishReport(ctx, after, document.verificationCode);
  fulfilDuty(ctx, concludeDuty, report.home_code, report.id);
  fulfilDuty(ctx, correctDuty, report.home_code, report.id);
  if (given.conclusion !== "passed") {
    openDuties(ctx, [
      {
        kind: orderDuty,
        home: report.home_code,
        division: report.division_code,
        subject: report.id,
        label: report.organisation_name,
        organisation: report.organisation_id,
        link: `/annual-inspection/${report.id}`,
        due: addDays(ctx.today, 10),
      },
    ]);
  }
  ctx.journal("inspection-concluded", subjectOf(after), { year: after.year, conclusion: given.conclusion });
  return { report: after, documentId: document.id };
}
