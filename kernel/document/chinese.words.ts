import type { Citation } from "../rule/rule.ts";

const DIGITS = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"] as const;

/** A whole number in Chinese characters (中文数字), as articles and headings use it: 0 to 9999. Errors: RangeError outside. */
export function chineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) throw new RangeError(`no Chinese number for ${value}`);
  if (value < 10) return value === 0 ? "零" : (DIGITS[value] as string);
  let text = "";
  let gap = false;
  for (const [unit, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) gap = text !== "";
    else {
      text += (gap ? "零" : "") + DIGITS[digit] + name;
      gap = false;
    }
  }
  return text.startsWith("一十") ? text.slice(1) : text;
}

/**
 * A calendar date as papers print it (成文日期): 2026年11月21日, Arabic figures without leading zeros.
 * Errors: RangeError when the text is not YYYY-MM-DD. Law: GB/T 9704-2012 7.3.5.4.
 */
export function chineseDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) throw new RangeError(`not a calendar date: ${date}`);
  return `${match[1]}年${Number(match[2])}月${Number(match[3])}日`;
}

/** A citation as papers print it (引用条款): 《title》（number）第十一条第（二）项. Figures become Chinese numbers. */
export function citationText(citation: Citation): string {
  const number = citation.number ? `（${citation.number}）` : "";
  const title = citation.document.startsWith("《") ? citation.document : `《${citation.document}》`;
  return title + number + articleText(citation.article) + itemText(citation.item);
}

/** A document number (发文字号) from its checked parts: 青民社〔2026〕12号. Law: GB/T 9704-2012 7.2.5. */
export function documentNumberText(organ: string, year: number, seq: number): string {
  return `${organ}〔${year}〕${seq}号`;
}

function articleText(article: string): string {
  const match = /^(\d{1,4})((?:之|-)\d{1,2})?$/.exec(article);
  // Some citations name a text whose article number is not known: the title alone is printed then.
  if (!match) return article.startsWith("第") ? article : "";
  const insert = match[2] ? `之${chineseNumber(Number(match[2].slice(1)))}` : "";
  return `第${chineseNumber(Number(match[1]))}条${insert}`;
}

function itemText(item: string | undefined): string {
  if (item === undefined) return "";
  return /^\d{1,3}$/.test(item) ? `第（${chineseNumber(Number(item))}）项` : item;
}
