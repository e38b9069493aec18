import { copyFileSync, existsSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drift } from "../kernel/indicator/indicator.ts";
import * as sheet from "../kernel/sheet/sheet.contract.ts";
import { type TestActor, type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { modules } from "./modules.ts";

const shared = new URL("../../shared/data/orgs-foundations-2017/", import.meta.url).pathname;
const here = existsSync(shared);
if (!here) console.info("skipped: no shared data (orgs-foundations-2017)");

type Got = Awaited<ReturnType<TestActor["call"]>> & {
  state: string;
  counts: Record<string, number>;
  questions: { code: string; field: string; options: string[]; facts: Record<string, unknown> }[];
  errors: { sheet: string; row: number; cell: string | null; field: string; code: string; message: string }[];
  warnings: { row: number; cell: string | null; field: string; code: string; message: string }[];
};

describe.runIf(here)("a real register of 2017 through the import page's own door", () => {
  let house: TestHouse;
  let clerk: TestActor;
  beforeAll(async () => {
    house = await testHouse(modules);
    clerk = house.as("registrar", "63");
  });
  afterAll(() => house.close());

  async function stage(file: string, operation: string, answers?: Record<string, string>) {
    const path = join(mkdtempSync(join(tmpdir(), "shanzhi-upload-")), "upload.csv");
    copyFileSync(file, path);
    const upload = {
      fileName: file.split("/").at(-1) as string,
      declaredType: "text/csv",
      path,
      size: statSync(path).size,
      sha256: "0".repeat(64),
    };
    const { id } = await clerk.call(sheet.stage, { operation, ...(answers ? { answers } : {}) }, { upload });
    await house.open.jobs.tick();
    return { id, got: await get(id) };
  }
  const get = (id: string) => clerk.call(sheet.get, { id, limit: 200 }) as Promise<Got>;
  async function commit(id: string, acceptPartial = false) {
    await clerk.call(sheet.commit, { id, acceptPartial });
    await house.open.jobs.tick();
    return get(id);
  }
  const stock = async () => (await house.sql<{ n: number }>("select count(*)::integer as n from organisation"))[0]?.n;

  it("takes all 83 national foundations, amounts in 万元 as their header says", async () => {
    const { id, got } = await stage(`${shared}national-foundations.csv`, "organisations.record-existing");
    expect(got.questions).toEqual([]);
    expect({ state: got.state, new: got.counts.new, bad: got.counts.bad, errors: got.errors }).toMatchObject({
      state: "checked",
      new: 83,
      bad: 0,
    });
    expect((await commit(id)).counts).toMatchObject({ done: 83 });
    expect(await stock()).toBe(83);
    const [row] = await house.sql<{ funds_fen: string; registered_on: string; kind: string }>(
      "select funds_fen, registered_on::text, kind from organisation where name = '白求恩公益基金会'",
    );
    expect(row).toMatchObject({ registered_on: "2015-09-29", kind: "foundation" });
    expect(Number(row?.funds_fen)).toBe(5_000 * 10_000 * 100);
  });

  it("changes nothing when the same file comes again", async () => {
    const before = await house.sql("select count(*)::integer as n, max(version) as v from organisation");
    const { got } = await stage(`${shared}national-foundations.csv`, "organisations.record-existing");
    expect(got.counts).toMatchObject({ rows: 83, same: 83, new: 0, change: 0, bad: 0 });
    expect(await house.sql("select count(*)::integer as n, max(version) as v from organisation")).toEqual(before);
  });

  it("asks whether local amounts are yuan or 10,000 yuan, and catches the residents' committee", async () => {
    const { id, got } = await stage(`${shared}local-foundations-raw.csv`, "organisations.record-existing");
    expect(got.state).toBe("asking");
    expect(got.questions).toMatchObject([{ code: "money-unit", field: "fundsFen" }]);
    await clerk.call(sheet.answer, { id, answers: { "money-unit:fundsFen": "by-size:100000" } });
    await house.open.jobs.tick();
    const checked = await get(id);
    expect(checked.state).toBe("checked");
    expect(checked.questions).toEqual([]);
    const caught = checked.errors.filter((one) => one.code === "organisations/not-a-social-organisation");
    expect(caught).toHaveLength(1);
    expect(caught[0]).toMatchObject({ sheet: "local-foundations-raw", row: 45 });
    expect(caught[0]?.message).not.toBe(caught[0]?.code);
    // Two failing check digits stand in the official register; this half holds one: a flag, never a block.
    expect(checked.warnings.filter((one) => /check/.test(one.code)).map((one) => one.row)).toContain(32);
    await expect(clerk.call(sheet.commit, { id })).rejects.toMatchObject({ code: "sheet/has-bad-rows" });
    const done = await commit(id, true);
    expect(done.state).toBe("committed");
    expect(done.counts.done).toBe(45 - (checked.counts.bad ?? 0));
    const [beijing] = await house.sql<{ funds_fen: string }>(
      "select funds_fen from organisation where name = '北京嘉实公益基金会'",
    );
    expect(Number(beijing?.funds_fen)).toBe(5_000_000 * 100);
    const [unknown] = await house.sql<{ registered_on: string | null }>(
      "select registered_on from organisation where name = '武汉市职工福利基金会'",
    );
    expect(unknown?.registered_on).toBeNull();
  });

  it("takes a batch back, except rows touched since", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "shanzhi-sheet-")), "two.csv");
    writeFileSync(path, "名称,统一社会信用代码,类别\n青海湖畔助老基金会,,基金会\n青海云杉助学基金会,,基金会\n");
    const { id, got } = await stage(path, "organisations.record-existing");
    expect(got.counts).toMatchObject({ new: 2 });
    await commit(id);
    const before = await stock();
    await clerk.call(sheet.undo, { id, reason: "导错了" });
    await house.open.jobs.tick();
    expect((await get(id)).state).toBe("undone");
    expect(await stock()).toBe((before ?? 0) - 2);
  });

  it("applies the name changes of 2014 as dated names, and reports the names it does not know", async () => {
    const { id, got } = await stage(`${shared}name-changes-2013-2014.csv`, "organisations.apply-name-changes");
    expect(got.counts.rows).toBe(29);
    expect((got.counts.bad ?? 0) + (got.counts.new ?? 0) + (got.counts.change ?? 0) + (got.counts.same ?? 0)).toBe(29);
    expect(got.errors.every((one) => one.message !== one.code)).toBe(true);
    void id;
  });

  it("hands back clear errors for files that are no register", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "shanzhi-sheet-")), "photo.xlsx");
    writeFileSync(path, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]));
    const { got } = await stage(path, "organisations.record-existing");
    expect(got).toMatchObject({
      state: "failed",
      failure: { code: "sheet/not-a-spreadsheet", message: expect.stringContaining("JPEG") },
    });
    const headless = join(mkdtempSync(join(tmpdir(), "shanzhi-sheet-")), "other.csv");
    writeFileSync(headless, "甲,乙\n1,2\n");
    expect((await stage(headless, "organisations.record-existing")).got).toMatchObject({
      state: "failed",
      failure: { code: "sheet/header-missing" },
    });
  });

  it("keeps its counters equal to a recount from the rows, and notices when they are not", async () => {
    const differences = async () => {
      const out = [];
      for (const { indicator, count } of house.open.house.recounts) {
        out.push(
          ...(await house.open.database.transaction({ kind: "system" }, async (tx) =>
            drift(tx, indicator, await count(tx)),
          )),
        );
      }
      return out;
    };
    expect(house.open.house.recounts.length).toBeGreaterThan(0);
    expect(await differences()).toEqual([]);
    await house.sql(
      "update indicator_cell set value = value + 1 where indicator = 'organisations.stock' and key like 'foundation|registered%'",
    );
    expect((await differences()).length).toBeGreaterThan(0);
    await house.sql(
      "update indicator_cell set value = value - 1 where indicator = 'organisations.stock' and key like 'foundation|registered%'",
    );
  });

  it("keeps a batch invisible to another county", async () => {
    const { id } = await stage(`${shared}national-foundations.csv`, "organisations.record-existing");
    await expect(house.as("registrar", "630102").call(sheet.get, { id })).rejects.toMatchObject({
      code: "sheet/unknown-batch",
    });
  });
});
