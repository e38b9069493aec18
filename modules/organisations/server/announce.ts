import type { Issued } from "../../../kernel/document/issue.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { publish } from "../../../kernel/publication/publication.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { announcementCollection } from "./organisations.publication.ts";

/** Acts that the law has announced (社会团体登记管理条例 23 等). */
export type AnnouncedAct =
  | "establishment"
  | "change"
  | "deregistration"
  | "suspension"
  | "annulled"
  | "revoked"
  | "filing"
  | "filing-withdrawn";

/** Announces an act of registration to the public (登记公告); `before` shows what a change replaced. */
export function announce(
  ctx: Context<never>,
  given: {
    readonly act: AnnouncedAct;
    readonly row: OrganisationRow;
    readonly before?: OrganisationRow;
    readonly on: string;
    readonly authority: string;
    readonly document?: Issued;
  },
): void {
  const { row, before } = given;
  const changed = (column: "name" | "domicile" | "legal_representative") =>
    before !== undefined && before[column] !== row[column];
  publish(ctx, [
    {
      collection: announcementCollection,
      key: given.document?.id ?? ctx.newId(),
      subject: row.id,
      division: row.division_code,
      title: row.name,
      // Newest first where lists go by sort key: the complement of the date.
      sortKey: `${99_999_999 - Number(given.on.replaceAll("-", ""))} ${row.name_key}`,
      body: {
        act: given.act,
        name: row.name,
        code: row.credit_code,
        kind: row.kind,
        on: given.on,
        authority: given.authority,
        documentNumber: given.document?.number ?? null,
        oldName: changed("name") ? before?.name : null,
        oldDomicile: changed("domicile") ? before?.domicile : null,
        domicile: changed("domicile") ? row.domicile : null,
        oldLegalRepresentative: changed("legal_representative") ? before?.legal_representative : null,
        legalRepresentative: changed("legal_representative") ? row.legal_representative : null,
      },
    },
  ]);
}
