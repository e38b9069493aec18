import { contains, homeOf, significant } from "../../../kernel/divisions/code.ts";
import { issueDocument } from "../../../kernel/document/issue.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import {
  closeCampaign,
  finishVillage,
  getCampaign,
  listCampaigns,
  openCampaign,
  printCensus,
} from "../campaign.contract.ts";
import { censusRegister } from "../campaign.documents.ts";
import { rateText } from "../figures.rules.ts";
import { campaignPage, censusLines, countsOf, type VillageRow, villagesOf, worklistOf } from "./campaign.queries.ts";
import { closeCampaignRow, finishVillageRow, insertCampaign } from "./campaign.store.ts";
import { bumpVillages } from "./figures.indicators.ts";

const campaignOf = (row: VillageRow) => ({
  id: row.campaign_id,
  title: row.campaign_title,
  division: row.campaign_division,
  from: row.campaign_from_on,
  to: row.campaign_to_on,
  state: row.campaign_state,
  openedAt: row.campaign_opened_at.toISOString(),
});
const periodOf = (row: VillageRow) => ({ id: row.campaign_id, from: row.campaign_from_on, to: row.campaign_to_on });

const open = handle(openCampaign)(async (input, ctx) => {
  if (input.to < input.from) return ctx.fail("visiting-care/period-impossible", { from: input.from, to: input.to });
  const division = significant(input.division);
  const own = ctx.actor.division ?? ctx.actor.home;
  const foreign = (code: string) => homeOf(code) !== ctx.actor.home;
  if (foreign(division) || !contains(own, division))
    return ctx.fail("visiting-care/not-your-division", { division, own });
  const villages = await villagesOf(ctx.tx, division, ctx.today);
  // Rows are written under the actor's own register: a city or a province asks its counties to open their own.
  if (villages.some((village) => foreign(village.code)))
    return ctx.fail("visiting-care/not-your-division", { division, own });
  if (villages.length === 0) return ctx.fail("visiting-care/no-villages", { division });
  const stray = input.expected.find((one) => !villages.some((village) => village.code === significant(one.division)));
  if (stray) return ctx.fail("visiting-care/unknown-division", { division: stray.division });
  const expected = new Map(input.expected.map((one) => [significant(one.division), one.people]));
  const id = ctx.newId();
  const rows: VillageRow[] = villages.map((village) => ({
    home_code: ctx.actor.home,
    id: ctx.newId(),
    division_code: village.code,
    campaign_id: id,
    campaign_title: input.title,
    campaign_division: division,
    campaign_from_on: input.from,
    campaign_to_on: input.to,
    campaign_state: "open",
    campaign_opened_at: ctx.now,
    name: village.name,
    expected: expected.get(village.code) ?? null,
    found: null,
    state: "open",
    finished_on: null,
    finished_by: null,
    note: null,
  }));
  await insertCampaign(
    ctx.tx,
    {
      home_code: ctx.actor.home,
      id,
      division_code: division,
      title: input.title,
      from_on: input.from,
      to_on: input.to,
      state: "open",
      opened_at: ctx.now,
    },
    rows,
  );
  bumpVillages(ctx, rows, input.from.slice(0, 4), "open", 1);
  ctx.journal(
    "campaign-opened",
    { kind: "campaign", id, home: ctx.actor.home, division },
    { villages: rows.length, from: input.from, to: input.to },
  );
  return { id, villages: rows.length };
});

const finish = handle(finishVillage)(async (input, ctx) => {
  const village = significant(input.division);
  const row = (await worklistOf(ctx.tx, input.campaignId)).find((one) => one.division_code === village);
  if (!row || row.home_code !== ctx.actor.home)
    return ctx.fail("visiting-care/unknown-campaign", { id: input.campaignId, division: village });
  if (row.campaign_state === "closed") return ctx.fail("visiting-care/campaign-closed", { title: row.campaign_title });
  if (row.state === "finished") return ctx.fail("visiting-care/village-finished", { on: row.finished_on });
  const found = (await countsOf(ctx.tx, periodOf(row), village)).get(village)?.found ?? 0;
  const done = { found, on: ctx.today, by: ctx.actor.displayName, note: input.note ?? null };
  if ((await finishVillageRow(ctx.tx, row, done)) !== 1)
    return ctx.fail("visiting-care/village-finished", { on: row.finished_on });
  const year = row.campaign_from_on.slice(0, 4);
  bumpVillages(ctx, [row], year, "open", -1);
  bumpVillages(ctx, [row], year, "finished", 1);
  ctx.journal(
    "village-finished",
    { kind: "campaign", id: row.campaign_id, home: row.home_code, division: village },
    { found, expected: row.expected },
  );
  return {
    division: village,
    found,
    expected: row.expected,
    missing: row.expected === null ? null : Math.max(0, row.expected - found),
  };
});

const close = handle(closeCampaign)(async (input, ctx) => {
  const rows = await worklistOf(ctx.tx, input.id);
  const [first] = rows;
  if (!first || first.home_code !== ctx.actor.home) return ctx.fail("visiting-care/unknown-campaign", { id: input.id });
  if (first.campaign_state === "closed")
    return ctx.fail("visiting-care/campaign-closed", { title: first.campaign_title });
  const left = rows.filter((row) => row.state === "open");
  // Ending early leaves people unasked: that is said with its reason, or not done.
  if (left.length > 0 && !input.reason)
    return ctx.fail("visiting-care/villages-open", {
      count: left.length,
      villages: left.slice(0, 20).map((row) => row.name),
    });
  if ((await closeCampaignRow(ctx.tx, input.id, ctx.now, input.reason ?? null)) !== 1)
    return ctx.fail("visiting-care/unknown-campaign", { id: input.id });
  ctx.journal(
    "campaign-closed",
    { kind: "campaign", id: input.id, home: first.home_code, division: first.campaign_division },
    { finished: rows.length - left.length, open: left.length },
  );
  return { id: input.id, finished: rows.length - left.length, open: left.map((row) => row.division_code) };
});

const list = handle(listCampaigns)(async (input, ctx) => {
  const rows = await campaignPage(ctx.tx, {
    state: input.state,
    after: readCursor(input.after, ["instant", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    campaigns: shown.map((row) => ({
      ...campaignOf(row),
      progress: { villages: row.villages, finished: row.finished, found: row.found_sum },
    })),
    next: rows.length > input.limit && last ? writeCursor([last.campaign_opened_at, last.campaign_id]) : null,
  };
});

const get = handle(getCampaign)(async (input, ctx) => {
  const rows = await worklistOf(ctx.tx, input.id, input.division);
  const [first] = rows;
  if (!first) return ctx.fail("visiting-care/unknown-campaign", { id: input.id });
  const counts = await countsOf(ctx.tx, periodOf(first), input.division ?? first.campaign_division);
  const villages = rows.map((row) => {
    const now = counts.get(row.division_code) ?? { found: 0, proposed: 0, agreed: 0, refused: 0 };
    return {
      division: row.division_code,
      name: row.name,
      state: row.state,
      expected: row.expected,
      ...now,
      finishedOn: row.finished_on,
      finishedBy: row.finished_by,
      note: row.note,
      rows: `/people?division=${row.division_code}`,
    };
  });
  const finished = villages.filter((one) => one.state === "finished").length;
  return {
    ...campaignOf(first),
    progress: { villages: villages.length, finished, found: villages.reduce((all, one) => all + one.found, 0) },
    coverage: rateText(finished, villages.length),
    villages,
  };
});

/** More lines than one paper should have; no village has so many. */
const MOST = 2_000;

const print = handle(printCensus)(async (input, ctx) => {
  const village = significant(input.division);
  const row = (await worklistOf(ctx.tx, input.campaignId)).find((one) => one.division_code === village);
  if (!row || row.home_code !== ctx.actor.home)
    return ctx.fail("visiting-care/unknown-campaign", { id: input.campaignId, division: village });
  const people = await censusLines(ctx.tx, village, MOST + 1);
  if (people.length > MOST) return ctx.fail("visiting-care/too-many-people", { most: MOST });
  ctx.journal(
    "census-printed",
    { kind: "campaign", id: row.campaign_id, home: row.home_code, division: village },
    { people: people.length },
  );
  const paper = await issueDocument(ctx, {
    template: [censusRegister],
    facts: {
      campaign: row.campaign_title,
      village: row.name,
      from: row.campaign_from_on,
      to: row.campaign_to_on,
      on: ctx.today,
      expected: row.expected,
      people: people.map((one) => ({
        name: one.name,
        sex: one.sex,
        bornOn: one.born_on,
        categories: one.categories,
        living: one.living,
        care: one.care,
      })),
    },
    home: row.home_code,
    division: village,
  });
  return { documentId: paper.id, number: paper.number, people: people.length };
});

export const campaignHandlers = [open, finish, close, list, get, print];
