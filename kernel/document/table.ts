import { documentWords } from "./document.words.ts";
import type { Strip } from "./flow.ts";
import type { Weight } from "./fonts.ts";
import type { Block } from "./model.ts";
import { INK, PALE, type Paper, RULE } from "./paper.ts";
import { baseline, type Setting } from "./setting.ts";
import { breakLines, type Line } from "./typeset.ts";

type Table = Extract<Block, { kind: "table" }>;

interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: "start" | "center" | "end";
}

const PADDING = 4;
/** A row of more lines than this may be broken by a page. */
const TALLEST = 24;

/** Sets a table (表格): its head stands again on every page it reaches; a row stays whole unless it is very tall. */
export function tableStrips(table: Table, setting: Setting): Strip[] {
  const columns = columnsOf(table, setting);
  const titles = table.columns.map((column) => column.title);
  const head = rowStrips(titles, columns, setting, "bold", true)[0] as Strip;
  const rows = table.rows.flatMap((row) => rowStrips(row, columns, setting, "regular", false));
  const body = rows.length > 0 ? rows : [emptyStrip(setting)];
  const caption = table.caption === undefined ? [] : [captionStrip(table.caption, setting)];
  return [...caption, { ...head, keep: true }, ...body.map((strip) => ({ ...strip, repeat: head }))];
}

function columnsOf(table: Table, setting: Setting): Column[] {
  const shares = table.columns.map((column, at) => column.share ?? naturalShare(table, at, setting));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let x = setting.x;
  return table.columns.map((column, at) => {
    const width = (setting.width * (shares[at] as number)) / total;
    const placed = { x, width, align: column.align ?? "start" };
    x += width;
    return placed;
  });
}

/** Columns share the width by what they hold; a long column wraps, a short one is not squeezed below its title. */
function naturalShare(table: Table, at: number, setting: Setting): number {
  const { size } = setting.table;
  const widths = table.rows.map((row) => setting.font("regular").width(row[at] ?? "") * size);
  const title = setting.font("bold").width(table.columns[at]?.title ?? "") * size;
  return Math.max(title, 2 * size, Math.min(setting.width * 0.45, Math.max(0, ...widths))) + 2 * PADDING;
}

function rowStrips(
  cells: readonly string[],
  columns: readonly Column[],
  setting: Setting,
  weight: Weight,
  isHead: boolean,
): Strip[] {
  const lines = columns.map((column, at) => cellLines(cells[at] ?? "", column, setting, weight));
  const count = Math.max(...lines.map((cell) => cell.length));
  const strips: Strip[] = [];
  for (let from = 0; from < count; from += TALLEST) {
    const part = lines.map((cell) => cell.slice(from, from + TALLEST));
    const isLast = from + TALLEST >= count;
    strips.push(partStrip(part, columns, setting, weight, { isHead, isFirst: from === 0, isLast }));
  }
  return strips;
}

function cellLines(text: string, column: Column, setting: Setting, weight: Weight): Line[] {
  const measure = { size: setting.table.size, width: column.width - 2 * PADDING };
  return text.split(/\r\n?|\n/).flatMap((part) => breakLines(part, setting.font(weight), measure));
}

interface Edges {
  readonly isHead: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function partStrip(
  cells: readonly (readonly Line[])[],
  columns: readonly Column[],
  setting: Setting,
  weight: Weight,
  edges: Edges,
): Strip {
  const { size, pitch, grid } = setting.table;
  const count = Math.max(...cells.map((cell) => cell.length));
  const height = count * pitch + 2 * PADDING;
  return {
    height,
    print(paper, y) {
      for (const [at, column] of columns.entries()) {
        const lines = cells[at] as readonly Line[];
        // Short cells stand in the middle of a row of the official grid, at the top of a ledger row.
        const top = y + PADDING + (grid ? ((count - lines.length) * pitch) / 2 : 0);
        const align = edges.isHead && grid ? "center" : column.align;
        for (const [row, line] of lines.entries()) {
          const measure = { size, width: column.width - 2 * PADDING };
          const style = { weight, colour: edges.isHead && !grid ? PALE : INK, align } as const;
          paper.line(line, column.x + PADDING, top + row * pitch + baseline({ size, pitch }), measure, style);
        }
      }
      if (grid) printGrid(paper, columns, y, height, edges);
      else if (edges.isLast) printRule(paper, setting, y + height, edges.isHead);
    },
  };
}

function printGrid(paper: Paper, columns: readonly Column[], y: number, height: number, edges: Edges): void {
  const first = columns[0] as Column;
  const last = columns[columns.length - 1] as Column;
  const right = last.x + last.width;
  for (const x of [...columns.map((column) => column.x), right]) paper.rule(x, y, x, y + height, 0.5, INK);
  if (edges.isFirst) paper.rule(first.x, y, right, y, 0.5, INK);
  if (edges.isLast) paper.rule(first.x, y + height, right, y + height, 0.5, INK);
}

function printRule(paper: Paper, setting: Setting, y: number, isHead: boolean): void {
  paper.rule(setting.x, y, setting.x + setting.width, y, isHead ? 0.8 : 0.4, isHead ? INK : RULE);
}

function captionStrip(caption: string, setting: Setting): Strip {
  const { size } = setting.table;
  const pitch = setting.table.pitch * 1.5;
  return {
    height: pitch,
    keep: true,
    print(paper, y) {
      const x = setting.table.grid ? setting.x + setting.width / 2 : setting.x;
      paper.text(caption, x, y + baseline({ size, pitch }), size, {
        weight: "bold",
        align: setting.table.grid ? "center" : "start",
      });
    },
  };
}

/** An empty table says so: a reader must not take it for a page cut off. */
function emptyStrip(setting: Setting): Strip {
  const { size, pitch } = setting.table;
  const height = pitch + 2 * PADDING;
  return {
    height,
    print(paper, y) {
      const style = { colour: PALE, align: "center" } as const;
      paper.text(
        documentWords.zh.noRows,
        setting.x + setting.width / 2,
        y + PADDING + baseline({ size, pitch }),
        size,
        style,
      );
      printRule(paper, setting, y + height, false);
    },
  };
}
