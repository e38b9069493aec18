import { defineSetting } from "../../kernel/settings/declare.ts";

/** Dated settings of the register of people (人员库参数). */
export const settings = [
  defineSetting({
    id: "people.similarity",
    title: "similarity",
    unit: "share",
    basis: "rule",
    versions: [{ from: "1990-01-01", value: 0.85 }],
    min: 0.6,
    max: 1,
  }),
  defineSetting({
    id: "people.settle-pair-days",
    title: "settlePairDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: "1990-01-01", value: 15 }],
    min: 1,
    max: 180,
  }),
  defineSetting({
    id: "people.confirm-arrival-days",
    title: "confirmArrivalDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: "1990-01-01", value: 15 }],
    min: 1,
    max: 180,
  }),
];
