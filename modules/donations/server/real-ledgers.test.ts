import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differenceLine, reconcile } from "../../../kernel/ledger/reconcile.ts";
import { get as getBatch, stage } from "../../../kernel/sheet/sheet.contract.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { correctDonation, correctUse, getDonation, listDonations } from "../donations.contract.ts";
import { importLedger } from "../ledger.contract.ts";
import { donationsModule } from "./index.ts";

const folder = new URL("../../../../shared/data/donation-ledgers-2020/", import.meta.url).pathname;
const present = existsSync(folder);
const lines = (name: string) => readFileSync(join(folder, name), "utf8").trim().split("\n").slice(1);

describe.skipIf(!present)("published ledgers of 2020 (skipped: no shared data, when the folder is absent)", () => {
  const home = "630102";
  let house: TestHouse;
  let work = "";
  beforeAll(async () => {
    house = await testHouse([organisationsModule, donationsModule]);
    house.clock.set("2026-06-15");
    work = mkdtempSync(join(tmpdir(), "shanzhi-ledgers-"));
  });
  afterAll(async () => {
    await house.close();
    rmSync(work, { recursive: true, force: true });
  });

  const upload = (name: string) => {
    const path = join(work, "given.csv");
    copyFileSync(join(folder, name), path);
    const bytes = readFileSync(path);
    return {
      fileName: name,
      declaredType: "text/csv",
      path,
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
  };
  const read = (name: string, more: object = {}) =>
    house.as("officer", home).call(importLedger, more, { upload: upload(name) });
  const isProblem = (one: { problem: boolean }) => one.problem;

  const declared = present
    ? lines("reconciliation.csv").map((line) => {
        const cells = /^([^,]+),(.*),(\d+),([\d.]+),([\d.]*),([-\d.]*)$/.exec(line);
        return { ledger: cells?.[1] ?? "", rows: Number(cells?.[3]), sum: cells?.[4] ?? "", total: cells?.[5] ?? "" };
      })
    : [];

  it.each(declared)("$ledger comes in whole and agrees with its total to the fen", async ({
    ledger,
    rows,
    sum,
    total,
  }) => {
    const answer = await read(`${ledger}.csv`, { ...(total ? { statedTotal: total } : {}), commit: true });
    expect(answer.remarks.filter(isProblem)).toEqual([]);
    // The second ledger is cumulative: six lines of the first stand in it again.
    const again = ledger === "hubei-redcross-02" ? 6 : 0;
    expect(answer).toMatchObject({
      gifts: rows,
      bad: 0,
      written: rows - again,
      same: again,
      sumFen: Math.round(Number(sum) * 100),
    });
    expect(answer.totals).toEqual(total ? [expect.objectContaining({ cell: "", differenceFen: 0, agrees: true })] : []);
  });

  it("a ledger published a second time is recognised line by line, also through a sheet", async () => {
    expect(await read("hubei-redcross-03.csv", { commit: true })).toMatchObject({ new: 0, same: 85, written: 0 });
    const clerk = house.as("officer", home);
    const batch = await clerk.call(
      stage,
      { operation: "donations.record-donation" },
      { upload: { ...upload("hubei-redcross-03.csv"), fileName: "hubei-redcross-04.csv" } },
    );
    await house.open.jobs.tick();
    expect(await clerk.call(getBatch, { id: batch.id })).toMatchObject({
      counts: { rows: 85, same: 85, new: 0, bad: 0 },
    });
  });

  it("the ledger of the house holds the sum of all of them", async () => {
    const [row] = await house.sql<{ sum: string }>(
      "select sum(b.balance)::text as sum from ledger_balance b join ledger_account a on a.id = b.account_id where a.kind = 'fund'",
    );
    const expected = declared.reduce((sum, one) => sum + BigInt(one.sum.replace(".", "")), 0n);
    const publishedTwice = 319_930_283n;
    expect(row?.sum).toBe(String(expected - publishedTwice));
    expect((await reconcile(house.open.database)).differences.map(differenceLine)).toEqual([]);
  });

  // File, gifts, uses, problems, and how far the stated total lies from the sum, in fen: shown, never hidden.
  const wuhan = [
    ["wuhan-接收社会捐赠明细-农业银行账户-.csv", 128, 0, 0, [0]],
    ["wuhan-接收社会捐赠现金公示-第11期.csv", 69, 0, 2, [expect.any(Number)]],
    ["wuhan-接收社会捐赠现金公示-第6期-1.csv", 100, 0, 0, []],
    ["wuhan-接收社会捐赠现金公示7-1.csv", 100, 0, 0, [-818_178_099]],
    ["wuhan-接收社会捐赠现金公示8-1.csv", 100, 0, 0, [-484_651_715]],
    ["wuhan-接收社会捐赠物资公示第6期-2.csv", 209, 0, 2, []],
    ["wuhan-接收社会捐赠物资公示第7期-2.csv", 138, 0, 0, []],
    ["wuhan-接收社会捐赠物资公示9-2.csv", 2, 48, 0, []],
    ["wuhan-发放物资一览表.csv", 0, 202, 0, []],
  ] as const;
  it.each(
    wuhan,
  )("%s: %i gifts and %i uses understood, %i problems told by cell", async (name, gifts, uses, bad, off) => {
    const answer = await read(name, { day: "2020-01-31" });
    expect(answer).toMatchObject({ gifts, uses, bad });
    expect(answer.totals.map((one) => one.differenceFen)).toEqual(off);
    expect(answer.totals.map((one) => one.agrees)).toEqual(off.map((one) => one === 0));
    for (const remark of answer.remarks) expect(remark.message).not.toMatch(/undefined|^donations\//);
    for (const remark of answer.remarks.filter(isProblem)) expect(remark.cell).toMatch(/^[A-E]\d+$/);
  });

  it("from whom to whom in one line: gifts and what was handed on of them, the later word about 36,000 masks as an entry", async () => {
    const answer = await read("hubei-outflow.csv", { day: "2020-01-30", commit: true });
    expect(answer).toMatchObject({ written: answer.gifts });
    expect(answer.gifts).toBeGreaterThan(15);
    expect(answer.usesWritten).toBe(answer.uses);
    const said = (code: string) =>
      answer.remarks.filter((one) => one.code === `donations/${code}`).map((one) => one.facts);
    expect(said("quantity-unclear")).toContainEqual({ text: "武汉仁爱医院1.6" });
    expect(said("shares-differ")).toEqual([{ given: 16_000, received: 36_000 }]);
    expect(said("quantity-unclear")).toContainEqual({ text: "双黄连口服液" });
    for (const remark of answer.remarks) expect(remark.message).not.toMatch(/undefined|^donations\//);

    const clerk = house.as("officer", home);
    const { donations } = await clerk.call(listDonations, { kind: "goods", limit: 200 });
    const masks = donations.find((one) => one.quantity === 36_000);
    if (!masks) throw new Error("the 36,000 masks are not in the list");
    const [use] = await house.sql<{ id: string }>(
      "select id from donation_use where recipient = '武汉天佑医院' and quantity = 16000",
    );
    const reason = "公示更正：N95口罩实为KN95口罩";
    // What was handed on of the wrong line is taken back first, and stands anew on the right one.
    await clerk.call(correctUse, { id: use?.id ?? "", reason });
    const corrected = await clerk.call(correctDonation, { id: masks.id, reason, right: { item: "KN95口罩" } });
    const old = await clerk.call(getDonation, { id: masks.id });
    expect(old).toMatchObject({ state: "corrected", item: "N95口罩", quantity: 36_000, correctionReason: reason });
    const right = await clerk.call(getDonation, { id: corrected.correctedBy ?? "" });
    expect(right).toMatchObject({ state: "recorded", item: "KN95口罩", quantity: 36_000 });
    const entries = await house.sql<{ of: string }>(
      `select correction_of::text as of from ledger_entry where subject_id in ('${masks.id}', '${use?.id}') and correction_of is not null`,
    );
    expect(entries).toHaveLength(2);
    expect((await reconcile(house.open.database)).differences.map(differenceLine)).toEqual([]);
  });

  it("shows where the published totals of a day are not the sum of its details", async () => {
    const { totals, gifts } = await read("wuhan-daily-published-vs-detail.csv");
    expect(gifts).toBe(0);
    const of = (on: string) =>
      totals.filter((one) => one.on === on && one.span === "day").map((one) => [one.statedFen, one.differenceFen]);
    expect(of("2020-01-31")).toEqual([
      [8_407_328_025, 0],
      [8_062_260_000, 345_068_025],
    ]);
    expect(of("2020-01-30")).toContainEqual([13_469_050_000, 4_695]);
    const toDate = totals.filter((one) => one.on === "2020-01-29" && one.span === "to-date");
    expect(toDate.map((one) => [one.statedFen, one.agrees])).toEqual([
      [47_035_574_954, false],
      [8_550_110_000, false],
    ]);
    expect(totals.filter((one) => !one.agrees).length).toBeGreaterThan(10);
  });

  it("reads a name over two rows as one, a blank as what stands above, a number with its unit", async () => {
    const given = (await read("wuhan-接收社会捐赠物资公示9-2.csv")).remarks;
    expect(given).toContainEqual(
      expect.objectContaining({ cell: "A5", code: "donations/name-over-two-rows", facts: { text: "武汉市第七医院" } }),
    );
    const joined = (await read("wuhan-接收社会捐赠物资公示第6期-2.csv", { day: "2020-01-28" })).remarks;
    expect(joined).toContainEqual(
      expect.objectContaining({ cell: "D7", code: "donations/unit-in-quantity", facts: { text: "198件", unit: "件" } }),
    );
    expect(joined).toContainEqual(
      expect.objectContaining({ code: "donations/same-as-above", facts: { text: "湖南幻影三陆零农牧科技公司" } }),
    );
  });
});

it.skipIf(present)("skipped: no shared data", () => undefined);
