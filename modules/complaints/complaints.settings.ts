import { defineSetting } from "../../kernel/settings/declare.ts";

/** Dated settings of complaints (投诉举报参数). */
export const settings = [
  defineSetting({
    id: "complaints.accept-working-days",
    title: "acceptWorkingDays",
    unit: "working-days",
    basis: "rule",
    versions: [{ from: "2008-05-01", value: 5 }],
    min: 1,
    max: 30,
  }),
  defineSetting({
    id: "complaints.review-days",
    title: "reviewDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: "2008-05-01", value: 30 }],
    min: 1,
    max: 180,
  }),
  defineSetting({
    id: "complaints.review-working-days",
    title: "reviewWorkingDays",
    unit: "working-days",
    basis: "rule",
    versions: [{ from: "2008-05-01", value: 15 }],
    min: 1,
    max: 60,
  }),
] as const;
