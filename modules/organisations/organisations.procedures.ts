import type { Role } from "../../kernel/operation/define.ts";
import { defineProcedure } from "../../kernel/procedure/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

/** Articles that the procedures of registration stand on (程序依据). */
const licence32 = cite(law.licences, "32");
const decide = [cite(law.socialGroups2026, "12"), cite(law.serviceInstitutions, "11"), cite(law.foundations, "11")];
const refuse = [
  cite(law.socialGroups2026, "13"),
  cite(law.serviceInstitutions, "11"),
  cite(law.foundations, "11"),
  cite(law.licences, "38"),
];
const consent = [cite(law.socialGroups2026, "9"), cite(law.serviceInstitutions, "5"), cite(law.foundations, "9")];
const changed = [cite(law.socialGroups2026, "18"), cite(law.serviceInstitutions, "15"), cite(law.foundations, "15")];
const ended = [
  cite(law.socialGroups2026, "19"),
  cite(law.socialGroups2026, "21"),
  cite(law.serviceInstitutions, "16"),
  cite(law.foundations, "16"),
];
const liquidated = [cite(law.socialGroups2026, "20"), cite(law.serviceInstitutions, "16"), cite(law.foundations, "18")];

const handlers: readonly Role[] = ["registrar"];
const deciders: readonly Role[] = ["decider"];
const applicants: readonly Role[] = ["registrar", "organisation"];
const consenters: readonly Role[] = ["supervisory-unit", "registrar"];

/** Setting up (成立登记): from the draft to the certificate. Handling and deciding are different hands. */
export const registration = defineProcedure({
  id: "organisations.registration",
  version: "2026-03-12",
  states: [
    "draft",
    "with-unit",
    "returned",
    "submitted",
    "correcting",
    "accepted",
    "registered",
    "refused",
    "withdrawn",
  ],
  final: ["registered", "refused", "withdrawn"],
  transitions: {
    draft: {
      from: [""],
      to: "draft",
      who: handlers,
      law: [cite(law.socialGroups2026, "11")],
      operation: "organisations.draft-registration",
    },
    "send-to-unit": {
      from: ["draft", "returned"],
      to: "with-unit",
      who: applicants,
      law: consent,
      operation: "organisations.submit-application",
    },
    submit: {
      from: ["draft"],
      to: "submitted",
      who: applicants,
      law: decide,
      operation: "organisations.submit-application",
    },
    "unit-consents": {
      from: ["with-unit"],
      to: "submitted",
      who: consenters,
      law: consent,
      legalEffect: true,
      operation: "organisations.give-consent",
    },
    "unit-refuses": {
      from: ["with-unit"],
      to: "returned",
      who: consenters,
      law: consent,
      legalEffect: true,
      operation: "organisations.refuse-consent",
    },
    accept: {
      from: ["submitted"],
      to: "accepted",
      who: handlers,
      law: [licence32],
      legalEffect: true,
      operation: "organisations.accept-application",
    },
    "accept-by-silence": {
      from: ["submitted"],
      to: "accepted",
      who: [],
      law: [licence32],
      operation: "organisations.accept-by-silence",
    },
    "request-corrections": {
      from: ["submitted"],
      to: "correcting",
      who: handlers,
      law: [licence32],
      legalEffect: true,
      operation: "organisations.request-corrections",
    },
    resubmit: {
      from: ["correcting"],
      to: "submitted",
      who: applicants,
      law: [licence32],
      operation: "organisations.resubmit-application",
    },
    approve: {
      from: ["accepted"],
      to: "registered",
      who: deciders,
      law: decide,
      legalEffect: true,
      notBy: ["accept", "request-corrections"],
      operation: "organisations.approve-registration",
    },
    refuse: {
      from: ["accepted"],
      to: "refused",
      who: deciders,
      law: refuse,
      legalEffect: true,
      notBy: ["accept", "request-corrections"],
      operation: "organisations.refuse-application",
    },
    withdraw: {
      from: ["draft", "with-unit", "returned", "submitted", "correcting", "accepted"],
      to: "withdrawn",
      who: applicants,
      law: [cite(law.licences, "69")],
      operation: "organisations.withdraw-application",
    },
  },
});

/** Change of registered facts (变更登记): within 30 days of the supervisory unit's consent. */
export const change = defineProcedure({
  id: "organisations.change",
  version: "2026-03-12",
  states: ["with-unit", "returned", "submitted", "correcting", "accepted", "approved", "refused", "withdrawn"],
  final: ["approved", "refused", "withdrawn"],
  transitions: {
    apply: { from: [""], to: "with-unit", who: applicants, law: changed, operation: "organisations.apply-change" },
    "send-to-unit": {
      from: ["returned"],
      to: "with-unit",
      who: applicants,
      law: consent,
      operation: "organisations.submit-application",
    },
    "unit-consents": {
      from: ["with-unit"],
      to: "submitted",
      who: consenters,
      law: changed,
      legalEffect: true,
      operation: "organisations.give-consent",
    },
    "unit-refuses": {
      from: ["with-unit"],
      to: "returned",
      who: consenters,
      law: changed,
      legalEffect: true,
      operation: "organisations.refuse-consent",
    },
    accept: {
      from: ["submitted"],
      to: "accepted",
      who: handlers,
      law: [licence32],
      legalEffect: true,
      operation: "organisations.accept-application",
    },
    "accept-by-silence": {
      from: ["submitted"],
      to: "accepted",
      who: [],
      law: [licence32],
      operation: "organisations.accept-by-silence",
    },
    "request-corrections": {
      from: ["submitted"],
      to: "correcting",
      who: handlers,
      law: [licence32],
      legalEffect: true,
      operation: "organisations.request-corrections",
    },
    resubmit: {
      from: ["correcting"],
      to: "submitted",
      who: applicants,
      law: [licence32],
      operation: "organisations.resubmit-application",
    },
    approve: {
      from: ["accepted"],
      to: "approved",
      who: deciders,
      law: changed,
      legalEffect: true,
      notBy: ["accept", "request-corrections"],
      operation: "organisations.approve-change",
    },
    refuse: {
      from: ["accepted"],
      to: "refused",
      who: deciders,
      law: refuse,
      legalEffect: true,
      notBy: ["accept", "request-corrections"],
      operation: "organisations.refuse-application",
    },
    withdraw: {
      from: ["with-unit", "returned", "submitted", "correcting", "accepted"],
      to: "withdrawn",
      who: applicants,
      law: [cite(law.licences, "69")],
      operation: "organisations.withdraw-application",
    },
  },
});

/**
 * Ending (注销登记): liquidation, then deregistration within 15 days after it. Since 2026-03-12 the supervisory unit or the
 * sector department may demand merger or termination of a social group, and the registrar may process it without the
 * body's own application.
 */
export const deregistration = defineProcedure({
  id: "organisations.deregistration",
  version: "2026-03-12",
  states: [
    "demanded",
    "declined",
    "liquidating",
    "with-unit",
    "returned",
    "submitted",
    "correcting",
    "accepted",
    "deregistered",
    "abandoned",
  ],
  final: ["declined", "deregistered", "abandoned"],
  transitions: {
    demand: {
      from: [""],
      to: "demanded",
      who: consenters,
      law: [cite(law.socialGroups2026, "19", "2")],
      legalEffect: true,
      operation: "organisations.demand-termination",
    },
    "agree-demand": {
      from: ["demanded"],
      to: "liquidating",
      who: deciders,
      law: [cite(law.socialGroups2026, "21", "3")],
      legalEffect: true,
      notBy: ["demand"],
      operation: "organisations.review-demand",
    },
    "decline-demand": {
      from: ["demanded"],
      to: "declined",
      who: deciders,
      law: [cite(law.socialGroups2026, "21", "3")],
      notBy: ["demand"],
      operation: "organisations.review-demand",
    },
    "begin-liquidation": {
      from: [""],
      to: "liquidating",
      who: applicants,
      law: liquidated,
      legalEffect: true,
      operation: "organisations.begin-liquidation",
    },
    apply: {
      from: ["liquidating", "returned"],
      to: "with-unit",
      who: applicants,
      law: ended,
      operation: "organisations.apply-deregistration",
    },
    "unit-consents": {
      from: ["with-unit"],
      to: "submitted",
      who: consenters,
      law: ended,
      legalEffect: true,
      operation: "organisations.give-consent",
    },
    "unit-refuses": {
      from: ["with-unit"],
      to: "returned",
      who: consenters,
      law: ended,
      legalEffect: true,
      operation: "organisations.refuse-consent",
    },
    accept: {
      from: ["submitted"],
      to: "accepted",
      who: handlers,
      law: [licence32],
      legalEffect: true,
      operation: "organisations.accept-application",
    },
    "accept-by-silence": {
      from: ["submitted"],
      to: "accepted",
      who: [],
      law: [licence32],
      operation: "organisations.accept-by-silence",
    },
    "request-corrections": {
      from: ["submitted"],
      to: "correcting",
      who: handlers,
      law: [licence32],
      legalEffect: true,
      operation: "organisations.request-corrections",
    },
    resubmit: {
      from: ["correcting"],
      to: "submitted",
      who: applicants,
      law: [licence32],
      operation: "organisations.resubmit-application",
    },
    approve: {
      from: ["accepted"],
      to: "deregistered",
      who: deciders,
      law: ended,
      legalEffect: true,
      notBy: ["accept", "request-corrections"],
      operation: "organisations.approve-deregistration",
    },
    refuse: {
      from: ["accepted"],
      to: "liquidating",
      who: deciders,
      law: refuse,
      legalEffect: true,
      notBy: ["accept", "request-corrections"],
      operation: "organisations.refuse-application",
    },
    abandon: {
      from: ["liquidating"],
      to: "abandoned",
      who: deciders,
      law: ended,
      legalEffect: true,
      operation: "organisations.abandon-liquidation",
    },
  },
});

/** Suspension (限期停止活动): certificate, seal and vouchers are sealed until it is lifted. */
export const suspension = defineProcedure({
  id: "organisations.suspension",
  version: "2026-03-12",
  states: ["suspended", "lifted"],
  final: ["lifted"],
  transitions: {
    suspend: {
      from: [""],
      to: "suspended",
      who: deciders,
      law: [cite(law.socialGroups2026, "30"), cite(law.serviceInstitutions, "25"), cite(law.foundations, "42")],
      legalEffect: true,
      operation: "organisations.suspend",
    },
    lift: {
      from: ["suspended"],
      to: "lifted",
      who: deciders,
      law: [cite(law.socialGroups2026, "33")],
      legalEffect: true,
      operation: "organisations.lift-suspension",
    },
  },
});

/**
 * Annulment of a registration (撤销登记) or revocation of the certificate (吊销登记证书), two acts since 2026-03-12: prior
 * notice, statement and defence, decision by another hand. Without the notice there is no decision.
 */
export const revocation = defineProcedure({
  id: "organisations.revocation",
  version: "2026-03-12",
  states: ["notified", "stated", "annulled", "revoked", "dropped"],
  final: ["annulled", "revoked", "dropped"],
  transitions: {
    notify: {
      from: [""],
      to: "notified",
      who: handlers,
      law: [cite(law.penalties, "44")],
      legalEffect: true,
      operation: "organisations.notify-revocation",
    },
    "record-statement": {
      from: ["notified"],
      to: "stated",
      who: applicants,
      law: [cite(law.penalties, "45")],
      operation: "organisations.record-statement",
    },
    annul: {
      from: ["notified", "stated"],
      to: "annulled",
      who: deciders,
      law: [cite(law.socialGroups2026, "29"), cite(law.serviceInstitutions, "24"), cite(law.foundations, "41")],
      legalEffect: true,
      notBy: ["notify"],
      operation: "organisations.decide-revocation",
    },
    revoke: {
      from: ["notified", "stated"],
      to: "revoked",
      who: deciders,
      law: [cite(law.socialGroups2026, "30")],
      legalEffect: true,
      notBy: ["notify"],
      operation: "organisations.decide-revocation",
    },
    drop: {
      from: ["notified", "stated"],
      to: "dropped",
      who: deciders,
      law: [cite(law.penalties, "57")],
      notBy: ["notify"],
      operation: "organisations.decide-revocation",
    },
  },
});

/** Filing of a community organisation by street or township (社区社会组织备案), confirmed once a year, open to registration. */
export const communityFiling = defineProcedure({
  id: "organisations.community-filing",
  version: "2018-01-01",
  states: ["filed", "upgrading", "upgraded", "withdrawn"],
  final: ["upgraded", "withdrawn"],
  transitions: {
    file: {
      from: [""],
      to: "filed",
      who: handlers,
      law: [cite(law.houseRules, "community-filing")],
      legalEffect: true,
      operation: "organisations.file-community",
    },
    confirm: {
      from: ["filed"],
      to: "filed",
      who: handlers,
      law: [cite(law.houseRules, "community-filing")],
      operation: "organisations.confirm-community",
    },
    upgrade: {
      from: ["filed"],
      to: "upgrading",
      who: handlers,
      law: [cite(law.socialGroups2026, "11"), cite(law.serviceInstitutions, "8")],
      operation: "organisations.upgrade-community",
    },
    registered: {
      from: ["upgrading"],
      to: "upgraded",
      who: deciders,
      law: decide,
      operation: "organisations.approve-registration",
    },
    "stay-filed": {
      from: ["upgrading"],
      to: "filed",
      who: [...deciders, ...applicants],
      law: decide,
      operation: "organisations.refuse-application",
    },
    withdraw: {
      from: ["filed"],
      to: "withdrawn",
      who: handlers,
      law: [cite(law.houseRules, "community-filing")],
      legalEffect: true,
      operation: "organisations.withdraw-community",
    },
  },
});

export const procedures = [registration, change, deregistration, suspension, revocation, communityFiling] as const;

/** The three procedures that begin with an application. */
export const applications = [registration, change, deregistration] as const;
