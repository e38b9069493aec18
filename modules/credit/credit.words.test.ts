import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Procedure, stateDiagram } from "../../kernel/procedure/define.ts";
import { effects, grounds, lists, localClasses, nationalClasses, recordKindIds } from "./credit.catalogue.ts";
import { listingStates, operations, runKinds, serviceMethods } from "./credit.contract.ts";
import { words } from "./credit.words.ts";
import { duties } from "./server/credit.duties.ts";
import { indicators } from "./server/credit.indicators.ts";
import { listingProcedure } from "./server/credit.procedures.ts";
import { collections } from "./server/credit.publication.ts";

const keys = (table: object) => Object.keys(table).sort();

describe.each(["zh", "en"] as const)("the words in %s", (locale) => {
  const table = words[locale];

  it("have a sentence for every declared refusal", () => {
    const codes = operations.flatMap((operation) => Object.keys(operation.refusals));
    expect([...new Set(codes)].filter((code) => !(code in table.errors))).toEqual([]);
  });

  it("have a sentence for everything an act may be found to lack", () => {
    const files = [
      "readiness",
      "notice.handlers",
      "statement.handlers",
      "removal.handlers",
      "objection.handlers",
      "reading.handlers",
    ];
    const source = files
      .map((file) => readFileSync(new URL(`./server/${file}.ts`, import.meta.url), "utf8"))
      .join("\n");
    const codes = [...source.matchAll(/code: "((?:credit|procedure)\/[a-z-]+)"/g)].map((match) => match[1] as string);
    expect(new Set(codes).size).toBeGreaterThan(20);
    expect(codes.filter((code) => !(code in table.errors))).toEqual([]);
  });

  it("never fail to make a sentence, even without facts", () => {
    for (const sentence of Object.values(table.errors) as (string | ((facts: object) => string))[]) {
      const text = typeof sentence === "string" ? sentence : sentence({});
      expect(text.length).toBeGreaterThan(4);
      expect(text).not.toContain("undefined");
    }
  });

  it("name every list, ground, fact, class, kind, effect, state, act, duty, figure and published field", () => {
    for (const list of lists) {
      expect(keys(table.grounds[list])).toEqual(keys(grounds[list]));
      expect(keys(table.groundTexts[list])).toEqual(keys(grounds[list]));
      for (const ground of Object.values(grounds[list])) {
        for (const { field } of ground.fields) expect(table.facts).toHaveProperty(field);
      }
      for (const effect of effects[list]) expect(table.effects).toHaveProperty(effect);
    }
    expect(keys(table.classes)).toEqual([...nationalClasses].sort());
    expect(keys(table.localClasses)).toEqual([...localClasses].sort());
    expect(keys(table.recordKinds)).toEqual([...recordKindIds].sort());
    expect(keys(table.states)).toEqual([...listingStates].sort());
    expect(keys(table.acts)).toEqual(keys(listingProcedure.transitions));
    expect(keys(table.methods)).toEqual([...serviceMethods].sort());
    expect(keys(table.runKinds)).toEqual([...runKinds].sort());
    expect(keys(table.duties)).toEqual(duties.map((duty) => duty.id).sort());
    expect(keys(table.indicators)).toEqual(indicators.map((indicator) => indicator.id).sort());
    expect(keys(table.collections)).toEqual(collections.map((collection) => collection.id).sort());
    for (const { fields } of collections)
      expect(keys(table.collectionFields)).toEqual(fields.map(({ field }) => field).sort());
  });
});

describe("the procedure", () => {
  it("names only operations that are declared and roles that may call them", () => {
    const byId = new Map<string, (typeof operations)[number]>(operations.map((operation) => [operation.id, operation]));
    for (const [act, transition] of Object.entries(listingProcedure.transitions)) {
      const operation = byId.get(transition.operation);
      expect(operation, act).toBeDefined();
      for (const role of transition.who) expect(operation?.who, `${act} by ${role}`).toContain(role);
    }
  });

  it("leads to the list by a decision only, or from the register kept before", () => {
    const before = ["", "proposed", "noticed", "stated", "answered"];
    const entering = Object.entries(listingProcedure.transitions).filter(
      ([, one]) => ["listed", "joined"].includes(one.to) && one.from.some((state) => before.includes(state)),
    );
    expect(entering.map(([act]) => act).sort()).toEqual(["decide", "join", "record-existing"]);
    for (const act of ["decide", "join"] as const) {
      expect(listingProcedure.transitions[act].who).toEqual(["decider"]);
      expect(listingProcedure.transitions[act].from).not.toContain("proposed");
    }
  });

  it("is drawn in the README as it is declared", () => {
    const path = new URL("./README.md", import.meta.url);
    const text = readFileSync(path, "utf8");
    const drawn = `<!-- generated: state diagram -->\n\`\`\`mermaid\n${stateDiagram(listingProcedure as Procedure)}\n\`\`\`\n<!-- end -->`;
    const wanted = text.replace(/<!-- generated: state diagram -->[\s\S]*<!-- end -->/, drawn);
    if (process.env.UPDATE_README) writeFileSync(path, wanted);
    expect(process.env.UPDATE_README ? wanted : text).toBe(wanted);
  });
});
