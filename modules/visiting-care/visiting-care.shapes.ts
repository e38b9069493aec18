import { z } from "zod";

/** Risk (风险等级), decides how often somebody is visited. */
export const risk = z.enum(["high", "key", "general"]);
/** How a visit is made (探访方式). */
export const mode = z.enum(["home", "phone", "video", "remote"]);
/** Whom the worker met or reached (见到谁): a neighbour's word makes an attempt, not a visit. */
export const met = z.enum(["person", "carer", "neighbour", "nobody"]);
export const enrolmentState = z.enum(["proposed", "refused", "enrolled", "closed"]);
export const closeGround = z.enum(["deceased", "moved", "institution", "out_of_scope", "own_wish", "merged"]);
export const findingCode = z.enum(["health", "fire", "gas", "income", "mood", "abuse", "housing", "care", "other"]);
export const findingLevel = z.enum(["watch", "urgent"]);
export const need = z.enum(["policy", "medical", "daily_life", "housing", "legal", "comfort", "charity", "other"]);
export const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracy: z.number().min(0).max(100_000),
});
/** Calendar month (月), "YYYY-MM". */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "month" });
