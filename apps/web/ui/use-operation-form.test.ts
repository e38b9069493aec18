import { describe, expect, it } from "vitest";
import { z } from "zod";
import { date, optionalText, text } from "../../../kernel/operation/shapes.ts";
import { fieldProblemSentence } from "./problem-sentence.ts";
import { fieldNamed, labelled, troublesOf } from "./use-operation-form.ts";

const schema = z.object({
  name: text(5),
  method: z.enum(["mail", "in-person"]),
  on: date.optional(),
  note: optionalText(3),
  directors: z.int().min(3).optional(),
  changes: z
    .object({})
    .refine(() => false, { error: "nothing-to-change" })
    .optional(),
});

const say = (input: unknown) =>
  troublesOf(schema, input).map((one) => `${one.path} ${fieldProblemSentence("zh", one.problem, one.facts)}`);

describe("troubles of a form", () => {
  it("calls what nobody filled in missing, choices included", () => {
    expect(say({})).toEqual(["name 没有填", "method 没有填"]);
    expect(say({ name: "   ", method: "mail" })).toEqual(["name 没有填"]);
  });

  it("says what is wrong with what was filled in", () => {
    expect(say({ name: "名称太长了啊", method: "fax", on: "2026-02-30", note: "四个字呢", directors: 1 })).toEqual([
      "name 太长，最多 5 个字",
      "method 不在可选的范围内",
      "on 不是有效的日期，要写成 2026-03-31 这样",
      "note 太长，最多 3 个字",
      "directors 不能小于 3",
    ]);
    expect(say({ name: "a\u0007b", method: "mail" })).toEqual(["name 含有看不见的控制字符，请重新输入"]);
    expect(say({ name: "甲", method: "mail", directors: 3.5 })).toEqual(["directors 要是整数"]);
  });

  it("keeps a custom code, so that the module's own sentence can be found", () => {
    expect(troublesOf(schema, { name: "甲", method: "mail", changes: {} }).map((one) => one.problem)).toEqual([
      "nothing-to-change",
    ]);
  });
});

describe("a refusal of the server", () => {
  it("stands at the field it names, inside a group too, and money at the field typed in yuan", () => {
    const labels = { donor: "捐赠人", amount: "金额", "right.item": "品名" };
    expect(fieldNamed(labels, "donor")).toBe("donor");
    expect(fieldNamed(labels, "amountFen")).toBe("amount");
    expect(fieldNamed(labels, "item")).toBe("right.item");
    expect(fieldNamed(labels, "elsewhere")).toBeUndefined();
    expect(fieldNamed(labels, undefined)).toBeUndefined();
  });
});

describe("the sentence at a field", () => {
  it("begins with the field's label, unless it names the field itself", () => {
    expect(labelled("zh", "用途", "没有填")).toBe("用途：没有填");
    expect(labelled("en", "Purpose", "is missing")).toBe("Purpose is missing");
    expect(labelled("zh", "授权到", "“授权到” 2026-01-01 早于今天。")).toBe("“授权到” 2026-01-01 早于今天。");
    expect(labelled("zh", "", "没有填")).toBe("没有填");
  });

  it("says of a number field whether a number or a whole one is wanted", () => {
    expect(fieldProblemSentence("zh", "number")).toBe("不是数");
    expect(fieldProblemSentence("zh", "whole-number")).toBe("要是整数");
  });
});
