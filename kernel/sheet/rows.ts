import { unguard } from "./guard.ts";
import type { StringTable } from "./shared-strings.ts";
import { type CellStyles, duration, fromIso, fromSerial, type NumberKind, plain, zeros } from "./styles.ts";
import { type PlainCell, type RawCell, type RawRow, SheetError, type SheetInfo } from "./types.ts";
import { attributes, richText, textContent, unescapeExcel } from "./xml.ts";

const lastRow = 1_048_576;
const lastColumn = 16_384;
const keptRanges = 1000;

const digits = /^\d{16,}$/;

/**
 * A string cut out of a 128 KB chunk keeps the whole chunk alive as long as it lives; a copy does not.
 * Short cuts are copied by the engine itself.
 */
const detached = (text: string): string => (text.length < 13 ? text : Buffer.from(text, "utf8").toString("utf8"));

export type RowSource = {
  info: SheetInfo;
  strings: StringTable | undefined;
  styles: CellStyles;
  date1904: boolean;
  cellCharacters: number;
  transient: boolean;
};

/**
 * Turns the text of one worksheet part into rows, chunk by chunk (逐块解析工作表): feed it text, take `rows`.
 * It looks only at rows, cells and merged ranges, keeps no tree, and skips blank rows without making them.
 */
export class RowScanner {
  rows: RawRow[] = [];
  /** Cells in `rows`, so that very wide rows make smaller chunks. */
  cells = 0;
  outOfOrder = 0;
  #text = "";
  #state: "head" | "rows" | "tail" = "head";
  #row = 0;
  #sawRoot = false;
  #explicit = true;
  #prefix = "";
  #rowOpen = "<row";
  #rowClose = "</row>";
  #dataClose = "</sheetData>";
  #valueOpen = "<v";
  #inlineOpen = "<is";
  readonly #source: RowSource;
  readonly #info: SheetInfo;

  constructor(source: RowSource) {
    this.#source = source;
    this.#info = source.info;
  }

  #broken(reason: string): SheetError {
    return new SheetError("sheet/broken", { reason, sheet: this.#info.name, row: this.#row });
  }

  feed(chunk: string): void {
    let text = this.#text === "" ? chunk : this.#text + chunk;
    if (text.includes("<!")) {
      if (text.includes("<!DOCTYPE")) throw this.#broken("doctype");
      if (!text.includes("<![CDATA[")) text = text.replace(/<!--[\s\S]*?-->/g, "");
      if (text.includes("<!--") && !text.includes("<![CDATA[")) {
        this.#text = text;
        this.#bounded();
        return;
      }
    }
    let at = 0;
    if (this.#state === "head") at = this.#head(text);
    if (this.#state === "rows") at = this.#scan(text, at);
    if (this.#state === "tail") at = this.#tail(text, at);
    this.#text = text.slice(at);
    this.#bounded();
  }

  #bounded(): void {
    if (this.#text.length > this.#source.cellCharacters * 16) {
      throw new SheetError("sheet/too-large", { reason: "row", sheet: this.#info.name, row: this.#row + 1 });
    }
  }

  /** After the last chunk: the part must have been complete. */
  end(): void {
    if (this.#state === "rows") throw this.#broken("truncated");
    if (this.#state === "head" && !this.#sawRoot) throw this.#broken("not-a-worksheet");
  }

  #head(text: string): number {
    if (!this.#sawRoot && /<(?:[\w-]+:)?worksheet[\s>/]/.test(text)) this.#sawRoot = true;
    const match = /<([\w-]+:)?sheetData\s*(\/?)>/.exec(text);
    if (!match) return Math.max(0, text.lastIndexOf("<"));
    this.#sawRoot = true;
    const prefix = match[1] ?? "";
    this.#prefix = prefix;
    this.#rowOpen = `<${prefix}row`;
    this.#rowClose = `</${prefix}row>`;
    this.#dataClose = `</${prefix}sheetData>`;
    this.#valueOpen = `<${prefix}v`;
    this.#inlineOpen = `<${prefix}is`;
    this.#state = match[2] ? "tail" : "rows";
    return match.index + match[0].length;
  }

  #scan(text: string, from: number): number {
    let at = from;
    // Where the next value of this chunk is, plain or inline: a row that ends before both holds none.
    const literals = text.includes("<![CDATA[");
    let nextPlain = -1;
    let nextInline = -1;
    for (;;) {
      const start = text.indexOf("<", at);
      if (start < 0) return text.length;
      if (!text.startsWith(this.#rowOpen, start)) {
        if (text.length - start < this.#dataClose.length) return start;
        if (text.startsWith(this.#dataClose, start)) {
          this.#state = "tail";
          return start + this.#dataClose.length;
        }
        const gt = text.indexOf(">", start);
        if (gt < 0) return start;
        at = gt + 1;
        continue;
      }
      const open = text.indexOf(">", start);
      if (open < 0) return start;
      if (text.charCodeAt(open - 1) === 47) {
        this.#startRow(text, start, open);
        this.#info.blankRows++;
        at = open + 1;
        continue;
      }
      let close = text.indexOf(this.#rowClose, open);
      if (close < 0) return start;
      // A literal section may hold what looks like the end of the row.
      for (let literal = literals ? text.lastIndexOf("<![CDATA[", close) : -1; literal > start; ) {
        const literalEnd = text.indexOf("]]>", literal);
        if (literalEnd < 0) return start;
        if (literalEnd < close) break;
        close = text.indexOf(this.#rowClose, literalEnd);
        if (close < 0) return start;
        literal = text.lastIndexOf("<![CDATA[", close);
      }
      if (nextPlain < open) nextPlain = this.#next(text, this.#valueOpen, open);
      if (nextInline < open) nextInline = this.#next(text, this.#inlineOpen, open);
      this.#startRow(text, start, open);
      if (nextPlain > close && nextInline > close) {
        this.#info.blankRows++;
        at = close + this.#rowClose.length;
        if (this.#explicit) at = this.#skipBlank(text, at, Math.min(nextPlain, nextInline));
        continue;
      }
      this.#takeRow(text, open + 1, close);
      at = close + this.#rowClose.length;
    }
  }

  #next(text: string, tag: string, from: number): number {
    const found = text.indexOf(tag, from);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }

  /** Jumps over all complete rows before the next value of this chunk; only their ends are counted. */
  #skipBlank(text: string, from: number, nextValue: number): number {
    const stop = nextValue === Number.POSITIVE_INFINITY ? text.length : text.lastIndexOf(this.#rowOpen, nextValue);
    const last = text.lastIndexOf(this.#rowClose, stop);
    if (last < from) return from;
    const gap = text.indexOf(this.#dataClose, from);
    if (gap >= 0 && gap < last) return from;
    for (let at = from; at >= 0 && at <= last; ) {
      at = text.indexOf(this.#rowClose, at) + this.#rowClose.length;
      this.#info.blankRows++;
    }
    return last + this.#rowClose.length;
  }

  #startRow(text: string, start: number, open: number): void {
    let i = start + this.#rowOpen.length;
    // Row numbers are nearly always the first attribute: r="123".
    if (text.charCodeAt(i) === 32 && text.charCodeAt(i + 1) === 114 && text.charCodeAt(i + 2) === 61) {
      let number = 0;
      for (i += 4; ; i++) {
        const code = text.charCodeAt(i) - 48;
        if (code < 0 || code > 9) break;
        number = number * 10 + code;
      }
      if (number > 0) {
        this.#setRow(number);
        return;
      }
    }
    const given = attributes(text.slice(start + this.#rowOpen.length, open)).r;
    this.#explicit = given !== undefined;
    this.#setRow(given === undefined ? this.#row + 1 : Number(given));
  }

  #setRow(number: number): void {
    if (!(number >= 1 && number <= lastRow)) throw this.#broken("row-number");
    if (number <= this.#row) this.outOfOrder++;
    this.#row = number;
  }

  #takeRow(text: string, from: number, end: number): void {
    const info = this.#info;
    const cells: RawCell[] = [];
    const prefixLength = this.#prefix.length;
    const cellClose = `</${this.#prefix}c>`;
    const styles = this.#source.styles;
    let column = -1;
    let filled = 0;
    let i = from;
    for (;;) {
      i = text.indexOf("<", i);
      if (i < 0 || i >= end) break;
      const first = i + 1 + prefixLength;
      const after = text.charCodeAt(first + 1);
      if (text.charCodeAt(first) !== 99 || (after !== 32 && after !== 62 && after !== 47 && after > 32)) {
        const gt = text.indexOf(">", i);
        if (gt < 0 || gt >= end) break;
        i = gt + 1;
        continue;
      }
      i = first + 1;
      column++;
      let style = -1;
      let type = "n";
      let closed = false;
      for (;;) {
        const code = text.charCodeAt(i);
        if (code === 62) {
          i++;
          break;
        }
        if (code === 47) {
          i += 2;
          closed = true;
          break;
        }
        if (code <= 32) {
          i++;
          continue;
        }
        const equals = text.indexOf("=", i);
        let quote = equals + 1;
        while (quote < end && text.charCodeAt(quote) <= 32) quote++;
        const stop = text.indexOf(text[quote] === "'" ? "'" : '"', quote + 1);
        if (equals < 0 || stop < 0 || stop > end) throw this.#broken("cell");
        if (equals - i === 1) {
          if (code === 114) column = this.#column(text, quote + 1, stop, column);
          else if (code === 115) style = Number(text.slice(quote + 1, stop));
          else if (code === 116) type = text.slice(quote + 1, stop);
        }
        i = stop + 1;
      }
      if (closed) continue;
      let formula = false;
      let value: PlainCell = null;
      for (;;) {
        const tag = text.indexOf("<", i);
        if (tag < 0 || tag >= end) throw this.#broken("cell");
        const code = text.charCodeAt(tag + 1);
        if (code === 47) {
          if (!text.startsWith(cellClose, tag)) throw this.#broken("cell");
          i = tag + cellClose.length;
          break;
        }
        const gt = text.indexOf(">", tag);
        if (gt < 0 || gt >= end) throw this.#broken("cell");
        const name = text.charCodeAt(tag + 1 + prefixLength);
        const next = text.charCodeAt(tag + 2 + prefixLength);
        const selfClosed = text.charCodeAt(gt - 1) === 47;
        if (name === 118 && (next === 62 || next <= 32 || next === 47)) {
          i = gt + 1;
          if (selfClosed) continue;
          let stop = text.indexOf("<", i);
          if (text.charCodeAt(stop + 1) === 33) stop = text.indexOf(`</${this.#prefix}v>`, i);
          value = this.#value(text, i, stop, type, style, styles);
          i = text.indexOf(">", stop) + 1;
        } else if (name === 102 && (next === 62 || next <= 32 || next === 47)) {
          formula = true;
          i = selfClosed ? gt + 1 : this.#skipElement(text, gt, tag, end);
        } else if (name === 105 && next === 115 && !selfClosed) {
          const stop = text.indexOf(`</${this.#prefix}is>`, gt);
          if (stop < 0 || stop > end) throw this.#broken("cell");
          value = this.#textCell(richText(text.slice(gt + 1, stop)));
          i = stop + prefixLength + 5;
        } else {
          i = selfClosed ? gt + 1 : this.#skipElement(text, gt, tag, end);
        }
      }
      if (value === null && !formula) continue;
      while (cells.length < column) cells.push(null);
      cells[column] = formula ? { formula: true, value } : value;
      filled++;
      if (formula) info.formulas++;
      if (typeof value === "object" && value !== null && "error" in value) info.errors++;
    }
    if (filled === 0 || cells.every((cell) => cell === null || (typeof cell === "string" && cell.trim() === ""))) {
      info.blankRows++;
      return;
    }
    info.rows++;
    if (info.firstRow === 0) info.firstRow = this.#row;
    if (this.#row > info.lastRow) info.lastRow = this.#row;
    if (cells.length > info.columns) info.columns = cells.length;
    this.rows.push({ sheet: info.name, row: this.#row, cells });
    this.cells += cells.length;
  }

  #skipElement(text: string, gt: number, tag: number, end: number): number {
    const name = /^<([^\s/>]+)/.exec(text.slice(tag, gt + 1))?.[1] ?? "";
    const close = text.indexOf(`</${name}>`, gt);
    if (close < 0 || close > end) throw this.#broken("cell");
    return close + name.length + 3;
  }

  #column(text: string, from: number, stop: number, implied: number): number {
    let column = 0;
    for (let k = from; k < stop; k++) {
      const code = text.charCodeAt(k) & 0xdf;
      if (code < 65 || code > 90) break;
      column = column * 26 + code - 64;
    }
    if (column > lastColumn) throw this.#broken("column");
    return column === 0 ? implied : column - 1;
  }

  #textCell(text: string): string | null {
    if (text.length > this.#source.cellCharacters) {
      throw new SheetError("sheet/too-large", { reason: "cell", sheet: this.#info.name, row: this.#row });
    }
    if (text === "") return null;
    return this.#source.transient ? unguard(text) : detached(unguard(text));
  }

  #value(text: string, from: number, stop: number, type: string, style: number, styles: CellStyles): PlainCell {
    if (stop < 0) throw this.#broken("cell");
    if (from === stop) return null;
    if (type === "s") {
      let index = 0;
      for (let k = from; k < stop; k++) {
        const code = text.charCodeAt(k) - 48;
        if (code < 0 || code > 9) {
          index = Number(text.slice(from, stop).trim() || Number.NaN);
          break;
        }
        index = index * 10 + code;
      }
      const found = this.#source.strings?.get(index);
      if (found === undefined) throw this.#broken("shared-string");
      return found === "" ? null : unguard(found);
    }
    if (type === "n") return this.#number(text.slice(from, stop), style, styles);
    const content = textContent(text.slice(from, stop));
    if (type === "b") return content.trim() === "1" || content.trim().toLowerCase() === "true";
    if (type === "e") return { error: content.trim() };
    if (type === "d") return fromIso(content);
    if (type === "str" || type === "inlineStr") return this.#textCell(unescapeExcel(content));
    return this.#number(content, style, styles);
  }

  #number(source: string, style: number, styles: CellStyles): PlainCell {
    const number = +source;
    if (!Number.isFinite(number)) return this.#textCell(unescapeExcel(textContent(source)));
    // Excel keeps 15 digits; other writers put whole codes here, which a number would round.
    if (source.length > 15 && digits.test(source.trim())) return detached(source.trim());
    const kind = style >= 0 ? ((styles.kinds[style] ?? plain) as NumberKind) : plain;
    if (kind === plain || kind === duration) return source.trim() === "" ? null : number;
    if (kind === zeros) {
      return Number.isInteger(number) && number >= 0 ? String(number).padStart(styles.widths[style]!, "0") : number;
    }
    return fromSerial(number, kind, this.#source.date1904);
  }

  #tail(text: string, from: number): number {
    const open = `<${this.#prefix}mergeCell `;
    let at = from;
    for (;;) {
      const start = text.indexOf(open, at);
      if (start < 0) return Math.max(at, text.length - 256);
      const gt = text.indexOf(">", start);
      if (gt < 0) return start;
      const ref = attributes(text.slice(start + open.length, gt)).ref;
      if (ref && ref.length < 40) {
        this.#info.mergedCount++;
        if (this.#info.mergedRanges.length < keptRanges) this.#info.mergedRanges.push(ref);
      }
      at = gt + 1;
    }
  }
}
