import { defineWords } from "../../kernel/text/words.ts";

const listOf = (items: readonly string[] | undefined) => (items ?? []).join("、");

/** Words of gifts (捐赠用语). */
export const words = defineWords({
  zh: {
    title: "捐赠",
    piece: "件",
    donor: "捐赠人",
    spent: (facts: { name: string }) => `${facts.name}（已使用）`,
    earmarked: (facts: { name: string; purpose: string }) => `${facts.name}（用途：${facts.purpose}）`,
    kinds: { cash: "现金", goods: "物资" },
    states: { received: "已接收，尚未使用", "partly-used": "部分使用", used: "已全部使用", corrected: "已更正" },
    donorKinds: { organisation: "单位", person: "个人", anonymous: "匿名", aggregate: "汇总" },
    receiptStates: { due: "待开票据", issued: "已开票据", waived: "捐赠人放弃票据", anonymous: "匿名，不开票据" },
    causes: {
      "donations.received": "接收捐赠",
      "donations.used": "使用",
      "donations.purpose-changed": "变更用途",
      "donations.corrected": "更正",
      "donations.use-corrected": "更正使用记录",
      "donations.import-undone": "撤销导入",
      "equipment.allocated": "分配给机构",
      "equipment.allocation-recalled": "撤回分配",
      "equipment.shipped": "发运",
      "equipment.delivered": "机构签收",
      "equipment.recalled": "撤回发运",
      "equipment.returned": "退回",
      "equipment.scrapped": "报废",
    },
    collections: {
      "donations.donation": { name: "捐赠公示" },
      "donations.use": { name: "捐赠使用公示" },
      "donations.totals": { name: "捐赠收支合计" },
      "donations.event": { name: "应急捐赠参与数据" },
      "donations.purpose-change": { name: "捐赠用途变更公示" },
    },
    collectionFields: {
      donor: "捐赠人（经本人同意）",
      kind: "款物类别",
      on: "日期",
      amountFen: "现金金额（分）",
      item: "品名",
      quantity: "数量",
      unit: "计量单位",
      valueFen: "物资价值（分，不计入现金）",
      purpose: "用途",
      recipient: "受赠或受益单位",
      state: "状态",
      owner: "使用单位",
      description: "使用说明",
      year: "年度",
      donations: "捐赠笔数",
      cashFen: "现金合计（分）",
      goodsValueFen: "物资价值合计（分，不计入现金）",
      goodsLines: "物资笔数",
      goodsWithoutValue: "未计价物资笔数",
      usedCashFen: "已使用现金（分）",
      usedGoodsLines: "物资发放笔数",
      asOf: "截至日期",
      from: "原用途",
      to: "新用途",
      basis: "变更依据",
      event: "应急事件",
      recipients: "接收捐赠的社会组织数",
      donorBodies: "捐赠单位数",
    },
    sealed: { donor_contact: "捐赠人联系方式" },
    errors: {
      "donations/recipient-unknown": (facts: { name: string }) =>
        `没有找到受赠人${facts.name ? `“${facts.name}”` : ""}。请核对统一社会信用代码；不填则由本机关接收。`,
      "donations/not-your-register": "这个受赠人由另一登记管理机关管理，您只能查看。",
      "donations/amount-unclear": (facts: { text: string }) =>
        `看不懂数额“${facts.text ?? ""}”。请写成 1,234.50、3万元 这样的数字。`,
      "donations/amount-too-fine": (facts: { text: string }) =>
        `数额“${facts.text ?? ""}”精确到了分以下。请核对，最多两位小数。`,
      "donations/amount-not-positive": (facts: { text: string }) =>
        `捐赠数额必须大于零，收到的是“${facts.text ?? ""}”。退款请用更正或退回办理。`,
      "donations/amount-missing": "请填写现金金额，或填写物资的品名和数量。",
      "donations/both-kinds": "一笔登记只能是现金或物资。现金和物资请分两笔登记，两者不相加。",
      "donations/quantity-unclear": (facts: { text: string }) =>
        `看不懂数量“${facts.text ?? ""}”。请写成大于零的整数，可以带单位，如 198件。`,
      "donations/in-the-future": (facts: { on: string; today: string }) =>
        `日期 ${facts.on ?? ""} 在今天（${facts.today ?? ""}）之后。请核对日期。`,
      "donations/goods-not-acceptable": (facts: { item: string }) =>
        `“${facts.item ?? "该物资"}”已过期或不能安全使用，依照慈善法第三十六条不能接受。`,
      "donations/pledge-unknown": "没有这笔认捐，或不在您的管辖范围。",
      "donations/programme-unknown": "没有这个项目，或不在您的管辖范围。",
      "donations/batch-unknown": "没有这个批次，或不在您的管辖范围。",
      "donations/event-unknown": (facts: { event: string }) =>
        `没有为“${facts.event ?? ""}”登记过捐赠。请核对事件名称。`,
      "donations/event-reason-missing": (facts: { event: string }) =>
        `“${facts.event ?? ""}”的数据已经公开过，数字有变化。请写明更正原因，原数字会保留。`,
      "donations/unknown-donation": "没有这笔捐赠，或不在您的管辖范围。",
      "donations/unknown-use": "没有这笔使用记录，或不在您的管辖范围。",
      "donations/already-corrected": "这笔记录已经更正过。请查看更正后的记录。",
      "donations/change-not-allowed": (facts: { from: string }) =>
        `没有捐赠人同意或重新备案的凭据，用途“${facts.from ?? ""}”不能变更（慈善法第五十六条）。请填写同意书、备案号或决议。`,
      "donations/receipt-not-due": "这笔捐赠不需要开具票据：已经开具，或捐赠人匿名、放弃。",
      "donations/unknown-receipt": "没有这个查询号。请核对捐赠时收到的 12 位查询号。",
      "donations/reason-missing": (facts: { year: number }) =>
        `${facts.year ?? ""} 年的合计已经公开过，数字有变化。请写明更正原因，原数字会保留。`,
      "donations/repeated-recipient": (facts: { repeated: readonly string[] }) =>
        `名单里有重复的受益对象：${listOf(facts.repeated)}。每户（人、院）只能一份，请删除后重试。`,
      "donations/published-before": (facts: { on: string }) =>
        `${facts.on ?? ""} 的这一笔在以前的台账里已经公示过，不重复登记。`,
      "donations/same-as-above": (facts: { text: string }) => `空格按“同上”读作“${facts.text ?? ""}”。`,
      "donations/value-of-several": (facts: { text: string }) =>
        `折算金额“${facts.text ?? ""}”属于整行多种物资，不分摊到单项；请分别填写各项价值。`,
      "donations/shares-unknown": (facts: { text: string }) =>
        `“${facts.text ?? ""}”各分得多少没有写明，去向未登记；请逐个单位写数量。`,
      "donations/shares-differ": (facts: { given: number; received: number }) =>
        `去向合计 ${facts.given ?? 0}，收到 ${facts.received ?? 0}，两数不等；请核对去向各单位的数量。`,
      "donations/name-over-two-rows": (facts: { text: string }) => `名称分写在两行，读作“${facts.text ?? ""}”。`,
      "donations/unit-in-quantity": (facts: { text: string; unit: string }) =>
        `“${facts.text ?? ""}”里的单位读作“${facts.unit ?? ""}”。`,
      "donations/date-unclear": (facts: { text: string }) => `看不懂日期“${facts.text ?? ""}”。请写成 2020-01-23。`,
      "donations/foreign-currency": (facts: { text: string; header: string }) =>
        `“${facts.header ?? ""}”下的“${facts.text ?? ""}”不是人民币，没有登记。请按到账人民币金额登记。`,
      "donations/ledger-not-read": "没有认出捐赠台账的表头。表头要有捐赠单位（或接收单位），以及金额或品名和数量。",
      "donations/touched-since": (facts: { receipt: string }) =>
        `查询号 ${facts.receipt ?? ""} 的捐赠在导入之后有过变动，没有撤销。`,
    },
  },
  en: {
    title: "Donations",
    piece: "piece",
    donor: "Donor",
    spent: (facts) => `${facts.name} (used)`,
    earmarked: (facts) => `${facts.name} (for: ${facts.purpose})`,
    kinds: { cash: "Cash", goods: "Goods" },
    states: { received: "Received, not used yet", "partly-used": "Used in part", used: "Used", corrected: "Corrected" },
    donorKinds: { organisation: "Body", person: "Person", anonymous: "Anonymous", aggregate: "Many together" },
    receiptStates: {
      due: "Receipt to be issued",
      issued: "Receipt issued",
      waived: "Receipt given up by the donor",
      anonymous: "Anonymous, no receipt",
    },
    causes: {
      "donations.received": "Gift received",
      "donations.used": "Used",
      "donations.purpose-changed": "Put to another use",
      "donations.corrected": "Corrected",
      "donations.use-corrected": "Use corrected",
      "donations.import-undone": "Import taken back",
      "equipment.allocated": "Allocated to homes",
      "equipment.allocation-recalled": "Allocation taken back",
      "equipment.shipped": "Shipped",
      "equipment.delivered": "Signed for by the home",
      "equipment.recalled": "Shipment recalled",
      "equipment.returned": "Sent back",
      "equipment.scrapped": "Scrapped",
    },
    collections: {
      "donations.donation": { name: "Donations" },
      "donations.use": { name: "Use of donations" },
      "donations.totals": { name: "Totals of donations" },
      "donations.event": { name: "Donations in emergencies" },
      "donations.purpose-change": { name: "Changes of use" },
    },
    collectionFields: {
      donor: "Donor (with consent)",
      kind: "Cash or goods",
      on: "Date",
      amountFen: "Cash (fen)",
      item: "Item",
      quantity: "Quantity",
      unit: "Unit",
      valueFen: "Value of goods (fen, not part of cash)",
      purpose: "Purpose",
      recipient: "Recipient",
      state: "State",
      owner: "Used by",
      description: "Used for",
      year: "Year",
      donations: "Gifts",
      cashFen: "Cash, total (fen)",
      goodsValueFen: "Value of goods, total (fen, not part of cash)",
      goodsLines: "Gifts of goods",
      goodsWithoutValue: "Gifts of goods without a value",
      usedCashFen: "Cash used (fen)",
      usedGoodsLines: "Goods handed out",
      asOf: "As of",
      from: "Former use",
      to: "New use",
      basis: "Basis",
      event: "Emergency",
      recipients: "Social organisations that received",
      donorBodies: "Bodies that gave",
    },
    sealed: { donor_contact: "Contact of the donor" },
    errors: {
      "donations/recipient-unknown": (facts) =>
        `The recipient ${facts.name ? `“${facts.name}” ` : ""}was not found. Check the credit code; leave it empty for gifts to the office itself.`,
      "donations/not-your-register": "Another registration authority keeps this recipient; you may only read.",
      "donations/amount-unclear": (facts) =>
        `The amount “${facts.text ?? ""}” is not understood. Write it as 1,234.50 or 3万元.`,
      "donations/amount-too-fine": (facts) =>
        `The amount “${facts.text ?? ""}” is finer than a fen. Check it: two decimals at most.`,
      "donations/amount-not-positive": (facts) =>
        `A gift must be more than nought; “${facts.text ?? ""}” was given. Use a correction for money that goes back.`,
      "donations/amount-missing": "Give an amount of cash, or the name and number of the goods.",
      "donations/both-kinds": "One record is cash or goods. Record them as two gifts; they are never added.",
      "donations/quantity-unclear": (facts) =>
        `The quantity “${facts.text ?? ""}” is not understood. Write a whole number above nought, with or without its unit.`,
      "donations/in-the-future": (facts) =>
        `The date ${facts.on ?? ""} is after today (${facts.today ?? ""}). Check the date.`,
      "donations/goods-not-acceptable": (facts) =>
        `“${facts.item ?? "These goods"}” are expired or unsafe and cannot be taken (Charity Law art. 36).`,
      "donations/pledge-unknown": "There is no such promise, or it is outside your division.",
      "donations/programme-unknown": "There is no such programme, or it is outside your division.",
      "donations/batch-unknown": "There is no such batch, or it is outside your division.",
      "donations/event-unknown": (facts) => `No gift was recorded for “${facts.event ?? ""}”. Check its name.`,
      "donations/event-reason-missing": (facts) =>
        `The figures of “${facts.event ?? ""}” were published before and have changed. Say why; the old ones are kept.`,
      "donations/unknown-donation": "There is no such gift, or it is outside your division.",
      "donations/unknown-use": "There is no such use, or it is outside your division.",
      "donations/already-corrected": "This record has been corrected. See the one that replaced it.",
      "donations/change-not-allowed": (facts) =>
        `Without the donor's consent or a plan filed again the use “${facts.from ?? ""}” cannot change (Charity Law art. 56). Name the consent, filing number or resolution.`,
      "donations/receipt-not-due": "No receipt is due: it was issued, or the donor is anonymous or gave it up.",
      "donations/unknown-receipt": "There is no such number. Check the 12 signs you were given with your gift.",
      "donations/reason-missing": (facts) =>
        `The totals of ${facts.year ?? ""} were published before and have changed. Say why; the old figures are kept.`,
      "donations/repeated-recipient": (facts) =>
        `These stand in the list twice: ${listOf(facts.repeated)}. One each: remove them and try again.`,
      "donations/published-before": (facts) =>
        `This gift of ${facts.on ?? ""} was published in an earlier ledger; it is not recorded again.`,
      "donations/same-as-above": (facts) => `The blank cell is read as “${facts.text ?? ""}”, as above.`,
      "donations/value-of-several": (facts) =>
        `The value “${facts.text ?? ""}” is that of several goods together and is not split; enter the value of each.`,
      "donations/shares-unknown": (facts) =>
        `How much each of “${facts.text ?? ""}” received is not written; where it went is not recorded. Write a quantity for each.`,
      "donations/shares-differ": (facts) =>
        `${facts.given ?? 0} handed on, ${facts.received ?? 0} received: the two differ. Check the quantity of each recipient.`,
      "donations/name-over-two-rows": (facts) => `The name stands in two rows; it is read as “${facts.text ?? ""}”.`,
      "donations/unit-in-quantity": (facts) => `The unit in “${facts.text ?? ""}” is read as “${facts.unit ?? ""}”.`,
      "donations/date-unclear": (facts) => `The date “${facts.text ?? ""}” is not understood. Write it as 2020-01-23.`,
      "donations/foreign-currency": (facts) =>
        `“${facts.text ?? ""}” under “${facts.header ?? ""}” is not in yuan and is not taken. Record the yuan that arrived.`,
      "donations/ledger-not-read":
        "No header of a ledger of gifts was found. It needs a donor (or recipient) and an amount, or an item and a quantity.",
      "donations/touched-since": (facts) =>
        `The gift ${facts.receipt ?? ""} has changed since the import; it was not taken back.`,
    },
  },
});
