import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepTail, paginate, type Strip, space } from "./flow.ts";
import { qrShape } from "./qr.ts";
import { balance, breakLines, type Face, gapOf, unprintable } from "./typeset.ts";

/** Chinese characters one em wide, all else half an em; 𫍙 has no glyph. */
const face: Face = {
  width: (text) => [...text].reduce((total, sign) => total + ((sign.codePointAt(0) as number) > 0x2e00 ? 1 : 0.5), 0),
  has: (code) => code !== 0x2b359,
};
const measure = { size: 10, width: 200, indent: 20 };
const texts = fc
  .array(fc.constantFrom(..."民政社会组织，。、；：？！）》〉」』】〕（《〈「『【〔2026abcXYZ -%……——𬭎𫍙"), {
    maxLength: 200,
  })
  .map((signs) => signs.join(""));

describe("line breaking", () => {
  it("loses no character and overflows no line by more than the white of its closing sign", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = breakLines(text, face, measure);
        const read = lines.flatMap((line) => line.units.map((unit) => unit.text)).join("");
        expect(read.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(line.indent + line.width).toBeLessThanOrEqual(measure.width + 5.02);
      }),
      { numRuns: 400 },
    );
  });

  it("fills the column exactly wherever a line is justified", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const line of breakLines(text, face, measure)) {
          const gap = gapOf(line, measure);
          const width = line.indent + line.width + gap * (line.units.length - 1);
          if (gap !== 0) expect(width).toBeCloseTo(measure.width, 6);
          else expect(width).toBeLessThanOrEqual(measure.width + 0.02);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("begins no line with a closing sign and ends none with an opening one, in running text", () => {
    const text =
      "依据《社会组织信用信息管理办法》（民政部令第60号）第十一条第（一）项、第十二条，决定如下：“列入”。".repeat(12);
    for (let width = 90; width < 320; width += 7) {
      const lines = breakLines(text, face, { size: 10, width });
      for (const [index, line] of lines.entries()) {
        if (index > 0) expect("，。、；：？！）》”").not.toContain(line.units[0]?.text);
        if (index < lines.length - 1) expect("（《“").not.toContain(line.units.at(-1)?.text);
      }
    }
  });

  it("keeps words and codes whole, cuts one wider than the column, and drops what draws nothing", () => {
    const kept = breakLines("统一社会信用代码为五二六三的那个52630000MJY1234565号", face, measure);
    expect(kept.flatMap((line) => line.units.map((unit) => unit.text))).toContain("52630000MJY1234565");
    expect(breakLines("x".repeat(500), face, measure).length).toBeGreaterThan(10);
    expect(breakLines("民\u200b\u202e政\u0000\ufe0f", face, measure)[0]?.units.map((unit) => unit.text)).toEqual([
      "民",
      "政",
    ]);
    expect(breakLines("", face, measure)).toHaveLength(1);
  });

  it("marks a character without glyph instead of dropping it, and names it once", () => {
    expect(breakLines("谁𫍙", face, measure)[0]?.units.map((unit) => unit.kind)).toEqual(["han", "missing"]);
    expect(unprintable("𫍙谁𫍙\u200b", face)).toEqual(["U+2B359"]);
  });

  it("breaks a title between words into lines of like length", () => {
    const title = "关于将青海晨光助老服务中心列入社会组织活动异常名录的决定";
    const lines = balance(title, face, { size: 10, width: 200 });
    expect(lines.join("")).toBe(title);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(face.width(line)).toBeLessThanOrEqual(20);
    expect(lines[0]?.endsWith("活") || lines[0]?.endsWith("组")).toBe(false);
    expect(balance("短标题", face, { size: 10, width: 200 })).toEqual(["短标题"]);
  });
});

describe("pages", () => {
  const strip = (height: number, over: Partial<Strip> = {}): Strip => ({ height, print: () => undefined, ...over });

  it("hold every strip once, in order, none overflowing, and kept ones together", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ height: fc.integer({ min: 1, max: 40 }), keep: fc.boolean() }), { maxLength: 80 }),
        (given) => {
          const strips = given.map((one) => strip(one.height, { keep: one.keep }));
          const pages = paginate(strips, 120);
          expect(pages.flat().map((placed) => placed.strip)).toEqual(strips);
          for (const { strip: one, y } of pages.flat()) expect(y + one.height).toBeLessThanOrEqual(120);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("repeat the head of a table on each page it reaches, and drop white space at the top", () => {
    const head = strip(10);
    const rows = Array.from({ length: 25 }, () => strip(10, { repeat: head }));
    const pages = paginate([space(5), { ...head, keep: true }, ...rows, space(30), strip(10)], 100);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages.slice(1, -1)) expect(page[0]?.strip).toBe(head);
    expect(pages.flat().filter((placed) => placed.strip.repeat === head)).toHaveLength(25);
    expect(pages.every((page) => page[0]?.strip.isSpace !== true || page === pages[0])).toBe(true);
  });

  it("never leave a signature alone: the last lines of the text come along", () => {
    const lines = Array.from({ length: 10 }, () => strip(10));
    const signature = strip(50);
    const pages = paginate([...keepTail(lines, 2), signature], 100);
    expect(pages.map((page) => page.length)).toEqual([8, 3]);
  });
});

describe("QR codes", () => {
  it("stand upright: three finders, and the dark module beside the lower left one", () => {
    const { size, runs } = qrShape("https://shanzhi.example.cn/verify?code=7K3M9QXRWT4E");
    const dark = (x: number, y: number) => runs.some((run) => run.y === y && x >= run.x && x < run.x + run.length);
    for (const [x, y] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const) {
      for (let step = 0; step < 7; step += 1) {
        expect(dark(x + step, y) && dark(x, y + step) && dark(x + step, y + 6)).toBe(true);
      }
      expect(dark(x + 1, y + 1)).toBe(false);
    }
    expect(dark(8, size - 8)).toBe(true);
    expect(() => qrShape("x".repeat(5000))).toThrow();
  });
});
