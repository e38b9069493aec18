import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("an installation holds the two weights that documents are printed with, and no other", () => {
  const read = [...readFileSync("kernel/document/fonts.ts", "utf8").matchAll(/folder: "(\w+)"/g)].map(
    ([, name]) => name,
  );
  const there = readdirSync("node_modules/@expo-google-fonts/noto-sans-sc").filter((name) => /^\d{3}[A-Z]/.test(name));
  expect(read).toHaveLength(2);
  expect(there.sort()).toEqual(read.sort());
});
