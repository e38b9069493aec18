import { documentWords } from "./document.words.ts";
import { INK, MM, PALE, type Paper } from "./paper.ts";
import type { QrShape } from "./qr.ts";
import { printVerificationCode } from "./verification.ts";

/** What every page carries at its foot (页脚): the means to verify it and its number. */
export interface Foot {
  readonly shape: QrShape;
  readonly code: string;
  readonly url: string;
  readonly digest: string;
  readonly specimen: boolean;
}

const words = documentWords.zh;
const QR_WIDTH = 19 * MM;

/** Prints the foot of a page: QR code bottom left, code, address and digest beside it, page number on the right. */
export function printFoot(
  paper: Paper,
  foot: Foot,
  place: { x: number; right: number; y: number },
  page: number,
  of: number,
): void {
  const { x, right, y } = place;
  paper.qr(foot.shape, x, y, QR_WIDTH);
  const left = x + QR_WIDTH + 3 * MM;
  const label = (text: string, row: number) => paper.text(text, left, y + 8 + row * 12, 7.5, { colour: PALE });
  const code = label(`${words.verificationCode}　`, 0);
  paper.text(printVerificationCode(foot.code), left + code, y + 8, 9.5, { weight: "bold", colour: INK });
  const address = shorten(foot.url, 56);
  label(`${words.verifyAt}　${address}`, 1);
  label(`${words.digest}　SHA-256`, 2);
  const room = right - left;
  const size = Math.min(6.8, (room / paper.font("regular").width(foot.digest)) * 0.98);
  paper.text(foot.digest, left, y + 8 + 35, size, { colour: PALE });
  paper.text(words.page({ page, of }), right, y + 8, 9, { align: "end", colour: INK });
  if (foot.specimen) paper.text(words.specimenNote, right, y + 20, 7.5, { align: "end", colour: PALE });
}

/** The QR code holds the whole address; the print only shows where it leads. */
function shorten(url: string, length: number): string {
  return url.length <= length ? url : `${url.slice(0, length - 1)}…`;
}
