import { createHash } from "node:crypto";
import { canonical } from "../vault/canonical.ts";
import type { OfficialDocument, ReportDocument } from "./model.ts";

/**
 * The digest of what a document says (内容摘要): SHA-256 over its canonical content, 64 hex digits. It is printed on the
 * paper, so it cannot be the digest of the file; whoever holds the facts can compute it again without the fonts.
 */
export function documentDigest(document: OfficialDocument | ReportDocument): string {
  return createHash("sha256")
    .update(`shanzhi-document-v1\n${canonical(document)}`)
    .digest("hex");
}
