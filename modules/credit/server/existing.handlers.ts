import { dateInShanghai } from "../../../kernel/clock/date.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Actor, Context } from "../../../kernel/operation/context.ts";
import type { RefusalStatus } from "../../../kernel/operation/define.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { openProcedure, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { withdraw } from "../../../kernel/publication/publication.ts";
import { versionsOf } from "../../../kernel/register/register.ts";
import { defineSheetImport, type RowVerdict } from "../../../kernel/sheet/import.ts";
import { lockOrganisation, type OrganisationRow, register } from "../../organisations/server/index.ts";
import { type GroundId, groundOf, type List } from "../credit.catalogue.ts";
import { words } from "../credit.words.ts";
import { recordExistingListing } from "../removal.contract.ts";
import { instanceOf, subjectOf, writes } from "./access.ts";
import { listingDays } from "./clocks.ts";
import { articleOf, authorityName } from "./credit.documents.ts";
import { listed } from "./credit.indicators.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { collectionOf } from "./credit.publication.ts";
import {
  endListingRecord,
  findListing,
  insertListing,
  type ListingRow,
  listingByOrigin,
  liveListings,
  newListing,
  updateListing,
} from "./credit.store.ts";
import { openClocks, standingDuties } from "./decision.handlers.ts";
import { drop, groundTextOf } from "./propose.ts";
import { organisationOf } from "./records.handlers.ts";
import { enterList, refreshSummary } from "./standing.ts";

interface Line {
  readonly organisationId?: string;
  readonly creditCode?: string;
  readonly list: List;
  readonly ground: GroundId;
  readonly groundText?: string;
  readonly decisionNumber: string;
  readonly decidedOn: string;
  readonly listedOn?: string;
  readonly authority?: string;
  readonly reasons?: string;
}

interface Checked {
  readonly verdict: "new" | "same" | "bad";
  readonly problem?: { readonly field: string; readonly code: string; readonly facts: Record<string, unknown> };
  readonly organisation?: OrganisationRow;
  readonly known?: ListingRow;
}

/** Names a legacy listing: the decision of the old register. */
const refOf = (line: Line) => `${line.list}:${line.decisionNumber}`;

/**
 * Whether a line may be loaded: only decisions made before the organisation came into this system. Later ones have to go
 * through the procedure, or the import would be a way around notice and statement.
 */
async function check(tx: Tx, actor: Actor, line: Line): Promise<Checked> {
  const bad = (field: string, code: string, facts: Record<string, unknown> = {}): Checked => ({
    verdict: "bad",
    problem: { field, code, facts },
  });
  if (!groundOf(line.list, line.ground))
    return bad("ground", "credit/ground-not-of-list", { list: line.list, ground: line.ground });
  const organisation = await organisationOf(tx, line);
  if (!organisation)
    return bad("creditCode", "credit/organisation-not-found", {
      organisation: line.organisationId ?? line.creditCode ?? null,
    });
  if (!writes(actor, organisation.home_code))
    return bad("creditCode", "credit/not-your-register", { organisation: organisation.id });
  if (["deregistered", "withdrawn", "filed"].includes(organisation.status))
    return bad("creditCode", "credit/organisation-ended", { status: organisation.status });
  const known = await listingByOrigin(tx, organisation.id, refOf(line));
  if (known && known.state !== "withdrawn") return { verdict: "same", organisation, known };
  const loaded = (await versionsOf(tx, register, organisation.id)).at(-1)?.recorded_at;
  const start = loaded ? dateInShanghai(loaded) : undefined;
  const latest = [line.decidedOn, line.listedOn ?? line.decidedOn].toSorted().at(-1) as string;
  if (start === undefined || latest >= start)
    return bad("decidedOn", "credit/decided-after-start", { decidedOn: latest, start: start ?? null });
  const live = await liveListings(tx, organisation.id);
  const same = live.find((row) => row.list === line.list);
  if (same) return bad("list", "credit/already-underway", { listing: same.id, state: same.state, ground: same.ground });
  return { verdict: "new", organisation };
}

/** Loads one listing of the old register: row, procedure, clocks, public list, all flagged as legacy (补录). */
async function load(ctx: Context, line: Line, seen: OrganisationRow): Promise<ListingRow> {
  const organisation = await lockOrganisation(ctx.tx, seen.id);
  if (!organisation) throw new Refusal("credit/not-your-register", 403, { organisation: seen.id });
  const { list, ground } = line;
  const listedOn = line.listedOn ?? line.decidedOn;
  const rectifiable = groundOf(list, ground)?.rectifiable ?? true;
  const days = listingDays(listedOn, rectifiable || list === "serious");
  const row = newListing({
    home_code: organisation.home_code,
    id: ctx.newId(),
    division_code: organisation.division_code,
    organisation_id: organisation.id,
    unit_id: organisation.unit_id,
    organisation_name: organisation.name,
    organisation_code: organisation.credit_code,
    list,
    ground,
    ground_text: line.groundText ?? groundTextOf(list, ground, {}),
    facts: {},
    evidence: [],
    rectifiable,
    origin: "legacy",
    origin_ref: refOf(line),
    state: "listed",
    authority: line.authority ?? (await authorityName(ctx, organisation.home_code)),
    proposed_on: line.decidedOn,
    reasons: line.reasons ?? words.zh.legacy.seeDecision,
    basis: articleOf({ list, ground }),
    remedy: words.zh.legacy.seeDecision,
    decision_number: line.decisionNumber,
    decided_on: line.decidedOn,
    listed_on: listedOn,
    clock_from: listedOn,
    clock_ground: ground,
    six_months_on: days.sixMonthsOn,
    two_years_on: days.twoYearsOn,
    legacy: true,
  });
  await insertListing(ctx.tx, row);
  openProcedure(
    ctx,
    listingProcedure,
    "record-existing",
    {
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      organisation: row.organisation_id,
      unit: row.unit_id,
      data: { list, ground },
    },
    { note: { legacy: true, decisionNumber: row.decision_number, decidedOn: row.decided_on } },
  );
  await enterList(ctx, row, organisation);
  openClocks(ctx, row);
  await refreshSummary(ctx, organisation);
  ctx.journal("existing listing recorded", subjectOf(row), { list, ground, decisionNumber: row.decision_number });
  return row;
}

const existingHandler = handle(recordExistingListing)(async (input, ctx) => {
  const { verdict, problem, organisation, known } = await check(ctx.tx, ctx.actor, input);
  if (problem) {
    const status = recordExistingListing.refusals[
      problem.code as keyof typeof recordExistingListing.refusals
    ] as RefusalStatus;
    throw new Refusal(problem.code, status, problem.facts);
  }
  if (verdict === "same" && known) return { listingId: known.id, state: known.state };
  const row = await load(ctx, input, organisation as OrganisationRow);
  return { listingId: row.id, state: row.state };
});

/** Takes a wrongly loaded legacy listing off again, if nobody acted on it since (撤销补录). */
async function unload(ctx: Context, id: string): Promise<null | { code: string }> {
  const listing = await findListing(ctx.tx, id);
  if (!listing) return null;
  if (listing.version !== 1 || listing.state !== "listed") return { code: "credit/changed-meanwhile" };
  const organisation = await lockOrganisation(ctx.tx, listing.organisation_id);
  if (!organisation) return { code: "credit/not-your-register" };
  await takeTransition(ctx, listingProcedure, "undo-import", await instanceOf(ctx.tx, listing), {});
  const row = await updateListing(ctx.tx, listing, {
    state: "withdrawn",
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: "import-undone",
  });
  drop(ctx, listing, "import undone", ...standingDuties);
  bump(ctx, [
    { indicator: listed, home: row.home_code, division: row.division_code, key: [row.list, row.ground], delta: -1 },
  ]);
  await endListingRecord(ctx.tx, row, ctx.today);
  withdraw(ctx, collectionOf(row.list), [row.id]);
  await refreshSummary(ctx, organisation);
  return null;
}

/** The old register's lists from a spreadsheet (批量补录历史列入). */
export const existingSheet = defineSheetImport({
  operation: recordExistingListing as never,
  async check(tx, actor, _today, inputs) {
    const verdicts: RowVerdict[] = [];
    const taken = new Map<string, string>();
    for (const line of inputs as Line[]) {
      const { verdict, problem, organisation } = await check(tx, actor, line);
      const place = `${organisation?.id}:${line.list}`;
      const before = verdict === "new" ? taken.get(place) : undefined;
      // The same decision twice in one file is one entry; two decisions for one list cannot both stand.
      const twice = before !== undefined && before !== line.decisionNumber;
      const problems = twice
        ? [{ field: "list", code: "credit/already-underway", facts: { state: "listed" } }]
        : problem
          ? [problem]
          : [];
      verdicts.push({ verdict: twice ? "bad" : before === undefined ? verdict : "same", problems, warnings: [] });
      if (verdict === "new" && before === undefined) taken.set(place, line.decisionNumber);
    }
    return verdicts;
  },
  async commit(ctx, inputs) {
    const outcomes: { id: string | null }[] = [];
    for (const line of inputs as Line[]) {
      const { verdict, problem, organisation } = await check(ctx.tx, ctx.actor, line);
      if (problem) throw new Refusal(problem.code, 409, problem.facts);
      outcomes.push({ id: verdict === "new" && organisation ? (await load(ctx, line, organisation)).id : null });
    }
    return outcomes;
  },
  async undo(ctx, outcomes) {
    const answers: (null | { code: string })[] = [];
    for (const { id } of outcomes as { id: string | null }[]) answers.push(id ? await unload(ctx, id) : null);
    return answers;
  },
});

export const existingHandlers = [existingHandler];
