import { expect, it } from "vitest";
import { bandOf } from "./rate-band.rules.ts";

it("puts a printed rate into its band; 99.9% is not everybody", () => {
  const printed = ["0.0%", "59.9%", "60.0%", "79.9", "80.0%", "90%", "99.9%", "100.0%", null, ""];
  expect(printed.map(bandOf)).toEqual([0, 0, 1, 1, 2, 3, 3, 4, null, null]);
});
