import { defineSetting } from "../../kernel/settings/declare.ts";

const start = "2022-01-01";

/** Dated settings of donated equipment (捐赠设备参数): conventions of this product, a division may set its own. */
export const settings = [
  defineSetting({
    id: "equipment.place-tolerance",
    title: "tolerance",
    unit: "count",
    basis: "rule",
    versions: [{ from: start, value: 1000 }],
    min: 10,
    max: 100_000,
  }),
  defineSetting({
    id: "equipment.rectify-days",
    title: "rectifyDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: start, value: 15 }],
    min: 1,
    max: 365,
  }),
  defineSetting({
    id: "equipment.future-minutes",
    title: "futureMinutes",
    unit: "minutes",
    basis: "rule",
    versions: [{ from: start, value: 10 }],
    min: 0,
    max: 1440,
  }),
] as const;
