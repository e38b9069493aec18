import { blockStrips, paragraphs } from "./blocks.ts";
import { chineseDate } from "./chinese.words.ts";
import { documentDigest } from "./digest.ts";
import { documentWords } from "./document.words.ts";
import { keepTail, paginate, type Strip, space } from "./flow.ts";
import { printFoot } from "./foot.ts";
import type { OfficialDocument } from "./model.ts";
import { INK, MM, openPaper, type Paper, RULE, SEAL_RED } from "./paper.ts";
import { qrShape } from "./qr.ts";
import { drawSeal, SEAL_RADIUS } from "./seal.ts";
import { baseline, type Setting } from "./setting.ts";
import { balance, unprintable } from "./typeset.ts";

/** Where the fonts are, when not in the installed package. */
export interface RenderOptions {
  readonly fontDirectory?: string;
}

/**
 * The type area of official paper (版心): 156 by 225 mm, 37 mm from the top, 28 mm from the left; 22 lines of 28 characters.
 * Law: GB/T 9704-2012 5.2.1, 5.2.3.
 */
const AREA = { x: 28 * MM, y: 37 * MM, width: 156 * MM, height: 225 * MM } as const;
const PITCH = AREA.height / 22;
const SIZE = AREA.width / 28;
const TITLE_SIZE = 21.5;
const words = documentWords.zh;

/**
 * Prints an official document (公文) on A4: head in seal red, number, title, addressee, numbered body, attachments,
 * signature with the place of the seal, date, copies; verification at the foot of every page.
 * Equal documents give equal bytes. Errors: RangeError when `issuedOn` is no calendar date.
 * Law: layout after GB/T 9704-2012; the type is Noto Sans SC, as the prescribed Song faces are not free.
 */
export async function render(document: OfficialDocument, options: RenderOptions = {}): Promise<Buffer> {
  const date = chineseDate(document.issuedOn);
  const paper = openPaper({
    title: `${document.title} ${document.number}`,
    author: document.authority,
    subject: document.number,
    issuedOn: document.issuedOn,
    ...options,
  });
  const setting: Setting = {
    size: SIZE,
    pitch: PITCH,
    x: AREA.x,
    width: AREA.width,
    indent: 2,
    after: 0,
    table: { size: 11.5, pitch: 18, grid: true },
    font: paper.font,
  };
  const pages = paginate(allStrips(document, date, setting), AREA.height);
  const { code, url } = document.verification;
  const foot = { shape: qrShape(url), code, url, digest: documentDigest(document), specimen: document.specimen };
  for (const [index, placed] of pages.entries()) {
    paper.addPage();
    for (const { strip, y } of placed) strip.print(paper, AREA.y + y);
    printFoot(
      paper,
      foot,
      { x: AREA.x, right: AREA.x + AREA.width, y: AREA.y + AREA.height + 6 * MM },
      index + 1,
      pages.length,
    );
  }
  return paper.finish();
}

function allStrips(document: OfficialDocument, date: string, setting: Setting): Strip[] {
  const addressee = document.addressee === null ? [] : paragraphs(`${document.addressee}：`, setting, { indent: 0 });
  const body = [
    ...addressee,
    ...blockStrips(document.body, setting),
    ...attachmentStrips(document.attachments ?? [], setting),
  ];
  return [
    ...headStrips(document, setting),
    ...keepTail(body, 2),
    signatureStrip(document, date, setting),
    ...unprintableStrips(document, setting),
    ...copyStrips(document, date, setting),
  ];
}

function headStrips(document: OfficialDocument, setting: Setting): Strip[] {
  const { x, width } = setting;
  const bannerWidth = setting.font("bold").width(document.banner);
  const signs = [...document.banner].length;
  // A short name is spread out, a long one is set smaller: the head always fills the paper in one line.
  const size = Math.min(40, width / bannerWidth);
  const spread = signs > 1 ? Math.min(size * 0.45, (width * 0.94 - bannerWidth * size) / (signs - 1)) : 0;
  const banner: Strip = {
    height: 50 * MM,
    keep: true,
    print(paper, y) {
      const gap = Math.max(0, spread);
      let at = x + (width - bannerWidth * size - gap * (signs - 1)) / 2;
      for (const sign of document.banner) {
        at += paper.text(sign, at, y + 20 * MM, size, { weight: "bold", colour: SEAL_RED }) + gap;
      }
      paper.text(document.number, x + width / 2, y + 37 * MM, SIZE, { align: "center" });
      paper.rule(x, y + 41 * MM, x + width, y + 41 * MM, 1.6, SEAL_RED);
    },
  };
  const title: Setting = { ...setting, size: TITLE_SIZE, pitch: TITLE_SIZE * 1.6 };
  const lines = balance(document.title, setting.font("bold"), { size: title.size, width: title.width });
  const titles = lines.flatMap((line) => paragraphs(line, title, { indent: 0, align: "center", weight: "bold" }));
  return [banner, ...titles.map((strip) => ({ ...strip, keep: true })), { ...space(PITCH * 0.7), keep: true }];
}

function attachmentStrips(names: readonly string[], setting: Setting): Strip[] {
  if (names.length === 0) return [];
  if (names.length === 1) {
    const text = words.attachment({ number: null, name: names[0] as string });
    return [space(PITCH * 0.6), ...paragraphs(text, setting, { indent: setting.indent })];
  }
  const lead = setting.font("regular").width(words.attachments) * SIZE;
  const left = setting.indent * SIZE + lead;
  const column: Setting = { ...setting, x: setting.x + left, width: setting.width - left };
  const [first, ...others] = names.flatMap((name, at) =>
    paragraphs(words.attachment({ number: at + 1, name }), column, { indent: 0 }),
  ) as [Strip, ...Strip[]];
  const labelled: Strip = {
    ...first,
    print(paper, y) {
      paper.text(words.attachments, setting.x + setting.indent * SIZE, y + baseline(setting), SIZE);
      first.print(paper, y);
    },
  };
  return [space(PITCH * 0.6), labelled, ...others];
}

/** Name over date, the date four characters from the right edge, the seal over both (GB/T 9704-2012 7.3.5.1). */
function signatureStrip(document: OfficialDocument, date: string, setting: Setting): Strip {
  const dateWidth = setting.font("regular").width(date) * SIZE;
  const nameWidth = setting.font("regular").width(document.authority) * SIZE;
  const right = setting.x + setting.width;
  const centre = Math.min(right - 4 * SIZE - dateWidth / 2, right - nameWidth / 2, right - SEAL_RADIUS);
  return {
    height: 2 * SEAL_RADIUS + PITCH * 0.5,
    print(paper, y) {
      const middle = y + PITCH * 0.3 + SEAL_RADIUS;
      const nameSize = Math.min(SIZE, (setting.width / nameWidth) * SIZE);
      paper.text(document.authority, centre, middle + SIZE * 0.15, nameSize, { align: "center" });
      paper.text(date, centre, middle + SIZE * 0.15 + PITCH, SIZE, { align: "center" });
      drawSeal(paper, { x: centre, y: middle }, document.authority, document.specimen);
    },
  };
}

/** Boxes in the text are explained once, below the signature. */
function unprintableStrips(document: OfficialDocument, setting: Setting): Strip[] {
  const codes = unprintable(JSON.stringify(document), setting.font("regular"));
  if (codes.length === 0) return [];
  return paragraphs(words.unprintable({ codes }), { ...setting, size: 10, pitch: 16 }, { indent: 0 });
}

function copyStrips(document: OfficialDocument, date: string, setting: Setting): Strip[] {
  const names = document.copies ?? [];
  const small: Setting = { ...setting, size: 13, pitch: 21, x: setting.x + 13, width: setting.width - 26 };
  const lines = names.length === 0 ? [] : paragraphs(words.copies({ names }), small, { indent: 0 });
  if (lines.length === 0) return [];
  const issued = paragraphs(words.issued({ authority: document.authority, date }), small, {
    indent: 0,
    align: "start",
  });
  const rule = (height: number): Strip => ({
    height: 6,
    keep: true,
    print(paper: Paper, y) {
      paper.rule(setting.x, y + 3, setting.x + setting.width, y + 3, height, height > 0.8 ? INK : RULE);
    },
  });
  return [
    space(PITCH * 0.5),
    rule(1),
    ...lines.map((line) => ({ ...line, keep: true })),
    rule(0.6),
    ...issued.map((line) => ({ ...line, keep: true })),
    { ...rule(1), keep: false },
  ];
}
