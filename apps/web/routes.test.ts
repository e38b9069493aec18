import { describe, expect, it } from "vitest";
import { allRoles } from "../../kernel/operation/define.ts";
import { modules } from "./routes.tsx";
import { type MenuPage, menuLimit, menuLines, worksOf } from "./web-module.ts";

const pages = modules.flatMap((one) => one.pages);
const paths = modules.flatMap((one) => one.routes.map((route) => `/${route.path}`));

describe("the console's addresses", () => {
  it("keeps every path it ever gave out: duties, documents and people link to them", () => {
    expect([...paths].sort()).toMatchSnapshot();
  });

  it("has no path twice and no menu page without an address", () => {
    expect(new Set(paths).size).toBe(paths.length);
    expect(pages.map((page) => page.to).filter((to) => !paths.includes(to))).toEqual([]);
  });

  it("offers each role at most seven entries of work, and none that is empty", () => {
    for (const role of allRoles) {
      const offered = worksOf(role).filter((work) =>
        pages.some((page) => page.work === work && !page.task && page.who.includes(role)),
      );
      expect(offered.length).toBeLessThanOrEqual(7);
      if (role !== "public") expect(offered).toContain("today");
    }
  });

  it("shows nobody more than seven lines below an entry or a part of it, and no page twice or not at all", () => {
    for (const role of allRoles) {
      for (const work of worksOf(role)) {
        const below = pages.filter((page) => page.work === work && !page.task && page.who.includes(role));
        const lines = menuLines(below);
        const parts = lines.flatMap((line) => ("group" in line ? [line.pages] : []));
        for (const part of [lines, ...parts]) expect(part.length, `${role} ${work}`).toBeLessThanOrEqual(menuLimit);
        const shown = lines.flatMap((line) => ("group" in line ? [...line.pages] : [line.page]));
        expect(shown.map((page) => page.to).sort()).toEqual(below.map((page) => page.to).sort());
        expect(new Set(shown).size).toBe(shown.length);
      }
    }
  });

  it("leaves a short entry as it is and takes a part of one page for that page", () => {
    const page = (at: number, group?: MenuPage["group"]): MenuPage => ({
      work: "giving",
      to: `/${at}`,
      title: { zh: `${at}`, en: `${at}` },
      who: [],
      ...(group ? { group } : {}),
    });
    const few = [page(1, "gifts"), page(2, "gifts"), page(3)];
    expect(menuLines(few)).toEqual(few.map((one) => ({ page: one })));
    const many = [page(0), ...[1, 2, 3, 4].map((at) => page(at, "gifts")), page(5, "books"), page(6), page(7, "gifts")];
    expect(menuLines(many)).toEqual([
      { page: many[0] },
      { group: "gifts", pages: [1, 2, 3, 4, 7].map((at) => many[at]) },
      { page: many[5] },
      { page: many[6] },
    ]);
  });

  it("names every page in both languages", () => {
    for (const page of pages) expect([page.title.zh, page.title.en].every((title) => title.trim() !== "")).toBe(true);
  });
});
