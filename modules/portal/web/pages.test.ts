import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { grades, kinds, listings, statuses } from "../../organisations/index.ts";
import type { Cell, Statistics } from "../portal.contract.ts";
import { suppress } from "../portal.figures.ts";
import { HomePage } from "./home.page.tsx";
import { SearchPage } from "./search.page.tsx";
import { StatisticsPage } from "./statistics.page.tsx";
import { DonationsPage } from "./text.pages.tsx";
import type { View } from "./view.ts";

const view: View = {
  locale: "zh",
  large: false,
  path: "/statistics",
  query: [],
  place: "示范省",
  root: "63",
  today: "2026-06-01",
  demo: false,
};
const render = <Props extends object>(page: FunctionComponent<Props>, props: Props) =>
  renderToStaticMarkup(createElement(page, props));
const textOf = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const cells = (keys: readonly string[], values: Readonly<Record<string, number | null>>): Cell[] =>
  keys.map((key) => ({ key, value: key in values ? (values[key] ?? null) : 0, rows: `/search?key=${key}` }));

/** Figures of a place, of which a test names only what it prints. */
const figures = (given: Partial<Statistics>): Statistics => ({
  division: { code: "63", name: "示范省" },
  chain: [{ code: "63", name: "示范省" }],
  asOf: "2026-06-01",
  base: 0,
  all: 0,
  byKind: cells(kinds, {}),
  byStatus: cells(statuses, {}),
  byGrade: cells([...grades, "-"], {}),
  threeA: { value: 0, graded: 0, rows: "/search?grade=3A%2B", gradedRows: "/search?grade=graded" },
  byListing: cells(listings, {}),
  byDivision: [],
  covered: { value: 0, of: 0 },
  byYear: [],
  charity: { charities: 0, qualified: 0, rows: "/search?charity=true", qualifiedRows: "/search?fundraising=true" },
  ...given,
});
const statistics = (given: Partial<Statistics>, locale: "zh" | "en" = "zh") =>
  textOf(render(StatisticsPage, { view: { ...view, locale }, figures: figures(given) }));

describe("figures as the handbook prints them", () => {
  it("vector 1: 1,464 of 4,448 are 3A and above, 32.9%, and the base is named", () => {
    const text = statistics({
      base: 4_448,
      threeA: { value: 218 + 553 + 693, graded: 1_589, rows: "", gradedRows: "" },
    });
    expect(text).toContain("3A 及以上 1,464 家，占现有 4,448 家的 32.9%。");
    expect(
      statistics({ base: 4_448, threeA: { value: 1_464, graded: 1_589, rows: "", gradedRows: "" } }, "en"),
    ).toContain("1,464 are graded 3A and above, 32.9% of the 4,448 existing.");
  });

  it("vector 2: three kinds add up to 12,700", () => {
    const byKind = cells(kinds, { social_group: 4_347, social_service_institution: 7_534, foundation: 819 });
    expect(statistics({ base: 12_700, byKind })).toMatch(/合计 12,700 100\.0%/);
  });

  it("vector 6: 120 graded below 3A, 92.4% of the graded are 3A and above", () => {
    const text = statistics({
      base: 4_448,
      threeA: { value: 227 + 545 + 697, graded: 1_589, rows: "", gradedRows: "" },
    });
    expect(text).toContain("其中 3A 以下 120 家");
    expect(text).toContain("以有等级的 1,589 家为基数，3A 及以上占 92.4%。");
  });

  it("vector 7: 37,624 is 3.76万余 as a big figure, cut and not rounded", () => {
    const html = render(HomePage, {
      view: { ...view, path: "/" },
      figures: figures({ base: 37_624 }),
      listed: { abnormal: 0, serious: 0 },
      announcements: [],
    });
    expect(textOf(html)).toContain("3.76万余");
    expect(textOf(html)).toContain("37,624");
  });

  it("vector 12: 96 of 211 charities, 45.5%, may raise funds in public", () => {
    const charity = { charities: 211, qualified: 96, rows: "", qualifiedRows: "" };
    expect(statistics({ base: 4_448, charity })).toContain("慈善组织 211 家，其中具有公开募捐资格 96 家，占 45.5%。");
    expect(textOf(render(DonationsPage, { view, figures: figures({ charity }) }))).toContain(
      "211 家慈善组织中，96 家具有公开募捐资格，占 45.5%。",
    );
  });

  it("vector 26: 72 of 72 is 100.0%", () => {
    expect(statistics({ base: 100, covered: { value: 72, of: 72 } })).toContain(
      "72 个地区中，72 个有社会组织，覆盖 100.0%。",
    );
  });

  it("of nothing there is no share", () => {
    expect(statistics({ base: 0 })).toContain("占现有 0 家的 —");
  });
});

describe("small cells of sensitive tables", () => {
  const shown = (value: number, sensitive: boolean) => (sensitive && value < 10 ? null : value);
  it("shows everything where nobody is sensitive", () => expect(suppress([3, 40], false, shown)).toEqual([3, 40]));
  it("hides the next smallest beside a single hidden cell", () =>
    expect(suppress([3, 40, 12, 0], true, shown)).toEqual([null, 40, null, 0]));
  it("needs no second one where two are hidden", () =>
    expect(suppress([3, 4, 40], true, shown)).toEqual([null, null, 40]));
  it("prints a word instead of the figure, and no total", () => {
    const text = statistics({
      base: 50,
      byKind: cells(kinds, { social_group: null, foundation: null, social_service_institution: 40 }),
    });
    expect(text).toContain("社会团体 少于 10 —");
    expect(text.slice(text.indexOf("按类别"), text.indexOf("按评估等级"))).not.toContain("合计");
  });
});

describe("every page", () => {
  const naughty = `"><script>alert(1)</script><img src=x onerror=alert(1)>'; drop table x; --\u202e`;
  it("escapes what people typed and what is published", () => {
    const hit = {
      key: `K"'<>`,
      code: null,
      name: naughty,
      kind: naughty,
      status: naughty,
      registeredOn: null,
      registrationAuthority: naughty,
      division: "63",
      grade: naughty,
      listing: naughty,
      charity: false,
      fundraising: false,
      formerNames: naughty,
    };
    const html = render(SearchPage, {
      view,
      asked: { q: naughty, registeredYear: naughty },
      places: [{ code: "63", name: naughty, depth: 0 }],
      answer: { how: "bigrams", organisations: [hit], total: null, next: naughty },
    });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)/);
    expect(html).toContain("&lt;script&gt;");
  });

  it("has one language, one title, one main heading, a skip link, landmarks and no script", () => {
    for (const locale of ["zh", "en"] as const) {
      const html = render(StatisticsPage, { view: { ...view, locale, large: true }, figures: figures({ base: 3 }) });
      expect(html).toContain(`<html lang="${locale === "zh" ? "zh-CN" : "en"}" data-print="large">`);
      expect(html.match(/<h1[ >]/g)).toHaveLength(1);
      for (const part of ["<title>", '<a class="skip" href="#content">', "<header", "<nav", "<main", "<footer"])
        expect(html).toContain(part);
      expect(html).not.toMatch(/<script|style="|javascript:/);
    }
  });
});
