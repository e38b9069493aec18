import type { Strip } from "./flow.ts";
import type { Block } from "./model.ts";
import { MM } from "./paper.ts";
import { qrShape } from "./qr.ts";
import { baseline, type Setting } from "./setting.ts";

type Codes = Extract<Block, { kind: "codes" }>;

const WIDTH = 18 * MM;
/** The quiet zone a reader needs, and room for scissors. */
const MARGIN = 5 * MM;
const COLUMNS = 4;
const TEXT = { size: 8, pitch: 11 } as const;

/** Sets QR codes side by side with what they say below them (二维码标签): a row is never split by a page. */
export function codeStrips(block: Codes, setting: Setting): Strip[] {
  const caption: Strip = {
    height: setting.table.pitch * 1.5,
    keep: true,
    print(paper, y) {
      const { size } = setting.table;
      paper.text(block.caption, setting.x, y + baseline({ size, pitch: setting.table.pitch * 1.5 }), size, {
        weight: "bold",
      });
    },
  };
  const rows: Strip[] = [];
  const cell = setting.width / COLUMNS;
  for (let at = 0; at < block.items.length; at += COLUMNS) {
    const row = block.items.slice(at, at + COLUMNS).map((one) => ({ text: one.text, shape: qrShape(one.content) }));
    rows.push({
      height: WIDTH + 2 * MARGIN + TEXT.pitch,
      print(paper, y) {
        for (const [column, { text, shape }] of row.entries()) {
          const centre = setting.x + (column + 0.5) * cell;
          paper.qr(shape, centre - WIDTH / 2, y + MARGIN, WIDTH);
          const width = paper.font("regular").width(text) * TEXT.size;
          const size = Math.min(TEXT.size, (TEXT.size * (cell - 4)) / width);
          paper.text(text, centre, y + MARGIN + WIDTH + MARGIN / 2 + baseline(TEXT), size, { align: "center" });
        }
      },
    });
  }
  return rows.length > 0 ? [caption, ...rows] : [];
}
