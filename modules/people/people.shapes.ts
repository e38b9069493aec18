import { z } from "zod";

export { date, division, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";

/** Classes of people (身份类别), dated on each person. The first six are the special-difficulty elderly of the 2022 opinion. */
export const categories = [
  "living_alone",
  "empty_nest",
  "left_behind",
  "disabled_self_care",
  "severely_disabled",
  "family_planning_special",
  "dibao",
  "extreme_poverty",
  "low_income_edge",
  "disabled",
  "oldest_old",
  "orphan",
  "left_behind_child",
  "other",
] as const;
export type Category = (typeof categories)[number];
export const category = z.enum(categories);

/** The six groups owed a monthly visit (特殊困难老年人六类). */
export const specialDifficulty: readonly Category[] = categories.slice(0, 6);

export const sex = z.enum(["female", "male"]);
export const idKind = z.enum(["citizen_id", "residence_permit", "passport", "none"]);
export const living = z.enum(["alone", "with_spouse", "with_children", "with_others", "institution", "unknown"]);
export const personState = z.enum(["present", "moved", "deceased", "merged", "withdrawn"]);
export const contactKind = z.enum(["emergency", "supporter", "guardian", "neighbour"]);

/** Something doubtful that is kept and shown (疑点): a code and its facts. */
export const flag = z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) });
