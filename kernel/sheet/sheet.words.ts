import { counted, defineWords } from "../text/words.ts";

type Text = { header?: string; text?: string };

const of = (header: string | undefined): string => (header ? `“${header}”` : "");

const megabytes = (bytes: number | undefined): string => `${Math.round((bytes ?? 0) / 1024 / 1024)} MB`;

const kindsZh: Record<string, string> = {
  pdf: "PDF 文件",
  jpeg: "JPEG 图片",
  png: "PNG 图片",
  gif: "GIF 图片",
  tiff: "TIFF 图片",
  docx: "Word 文档",
  doc: "Word 文档",
  pptx: "演示文稿",
  ppt: "演示文稿",
  html: "网页（有些系统导出的 .xls 其实是网页）",
  zip: "压缩包",
  rar: "RAR 压缩包",
  "7z": "7z 压缩包",
  gzip: "gzip 压缩包",
  xls: "旧版 .xls 表格",
  xlsb: "二进制 .xlsb 表格",
  ods: "OpenDocument .ods 表格",
  numbers: "Numbers 表格",
  spreadsheetml: "XML 表格 2003",
  binary: "二进制文件",
};

/** Sentences of the sheet service (表格服务用语): file errors, cell problems, questions, notes, templates, marked files. */
export const words = defineWords({
  zh: {
    yes: "是",
    no: "否",
    to: "至",
    dataSheet: "数据",
    notesSheet: "填写说明",
    listsSheet: "选项",
    errorsSheet: "错误",
    errorSheetColumn: "工作表",
    errorCellColumn: "单元格",
    errorMessageColumn: "问题",
    noteColumn: "列",
    noteRequired: "必填",
    noteKind: "类型",
    noteHow: "怎样填",
    noteLaw: "依据",
    noteExample: "示例",
    required: "必填",
    optional: "选填",
    pickFromList: "请从下拉列表中选择",
    unit: { yuan: "元", thousand: "千元", wan: "万元", million: "百万元", yi: "亿元" },
    kind: {
      text: "文字",
      code: "代码（按文字保存，不丢前面的 0）",
      date: "日期，如 2024-05-31",
      period: "起止日期，如 2024-01-01 至 2028-12-31",
      money: "金额",
      integer: "整数",
      boolean: "是或否",
      enum: "选项",
      ratio: "百分比，如 8.5%",
    },
    atMost: (facts: { max: number | string }) => `不超过 ${facts.max}`,
    atLeast: (facts: { min: number | string }) => `不小于 ${facts.min}`,
    characters: (facts: { max: number }) => `不超过 ${facts.max} 个字`,
    oneOf: (facts: { list: string }) => `可填：${facts.list}`,
    file: {
      "sheet/not-a-spreadsheet": (facts: { seen?: string }) =>
        `这不是表格，而是${kindsZh[facts.seen ?? ""] ?? "其他文件"}。请上传 .xlsx 或 .csv 文件。`,
      "sheet/broken": (facts: { reason?: string; row?: number }) =>
        facts.reason === "quote-not-closed"
          ? `第 ${facts.row} 行的引号没有成对，后面的内容都会被并进一个单元格。请改正后再上传。`
          : "文件已损坏或没有上传完整。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。",
      "sheet/encrypted": "文件设有密码，无法读取。请先去掉密码再上传。",
      "sheet/too-large": (facts: { reason?: string; limit?: number }) =>
        facts.reason === "file"
          ? `文件太大，最多 ${megabytes(facts.limit)}。请拆成几个文件。`
          : facts.reason === "rows"
            ? `行数太多，最多 ${facts.limit} 行。请拆成几个文件。`
            : "文件展开后大得不正常，为安全起见没有读取。",
      "sheet/old-format": (facts: { seen?: string }) =>
        `这是${kindsZh[facts.seen ?? ""] ?? "旧格式表格"}。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。`,
      "sheet/encoding": (facts: { line?: number }) =>
        `第 ${facts.line ?? "?"} 行有无法识别的文字编码。请另存为“CSV UTF-8”或 .xlsx 后再上传。`,
      "sheet/empty": "文件是空的。",
      "sheet/no-such-sheet": (facts: { sheet?: string }) => `文件里没有名为“${facts.sheet ?? ""}”的工作表。`,
      "sheet/out-of-memory": "文件过于复杂，超出读取内存。请删去多余的工作表、图片和格式，或拆成几个文件。",
      "sheet/aborted": "读取已取消。",
      "sheet/unreadable": "文件无法打开。",
    },
    problem: {
      "sheet/required": (facts: Text) => `${of(facts.header)}必填`,
      "sheet/negative": (facts: Text) => `${of(facts.header)}不能是负数：${facts.text}`,
      "sheet/too-small": (facts: Text & { min?: number }) => `${of(facts.header)}不能小于 ${facts.min}：${facts.text}`,
      "sheet/too-big": (facts: Text & { max?: number }) =>
        facts.max === undefined
          ? `${of(facts.header)}数字过大：${facts.text}`
          : `${of(facts.header)}不能大于 ${facts.max}：${facts.text}`,
      "sheet/too-long": (facts: Text & { length?: number; max?: number }) =>
        `${of(facts.header)}最多 ${facts.max} 个字，现有 ${facts.length} 个字`,
      "sheet/code-lost-digits": (facts: Text) =>
        `${of(facts.header)}被存成了数字，后面的位数已经丢失：${facts.text}。请把该列设为文本后重新填写`,
      "sheet/date-unclear": (facts: Text) => `${of(facts.header)}不是日期：${facts.text}`,
      "sheet/date-implausible": (facts: Text) => `${of(facts.header)}这个日期不可能：${facts.text}`,
      "sheet/date-without-day": (facts: Text) => `${of(facts.header)}要写到日：${facts.text}`,
      "sheet/date-is-period": (facts: Text) => `${of(facts.header)}只要一个日期，这里有两个：${facts.text}`,
      "sheet/period-unclear": (facts: Text) => `${of(facts.header)}应写成“2024-01-01 至 2028-12-31”：${facts.text}`,
      "sheet/period-backwards": (facts: Text) => `${of(facts.header)}开始日期晚于结束日期：${facts.text}`,
      "sheet/money-unclear": (facts: Text) => `${of(facts.header)}不是清楚的金额：${facts.text}`,
      "sheet/money-currency": (facts: Text) => `${of(facts.header)}请填人民币金额：${facts.text}`,
      "sheet/money-too-fine": (facts: Text) => `${of(facts.header)}小于一分的部分无法入账：${facts.text}`,
      "sheet/not-whole": (facts: Text) => `${of(facts.header)}应为整数：${facts.text}`,
      "sheet/not-a-number": (facts: Text) => `${of(facts.header)}不是数字：${facts.text}`,
      "sheet/not-yes-or-no": (facts: Text) => `${of(facts.header)}请填“是”或“否”：${facts.text}`,
      "sheet/not-in-list": (facts: Text & { list?: string; near?: string }) =>
        `${of(facts.header)}没有“${facts.text}”这一项，可填：${facts.list}${facts.near ? `（是不是“${facts.near}”？）` : ""}`,
      "sheet/formula-without-value": (facts: Text) =>
        `${of(facts.header)}公式没有计算结果。请在 Excel 中打开并保存一次`,
      "sheet/error-value": (facts: Text) => `${of(facts.header)}公式出错：${facts.text}`,
      "sheet/bad-characters": (facts: Text) => `${of(facts.header)}含有看不见的非法字符：${facts.text}`,
      "sheet/lost-characters": (facts: Text) => `${of(facts.header)}文字已乱码：${facts.text}`,
    },
    question: {
      "money-unit": (facts: Text) => `${of(facts.header)}的金额单位不清楚（如：${facts.text}）。这些数字是元还是万元？`,
      "ratio-unit": (facts: Text) => `${of(facts.header)}的数字（如：${facts.text}）是百分数吗？`,
    },
    note: {
      "sheet/placeholder": (facts: Text) => `“${facts.text}”按空白处理`,
      "sheet/unknown-date": (facts: Text) => `“${facts.text}”表示日期不详，按空白处理`,
      "sheet/date-precision": (facts: Text) => `“${facts.text}”没有写到日`,
      "sheet/date-serial": (facts: Text) => `数字 ${facts.text} 按表格日期处理`,
      "sheet/date-from-period": (facts: Text) => `从“${facts.text}”中取日期`,
      "sheet/period-of-a-day": (facts: Text) => `有效期起止为同一天：${facts.text}`,
      "sheet/unit-differs": (facts: Text) => `单元格自带的单位与表头不同，按单元格：${facts.text}`,
      "sheet/formula": (facts: Text) => `采用公式的结果：${facts.text}`,
    },
  },
  en: {
    yes: "Yes",
    no: "No",
    to: "to",
    dataSheet: "Data",
    notesSheet: "Notes",
    listsSheet: "Lists",
    errorsSheet: "Errors",
    errorSheetColumn: "Sheet",
    errorCellColumn: "Cell",
    errorMessageColumn: "Problem",
    noteColumn: "Column",
    noteRequired: "Required",
    noteKind: "Kind",
    noteHow: "How to fill in",
    noteLaw: "Law",
    noteExample: "Example",
    required: "required",
    optional: "optional",
    pickFromList: "Please pick from the list",
    unit: {
      yuan: "yuan",
      thousand: "thousand yuan",
      wan: "10,000 yuan",
      million: "million yuan",
      yi: "100 million yuan",
    },
    kind: {
      text: "text",
      code: "code (kept as text, leading zeros stay)",
      date: "date, such as 2024-05-31",
      period: "two dates, such as 2024-01-01 至 2028-12-31",
      money: "amount of money",
      integer: "whole number",
      boolean: "yes or no",
      enum: "choice",
      ratio: "percentage, such as 8.5%",
    },
    atMost: (facts) => `at most ${facts.max}`,
    atLeast: (facts) => `at least ${facts.min}`,
    characters: (facts) => `at most ${counted(facts.max, "character")}`,
    oneOf: (facts) => `one of: ${facts.list}`,
    file: {
      "sheet/not-a-spreadsheet": (facts) =>
        `This is not a spreadsheet (${facts.seen ?? "unknown"}). Please upload .xlsx or .csv.`,
      "sheet/broken": (facts) =>
        facts.reason === "quote-not-closed"
          ? `A quotation mark in row ${facts.row} is never closed, so the rest would become one cell. Please correct it.`
          : "The file is damaged or was not uploaded completely. Open it in Excel or WPS, save it as .xlsx and upload that.",
      "sheet/encrypted": "The file is protected by a password. Please remove the password first.",
      "sheet/too-large": (facts) =>
        facts.reason === "file"
          ? `The file is too large; at most ${megabytes(facts.limit)}. Please split it.`
          : facts.reason === "rows"
            ? `Too many rows; at most ${facts.limit}. Please split the file.`
            : "The file unpacks to an abnormal size and was not read, for safety.",
      "sheet/old-format": (facts) =>
        `This is an old or foreign format (${facts.seen ?? "unknown"}). Open it in Excel or WPS, save it as .xlsx and upload that.`,
      "sheet/encoding": (facts) =>
        `Line ${facts.line ?? "?"} holds characters of an unknown encoding. Save as “CSV UTF-8” or .xlsx and upload that.`,
      "sheet/empty": "The file is empty.",
      "sheet/no-such-sheet": (facts) => `The file has no sheet named “${facts.sheet ?? ""}”.`,
      "sheet/out-of-memory":
        "The file is too complex for the reader's memory. Remove extra sheets, pictures and formats, or split it.",
      "sheet/aborted": "Reading was cancelled.",
      "sheet/unreadable": "The file cannot be opened.",
    },
    problem: {
      "sheet/required": (facts) => `${of(facts.header)} is required`,
      "sheet/negative": (facts) => `${of(facts.header)} must not be negative: ${facts.text}`,
      "sheet/too-small": (facts) => `${of(facts.header)} must be at least ${facts.min}: ${facts.text}`,
      "sheet/too-big": (facts) =>
        facts.max === undefined
          ? `${of(facts.header)} is too large: ${facts.text}`
          : `${of(facts.header)} must be at most ${facts.max}: ${facts.text}`,
      "sheet/too-long": (facts) =>
        `${of(facts.header)} has ${counted(facts.length, "character")}; at most ${facts.max}`,
      "sheet/code-lost-digits": (facts) =>
        `${of(facts.header)} was stored as a number and its last digits are lost: ${facts.text}. Format the column as text and enter it again`,
      "sheet/date-unclear": (facts) => `${of(facts.header)} is not a date: ${facts.text}`,
      "sheet/date-implausible": (facts) => `${of(facts.header)} cannot be that date: ${facts.text}`,
      "sheet/date-without-day": (facts) => `${of(facts.header)} must name the day: ${facts.text}`,
      "sheet/date-is-period": (facts) => `${of(facts.header)} takes one date, here are two: ${facts.text}`,
      "sheet/period-unclear": (facts) => `${of(facts.header)} should read “2024-01-01 至 2028-12-31”: ${facts.text}`,
      "sheet/period-backwards": (facts) => `${of(facts.header)} begins after it ends: ${facts.text}`,
      "sheet/money-unclear": (facts) => `${of(facts.header)} is not a clear amount: ${facts.text}`,
      "sheet/money-currency": (facts) => `${of(facts.header)} takes renminbi: ${facts.text}`,
      "sheet/money-too-fine": (facts) => `${of(facts.header)} is finer than one fen: ${facts.text}`,
      "sheet/not-whole": (facts) => `${of(facts.header)} must be a whole number: ${facts.text}`,
      "sheet/not-a-number": (facts) => `${of(facts.header)} is not a number: ${facts.text}`,
      "sheet/not-yes-or-no": (facts) => `${of(facts.header)} takes yes or no: ${facts.text}`,
      "sheet/not-in-list": (facts) =>
        `${of(facts.header)} has no “${facts.text}”; one of: ${facts.list}${facts.near ? ` (did you mean “${facts.near}”?)` : ""}`,
      "sheet/formula-without-value": (facts) =>
        `${of(facts.header)}: the formula has no result. Open and save the file in Excel once`,
      "sheet/error-value": (facts) => `${of(facts.header)} is a formula error: ${facts.text}`,
      "sheet/bad-characters": (facts) => `${of(facts.header)} holds invisible forbidden characters: ${facts.text}`,
      "sheet/lost-characters": (facts) => `${of(facts.header)} is garbled: ${facts.text}`,
    },
    question: {
      "money-unit": (facts) =>
        `The unit of ${of(facts.header)} is unclear (for instance ${facts.text}). Are these yuan or 10,000 yuan?`,
      "ratio-unit": (facts) => `Are the numbers of ${of(facts.header)} (for instance ${facts.text}) per cent?`,
    },
    note: {
      "sheet/placeholder": (facts) => `“${facts.text}” is taken as blank`,
      "sheet/unknown-date": (facts) => `“${facts.text}” means that the date is unknown; taken as blank`,
      "sheet/date-precision": (facts) => `“${facts.text}” names no day`,
      "sheet/date-serial": (facts) => `The number ${facts.text} is taken as a sheet's date`,
      "sheet/date-from-period": (facts) => `Date taken from “${facts.text}”`,
      "sheet/period-of-a-day": (facts) => `The period begins and ends on one day: ${facts.text}`,
      "sheet/unit-differs": (facts) => `The cell's own unit differs from the header's and is used: ${facts.text}`,
      "sheet/formula": (facts) => `The formula's result is used: ${facts.text}`,
    },
  },
});
