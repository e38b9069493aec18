import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dark, light, type Palette } from "./tokens.ts";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function declared(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

describe("design tokens", () => {
  it.each([
    [":root", light],
    ['html[data-theme="dark"]', dark],
  ] as const)("%s in the style sheet equals the palette in code", (selector, palette) => {
    const expected = Object.fromEntries(Object.entries(palette).map(([name, value]) => [kebab(name), value]));
    expect(declared(selector)).toEqual(expected);
  });

  it.each([
    ["light", light],
    ["dark", dark],
  ] as const)("%s: body text reaches 7:1, coloured words 4.5:1 on every ground they stand on, control lines 3:1", (_, palette: Palette) => {
    for (const ground of [palette.paper, palette.surface, palette.sunken]) {
      expect(contrast(palette.ink, ground)).toBeGreaterThan(7);
      expect(contrast(palette.inkSoft, ground)).toBeGreaterThan(6.5);
      for (const word of [palette.accent, palette.seal, palette.amber, palette.red, palette.green])
        expect(contrast(word, ground)).toBeGreaterThan(4.5);
      expect(contrast(palette.ruleStrong, ground)).toBeGreaterThan(3);
    }
    expect(contrast(palette.seal, palette.sealSoft)).toBeGreaterThan(4.5);
    expect(contrast(palette.amber, palette.amberSoft)).toBeGreaterThan(4.5);
    expect(contrast(palette.red, palette.redSoft)).toBeGreaterThan(4.5);
    expect(contrast(palette.green, palette.greenSoft)).toBeGreaterThan(4.5);
    expect(contrast(palette.accentInk, palette.accent)).toBeGreaterThan(4.5);
    expect(contrast(palette.sealInk, palette.seal)).toBeGreaterThan(4.5);
  });
});
