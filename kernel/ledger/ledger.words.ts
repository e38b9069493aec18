import { defineWords } from "../text/words.ts";

interface Short {
  account: string;
  purpose: string;
  available: number;
  asked: number;
  unit: string;
}

const amount = (value: number | undefined, unit: string | undefined) =>
  unit === "fen" ? ((value ?? 0) / 100).toFixed(2) : String(value ?? 0);

/** Words of the ledger (台账用语). */
export const words = defineWords({
  zh: {
    title: "台账",
    kinds: { source: "捐赠来源", fund: "可用资金", stock: "库存物资", spent: "已使用" },
    errors: {
      "ledger/insufficient": (facts: Short) =>
        `“${facts.account ?? "账户"}”${facts.purpose ? `（用途：${facts.purpose}）` : ""}余额不足：可用 ${amount(facts.available, facts.unit)}，需要 ${amount(facts.asked, facts.unit)}${facts.unit === "fen" ? "（元）" : (facts.unit ?? "")}。请核对数额，或先更正后面的记录。`,
      "ledger/before-account": (facts: { account: string; openedOn: string; on: string }) =>
        `记账日期 ${facts.on ?? ""} 早于“${facts.account ?? "账户"}”的启用日 ${facts.openedOn ?? ""}，没有记账。请核对日期。`,
      "ledger/account-closed": (facts: { account: string; closedOn: string }) =>
        `“${facts.account ?? "账户"}”已于 ${facts.closedOn ?? ""} 停用，不能再记账。`,
      "ledger/purpose-restricted": (facts: { purpose: string; amount: number }) =>
        `用途为“${facts.purpose ?? ""}”的限定款物不能用于其他用途。请先征得捐赠人同意或重新备案，登记用途变更后再办理。`,
      "ledger/serial-elsewhere": (facts: { serials: readonly string[] }) =>
        `这些编号的物品不在转出的账户里，可能已经交付过：${(facts.serials ?? []).join("、")}。请扫码核对。`,
      "ledger/serial-known": (facts: { serials: readonly string[] }) =>
        `这些编号已经登记过：${(facts.serials ?? []).join("、")}。请核对铭牌编号。`,
      "ledger/serials-missing": (facts: { asked: number; named: number }) =>
        `逐件编号的物资要写明每一件的编号：应有 ${facts.asked ?? 0} 个，写了 ${facts.named ?? 0} 个（重复的只算一个）。`,
      "ledger/already-corrected": "这笔记录已经更正过，不能再更正一次。",
      "ledger/unknown-entry": "没有这笔记录，或不在您的管辖范围。",
      "ledger/unknown-account": "没有这个账户，或不在您的管辖范围。",
    },
  },
  en: {
    title: "Ledger",
    kinds: { source: "Source of gifts", fund: "Money in hand", stock: "Goods in stock", spent: "Used" },
    errors: {
      "ledger/insufficient": (facts) =>
        `“${facts.account ?? "The account"}”${facts.purpose ? ` (purpose: ${facts.purpose})` : ""} does not hold enough: ${amount(facts.available, facts.unit)} available, ${amount(facts.asked, facts.unit)} asked for${facts.unit === "fen" ? " (yuan)" : ""}. Check the amount, or correct the later records first.`,
      "ledger/before-account": (facts) =>
        `The date ${facts.on ?? ""} is before “${facts.account ?? "the account"}” was opened on ${facts.openedOn ?? ""}; nothing was posted. Check the date.`,
      "ledger/account-closed": (facts) =>
        `“${facts.account ?? "The account"}” was closed on ${facts.closedOn ?? ""}; nothing more can be posted to it.`,
      "ledger/purpose-restricted": (facts) =>
        `What was given for “${facts.purpose ?? ""}” cannot be used for anything else. Obtain the donor's consent or file again, record the change of use, then repeat.`,
      "ledger/serial-elsewhere": (facts) =>
        `Pieces with these numbers are not in the account they should leave; they may have been delivered before: ${(facts.serials ?? []).join(", ")}. Scan them again.`,
      "ledger/serial-known": (facts) =>
        `These numbers are recorded already: ${(facts.serials ?? []).join(", ")}. Check the number plates.`,
      "ledger/serials-missing": (facts) =>
        `Numbered goods need the number of each piece: ${facts.asked ?? 0} asked for, ${facts.named ?? 0} named (a repeated one counts once).`,
      "ledger/already-corrected": "This record has been corrected already; it cannot be corrected twice.",
      "ledger/unknown-entry": "There is no such record, or it is outside your division.",
      "ledger/unknown-account": "There is no such account, or it is outside your division.",
    },
  },
});
