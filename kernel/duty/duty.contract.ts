import { z } from "zod";
import { defineQuery, everyone } from "../operation/define.ts";
import { date, facts, id, page } from "../operation/shapes.ts";

/** What is due (今天待办): open duties the actor can see, earliest first, with how late or how near each is. */
export const listDuties = defineQuery("duties.list", {
  who: everyone,
  input: z.object({
    kind: z.string().max(80).optional(),
    holder: z.enum(["staff", "worker", "organisation", "unit"]).optional(),
    due: z.enum(["overdue", "week", "all"]).default("all"),
    organisationId: id.optional(),
    ...page,
  }),
  output: z.object({
    duties: z.array(
      z.object({
        id,
        kind: z.string(),
        holder: z.enum(["staff", "worker", "organisation", "unit"]),
        division: z.string(),
        subjectId: id,
        subject: z.string(),
        organisationId: id.nullable(),
        link: z.string(),
        openedOn: date,
        dueOn: date,
        daysLeft: z.int(),
        law: z.array(facts),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** How many duties are open, due within a week and overdue, by kind; and the share done in time (按时完成率). */
export const summariseDuties = defineQuery("duties.summary", {
  who: everyone,
  input: z.object({}),
  output: z.object({
    kinds: z.array(z.object({ kind: z.string(), open: z.int(), week: z.int(), overdue: z.int() })),
    open: z.int(),
    week: z.int(),
    overdue: z.int(),
  }),
});
