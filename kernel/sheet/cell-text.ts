import { type ColumnDeclaration, foldKey } from "./column.ts";
import { decimalText } from "./money.ts";
import { isCellDate, isCellError, isFormula, type RawCell } from "./types.ts";

const enumTables = new WeakMap<ColumnDeclaration, Map<string, string>>();

/** Labels of an enumeration by folded text. */
export const enumTable = (declaration: ColumnDeclaration): Map<string, string> => {
  const known = enumTables.get(declaration);
  if (known) return known;
  const table = new Map<string, string>();
  for (const { value, labels } of declaration.values ?? []) {
    for (const label of [value, ...labels]) table.set(foldKey(label), value);
  }
  enumTables.set(declaration, table);
  return table;
};

/** Text of a cell as the sheet would show it (显示文本). */
export const shownText = (cell: RawCell): string => {
  if (cell === null) return "";
  if (isFormula(cell)) return shownText(cell.value);
  if (isCellError(cell)) return cell.error;
  if (isCellDate(cell)) return cell.time ? `${cell.date} ${cell.time}` : cell.date;
  if (typeof cell === "number") return decimalText(cell);
  return typeof cell === "boolean" ? (cell ? "TRUE" : "FALSE") : cell;
};

/** The beginning of a text, short enough for a message. */
export const excerpt = (text: string): string => ([...text].length > 60 ? `${[...text].slice(0, 60).join("")}…` : text);

/** Full-width digits and letters as half-width ones; nothing else changes. */
export const halfWidth = (text: string): string =>
  /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]/.test(text)
    ? text
        .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (char) =>
          String.fromCharCode(char.charCodeAt(0) - 0xfee0),
        )
        .replaceAll("\u3000", " ")
    : text;
