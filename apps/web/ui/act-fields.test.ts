import { describe, expect, it } from "vitest";
import { z } from "zod";
import { date, division, fen, id, instant, optionalText, text } from "../../../kernel/operation/shapes.ts";
import { actFields, countName, inputFrom } from "./act-fields.ts";

const input = z.object({
  listingId: id,
  reason: text(4000),
  note: optionalText(100),
  servedOn: date.optional(),
  method: z.enum(["mail", "in-person"]),
  amountFen: fen.min(0),
  directors: z.int().optional(),
  percent: z.number().gt(0).max(100).optional(),
  agree: z.boolean(),
  division: division.optional(),
  items: z.array(text(500)).min(1),
  ways: z.array(z.enum(["home", "phone"])).min(1),
  at: instant.optional(),
  evidenceId: id.optional(),
  evidence: z.array(id).default([]),
  paperNotice: z.object({ number: text(60), issuedOn: date, proof: z.array(id).min(1) }).optional(),
  gaps: z.array(z.object({ paper: z.enum(["charter", "capital"]), what: text(500) })).min(1),
});

describe("forms made from declared inputs", () => {
  const fields = actFields({ input }, { listingId: "x" });

  it("finds a control for every field, leaving out what the page knows", () => {
    expect(fields.map((field) => [field.name, field.kind, field.required])).toEqual([
      ["reason", "long", true],
      ["note", "text", false],
      ["servedOn", "date", false],
      ["method", "choice", true],
      ["amountFen", "money", true],
      ["directors", "integer", false],
      ["percent", "number", false],
      ["agree", "yes-no", true],
      ["division", "division", false],
      ["items", "lines", true],
      ["ways", "choices", true],
      ["at", "instant", false],
      ["evidenceId", "file", false],
      ["evidence", "files", false],
      ["paperNotice", "group", false],
      ["gaps", "repeat", true],
    ]);
  });

  it("builds an input the operation accepts", () => {
    const built = inputFrom(
      fields,
      {
        reason: " 逾期 ",
        method: "mail",
        amountFen: 100,
        agree: false,
        items: "一\n\n 二 ",
        ways: ["home"],
        at: "2026-03-31T09:30:00+08:00",
        "gaps.0.paper": "charter",
        "gaps.0.what": "缺页",
        [countName("gaps")]: 1,
        note: "",
      },
      { listingId: "0192f0aa-1111-7222-8333-444455556666" },
    );
    expect(built).toEqual({
      listingId: "0192f0aa-1111-7222-8333-444455556666",
      reason: "逾期",
      method: "mail",
      amountFen: 100,
      agree: false,
      items: ["一", "二"],
      ways: ["home"],
      at: "2026-03-31T09:30:00+08:00",
      gaps: [{ paper: "charter", what: "缺页" }],
    });
    expect(input.safeParse(built).success).toBe(true);
  });

  it("leaves an untouched group out and keeps a touched one whole", () => {
    expect(inputFrom(fields, {})).not.toHaveProperty("paperNotice");
    expect(inputFrom(fields, { "paperNotice.number": "民告〔2026〕1号" }).paperNotice).toEqual({
      number: "民告〔2026〕1号",
    });
  });
});
