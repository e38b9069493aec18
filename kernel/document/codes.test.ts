import decodeQR from "qr/decode.js";
import { expect, it } from "vitest";
import { blockStrips } from "./blocks.ts";
import { openFont } from "./fonts.ts";
import { MM, type Paper } from "./paper.ts";
import type { QrShape } from "./qr.ts";
import type { Setting } from "./setting.ts";

const SCALE = 6;
const QUIET = 4;

/** What a camera sees of a printed code with white around it. */
function read(shape: QrShape): string {
  const size = (shape.size + 2 * QUIET) * SCALE;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (const run of shape.runs)
    for (let x = 0; x < run.length * SCALE; x += 1)
      for (let y = 0; y < SCALE; y += 1) {
        const at = (((run.y + QUIET) * SCALE + y) * size + (run.x + QUIET) * SCALE + x) * 4;
        data.fill(0, at, at + 3);
      }
  return decodeQR({ width: size, height: size, data });
}

it("prints every number as a code that is read back, apart from its neighbours, rows whole", () => {
  const serials = ["YY-2026-0001", "YY-2026-0002", "XY/20260003", "血氧仪0004", "A".repeat(60)];
  const setting: Setting = {
    size: 16,
    pitch: 28,
    x: 28 * MM,
    width: 156 * MM,
    indent: 2,
    after: 0,
    table: { size: 12, pitch: 20, grid: true },
    font: openFont,
  };
  const strips = blockStrips(
    [{ kind: "codes", caption: "编号", items: serials.map((serial) => ({ content: serial, text: serial })) }],
    setting,
  );
  const printed: { shape: QrShape; x: number; y: number; width: number }[] = [];
  const texts: string[] = [];
  const paper = {
    font: openFont,
    text: (text: string) => {
      texts.push(text);
      return 0;
    },
    qr: (shape: QrShape, x: number, y: number, width: number) => printed.push({ shape, x, y, width }),
  } as unknown as Paper;
  let y = 0;
  for (const strip of strips) {
    const before = printed.length;
    strip.print(paper, y);
    for (const one of printed.slice(before)) {
      expect(one.y).toBeGreaterThanOrEqual(y);
      expect(one.y + one.width).toBeLessThanOrEqual(y + strip.height);
    }
    y += strip.height;
  }
  expect(printed.map((one) => read(one.shape))).toEqual(serials);
  expect(texts).toEqual(["编号", ...serials]);
  for (const one of printed)
    for (const next of printed.filter((other) => other !== one && other.y === one.y)) {
      const quiet = (QUIET * one.width) / one.shape.size;
      expect(Math.abs(next.x - one.x)).toBeGreaterThanOrEqual(one.width + quiet);
    }
  expect(blockStrips([{ kind: "codes", caption: "编号", items: [] }], { ...setting, after: 6 })).toEqual([]);
});
