import { defineSetting } from "../settings/declare.ts";

/** Dated settings of work without network (离线工作参数): choices of this project, none is a number of law. */
export const settings = [
  defineSetting({
    id: "sync.record-cap",
    title: "recordCap",
    unit: "count",
    basis: "rule",
    versions: [{ from: "2020-01-01", value: 10_000 }],
    min: 100,
    max: 20_000,
  }),
  defineSetting({
    id: "sync.keep-days",
    title: "keepDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: "2020-01-01", value: 7 }],
    min: 1,
    max: 60,
  }),
  defineSetting({
    id: "sync.drift-minutes",
    title: "driftMinutes",
    unit: "count",
    basis: "rule",
    versions: [{ from: "2020-01-01", value: 10 }],
    min: 1,
    max: 1440,
  }),
  defineSetting({
    id: "sync.file-megabytes",
    title: "fileMegabytes",
    unit: "count",
    basis: "rule",
    versions: [{ from: "2020-01-01", value: 5 }],
    min: 1,
    max: 50,
  }),
  defineSetting({
    id: "sync.settle-days",
    title: "settleDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: "2020-01-01", value: 3 }],
    min: 1,
    max: 60,
  }),
];
