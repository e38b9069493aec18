import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decideCase } from "../apps/cli/decide.ts";
import { builtInCalendar } from "../kernel/clock/built-in-calendar.ts";
import { settingSource } from "../kernel/settings/declare.ts";
import { allSettings, houseRules } from "./rules.ts";

const path = new URL("../../shared/decision-cases.json", import.meta.url);
const modules = [
  "identity",
  "privacy",
  "registry",
  "supervision",
  "credit",
  "stats",
  "portal",
  "donation",
  "mobile",
  "eldercare",
];
const options = { today: "2026-11-21", settings: settingSource(allSettings), calendar: builtInCalendar() };

interface Case {
  readonly id: string;
  readonly module: string;
  readonly rule: string;
  readonly input: unknown;
  readonly expected: unknown;
}

describe.skipIf(!existsSync(path))("decision cases (skipped: no shared data, when the folder is absent)", () => {
  const all: readonly Case[] = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
  const cases = all.filter((one) => modules.includes(one.module) || one.rule === "zombie.candidate");

  it("finds every case of these modules", () => expect(cases.length).toBeGreaterThanOrEqual(170));

  it.each(cases.map((one) => [one.id, one] as const))("%s", (_, one) => {
    const line = decideCase(one, options);
    const output = "output" in line ? line.output : line;
    // The same twelve digits are expected with parents in one case and without them in the next: there we answer with more.
    if (one.rule === "division.parse") expect(output).toMatchObject(one.expected as object);
    else expect(output).toEqual(one.expected);
  });

  it("gives the same answer when fields nobody knows are added", () => {
    for (const one of cases) {
      const more = { ...one, input: { ...(one.input as object), weather: "rain", "": null } };
      expect(decideCase(more, options)).toEqual(decideCase(one, options));
    }
  });

  it("never crashes when fields are missing, null or of another type", () => {
    for (const one of cases) {
      const input = one.input as Record<string, unknown>;
      for (const field of Object.keys(input))
        for (const value of [undefined, null, "x", -1, 1e300, true, [], {}, [null], "2026-13-40"]) {
          const line = decideCase({ ...one, input: { ...input, [field]: value } }, options);
          if ("error" in line)
            expect(line.error).toMatch(/no version in force|holidays of|not a date|no such date|not a whole/);
        }
      for (const input of [{}, null, [], "text", 7]) decideCase({ ...one, input }, options);
    }
  });
});

it("knows every rule once", () => expect(new Set(houseRules.ids).size).toBe(houseRules.ids.length));
