import { newId } from "../../../kernel/operation/ids.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { equipmentModule } from "./equipment.module.ts";

export const county = "630102";
export const nextCounty = "630103";
export const village = "630102001001";

/** A house with the rooms that oversight needs. */
export async function oversightHouse(): Promise<TestHouse> {
  const house = await testHouse([organisationsModule, equipmentModule]);
  house.clock.set("2026-06-15");
  return house;
}

type Item = "oxygen_concentrator" | "oximeter";

/** A home where pieces were signed for, as deliveries leave it: by item the serials, each in one state. */
export async function equippedHome(
  house: TestHouse,
  name: string,
  given: {
    readonly division?: string;
    readonly pieces?: Partial<Record<Item, readonly string[]>>;
    readonly state?: string;
    readonly trained?: number;
  } = {},
): Promise<string> {
  const id = newId();
  const division = given.division ?? village;
  const home = division.slice(0, 6);
  const pieces = given.pieces ?? { oxygen_concentrator: [`O-${name}`], oximeter: [`X-${name}`] };
  const state = given.state ?? "delivered";
  const verified = ["verified", "in_use", "fault"].includes(state);
  const items = Object.keys(pieces).sort();
  await house.sql(
    `insert into care_home (home_code, id, division_code, name, kind, state, residents, paired, poorest, flagged, served_items, delivered_items,
       verified_items, covered, trained, open_discrepancies, version, created_at)
     values ($1, $2, $3, $4, 'rural', 'open', 20, false, false, 0, '{}', $5, $6, $7, $8, 0, 1, now())`,
    [home, id, division, name, items, verified ? items : [], verified && items.length === 2, given.trained ?? 0],
  );
  for (const [item, serials] of Object.entries(pieces))
    for (const serial of serials ?? [])
      await house.sql(
        `insert into equipment_item (home_code, id, division_code, care_home_id, item, item_name, serial_no, state, delivered_on, verified_on, version)
         values ($1, $2, $3, $4, $5, $5, $6, $7, '2026-06-01', $8, 1)`,
        [home, newId(), division, id, item, serial, state, verified ? "2026-06-02" : null],
      );
  await house.sql(
    "update care_home set verified_pieces = (select count(*) from equipment_item where care_home_id = $1 and verified_on is not null) where id = $1",
    [id],
  );
  return id;
}

/** A shipment to a home as it stands in its county's register. */
export async function shipmentTo(
  house: TestHouse,
  careHome: string,
  given: {
    readonly division?: string;
    readonly pieces?: number;
    readonly signed?: number;
    readonly shippedOn?: string;
    readonly dueOn?: string;
    readonly days?: number | null;
    readonly name?: string;
  },
): Promise<string> {
  const id = newId();
  const division = given.division ?? village;
  const [pieces, signed] = [given.pieces ?? 2, given.signed ?? 0];
  const line = (item: string, quantity: number, signedOf: number) => ({
    item,
    quantity,
    signed: signedOf,
    serials: [],
  });
  await house.sql(
    `insert into equipment_shipment (home_code, id, division_code, care_home_id, care_home_name, giver_home, giver_division, giver_name, lines, shipped_on,
       due_on, state, pieces, signed_pieces, delivered_on, days, created_at)
     values ($1, $2, $3, $4, $5, '630000', '63', '样本民政厅', $6, $7, $8, $9, $10, $11, null, $12, now())`,
    [
      division.slice(0, 6),
      id,
      division,
      careHome,
      given.name ?? "样本敬老院",
      JSON.stringify([
        line("oxygen_concentrator", Math.ceil(pieces / 2), Math.ceil(signed / 2)),
        line("oximeter", Math.floor(pieces / 2), Math.floor(signed / 2)),
      ]),
      given.shippedOn ?? "2026-06-01",
      given.dueOn ?? "2026-06-10",
      signed === 0 ? "shipped" : signed < pieces ? "discrepancy" : "delivered",
      pieces,
      signed,
      given.days ?? null,
    ],
  );
  return id;
}

/** What a call came to: "accepted", or the code of its refusal. */
export const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );

/** Pieces of a home by number and state. */
export async function statesOf(house: TestHouse, careHome: string): Promise<Record<string, string>> {
  const rows = await house.sql<{ serial_no: string; state: string }>(
    "select serial_no, state from equipment_item where care_home_id = $1 order by serial_no",
    [careHome],
  );
  return Object.fromEntries(rows.map((row) => [row.serial_no, row.state]));
}
