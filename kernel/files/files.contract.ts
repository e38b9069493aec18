import { z } from "zod";
import { defineCommand, defineQuery, everyone } from "../operation/define.ts";
import { id } from "../operation/shapes.ts";

/** Keeps a piece of evidence (上传附件): judged by its content, not by its name. */
export const keepFile = defineCommand("files.keep", {
  who: ["registrar", "officer", "worker", "decider", "organisation"],
  input: z.object({ subjectId: id.optional(), organisationId: id.optional() }),
  output: z.object({ id, name: z.string(), size: z.int(), contentType: z.string() }),
  refusals: {
    "files/unknown-subject": 404,
    "files/content-differs": 415,
    "files/kind-not-allowed": 415,
    "files/too-large": 413,
    "files/empty": 422,
    "files/disk-full": 409,
  },
  upload: true,
});

/** Opens a piece of evidence one may see (下载附件). */
export const openFile = defineQuery("files.open", {
  who: everyone,
  input: z.object({ id }),
  output: z.unknown(),
  refusals: { "files/unknown": 404 },
  download: true,
});
