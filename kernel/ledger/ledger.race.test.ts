import { afterAll, beforeAll, expect, it } from "vitest";
import { Refusal } from "../operation/errors.ts";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { ledgerBalance, listAccounts } from "./ledger.contract.ts";
import { ledgerTestModule, testCorrect, testMove, testPieces } from "./ledger.fixture.ts";
import { differenceLine, reconcile } from "./reconcile.ts";

const home = "630102";
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([ledgerTestModule]);
  house.clock.set("2026-06-15");
});
afterAll(() => house.close());

const hand = (at: number) => house.as("registrar", home, `hand-${at}`);
const move = (at: number, from: "source" | "fund", to: "fund" | "spent", amount: number, purpose: string) =>
  hand(at).call(testMove, { moves: [{ from, to, amount, purpose }] });
const balance = async (purpose: string) => {
  const { accounts } = await hand(0).call(listAccounts, { kind: "fund", limit: 200 });
  const account = accounts.find((one) => one.purpose === purpose)?.id ?? "";
  return (await hand(0).call(ledgerBalance, { account })).balance;
};
const settle = async (asked: readonly Promise<unknown>[]) => {
  const ends = await Promise.allSettled(asked);
  for (const end of ends) if (end.status === "rejected") expect(end.reason).toBeInstanceOf(Refusal);
  return ends.filter((end) => end.status === "fulfilled").length;
};
const agrees = async () => (await reconcile(house.open.database)).differences.map(differenceLine);

it("many give to one popular account at once: every gift is there", async () => {
  const asked = Array.from({ length: 120 }, (_, at) => move(at % 16, "source", "fund", at + 1, "众人"));
  expect(await settle(asked)).toBe(120);
  expect(await balance("众人")).toBe((120 * 121) / 2);
  expect(await agrees()).toEqual([]);
});

it("many use one account at once: exactly what is there is used, however it is spread", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, at) => move(at, "source", "fund", 10, "争用")));
  const asked = Array.from({ length: 100 }, (_, at) => move(at % 16, "fund", "spent", 7, "争用"));
  expect(await settle(asked)).toBe(28);
  expect(await balance("争用")).toBe(4);
  expect(await agrees()).toEqual([]);
});

it("two offices allocate the last piece at once: one has it, the other is told", async () => {
  for (let round = 0; round < 10; round++) {
    const serial = `SN-${round}`;
    await hand(1).call(testPieces, { from: "source", to: "仓库", serials: [serial] });
    const asked = [1, 2, 3].map((at) =>
      hand(at).call(testPieces, { from: "仓库", to: `${at}号院`, serials: [serial] }),
    );
    expect(await settle(asked)).toBe(1);
  }
  expect(await agrees()).toEqual([]);
});

it("an entry that two take back at once is taken back once", async () => {
  for (let round = 0; round < 6; round++) {
    const { entries } = await move(1, "source", "fund", 50, `更正${round}`);
    await move(1, "source", "fund", 1_000, `更正${round}`);
    const asked = [1, 2, 3, 4].map((at) => hand(at).call(testCorrect, { entry: entries[0] as string }));
    expect(await settle(asked)).toBe(1);
    expect(await balance(`更正${round}`)).toBe(1_000);
  }
  expect(await agrees()).toEqual([]);
});

it("gifts, uses and corrections of many hands at once leave a ledger that agrees, also while it is checked", async () => {
  const asked: Promise<unknown>[] = [];
  const given = await Promise.all(Array.from({ length: 10 }, (_, at) => move(at, "source", "fund", 100, "混合")));
  for (let at = 0; at < 60; at++) {
    asked.push(move(at % 16, "source", "fund", 30, "混合"), move(at % 16, "fund", "spent", 45, "混合"));
    if (at % 10 === 0) asked.push(hand(at).call(testCorrect, { entry: given[at / 10]?.entries[0] as string }));
    if (at % 20 === 0) asked.push(agrees().then((lines) => expect(lines).toEqual([])));
  }
  const ends = await Promise.allSettled(asked);
  for (const end of ends) if (end.status === "rejected") expect(end.reason).toBeInstanceOf(Refusal);
  expect(await balance("混合")).toBeGreaterThanOrEqual(0);
  expect(await agrees()).toEqual([]);
});

it("connections killed in the middle of everything leave no half of an entry", async () => {
  const give = (at: number) =>
    hand(at).call(testMove, {
      moves: Array.from({ length: 60 }, () => ({
        from: "source" as const,
        to: "fund" as const,
        amount: 3,
        purpose: "断电",
      })),
    });
  await give(0);
  let cut = 0;
  for (let round = 0; round < 6; round++) {
    const asked = Array.from({ length: 12 }, (_, at) => give(at));
    const ends = Promise.allSettled(asked);
    await new Promise((resolve) => setTimeout(resolve, 5 + round * 7));
    await house.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'shanzhi_app' and datname = current_database()",
    );
    cut += (await ends).filter((end) => end.status === "rejected").length;
  }
  expect(cut).toBeGreaterThan(0);
  expect((await balance("断电")) % 180).toBe(0);
  expect(await agrees()).toEqual([]);
});
