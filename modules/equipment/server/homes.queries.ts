import type { z } from "zod";
import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { listHomes } from "../homes.contract.ts";
import type { HomeRow } from "./homes.store.ts";

type Where = z.output<typeof listHomes.input>;

function conditions(given: Where) {
  const range = given.division ? rangeOf(given.division) : undefined;
  const prefix = given.q?.normalize("NFKC");
  const item = (column: "delivered" | "verified", answer: "yes" | "no") =>
    column === "delivered"
      ? sql`(delivered_items <> '{}') = ${answer === "yes"}`
      : sql`(verified_items <> '{}') = ${answer === "yes"}`;
  return join(
    [
      sql`true`,
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      // The beginning of a name: the next possible text after everything that begins so.
      ...(prefix ? [sql`name >= ${prefix} and name < ${`${prefix}\u{10FFFF}`}`] : []),
      ...(given.kind ? [sql`kind = ${given.kind}`] : []),
      ...(given.state ? [sql`state = ${given.state}`] : []),
      ...(given.sizeClass ? [sql`size_class = ${given.sizeClass}`] : []),
      ...(given.flag === "paired" ? [sql`paired`] : []),
      ...(given.flag === "poorest" ? [sql`poorest`] : []),
      ...(given.flag === "flood" ? [sql`flood_severity in ('moderate', 'serious', 'extreme')`] : []),
      ...(given.covered ? [sql`covered = ${given.covered === "yes"}`] : []),
      ...(given.delivered ? [item("delivered", given.delivered)] : []),
      ...(given.verified ? [item("verified", given.verified)] : []),
      ...(given.untrained ? [sql`(trained = 0 and delivered_items <> '{}') = ${given.untrained === "yes"}`] : []),
    ],
    " and ",
  );
}

/** A page of homes by division and name. */
export async function homePage(
  tx: Tx,
  given: Where,
  after: readonly [division: string, name: string, id: string] | undefined,
  limit: number,
): Promise<HomeRow[]> {
  const next = after ? sql`and (division_code, name, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)` : sql``;
  return tx.many<HomeRow>(
    sql`select * from care_home where ${conditions(given)} ${next} order by division_code, name, id limit ${limit}`,
  );
}

export async function countHomes(tx: Tx, given: Where): Promise<number> {
  const row = await tx.one<{ count: number }>(
    sql`select count(*)::integer as count from care_home where ${conditions(given)}`,
  );
  return row.count;
}

/** What the page of a home shows of its allocations, trainings, checks and discrepancies. */
export async function aroundHome(tx: Tx, id: string) {
  const [allocations, trainings, checks, discrepancies] = [
    await tx.many<{ id: string; plan_id: string; item: string; quantity: number; state: string; rank: number | null }>(
      sql`select id, plan_id, item, quantity, state, rank from equipment_allocation where care_home_id = ${id} order by id desc limit 200`,
    ),
    await tx.many<{
      id: string;
      trained_on: string;
      topic: string;
      people: number;
      trainer: string | null;
      photo_ids: readonly string[];
    }>(
      sql`select id, trained_on, topic, people, trainer, photo_ids from equipment_training where care_home_id = ${id} order by trained_on desc, id desc limit 200`,
    ),
    await tx.many<{
      id: string;
      kind: string;
      item: string;
      result: string;
      seen: number;
      checked_on: string;
      note: string | null;
      photo_ids: readonly string[];
    }>(
      sql`select id, kind, item, result, seen, checked_on, note, photo_ids from equipment_check where care_home_id = ${id} order by checked_on desc, id desc limit 200`,
    ),
    await tx.many<{
      id: string;
      kind: string;
      item: string | null;
      quantity: number;
      state: string;
      owner_name: string;
      due_on: string;
    }>(
      sql`select id, kind, item, quantity, state, owner_name, due_on from equipment_discrepancy where care_home_id = ${id} order by state, due_on, id limit 200`,
    ),
  ];
  return { allocations, trainings, checks, discrepancies };
}
