import { defineProcedure } from "../../kernel/procedure/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

const report = [cite(law.socialGroups2026, "28"), cite(law.serviceInstitutions, "23"), cite(law.foundations, "36")];
const concludeLaw = [
  cite(law.serviceInstitutionInspection, "7"),
  cite(law.foundationInspection, "6"),
  cite(law.socialGroupInspection, "7"),
];
const rectify = [cite(law.serviceInstitutionInspection, "9")];

/**
 * The way of one report (年检程序), handbook A1. It begins with its first act: a report nobody has touched is only a duty,
 * so that opening a year for the whole country writes one row and one duty each.
 */
export const reportProcedure = defineProcedure({
  id: "annual-inspection.report",
  version: "2026-01-01",
  states: [
    "open",
    "with_unit",
    "returned",
    "ready",
    "filed",
    "correcting",
    "passed",
    "basic",
    "failed",
    "rectifying",
    "rectification_overdue",
    "rectified",
    "overdue",
    "not_owed",
  ],
  final: ["passed", "rectified", "not_owed"],
  transitions: {
    "submit-to-unit": {
      from: ["", "open", "returned", "overdue"],
      to: "with_unit",
      who: ["organisation"],
      law: report,
      operation: "annual-inspection.submit-report",
    },
    submit: {
      from: ["", "open", "returned", "overdue"],
      to: "filed",
      who: ["organisation"],
      law: report,
      operation: "annual-inspection.submit-report",
    },
    consent: {
      from: ["with_unit"],
      to: "ready",
      who: ["supervisory-unit"],
      law: report,
      operation: "annual-inspection.unit-consent",
    },
    return: {
      from: ["with_unit"],
      to: "returned",
      who: ["supervisory-unit"],
      law: report,
      operation: "annual-inspection.unit-return",
    },
    file: {
      from: ["ready", "overdue"],
      to: "filed",
      who: ["organisation"],
      law: report,
      operation: "annual-inspection.file",
    },
    record: {
      from: ["", "open", "overdue", "not_owed"],
      to: "filed",
      who: ["registrar", "administrator"],
      law: report,
      operation: "annual-inspection.record-report",
    },
    unrecord: {
      from: ["filed"],
      to: "not_owed",
      who: ["registrar", "administrator"],
      law: [cite(law.houseRules, "reversal")],
      operation: "annual-inspection.record-report",
    },
    "request-correction": {
      from: ["filed"],
      to: "correcting",
      who: ["registrar"],
      law: [cite(law.licences, "32", "4")],
      operation: "annual-inspection.request-correction",
    },
    correct: {
      from: ["correcting"],
      to: "filed",
      who: ["organisation"],
      law: report,
      operation: "annual-inspection.submit-report",
    },
    conclude: {
      from: ["filed", "correcting"],
      to: "passed",
      who: ["decider"],
      law: concludeLaw,
      legalEffect: true,
      notBy: ["request-correction", "record"],
      operation: "annual-inspection.conclude",
    },
    "order-rectification": {
      from: ["basic", "failed"],
      to: "rectifying",
      who: ["decider"],
      law: rectify,
      legalEffect: true,
      operation: "annual-inspection.order-rectification",
    },
    "report-rectification": {
      from: ["rectifying", "rectification_overdue"],
      to: "rectifying",
      who: ["organisation"],
      law: rectify,
      operation: "annual-inspection.report-rectification",
    },
    "accept-rectification": {
      from: ["rectifying"],
      to: "rectified",
      who: ["registrar", "decider"],
      law: rectify,
      operation: "annual-inspection.accept-rectification",
    },
    "mark-overdue": {
      from: ["", "open", "returned", "ready"],
      to: "overdue",
      who: ["administrator", "registrar", "decider"],
      law: [cite(law.credit, "11", "1")],
      legalEffect: true,
      operation: "annual-inspection.mark-overdue",
    },
    "mark-rectification-overdue": {
      from: ["rectifying"],
      to: "rectification_overdue",
      who: ["administrator", "registrar", "decider"],
      law: [cite(law.credit, "11", "1")],
      legalEffect: true,
      operation: "annual-inspection.mark-overdue",
    },
    "revert-overdue": {
      from: ["overdue", "rectification_overdue"],
      to: "open",
      who: ["administrator", "decider"],
      law: [cite(law.houseRules, "reversal")],
      legalEffect: true,
      operation: "annual-inspection.revert-overdue-run",
    },
    exempt: {
      from: ["", "open", "returned", "ready", "overdue"],
      to: "not_owed",
      who: ["decider"],
      law: [cite(law.serviceInstitutionInspection, "3")],
      legalEffect: true,
      operation: "annual-inspection.exempt-report",
    },
  },
});
