import type { z } from "zod";
import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { sql } from "../../../kernel/database/sql.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { rectifyDuty } from "../equipment.duties.ts";
import type { discrepancyKind, discrepancySource, discrepancyState, ItemKind } from "../equipment.shapes.ts";
import { recordEvents } from "./events.store.ts";

/** A row of the table `equipment_discrepancy`. */
export interface DiscrepancyRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly care_home_id: string;
  readonly care_home_name: string;
  readonly shipment_id: string | null;
  readonly item_id: string | null;
  readonly kind: z.infer<typeof discrepancyKind>;
  readonly item: ItemKind | null;
  readonly quantity: number;
  readonly source: z.infer<typeof discrepancySource>;
  readonly description: string;
  readonly state: z.infer<typeof discrepancyState>;
  readonly owner_id: string | null;
  readonly owner_name: string;
  readonly opened_on: string;
  readonly due_on: string;
  readonly measure: string | null;
  readonly term: "immediate" | "long_term" | null;
  readonly proof: string | null;
  readonly photo_ids: readonly string[];
  readonly done_by: string | null;
  readonly done_on: string | null;
  readonly verified_by: string | null;
  readonly verified_on: string | null;
  readonly closed_on: string | null;
  readonly reopened: number;
  readonly escalated: number;
  readonly version: number;
}

/** Where a discrepancy belongs: the home it is in. */
export interface InHome {
  readonly home: string;
  readonly division: string;
  readonly careHomeId: string;
  readonly careHome: string;
}

export interface NewDiscrepancy {
  readonly kind: DiscrepancyRow["kind"];
  readonly item: ItemKind | null;
  readonly quantity: number;
  readonly source: DiscrepancyRow["source"];
  readonly description: string;
  readonly shipmentId?: string | null;
  readonly itemId?: string | null;
  readonly photoIds?: readonly string[];
  /** Absent: the setting's days from the day of the act. */
  readonly dueOn?: string;
  /** Who is to put it right; absent: the county's officers together, by the name of their office. */
  readonly owner?: { readonly id: string | null; readonly name: string };
}

/**
 * Opens discrepancies of a home (登记差异): each with an owner, a due date, a duty and its first event. `office` is the
 * name of the county's office. Effects; answers the ids.
 */
export function openDiscrepancies(ctx: Context, at: InHome, office: string, some: readonly NewDiscrepancy[]): string[] {
  if (some.length === 0) return [];
  const on = dateInShanghai(ctx.happenedAt);
  const days = Number(ctx.house.settings.on("equipment.rectify-days", on, at.division));
  // What arrives late from a phone is not overdue the moment it is known.
  const usual = addDays(ctx.today, days);
  const rows = some.map((one) => ({
    home_code: at.home,
    id: ctx.newId(),
    division_code: at.division,
    care_home_id: at.careHomeId,
    care_home_name: at.careHome,
    shipment_id: one.shipmentId ?? null,
    item_id: one.itemId ?? null,
    kind: one.kind,
    item: one.item,
    quantity: one.quantity,
    source: one.source,
    description: one.description,
    owner_id: one.owner?.id ?? null,
    owner_name: one.owner?.name ?? office,
    opened_on: on,
    due_on: one.dueOn ?? usual,
    photo_ids: one.photoIds ?? [],
  }));
  ctx.later(async (tx) => {
    await tx.run(sql`
      with opened as (
        insert into equipment_discrepancy (home_code, id, division_code, care_home_id, care_home_name, shipment_id, item_id, kind, item, quantity, source,
          description, state, owner_id, owner_name, opened_on, due_on, photo_ids, reopened, escalated, version)
        select home_code, id, division_code, care_home_id, care_home_name, shipment_id, item_id, kind, item, quantity, source, description, 'open', owner_id,
          owner_name, opened_on, due_on, array(select jsonb_array_elements_text(photo_ids)::uuid), 0, 0, 1
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, care_home_id uuid, care_home_name text,
          shipment_id uuid, item_id uuid, kind text, item text, quantity integer, source text, description text, owner_id uuid, owner_name text,
          opened_on date, due_on date, photo_ids jsonb))
      update care_home set open_discrepancies = open_discrepancies + ${rows.length}
      where home_code = ${at.home} and id = ${at.careHomeId}`);
  });
  openDuties(
    ctx,
    rows.map((row) => ({
      kind: rectifyDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: row.care_home_name,
      assignee: row.owner_id,
      link: `/equipment/discrepancies/${row.id}`,
      due: row.due_on,
    })),
  );
  recordEvents(
    ctx,
    rows.map((row) => ({
      home: at.home,
      division: at.division,
      careHomeId: at.careHomeId,
      subject: row.id,
      event: "discrepancy-opened",
      quantity: row.quantity,
      photoIds: row.photo_ids,
      note: row.description,
      facts: { kind: row.kind, item: row.item, source: row.source, dueOn: row.due_on },
    })),
  );
  return rows.map((row) => row.id);
}
