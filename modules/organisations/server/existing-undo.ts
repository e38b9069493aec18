import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { Facts } from "../../../kernel/operation/define.ts";
import { withdraw } from "../../../kernel/publication/publication.ts";
import { index } from "../../../kernel/search/search.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { removeOrganisations, versionBodies } from "./existing.store.ts";
import { newRow, type OrganisationRow } from "./organisation.row.ts";
import { moves } from "./organisations.indicators.ts";
import { formerNameCollection, organisationCollection, publicKey } from "./organisations.publication.ts";
import { loadOrganisations } from "./organisations.store.ts";
import { changeOrganisations, register } from "./register.ts";

/** What commit wrote for one line. */
export interface ExistingOutcome {
  readonly id: string | null;
  readonly version: number | null;
  readonly outcome: "new" | "same" | "change" | "bad";
}

/**
 * Undoes recorded lines (撤销导入) by compensation: an organisation that the line created goes, a changed one gets the
 * state before as a new version that corrects the undone one. A record touched since is left alone, with the reason.
 */
export async function undoExistingMany(
  ctx: Context,
  outcomes: readonly ExistingOutcome[],
): Promise<(null | { code: string; facts?: Facts })[]> {
  const written = outcomes.filter((one) => one.id !== null && (one.outcome === "new" || one.outcome === "change"));
  const rows = new Map(
    (
      await loadOrganisations(
        ctx.tx,
        written.map((one) => one.id as string),
        true,
      )
    ).map((row) => [row.id, row]),
  );
  const bodies = await versionBodies(
    ctx.tx,
    register,
    written
      .filter((one) => one.outcome === "change")
      .map((one) => ({ id: one.id as string, version: (one.version as number) - 1 })),
  );
  const gone: OrganisationRow[] = [];
  const back: { before: OrganisationRow; after: OrganisationRow; validFrom: string; corrects: number }[] = [];
  const answers = outcomes.map((one): null | { code: string; facts?: Facts } => {
    if (one.id === null || one.outcome === "same" || one.outcome === "bad") return null;
    const row = rows.get(one.id);
    if (!row) return { code: "organisations/not-found" };
    if (row.version !== one.version)
      return { code: "organisations/touched-since", facts: { name: row.name, version: row.version } };
    if (one.outcome === "new") {
      gone.push(row);
      return null;
    }
    const body = bodies.get(one.id);
    if (!body) return { code: "organisations/touched-since", facts: { name: row.name, version: row.version } };
    back.push({ before: row, after: restored(row, body), validFrom: ctx.today, corrects: row.version });
    return null;
  });
  await changeOrganisations(ctx, back);
  if (gone.length > 0) {
    const ids = gone.map((row) => row.id);
    ctx.later((tx) =>
      removeOrganisations(
        tx,
        ids,
        gone.flatMap((row) => row.credit_code ?? []),
      ),
    );
    index(
      ctx,
      gone.map((row) => ({
        collection: register,
        home: row.home_code,
        division: row.division_code,
        subject: row.id,
        sortKey: row.name_key,
        tokens: [],
      })),
    );
    withdraw(ctx, organisationCollection, gone.map(publicKey));
    withdraw(ctx, formerNameCollection, gone.map(publicKey));
    bump(
      ctx,
      gone.flatMap((row) => moves(row, undefined)),
    );
  }
  ctx.journal(
    "register-lines-undone",
    { kind: "organisation-batch", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
    { removed: gone.length, restored: back.length, refused: answers.filter((one) => one !== null).length },
  );
  return answers;
}

function restored(row: OrganisationRow, body: Record<string, unknown>): OrganisationRow {
  const state = body as Partial<OrganisationRow> & Pick<OrganisationRow, "name" | "kind" | "status" | "division_code">;
  return newRow({
    ...state,
    home_code: row.home_code,
    id: row.id,
    division_code: state.division_code,
    name_key: pinyinKey(state.name),
    version: row.version,
    updated_at: row.updated_at,
  });
}
