import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { traceLedger, traceSerial } from "./ledger.contract.ts";
import { ledgerTestModule, testSend } from "./ledger.fixture.ts";
import { differenceLine, reconcile } from "./reconcile.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([ledgerTestModule]);
  house.clock.set("2026-06-15");
});
afterAll(() => house.close());

const province = () => house.as("registrar", "63");
const county = () => house.as("registrar", "630102");
const send = (amount: number, more: object = {}) => province().call(testSend, { amount, to: "630102", ...more });
const agrees = async () => (await reconcile(house.open.database)).differences.map(differenceLine);
const total = (steps: readonly { cause: string; amount: number }[], cause: string) =>
  steps.filter((step) => step.cause === cause).reduce((sum, step) => sum + step.amount, 0);

describe("what goes from one register to another", () => {
  it("is two entries that name each other, and is followed both ways by either office", async () => {
    const { gift } = await send(1, { give: 30 });
    const sent = await send(12, { serials: Array.from({ length: 12 }, (_, at) => `OX-${at}`) });
    expect(sent.out).not.toBe(sent.in);
    const forward = await province().call(traceLedger, { posting: gift ?? "" });
    expect(total(forward.end.steps, "ledger-test.sent")).toBe(2 * 13);
    expect(forward.end.rests.map((one) => [one.account.kind, one.amount]).sort()).toEqual([
      ["stock", 17],
      ["transit", 13],
    ]);
    expect(forward.end.steps.map((step) => `${step.from.kind} ${step.to.kind}`)).toEqual(
      expect.arrayContaining(["source stock", "stock sent", "sent transit"]),
    );
    // The county sees nothing of the province's register, and yet where its own pieces came from.
    await expect(county().call(traceLedger, { posting: gift ?? "" })).rejects.toMatchObject({
      code: "ledger/unknown-entry",
    });
    const back = await county().call(traceLedger, { posting: sent.in });
    expect(back.entry.counterpart).toBe(sent.out);
    expect(back.source.steps.map((step) => [step.from.kind, step.to.kind, step.amount])).toEqual([
      ["sent", "transit", 12],
      ["stock", "sent", 12],
      ["source", "stock", 12],
    ]);
    const { pieces } = await province().call(traceSerial, { serial: "OX-3" });
    expect(pieces[0]?.moves.map((move) => move.to.kind)).toEqual(["sent", "transit"]);
    expect(pieces[0]?.at.division).toBe("630102");
    expect(await agrees()).toEqual([]);
  });

  it("is taken back on both sides, and paths skip it", async () => {
    const { gift } = await send(1, { give: 5, to: "630103" });
    const wrong = await send(3, { to: "630103" });
    await province().call(testSend, { amount: 1, to: "630103", back: { out: wrong.out, in: wrong.in } });
    const { end } = await province().call(traceLedger, { posting: gift ?? "" });
    expect(end.steps.some((step) => step.entryId === wrong.out)).toBe(false);
    await expect(
      province().call(testSend, { amount: 1, to: "630103", back: { out: wrong.out, in: wrong.in } }),
    ).rejects.toMatchObject({ code: "ledger/already-corrected" });
    expect(await agrees()).toEqual([]);
  });

  it("leaves nothing of either side when one is refused", async () => {
    const before = await house.sql<{ count: number }>("select count(*)::int as count from ledger_entry");
    await expect(send(10_000)).rejects.toMatchObject({ code: "ledger/insufficient" });
    expect(await house.sql("select count(*)::int as count from ledger_entry")).toEqual(before);
  });

  it.each([
    ["one side is missing", "delete from ledger_entry where id = $1", true],
    [
      "one side was taken back alone",
      "update ledger_entry set correction_of = $1, home_code = '630102' where id = (select id from ledger_entry where cause = 'ledger-test.given' limit 1)",
      false,
    ],
    ["the sides differ", "update ledger_posting set amount = sign(amount) * 99 where entry_id = $1", false],
    ["a side names another", "update ledger_entry set counterpart = id where id = $1", false],
  ])("reconciliation is red when %s", async (_, broken, gone) => {
    const sent = await send(2, { give: 2 });
    expect(await agrees()).toEqual([]);
    await house.sql("create table kept_entry as select * from ledger_entry");
    await house.sql("create table kept_posting as select * from ledger_posting");
    try {
      await house.sql(broken, [sent.in]);
      const lines = await agrees();
      expect(lines.filter((line) => line.startsWith("DIFFERENCE counterpart")).length).toBeGreaterThan(0);
      expect(lines.some((line) => line.includes(gone ? sent.out : sent.in) || line.includes(sent.out))).toBe(true);
    } finally {
      await house.sql("delete from ledger_entry; delete from ledger_posting");
      await house.sql("insert into ledger_entry select * from kept_entry");
      await house.sql("insert into ledger_posting select * from kept_posting");
      await house.sql("drop table kept_entry; drop table kept_posting");
    }
    expect(await agrees()).toEqual([]);
  });
});
