import { describe, expect, it } from "vitest";
import { allRoles } from "../../kernel/operation/define.ts";
import { modules } from "./routes.tsx";
import { worksOf } from "./web-module.ts";

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

  it("names every page in both languages", () => {
    for (const page of pages) expect([page.title.zh, page.title.en].every((title) => title.trim() !== "")).toBe(true);
  });
});
