import { z } from "zod";
import { defineCommand, defineQuery, staffRoles } from "../operation/define.ts";
import { date, division, text } from "../operation/shapes.ts";

const value = z.union([z.number(), z.string().max(200), z.boolean()]);
const readers = staffRoles;

/** Dated settings (动态参数): declared default versions, local values, and the one in force here today. */
export const listSettings = defineQuery("settings.list", {
  who: readers,
  input: z.object({ on: date.optional() }),
  output: z.object({
    settings: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        titleEn: z.string(),
        unit: z.string(),
        basis: z.enum(["mem", "local", "rule", "found"]),
        inForce: value,
        versions: z.array(z.object({ from: z.string(), value })),
        local: z.array(z.object({ division: z.string(), from: z.string(), value, reason: z.string() })),
      }),
    ),
  }),
});

/** Sets a local value from a day on (设置参数), for the administrator's own division; earlier decisions keep theirs. */
export const setSetting = defineCommand("settings.set", {
  who: ["administrator"],
  input: z.object({ id: z.string().max(100), division: division.optional(), from: date, value, reason: text(300) }),
  output: z.object({}),
  refusals: {
    "settings/unknown": 404,
    "settings/not-allowed-value": 422,
    "settings/in-the-past": 409,
    "auth/outside-your-division": 403,
  },
});

/** Holidays and make-up working days by year (节假日安排), and the last year known. */
export const listHolidays = defineQuery("holidays.list", {
  who: readers,
  input: z.object({ year: z.coerce.number().int().min(1990).max(2100).optional() }),
  output: z.object({
    knownUntil: z.string(),
    years: z.array(z.int()),
    days: z.array(z.object({ date: z.string(), kind: z.enum(["holiday", "workday"]), name: z.string() })),
  }),
});

/** Imports the State Council's arrangement of one year (导入节假日安排), replacing what was there for it. */
export const importHolidays = defineCommand("holidays.import", {
  who: ["administrator"],
  input: z.object({
    year: z.int().min(1990).max(2100),
    days: z
      .array(z.object({ date, kind: z.enum(["holiday", "workday"]), name: z.string().trim().max(40) }))
      .min(1)
      .max(80),
    source: text(200),
  }),
  output: z.object({ days: z.int() }),
  refusals: { "holidays/other-year": 422, "holidays/too-few": 422, "holidays/twice": 422 },
});
