import { defineSetting } from "../../kernel/settings/declare.ts";

/** Dated settings of the credit lists (信用名录参数): numbers of Order 60 that were not read in its final text. */
export const settings = [
  defineSetting({
    id: "credit.mail-gap-min-days",
    title: "mailGapMinDays",
    unit: "days",
    basis: "mem",
    versions: [{ from: "2018-01-24", value: 15 }],
    min: 1,
    max: 120,
  }),
  defineSetting({
    id: "credit.mail-gap-max-days",
    title: "mailGapMaxDays",
    unit: "days",
    basis: "mem",
    versions: [{ from: "2018-01-24", value: 30 }],
    min: 1,
    max: 120,
  }),
  defineSetting({
    id: "credit.statement-working-days",
    title: "statementWorkingDays",
    unit: "working-days",
    basis: "mem",
    versions: [{ from: "2018-01-24", value: 10 }],
    min: 1,
    max: 60,
  }),
  defineSetting({
    id: "credit.remind-months",
    title: "remindMonths",
    unit: "months",
    basis: "rule",
    versions: [{ from: "2018-01-24", value: 22 }],
    min: 1,
    max: 24,
  }),
] as const;
