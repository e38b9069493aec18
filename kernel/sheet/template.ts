import { type DataValidation, type WriteSheet, writeXlsx } from "hucre/xlsx";
import type { Locale } from "../text/words.ts";
import type { ColumnDeclaration } from "./column.ts";
import { fenPer } from "./money.ts";
import { words } from "./sheet.words.ts";
import { columnLetters } from "./types.ts";
import { headerWithUnit, isChinese } from "./write.ts";
import { fitCell } from "./write-cells.ts";

/** What a template says of itself (模板用语): the name of its data sheet and an introduction above the notes. */
export type TemplateWords = { sheet?: string; introduction?: string };

const lastRow = 1_048_576;
/** Excel keeps a list written into the rule itself only up to this many characters. */
const longestList = 255;

const labelsOf = (column: ColumnDeclaration, locale: Locale): string[] => {
  if (column.kind === "boolean") return [words[locale].yes, words[locale].no];
  return (column.values ?? []).map(
    ({ value, labels }) => labels.find((label) => isChinese(label) === (locale === "zh")) ?? labels[0] ?? value,
  );
};

const numberLimits = (column: ColumnDeclaration): { min?: number; max?: number } => {
  // Amounts are declared in fen and typed in the unit the header names.
  const scale = column.kind === "money" ? fenPer(column.unit ?? "yuan") : 1;
  const min = column.min ?? (column.negative ? undefined : 0);
  return {
    ...(min === undefined ? {} : { min: min / scale }),
    ...(column.max === undefined ? {} : { max: column.max / scale }),
  };
};

const validationOf = (
  column: ColumnDeclaration,
  index: number,
  locale: Locale,
  listRange: string | undefined,
): DataValidation | undefined => {
  const letters = columnLetters(index);
  const spoken = words[locale];
  const base = {
    range: `${letters}2:${letters}${lastRow}`,
    allowBlank: true,
    showErrorMessage: true,
    showInputMessage: true,
  } as const;
  const labels = labelsOf(column, locale);
  if (labels.length > 0) {
    const source = listRange ? { formula1: listRange } : { values: labels };
    return {
      ...base,
      ...source,
      type: "list",
      errorTitle: headerWithUnit(column, locale, undefined).slice(0, 30),
      errorMessage: spoken.pickFromList,
    };
  }
  if (column.kind === "integer" || column.kind === "money" || column.kind === "ratio") {
    const { min, max } = numberLimits(column);
    if (min === undefined && max === undefined) return undefined;
    const text = [
      ...(min === undefined ? [] : [spoken.atLeast({ min })]),
      ...(max === undefined ? [] : [spoken.atMost({ max })]),
    ].join(locale === "zh" ? "，" : ", ");
    const limits =
      min !== undefined && max !== undefined
        ? ({ operator: "between", formula1: String(min), formula2: String(max) } as const)
        : min !== undefined
          ? ({ operator: "greaterThanOrEqual", formula1: String(min) } as const)
          : ({ operator: "lessThanOrEqual", formula1: String(max) } as const);
    return { ...base, ...limits, type: column.kind === "integer" ? "whole" : "decimal", errorMessage: text };
  }
  if (column.maxLength !== undefined) {
    return {
      ...base,
      type: "textLength",
      operator: "lessThanOrEqual",
      formula1: String(column.maxLength),
      errorMessage: spoken.characters({ max: column.maxLength }),
    };
  }
  return undefined;
};

const formats: Partial<Record<ColumnDeclaration["kind"], string>> = {
  code: "@",
  text: "@",
  enum: "@",
  period: "@",
  date: "yyyy-mm-dd",
  money: "#,##0.00",
  integer: "0",
  ratio: "0.00%",
};

const howToFill = (column: ColumnDeclaration, locale: Locale): string => {
  const spoken = words[locale];
  const parts = [column.note?.[locale] ?? ""];
  const labels = labelsOf(column, locale);
  if (labels.length > 0) parts.push(spoken.oneOf({ list: labels.join(locale === "zh" ? "、" : ", ") }));
  if (column.maxLength !== undefined) parts.push(spoken.characters({ max: column.maxLength }));
  if (column.kind === "integer" || column.kind === "money" || column.kind === "ratio") {
    const { min, max } = numberLimits(column);
    if (min !== undefined) parts.push(spoken.atLeast({ min }));
    if (max !== undefined) parts.push(spoken.atMost({ max }));
  }
  return parts.filter((part) => part !== "").join(locale === "zh" ? "；" : "; ");
};

const headerFill = { type: "pattern", pattern: "solid", fgColor: { rgb: "F0EBE0" } } as const;

/**
 * Makes the .xlsx a clerk fills in (导入模板): a header row that the importer is sure to recognise, drop-down lists and
 * limits on every column, codes formatted as text, and a sheet of notes that explains each column with its law.
 */
export const writeTemplate = async (
  columns: readonly ColumnDeclaration[],
  templateWords: TemplateWords,
  locale: Locale,
): Promise<Uint8Array> => {
  const spoken = words[locale];
  const headers = columns.map((column) => {
    const unit = column.kind === "money" ? (column.unit ?? "yuan") : undefined;
    return `${column.required ? "*" : ""}${headerWithUnit(column, locale, unit)}`;
  });
  const lists: string[][] = [];
  const validations: DataValidation[] = [];
  for (const [index, column] of columns.entries()) {
    const labels = labelsOf(column, locale);
    let range: string | undefined;
    if (labels.join(",").length > longestList || labels.some((label) => /[,"]/.test(label))) {
      lists.push(labels);
      const letters = columnLetters(lists.length - 1);
      range = `'${spoken.listsSheet}'!$${letters}$1:$${letters}$${labels.length}`;
    }
    const validation = validationOf(column, index, locale, range);
    if (validation) validations.push(validation);
  }
  const data: WriteSheet = {
    name: templateWords.sheet ?? spoken.dataSheet,
    columns: columns.map((column, index) => ({
      width: column.width ?? Math.min(40, Math.max(12, headers[index]!.length * 2 + 2)),
      ...(formats[column.kind] ? { numFmt: formats[column.kind] } : {}),
    })),
    rows: [headers],
    cells: new Map(
      headers.map((header, index) => [
        `0,${index}`,
        {
          value: header,
          type: "string" as const,
          style: {
            font: { bold: true, ...(columns[index]!.required ? { color: { rgb: "A61B1B" } } : {}) },
            fill: headerFill,
            alignment: { wrapText: true, vertical: "center" as const },
          },
        },
      ]),
    ),
    dataValidations: validations,
    freezePane: { rows: 1 },
  };
  const noteRows: string[][] = [
    [spoken.noteColumn, spoken.noteRequired, spoken.noteKind, spoken.noteHow, spoken.noteLaw, spoken.noteExample],
    ...columns.map((column, index) => [
      headers[index]!.replace(/^\*/, ""),
      column.required ? spoken.required : spoken.optional,
      spoken.kind[column.kind],
      fitCell(howToFill(column, locale)),
      column.law ?? "",
      column.example ?? "",
    ]),
  ];
  if (templateWords.introduction) noteRows.push([], [templateWords.introduction]);
  const wrap = { alignment: { wrapText: true, vertical: "top" as const } };
  const notes: WriteSheet = {
    name: spoken.notesSheet,
    columns: [24, 8, 26, 50, 40, 24].map((width) => ({ width, style: wrap })),
    rows: noteRows,
    cells: new Map(
      noteRows[0]!.map((text, index) => [
        `0,${index}`,
        { value: text, type: "string" as const, style: { font: { bold: true }, fill: headerFill } },
      ]),
    ),
    freezePane: { rows: 1 },
  };
  const sheets = [data, notes];
  if (lists.length > 0) {
    const height = Math.max(...lists.map((list) => list.length));
    sheets.push({
      name: spoken.listsSheet,
      hidden: true,
      rows: Array.from({ length: height }, (_, row) => lists.map((list) => list[row] ?? null)),
    });
  }
  return writeXlsx({ sheets });
};
