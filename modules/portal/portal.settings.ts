import { defineSetting } from "../../kernel/settings/declare.ts";

/** Dated settings of the public portal (门户参数). */
export const settings = [
  defineSetting({
    id: "portal.small-cell",
    title: "smallCell",
    unit: "persons",
    basis: "rule",
    versions: [{ from: "2008-05-01", value: 10 }],
    min: 1,
    max: 100,
  }),
] as const;
