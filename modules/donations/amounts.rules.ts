import { parseMoney } from "../../kernel/text/figures.ts";

export type Understood<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const plain = (text: string) => text.normalize("NFKC").replace(/[\s\u200b-\u200d\ufeff￥¥]/g, "");

/** Fen of an amount as people write it (识别金额): commas, full width, 元 and 万; what is finer than a fen or below nought is named. */
export function readAmount(text: string): Understood<number> {
  const folded = plain(text).replace(/^人民币/, "");
  const fen = parseMoney(folded);
  if (fen !== undefined) {
    if (fen <= 0n) return { ok: false, problem: "donations/amount-not-positive" };
    const value = Number(fen);
    return Number.isSafeInteger(value) && value <= 100_000_000_000_000
      ? { ok: true, value }
      : { ok: false, problem: "donations/amount-unclear" };
  }
  const fraction = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)\.(\d+)(万|亿)?元?$/.exec(folded);
  const places = fraction?.[2] === "万" ? 6 : fraction?.[2] === "亿" ? 10 : 2;
  return {
    ok: false,
    problem: fraction && (fraction[1] ?? "").length > places ? "donations/amount-too-fine" : "donations/amount-unclear",
  };
}

/** A number of pieces, with its unit where both stand in one cell (识别数量): "198件", "1,200 盒", "13.5万盒". */
export function readQuantity(given: number | string): Understood<{ readonly count: number; readonly unit?: string }> {
  if (typeof given === "number")
    return Number.isSafeInteger(given) && given > 0
      ? { ok: true, value: { count: given } }
      : { ok: false, problem: "donations/quantity-unclear" };
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,6}))?(万)?([^\d.,]{0,10})$/.exec(plain(given));
  if (!match) return { ok: false, problem: "donations/quantity-unclear" };
  const [, whole = "", fraction = "", wan, unit = ""] = match;
  const count = Number(`${whole.replaceAll(",", "")}.${fraction}`) * (wan ? 10_000 : 1);
  if (!Number.isSafeInteger(count) || count <= 0) return { ok: false, problem: "donations/quantity-unclear" };
  return { ok: true, value: { count, ...(unit === "" ? {} : { unit }) } };
}

/** Donors that stand for many (汇总行): “（个人及其他捐赠汇总 29 笔）”. */
export function readAggregate(donor: string): number | undefined {
  const match = /汇总\s*([\d,]+)\s*笔/.exec(donor.normalize("NFKC"));
  return match ? Number((match[1] as string).replaceAll(",", "")) : undefined;
}

const bodies =
  /公司|集团|基金会|协会|学会|商会|红十字会|慈善|医院|学校|大学|中心|委员会|工会|政府|局|厅|寺|庙|教|社|厂|店|银行|院|所|站|队|团|联盟|联合会|促进会|工作室|合作社/;

/** Whether a donor is a body or a person (捐赠人类别), by the name alone; who says otherwise is believed. */
export function donorKindOf(donor: string | undefined): "organisation" | "person" | "anonymous" | "aggregate" {
  if (donor === undefined || /^[（(]?(匿名|无名氏|佚名|爱心人士|不详)[）)]?$/.test(donor.trim())) return "anonymous";
  if (readAggregate(donor) !== undefined || /^[（(](个人|个人或未分类|爱心人士.*)[）)]$/.test(donor))
    return "aggregate";
  return bodies.test(donor) ? "organisation" : "person";
}
