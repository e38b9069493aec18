import { z } from "zod";
import { allRoles, defineQuery } from "../operation/define.ts";

const place = z.object({ code: z.string(), name: z.string(), level: z.int(), children: z.boolean() });

/** Divisions below one (下级区划), in code order; without a parent, the root and its chain. */
export const listDivisions = defineQuery("divisions.list", {
  who: allRoles,
  door: "portal",
  input: z.object({ parent: z.string().max(12).optional(), on: z.iso.date().optional() }),
  output: z.object({ root: z.string(), parent: place.nullable(), chain: z.array(place), divisions: z.array(place) }),
});

/** Divisions whose name holds a fragment, or whose code begins so (查找区划). */
export const findDivisions = defineQuery("divisions.find", {
  who: allRoles,
  door: "portal",
  input: z.object({ q: z.string().trim().min(1).max(40) }),
  output: z.object({ divisions: z.array(place.extend({ path: z.string() })) }),
});
