import { z } from "zod";
import { allRoles, defineQuery, everyone } from "../operation/define.ts";
import { facts, id, page } from "../operation/shapes.ts";

/** Documents one may see, newest first (文书). */
export const listDocuments = defineQuery("documents.list", {
  who: everyone,
  input: z.object({ organisationId: id.optional(), ...page }),
  output: z.object({
    documents: z.array(
      z.object({
        id,
        number: z.string().nullable(),
        title: z.string(),
        template: z.string(),
        issuedOn: z.string(),
        void: z.boolean(),
        served: z.array(facts),
        verificationCode: z.string(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** One document as PDF (打开文书): rendered from its facts, the same bytes every time. */
export const openDocument = defineQuery("documents.open", {
  who: everyone,
  input: z.object({ id }),
  output: z.unknown(),
  refusals: { "documents/unknown": 404 },
  download: true,
});

/** Whether a paper is genuine (文书核验), by the code printed on it: number, title, date and state, nothing else. */
export const verifyDocument = defineQuery("documents.verify", {
  who: allRoles,
  door: "verify",
  input: z.object({ code: z.string().trim().min(1).max(40) }),
  output: z.object({
    genuine: z.boolean(),
    number: z.string().nullable(),
    title: z.string(),
    authority: z.string(),
    issuedOn: z.string(),
    void: z.boolean(),
    voidReason: z.string().nullable(),
  }),
  refusals: { "documents/no-such-code": 404, "documents/code-form": 422 },
});

/** The full text of a document that is public by law (公开文书), by its code. */
export const getPublicDocument = defineQuery("documents.open-public", {
  who: allRoles,
  door: "verify",
  input: z.object({ code: z.string().trim().min(1).max(40) }),
  output: z.unknown(),
  refusals: { "documents/no-such-code": 404 },
  download: true,
});
