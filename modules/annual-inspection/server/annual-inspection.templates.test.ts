import { describe, expect, it } from "vitest";
import { fillTemplate } from "../../../kernel/document/template.ts";
import { conclusionNotice, correctionNotice, rectificationOrder } from "./annual-inspection.templates.ts";

const issue = {
  authority: "湟中区民政局",
  number: "湟中民社〔2026〕3号",
  issuedOn: "2026-06-03",
  verification: { code: "ABCD", url: "http://127.0.0.1/v/ABCD" },
  specimen: true,
};
const remedy = { reconsideration: "湟中区人民政府", court: "湟中区人民法院" };
const base = { name: "湟中区民俗协会", kind: "social_group", year: 2025 };

describe("the papers", () => {
  it("say the conclusion, each problem with its article, the reason and the way to object", () => {
    const paper = fillTemplate(
      conclusionNotice,
      {
        ...base,
        conclusion: "basic" as const,
        findings: [
          { code: "ratio/admin", severity: "minor" as const, article: "《基金会管理条例》第29条" },
          { code: "person", severity: "minor" as const, text: "未按章程换届" },
        ],
        reason: "情节轻微",
        rectifyMonths: 3,
        remedy,
      },
      issue,
    );
    const text = JSON.stringify(paper);
    expect(paper.title).toBe("2025年度检查结论通知书");
    expect(paper.addressee).toBe("湟中区民俗协会");
    for (const part of [
      "基本合格",
      "超过规定比例（《基金会管理条例》第29条）",
      "未按章程换届",
      "情节轻微",
      "整改期限为3个月",
      "湟中区人民法院",
    ])
      expect(text).toContain(part);
  });

  it("say nothing about problems or objections after a pass", () => {
    const paper = fillTemplate(
      conclusionNotice,
      { ...base, conclusion: "passed" as const, findings: [], reason: null, rectifyMonths: null, remedy: null },
      issue,
    );
    expect(paper.body.map((block) => block.kind)).toEqual(["paragraph", "citations"]);
  });

  it("list everything that is missing, once, with the last day", () => {
    const paper = fillTemplate(
      correctionNotice,
      { ...base, gaps: ["缺审计报告", "缺活动明细"], dueOn: "2026-06-18" },
      issue,
    );
    const text = JSON.stringify(paper.body);
    for (const part of ["缺审计报告", "缺活动明细", "2026年6月18日", "一次性告知"]) expect(text).toContain(part);
  });

  it("order what is to be put right by when, by which article, and how to object", () => {
    const paper = fillTemplate(
      rectificationOrder,
      { ...base, conclusion: "failed" as const, items: ["退还违规收费"], dueOn: "2026-09-03", remedy },
      issue,
    );
    expect(paper.title).toBe("责令改正通知书");
    expect(paper.body.map((block) => block.kind)).toEqual([
      "paragraph",
      "numbered",
      "paragraph",
      "citations",
      "remedy",
    ]);
  });
});
