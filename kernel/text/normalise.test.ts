import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, matchKey, toHalfWidth } from "./normalise.ts";

describe("cleanText", () => {
  it("takes out what no field may hold, and says so", () => {
    expect(cleanText("善\u0000治")).toEqual({ text: "善治", problems: ["nul"] });
    expect(cleanText("善\u0007治\u009f")).toEqual({ text: "善治", problems: ["control"] });
    expect(cleanText("\ufeff善\u200b治")).toEqual({ text: "善治", problems: ["invisible"] });
    expect(cleanText("善\u202e治")).toEqual({ text: "善治", problems: ["direction"] });
    expect(cleanText("\u3000 善治\u00a0")).toEqual({ text: "善治", problems: ["outer_space"] });
    expect(cleanText("善\ud842治")).toEqual({ text: "善\ufffd治", problems: ["lone_surrogate"] });
    expect(cleanText("\u3000\u3000")).toEqual({ text: "", problems: ["outer_space"] });
    expect(cleanText("甲\r\n乙\t丙")).toEqual({ text: "甲\n乙 丙", problems: [] });
    expect(cleanText("（民非）ＡＢ 甲·乙")).toEqual({ text: "（民非）ＡＢ 甲·乙", problems: [] });
  });

  it("is settled after one pass, and leaves nothing a database refuses (property)", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (input) => {
          const { text } = cleanText(input);
          expect(cleanText(text)).toEqual({ text, problems: [] });
          expect(text.includes("\u0000")).toBe(false);
          expect(Buffer.from(text, "utf8").toString("utf8")).toBe(text);
        },
      ),
      { numRuns: 3000 },
    );
  });

  const rare = "../shared/data/rare-chars/rare-chars.csv";
  it.skipIf(!existsSync(rare))("keeps rare and private-use characters (skipped: no shared data)", () => {
    const chars = readFileSync(rare, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]!);
    expect(chars.length).toBeGreaterThan(100);
    for (const char of [...chars, "\uE170", "\u{20000}", "\u{F0000}", "\uF900", "葛\u{E0100}"]) {
      expect(cleanText(`王${char}`)).toEqual({ text: `王${char}`, problems: [] });
      expect(matchKey(`王${char}`)).toBe(`王${char}`);
    }
  });

  const naughty = "../shared/data/text-torture/blns-even.json";
  it.skipIf(!existsSync(naughty))("survives naughty strings (skipped: no shared data)", () => {
    const strings = JSON.parse(readFileSync(naughty, "utf8")) as string[];
    expect(strings.length).toBeGreaterThan(200);
    for (const string of strings) expect(cleanText(cleanText(string).text).problems).toEqual([]);
  });
});

describe("comparing names", () => {
  it("makes full-width half-width and leaves Chinese punctuation without a twin alone", () => {
    expect(toHalfWidth("ＡＢ１２（甲）\u3000、。《》")).toBe("AB12(甲) 、。《》");
  });

  it("sees the same name behind widths, spaces, case and dots", () => {
    for (const name of ["Ａ１公司（北京）", "a1公司 (北京)", "A1公司(北京)\u3000", "\u200bＡ1 公司（北京)"])
      expect(matchKey(name)).toBe("a1公司(北京)");
    expect(matchKey("买买提・艾力")).toBe(matchKey("买买提•艾力"));
  });
});
