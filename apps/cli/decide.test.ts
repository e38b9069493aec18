import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "./decide.ts";

const folder = mkdtempSync(join(tmpdir(), "decide-"));
afterAll(() => rmSync(folder, { recursive: true }));

let out = "";
let err = "";
beforeEach(() => {
  out = "";
  err = "";
  vi.spyOn(process.stdout, "write").mockImplementation(((text: string, done?: () => void) => {
    out += text;
    done?.();
    return true;
  }) as typeof process.stdout.write);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

async function run(content: string): Promise<{ code: number; lines: unknown[] }> {
  const file = join(folder, "cases.json");
  writeFileSync(file, content);
  const code = await main([file]);
  return {
    code,
    lines: out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

const fee = { id: "a-1", rule: "annual.fee", input: { charge_for_annual_inspection: 100 } };

describe("decide FILE", () => {
  it("prints one line per case, in order, from a list or from an object with cases", async () => {
    const expected = [
      { id: "a-1", output: { allowed: false } },
      { id: "a-2", output: { sum: 3 } },
    ];
    const cases = [fee, { id: "a-2", rule: "sum.kinds", input: { parts: [1, 2] } }];
    expect(await run(JSON.stringify(cases))).toEqual({ code: 0, lines: expected });
    out = "";
    expect((await run(`\ufeff${JSON.stringify({ cases })}`)).lines).toEqual(expected);
    expect(err).toBe("");
  });

  it("answers an unknown rule with one clear line and goes on", async () => {
    const { code, lines } = await run(JSON.stringify([{ id: "x-1", rule: "no.such", input: {} }, fee]));
    expect(code).toBe(0);
    expect(lines).toEqual([
      { id: "x-1", error: "unknown rule: no.such" },
      { id: "a-1", output: { allowed: false } },
    ]);
    expect(err).toBe("x-1: unknown rule: no.such\n");
  });

  it("says what is wrong with a case that is none, and with a date no version or holiday table covers", async () => {
    const { lines } = await run(
      JSON.stringify([
        7,
        { id: "y", input: {} },
        { id: "z", rule: "grade.validity", input: { announced: "2001-01-01", grade: "3A" } },
        { id: "w", rule: "credit.record_in_time", input: { formed: "2090-01-01", entered: "2090-01-02" } },
        { rule: "annual.fee" },
      ]),
    );
    expect(lines).toEqual([
      { id: "#1", error: "not a case" },
      { id: "y", error: 'the case names no "rule"' },
      { id: "z", error: "rule grade.validity has no version in force on 2001-01-01" },
      { id: "w", error: expect.stringContaining("holidays of 2090") },
      { id: "#5", output: { allowed: true } },
    ]);
  });

  it("ends with 2 and one clear line when the file cannot be read", async () => {
    for (const content of ["{", '"text"', "{}", "null", "\u0000"]) {
      err = "";
      expect((await run(content)).code).toBe(2);
      expect(err.trim().split("\n")).toHaveLength(1);
      expect(err).toContain("cannot read cases from");
    }
    err = "";
    expect(await main([join(folder, "absent.json")])).toBe(2);
    expect(await main([])).toBe(2);
    expect(err).toContain("usage: decide FILE");
  });
});
