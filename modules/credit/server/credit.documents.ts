import { formatDate } from "../../../kernel/clock/date.ts";
import { authorityOf, type Issued, issueDocument, recordService } from "../../../kernel/document/issue.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import { effects, groundOf } from "../credit.catalogue.ts";
import { words } from "../credit.words.ts";
import { decisionTemplate, noticeTemplate, removalTemplate, withdrawalTemplate } from "../documents.templates.ts";
import { documents } from "../documents.words.ts";
import { settingNumber } from "./clocks.ts";
import type { ListingRow } from "./credit.store.ts";

const day = (date: string | null) => (date ? formatDate(date, "zh") : "");

/** A citation as one line of text (引用条款): 《社会组织信用信息管理办法》（民政部令第60号）第11条第1项. */
export function articleOf(listing: Pick<ListingRow, "list" | "ground">): string {
  const law = groundOf(listing.list, listing.ground)?.law;
  return law ? words.zh.citation(law) : "";
}

/** Name of the registration authority of a register (登记管理机关). */
export async function authorityName(ctx: Pick<Context, "tx">, home: string): Promise<string> {
  return (await authorityOf(ctx.tx, home)).name;
}

/** The wording of remedies offered to the decider (救济途径). */
export async function draftRemedy(ctx: Pick<Context, "tx">, home: string): Promise<string> {
  const { reconsideration, court } = await authorityOf(ctx.tx, home);
  return words.zh.draftRemedy({ reconsideration, court });
}

function about(listing: ListingRow, organisation: OrganisationRow) {
  return {
    name: organisation.name,
    code: organisation.credit_code,
    list: words.zh.lists[listing.list],
    ground: listing.ground_text,
    article: articleOf(listing),
  };
}

function owner(listing: ListingRow) {
  return {
    home: listing.home_code,
    division: listing.division_code,
    organisation: listing.organisation_id,
    unit: listing.unit_id,
  };
}

export async function issueNoticeDocument(
  ctx: Context,
  listing: ListingRow,
  organisation: OrganisationRow,
): Promise<Issued> {
  return issueDocument(ctx, {
    ...owner(listing),
    template: [noticeTemplate],
    facts: {
      ...about(listing, organisation),
      days: settingNumber(ctx, "credit.statement-working-days", listing.division_code),
      evidence: listing.evidence.length,
    },
  });
}

/** Keeps how and when the notice was served with the document itself (送达记录). */
export function recordNoticeService(
  ctx: Context,
  listing: ListingRow,
  served: { on: string; method: string; note?: string },
): void {
  if (listing.notice_document_id) recordService(ctx, listing.home_code, listing.notice_document_id, served);
}

export async function issueDecision(
  ctx: Context,
  listing: ListingRow,
  organisation: OrganisationRow,
  given: {
    readonly reasons: string;
    readonly remedy: string;
    readonly certificateReasons?: string;
    readonly joins: string | null;
  },
): Promise<Issued> {
  const { wayOut, methods } = documents.zh;
  return issueDocument(ctx, {
    ...owner(listing),
    template: [decisionTemplate],
    facts: {
      ...about(listing, organisation),
      served: day(listing.notice_served_on),
      method: listing.notice_method ? methods[listing.notice_method] : "",
      answered: listing.answered_on !== null,
      statementDue: day(listing.statement_due_on),
      on: day(ctx.today),
      since: given.joins ? day(given.joins) : null,
      reasons: given.reasons,
      certificateReasons: given.certificateReasons ?? null,
      remedy: given.remedy,
      effects: effects[listing.list].map((one) => words.zh.effects[one]),
      wayOut: listing.list === "serious" ? wayOut.serious : listing.rectifiable ? wayOut.rectifiable : wayOut.lapsing,
    },
  });
}

export async function issueRemoval(
  ctx: Context,
  listing: ListingRow,
  organisation: OrganisationRow,
  reasons: string | undefined,
): Promise<Issued> {
  const because =
    listing.ground === "certificate_revoked"
      ? "ended"
      : listing.list === "serious"
        ? "clean"
        : listing.put_right_on
          ? "verified"
          : "lapsed";
  const becauseOn = {
    ended: ctx.today,
    clean: listing.clock_from,
    verified: listing.put_right_on,
    lapsed: listing.six_months_on,
  }[because];
  return issueDocument(ctx, {
    ...owner(listing),
    template: [removalTemplate],
    facts: {
      ...about(listing, organisation),
      listedOn: day(listing.listed_on),
      on: day(ctx.today),
      because,
      becauseOn: day(becauseOn),
      reasons: reasons ?? null,
    },
  });
}

export async function issueWithdrawal(
  ctx: Context,
  listing: ListingRow,
  organisation: OrganisationRow,
  given: {
    readonly basis: keyof typeof documents.zh.basisKinds;
    readonly basisNumber?: string;
    readonly reasons: string;
  },
): Promise<Issued> {
  return issueDocument(ctx, {
    ...owner(listing),
    template: [withdrawalTemplate],
    facts: {
      ...about(listing, organisation),
      listedOn: day(listing.listed_on),
      basis: documents.zh.basisKinds[given.basis],
      basisNumber: given.basisNumber ?? null,
      reasons: given.reasons,
    },
  });
}
