import { createRequire } from "node:module";
import { join } from "node:path";
import { type Font, openSync } from "fontkit";
import type { Face } from "./typeset.ts";

export type Weight = "regular" | "bold";

/** An opened font (字体): the face for typesetting, and the object the PDF library embeds. */
export interface OpenFont extends Face {
  readonly font: Font;
}

const FILES = {
  regular: { folder: "400Regular", name: "NotoSansSC_400Regular.ttf" },
  bold: { folder: "700Bold", name: "NotoSansSC_700Bold.ttf" },
} as const;

/** Two fonts are 21 MB of memory: they are let go after a minute without work. */
const IDLE_MS = 60_000;

const opened = new Map<string, OpenFont>();
let idle: NodeJS.Timeout | undefined;

/**
 * Opens a weight of Noto Sans SC (打开字体), from a directory holding both files, or from the installed package.
 * Errors: the file system's own when the font is not there.
 */
export function openFont(weight: Weight, directory?: string): OpenFont {
  clearTimeout(idle);
  idle = setTimeout(() => opened.clear(), IDLE_MS).unref();
  const path = fontPath(weight, directory);
  const known = opened.get(path);
  if (known) return known;
  const font = openSync(path) as Font;
  const widths = new Map<string, number>();
  const made: OpenFont = {
    font,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width(text) {
      const cached = widths.get(text);
      if (cached !== undefined) return cached;
      const width = font.layout(text).advanceWidth / font.unitsPerEm;
      // Codes and numbers never repeat: the memory of widths must not grow with the years.
      if (widths.size > 20_000) widths.clear();
      widths.set(text, width);
      return width;
    },
  };
  opened.set(path, made);
  return made;
}

function fontPath(weight: Weight, directory: string | undefined): string {
  const { folder, name } = FILES[weight];
  if (directory !== undefined) return join(directory, name);
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${folder}/${name}`);
}
