import type { Context } from "../../../kernel/operation/context.ts";
import { unseal } from "../../../kernel/vault/seal.ts";
import type { CensusLine } from "../census.rules.ts";
import { recordCensus } from "../people.contract.ts";
import { type Recorded, recordOne } from "./census-write.ts";
import type { PersonEvents } from "./index.ts";
import { sealedOf } from "./people.queries.ts";
import { resolveAlias, type Whereabouts, whereabouts } from "./people.store.ts";

/**
 * Where a person is now (现居何处), across scopes: home, division, state and the id the person is kept under, an alias
 * followed. Undefined when nobody has this id. Nothing of who it is leaves the other register.
 */
export async function locatePerson(ctx: Pick<Context, "tx">, id: string): Promise<Whereabouts | undefined> {
  const kept = await resolveAlias(ctx.tx, id);
  return (await whereabouts(ctx.tx, [kept])).get(kept);
}

/**
 * Phones in clear of people and contacts (拨号用号码), by their id, for the card of whoever is on duty: what the actor's own
 * scope shows, one journal entry a call. Called by commands: what a query notes is not kept.
 */
export async function phonesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sealedOf(ctx.tx, [...new Set(ids)], "phone");
  if (rows.length > 0)
    ctx.journal(
      "phones-shown",
      { kind: "person-batch", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
      { count: rows.length, subjects: rows.slice(0, 200).map((row) => row.subject_id) },
    );
  return new Map(rows.map((row) => [row.subject_id, unseal(ctx.house.keys, row.sealed, `${row.subject_id}/phone`)]));
}

/**
 * Records a person found by another room (登记人员) by the rules of `people.record-census`: found again by number or by
 * name, birth and village, else new; possible doubles become pairs. `events` are those the house composes people with.
 * @throws Refusal with the codes of `people.record-census`.
 */
export async function registerPerson(
  ctx: Context,
  line: CensusLine,
  events: readonly PersonEvents[] = [],
): Promise<Recorded & { readonly id: string; readonly version: number }> {
  return recordOne(ctx, events, line, recordCensus.refusals);
}
