import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import type { Collection } from "../../../kernel/publication/define.ts";
import {
  getOrganisation,
  type Listed,
  listCorrections,
  listListed,
  listPublished,
  type PublishedItem,
} from "../portal.contract.ts";
import { conclusions, formerNames, lists, register } from "./portal.collections.ts";
import type { Counts } from "./portal.counts.ts";
import { correctionPage, newestPage } from "./portal.newest.queries.ts";
import {
  correctionsOf,
  findItem,
  formerNamesOf,
  type ItemRow,
  itemPage,
  itemsAbout,
  organisationKeys,
} from "./portal.queries.ts";
import { hitOf, insideRoot } from "./search.handlers.ts";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const whole = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : null;

function itemOf(row: ItemRow): PublishedItem {
  return {
    collection: row.collection,
    key: row.key,
    title: row.title,
    division: row.division_code,
    publishedOn: row.published_on,
    expiresOn: row.expires_on,
    body: row.body,
  };
}

const organisation = handle(getOrganisation)(async (input, ctx) => {
  const asked = input.code.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  const row =
    (await findItem(ctx.tx, register, asked, ctx.today)) ??
    (await findItem(ctx.tx, register, input.code.toLowerCase(), ctx.today));
  if (!row) return ctx.fail("portal/unknown-organisation", { code: input.code });
  const about = row.subject_id
    ? (await itemsAbout(ctx.tx, row.subject_id, ctx.today)).filter((item) => item.collection !== register)
    : [];
  const { body } = row;
  const isListing = (item: ItemRow) => item.collection === lists.abnormal || item.collection === lists.serious;
  const inspections = about.filter((item) => item.collection === conclusions);
  return {
    ...hitOf(row, await formerNamesOf(ctx.tx, [row.key])),
    codeFlag: text(body.codeFlag),
    supervisoryUnit: text(body.supervisoryUnit),
    directRegistration: body.directRegistration === true,
    domicile: text(body.domicile),
    legalRepresentative: text(body.legalRepresentative),
    scope: text(body.scope),
    fundsFen: whole(body.fundsFen),
    gradeTo: text(body.gradeTo),
    listedOn: text(body.listedOn),
    inspectionYear: whole(body.inspectionYear),
    inspectionConclusion: text(body.inspectionConclusion),
    publishedOn: row.published_on,
    listings: about.filter(isListing).map(itemOf),
    inspections: inspections.toSorted((a, b) => Number(b.body.year) - Number(a.body.year)).map(itemOf),
    published: about
      .filter((item) => !isListing(item) && item.collection !== conclusions && item.collection !== formerNames)
      .map(itemOf),
    corrections: (await correctionsOf(ctx.tx, [row, ...about])).map((one) => ({
      collection: one.collection,
      version: one.version,
      reason: one.reason,
      on: one.corrected_on,
      old: one.old_body,
    })),
    asOf: ctx.today,
  };
});

function listedOf(row: ItemRow, keys: ReadonlySet<string>): Listed {
  const { body } = row;
  const code = text(body.code);
  return {
    key: row.key,
    organisationKey: code && keys.has(code) ? code : null,
    name: row.title,
    code,
    division: row.division_code,
    ground: text(body.ground),
    groundText: text(body.groundText),
    article: text(body.article),
    addedGrounds: text(body.addedGrounds),
    listedOn: text(body.listedOn),
    authority: text(body.authority),
    decidedOn: text(body.decidedOn),
    decisionNumber: text(body.decisionNumber),
    verificationCode: text(body.verificationCode),
  };
}

const byDivision = (row: ItemRow) => writeCursor([row.division_code, row.sort_key, row.key]);

function placeOf(after: string | undefined) {
  const [division, sortKey, key] = readCursor(after, ["text", "text", "text"]) ?? [];
  return division === undefined || sortKey === undefined || key === undefined ? undefined : { division, sortKey, key };
}

/** Reading handlers of the portal; `collections` are those of the whole house. */
export function readHandlers(collections: ReadonlyMap<string, Collection>, counts: Counts) {
  const listListedHandler = handle(listListed)(async (input, ctx) => {
    const division = insideRoot(ctx, input.division ?? ctx.house.root);
    const after = placeOf(input.after);
    if (input.after !== undefined && !after) return ctx.fail("portal/unknown-page");
    if (division === undefined) return { list: input.list, items: [], total: 0, asOf: ctx.today, next: null };
    const rows = await itemPage(ctx.tx, lists[input.list], {
      division,
      today: ctx.today,
      limit: input.limit + 1,
      after,
    });
    const shown = rows.slice(0, input.limit);
    const keys = await organisationKeys(
      ctx.tx,
      shown.flatMap((row) => text(row.body.code) ?? []),
    );
    const last = shown.at(-1);
    return {
      list: input.list,
      items: shown.map((row) => listedOf(row, keys)),
      total: await counts.listed(ctx, division, input.list),
      asOf: ctx.today,
      next: rows.length > input.limit && last ? byDivision(last) : null,
    };
  });

  const listPublishedHandler = handle(listPublished)(async (input, ctx) => {
    if (!collections.has(input.collection))
      return ctx.fail("portal/unknown-collection", { collection: input.collection });
    const division = insideRoot(ctx, input.division);
    const after = placeOf(input.after);
    if (input.after !== undefined && !after) return ctx.fail("portal/unknown-page");
    if (input.division !== undefined && division === undefined) return { items: [], next: null };
    const within = division === ctx.house.root ? undefined : division;
    const page = input.order === "newest" ? newestPage : itemPage;
    const rows = await page(ctx.tx, input.collection, {
      division: within,
      today: ctx.today,
      limit: input.limit + 1,
      after,
    });
    const shown = rows.slice(0, input.limit);
    const last = shown.at(-1);
    return { items: shown.map(itemOf), next: rows.length > input.limit && last ? byDivision(last) : null };
  });

  const listCorrectionsHandler = handle(listCorrections)(async (input, ctx) => {
    const wanted = [...collections.keys()].filter(
      (id) => id === input.collection || (input.collection.endsWith(".") && id.startsWith(input.collection)),
    );
    if (wanted.length === 0) return ctx.fail("portal/unknown-collection", { collection: input.collection });
    const place = readCursor(input.after, ["day", "text", "text", "number"]);
    if (input.after !== undefined && !place) return ctx.fail("portal/unknown-page");
    const rows = await correctionPage(ctx.tx, wanted, {
      today: ctx.today,
      limit: input.limit + 1,
      after: place && {
        on: place[0],
        collection: place[1],
        key: place[2],
        version: place[3],
      },
    });
    const shown = rows.slice(0, input.limit);
    const last = shown.at(-1);
    return {
      corrections: shown.map((row) => ({
        collection: row.collection,
        key: row.key,
        title: row.title,
        on: row.corrected_on,
        reason: row.reason,
        version: row.version,
        old: row.old_body,
        now: row.body,
      })),
      next:
        rows.length > input.limit && last
          ? writeCursor([last.corrected_on, last.collection, last.key, last.version])
          : null,
    };
  });

  return [organisation, listListedHandler, listPublishedHandler, listCorrectionsHandler];
}
