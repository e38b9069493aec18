import { blockStrips, paragraphs } from "./blocks.ts";
import { chineseDate, chineseNumber } from "./chinese.words.ts";
import { documentDigest } from "./digest.ts";
import { documentWords } from "./document.words.ts";
import { paginate, type Strip, space } from "./flow.ts";
import { printFoot } from "./foot.ts";
import type { RenderOptions } from "./layout.ts";
import type { ReportDocument } from "./model.ts";
import { INK, MM, openPaper, PAGE, PALE, type Paper, RULE } from "./paper.ts";
import { qrShape } from "./qr.ts";
import { drawSeal, SEAL_RADIUS } from "./seal.ts";
import { baseline, type Setting } from "./setting.ts";
import { balance, unprintable } from "./typeset.ts";

const AREA = { x: 24 * MM, y: 24 * MM, width: PAGE.width - 48 * MM, height: 238 * MM } as const;
const words = documentWords.zh;

/**
 * Prints a report (报告), such as a credit report: title, who issued it and when, sections of facts and tables whose heads
 * stand again on every page, the place of the seal, verification at the foot of every page.
 * Equal reports give equal bytes. Errors: RangeError when `issuedOn` is no calendar date.
 */
export async function renderReport(report: ReportDocument, options: RenderOptions = {}): Promise<Buffer> {
  const date = chineseDate(report.issuedOn);
  const paper = openPaper({
    title: `${report.title} ${report.number}`,
    author: report.authority,
    subject: report.number,
    issuedOn: report.issuedOn,
    ...options,
  });
  const setting: Setting = {
    size: 10.5,
    pitch: 17.5,
    x: AREA.x,
    width: AREA.width,
    indent: 0,
    after: 6,
    table: { size: 9.5, pitch: 14.5, grid: false },
    font: paper.font,
  };
  const pages = paginate(allStrips(report, date, setting), AREA.height);
  const { code, url } = report.verification;
  const foot = { shape: qrShape(url), code, url, digest: documentDigest(report), specimen: report.specimen };
  for (const [index, placed] of pages.entries()) {
    paper.addPage();
    if (index > 0) printRunningHead(paper, report);
    for (const { strip, y } of placed) strip.print(paper, AREA.y + y);
    printFoot(paper, foot, { x: AREA.x, right: AREA.x + AREA.width, y: 267 * MM }, index + 1, pages.length);
  }
  return paper.finish();
}

function allStrips(report: ReportDocument, date: string, setting: Setting): Strip[] {
  const codes = unprintable(JSON.stringify(report), setting.font("regular"));
  const note = { ...setting, size: 8.5, pitch: 13 };
  return [
    ...headStrips(report, date, setting),
    ...blockStrips(report.summary ?? [], setting),
    ...report.sections.flatMap((section, at) => [
      sectionHead(`${chineseNumber(at + 1)}、${section.title}`, setting),
      ...blockStrips(section.blocks, setting),
    ]),
    signatureStrip(report, date, setting),
    ...(codes.length > 0 ? paragraphs(words.unprintable({ codes }), note, { indent: 0, colour: PALE }) : []),
  ];
}

function headStrips(report: ReportDocument, date: string, setting: Setting): Strip[] {
  const title: Setting = { ...setting, size: 22, pitch: 34 };
  const subtitle: Setting = { ...setting, size: 13, pitch: 22 };
  const lines = balance(report.title, setting.font("bold"), { size: title.size, width: title.width });
  const titles = lines.flatMap((line) => paragraphs(line, title, { indent: 0, weight: "bold", align: "center" }));
  const subtitles =
    report.subtitle === undefined ? [] : paragraphs(report.subtitle, subtitle, { indent: 0, align: "center" });
  const imprint: Strip = {
    height: 30,
    keep: true,
    print(paper, y) {
      const size = 9;
      const at = y + 14;
      paper.text(`${words.reportNumber}　${report.number}`, setting.x, at, size, { colour: PALE });
      paper.text(report.authority, setting.x + setting.width / 2, at, size, { colour: PALE, align: "center" });
      paper.text(`${words.reportDate}　${date}`, setting.x + setting.width, at, size, { colour: PALE, align: "end" });
      paper.rule(setting.x, y + 21, setting.x + setting.width, y + 21, 1, INK);
    },
  };
  return [...[...titles, ...subtitles].map((strip) => ({ ...strip, keep: true })), space(6), imprint];
}

function sectionHead(text: string, setting: Setting): Strip {
  const own = { size: 12.5, pitch: 30 };
  return {
    height: own.pitch,
    keep: true,
    print(paper, y) {
      paper.text(text, setting.x, y + baseline(own) + 2, own.size, { weight: "bold" });
    },
  };
}

function printRunningHead(paper: Paper, report: ReportDocument): void {
  const y = 15 * MM;
  paper.text(report.title, AREA.x, y, 8.5, { colour: PALE });
  paper.text(report.number, AREA.x + AREA.width, y, 8.5, { colour: PALE, align: "end" });
  paper.rule(AREA.x, y + 5, AREA.x + AREA.width, y + 5, 0.4, RULE);
}

function signatureStrip(report: ReportDocument, date: string, setting: Setting): Strip {
  const right = setting.x + setting.width;
  const nameWidth = setting.font("regular").width(report.authority) * setting.size;
  const centre = right - Math.max(SEAL_RADIUS, nameWidth / 2) - 4;
  return {
    height: 2 * SEAL_RADIUS + 12,
    print(paper, y) {
      const middle = y + 8 + SEAL_RADIUS;
      paper.text(report.authority, centre, middle + 4, setting.size, { align: "center" });
      paper.text(date, centre, middle + 4 + setting.pitch, setting.size, { align: "center" });
      drawSeal(paper, { x: centre, y: middle }, report.authority, report.specimen);
    },
  };
}
