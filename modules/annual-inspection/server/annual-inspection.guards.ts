import type { Guard, Missing } from "../../../kernel/procedure/procedure.ts";
import { reportProcedure } from "../annual-inspection.procedure.ts";
import type { ReportRow } from "./annual-inspection.row.ts";
import { loadReport } from "./annual-inspection.store.ts";

type ReportGuard = (report: ReportRow, given: Parameters<Guard>[0]) => Promise<Missing[]>;

const missing = (code: string, facts: Missing["facts"] = {}): Missing[] => [
  { code: `annual-inspection/${code}`, facts },
];

/** Conditions of the acts (动作条件): what must exist before each may happen, looked up in the report itself. */
export const guards: Readonly<Partial<Record<keyof typeof reportProcedure.transitions, ReportGuard>>> = {
  "submit-to-unit": async (report) => (report.unit_id === null ? missing("no-supervisory-unit") : []),
  // A report the unit agreed to is filed, not sent again.
  submit: async (report) => (report.unit_id !== null ? missing("unit-goes-first") : []),
  file: async (report) => (report.unit_consent_on === null ? missing("consent-missing") : []),
  "request-correction": async (report) => (report.correction_used ? missing("correction-already-used") : []),
  conclude: async (report, { today }) =>
    report.state === "correcting" && (report.correction_due_on ?? "") >= today
      ? missing("correction-running", { dueOn: report.correction_due_on })
      : [],
  "order-rectification": async (report) => (report.conclusion === "passed" ? missing("nothing-to-rectify") : []),
  "accept-rectification": async (report) =>
    report.rectification_reported_on === null
      ? missing("rectification-report-missing", { dueOn: report.rectification_due_on })
      : [],
  "mark-overdue": async (report, { today }) =>
    report.due_on >= today ? missing("not-due-yet", { dueOn: report.due_on }) : [],
  "mark-rectification-overdue": async (report, { today }) => [
    ...((report.rectification_due_on ?? "9999-12-31") >= today
      ? missing("not-due-yet", { dueOn: report.rectification_due_on })
      : []),
    ...(report.rectification_reported_on !== null ? missing("rectification-reported") : []),
  ],
};

/** The same conditions for whoever only knows the procedure: the report is looked up from its instance. */
export const procedureGuards: Readonly<Record<string, Guard>> = Object.fromEntries(
  Object.entries(guards).map(([act, guard]) => [
    `${reportProcedure.id}/${act}`,
    async (given: Parameters<Guard>[0]) => {
      const report = await loadReport(given.tx, given.instance.subject_id);
      return report ? guard(report, given) : [{ code: "annual-inspection/report-not-found" }];
    },
  ]),
);
