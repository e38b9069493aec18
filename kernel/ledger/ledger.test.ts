import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { ledgerBalance, listAccounts, listPostings, traceLedger, traceSerial } from "./ledger.contract.ts";
import { ledgerTestModule, testCorrect, testMove, testPieces } from "./ledger.fixture.ts";
import { differenceLine, reconcile } from "./reconcile.ts";

const home = "630102";
const TODAY = "2026-06-15";
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([ledgerTestModule]);
  house.clock.set(TODAY);
});
afterAll(() => house.close());

const clerk = () => house.as("registrar", home);
const give = (amount: number, purpose = "", on = "2026-03-01") =>
  ({ from: "source", to: "fund", amount, purpose, on }) as const;
const use = (amount: number, purpose = "", on = "2026-03-02") =>
  ({ from: "fund", to: "spent", amount, purpose, on }) as const;
const moves = (...list: object[]) => clerk().call(testMove, { moves: list as never });
const fund = async (purpose: string) => {
  const { accounts } = await clerk().call(listAccounts, { kind: "fund", limit: 200 });
  return accounts.find((one) => one.purpose === purpose)?.id ?? "";
};
const agrees = async () => (await reconcile(house.open.database)).differences.map(differenceLine);

describe("the ledger", () => {
  it("holds what came in less what went out, on any day", async () => {
    await moves(give(10_000, "甲", "2026-01-31"), give(500, "甲", "2026-02-01"), use(700, "甲", "2026-04-10"));
    const account = await fund("甲");
    const ask = async (asOf?: string) =>
      (await clerk().call(ledgerBalance, { account, ...(asOf ? { "as-of": asOf } : {}) })).balance;
    expect(await ask()).toBe(9_800);
    expect([
      await ask("2026-01-30"),
      await ask("2026-01-31"),
      await ask("2026-02-01"),
      await ask("2026-04-09"),
    ]).toEqual([0, 10_000, 10_500, 10_500]);
    expect(await ask("2026-04-10")).toBe(9_800);
    expect(await agrees()).toEqual([]);
  });

  it("refuses to give more than there is, and posts nothing of that command", async () => {
    await moves(give(100, "乙"));
    await expect(moves(give(50, "乙"), use(200, "乙"))).rejects.toMatchObject({
      code: "ledger/insufficient",
      facts: { available: 100, asked: 200, unit: "fen" },
    });
    expect((await clerk().call(ledgerBalance, { account: await fund("乙") })).balance).toBe(100);
    await expect(clerk().call(testMove, { moves: [give(1, "乙")], thenFail: true })).rejects.toThrow("something broke");
    expect((await clerk().call(ledgerBalance, { account: await fund("乙") })).balance).toBe(100);
    expect(await agrees()).toEqual([]);
  });

  it("lets nothing leave its purpose without a recorded change, and nothing be dated before its account", async () => {
    await moves(give(100, "丙"), give(100, ""));
    const away = { from: "fund", to: "spent", purpose: "丙", toPurpose: "丁", amount: 10 } as const;
    await expect(moves(away)).rejects.toMatchObject({ code: "ledger/purpose-restricted", facts: { purpose: "丙" } });
    await moves({ ...away, change: "01890000-0000-7000-8000-000000000000" });
    await moves({ ...away, purpose: "", amount: 10 });
    await expect(moves(give(1, "丙", "2019-12-31"))).rejects.toMatchObject({
      code: "ledger/before-account",
      facts: { openedOn: "2020-01-01", on: "2019-12-31" },
    });
    expect(await agrees()).toEqual([]);
  });

  it("refuses entries no program may build", async () => {
    await expect(moves({ ...give(1), amount: 0 })).rejects.toThrow("not an amount");
    await expect(moves({ ...give(1), amount: 0.5 })).rejects.toThrow();
  });

  it("follows a gift to where it was used and a use back to its gifts, first in first out", async () => {
    const { entries } = await moves(give(300, "戊"));
    await moves(give(300, "戊"));
    const { entries: used } = await moves(use(200, "戊"));
    const { entries: usedLater } = await moves(use(250, "戊"));
    const spread = async (entry: string) => {
      const answer = await clerk().call(traceLedger, { posting: entry });
      return { source: answer.source.steps, end: answer.end.steps, rests: answer.end.rests };
    };
    // One fund in eight rows: which gift a use is of depends on the row, but nothing is lost or invented.
    const back = await spread(used[0] as string);
    expect(back.source.filter((step) => step.depth === 0).reduce((sum, step) => sum + step.amount, 0)).toBe(200);
    expect(back.source.filter((step) => step.from.kind === "source").reduce((sum, step) => sum + step.amount, 0)).toBe(
      200,
    );
    const forward = await spread(entries[0] as string);
    const spent = forward.end.filter((step) => step.to.kind === "spent").reduce((sum, step) => sum + step.amount, 0);
    const rest = forward.rests.filter((one) => one.account.kind === "fund").reduce((sum, one) => sum + one.amount, 0);
    expect(spent + rest).toBe(300);
    expect(usedLater).toHaveLength(1);
  });

  it("takes an entry back by a new one, once, and paths skip both", async () => {
    const { entries: wrong } = await moves(give(36_000, "己"));
    await moves(give(500, "己"));
    const { entry } = await clerk().call(testCorrect, { entry: wrong[0] as string });
    expect((await clerk().call(ledgerBalance, { account: await fund("己") })).balance).toBe(500);
    await expect(clerk().call(testCorrect, { entry: wrong[0] as string })).rejects.toMatchObject({
      code: "ledger/already-corrected",
    });
    await expect(clerk().call(testCorrect, { entry })).rejects.toMatchObject({ code: "ledger/already-corrected" });
    const { entries: used } = await moves(use(500, "己"));
    const answer = await clerk().call(traceLedger, { posting: used[0] as string });
    expect(answer.source.steps.some((step) => step.entryId === wrong[0])).toBe(false);
    expect(answer.source.steps.find((step) => step.from.kind === "source")?.amount).toBe(500);
    const { postings } = await clerk().call(listPostings, { account: await fund("己") });
    expect(postings.find((one) => one.entryId === wrong[0])?.correctedBy).toBe(entry);
    await expect(
      clerk().call(testCorrect, { entry: (await moves(give(5, "己"))).entries[0] as string }),
    ).resolves.toBeDefined();
    expect(await agrees()).toEqual([]);
  });

  it("refuses to take back what has been used", async () => {
    const { entries } = await moves(give(80, "庚"));
    await moves(use(60, "庚"));
    await expect(clerk().call(testCorrect, { entry: entries[0] as string })).rejects.toMatchObject({
      code: "ledger/insufficient",
      facts: { available: 20, asked: 80 },
    });
  });

  it("knows where every numbered piece stands and gives none away twice", async () => {
    const pieces = (from: string, to: string, serials: string[], count?: number) =>
      clerk().call(testPieces, { from, to, serials, ...(count === undefined ? {} : { count }) });
    await pieces("source", "仓库", ["ZY-1", "ZY-2", "ZY-3"]);
    await expect(pieces("source", "仓库", ["ZY-3"])).rejects.toMatchObject({ code: "ledger/serial-known" });
    await pieces("仓库", "一号院", ["ZY-1"]);
    await expect(pieces("仓库", "二号院", ["ZY-1"])).rejects.toMatchObject({
      code: "ledger/serial-elsewhere",
      facts: { serials: ["ZY-1"] },
    });
    await expect(pieces("仓库", "二号院", ["ZY-2", "ZY-2"])).rejects.toMatchObject({ code: "ledger/serials-missing" });
    await expect(pieces("仓库", "二号院", ["ZY-2"], 2)).rejects.toMatchObject({ code: "ledger/serials-missing" });
    const wrong = await pieces("仓库", "二号院", ["ZY-2"]);
    await clerk().call(testCorrect, { entry: wrong.entry });
    await pieces("仓库", "三号院", ["ZY-2"]);
    const [seen] = (await clerk().call(traceSerial, { serial: "ZY-2" })).pieces;
    expect(seen?.at.owner).toBe("三号院");
    expect(seen?.moves.map((move) => move.to.owner)).toEqual(["仓库", "二号院", "仓库", "三号院"]);
    expect(await agrees()).toEqual([]);
  });

  it("is read below one's division and written by nobody but its home", async () => {
    const above = house.as("registrar", "63");
    const { accounts } = await above.call(listAccounts, { limit: 200 });
    expect(accounts.length).toBeGreaterThan(5);
    expect((await house.as("registrar", "630104").call(listAccounts, {})).accounts).toEqual([]);
    await expect(above.call(testMove, { moves: [give(1)] })).rejects.toMatchObject({ code: expect.any(String) });
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await above.call(listAccounts, { limit: 3, ...(after ? { after } : {}) });
      paged.push(...page.accounts.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after);
    expect(paged).toEqual(accounts.map((one) => one.id));
    await above.call(listAccounts, { after: "garbage" });
  });

  it("cannot be altered by anybody who is signed in", async () => {
    const scope = { kind: "staff", lo: home, hi: "630103", home } as const;
    for (const text of [
      "update ledger_posting set amount = 1",
      "delete from ledger_entry",
      "update ledger_entry set cause = ''",
    ])
      await expect(house.open.database.transaction(scope, (tx) => tx.run({ text, values: [] }))).rejects.toThrow(
        /permission denied/,
      );
  });

  it("names each difference when somebody has been at the tables", async () => {
    const rows = await house.sql<{ account_id: string }>(
      "select account_id from ledger_balance where balance > 0 limit 1",
    );
    const account = rows[0]?.account_id;
    await house.open.database.transaction({ kind: "system" }, async (tx) => {
      await tx.run({
        text: "update ledger_balance set in_total = in_total + 5, balance = balance + 5 where account_id = $1 and balance > 0",
        values: [account],
      });
    });
    const lines = await agrees();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]).toMatch(new RegExp(`^DIFFERENCE balance ${account}/\\d: kept .*, found `));
    await house.open.database.transaction({ kind: "system" }, async (tx) => {
      await tx.run({
        text: "update ledger_balance set in_total = in_total - 5, balance = balance - 5 where account_id = $1 and balance > 0",
        values: [account],
      });
    });
    expect(await agrees()).toEqual([]);
  });

  it("stays true through any sequence of gifts, uses, changes of purpose and corrections", async () => {
    let run = 0;
    const act = fc.record({
      kind: fc.constantFrom("give", "use", "change", "correct"),
      amount: fc.integer({ min: 1, max: 1_000 }),
      purpose: fc.constantFrom("", "x"),
      pick: fc.nat(50),
      day: fc.integer({ min: 1, max: 28 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
        const name = `第${run++}轮`;
        const held = new Map<string, number>();
        // Every change of a fund with its day: what a replay up to any day adds up.
        const story: { purpose: string; on: string; amount: number }[] = [];
        const kept: { entry: string; from: string | null; to: string | null; amount: number }[] = [];
        const purposeOf = (one: string) => (one === "" ? name : `${name}${one}`);
        for (const one of acts) {
          const purpose = purposeOf(one.purpose);
          const on = `2026-05-${String(one.day).padStart(2, "0")}`;
          const has = held.get(purpose) ?? 0;
          if (one.kind === "give") {
            const { entries } = await moves(give(one.amount, purpose, on));
            held.set(purpose, has + one.amount);
            story.push({ purpose, on, amount: one.amount });
            kept.push({ entry: entries[0] as string, from: null, to: purpose, amount: one.amount });
          } else if (one.kind === "use" || one.kind === "change") {
            const other = one.kind === "use" ? purpose : purposeOf(one.purpose === "" ? "x" : "");
            const change = {
              ...use(one.amount, purpose, on),
              ...(one.kind === "change"
                ? { to: "fund", toPurpose: other, change: "01890000-0000-7000-8000-000000000000" }
                : {}),
            };
            const done = moves(change);
            if (one.amount > has)
              await expect(done).rejects.toMatchObject({ code: "ledger/insufficient", facts: { available: has } });
            else {
              const { entries } = await done;
              held.set(purpose, has - one.amount);
              story.push({ purpose, on, amount: -one.amount });
              if (one.kind === "change") story.push({ purpose: other, on, amount: one.amount });
              if (one.kind === "change") held.set(other, (held.get(other) ?? 0) + one.amount);
              kept.push({
                entry: entries[0] as string,
                from: purpose,
                to: one.kind === "change" ? other : null,
                amount: one.amount,
              });
            }
          } else if (kept.length > 0) {
            const wrong = kept[one.pick % kept.length] as (typeof kept)[number];
            const left = wrong.to === null ? wrong.amount : (held.get(wrong.to) ?? 0);
            const done = clerk().call(testCorrect, { entry: wrong.entry });
            if (left < wrong.amount) await expect(done).rejects.toMatchObject({ code: "ledger/insufficient" });
            else {
              await done;
              kept.splice(one.pick % kept.length, 1);
              if (wrong.to !== null) story.push({ purpose: wrong.to, on: TODAY, amount: -wrong.amount });
              if (wrong.from !== null) story.push({ purpose: wrong.from, on: TODAY, amount: wrong.amount });
              if (wrong.to !== null) held.set(wrong.to, left - wrong.amount);
              if (wrong.from !== null) held.set(wrong.from, (held.get(wrong.from) ?? 0) + wrong.amount);
            }
          }
        }
        for (const [purpose, amount] of held) {
          const account = await fund(purpose);
          if (!account) continue;
          expect((await clerk().call(ledgerBalance, { account })).balance).toBe(amount);
          for (const day of [
            "2026-04-30",
            "2026-05-01",
            "2026-05-09",
            "2026-05-20",
            "2026-05-31",
            "2026-06-14",
            TODAY,
          ]) {
            const until = story.filter((one) => one.purpose === purpose && one.on <= day);
            const replayed = until.reduce((sum, one) => sum + one.amount, 0);
            expect((await clerk().call(ledgerBalance, { account, asOf: day })).balance).toBe(replayed);
          }
        }
        // Every gift that stands is somewhere: used, or still in a fund; every use comes from gifts that stand.
        for (const one of kept.filter((each) => each.from === null)) {
          const { end } = await clerk().call(traceLedger, { posting: one.entry });
          expect(end.rests.reduce((sum, rest) => sum + rest.amount, 0)).toBe(one.amount);
        }
        for (const one of kept.filter((each) => each.to === null)) {
          const { source } = await clerk().call(traceLedger, { posting: one.entry });
          expect(
            source.steps.filter((step) => step.from.kind === "source").reduce((sum, step) => sum + step.amount, 0),
          ).toBe(one.amount);
        }
        expect(await agrees()).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
