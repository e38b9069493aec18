import { bump } from "../../../kernel/indicator/indicator.ts";
import { enqueue } from "../../../kernel/jobs/jobs.ts";
import type { Context, Subject } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { publish, withdraw } from "../../../kernel/publication/publication.ts";
import { recordVersions } from "../../../kernel/register/register.ts";
import { index } from "../../../kernel/search/search.ts";
import { nameKey } from "../organisations.facts.ts";
import { publishFormerNames } from "./former-names.store.ts";
import { bodyOf, type OrganisationRow } from "./organisation.row.ts";
import { moves } from "./organisations.indicators.ts";
import {
  formerNameCollection,
  organisationCollection,
  publicItem,
  publicKey,
  searchTokens,
  unwordedItem,
} from "./organisations.publication.ts";
import {
  freeCodes,
  insertOrganisations,
  keepNameKeys,
  type NameKeyRow,
  takeCodes,
  updateOrganisations,
} from "./organisations.store.ts";

/** Name under which versions of organisations are kept. */
export const register = "organisations.organisation";

/** Above so many rows in one command the search words are made by a job. */
const INDEXED_AT_ONCE = 20;

/** The job that makes search words for organisations loaded in bulk (补建检索词). */
export const indexNamesJob = "organisations.index-names";

/** What a journal entry about an organisation points to. */
export function subjectOf(row: OrganisationRow): Subject {
  return { kind: "organisation", id: row.id, home: row.home_code, division: row.division_code };
}

/** One state of the register replaced by another. */
export interface Change {
  readonly before: OrganisationRow;
  /** The new state; its version number is set here. */
  readonly after: OrganisationRow;
  /** From which day the new state holds. */
  readonly validFrom: string;
  /** Version this one corrects. */
  readonly corrects?: number;
}

function nameKeyRow(row: OrganisationRow, name = row.name, current = true, endedOn: string | null = null): NameKeyRow {
  return {
    name_key: nameKey(name),
    home_code: row.home_code,
    organisation_id: row.id,
    division_code: row.division_code,
    name,
    kind: row.kind,
    current,
    ended_on: endedOn,
  };
}

/**
 * Adds organisations to the register (登记入簿), many as a few statements: row, unique keys, version 1, search, counters,
 * public page. Refuses with organisations/code-taken when a code was taken meanwhile.
 */
export async function addOrganisations(
  ctx: Context,
  added: readonly { readonly row: OrganisationRow; readonly validFrom: string }[],
): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map((one) => one.row);
  await insertOrganisations(ctx.tx, rows);
  const codes = rows.flatMap((row) =>
    row.credit_code ? [{ code: row.credit_code, home_code: row.home_code, organisation_id: row.id }] : [],
  );
  ctx.later(async (tx) => {
    if ((await takeCodes(tx, codes)) !== codes.length)
      throw new Refusal("organisations/code-taken", 409, { codes: codes.length === 1 ? codes[0]?.code : codes.length });
    await keepNameKeys(
      tx,
      rows.map((row) => nameKeyRow(row)),
    );
  });
  recordVersions(
    ctx,
    added.map(({ row, validFrom }) => ({
      register,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      organisation: row.id,
      unit: row.unit_id,
      version: row.version,
      validFrom,
      body: bodyOf(row),
    })),
  );
  // Search words are three quarters of the cost of a bulk load: they follow right after it, in the background.
  const later = rows.length > INDEXED_AT_ONCE;
  if (later) enqueue(ctx, indexNamesJob, { ids: rows.map((row) => row.id) });
  else index(ctx, rows.map(indexed), true);
  publish(
    ctx,
    rows.map((row) => (later ? unwordedItem(row) : publicItem(row))),
  );
  bump(
    ctx,
    rows.flatMap((row) => moves(undefined, row)),
  );
}

function indexed(row: OrganisationRow) {
  return {
    collection: register,
    home: row.home_code,
    division: row.division_code,
    subject: row.id,
    sortKey: row.name_key,
    tokens: searchTokens(row),
  };
}

/**
 * Changes organisations (变更入簿), many as a few statements: row with the next version number, stored version, search when
 * the name or code changed, counters, public page. Answers the new rows.
 * @throws Refusal organisations/not-your-register (403), organisations/changed-meanwhile (409): nothing is overwritten unseen.
 */
export async function changeOrganisations(ctx: Context, changes: readonly Change[]): Promise<OrganisationRow[]> {
  if (changes.length === 0) return [];
  const done = changes.map((change) => ({
    ...change,
    after: { ...change.after, version: change.before.version + 1, updated_at: ctx.now } satisfies OrganisationRow,
  }));
  const rows = done.map((change) => change.after);
  const touched = await updateOrganisations(ctx.tx, rows);
  if (touched !== rows.length) {
    const foreign = ctx.actor.scope.kind === "staff" && rows.some((row) => row.home_code !== ctx.actor.home);
    const name = rows.length === 1 ? rows[0]?.name : undefined;
    if (foreign) throw new Refusal("organisations/not-your-register", 403, { name });
    throw new Refusal("organisations/changed-meanwhile", 409, { name });
  }
  recordVersions(
    ctx,
    done.map(({ after, validFrom, corrects }) => ({
      register,
      home: after.home_code,
      division: after.division_code,
      subject: after.id,
      organisation: after.id,
      unit: after.unit_id,
      version: after.version,
      validFrom,
      body: bodyOf(after),
      ...(corrects ? { corrects } : {}),
    })),
  );
  const renamed = done.filter(({ before, after }) => before.name !== after.name || before.kind !== after.kind);
  const recoded = done.filter(({ before, after }) => before.credit_code !== after.credit_code);
  if (renamed.length > 0 || recoded.length > 0) {
    const taken = recoded.flatMap(({ after }) =>
      after.credit_code ? [{ code: after.credit_code, home_code: after.home_code, organisation_id: after.id }] : [],
    );
    ctx.later(async (tx) => {
      await freeCodes(
        tx,
        recoded.flatMap(({ before }) => before.credit_code ?? []),
      );
      if ((await takeCodes(tx, taken)) !== taken.length)
        throw new Refusal("organisations/code-taken", 409, { codes: taken.map((one) => one.code) });
      await keepNameKeys(
        tx,
        renamed.flatMap(({ before, after, validFrom }) => [
          ...(nameKey(before.name) === nameKey(after.name) ? [] : [nameKeyRow(after, before.name, false, validFrom)]),
          nameKeyRow(after),
        ]),
      );
    });
    index(
      ctx,
      [...new Set([...renamed, ...recoded])].map(({ after }) => indexed(after)),
    );
    const recodedKeys = recoded.map(({ before }) => publicKey(before));
    withdraw(ctx, organisationCollection, recodedKeys);
    withdraw(ctx, formerNameCollection, recodedKeys);
  }
  const reworded = new Set([...renamed, ...recoded].map(({ after }) => after.id));
  publish(
    ctx,
    rows.filter((row) => reworded.has(row.id)).map((row) => publicItem(row)),
  );
  publish(ctx, rows.filter((row) => !reworded.has(row.id)).map(unwordedItem));
  publishFormerNames(
    ctx,
    rows.filter((row) => reworded.has(row.id)),
  );
  bump(
    ctx,
    done.flatMap(({ before, after }) => moves(before, after)),
  );
  return rows;
}

/** Changes one organisation; see `changeOrganisations`. */
export async function changeOrganisation(
  ctx: Context,
  before: OrganisationRow,
  patch: Partial<OrganisationRow>,
  validFrom: string,
  corrects?: number,
): Promise<OrganisationRow> {
  const [row] = await changeOrganisations(ctx, [
    { before, after: { ...before, ...patch }, validFrom, ...(corrects ? { corrects } : {}) },
  ]);
  return row as OrganisationRow;
}
