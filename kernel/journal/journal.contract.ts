import { z } from "zod";
import { defineQuery } from "../operation/define.ts";
import { facts, id, instant, page } from "../operation/shapes.ts";

const entry = z.object({
  id,
  at: instant,
  division: z.string(),
  actor: z.string(),
  operation: z.string(),
  event: z.string(),
  subjectKind: z.string(),
  subjectId: id.nullable(),
  refused: z.boolean(),
  code: z.string().nullable(),
  payload: facts,
  sealedIn: z.int().nullable(),
});

/** The journal of the reader's division, newest first (操作日志). */
export const listJournal = defineQuery("journal.list", {
  who: ["administrator", "auditor"],
  input: z.object({
    subjectId: id.optional(),
    operation: z.string().max(100).optional(),
    refused: z.boolean().optional(),
    ...page,
  }),
  output: z.object({ entries: z.array(entry), next: z.string().nullable() }),
});

/** How far the journal is sealed (封存状态): last block, head, what waits. */
export const sealState = defineQuery("journal.seal-state", {
  who: ["administrator", "auditor"],
  input: z.object({}),
  output: z.object({
    blocks: z.int(),
    entries: z.int(),
    unsealed: z.int(),
    head: z.object({ seq: z.int(), hash: z.string(), sealedAt: instant }).nullable(),
    keyId: z.string(),
  }),
});

/** The whole journal as verifiable lines (导出日志), for `npm run verify-journal -- FILE` anywhere; only at the root division. */
export const exportEntries = defineQuery("journal.export", {
  who: ["administrator", "auditor"],
  input: z.object({}),
  output: z.unknown(),
  refusals: { "journal/root-only": 403 },
  download: true,
});
