import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stateDiagram } from "../../kernel/procedure/define.ts";
import * as contract from "./organisations.contract.ts";
import { procedures } from "./organisations.procedures.ts";
import { words } from "./organisations.words.ts";

const folder = new URL(".", import.meta.url).pathname;

interface Declared {
  readonly id: string;
  readonly refusals: Readonly<Record<string, number>>;
}
const operations = Object.values(contract).filter(
  (one): one is typeof one & Declared => typeof one === "object" && one !== null && "refusals" in one && "who" in one,
);

describe("words of the register", () => {
  it("have a sentence in both languages for every code a person may meet", () => {
    const codes = new Set(
      operations.flatMap((one) => Object.keys(one.refusals)).filter((code) => code.startsWith("organisations/")),
    );
    // Doubts, missing things and warnings are named in the text of the room, not in the contract.
    for (const file of [...readdirSync(folder), ...readdirSync(`${folder}server`).map((name) => `server/${name}`)]) {
      if (!file.endsWith(".ts") || file.includes(".test.") || file.includes(".words.")) continue;
      const text = readFileSync(folder + file, "utf8");
      for (const found of text.matchAll(/"(organisations\/[a-z-]+)"/g)) codes.add(found[1] as string);
      if (file === "existing.rules.ts")
        for (const found of text.matchAll(/(?:warn\(\s*"[A-Za-z]+",\s*|flag\(\s*|code: )"([a-z]+(?:-[a-z]+)+)"/g))
          codes.add(`organisations/${found[1]}`);
    }
    expect(codes.size).toBeGreaterThan(80);
    const silent = [...codes].filter((code) => !(code in words.zh.sentences) || !(code in words.en.sentences));
    expect(silent).toEqual([]);
  });

  it("name every procedure, state and act", () => {
    for (const locale of ["zh", "en"] as const) {
      for (const procedure of procedures) {
        expect(words[locale].procedures).toHaveProperty([procedure.id]);
        for (const state of procedure.states) expect(words[locale].states, state).toHaveProperty([state]);
        for (const act of Object.keys(procedure.transitions)) expect(words[locale].acts, act).toHaveProperty([act]);
      }
    }
  });

  it("are polite: no exclamation mark, no bare failure", () => {
    const texts = JSON.stringify(words.zh, (_, value) => (typeof value === "function" ? value({}) : value));
    expect(texts).not.toMatch(/[!！]|操作失败/);
  });
});

describe("the README", () => {
  it("shows the procedures as they are", () => {
    const text = readFileSync(`${folder}README.md`, "utf8");
    for (const procedure of procedures) expect(text).toContain(stateDiagram(procedure));
  });

  it("every act is carried out by an operation that exists", () => {
    const ids = new Set(operations.map((one) => one.id));
    for (const procedure of procedures)
      for (const transition of Object.values(procedure.transitions)) expect(ids).toContain(transition.operation);
  });
});
