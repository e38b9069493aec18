import { recordDonation } from "../modules/donations/donations.contract.ts";
import {
  assignMeasure,
  planAllocation,
  recallShipment,
  recordHome,
  recordItemEvent,
  recordTraining,
  ship,
  signDelivery,
  verifyHome,
} from "../modules/equipment/index.ts";
import { county } from "./names.ts";
import type { Stage } from "./stage.ts";

const purpose = "农村敬老院设备配备";
const spring = "2026年春节批次（虚构）";
/** Counties of the province that take part beside the county of the demonstration. */
const counties = ["630103", "630105", "630106", "630121", "630202", "630222", "630223", "632221"] as const;
/** Homes of the county that stand in villages of the demonstration's worker, by their place: signed for in part, and on the way. */
const villages: Readonly<Record<number, string>> = { 5: "630102100200", 6: "630102100201", 7: "630102100202" };
const hills = ["青石", "柳湾", "沙沟", "高店", "云谷", "白杨", "南滩", "红崖", "石峡", "东坡", "泉湾", "平川"] as const;
const signers = [
  { name: "马院长（虚构）", post: "院长" },
  { name: "李护理员（虚构）", post: "护理员" },
];

interface Home {
  readonly id: string;
  readonly county: string;
  readonly items: Map<string, string>;
}

/**
 * Donated equipment of a province (捐赠设备演示): homes of nine counties, one of exactly 50, some served by the batch before; a plan, and
 * shipments in each state, with a short one that nobody has put right, homes with nobody trained, a fault and a scrapped piece.
 */
export function planEquipment(stage: Stage): void {
  const province = () => stage.staff("officer", "63");
  const office = (code: string) => stage.staff("officer", code);
  const homes: Home[] = [];
  let plan = "";
  const sent = new Map<number, string>();
  let number = 0;

  const sign = async (at: number, left: "both" | "one" = "both") => {
    const home = homes[at] as Home;
    const scan = (item: "oxygen_concentrator" | "oximeter") => {
      number += 1;
      return { item, serials: [`${item === "oximeter" ? "XYB" : "ZYB"}2026${String(number).padStart(4, "0")}`] };
    };
    const done = await stage.call(office(home.county), signDelivery, {
      shipmentId: sent.get(at) ?? "",
      lines: left === "both" ? [scan("oxygen_concentrator"), scan("oximeter")] : [scan("oxygen_concentrator")],
      signers,
    });
    for (const item of done.items) home.items.set(item.item, item.id);
    return done;
  };
  const check = (at: number) => {
    const home = homes[at] as Home;
    const lines = (["oxygen_concentrator", "oximeter"] as const).map((item) => ({
      item,
      result: "ok" as const,
      seen: 1,
    }));
    return stage.call(office(home.county), verifyHome, { careHomeId: home.id, lines });
  };

  stage.on(stage.ago(68), async () => {
    let at = 0;
    for (const code of [county, ...counties])
      for (let place = 0; place < (code === county ? 8 : 4); place++) {
        const residents = code === county && place === 0 ? 50 : 12 + ((at * 7) % 60);
        const home = await stage.call(office(code), recordHome, {
          name: `${hills[at % hills.length]}${code === county ? "镇" : "乡"}敬老院（虚构）`,
          division: (code === county && villages[place]) || code,
          residents,
          beds: residents + 10,
          paired: at % 4 === 1,
          poorest: code === "632221",
          ...(at % 5 === 2 ? { floodSeverity: "serious" as const } : {}),
          director: "某院长（虚构）",
          ...(at % 9 === 8 ? { served: "both" as const, servedBatch: spring } : {}),
        });
        homes.push({ id: home.id, county: code, items: new Map() });
        at += 1;
      }
    for (const [item, unit, quantity] of [
      ["制氧机", "台", 36],
      ["血氧仪", "个", 34],
    ] as const)
      await stage.call(province(), recordDonation, {
        donor: "青穗公益基金会（虚构）",
        publishDonor: true,
        item,
        unit,
        quantity,
        valueFen: quantity * (unit === "台" ? 260_000 : 12_000),
        valuation: "invoice",
        purpose,
        agreement: "捐协〔2026〕9号",
      });
  });
  stage.on(stage.ago(60), async () => {
    plan = (await stage.call(province(), planAllocation, { name: "农村敬老院设备分配方案（2026年第一批，虚构）" })).id;
  });
  stage.on(stage.ago(50), async () => {
    const wanted = homes.map((home, at) => ({ home, at })).filter(({ at }) => at % 9 !== 8 && at < 18);
    const { shipments } = await stage.call(province(), ship, {
      planId: plan,
      homes: wanted.map(({ home }) => ({ careHomeId: home.id })),
      dueOn: stage.ago(30),
      carrier: "某物流公司（虚构）",
    });
    for (const one of shipments)
      sent.set(
        homes.findIndex((home) => home.id === one.careHomeId),
        one.id,
      );
  });
  stage.on(stage.ago(44), async () => {
    for (const at of [0, 1, 2, 3, 4, 9, 11]) await sign(at);
    const short = await sign(5, "one");
    await stage.call(office(county), assignMeasure, {
      id: short.discrepancyIds[0] ?? "",
      measure: "联系发出单位补发血氧仪",
      dueOn: stage.ago(-10),
    });
  });
  stage.on(stage.ago(38), async () => {
    for (const at of [0, 1, 2, 4, 9])
      await stage.call(office(homes[at]?.county ?? ""), recordTraining, {
        careHomeId: homes[at]?.id ?? "",
        people: 2 + (at % 3),
        trainer: "某县医院护士（虚构）",
      });
  });
  stage.on(stage.ago(30), async () => {
    for (const at of [0, 1, 2, 9]) await check(at);
    await stage.call(province(), recallShipment, { id: sent.get(12) ?? "", reason: "型号更换（虚构）" });
    await stage.call(office(homes[13]?.county ?? ""), recallShipment, {
      id: sent.get(13) ?? "",
      reason: "机构改造，暂不接收（虚构）",
    });
  });
  stage.on(stage.ago(20), async () => {
    const use = async (
      at: number,
      item: "oxygen_concentrator" | "oximeter",
      events: readonly ["use", ...("fault" | "scrap")[]],
    ) => {
      const home = homes[at] as Home;
      for (const event of events)
        await stage.call(office(home.county), recordItemEvent, {
          itemId: home.items.get(item) ?? "",
          event,
          note: event === "use" ? undefined : "不能开机（虚构）",
        });
    };
    await use(0, "oxygen_concentrator", ["use"]);
    await use(0, "oximeter", ["use"]);
    await use(1, "oxygen_concentrator", ["use", "fault"]);
    await use(2, "oximeter", ["use", "fault", "scrap"]);
  });
  stage.on(stage.ago(3), async () => {
    const later = homes.filter((_, at) => at >= 18 && at < 22 && at % 9 !== 8);
    await stage.call(province(), ship, {
      planId: plan,
      homes: later.map((home) => ({ careHomeId: home.id })),
      dueOn: stage.ago(-12),
    });
  });
}
