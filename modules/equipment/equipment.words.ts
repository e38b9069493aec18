import { counted, defineWords } from "../../kernel/text/words.ts";

const list = (some: readonly string[] | undefined) => (some ?? []).join("、");
const listEn = (some: readonly string[] | undefined) => (some ?? []).join(", ");
const items = {
  zh: { oxygen_concentrator: "制氧机", oximeter: "血氧仪" } as Readonly<Record<string, string>>,
  en: { oxygen_concentrator: "oxygen concentrator", oximeter: "oximeter" } as Readonly<Record<string, string>>,
};
const zhItem = (item: string | undefined) => items.zh[item ?? ""] ?? item ?? "物品";
const enItem = (item: string | undefined) => items.en[item ?? ""] ?? item ?? "item";

interface More {
  item: string;
  asked: number;
  left: number;
  unit: string;
}

/** Words of donated equipment (捐赠设备用语): names, reasons of a rank, and what is said when something is refused. */
export const words = defineWords({
  zh: {
    title: "捐赠设备",
    items: { oxygen_concentrator: "制氧机", oximeter: "血氧仪" },
    units: { oxygen_concentrator: "台", oximeter: "个" },
    homeKinds: { rural: "农村敬老院", public: "公办养老机构", private: "民办养老机构" },
    homeStates: { open: "运营中", closed: "已关闭" },
    sizeClasses: { small: "50人以下批次", large: "50人以上批次" },
    tilts: { paired: "定点帮扶和对口支援地区", poorest: "三区三州", flood: "洪灾地区" },
    floodSeverities: { light: "较轻", moderate: "较重", serious: "严重", extreme: "特别严重" },
    itemStates: {
      pledged: "已认捐",
      in_stock: "在库",
      allocated: "已分配",
      shipped: "在途",
      delivered: "已签收",
      trained: "已培训",
      verified: "已核查",
      in_use: "使用中",
      fault: "故障",
      discrepancy: "有差异",
      scrapped: "已报废",
    },
    allocationStates: {
      allocated: "已分配",
      shipped: "已发运",
      delivered: "已签收",
      discrepancy: "有差异",
      recalled: "已撤回",
      left_out: "未列入",
    },
    leftOut: {
      "already-served": "此前批次已配备，不重复分配",
      "beyond-stock": "位次靠后，库存已分配完",
      closed: "机构已关闭",
      "other-batch": "不属于本批次的人数规模",
      "size-unknown": "在院人数不明，无法判断批次",
    },
    shipmentStates: {
      shipped: "在途",
      delivered: "已签收",
      discrepancy: "签收有差异",
      recalled: "已撤回",
      returned: "已退回",
    },
    discrepancyKinds: {
      short: "少件",
      missing: "缺失",
      damaged: "损坏",
      serial_mismatch: "编号不符",
      faulty: "不能使用",
      untrained: "无人受训",
      other: "其他",
    },
    discrepancyStates: {
      open: "待整改",
      measured: "整改中",
      done: "已完成待核实",
      verified: "已核实",
      closed: "已销号",
    },
    discrepancySources: {
      delivery: "签收",
      verification: "县级核查",
      spot_check: "抽查",
      evaluation: "第三方评估",
      report: "上报",
    },
    checkKinds: { verification: "县级核查", spot_check: "抽查", evaluation: "第三方评估" },
    checkResults: { ok: "相符", missing: "缺失", damaged: "损坏", mismatch: "不符" },
    events: {
      shipped: "发运",
      recalled: "撤回发运",
      returned: "退回",
      delivered: "签收",
      train: "完成培训",
      verify_ok: "核查相符",
      verify_missing: "核查缺失",
      verify_fail: "核查不符",
      spot_check_ok: "抽查相符",
      spot_check_missing: "抽查缺失",
      evaluate_ok: "评估相符",
      evaluate_missing: "评估缺失",
      use: "投入使用",
      fault: "报告故障",
      repair: "修复",
      scrap: "报废",
      rectify: "差异整改到位",
      "discrepancy-opened": "登记差异",
      "discrepancy-done": "整改完成",
      "home-recorded": "登记机构",
      "home-changed": "变更机构信息",
    },
    shortDelivery: (facts: { item: string; quantity: number }) => `${zhItem(facts.item)}少 ${facts.quantity} 件`,
    damagedDelivery: (facts: { item: string; serial: string; note: string }) =>
      `${zhItem(facts.item)} ${facts.serial} 到货损坏${facts.note ? `：${facts.note}` : ""}`,
    ranked: (facts: { rank: number; flags: readonly string[]; residents: number; class: string; exact: boolean }) =>
      `第 ${facts.rank} 位：${
        facts.flags.length > 0 ? `具备 ${facts.flags.length} 项倾斜因素（${facts.flags.join("、")}）` : "没有倾斜因素"
      }，在院 ${facts.residents} 人${facts.class ? `，${facts.class}` : ""}${
        facts.exact ? "；正好 50 人，此前没有配备，列入本次" : ""
      }。倾斜因素多的在前，其次在院人数多的在前。`,
    leftOutBecause: (facts: { why: string; rank: number | null; batch: string | null }) =>
      `未列入：${facts.why}${facts.batch ? `（${facts.batch}）` : ""}${facts.rank === null ? "" : `，排序第 ${facts.rank} 位`}。`,
    duties: {
      "equipment.confirm-delivery": "签收捐赠设备",
      "equipment.rectify": "设备差异整改",
      "equipment.train-home": "组织设备使用培训",
      "equipment.overdue-below": "督办下级逾期事项",
    },
    remarks: {
      "far-from-home": (facts: { metres: number; tolerance: number }) =>
        `签收位置距机构约 ${facts.metres ?? 0} 米，超过 ${facts.tolerance ?? 0} 米，请核对。`,
      "without-photo": "签收没有附照片。",
      "clock-corrected": "手机时间不准，签收时间由系统推算。",
    },
    settings: {
      tolerance: "签收位置允许偏差（米）",
      rectifyDays: "设备差异整改期限（日）",
      futureMinutes: "签收时间允许超前（分钟）",
    },
    errors: {
      "equipment/not-your-register": (facts: { division: string }) =>
        `区划 ${facts.division ?? ""} 的登记由当地经办，您只能查看，不能办理。请由所在县（市、区）或发出单位办理。`,
      "equipment/home-known": (facts: { name: string }) =>
        `“机构名称”：${facts.name ?? "该机构"}在这个区划已经登记过。请查找原记录，用“变更”修改。`,
      "equipment/unknown-division": (facts: { division: string }) =>
        `“区划代码”：没有 ${facts.division ?? ""} 这个区划。请核对代码。`,
      "equipment/county-missing": (facts: { division: string }) =>
        `“区划代码”：${facts.division ?? ""} 不到县级。机构登记在所在县（市、区），请填六位以上的代码。`,
      "equipment/other-county": (facts: { division: string }) =>
        `“区划代码”：${facts.division ?? ""} 不在本县。机构迁往外县的，请在本县关闭、由迁入县登记。`,
      "equipment/home-changed": "这家机构的资料刚刚被别人改过。请刷新后再改。",
      "equipment/on-the-way": (facts: { shipments: number }) =>
        `还有 ${facts.shipments ?? 1} 批设备在途，不能关闭。请先签收或撤回发运。`,
      "equipment/unknown-home": (facts: { id: string }) =>
        `没有这家机构，或不在您的管辖范围${facts.id ? `（${facts.id}）` : ""}。请核对所选机构。`,
      "equipment/unknown-plan": "没有这个分配方案，或不在您的管辖范围。",
      "equipment/unknown-account": "没有这个库存账户，或不是本单位的物资账户。请在台账中核对“账户”。",
      "equipment/no-stock": (facts: { item: string }) =>
        `“物品”：本单位台账里没有${zhItem(facts.item)}的库存。请先登记捐赠入库（捐赠登记中的物品名称要含“${zhItem(facts.item)}”）。`,
      "equipment/stock-taken": (facts: { item: string; asked: number; available: number }) =>
        `${zhItem(facts.item)}的库存刚刚被另一个方案分配：需要 ${facts.asked ?? 0} 件，只剩 ${facts.available ?? 0} 件。没有保存，请重新编制。`,
      "equipment/no-homes": "所选范围内没有登记的养老机构。请先登记机构，或放宽“范围”。",
      "equipment/item-repeated": (facts: { item: string }) => `“物品”：${zhItem(facts.item)}写了两行，请合并成一行。`,
      "equipment/outside-your-division": (facts: { division: string }) =>
        `“区划”：${facts.division ?? ""} 不在您的管辖范围。`,
      "equipment/nothing-to-recall": "没有可以撤回的分配：都已发运或已撤回。已发运的请先撤回发运。",
      "equipment/home-closed": (facts: { name: string }) => `${facts.name ?? "该机构"}已关闭，不能再办理。`,
      "equipment/home-repeated": (facts: { id: string }) => `“机构”：${facts.id ?? ""} 写了两次，每家机构一行。`,
      "equipment/nothing-allocated": (facts: { name: string; item: string }) =>
        `${facts.name ?? "该机构"}在这个方案里没有待发的${facts.item ? zhItem(facts.item) : "设备"}。请核对方案，或先分配。`,
      "equipment/more-than-allocated": (facts: More) =>
        `“数量”：${zhItem(facts.item)}要发 ${facts.asked ?? 0} 件，只分配了 ${facts.left ?? 0} 件。请按分配数发运。`,
      "equipment/serials-count": (facts: { item: string; asked: number; named: number }) =>
        `“编号”：${zhItem(facts.item)} ${facts.asked ?? 0} 件，写了 ${facts.named ?? 0} 个编号。请逐件扫码，一件一个。`,
      "equipment/serial-repeated": (facts: { serials: readonly string[] }) =>
        `“编号”：这些编号扫了两次：${list(facts.serials)}。每件只扫一次。`,
      "equipment/serial-known": (facts: { serials: readonly string[] }) =>
        `“编号”：这些编号的设备已经登记在机构名下：${list(facts.serials)}。请核对铭牌，不能重复签收。`,
      "equipment/in-the-future": (facts: { on: string; today: string }) =>
        `日期 ${facts.on ?? ""} 在今天 ${facts.today ?? ""} 之后。请核对日期。`,
      "equipment/due-before-shipped": (facts: { due: string; shipped: string }) =>
        `“应签收日期” ${facts.due ?? ""} 早于发运日期 ${facts.shipped ?? ""}。请改为发运之后的日期。`,
      "equipment/unknown-shipment": "没有这张发运单，或不在您的管辖范围。",
      "equipment/already-signed": (facts: { on: string }) =>
        `这批设备${facts.on ? `已于 ${facts.on} ` : "已经"}签收，不能再签收或撤回。有差异请登记差异。`,
      "equipment/already-recalled": "这批设备已经撤回或退回。",
      "equipment/recalled": (facts: { on: string; reason: string }) =>
        `这批设备已于 ${facts.on ?? ""} 撤回${facts.reason ? `（${facts.reason}）` : ""}，签收没有入账。请联系发出单位，按实物情况处理。`,
      "equipment/not-your-home": "这家机构不在您负责的村（社区）。请由所在地的工作人员或县级经办人办理。",
      "equipment/two-signers": "“签收人”：要有两位不同的人签字。请补上另一位，姓名不能相同。",
      "equipment/nothing-signed": "“物品”：没有扫到任何一件。一件也没有收到的，请由县级经办人登记差异。",
      "equipment/more-than-shipped": (facts: More) =>
        `“数量”：${zhItem(facts.item)}签收 ${facts.asked ?? 0} 件，发运单上待签收的只有 ${facts.left ?? 0} 件。请核对，多出的不要签收。`,
      "equipment/not-shipped": (facts: { item: string }) =>
        `“物品”：这张发运单上没有${zhItem(facts.item)}。请核对发运单。`,
      "equipment/serial-not-shipped": (facts: { serials: readonly string[] }) =>
        `“编号”：这些编号不在这张发运单上：${list(facts.serials)}。请核对铭牌；编号确实不符的，请登记差异。`,
      "equipment/damaged-not-signed": (facts: { serials: readonly string[] }) =>
        `“损坏”：这些编号不在本次签收的设备里：${list(facts.serials)}。`,
      "equipment/before-shipped": (facts: { on: string; shippedOn: string }) =>
        `“签收时间” ${facts.on ?? ""} 早于发运日期 ${facts.shippedOn ?? ""}。请核对时间。`,
      "equipment/unknown-file": "“照片”或“签名”：有文件没有上传成功。请重新上传。",
      "equipment/unknown-item": "没有这件设备，或不在您的管辖范围。",
      "equipment/item-state": (facts: { serial: string; from: string; event: string }) =>
        `设备 ${facts.serial ?? ""} 现在是“${zhState[facts.from ?? ""] ?? facts.from ?? ""}”，不能${zhEvent[facts.event ?? ""] ?? facts.event ?? "这样办理"}。请核对编号和状态。`,
      "equipment/scrap-by-officer": "报废由县级经办人办理。请先报告故障，并通知经办人。",
      "equipment/note-missing": "“说明”：故障和报废要写明原因。",
    },
  },
  en: {
    title: "Donated equipment",
    items: { oxygen_concentrator: "Oxygen concentrator", oximeter: "Oximeter" },
    units: { oxygen_concentrator: "pieces", oximeter: "pieces" },
    homeKinds: { rural: "Rural home", public: "Public home", private: "Private home" },
    homeStates: { open: "Open", closed: "Closed" },
    sizeClasses: { small: "Batch of 50 or fewer", large: "Batch of 50 or more" },
    tilts: { paired: "Paired assistance area", poorest: "Three regions and three prefectures", flood: "Flood area" },
    floodSeverities: { light: "Light", moderate: "Moderate", serious: "Serious", extreme: "Extreme" },
    itemStates: {
      pledged: "Pledged",
      in_stock: "In stock",
      allocated: "Allocated",
      shipped: "On the way",
      delivered: "Signed for",
      trained: "Staff trained",
      verified: "Verified",
      in_use: "In use",
      fault: "Faulty",
      discrepancy: "Differs",
      scrapped: "Scrapped",
    },
    allocationStates: {
      allocated: "Allocated",
      shipped: "Shipped",
      delivered: "Signed for",
      discrepancy: "Differs",
      recalled: "Taken back",
      left_out: "Left out",
    },
    leftOut: {
      "already-served": "served by an earlier batch, nothing is given twice",
      "beyond-stock": "the stock ran out before its turn",
      closed: "the home is closed",
      "other-batch": "its size belongs to another batch",
      "size-unknown": "it is not known how many people live there",
    },
    shipmentStates: {
      shipped: "On the way",
      delivered: "Signed for",
      discrepancy: "Signed for, differs",
      recalled: "Recalled",
      returned: "Sent back",
    },
    discrepancyKinds: {
      short: "Fewer pieces",
      missing: "Missing",
      damaged: "Damaged",
      serial_mismatch: "Another number",
      faulty: "Does not work",
      untrained: "Nobody trained",
      other: "Other",
    },
    discrepancyStates: {
      open: "To be put right",
      measured: "Being put right",
      done: "Done, to be verified",
      verified: "Verified",
      closed: "Closed",
    },
    discrepancySources: {
      delivery: "Delivery",
      verification: "County verification",
      spot_check: "Spot check",
      evaluation: "Third-party evaluation",
      report: "Report",
    },
    checkKinds: { verification: "County verification", spot_check: "Spot check", evaluation: "Third-party evaluation" },
    checkResults: { ok: "As recorded", missing: "Missing", damaged: "Damaged", mismatch: "Differs" },
    events: {
      shipped: "Shipped",
      recalled: "Recalled",
      returned: "Sent back",
      delivered: "Signed for",
      train: "Staff trained",
      verify_ok: "Verified",
      verify_missing: "Missing at verification",
      verify_fail: "Failed verification",
      spot_check_ok: "Spot check passed",
      spot_check_missing: "Missing at spot check",
      evaluate_ok: "Evaluated",
      evaluate_missing: "Missing at evaluation",
      use: "Put in use",
      fault: "Fault reported",
      repair: "Repaired",
      scrap: "Scrapped",
      rectify: "Put right",
      "discrepancy-opened": "Discrepancy recorded",
      "discrepancy-done": "Put right, to be verified",
      "home-recorded": "Home recorded",
      "home-changed": "Home changed",
    },
    shortDelivery: (facts) => `${facts.quantity} × ${enItem(facts.item)} missing at delivery`,
    damagedDelivery: (facts) =>
      `${enItem(facts.item)} ${facts.serial} arrived damaged${facts.note ? `: ${facts.note}` : ""}`,
    ranked: (facts) =>
      `Rank ${facts.rank}: ${
        facts.flags.length > 0
          ? `${facts.flags.length} of the three flags (${facts.flags.join(", ")})`
          : "none of the three flags"
      }, ${counted(facts.residents, "resident")}${facts.class ? `, ${facts.class}` : ""}${
        facts.exact ? "; exactly 50 and not served before, so it is served now" : ""
      }. More flags first, then more residents.`,
    leftOutBecause: (facts) =>
      `Left out: ${facts.why}${facts.batch ? ` (${facts.batch})` : ""}${facts.rank === null ? "" : `, rank ${facts.rank}`}.`,
    duties: {
      "equipment.confirm-delivery": "Sign for donated equipment",
      "equipment.rectify": "Put a discrepancy right",
      "equipment.train-home": "Train a home's staff",
      "equipment.overdue-below": "Ask what is overdue below",
    },
    remarks: {
      "far-from-home": (facts) =>
        `Signed about ${facts.metres ?? 0} m from the home, more than ${facts.tolerance ?? 0} m; please check.`,
      "without-photo": "Signed for without a photo.",
      "clock-corrected": "The phone's clock was wrong; the time of signing is worked out by the system.",
    },
    settings: {
      tolerance: "Distance from the home a signature may have (m)",
      rectifyDays: "Days to put a discrepancy right",
      futureMinutes: "Minutes a signature may lie ahead",
    },
    errors: {
      "equipment/not-your-register": (facts) =>
        `Division ${facts.division ?? ""} keeps its own register: you may read it, not change it. Ask its county or the office that sent the equipment.`,
      "equipment/home-known": (facts) =>
        `“Name”: ${facts.name ?? "the home"} is recorded in this division already. Look it up and change it there.`,
      "equipment/unknown-division": (facts) =>
        `“Division”: there is no division ${facts.division ?? ""}. Check the code.`,
      "equipment/county-missing": (facts) =>
        `“Division”: ${facts.division ?? ""} is above the county. A home is recorded in its county: give six digits or more.`,
      "equipment/other-county": (facts) =>
        `“Division”: ${facts.division ?? ""} is in another county. Close the home here and let the other county record it.`,
      "equipment/home-changed": "Somebody has just changed this home. Reload, then change it.",
      "equipment/on-the-way": (facts) =>
        `The home cannot be closed with ${counted(facts.shipments ?? 1, "shipment")} on the way. Sign for or recall what is under way first.`,
      "equipment/unknown-home": (facts) =>
        `There is no such home, or it is outside your division${facts.id ? ` (${facts.id})` : ""}. Check which home you chose.`,
      "equipment/unknown-plan": "There is no such plan, or it is outside your division.",
      "equipment/unknown-account": "There is no such stock, or it is not your office's. Check “account” in the ledger.",
      "equipment/no-stock": (facts) =>
        `“Item”: your office's ledger holds no stock of ${enItem(facts.item)}s. Record the donation first; its item name must contain “${zhItem(facts.item)}”.`,
      "equipment/stock-taken": (facts) =>
        `Another plan has just taken the stock of ${enItem(facts.item)}s: ${facts.asked ?? 0} asked for, ${facts.available ?? 0} left. Nothing was kept; plan again.`,
      "equipment/no-homes": "No homes are recorded where you are planning. Record them first, or widen “division”.",
      "equipment/item-repeated": (facts) => `“Item”: ${enItem(facts.item)} stands in two lines; join them.`,
      "equipment/outside-your-division": (facts) => `“Division”: ${facts.division ?? ""} is outside your division.`,
      "equipment/nothing-to-recall":
        "There is nothing to take back: everything is shipped or taken back already. Recall the shipment first.",
      "equipment/home-closed": (facts) => `${facts.name ?? "The home"} is closed; nothing more can be done there.`,
      "equipment/home-repeated": (facts) => `“Home”: ${facts.id ?? ""} stands there twice; one line for each home.`,
      "equipment/nothing-allocated": (facts) =>
        `This plan holds no ${facts.item ? enItem(facts.item) : "equipment"} still to be shipped to ${facts.name ?? "the home"}. Check the plan, or allocate first.`,
      "equipment/more-than-allocated": (facts) =>
        `“Quantity”: ${facts.asked ?? 0} × ${enItem(facts.item)} asked for, ${facts.left ?? 0} allocated. Ship what is allocated.`,
      "equipment/serials-count": (facts) =>
        `“Numbers”: ${facts.asked ?? 0} × ${enItem(facts.item)}, ${counted(facts.named ?? 0, "number")}. Scan each piece once.`,
      "equipment/serial-repeated": (facts) =>
        `“Numbers”: scanned twice: ${listEn(facts.serials)}. Scan each piece once.`,
      "equipment/serial-known": (facts) =>
        `“Numbers”: already recorded in a home: ${listEn(facts.serials)}. Check the plates; nothing is signed for twice.`,
      "equipment/in-the-future": (facts) =>
        `The date ${facts.on ?? ""} is after today, ${facts.today ?? ""}. Check the date.`,
      "equipment/due-before-shipped": (facts) =>
        `“Due” ${facts.due ?? ""} is before the shipping date ${facts.shipped ?? ""}. Choose a later day.`,
      "equipment/unknown-shipment": "There is no such shipment, or it is outside your division.",
      "equipment/already-signed": (facts) =>
        `This shipment was signed for${facts.on ? ` on ${facts.on}` : ""}; it can be neither signed for again nor recalled. Record a discrepancy if something differs.`,
      "equipment/already-recalled": "This shipment was recalled or sent back already.",
      "equipment/recalled": (facts) =>
        `This shipment was recalled on ${facts.on ?? ""}${facts.reason ? ` (${facts.reason})` : ""}; the signature was not posted. Ask the office that sent it what is to be done with the pieces.`,
      "equipment/not-your-home":
        "This home is not in one of your villages. Ask its own worker or the county's officer.",
      "equipment/two-signers": "“Signed by”: two different people have to sign. Add another one, with another name.",
      "equipment/nothing-signed":
        "“Items”: no piece was scanned. If nothing came at all, let the county's officer record a discrepancy.",
      "equipment/more-than-shipped": (facts) =>
        `“Quantity”: ${facts.asked ?? 0} × ${enItem(facts.item)} signed for, ${facts.left ?? 0} still expected. Check; do not sign for what was not sent.`,
      "equipment/not-shipped": (facts) => `“Items”: this shipment holds no ${enItem(facts.item)}. Check the shipment.`,
      "equipment/serial-not-shipped": (facts) =>
        `“Numbers”: not in this shipment: ${listEn(facts.serials)}. Check the plates; if they really differ, record a discrepancy.`,
      "equipment/damaged-not-signed": (facts) =>
        `“Damaged”: not among the pieces signed for: ${listEn(facts.serials)}.`,
      "equipment/before-shipped": (facts) =>
        `“Signed at” ${facts.on ?? ""} is before the shipping date ${facts.shippedOn ?? ""}. Check the time.`,
      "equipment/unknown-file": "“Photos” or “signature”: a file has not arrived. Upload it again.",
      "equipment/unknown-item": "There is no such piece, or it is outside your division.",
      "equipment/item-state": (facts) =>
        `Piece ${facts.serial ?? ""} is “${enState[facts.from ?? ""] ?? facts.from ?? ""}”; ${enEvent[facts.event ?? ""] ?? facts.event ?? "this"} is not possible. Check number and state.`,
      "equipment/scrap-by-officer": "Scrapping is for the county's officer. Report the fault and tell the officer.",
      "equipment/note-missing": "“Note”: say why for a fault or for scrapping.",
    },
  },
});

const zhState: Readonly<Record<string, string>> = words.zh.itemStates;
const enState: Readonly<Record<string, string>> = words.en.itemStates;
const zhEvent: Readonly<Record<string, string>> = words.zh.events;
const enEvent: Readonly<Record<string, string>> = words.en.events;
