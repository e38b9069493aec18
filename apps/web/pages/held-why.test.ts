import { describe, expect, it } from "vitest";
import { modules } from "../routes.tsx";
import { sentenceIn } from "../ui/problem-sentence.ts";
import { heldWhy } from "./held-why.ts";

const officer = modules.flatMap((one) => one.heldSentences ?? []);
const tables = modules.flatMap((one) => one.sentences ?? []);
const act = (operation: string, input: Record<string, unknown> = {}) =>
  modules.map((one) => one.heldActs?.[operation]).find((one) => one !== undefined)?.(input, "zh");
const why = (operation: string, code: string, facts: Record<string, unknown> = {}, locale: "zh" | "en" = "zh") =>
  heldWhy({
    code,
    facts,
    locale,
    labels: act(operation)?.labels ?? {},
    officer,
    sentence: (asked, more) =>
      tables.map((table) => sentenceIn(table, locale, asked, more)).find((one) => one !== undefined),
  });

describe("why an act from a phone waits", () => {
  it("names each field that is wrong, and what is wrong with it", () => {
    const problems = [
      { path: ["mode"], problem: "invalid_value" },
      { path: ["note"], problem: "too_big", facts: { origin: "string", maximum: 2000 } },
      { path: ["findings", 0, "level"], problem: "invalid_value" },
      { path: ["findings", 1, "level"], problem: "invalid_value" },
    ];
    expect(why("visiting-care.record-visit", "operation/invalid-input", { problems })).toEqual([
      "方式：不在可选的范围内",
      "记录：太长，最多 2000 个字",
      "发现的情况的程度：不在可选的范围内",
    ]);
    expect(
      why("equipment.sign-delivery", "operation/invalid-input", { problems: [{ path: ["x"], problem: "y" }] }),
    ).toEqual(["x：这一项有问题"]);
  });

  it("says the general sentence where the facts name no field", () => {
    expect(why("visiting-care.record-visit", "operation/invalid-input")).toEqual([
      "有些内容需要改正，请看各字段的提示。",
    ]);
    expect(why("visiting-care.record-visit", "no/such-code")).toEqual([]);
  });

  it("speaks of whoever recorded it, never to them", () => {
    for (const table of officer)
      for (const code of Object.keys(table.zh)) {
        expect(sentenceIn(table, "zh", code), code).not.toMatch(/您/);
        expect(sentenceIn(table, "en", code), code).not.toMatch(/\byours?\b/i);
      }
    expect(why("visiting-care.record-visit", "visiting-care/not-your-person")).toEqual([
      "登记的人不负责这位人员所在的村（社区）。核实探访确有其事的，可以写入；不是的，搁置。",
    ]);
  });

  it("can say whom an act is about, where it names somebody", () => {
    const personId = "0198a000-0000-7000-8000-000000000001";
    for (const operation of ["visiting-care.record-visit", "visiting-care.propose", "visiting-care.open-emergency"]) {
      expect(act(operation, { personId })?.whose, operation).toBeTypeOf("function");
      expect(act(operation, {})?.whose, operation).toBeUndefined();
    }
    expect(act("people.record-death", { id: personId })?.whose).toBeTypeOf("function");
    expect(act("equipment.sign-delivery", { shipmentId: personId })?.whose).toBeTypeOf("function");
  });
});
