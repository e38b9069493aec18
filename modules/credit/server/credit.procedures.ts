import { defineProcedure } from "../../../kernel/procedure/define.ts";
import { cite, law } from "../../../kernel/regulations/law.rules.ts";

const notice = [cite(law.credit, "10")];
const onTheList = ["listed", "removal-applied", "removal-verified"] as const;

/**
 * One ground against one organisation (名录列入与移出程序), appendices A4 and A5 as one kind for both lists:
 * proposal → notice → statement → decision → clocks → removal. Nothing leads to `listed` but `decide`, whose guard names
 * every missing step; `record-existing` is the door of registers kept before this system.
 */
export const listingProcedure = defineProcedure({
  id: "credit.listing",
  version: "2018-01-24",
  states: [
    "proposed",
    "noticed",
    "stated",
    "answered",
    "listed",
    "removal-applied",
    "removal-verified",
    "closed",
    "joined",
    "removed",
    "moved",
    "withdrawn",
  ],
  final: ["closed", "joined", "removed", "moved", "withdrawn"],
  transitions: {
    propose: {
      from: [""],
      to: "proposed",
      who: ["registrar"],
      law: [cite(law.credit, "11"), cite(law.credit, "15")],
      operation: "credit.propose-listing",
    },
    "issue-notice": {
      from: ["proposed"],
      to: "proposed",
      who: ["registrar"],
      law: notice,
      operation: "credit.issue-notice",
    },
    "serve-notice": {
      from: ["proposed"],
      to: "noticed",
      who: ["registrar"],
      law: notice,
      legalEffect: true,
      operation: "credit.serve-notice",
    },
    "record-statement": {
      from: ["noticed", "answered", "stated"],
      to: "stated",
      who: ["organisation", "registrar"],
      law: notice,
      operation: "credit.record-statement",
    },
    "accept-statement": {
      from: ["stated"],
      to: "closed",
      who: ["registrar"],
      law: notice,
      operation: "credit.answer-statement",
    },
    "reject-statement": {
      from: ["stated"],
      to: "answered",
      who: ["registrar"],
      law: notice,
      operation: "credit.answer-statement",
    },
    dismiss: {
      from: ["proposed", "noticed", "answered"],
      to: "closed",
      who: ["registrar"],
      law: notice,
      operation: "credit.dismiss-proposal",
    },
    "revert-run": {
      from: ["proposed"],
      to: "closed",
      who: ["registrar", "decider"],
      law: [cite(law.houseRules, "automatic-runs")],
      operation: "credit.revert-run",
    },
    decide: {
      from: ["noticed", "answered"],
      to: "listed",
      who: ["decider"],
      law: [cite(law.credit, "10"), cite(law.credit, "11"), cite(law.credit, "15")],
      legalEffect: true,
      notBy: ["propose", "issue-notice", "serve-notice", "reject-statement"],
      operation: "credit.decide-listing",
    },
    join: {
      from: ["noticed", "answered"],
      to: "joined",
      who: ["decider"],
      law: [cite(law.credit, "13")],
      legalEffect: true,
      notBy: ["propose", "issue-notice", "serve-notice", "reject-statement"],
      operation: "credit.decide-listing",
    },
    "restart-clock": {
      from: onTheList,
      to: "listed",
      who: ["decider"],
      law: [cite(law.credit, "13")],
      operation: "credit.decide-listing",
    },
    "record-existing": {
      from: [""],
      to: "listed",
      who: ["registrar"],
      law: [cite(law.houseRules, "legacy-register")],
      operation: "credit.record-existing-listing",
    },
    "undo-import": {
      from: ["listed"],
      to: "withdrawn",
      who: ["registrar"],
      law: [cite(law.houseRules, "legacy-register")],
      operation: "credit.record-existing-listing",
    },
    "apply-removal": {
      from: ["listed"],
      to: "removal-applied",
      who: ["organisation", "registrar"],
      law: [cite(law.credit, "14")],
      operation: "credit.apply-removal",
    },
    "reject-removal": {
      from: ["removal-applied"],
      to: "listed",
      who: ["registrar"],
      law: [cite(law.credit, "14")],
      operation: "credit.verify-removal",
    },
    "verify-removal": {
      from: ["removal-applied"],
      to: "removal-verified",
      who: ["registrar"],
      law: [cite(law.credit, "14")],
      operation: "credit.verify-removal",
    },
    "propose-removal": {
      from: ["listed"],
      to: "removal-verified",
      who: ["registrar"],
      law: [cite(law.credit, "14")],
      operation: "credit.continue-run",
    },
    "take-back-removal": {
      from: ["removal-verified"],
      to: "listed",
      who: ["registrar", "decider"],
      law: [cite(law.houseRules, "automatic-runs")],
      operation: "credit.revert-run",
    },
    remove: {
      from: ["listed", "removal-verified"],
      to: "removed",
      who: ["decider"],
      law: [cite(law.credit, "14"), cite(law.credit, "17")],
      legalEffect: true,
      notBy: ["apply-removal", "verify-removal", "propose-removal"],
      operation: "credit.remove-listing",
    },
    move: {
      from: onTheList,
      to: "moved",
      who: ["decider"],
      law: [cite(law.credit, "15", "1")],
      legalEffect: true,
      operation: "credit.decide-listing",
    },
    correct: {
      from: onTheList,
      to: "listed",
      who: ["registrar"],
      law: [cite(law.credit, "18")],
      legalEffect: true,
      operation: "credit.answer-objection",
    },
    withdraw: {
      from: onTheList,
      to: "withdrawn",
      who: ["decider"],
      law: [cite(law.credit, "18")],
      legalEffect: true,
      operation: "credit.withdraw-listing",
    },
  },
});

export const procedures = [listingProcedure] as const;
