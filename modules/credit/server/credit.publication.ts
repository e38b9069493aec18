import { defineCollection } from "../../../kernel/publication/define.ts";
import type { List } from "../credit.catalogue.ts";

/** What the public may see of a listing (handbook appendix C): the organisation, ground, dates, authority; nothing about people. */
const fields = [
  { field: "name", type: "text" },
  { field: "code", type: "code" },
  { field: "list", type: "code" },
  { field: "ground", type: "code" },
  { field: "groundText", type: "text" },
  { field: "article", type: "text" },
  { field: "addedGrounds", type: "text" },
  { field: "listedOn", type: "date" },
  { field: "clockFrom", type: "date" },
  { field: "authority", type: "text" },
  { field: "decidedOn", type: "date" },
  { field: "decisionNumber", type: "text" },
  { field: "verificationCode", type: "code" },
  { field: "legacy", type: "boolean" },
] as const;

/** The abnormal-activity list as published (活动异常名录). */
export const abnormalCollection = defineCollection({ id: "credit.abnormal", searchable: true, fields });

/** The serious-violation list as published (严重违法失信名单). */
export const seriousCollection = defineCollection({ id: "credit.serious", searchable: true, fields });

export const collections = [abnormalCollection, seriousCollection] as const;

/** The published collection of a list. */
export function collectionOf(list: List) {
  return list === "abnormal" ? abnormalCollection : seriousCollection;
}
