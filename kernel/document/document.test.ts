import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentDigest } from "./digest.ts";
import { render } from "./layout.ts";
import type { OfficialDocument, ReportDocument } from "./model.ts";
import { renderReport } from "./report.ts";
import { defineTemplate, fillTemplate, templateOn } from "./template.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "document-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasTools = (() => {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    console.log("documents: skipped: no pdftotext");
    return false;
  }
})();

function pagesOf(pdf: Buffer): string[] {
  const path = join(folder, "paper.pdf");
  writeFileSync(path, pdf);
  return execFileSync("pdftotext", [path, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
}

/** Text as a reader copies it, without the line breaks of the paper. */
function textOf(pdf: Buffer): string {
  return pagesOf(pdf).join("").replace(/\s/g, "");
}

interface Facts {
  readonly name: string;
  readonly year: number;
}

const law = { document: "社会组织信用信息管理办法", number: "民政部令第60号", effectiveFrom: "2018-01-24" };
const listing = defineTemplate<Facts>({
  id: "credit.listing-decision",
  version: "2026-01",
  from: "2026-01-01",
  title: (facts) => `关于将${facts.name}列入社会组织活动异常名录的决定`,
  addressee: (facts) => facts.name,
  body: (facts) => [
    { kind: "paragraph", text: `你单位未按规定时限报送${facts.year}年度工作报告。经审查，现决定如下：` },
    { kind: "numbered", items: ["列入社会组织活动异常名录。", "自收到本决定之日起补报。"] },
    { kind: "citations", items: [{ ...law, article: "11", item: "1" }] },
    {
      kind: "remedy",
      reconsideration: { body: "青海省人民政府", days: 60 },
      lawsuit: { court: "西宁市城中区人民法院", months: 6 },
    },
  ],
});
const issue = {
  authority: "青海省民政厅",
  number: "青民社〔2026〕12号",
  issuedOn: "2026-06-25",
  verification: { code: "7K3M9QXRWT4E", url: "https://shanzhi.example.cn/verify?code=7K3M9QXRWT4E" },
  specimen: true,
};
const decision = fillTemplate(listing, { name: "青海晨光助老服务中心", year: 2025 }, issue);

function withBody(...texts: string[]): OfficialDocument {
  return { ...decision, body: texts.map((text) => ({ kind: "paragraph", text })) };
}

describe("templates", () => {
  it("apply by date and fill by facts alone", () => {
    const older = { ...listing, version: "2018-01", from: "2018-01-24", to: "2026-01-01" };
    expect(templateOn([older, listing], "2025-12-31").version).toBe("2018-01");
    expect(templateOn([older, listing], "2026-01-01").version).toBe("2026-01");
    expect(() => templateOn([older, listing], "2017-01-01")).toThrow(RangeError);
    expect(decision.banner).toBe("青海省民政厅");
    expect(fillTemplate(listing, { name: "青海晨光助老服务中心", year: 2025 }, issue)).toEqual(decision);
  });
});

describe("an official document", () => {
  it("is the same bytes for the same content at any time, and has another digest for any other content", async () => {
    const first = await render(decision);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await render(structuredClone(decision))).equals(first)).toBe(true);
    const other = { ...decision, number: "青民社〔2026〕13号" };
    expect(documentDigest(other)).not.toBe(documentDigest(decision));
    expect((await render(other)).equals(first)).toBe(false);
  });

  it("carries the date of the document, not of the printing", async () => {
    expect((await render(decision)).toString("latin1")).toContain("D:20260624160000Z");
    await expect(render({ ...decision, issuedOn: "26.6.2026" })).rejects.toThrow(RangeError);
  });

  it.runIf(hasTools)("says everything an administrative act must say, on every page how to verify it", async () => {
    const pages = pagesOf(await render(decision));
    // Without the feet, which stand between the two halves of a paragraph that runs on.
    const text = pages
      .map((page) => page.replace(/7K3M-9QXR-WT4E[\s\S]*/, ""))
      .join("")
      .replace(/\s/g, "");
    for (const part of [
      "青海省民政厅",
      "青民社〔2026〕12号",
      "关于将青海晨光助老服务中心列入社会组织活动异常名录的决定",
      "青海晨光助老服务中心：",
      "一、列入社会组织活动异常名录。",
      "二、自收到本决定之日起补报。",
      "依据：《社会组织信用信息管理办法》（民政部令第60号）第十一条第（一）项。",
      "六十日内依法向青海省人民政府申请行政复议",
      "六个月内依法向西宁市城中区人民法院提起行政诉讼",
      "2026年6月25日",
      "电子文书",
      "样章",
    ]) {
      expect(text).toContain(part);
    }
    for (const page of pages) {
      expect(page).toContain("7K3M-9QXR-WT4E");
      expect(page).toContain(documentDigest(decision));
      expect(page.replace(/\s/g, "")).toContain(`共${pages.length}页`);
    }
  });

  it.runIf(hasTools)("is no specimen outside demonstration data", async () => {
    expect(textOf(await render({ ...decision, specimen: false }))).not.toContain("样章");
  });

  it.runIf(hasTools)("prints rare characters so that they can be found and copied", async () => {
    const text = textOf(await render(withBody("当事人：𬭎、㛃、䶮、喆、囍，住所：䌷村、㘵村。")));
    expect(text).toContain("当事人：𬭎、㛃、䶮、喆、囍，住所：䌷村、㘵村。");
    expect(text).not.toContain("字库");
  });

  it.runIf(hasTools)(
    "shows a box and names the code point where the font has no character, and still copies it",
    async () => {
      const text = textOf(await render(withBody("当事人：𫍙某某。")));
      expect(text).toContain("当事人：𫍙某某。");
      expect(text).toContain("U+2B359");
    },
  );

  it.runIf(hasTools)(
    "never leaves the signature alone on a page, whatever the length of the text",
    async () => {
      for (let lines = 4; lines <= 30; lines += 2) {
        const text = Array.from({ length: lines }, (_, at) => `第${at}段末字在此处。`);
        const last =
          pagesOf(await render(withBody(...text)))
            .at(-1)
            ?.replace(/\s/g, "") ?? "";
        expect(last).toContain("2026年6月25日");
        expect(last).toContain("末字在此处。");
      }
    },
    60_000,
  );

  it.runIf(hasTools)("repeats the head of a table and prints every row of it once", async () => {
    const rows = Array.from({ length: 90 }, (_, at) => [`行${at}号`, "德令哈市晨光助老服务中心", "合格"]);
    const columns = [{ title: "序号栏" }, { title: "单位名称" }, { title: "结论" }];
    const pages = pagesOf(await render({ ...decision, body: [{ kind: "table", columns, rows }] }));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page.includes("序号栏")).toBe(/行\d+号/.test(page));
    const text = pages.join("");
    for (const [at] of rows.entries()) expect(text.split(`行${at}号`).length).toBe(2);
  });

  it("takes the longest names, empty texts and every naughty string without failing or running off the page", async () => {
    const file = new URL("../../../shared/data/text-torture/blns-even.json", import.meta.url);
    if (!existsSync(file)) console.log("naughty strings: skipped: no shared data");
    const naughty = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as string[])
      : ["", "\u0000", "x".repeat(4000)];
    const long = "海西蒙古族藏族自治州柴达木盆地生态保护与社区可持续发展促进会";
    const document: OfficialDocument = {
      ...decision,
      banner: `${long}${long}`,
      authority: long,
      addressee: "",
      title: `关于${long.repeat(4)}的决定`,
      body: [
        ...naughty.map((text) => ({ kind: "paragraph", text }) as const),
        { kind: "facts", rows: naughty.slice(0, 40).map((text) => [text, text] as const) },
        { kind: "table", columns: [{ title: "" }, { title: "列" }], rows: naughty.map((text) => [text, text]) },
        { kind: "table", columns: [{ title: "空" }], rows: [] },
        { kind: "table", columns: [{ title: "高" }], rows: [["很长的单元格".repeat(900)]] },
      ],
    };
    expect((await render(document)).subarray(0, 5).toString()).toBe("%PDF-");
  }, 60_000);

  it("takes less than 400 ms a page once warm", async () => {
    await render(decision);
    const start = performance.now();
    for (let round = 0; round < 3; round += 1) await render(decision);
    expect((performance.now() - start) / 3).toBeLessThan(400);
  });
});

describe("a report", () => {
  const report: ReportDocument = {
    template: { id: "credit.report", version: "2026-01" },
    title: "社会组织信用报告",
    subtitle: "青海晨光助老服务中心",
    authority: "青海省民政厅",
    number: "青民信〔2026〕1024号",
    issuedOn: "2026-11-21",
    verification: issue.verification,
    specimen: false,
    sections: [
      {
        title: "基础信息",
        blocks: [
          {
            kind: "facts",
            rows: [
              ["名称", "青海晨光助老服务中心"],
              ["业务主管单位", null],
            ],
          },
        ],
      },
      {
        title: "年度检查",
        blocks: [
          {
            kind: "table",
            columns: [{ title: "年度栏" }, { title: "结论" }],
            rows: Array.from({ length: 60 }, (_, at) => [`${1960 + at}年`, "合格"]),
          },
        ],
      },
      { title: "行政处罚", blocks: [{ kind: "table", columns: [{ title: "文号" }], rows: [] }] },
    ],
  };

  it.runIf(hasTools)(
    "names missing facts and empty tables, numbers its sections, repeats table heads, dates and verifies itself",
    async () => {
      const pdf = await renderReport(report);
      const pages = pagesOf(pdf);
      const text = pages.join("").replace(/\s/g, "");
      expect(pages.length).toBeGreaterThan(1);
      for (const part of [
        "一、基础信息",
        "二、年度检查",
        "三、行政处罚",
        "（无记载）",
        "（无记录）",
        "2026年11月21日",
        "报告编号青民信〔2026〕1024号",
      ]) {
        expect(text).toContain(part);
      }
      for (const page of pages) {
        expect(page.includes("年度栏")).toBe(/\d{4}年\n/.test(page) && /合格/.test(page));
        expect(page).toContain("7K3M-9QXR-WT4E");
      }
      expect((await renderReport(structuredClone(report))).equals(pdf)).toBe(true);
    },
  );
});
