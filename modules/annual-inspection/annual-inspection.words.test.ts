import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Operation } from "../../kernel/operation/define.ts";
import { type Procedure, stateDiagram } from "../../kernel/procedure/define.ts";
import * as contract from "./annual-inspection.contract.ts";
import { reportProcedure } from "./annual-inspection.procedure.ts";
import * as runs from "./annual-inspection.runs.contract.ts";
import { conclusions, kinds, moneyFields, states } from "./annual-inspection.shapes.ts";
import { words } from "./annual-inspection.words.ts";
import * as record from "./record.contract.ts";
import { duties } from "./server/annual-inspection.duties.ts";
import { guards } from "./server/annual-inspection.guards.ts";
import { indicators } from "./server/annual-inspection.indicators.ts";
import { collections } from "./server/annual-inspection.publication.ts";

const exported: readonly unknown[] = [...Object.values(contract), ...Object.values(runs), ...Object.values(record)];
const operations = exported.filter(
  (one): one is Operation => typeof one === "object" && one !== null && "refusals" in one,
);

describe.each(["zh", "en"] as const)("the words in %s", (locale) => {
  const table = words[locale];

  it("have a sentence for every declared refusal", () => {
    expect(operations.length).toBeGreaterThan(25);
    const codes = operations.flatMap((operation) => Object.keys(operation.refusals));
    expect([...new Set(codes)].filter((code) => !(code in table.errors))).toEqual([]);
  });

  it("have a sentence for everything a guard may find missing", async () => {
    const source = readFileSync(new URL("./server/annual-inspection.guards.ts", import.meta.url), "utf8");
    const codes = [...source.matchAll(/missing\("([a-z-]+)"/g)].map((match) => `annual-inspection/${match[1]}`);
    expect(codes.length).toBeGreaterThanOrEqual(Object.keys(guards).length);
    expect(codes.filter((code) => !(code in table.errors))).toEqual([]);
  });

  it("never fail to make a sentence, even without facts", () => {
    for (const sentence of Object.values(table.errors) as (string | ((facts: object) => string))[]) {
      const text = typeof sentence === "string" ? sentence : sentence({});
      expect(text.length).toBeGreaterThan(8);
      expect(text).not.toContain("undefined");
    }
  });

  it("name every state, act, figure, duty, indicator and published field", () => {
    expect(Object.keys(table.states).sort()).toEqual([...states].sort());
    expect(Object.keys(table.kinds).sort()).toEqual([...kinds].sort());
    expect(Object.keys(table.conclusions).sort()).toEqual([...conclusions].sort());
    expect(Object.keys(table.transitions).sort()).toEqual(Object.keys(reportProcedure.transitions).sort());
    for (const field of moneyFields) expect(table.figures).toHaveProperty(field);
    expect(Object.keys(table.duties).sort()).toEqual(duties.map((duty) => duty.id).sort());
    expect(Object.keys(table.indicators)).toEqual(indicators.map((indicator) => indicator.id));
    for (const { id, fields } of collections) {
      const named = (table.collections as Record<string, { fields: object }>)[id]?.fields ?? {};
      expect(Object.keys(named).sort()).toEqual(fields.map(({ field }) => field).sort());
    }
  });
});

describe("the procedure", () => {
  it("names only operations that are declared and roles that may call them", () => {
    const byId = new Map(operations.map((operation) => [operation.id, operation]));
    for (const [act, transition] of Object.entries(reportProcedure.transitions)) {
      const operation = byId.get(transition.operation);
      expect(operation, act).toBeDefined();
      for (const role of transition.who) expect(operation?.who, `${act} by ${role}`).toContain(role);
      expect(transition.law.length).toBeGreaterThan(0);
    }
  });

  it("is drawn in the README as it is declared", () => {
    const path = new URL("./README.md", import.meta.url);
    const text = readFileSync(path, "utf8");
    const drawn = `<!-- generated: state diagram -->\n\`\`\`mermaid\n${stateDiagram(reportProcedure as Procedure)}\n\`\`\`\n<!-- end -->`;
    const wanted = text.replace(/<!-- generated: state diagram -->[\s\S]*<!-- end -->/, drawn);
    if (process.env.UPDATE_README) writeFileSync(path, wanted);
    expect(process.env.UPDATE_README ? wanted : text).toBe(wanted);
  });
});
