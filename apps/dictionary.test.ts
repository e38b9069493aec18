import { expect, it } from "vitest";
import { dictionary, modules } from "./modules.ts";

it("names every published collection and every field of it, in both languages", () => {
  const collections = modules.flatMap((one) => one.collections ?? []);
  expect(collections.map((one) => one.id)).toContain("visiting-care.monthly-rates");
  for (const locale of ["zh", "en"] as const) {
    const unnamed = collections.flatMap(({ id, fields }) => {
      const names = dictionary[locale][id];
      return fields.filter(({ field }) => !names?.fields?.[field]).map(({ field }) => `${id}.${field}`);
    });
    expect(unnamed).toEqual([]);
  }
});
