import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { type Publish, publish, withdrawWhole } from "../../../kernel/publication/publication.ts";
import { type OrganisationRow, searchTokens, setListing } from "../../organisations/server/index.ts";
import { recordKinds } from "../credit.catalogue.ts";
import { words } from "../credit.words.ts";
import { articleOf } from "./credit.documents.ts";
import { listed, recordsKept } from "./credit.indicators.ts";
import { collectionOf } from "./credit.publication.ts";
import { endListingRecord, insertRecords, joinedTo, type ListingRow, liveListings } from "./credit.store.ts";
import { isStanding } from "./propose.ts";

/** What the public may see of a standing listing; the number of its decision is added when the document has it. */
export async function publicItem(ctx: Context, listing: ListingRow, organisation: OrganisationRow): Promise<Publish> {
  const added = await joinedTo(ctx.tx, listing.id);
  return {
    collection: collectionOf(listing.list),
    key: listing.id,
    subject: listing.organisation_id,
    division: listing.division_code,
    title: listing.organisation_name,
    sortKey: organisation.name_key,
    tokens: searchTokens({ name: listing.organisation_name, credit_code: listing.organisation_code }),
    body: {
      name: listing.organisation_name,
      code: listing.organisation_code,
      list: listing.list,
      ground: listing.ground,
      groundText: listing.ground_text,
      article: articleOf(listing),
      addedGrounds: added.map((one) => `${one.decided_on} ${one.ground_text}`).join("；") || null,
      listedOn: listing.listed_on,
      clockFrom: listing.clock_from,
      authority: listing.authority,
      decidedOn: listing.decided_on,
      decisionNumber: listing.decision_number,
      verificationCode: listing.decision_code,
      legacy: listing.legacy,
    },
  };
}

const summaryRank = { serious: 2, abnormal: 1 } as const;

/**
 * Makes the organisation's summary say what its standing listings say (同步在列状态): the serious list goes before the
 * abnormal one. Called once, after a command has changed its listings.
 */
export async function refreshSummary(ctx: Context, organisation: OrganisationRow): Promise<void> {
  const live = (await liveListings(ctx.tx, organisation.id)).filter((row) => isStanding(row) && row.adds_to === null);
  const [top] = live.toSorted((a, b) => summaryRank[b.list] - summaryRank[a.list]);
  const list = top?.list ?? "none";
  const since = top?.listed_on ?? null;
  if (organisation.listing === list && organisation.listed_on === since) return;
  await setListing(ctx, organisation, list, since);
}

/** An organisation enters a list: counted, published, recorded in its credit file (列入). */
export async function enterList(ctx: Context, listing: ListingRow, organisation: OrganisationRow): Promise<void> {
  bump(ctx, [
    {
      indicator: listed,
      home: listing.home_code,
      division: listing.division_code,
      key: [listing.list, listing.ground],
      delta: 1,
    },
  ]);
  const kind = listing.list === "abnormal" ? "listed_abnormal" : "listed_serious";
  const classes = recordKinds[kind];
  await insertRecords(ctx.tx, [
    {
      home_code: listing.home_code,
      id: ctx.newId(),
      division_code: listing.division_code,
      organisation_id: listing.organisation_id,
      unit_id: listing.unit_id,
      organisation_name: listing.organisation_name,
      organisation_code: listing.organisation_code,
      class: classes.national,
      local_class: classes.local,
      kind,
      title: words.zh.lists[listing.list],
      basis: `${listing.ground_text} ${articleOf(listing)}`.slice(0, 500),
      content: { list: listing.list, ground: listing.ground },
      authority: listing.authority,
      evidence: [],
      source_ref: `listing:${listing.id}`,
      state: "entered",
      formed_on: listing.listed_on ?? ctx.today,
      received_on: null,
      due_on: null,
      entered_on: ctx.today,
      entered_by: ctx.actor.accountId,
      on_time: listing.legacy ? null : true,
      public: true,
      valid_to: null,
      corrects: null,
      corrected_by: null,
      correction_reason: null,
      listing_id: listing.id,
      decision_id: listing.decision_rule_id,
      version: 1,
    },
  ]);
  bump(ctx, [
    {
      indicator: recordsKept,
      home: listing.home_code,
      division: listing.division_code,
      key: [classes.national],
      delta: 1,
    },
  ]);
  publish(ctx, [await publicItem(ctx, listing, organisation)]);
}

/**
 * An organisation leaves a list: no longer counted, and off the public pages with everything that was said of it; the history
 * stays with the staff (移出, decision 0014).
 */
export async function leaveList(ctx: Context, listing: ListingRow): Promise<void> {
  bump(ctx, [
    {
      indicator: listed,
      home: listing.home_code,
      division: listing.division_code,
      key: [listing.list, listing.ground],
      delta: -1,
    },
  ]);
  await endListingRecord(ctx.tx, listing, ctx.today);
  withdrawWhole(ctx, collectionOf(listing.list), [listing.id]);
}
