import { defineSetting } from "../../kernel/settings/declare.ts";

const days = (id: string, title: string, value: number) =>
  defineSetting({
    id,
    title,
    unit: "working-days",
    basis: "rule",
    versions: [{ from: "2018-01-24", value }],
    min: 1,
    max: 60,
  });

/** Dated settings of the listing procedure (列入程序参数): the house's own periods, where the law only says "in time". */
export const procedureSettings = [
  days("credit.consider-working-days", "considerWorkingDays", 10),
  days("credit.answer-working-days", "answerWorkingDays", 10),
  days("credit.decide-working-days", "decideWorkingDays", 10),
  days("credit.verify-working-days", "verifyWorkingDays", 10),
  defineSetting({
    id: "credit.run-limit",
    title: "runLimit",
    unit: "count",
    basis: "rule",
    versions: [{ from: "2018-01-24", value: 200 }],
    min: 1,
    max: 5_000,
  }),
] as const;
