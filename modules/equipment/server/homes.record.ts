import type { z } from "zod";
import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import type { RowRemark } from "../../../kernel/sheet/import.ts";
import { batchClass, flagsOf, floodNames, tiltFlags } from "../equipment.rules.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import type { recordHome } from "../homes.contract.ts";
import type { HomeRow } from "./homes.store.ts";

export type HomeInput = z.output<typeof recordHome.input>;

/** What the rules of priority are asked about a home. */
export function tiltFacts(row: Pick<HomeRow, "paired" | "poorest" | "flood_severity">) {
  return {
    in: [...(row.paired ? [tiltFlags.paired] : []), ...(row.poorest ? [tiltFlags.poorest] : [])],
    ...(row.flood_severity ? { flood_severity: floodNames[row.flood_severity] } : {}),
  };
}

/** The flags of a home (倾斜因素) by the rule of priority. */
export const homeFlags = (row: Pick<HomeRow, "paired" | "poorest" | "flood_severity">) => flagsOf(tiltFacts(row));

/** Items an answer of the form means. */
export function servedItems(served: "both" | "none" | ItemKind | undefined): readonly ItemKind[] {
  if (served === "both") return itemKinds;
  return served === undefined || served === "none" ? [] : [served];
}

/** What the rule of batches is asked about a home. */
export const batchFacts = (row: Pick<HomeRow, "residents" | "served_items">) => ({
  residents: row.residents,
  already_received: row.served_items.length === itemKinds.length,
});

/** Size class of a home by the rule in force today. */
export function sizeClassOf(ctx: Pick<Context, "today" | "house">, row: Pick<HomeRow, "residents" | "served_items">) {
  return decideRule(batchClass, batchFacts(row), {
    today: ctx.today,
    settings: (id, date) => ctx.house.settings.on(id, date, ctx.house.root),
    calendar: ctx.house.calendar(),
  }).output.class;
}

/** What hides all of a phone but its end. */
export const maskContact = (contact: string): string =>
  `${"*".repeat(Math.max(3, contact.length - 4))}${contact.slice(-4)}`;

/** What is wrong with the division of a home, by field. `known` holds the codes there are. */
export function divisionFault(input: HomeInput, home: string, known: ReadonlySet<string>): RowRemark | undefined {
  const code = significant(input.division);
  const fault = (reason: string): RowRemark => ({
    field: "division",
    code: `equipment/${reason}`,
    facts: { field: "division", division: input.division },
  });
  if (!known.has(code)) return fault("unknown-division");
  if (code.length < 6) return fault("county-missing");
  if (homeOf(code) !== home) return fault("not-your-register");
  return undefined;
}

/** The row of a home as it is written down first. */
export function homeRow(ctx: Pick<Context, "newId" | "today" | "house">, input: HomeInput, home: string): HomeRow {
  const served = servedItems(input.served);
  const base = {
    paired: input.paired ?? false,
    poorest: input.poorest ?? false,
    flood_severity: input.floodSeverity ?? null,
  };
  return {
    home_code: home,
    id: ctx.newId(),
    division_code: significant(input.division),
    organisation_id: null,
    name: input.name,
    kind: input.kind,
    state: "open",
    residents: input.residents,
    beds: input.beds ?? null,
    size_class: sizeClassOf(ctx, { residents: input.residents, served_items: served }),
    ...base,
    flagged: homeFlags(base).length,
    director: input.director ?? null,
    contact_masked: input.contact ? maskContact(input.contact) : null,
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
    served_items: served,
    served_batch: input.servedBatch ?? null,
    delivered_items: [],
    verified_items: [],
    covered: false,
    covered_on: null,
    trained: 0,
    trained_on: null,
    open_discrepancies: 0,
    decision_id: null,
    version: 1,
  };
}
