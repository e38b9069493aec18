import { defineProcedure } from "../../kernel/procedure/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  applicants,
  consenters,
  decide,
  deciders,
  ended,
  handlers,
  licence32,
  liquidated,
  refuse,
} from "./procedure.grounds.ts";

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
