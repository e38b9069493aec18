import { counted, defineWords } from "../../kernel/text/words.ts";
import { words as equipment } from "./equipment.words.ts";

const zhItem = (item: string | undefined) =>
  (equipment.zh.items as Readonly<Record<string, string>>)[item ?? ""] ?? item ?? "物品";
const enItem = (item: string | undefined) =>
  (equipment.en.items as Readonly<Record<string, string>>)[item ?? ""] ?? item ?? "item";
const zhState = (state: string | undefined) =>
  (equipment.zh.discrepancyStates as Readonly<Record<string, string>>)[state ?? ""] ?? state ?? "";
const enState = (state: string | undefined) =>
  (equipment.en.discrepancyStates as Readonly<Record<string, string>>)[state ?? ""] ?? state ?? "";
const zhFound: Readonly<Record<string, string>> = {
  missing: "现场未见",
  damaged: "损坏",
  serial_mismatch: "铭牌编号与登记不符",
};

interface Seen {
  item: string;
  seen: number;
  here: number;
}

/** Words of oversight (跟踪问效用语): what differs, what is published, and what is said when something is refused. */
export const words = defineWords({
  zh: {
    differs: (facts: { item: string; serial: string; kind: string; note: string }) =>
      `${zhItem(facts.item)} ${facts.serial} ${zhFound[facts.kind] ?? facts.kind}${facts.note ? `：${facts.note}` : ""}`,
    madeGood: (facts: { quantity: number; on: string }) => `后续签收补齐 ${facts.quantity} 件（${facts.on}）`,
    lateShipment: (facts: { name: string; due: string }) => `${facts.name}：应于 ${facts.due} 前签收，尚未签收`,
    lateDiscrepancy: (facts: { name: string; due: string }) => `${facts.name}：差异应于 ${facts.due} 前整改，尚未完成`,
    /** What the board counts, as its definitions say. */
    boardFigures: {
      homes: "运营中的养老机构数",
      covered: "制氧机、血氧仪都已签收并经县级核查的机构数",
      shipped: "已发运的件数，撤回和退回的除外",
      delivered: "已签收的件数",
      verified: "经县级核查、现在仍相符的件数",
      onTheWay: "已发运、尚未签收的件数",
      lateShipments: "过了应签收日期仍未签收完的发运批次",
      discrepanciesOpen: "尚未销号的差异",
      discrepanciesLate: "过了整改期限仍未完成的差异",
      homesTrained: "已有设备且至少一人受训的机构数",
      homesUntrained: "已有设备而没有人受训的机构数",
    },
    rates: {
      coverage: "覆盖率：已覆盖机构 ÷ 运营中的机构，只舍不入",
      deliveryRate: "签收率：已签收件数 ÷ 已发运件数",
      discrepancyRate: "差异率：有未销号差异的机构 ÷ 已有设备的机构",
      trainingRate: "培训率：有人受训的机构 ÷ 已有设备的机构",
      medianDays: "发运至签收天数的中位数；正中两数取平均，不取整",
      longestDays: "发运至签收的最长天数",
    },
    backwards: "核实后发现原公布与现状不符",
    collections: {
      "equipment.progress": { name: "捐赠设备配备进度" },
      "equipment.home": { name: "捐赠设备配备机构名单" },
      "equipment.sample": { name: "捐赠设备抽样" },
      "equipment.sample-home": { name: "捐赠设备抽样总体及结果" },
    },
    collectionFields: {
      name: "名称",
      division: "区划代码",
      homes: "机构数",
      covered: "已覆盖机构数",
      coverage: "覆盖率",
      shipped: "发运件数",
      delivered: "签收件数",
      verified: "核查相符件数",
      homesTrained: "有人受训的机构数",
      discrepanciesOpen: "未销号差异",
      asOf: "截至日期",
      concentrator: "制氧机",
      oximeter: "血氧仪",
      isCovered: "是否覆盖",
      purpose: "用途",
      seed: "种子",
      method: "抽取方法",
      populationSize: "总体数",
      populationDigest: "总体摘要",
      size: "抽取数",
      drawnOn: "抽取日期",
      sample: "抽样批次",
      home: "机构编号",
      homeDivision: "机构所在区划",
      position: "总体序号",
      drawn: "抽中序号",
    },
    sealed: { trainee_name: "受训人员姓名", liaison_phone: "联络员电话" },
    settings: {
      escalateDays: "逾期事项再上报一级的间隔（日）",
      confirmRectifiedDays: "整改完成后核实销号的期限（日）",
    },
    errors: {
      "equipment/more-names-than-people": (facts: { names: number; people: number }) =>
        `“受训人数”：填了 ${facts.people ?? 0} 人，却有 ${facts.names ?? 0} 个姓名。请核对人数。`,
      "equipment/nothing-delivered": (facts: { item: string; name: string }) =>
        `${facts.name ?? "该机构"}没有已签收的${zhItem(facts.item)}，无从核查。请先办理签收。`,
      "equipment/untrained": (facts: { name: string }) =>
        `${facts.name ?? "该机构"}还没有人受过使用培训，不能核查为相符。请先登记培训。`,
      "equipment/seen-more": (facts: Seen) =>
        `“看到几件”：${zhItem(facts.item)}写了 ${facts.seen ?? 0} 件，登记在该机构的只有 ${facts.here ?? 0} 件。多出的请先查明来源。`,
      "equipment/result-differs": (facts: Seen) =>
        `“看到几件”与“结果”不一致：${zhItem(facts.item)}登记 ${facts.here ?? 0} 件，看到 ${facts.seen ?? 0} 件。少件选“缺失”，件数相符才选其他结果。`,
      "equipment/serials-needed": (facts: Seen) =>
        `“看到的编号”：${zhItem(facts.item)}登记 ${facts.here ?? 0} 件、看到 ${facts.seen ?? 0} 件，请逐件填写看到的编号，才能知道缺的是哪件。`,
      "equipment/serial-not-here": (facts: { serials: readonly string[] }) =>
        `“看到的编号”：不在该机构名下：${(facts.serials ?? []).join("、")}。请核对铭牌；确实不符的，结果选“不符”。`,
      "equipment/sample-size": (facts: { size: number; population: number }) =>
        !facts.size
          ? "“抽多少家”和“抽百分之几”都没有填。请填一个。"
          : facts.size > (facts.population ?? 0)
            ? `“抽多少家”：要抽 ${facts.size} 家，总体只有 ${facts.population ?? 0} 家。请填小一些。`
            : "“抽多少家”和“抽百分之几”都填了。请只留一个。",
      "equipment/no-population": "所选范围内没有已签收设备的机构，无从抽样。",
      "equipment/unknown-sample": "没有这个抽样批次，或不在您的管辖范围。",
      "equipment/not-drawn": (facts: { name: string }) =>
        `${facts.name ?? "该机构"}不在这次抽中名单里。请核对抽样批次。`,
      "equipment/not-for-evaluation": "这个批次是抽查用的，不能授权第三方评估。请另抽一个评估批次。",
      "equipment/unknown-organisation": (facts: { organisation: string }) =>
        `“评估机构”：没有找到 ${facts.organisation ?? ""}。请核对统一社会信用代码，或按名称查找。`,
      "equipment/until-past": (facts: { until: string; today: string }) =>
        `“授权到” ${facts.until ?? ""} 早于今天 ${facts.today ?? ""}。请改为以后的日期。`,
      "equipment/evaluation-granted": (facts: { until: string }) =>
        `“评估机构”：对这次抽样的授权还在有效期内（到 ${facts.until ?? ""}），不用再授权。`,
      "equipment/unknown-evaluation": "没有这项评估，或不是授权给贵单位的。",
      "equipment/evaluation-over": (facts: { until: string }) =>
        `评估授权已于 ${facts.until ?? ""} 到期，不能再查看或提交。请联系授权单位。`,
      "equipment/evaluation-done": "这家机构的评估结果已经提交过，不能重复提交。",
      "equipment/unknown-discrepancy": "没有这条差异，或不在您的管辖范围。",
      "equipment/discrepancy-state": (facts: { state: string; from: readonly string[] }) =>
        `这条差异现在是“${zhState(facts.state)}”，不能这样办理；须先为“${(facts.from ?? []).map(zhState).join("”或“")}”。`,
      "equipment/discrepancy-changed": "这条差异刚刚被别人处理过。请刷新后再办。",
      "equipment/due-past": (facts: { due: string; today: string }) =>
        `“期限” ${facts.due ?? ""} 早于今天 ${facts.today ?? ""}。请改为今天或以后的日期。`,
      "equipment/unknown-owner": "“责任人”：本县没有这个在用的经办人或工作人员账号。请重新选择。",
      "equipment/same-hand": "整改是您本人登记完成的，须由另一人核实。",
      "equipment/liaison-earlier": (facts: { from: string }) =>
        `“起始日期”：现任联络员自 ${facts.from ?? ""} 起任，新联络员须在其后接任。`,
      "equipment/reason-missing": (facts: { homes: readonly string[] }) =>
        `这次公布会改掉已公布的内容（${(facts.homes ?? []).join("、")}），属于更正。请填写“更正原因”。`,
    },
  },
  en: {
    differs: (facts) => `${enItem(facts.item)} ${facts.serial}: ${facts.kind}${facts.note ? `, ${facts.note}` : ""}`,
    madeGood: (facts) => `${facts.quantity} more signed for on ${facts.on}`,
    lateShipment: (facts) => `${facts.name}: was to be signed for by ${facts.due}`,
    lateDiscrepancy: (facts) => `${facts.name}: was to be put right by ${facts.due}`,
    boardFigures: {
      homes: "Homes that are open",
      covered: "Homes where both items are signed for and verified by the county",
      shipped: "Pieces sent, without what was recalled or sent back",
      delivered: "Pieces signed for",
      verified: "Pieces the county verified and that are still as recorded",
      onTheWay: "Pieces sent and not yet signed for",
      lateShipments: "Shipments past their day and not signed for in full",
      discrepanciesOpen: "Discrepancies that are not closed",
      discrepanciesLate: "Discrepancies past their day and not done",
      homesTrained: "Homes with equipment and at least one trained person",
      homesUntrained: "Homes with equipment and nobody trained",
    },
    rates: {
      coverage: "Covered homes ÷ open homes, cut and never rounded up",
      deliveryRate: "Pieces signed for ÷ pieces sent",
      discrepancyRate: "Homes with an open discrepancy ÷ homes with equipment",
      trainingRate: "Homes with a trained person ÷ homes with equipment",
      medianDays: "Median of the days from shipping to the signature; the mean of the two in the middle, not rounded",
      longestDays: "Longest time from shipping to the signature, in days",
    },
    backwards: "What was published turned out to be otherwise",
    collections: {
      "equipment.progress": { name: "Progress of donated equipment" },
      "equipment.home": { name: "Homes with donated equipment" },
      "equipment.sample": { name: "Samples of donated equipment" },
      "equipment.sample-home": { name: "Populations and draws of samples" },
    },
    collectionFields: {
      name: "Name",
      division: "Division",
      homes: "Homes",
      covered: "Homes covered",
      coverage: "Coverage",
      shipped: "Pieces shipped",
      delivered: "Pieces signed for",
      verified: "Pieces verified",
      homesTrained: "Homes with a trained person",
      discrepanciesOpen: "Open discrepancies",
      asOf: "As of",
      concentrator: "Oxygen concentrator",
      oximeter: "Oximeter",
      isCovered: "Covered",
      purpose: "Purpose",
      seed: "Seed",
      method: "Method",
      populationSize: "Population",
      populationDigest: "Digest of the population",
      size: "Drawn",
      drawnOn: "Drawn on",
      sample: "Sample",
      home: "Home",
      homeDivision: "Division of the home",
      position: "Place in the population",
      drawn: "Place in the draw",
    },
    sealed: { trainee_name: "Name of a trained person", liaison_phone: "Phone of the liaison" },
    settings: {
      escalateDays: "Days until something overdue goes one office further up",
      confirmRectifiedDays: "Days to verify and close what was put right",
    },
    errors: {
      "equipment/more-names-than-people": (facts) =>
        `“People trained”: ${facts.people ?? 0}, but ${counted(facts.names ?? 0, "name")}. Check the number.`,
      "equipment/nothing-delivered": (facts) =>
        `No ${enItem(facts.item)} was signed for in ${facts.name ?? "this home"}; there is nothing to check. Sign for it first.`,
      "equipment/untrained": (facts) =>
        `Nobody in ${facts.name ?? "this home"} was trained in its use; it cannot be verified yet. Record the training first.`,
      "equipment/seen-more": (facts) =>
        `“Pieces seen”: ${facts.seen ?? 0} × ${enItem(facts.item)}, while this home has ${facts.here ?? 0} on record. Find out where the others come from.`,
      "equipment/result-differs": (facts) =>
        `“Pieces seen” and “result” contradict each other: ${facts.here ?? 0} × ${enItem(facts.item)} recorded, ${facts.seen ?? 0} seen. Choose “missing” for fewer, another result only when the number agrees.`,
      "equipment/serials-needed": (facts) =>
        `“Numbers seen”: ${facts.here ?? 0} × ${enItem(facts.item)} recorded, ${facts.seen ?? 0} seen. Name those that are there, so that the missing ones are known.`,
      "equipment/serial-not-here": (facts) =>
        `“Numbers seen”: not recorded in this home: ${(facts.serials ?? []).join(", ")}. Check the plates; if they really differ, choose “differs”.`,
      "equipment/sample-size": (facts) =>
        !facts.size
          ? "“How many homes” and “which share” are both missing. Give one of them."
          : facts.size > (facts.population ?? 0)
            ? `“How many homes”: ${facts.size} asked for, but there are only ${facts.population ?? 0}. Ask for fewer.`
            : "“How many homes” and “which share” are both given. Keep one of them.",
      "equipment/no-population": "No home there has signed for equipment; there is nothing to draw from.",
      "equipment/unknown-sample": "There is no such sample, or it is outside your division.",
      "equipment/not-drawn": (facts) => `${facts.name ?? "The home"} was not drawn in this sample. Check the sample.`,
      "equipment/not-for-evaluation": "This sample is for spot checks. Draw one for evaluation.",
      "equipment/unknown-organisation": (facts) =>
        `“Organisation”: ${facts.organisation ?? ""} was not found. Check its credit code, or look it up by name.`,
      "equipment/until-past": (facts) =>
        `“Access until” ${facts.until ?? ""} is before today, ${facts.today ?? ""}. Choose a later day.`,
      "equipment/evaluation-granted": (facts) =>
        `“Organisation”: it has access to this sample until ${facts.until ?? ""} already.`,
      "equipment/unknown-evaluation": "There is no such evaluation, or it was not granted to your organisation.",
      "equipment/evaluation-over": (facts) =>
        `The evaluation ended on ${facts.until ?? ""}; nothing can be seen or sent any more. Ask the office that granted it.`,
      "equipment/evaluation-done": "The result for this home was sent already; it cannot be sent twice.",
      "equipment/unknown-discrepancy": "There is no such discrepancy, or it is outside your division.",
      "equipment/discrepancy-state": (facts) =>
        `This discrepancy is “${enState(facts.state)}”; for this it must be “${(facts.from ?? []).map(enState).join("” or “")}”.`,
      "equipment/discrepancy-changed": "Somebody has just worked on this discrepancy. Reload, then go on.",
      "equipment/due-past": (facts) =>
        `“Due” ${facts.due ?? ""} is before today, ${facts.today ?? ""}. Choose today or a later day.`,
      "equipment/unknown-owner":
        "“Owner”: the county has no such account of an officer or worker in use. Choose another.",
      "equipment/same-hand": "You recorded it as done yourself; somebody else has to verify it.",
      "equipment/liaison-earlier": (facts) =>
        `“From”: the present liaison has been in office since ${facts.from ?? ""}; the next one begins after that day.`,
      "equipment/reason-missing": (facts) =>
        `This would change what was published (${(facts.homes ?? []).join(", ")}): a correction. Fill in “reason of a correction”.`,
    },
  },
});
