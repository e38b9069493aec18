import { defineSetting } from "../../kernel/settings/declare.ts";

/** Dated settings of the annual inspection (年度检查参数). */
export const settings = [
  defineSetting({
    id: "annual.deadline-rolls",
    title: "deadlineRolls",
    unit: "yes-no",
    basis: "local",
    versions: [{ from: "1998-10-25", value: false }],
  }),
  defineSetting({
    id: "annual.social-group-cutoff",
    title: "socialGroupCutoff",
    unit: "month-day",
    basis: "local",
    versions: [{ from: "1998-10-25", value: "06-30" }],
  }),
  defineSetting({
    id: "annual.foundation-cutoff",
    title: "foundationCutoff",
    unit: "month-day",
    basis: "rule",
    versions: [{ from: "1998-10-25", value: "12-31" }],
  }),
  defineSetting({
    id: "annual.rectification-months",
    title: "rectificationMonths",
    unit: "months",
    basis: "found",
    versions: [{ from: "1998-10-25", value: 3 }],
    min: 1,
    max: 12,
  }),
  defineSetting({
    id: "annual.serious-issues-fail",
    title: "seriousIssuesFail",
    unit: "count",
    basis: "rule",
    versions: [{ from: "1998-10-25", value: 1 }],
    min: 1,
    max: 20,
  }),
] as const;
