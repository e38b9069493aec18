import { defineSetting } from "../../kernel/settings/declare.ts";

const start = "2022-01-01";

/** Dated settings of oversight (跟踪问效参数): conventions of this product, a division may set its own. */
export const oversightSettings = [
  defineSetting({
    id: "equipment.escalate-days",
    title: "escalateDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: start, value: 7 }],
    min: 1,
    max: 90,
  }),
  defineSetting({
    id: "equipment.confirm-rectified-days",
    title: "confirmRectifiedDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: start, value: 7 }],
    min: 1,
    max: 90,
  }),
] as const;
