import { defineIndicator } from "../../../kernel/indicator/define.ts";

/** Organisations on the lists now (在列社会组织), by list and first ground. */
export const listed = defineIndicator({
  id: "credit.listed",
  behaviour: "stock",
  dimensions: ["list", "ground"],
  public: true,
  rows: "/credit/listings?standing=yes&division={division}&list={list}&ground={ground}",
});

/** Credit records entered and not corrected (信用信息记录数), by national class. */
export const recordsKept = defineIndicator({
  id: "credit.records",
  behaviour: "stock",
  dimensions: ["class"],
  public: true,
  rows: "/credit/records?state=entered&division={division}&class={class}",
});

export const indicators = [listed, recordsKept] as const;
