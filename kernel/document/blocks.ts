import { chineseNumber, citationText } from "./chinese.words.ts";
import { codeStrips } from "./codes.ts";
import { documentWords } from "./document.words.ts";
import { type Strip, space } from "./flow.ts";
import type { Weight } from "./fonts.ts";
import type { Block } from "./model.ts";
import { INK, type LineStyle, PALE } from "./paper.ts";
import { baseline, type Setting } from "./setting.ts";
import { tableStrips } from "./table.ts";
import { breakLines, type Line, type Measure } from "./typeset.ts";

const words = documentWords.zh;

/** Sets blocks into strips (排版): one strip a line, so that pages may break between lines but not inside one. */
export function blockStrips(blocks: readonly Block[], setting: Setting): Strip[] {
  return blocks.flatMap((block) => oneBlock(block, setting));
}

function oneBlock(block: Block, setting: Setting): Strip[] {
  switch (block.kind) {
    case "paragraph": {
      const indent = block.flush || (block.align && block.align !== "start") ? 0 : setting.indent;
      return closed(paragraphs(block.text, setting, { indent, align: block.align }), setting);
    }
    case "heading": {
      const bracket = block.level === 2;
      const number =
        block.number === undefined
          ? ""
          : bracket
            ? `（${chineseNumber(block.number)}）`
            : `${chineseNumber(block.number)}、`;
      const strips = paragraphs(number + block.text, setting, {
        indent: setting.indent,
        weight: bracket ? "regular" : "bold",
      });
      return closed(
        strips.map((strip) => ({ ...strip, keep: true })),
        setting,
      );
    }
    case "numbered":
      return closed(
        block.items.flatMap((item, at) =>
          paragraphs(ordinal(block.style, at + 1) + item, setting, { indent: setting.indent }),
        ),
        setting,
      );
    case "facts":
      return apart(factStrips(block.rows, setting), setting);
    case "table":
      return apart(tableStrips(block, setting), setting);
    case "codes":
      return apart(codeStrips(block, setting), setting);
    case "citations": {
      const text = `${words.basis}：${block.items.map(citationText).join("；")}。`;
      return closed(paragraphs(text, setting, { indent: setting.indent }), setting);
    }
    case "remedy":
      return closed(paragraphs(remedyText(block), setting, { indent: setting.indent }), setting);
    case "note":
      return closed(paragraphs(block.text, noteSetting(setting), { indent: 0, colour: PALE }), setting);
  }
}

function remedyText(block: Extract<Block, { kind: "remedy" }>): string {
  const { reconsideration, lawsuit } = block;
  return words.remedy({
    body: reconsideration.body,
    days: chineseNumber(reconsideration.days),
    court: lawsuit.court,
    months: chineseNumber(lawsuit.months),
  });
}

function ordinal(style: "chinese" | "arabic" | "bracket" | undefined, number: number): string {
  if (style === "arabic") return `${number}. `;
  return style === "bracket" ? `（${chineseNumber(number)}）` : `${chineseNumber(number)}、`;
}

function noteSetting(setting: Setting): Setting {
  const { size, pitch } = setting.table;
  return { ...setting, size, pitch };
}

function closed(strips: Strip[], setting: Setting): Strip[] {
  return setting.after > 0 && strips.length > 0 ? [...strips, space(setting.after)] : strips;
}

/** Among running text, a table stands apart from the lines above and below it. */
function apart(strips: Strip[], setting: Setting): Strip[] {
  if (setting.after > 0) return closed(strips, setting);
  const gap = setting.pitch * 0.35;
  return [{ ...space(gap), keep: true }, ...strips, space(gap)];
}

interface Look {
  readonly indent: number;
  readonly align?: "start" | "center" | "end" | undefined;
  readonly weight?: Weight;
  readonly colour?: string;
}

/** Sets a text, one paragraph for each of its lines. */
export function paragraphs(text: string, setting: Setting, look: Look): Strip[] {
  const weight = look.weight ?? "regular";
  const measure = { size: setting.size, width: setting.width, indent: look.indent * setting.size };
  const align = !look.align || look.align === "start" ? "justify" : look.align;
  const style: LineStyle = { weight, colour: look.colour ?? INK, align };
  return text.split(/\r\n?|\n|\u2028|\u2029/).flatMap((part) => {
    const lines = breakLines(part, setting.font(weight), measure);
    return lines.map((line, at) => lineStrip(line, setting, measure, style, isTied(at, lines.length)));
  });
}

/** No page begins with the last line of a paragraph or ends with its first. */
function isTied(at: number, count: number): boolean {
  return count > 1 && (at === 0 || at === count - 2);
}

function lineStrip(line: Line, setting: Setting, measure: Measure, style: LineStyle, keep: boolean): Strip {
  return {
    height: setting.pitch,
    keep,
    print: (paper, y) => paper.line(line, setting.x, y + baseline(setting), measure, style),
  };
}

function factStrips(rows: Extract<Block, { kind: "facts" }>["rows"], setting: Setting): Strip[] {
  const widest = Math.max(...rows.map(([label]) => setting.font("regular").width(label) * setting.size));
  const label = Math.min(widest + setting.size, setting.width * 0.36);
  const column: Setting = { ...setting, x: setting.x + label, width: setting.width - label };
  return rows.flatMap(([name, value]) => {
    const names = paragraphs(
      name,
      { ...setting, width: label - setting.size / 2 },
      { indent: 0, colour: setting.table.grid ? INK : PALE, align: "start" },
    );
    const values = paragraphs(value ?? words.missing, column, { indent: 0, colour: value === null ? PALE : INK });
    const count = Math.max(names.length, values.length);
    return Array.from(
      { length: count },
      (_, at): Strip => ({
        height: setting.pitch,
        keep: isTied(at, count),
        print(paper, y) {
          names[at]?.print(paper, y);
          values[at]?.print(paper, y);
        },
      }),
    );
  });
}
