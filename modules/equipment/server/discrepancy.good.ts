import { addDays } from "../../../kernel/clock/date.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { rectifyDuty } from "../equipment.duties.ts";
import type { ItemKind } from "../equipment.shapes.ts";
import { words } from "../oversight.words.ts";
import { shortOf, updateDiscrepancy } from "./discrepancy.queries.ts";
import { recordEvents } from "./events.store.ts";
import { settleOverdue } from "./oversight.escalation.ts";

/**
 * Pieces that were missing have come after all (补齐): the shipment's discrepancies shrink, oldest first; one that is made
 * good is done, with the delivery as its proof, and waits for somebody else to verify it. Called by whoever signs, in the
 * same transaction. Answers the ids of those that are done.
 */
export async function makeGood(
  ctx: Context,
  shipment: { readonly id: string; readonly deliveryId: string },
  lines: readonly { readonly item: ItemKind; readonly quantity: number }[],
  on: string,
): Promise<string[]> {
  const done: string[] = [];
  for (const line of lines) {
    let left = line.quantity;
    for (const row of left > 0 ? await shortOf(ctx.tx, shipment.id, line.item) : []) {
      const taken = Math.min(left, row.quantity);
      if (taken === 0) break;
      left -= taken;
      const whole = taken === row.quantity;
      const proof = words.zh.madeGood({ quantity: taken, on });
      await updateDiscrepancy(
        ctx.tx,
        row,
        whole
          ? { ...row, state: "done", proof, done_by: ctx.actor.accountId, done_on: ctx.today }
          : { ...row, quantity: row.quantity - taken },
      );
      recordEvents(ctx, [
        {
          home: row.home_code,
          division: row.division_code,
          careHomeId: row.care_home_id,
          subject: row.id,
          event: whole ? "discrepancy-done" : "discrepancy-made-good",
          quantity: taken,
          note: proof,
          facts: { delivery: shipment.deliveryId, left: row.quantity - taken },
        },
      ]);
      if (!whole) continue;
      done.push(row.id);
      fulfilDuty(ctx, rectifyDuty, row.home_code, row.id);
      settleOverdue(ctx, row.home_code, [row.id]);
      const days = Number(ctx.house.settings.on("equipment.confirm-rectified-days", ctx.today, row.division_code));
      openDuties(ctx, [
        {
          kind: rectifyDuty,
          home: row.home_code,
          division: row.division_code,
          subject: row.id,
          label: row.care_home_name,
          link: `/equipment/discrepancies/${row.id}`,
          due: addDays(ctx.today, days),
        },
      ]);
    }
  }
  return done;
}
