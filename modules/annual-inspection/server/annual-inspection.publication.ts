import { defineCollection } from "../../../kernel/publication/define.ts";
import type { Publish } from "../../../kernel/publication/publication.ts";
import { spendFields } from "../annual-inspection.shapes.ts";
import { figuresOf, type ReportRow } from "./annual-inspection.row.ts";

/** Conclusions of the annual inspection and reports not handed in (年检结论公示): organisations only, no person in it. */
export const conclusionCollection = defineCollection({
  id: "annual-inspection.conclusion",
  searchable: true,
  fields: [
    { field: "year", type: "integer" },
    { field: "name", type: "text" },
    { field: "code", type: "code" },
    { field: "kind", type: "code" },
    { field: "state", type: "code" },
    { field: "conclusion", type: "code" },
    { field: "concludedOn", type: "date" },
    { field: "overdueOn", type: "date" },
    { field: "filedOn", type: "date" },
    { field: "late", type: "boolean" },
    { field: "rectifiedOn", type: "date" },
    { field: "division", type: "code" },
    { field: "verificationCode", type: "code" },
  ],
});

/** Reports of foundations that passed, published by art. 38 of the regulation (基金会年度工作报告公开). */
export const foundationReportCollection = defineCollection({
  id: "annual-inspection.foundation-report",
  searchable: true,
  fields: [
    { field: "year", type: "integer" },
    { field: "name", type: "text" },
    { field: "code", type: "code" },
    { field: "concludedOn", type: "date" },
    { field: "incomeTotalFen", type: "fen" },
    { field: "donationIncomeFen", type: "fen" },
    { field: "cashDonationsFen", type: "fen" },
    { field: "inKindDonationsFen", type: "fen" },
    { field: "spendTotalFen", type: "fen" },
    ...spendFields.map((field) => ({ field, type: "fen" as const })),
    { field: "assetsEndFen", type: "fen" },
    { field: "netAssetsEndFen", type: "fen" },
    { field: "activityCount", type: "integer" },
    { field: "staffFullTime", type: "integer" },
  ],
});

export const collections = [conclusionCollection, foundationReportCollection] as const;

/** The key of a published report: code or id of the organisation, and the year. */
export function publicKey(report: Pick<ReportRow, "organisation_code" | "organisation_id" | "year">): string {
  return `${report.organisation_code ?? report.organisation_id}-${report.year}`;
}

/** What the public may see of where a report stands. */
export function conclusionItem(
  report: ReportRow,
  tokens: readonly string[],
  verificationCode: string | null = null,
): Publish {
  return {
    collection: conclusionCollection,
    key: publicKey(report),
    subject: report.organisation_id,
    division: report.division_code,
    title: report.organisation_name,
    sortKey: report.sort_key,
    tokens,
    body: {
      year: report.year,
      name: report.organisation_name,
      code: report.organisation_code,
      kind: report.kind,
      state: report.state,
      conclusion: report.conclusion,
      concludedOn: report.concluded_on,
      overdueOn: report.overdue_on,
      filedOn: report.filed_on,
      late: report.late,
      rectifiedOn: report.rectified_on,
      division: report.division_code,
      verificationCode,
    },
  };
}

/** The published report of a foundation that passed. */
export function foundationReportItem(report: ReportRow, tokens: readonly string[]): Publish {
  return {
    collection: foundationReportCollection,
    key: publicKey(report),
    subject: report.organisation_id,
    division: report.division_code,
    title: report.organisation_name,
    sortKey: report.sort_key,
    tokens,
    body: {
      ...figuresOf(report),
      year: report.year,
      name: report.organisation_name,
      code: report.organisation_code,
      concludedOn: report.concluded_on,
    },
  };
}
