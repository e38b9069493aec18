import PDFDocument from "pdfkit";
import { type OpenFont, openFont, type Weight } from "./fonts.ts";
import type { QrShape } from "./qr.ts";
import { codePointName, gapOf, type Line, type Measure, type Unit } from "./typeset.ts";

/** Points in a millimetre. */
export const MM = 72 / 25.4;
export const PAGE = { width: 210 * MM, height: 297 * MM } as const;

/** Colours of paper (用色): seal red only for the head, its rule and the seal. */
export const INK = "#1f2329";
export const PALE = "#6b7077";
export const RULE = "#b9b5ab";
export const SEAL_RED = "#c3272b";

/** A sheet being printed (版面): pdfkit behind the few strokes documents need. All lengths in points, y downwards. */
export interface Paper {
  readonly pdf: PDFKit.PDFDocument;
  font(weight: Weight): OpenFont;
  addPage(): void;
  /** Prints one line with its baseline at y, justified to the measure or set as asked. */
  line(line: Line, x: number, y: number, measure: Measure, style: LineStyle): void;
  /** Prints a short text without breaking it; returns its width. */
  text(text: string, x: number, y: number, size: number, style?: Partial<LineStyle>): number;
  /** Draws a short text centred on x as shapes, which readers neither find nor copy. */
  outline(text: string, x: number, y: number, size: number, style: Pick<LineStyle, "weight" | "colour">): void;
  rule(x1: number, y1: number, x2: number, y2: number, width: number, colour: string): void;
  qr(shape: QrShape, x: number, y: number, width: number): void;
  finish(): Promise<Buffer>;
}

export interface LineStyle {
  readonly weight: Weight;
  readonly colour: string;
  readonly align: "justify" | "start" | "center" | "end";
}

export interface PaperOptions {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly issuedOn: string;
  readonly fontDirectory?: string;
}

const PLAIN: LineStyle = { weight: "regular", colour: INK, align: "start" };

/** Lays out a fresh sheet (新版面). The creation date is the document's own, so equal documents are equal bytes. */
export function openPaper(options: PaperOptions): Paper {
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    font: "",
    lang: "zh-CN",
    displayTitle: true,
    info: {
      Title: options.title,
      Author: options.author,
      Subject: options.subject,
      Creator: "Shanzhi",
      Producer: "Shanzhi (pdfkit)",
      CreationDate: new Date(`${options.issuedOn}T00:00:00+08:00`),
    },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
  const font = (weight: Weight) => openFont(weight, options.fontDirectory);
  // The library takes opened fonts, its types only know paths and bytes.
  for (const weight of ["regular", "bold"] as const) pdf.registerFont(weight, font(weight).font as unknown as Buffer);

  const put = (text: string, x: number, y: number, gap: number) =>
    pdf.text(text, x, y, { lineBreak: false, baseline: "alphabetic", characterSpacing: gap });

  const drawUnits = (line: Line, x: number, y: number, size: number, gap: number, style: LineStyle) => {
    pdf.font(style.weight, size).fillColor(style.colour);
    let at = x;
    for (const run of runsOf(line.units)) {
      const first = run[0] as Unit;
      if (first.kind === "missing") drawMissing(pdf, font(style.weight), first.text, at, y, size);
      else if (first.kind === "han") put(run.map((unit) => unit.text).join(""), at, y, gap);
      else if (first.kind === "word") put(first.text, at, y, 0);
      at += run.reduce((total, unit) => total + unit.width + gap, 0);
    }
  };

  return {
    pdf,
    font,
    addPage: () => {
      pdf.addPage();
    },
    line(line, x, y, measure, style) {
      const slack = measure.width - line.indent - line.width;
      const shift = style.align === "center" ? slack / 2 : style.align === "end" ? slack : 0;
      const gap = style.align === "justify" ? gapOf(line, measure) : 0;
      drawUnits(line, x + line.indent + shift, y, measure.size, gap, style);
    },
    text(text, x, y, size, style) {
      const { weight, colour, align } = { ...PLAIN, ...style };
      const width = font(weight).width(text) * size;
      pdf.font(weight, size).fillColor(colour);
      put(text, align === "end" ? x - width : align === "center" ? x - width / 2 : x, y, 0);
      return width;
    },
    outline(text, x, y, size, style) {
      drawOutline(pdf, font(style.weight), text, x, y, size, style.colour);
    },
    rule(x1, y1, x2, y2, width, colour) {
      pdf.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(colour).stroke();
    },
    qr(shape, x, y, width) {
      const module = width / shape.size;
      for (const run of shape.runs) pdf.rect(x + run.x * module, y + run.y * module, run.length * module, module);
      pdf.fillColor("#000000").fill();
    },
    finish() {
      pdf.end();
      return done;
    },
  };
}

/** Neighbouring Chinese characters are printed together, so that a reader copying the text gets whole phrases. */
function runsOf(units: readonly Unit[]): Unit[][] {
  const runs: Unit[][] = [];
  for (const unit of units) {
    const last = runs[runs.length - 1];
    if (unit.kind === "han" && last?.[0]?.kind === "han") last.push(unit);
    else runs.push([unit]);
  }
  return runs;
}

/** The parts of the PDF library its types do not name. */
interface Inner {
  readonly _font: { readonly id: string; encode(text: string): [string[], unknown]; ref(): unknown };
  readonly page: { readonly fonts: Record<string, unknown> };
  markContent(tag: string, options: { actual: string }): void;
  endMarkedContent(): void;
  addContent(code: string): void;
}

/**
 * A box holding the code point, drawn, with the real character behind it for whoever copies or searches the text: an
 * invisible sign of full size carries it, so that readers find it in its place in the line.
 */
function drawMissing(pdf: PDFKit.PDFDocument, font: OpenFont, text: string, x: number, y: number, size: number): void {
  const code = codePointName(text.codePointAt(0) as number).slice(2);
  const half = Math.ceil(code.length / 2);
  const small = size * 0.36;
  pdf
    .rect(x + size * 0.06, y - size * 0.82, size * 0.88, size * 0.92)
    .lineWidth(0.5)
    .strokeColor(INK)
    .stroke();
  for (const [row, part] of [code.slice(0, half), code.slice(half)].entries()) {
    drawOutline(pdf, font, part, x + size / 2, y - size * (row === 0 ? 0.44 : 0.06), small, INK);
  }
  const inner = pdf as unknown as Inner;
  inner.page.fonts[inner._font.id] ??= inner._font.ref();
  pdf.save().transform(1, 0, 0, -1, 0, PAGE.height);
  inner.markContent("Span", { actual: text });
  const place = `${x.toFixed(3)} ${(PAGE.height - y).toFixed(3)}`;
  const glyph = inner._font.encode(String.fromCodePoint(0x4e00))[0].join("");
  inner.addContent(`BT 3 Tr 1 0 0 1 ${place} Tm /${inner._font.id} ${size.toFixed(3)} Tf <${glyph}> Tj 0 Tr ET`);
  inner.endMarkedContent();
  pdf.restore();
}

function drawOutline(
  pdf: PDFKit.PDFDocument,
  font: OpenFont,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  let left = x - (font.width(text) * size) / 2;
  for (const sign of text) {
    const scale = size / font.font.unitsPerEm;
    pdf.save().translate(left, y).scale(scale, -scale);
    pdf
      .path(font.font.glyphForCodePoint(sign.codePointAt(0) as number).path.toSVG())
      .fillColor(colour)
      .fill();
    pdf.restore();
    left += font.width(sign) * size;
  }
}
