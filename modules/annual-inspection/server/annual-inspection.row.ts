import type { Conclusion, Details, Figures, Finding, MoneyField, State } from "../annual-inspection.shapes.ts";
import { moneyFields } from "../annual-inspection.shapes.ts";

/** A row of table `inspection_report` (年度工作报告) without its money columns, which `figuresOf` reads. */
export interface ReportRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string;
  readonly unit_id: string | null;
  readonly year: number;
  readonly organisation_name: string;
  readonly organisation_code: string | null;
  readonly sort_key: string;
  readonly kind: "social_group" | "social_service_institution" | "foundation";
  readonly state: State;
  readonly source: "opened" | "recorded";
  readonly unit_due_on: string | null;
  readonly due_on: string;
  readonly instance_id: string | null;
  readonly activity_count: number | null;
  readonly staff_full_time: number | null;
  readonly staff_part_time: number | null;
  readonly party_organisation: "established" | "joint" | "none" | null;
  readonly party_members: number | null;
  readonly foreign_contacts: string | null;
  readonly details: Details;
  readonly draft: { figures: Partial<Figures>; details: Partial<Details> } | null;
  readonly draft_at: Date | null;
  readonly with_unit_on: string | null;
  readonly unit_consent_on: string | null;
  readonly unit_opinion: string | null;
  readonly submitted_at: Date | null;
  readonly filed_on: string | null;
  readonly late: boolean;
  readonly findings: Finding[];
  readonly finding_count: number;
  readonly ratio_decision_id: string | null;
  readonly arithmetic_decision_id: string | null;
  readonly correction_used: boolean;
  readonly correction_due_on: string | null;
  readonly correction_gaps: string[] | null;
  readonly conclusion: Conclusion | null;
  readonly concluded_on: string | null;
  readonly concluded_by: string | null;
  readonly conclusion_document_id: string | null;
  readonly rectification_due_on: string | null;
  readonly rectification_items: string[] | null;
  readonly rectification_document_id: string | null;
  readonly rectification_reported_on: string | null;
  readonly rectification_text: string | null;
  readonly rectified_on: string | null;
  readonly overdue_on: string | null;
  readonly overdue_from: string | null;
  readonly overdue_run_id: string | null;
  readonly published_on: string | null;
  readonly version: number;
  readonly updated_at: Date;
}

/** The column of a money field: donationIncomeFen → donation_income_fen. */
export function columnOf(field: MoneyField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The figures of a report as its contract shows them (报告数据), empty ones as null. */
export function figuresOf(row: ReportRow): Figures {
  const cells = row as unknown as Record<string, number | null>;
  return {
    ...(Object.fromEntries(moneyFields.map((field) => [field, cells[columnOf(field)] ?? null])) as Record<
      MoneyField,
      number | null
    >),
    activityCount: row.activity_count,
    staffFullTime: row.staff_full_time,
    staffPartTime: row.staff_part_time,
    partyOrganisation: row.party_organisation,
    partyMembers: row.party_members,
    foreignContacts: row.foreign_contacts,
  };
}

/** Figures as columns, ready for an update; what is absent becomes null. */
export function figureColumns(figures: Figures): Record<string, unknown> {
  return {
    ...Object.fromEntries(moneyFields.map((field) => [columnOf(field), figures[field] ?? null])),
    activity_count: figures.activityCount ?? null,
    staff_full_time: figures.staffFullTime ?? null,
    staff_part_time: figures.staffPartTime ?? null,
    party_organisation: figures.partyOrganisation ?? null,
    party_members: figures.partyMembers ?? null,
    foreign_contacts: figures.foreignContacts ?? null,
  };
}

/** One line of a list, as the contract shows it. */
export function lineOf(row: ReportRow) {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    name: row.organisation_name,
    code: row.organisation_code,
    kind: row.kind,
    division: row.division_code,
    year: row.year,
    state: row.state,
    dueOn: row.due_on,
    unitDueOn: row.unit_due_on,
    filedOn: row.filed_on,
    late: row.late,
    findingCount: row.finding_count,
    conclusion: row.conclusion,
    concludedOn: row.concluded_on,
    version: row.version,
  };
}

/** Columns a list needs; the figures and texts of a report stay where they are. */
export const lineColumns =
  "home_code, id, division_code, organisation_id, unit_id, year, organisation_name, organisation_code, sort_key, kind, state, source, unit_due_on, due_on, instance_id, " +
  "with_unit_on, unit_consent_on, filed_on, late, finding_count, correction_used, conclusion, concluded_on, concluded_by, rectification_due_on, " +
  "rectification_reported_on, overdue_on, overdue_from, overdue_run_id, published_on, version, updated_at";
