import { reconcile } from "../../kernel/ledger/reconcile.ts";
import { Refusal } from "../../kernel/operation/errors.ts";
import type { Land, MakeLand } from "../../kernel/sync/testing/land.ts";
import { recordDonation } from "../../modules/donations/index.ts";
import {
  changeHome,
  listShipments,
  planAllocation,
  recallShipment,
  recordHome,
  ship,
  signDelivery,
} from "../../modules/equipment/index.ts";

const HOMES = 6;
const STOCK = 2_000;

/** Deliveries as they are, as a land for the simulator (签收模拟场景): shipments that are recalled, moved and signed for at once. */
export const deliveryLand: MakeLand = ({ house, place, dice, officer }): Land => {
  const careHomes: string[] = [];
  const inHomes = "home_code = any($1)";

  /** What a clerk is refused is part of the course of events; a fault is not. */
  const tries = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return "";
    } catch (error) {
      if (error instanceof Refusal) return ` (refused: ${error.code})`;
      throw error;
    }
  };
  const homeOf = async (id: string) =>
    (
      await house.sql<{ home_code: string; division_code: string; version: number }>(
        "select home_code, division_code, version from care_home where id = $1",
        [id],
      )
    )[0];

  /** Plans some pieces for a home and sends them. */
  async function send(id: string): Promise<string> {
    const row = await homeOf(id);
    if (!row) return `nothing to send to ${id.slice(0, 8)}`;
    const clerk = officer(row.home_code);
    const said = await tries(
      (async () => {
        const plan = await clerk.call(planAllocation, {
          name: `样本方案${dice.int(1_000_000)}`,
          homes: [id],
          items: [{ item: "oximeter", perHome: 3 + dice.int(20) }],
        });
        await clerk.call(ship, { planId: plan.id, homes: [{ careHomeId: id }], dueOn: "2026-08-01" });
      })(),
    );
    return `sends to ${id.slice(0, 8)}${said}`;
  }

  return {
    async prepare() {
      for (const home of place.homes)
        await officer(home).call(recordDonation, {
          donor: "样本基金会",
          item: "血氧仪",
          unit: "个",
          quantity: STOCK,
          valueFen: 100_000,
          valuation: "invoice",
          on: "2026-05-01",
        });
      for (let n = 0; n < HOMES; n++) {
        const division = dice.pick(place.villages);
        const { id } = await officer(division.slice(0, 6)).call(recordHome, {
          name: `样本${"甲乙丙丁戊己"[n]}敬老院`,
          division,
          residents: 20 + dice.int(60),
        });
        careHomes.push(id);
        await send(id);
      }
    },
    personOf: (type, id, body) =>
      type === "equipment-shipment" &&
      (body.lines as { quantity: number; signed: number }[]).some((line) => line.signed < line.quantity)
        ? id
        : undefined,
    act: (shipmentId, mark) => {
      // Some numbers are on two plates, and some scan one piece more than there is.
      const serials = dice.chance(0.1) ? [`DUP-${dice.int(3)}`] : [`S-${mark}`];
      if (dice.chance(0.25)) serials.push(`T-${mark}`);
      return {
        operation: signDelivery.id,
        input: {
          id: mark,
          shipmentId,
          lines: [{ item: "oximeter", serials }],
          signers: [{ name: "样守义" }, { name: "样桂花" }],
        },
      };
    },
    async disturb() {
      const id = dice.pick(careHomes);
      const kind = dice.int(100);
      if (kind < 45) return send(id);
      const row = await homeOf(id);
      if (!row) return `no home ${id.slice(0, 8)}`;
      const clerk = officer(row.home_code);
      if (kind < 75) {
        const [found] = await house.sql<{ id: string }>(
          "select id from equipment_shipment where care_home_id = $1 and state = 'shipped' order by id limit 1",
          [id],
        );
        if (!found) return `nothing to recall from ${id.slice(0, 8)}`;
        const said = await tries(clerk.call(recallShipment, { id: found.id, reason: "发错" }));
        return `recalls ${found.id.slice(0, 8)}${said}`;
      }
      const village = dice.pick(place.villages.filter((one) => one.startsWith(row.home_code)));
      const said = await tries(clerk.call(changeHome, { id, version: row.version, division: village, reason: "迁址" }));
      return `moves home ${id.slice(0, 8)} to ${village}${said}`;
    },
    async expected(villages) {
      const rows = await house.sql<{ id: string }>(
        `select ship.id from equipment_shipment ship where ship.division_code = any($1) and (ship.state = 'shipped'
           or (ship.state in ('discrepancy', 'delivered') and (ship.signed_pieces < ship.pieces
             or ship.id in (select shipment_id from equipment_discrepancy where state <> 'closed'))))`,
        [villages],
      );
      return new Set(rows.map((row) => `equipment-shipment ${row.id}`));
    },
    async outside(who, villages) {
      const { shipments } = await who.call(listShipments, { limit: 200 });
      return shipments
        .filter((one) => !villages.includes(one.division))
        .map((one) => `shipment ${one.id} in ${one.division}`);
    },
    async written() {
      const rows = await house.sql<{ id: string; n: number; at: Date }>(
        `select id, count(*)::integer as n, min(delivered_at) as at from equipment_delivery where ${inHomes} group by id`,
        [place.homes],
      );
      return new Map(rows.map((row) => [row.id, { times: row.n, at: row.at }]));
    },
    async figures() {
      const counted = await house.sql<{ id: string; pieces: number; kept: number; signed: number; items: number }>(
        `select ship.id, ship.pieces, ship.signed_pieces as kept,
           coalesce((select sum(jsonb_array_length(line->'serials'))::integer from equipment_delivery done, jsonb_array_elements(done.lines) as line
             where done.shipment_id = ship.id), 0) as signed,
           (select count(*)::integer from equipment_item piece where piece.shipment_id = ship.id and piece.state <> 'shipped') as items
         from equipment_shipment ship where ship.${inHomes}`,
        [place.homes],
      );
      const wrong = counted
        .filter((one) => one.kept !== one.signed || one.items !== one.signed || one.signed > one.pieces)
        .map((one) => `shipment ${one.id}: ${JSON.stringify(one)}`);
      // Balances are kept in shares; what a home has is what was signed for there.
      const balances = await house.sql<{ owner: string; kept: string; signed: string }>(
        `select account.owner_id as owner, sum(share.balance)::text as kept,
           coalesce((select sum(signed_pieces) from equipment_shipment where care_home_id = account.owner_id), 0)::text as signed
         from ledger_account account join ledger_balance share on share.home_code = account.home_code and share.account_id = account.id
         where account.${inHomes} and account.owner_kind = 'care_home' and account.kind = 'delivered' group by account.owner_id`,
        [place.homes],
      );
      for (const one of balances)
        if (one.kept !== one.signed)
          wrong.push(`home ${one.owner}: ${one.kept} in the ledger, ${one.signed} signed for`);
      const { differences } = await reconcile(house.open.database);
      wrong.push(...differences.map((one) => `ledger ${one.what} ${one.id}: kept ${one.kept}, found ${one.found}`));
      return wrong;
    },
  };
};
