import type { z } from "zod";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { recordDonation } from "../../donations/index.ts";
import { donationsModule } from "../../donations/server/index.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { ship } from "../delivery.contract.ts";
import { recordHome } from "../homes.contract.ts";
import { planAllocation } from "../plan.contract.ts";
import { equipmentModule } from "./index.ts";

/** The rooms a test of equipment needs: gifts come from donations, whose recipients are organisations or the office. */
export const equipmentRooms = [organisationsModule, donationsModule, equipmentModule];

/** A county with a village each, in the province of the demonstration. */
export const counties = { east: "630102", middle: "630103" } as const;

let drawn = 0;

/** What a test does again and again (测试步骤): gifts, homes, plans, shipments, by the office whose it is. */
export function steps(house: TestHouse) {
  const province = (hand = "province") => house.as("officer", "63", hand);
  const county = (code: string = counties.east, hand = "county") => house.as("officer", code, hand);
  return {
    province,
    county,
    /** A village of the county, of twelve digits. */
    async village(code: string = counties.east): Promise<string> {
      const [row] = await house.sql<{ code: string }>(
        "select code from division where code >= $1 and code < $2 and level = 5 order by code limit 1",
        [code, `${code.slice(0, 5)}${Number(code.slice(5)) + 1}`],
      );
      return row?.code ?? "";
    },
    give: (item: string, quantity: number, more: object = {}, by = province()) =>
      by.call(recordDonation, {
        donor: "青山集团有限公司",
        publishDonor: true,
        item,
        unit: item === "制氧机" ? "台" : "个",
        quantity,
        ...more,
      } as never),
    async home(more: Partial<z.input<typeof recordHome.input>> = {}, by = county()) {
      const code = more.division ?? counties.east;
      return by.call(recordHome, { name: `试验敬老院${++drawn}`, division: code, residents: 30, ...more });
    },
    plan: (homes: readonly string[], more: object = {}, by = province()) =>
      by.call(planAllocation, { name: "试验方案", homes: [...homes], ...more } as never),
    /** Ships what a plan holds for one home; answers the shipment. */
    async send(planId: string, careHomeId: string, more: object = {}, by = province()) {
      const { lines, ...rest } = more as { lines?: object[] };
      const answer = await by.call(ship, {
        planId,
        homes: [{ careHomeId, ...(lines ? { lines } : {}) }],
        dueOn: "2026-07-15",
        ...rest,
      } as never);
      return answer.shipments[0] as (typeof answer.shipments)[number];
    },
  };
}

export const signers = [{ name: "马院长", post: "院长" }, { name: "李干事" }];
