import { z } from "zod";
import { defineQuery, staffRoles } from "../operation/define.ts";
import { date, facts, id } from "../operation/shapes.ts";

const staff = staffRoles;
const condition = z.object({
  field: z.string(),
  value: z.unknown(),
  comparator: z.string(),
  threshold: z.unknown(),
  met: z.boolean(),
  citation: facts.optional(),
  setting: z.string().optional(),
});
const decision = z.object({
  rule: z.string(),
  version: z.string(),
  on: z.string(),
  facts: z.unknown(),
  settings: z.record(z.string(), z.unknown()),
  conditions: z.array(condition),
  citations: z.array(facts),
  output: z.unknown(),
});

/** All rules with their versions and articles (规则目录). */
export const listRules = defineQuery("rules.list", {
  who: staff,
  input: z.object({}),
  output: z.object({
    rules: z.array(
      z.object({
        id: z.string(),
        versions: z.array(z.object({ from: z.string(), to: z.string().nullable(), citations: z.array(facts) })),
      }),
    ),
  }),
});

/** Tries a rule on facts typed in (规则试算): the same door the command line uses; nothing is stored. */
export const tryRule = defineQuery("rules.decide", {
  who: staff,
  input: z.object({ rule: z.string().max(100), facts, on: date.optional() }),
  output: z.object({ decision }),
  refusals: { "rules/unknown": 404, "rules/not-in-force": 422, "clock/holidays-unknown": 409 },
});

/** A stored decision, with the answer to whether replaying it today gives the same (判断记录与复算). */
export const getDecision = defineQuery("rules.get-decision", {
  who: staff,
  input: z.object({ id }),
  output: z.object({ id, subjectId: id, decision, at: z.string(), replay: z.enum(["same", "different", "rule-gone"]) }),
  refusals: { "rules/unknown-decision": 404 },
});

/** The regulations cited anywhere in the house, with their periods and the articles in use (法规库). */
export const listRegulations = defineQuery("regulations.list", {
  who: [...staff, "organisation", "supervisory-unit", "public"],
  door: "portal",
  input: z.object({ on: date.optional() }),
  output: z.object({
    regulations: z.array(
      z.object({
        document: z.string(),
        number: z.string().nullable(),
        from: z.string(),
        to: z.string().nullable(),
        inForce: z.boolean(),
        articles: z.array(z.object({ article: z.string(), item: z.string().nullable(), usedBy: z.array(z.string()) })),
      }),
    ),
  }),
});
