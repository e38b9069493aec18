import { parseLooseDate } from "../../kernel/clock/loose-date.ts";
import { readAmount, readQuantity } from "./amounts.rules.ts";
import type { DonationInput, UseInput } from "./donations.shapes.ts";
import { type NamedGoods, readGoods, readShares } from "./outflow.rules.ts";

/** What is said of one cell (单元格说明): `problem` keeps the line out, `note` only tells how it was understood. */
export interface CellRemark {
  readonly cell: string;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly problem: boolean;
}

/** A line of a published ledger, understood (台账行). */
export type GridLine =
  | { readonly row: number; readonly kind: "gift"; readonly input: DonationInput }
  | { readonly row: number; readonly kind: "use"; readonly input: UseInput };

/** A published ledger, understood (公示台账识读). */
export interface LedgerGrid {
  readonly title: string;
  readonly lines: readonly GridLine[];
  readonly remarks: readonly CellRemark[];
  /** Totals the sheet states: its foot exactly, its introduction in 万元 to two decimals. */
  readonly stated: readonly { readonly cell: string; readonly fen: number; readonly exactTo: number }[];
}

type Field = "seq" | "on" | "donor" | "receiver" | "item" | "spec" | "unit" | "quantity" | "amount" | "value" | "note";

const headers: readonly (readonly [Field, RegExp])[] = [
  ["receiver", /^(接收单位|发放单位|受助单位|领取单位|流向)$/],
  ["donor", /^(捐赠人|捐赠单位|捐赠方|捐赠者|捐款单位及个人|捐赠单位\(个人\)|donor)$/],
  ["amount", /^(金额|捐赠额|捐赠金额|捐款金额|amountyuan)(\((单位:)?元\))?$/],
  ["value", /^(折算金额|物资价值|价值)(\((单位:)?万?元\))?$/],
  ["item", /^(品名|物资|物资名称|入库物资)$/],
  ["spec", /^(规格|规格型号)$/],
  ["unit", /^(计量单位|单位)$/],
  ["quantity", /^(数量|数量总计)$/],
  ["on", /^(日期|捐赠日期|捐款日期|dateraw)$/],
  ["seq", /^(序号|编号|seqraw)$/],
  ["note", /^(备注|note)$/],
];

const fold = (text: string) =>
  text
    .normalize("NFKC")
    .replace(/[\s\u200b-\u200f\u2060\ufeff_]/g, "")
    .toLowerCase();
const clean = (text: string | undefined) =>
  (text ?? "").replace(/[\u200b-\u200f\u2060\ufeff]/g, "").replace(/^[\s\u3000]+|[\s\u3000]+$/g, "");

const address = (row: number, column: number) => `${String.fromCharCode(65 + column)}${row + 1}`;

function columnsIn(cells: readonly string[]): Map<Field, number> | undefined {
  const found = new Map<Field, number>();
  cells.forEach((cell, at) => {
    const field = headers.find(([, pattern]) => pattern.test(fold(cell)))?.[0];
    if (field && !found.has(field)) found.set(field, at);
  });
  const path = found.has("donor") && found.has("receiver");
  const thing = found.has("amount") || (found.has("item") && (found.has("quantity") || path));
  return thing && (found.has("donor") || found.has("receiver")) ? found : undefined;
}

/** Totals in the running text of a sheet: “总金额61609585.05”, “收到社会捐款8550.11万元”. */
function statedIn(text: string, cell: string): LedgerGrid["stated"] {
  const folded = text.normalize("NFKC").replace(/\s/g, "");
  const foot =
    /^(?:合计|总计|共计|总金额)[^\d]{0,12}([\d,]+(?:\.\d+)?)(万元?|元)?$|总金额([\d,]+(?:\.\d+)?)(万元?|元)?$/.exec(
      folded,
    );
  const told = /收到社会捐(?:赠)?款(?:[\d,]+人次,)?(?:共计)?(?:人民币)?([\d,]+(?:\.\d+)?)(万元|元)/.exec(folded);
  const match = foot ? [foot[1] ?? foot[3], foot[2] ?? foot[4]] : told ? [told[1], told[2]] : undefined;
  if (!match?.[0]) return [];
  const read = readAmount(`${match[0]}${match[1] ?? ""}`);
  return read.ok ? [{ cell, fen: read.value, exactTo: (match[1] ?? "").startsWith("万") ? 10_000 : 1 }] : [];
}

/** A day as it stands alone over a sheet: “（2020年2月2日）”, “1/30/20”. */
function dayIn(text: string): string | undefined {
  const short = /^(\d{1,2})\/(\d{1,2})\/(\d{2})$/.exec(text);
  const plain = short ? `20${short[3]}-${short[1]}-${short[2]}` : text.replace(/^[（(]|[）)]$/g, "");
  const day = parseLooseDate(plain);
  return day.precision === "day" ? day.date : undefined;
}

const places = /^(.{2,8})(市|省|区|县)$/;

class Reader {
  readonly #grid: readonly (readonly string[])[];
  readonly lines: GridLine[] = [];
  readonly remarks: CellRemark[] = [];
  readonly stated: { cell: string; fen: number; exactTo: number }[] = [];
  #columns = new Map<Field, number>();
  /** Yuan that one of the value column stands for. */
  #valueUnit = "";
  #day: string | undefined;
  /** The header of a part in another currency: its amounts are no yuan and are told, not taken. */
  #foreign: string | undefined;
  #above: Partial<Record<Field, string>> = {};

  constructor(grid: readonly (readonly string[])[]) {
    this.#grid = grid;
  }

  read(): LedgerGrid {
    const title =
      this.#grid
        .flat()
        .map(clean)
        .find((cell) => cell !== "") ?? "";
    for (const [at, cells] of this.#grid.entries()) this.#row(cells, at);
    return { title, lines: this.lines, remarks: this.remarks, stated: this.stated };
  }

  #say(at: number, field: Field, code: string, problem: boolean, facts: Readonly<Record<string, unknown>> = {}) {
    this.remarks.push({ cell: address(at, this.#columns.get(field) ?? 0), code: `donations/${code}`, facts, problem });
  }

  #row(cells: readonly string[], at: number): void {
    const filled = cells.flatMap((cell, column) => (clean(cell) === "" ? [] : [column]));
    const [first] = filled;
    if (first === undefined) return;
    const foreign = cells.map(fold).find((cell) => /^金额.*(美元|港元|澳门元|欧元|日元|英镑)/.test(cell));
    if (foreign !== undefined) {
      this.#foreign = foreign;
      return;
    }
    const columns = columnsIn(cells);
    if (columns) {
      this.#foreign = undefined;
      this.#columns = columns;
      this.#valueUnit = /万/.test(fold(cells[columns.get("value") ?? -1] ?? "")) ? "万" : "";
      this.#above = {};
      return;
    }
    const total = filled.flatMap((column) => statedIn(clean(cells[column]), address(at, column)));
    const sums = filled.some((column) => /^(合计|总计|共计)|人次$/.test(fold(cells[column] ?? "")));
    if (total.length > 0 || sums) {
      const inline = total.length > 0 ? total : this.#sumOf(cells, at);
      this.stated.push(...inline);
      return;
    }
    const lone = clean(cells[first]);
    const day = dayIn(lone);
    if (filled.length === 1 && day) {
      // A date in the head is the day of what follows; one in the foot is that of the publication.
      if (this.#columns.size === 0) this.#day = day;
      return;
    }
    if (this.#columns.size === 0) return;
    this.#line(cells, at, filled);
  }

  #sumOf(cells: readonly string[], at: number) {
    const column = this.#columns.get("amount");
    const read = column === undefined ? undefined : readAmount(clean(cells[column]));
    return read?.ok ? [{ cell: address(at, column ?? 0), fen: read.value, exactTo: 1 }] : [];
  }

  #cell(cells: readonly string[], field: Field): string {
    const column = this.#columns.get(field);
    return column === undefined ? "" : clean(cells[column]);
  }

  /** A blank cell under a name or under what is said of it repeats the one above. */
  #repeated(cells: readonly string[], at: number, field: "donor" | "receiver" | "item" | "unit"): string {
    const own = this.#cell(cells, field);
    if (own !== "") {
      this.#above[field] = own;
      return own;
    }
    const above = this.#above[field];
    if (above === undefined || !this.#columns.has(field)) return "";
    this.#say(at, field, "same-as-above", false, { text: above });
    return above;
  }

  #line(cells: readonly string[], at: number, filled: readonly number[]): void {
    const hasThing = this.#columns.has("item");
    const amount = this.#cell(cells, "amount");
    const quantity = this.#cell(cells, "quantity");
    if (this.#columns.has("donor") && this.#columns.has("receiver") && hasThing && !this.#columns.has("quantity")) {
      this.#outflow(cells, at);
      return;
    }
    if (amount === "" && quantity === "") {
      // Footers and continuations of a name hold one cell; a line that names a thing without a number is reported.
      if (filled.length > 1)
        this.#say(at, hasThing ? "quantity" : "amount", hasThing ? "quantity-unclear" : "amount-missing", true, {
          text: "",
        });
      return;
    }
    if (this.#foreign !== undefined)
      this.#say(at, "amount", "foreign-currency", true, { text: amount, header: this.#foreign });
    else if (this.#columns.has("receiver")) this.#use(cells, at, quantity, amount);
    else this.#gift(cells, at, quantity, amount);
  }

  /** “武汉市” over “第七医院” is one name written over two rows. */
  #receiver(cells: readonly string[], at: number): string {
    const own = this.#cell(cells, "receiver");
    const column = this.#columns.get("receiver") ?? 0;
    const next = clean(this.#grid[at + 1]?.[column]);
    if (own !== "" && places.test(own) && next !== "" && !next.startsWith(own)) {
      const joined = `${own}${next}`;
      this.#say(at, "receiver", "name-over-two-rows", false, { text: joined });
      this.#above.receiver = joined;
      return joined;
    }
    if (own !== "" && this.#above.receiver?.endsWith(own) && this.#above.receiver !== own) return this.#above.receiver;
    return this.#repeated(cells, at, "receiver");
  }

  #things(cells: readonly string[], at: number, quantity: string) {
    const item = this.#repeated(cells, at, "item");
    const read = readQuantity(quantity);
    if (!read.ok) {
      this.#say(at, "quantity", "quantity-unclear", true, { text: quantity });
      return undefined;
    }
    if (item === "") {
      this.#say(at, "item", "amount-missing", true);
      return undefined;
    }
    if (read.value.unit)
      this.#say(at, "quantity", "unit-in-quantity", false, { text: quantity, unit: read.value.unit });
    const unit = read.value.unit ?? this.#repeated(cells, at, "unit");
    const spec = this.#cell(cells, "spec");
    return {
      item,
      quantity: read.value.count,
      ...(unit === "" ? {} : { unit }),
      ...(spec === "" ? {} : { spec: spec.slice(0, 100) }),
    };
  }

  #use(cells: readonly string[], at: number, quantity: string, amount: string): void {
    const recipient = this.#receiver(cells, at);
    const money = amount === "" ? undefined : readAmount(amount);
    if (money && !money.ok) {
      this.#say(at, "amount", money.problem.slice(10), true, { text: amount });
      return;
    }
    const things = money ? undefined : this.#things(cells, at, quantity);
    if (!money && !things) return;
    this.lines.push({
      row: at + 1,
      kind: "use",
      input: {
        ...(things ?? { amountFen: money?.ok ? money.value : 0 }),
        ...(recipient === "" ? {} : { recipient }),
        description: things ? `${things.item}` : recipient,
        ...(this.#day ? { on: this.#day } : {}),
      },
    });
  }

  /** From whom to whom in one line (捐赠流向): the gift, and what was handed on of it. */
  #outflow(cells: readonly string[], at: number): void {
    const text = this.#cell(cells, "item");
    const { goods, unclear } = readGoods(text);
    for (const part of unclear) this.#say(at, "item", "quantity-unclear", true, { text: part });
    if (text === "") this.#say(at, "item", "amount-missing", true);
    const donor = this.#repeated(cells, at, "donor");
    const worth = this.#cell(cells, "value");
    const value = worth === "" ? undefined : readAmount(`${worth}${this.#valueUnit}`);
    const whole = goods.length === 1 && unclear.length === 0 && value?.ok ? value.value : undefined;
    if (worth !== "" && whole === undefined && goods.length > 0)
      this.#say(at, "value", "value-of-several", false, { text: worth });
    const on = this.#day ? { on: this.#day } : {};
    for (const one of goods)
      this.lines.push({
        row: at + 1,
        kind: "gift",
        input: {
          ...(donor === "" ? {} : { donor }),
          ...one,
          ...(whole === undefined ? {} : { valueFen: whole }),
          ...on,
        },
      });
    for (const use of this.#handedOn(cells, at, goods))
      this.lines.push({ row: at + 1, kind: "use", input: { ...use, description: use.item, ...on } });
  }

  #handedOn(cells: readonly string[], at: number, goods: readonly NamedGoods[]) {
    const shares = readShares(this.#cell(cells, "receiver"));
    const [first] = goods;
    if (shares.length === 0 || first === undefined) return [];
    const [only] = shares;
    if (only && shares.length === 1 && only.quantity === undefined)
      return goods.map((one) => ({ ...one, recipient: only.recipient }));
    if (goods.length > 1 || shares.some((one) => one.quantity === undefined)) {
      this.#say(at, "receiver", "shares-unknown", true, { text: shares.map((one) => one.text).join("、") });
      return [];
    }
    for (const one of shares)
      if (one.quantity === null) this.#say(at, "receiver", "quantity-unclear", true, { text: one.text });
    const given = shares.reduce((sum, one) => sum + (one.quantity ?? 0), 0);
    if (given !== first.quantity)
      this.#say(at, "receiver", "shares-differ", given > first.quantity, { given, received: first.quantity });
    if (given > first.quantity) return [];
    return shares.flatMap(({ recipient, quantity }) => (quantity ? [{ ...first, recipient, quantity }] : []));
  }

  #gift(cells: readonly string[], at: number, quantity: string, amount: string): void {
    const donor = this.#repeated(cells, at, "donor");
    const money = amount === "" ? undefined : readAmount(amount);
    if (money && !money.ok) {
      this.#say(at, "amount", money.problem.slice(10), true, { text: amount });
      return;
    }
    const things = money ? undefined : this.#things(cells, at, quantity);
    if (!money && !things) return;
    const on = this.#cell(cells, "on");
    const day = on === "" ? undefined : parseLooseDate(on);
    if (day && day.precision !== "day") {
      this.#say(at, "on", "date-unclear", true, { text: on });
      return;
    }
    const date = day?.date ?? this.#day;
    const note = this.#cell(cells, "note");
    this.lines.push({
      row: at + 1,
      kind: "gift",
      input: {
        ...(donor === "" ? {} : { donor }),
        ...(things ?? { amountFen: money?.ok ? money.value : 0 }),
        ...(date ? { on: date } : {}),
        ...(note === "" ? {} : { note }),
      },
    });
  }
}

/**
 * Understands a published ledger (识读公示台账) as it was made by hand: titles above, columns in any order, a blank that repeats
 * the cell above, a number with its unit, a name over two rows, a total at the foot. What cannot be understood is told by cell.
 */
export function readLedgerGrid(grid: readonly (readonly string[])[]): LedgerGrid {
  return new Reader(grid).read();
}
