import { readQuantity } from "./amounts.rules.ts";

/** One thing of a cell that names things and how many at once (品名与数量). */
export interface NamedGoods {
  readonly item: string;
  readonly quantity: number;
  readonly unit: string;
}

/** One of the receivers of a cell, with the pieces said beside the name (去向). */
export interface Share {
  readonly recipient: string;
  /** Undefined when none is written; null when what is written is no number of pieces. */
  readonly quantity: number | null | undefined;
  readonly text: string;
}

const fold = (text: string) => text.normalize("NFKC").replace(/[\s\u200b-\u200f\ufeff]/g, "");
const HAN = /\p{Script=Han}/u;

/** Parts between 、 and commas, but not those inside brackets or of "1,200". */
function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let part = "";
  for (const [at, sign] of [...text].entries()) {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    const thousands = sign === "," && /\d/.test(text[at - 1] ?? "") && /^\d{3}(?!\d)/.test(text.slice(at + 1));
    if (depth === 0 && /[、,;]/.test(sign) && !thousands) {
      found.push(part);
      part = "";
    } else part += sign;
  }
  return [...found, part].filter((one) => one !== "");
}

/** Words goods are counted with, as far as they tell that a name still holds a number of pieces. */
const TWICE = /\d万?[盒瓶箱只个台袋双副片支件套包桶卷罐张条块顶]$/u;
const COUNTED = /^(.*?[^\d.,(])\(?(\d[\d,]*(?:\.\d+)?万?)(\p{Script=Han}{1,3})\)?$/u;

function goodsIn(part: string): NamedGoods | undefined {
  const [, item = "", count = "", unit = ""] = COUNTED.exec(part) ?? [];
  // “1400瓶60箱” counts one thing twice: nobody can say which of them was meant.
  if (!HAN.test(item) || TWICE.test(item) || (item.match(/\(/g)?.length ?? 0) !== (item.match(/\)/g)?.length ?? 0))
    return undefined;
  const scale = /^万/.test(unit) ? unit.slice(1) : unit;
  const read = readQuantity(`${count}${unit === scale ? "" : "万"}${scale}`);
  return read.ok && scale !== "" ? { item, quantity: read.value.count, unit: scale } : undefined;
}

/** Reads things and their numbers out of one cell (识别物资): "口罩5万只、消毒液1000瓶"; what is not clear is answered as it stands. */
export function readGoods(text: string): {
  readonly goods: readonly NamedGoods[];
  readonly unclear: readonly string[];
} {
  const goods: NamedGoods[] = [];
  const unclear: string[] = [];
  for (const part of parts(fold(text))) {
    const [, kind = "", inner = ""] = /^([^()]+)\(([^()]*)\)$/.exec(part) ?? [];
    const kinds = parts(inner).map(goodsIn);
    if (kinds.length > 1 && kinds.every((one) => one !== undefined))
      goods.push(...kinds.map((one) => (one.item.includes(kind) ? one : { ...one, item: `${kind} ${one.item}` })));
    else {
      const one = goodsIn(part);
      if (one) goods.push(one);
      else unclear.push(part);
    }
  }
  return { goods, unclear };
}

/** Reads who received what out of one cell (识别流向), one receiver a line: "徐家棚社区72个". */
export function readShares(text: string): Share[] {
  return text
    .split(/[\r\n;；]+/)
    .map(fold)
    .filter((line) => line !== "")
    .map((line) => {
      const [, recipient = line, counted] = /^(.*?[^\d.,])(\d[\d.,]*万?\p{Script=Han}{0,1})$/u.exec(line) ?? [];
      if (counted === undefined) return { recipient: line, quantity: undefined, text: line };
      const read = readQuantity(counted);
      return { recipient, quantity: read.ok ? read.value.count : null, text: line };
    });
}
