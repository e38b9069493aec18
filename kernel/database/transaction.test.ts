import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { sql } from "./sql.ts";
import type { Scope, Tx } from "./transaction.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
}, 120_000);
afterAll(() => house.close());

const staff: Scope = { kind: "staff", lo: "630102", hi: "630103", home: "630102" };
const role = sql`select current_user::text as role`;
const inside = <T>(work: (tx: Tx) => Promise<T>, scope: Scope = staff) => house.open.database.transaction(scope, work);
const roleOf = async (tx: Tx) => (await tx.one<{ role: string }>(role)).role;

describe("a transaction", () => {
  it("answers statements asked together in their order, each with its own rows", async () => {
    const answers = await inside((tx) =>
      Promise.all(Array.from({ length: 20 }, (_, at) => tx.one<{ at: number }>(sql`select ${at}::integer as at`))),
    );
    expect(answers.map((one) => one.at)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it("asks nothing under the role of a lookup but the lookup itself, however many are asked at once", async () => {
    const seen = await inside((tx) =>
      Promise.all([
        roleOf(tx),
        tx.lookup(async (other) => [await roleOf(other), await roleOf(other)]),
        roleOf(tx),
        tx.lookup(roleOf),
        roleOf(tx),
      ]),
    );
    expect(seen).toEqual([
      "shanzhi_staff",
      ["shanzhi_lookup", "shanzhi_lookup"],
      "shanzhi_staff",
      "shanzhi_lookup",
      "shanzhi_staff",
    ]);
  });

  it("is the actor again after a lookup that failed", async () => {
    const after = await inside(async (tx) => {
      await tx
        .lookup(async () => {
          throw new RangeError("mine");
        })
        .catch(() => {});
      return roleOf(tx);
    });
    expect(after).toBe("shanzhi_staff");
  });

  it("does not commit in silence when a statement had failed and nobody looked", async () => {
    await expect(
      inside(async (tx) => {
        await tx.run(sql`select 1 / 0`).catch(() => {});
        return "well";
      }),
    ).rejects.toThrow("rolled back");
  });

  it("fails with the reason of a last statement that failed, and keeps nothing of the transaction", async () => {
    const system: Scope = { kind: "system" };
    const add = sql`insert into holiday (day, kind, name) values ('2099-01-01', 'holiday', 'test')`;
    await expect(
      inside(async (tx) => {
        await tx.run(add);
        await tx.last(add);
        return "well";
      }, system),
    ).rejects.toMatchObject({ code: "23505" });
    expect(await house.sql("select 1 from holiday where day = '2099-01-01'")).toEqual([]);
    await inside((tx) => tx.last(add), system);
    expect(await house.sql("select 1 from holiday where day = '2099-01-01'")).toHaveLength(1);
    await inside((tx) => tx.run(sql`delete from holiday where day = '2099-01-01'`), system);
  });

  it("tells why a statement failed that nobody waited for, not that those after it were in an aborted transaction", async () => {
    const broken = inside(async (tx) => {
      await tx.last(sql`select 1 / 0`);
      await tx.run(sql`select 1`);
    });
    await expect(broken).rejects.toMatchObject({ code: "22012" });
  });

  it("runs nothing when its scope cannot be put in force", async () => {
    const forged = { kind: "staff", lo: "63", hi: "64'; reset role; --", home: "630000" } as const;
    let reached = false;
    await expect(
      inside(async (tx) => {
        reached = true;
        return roleOf(tx);
      }, forged),
    ).rejects.toThrow("not a plain literal");
    expect(reached).toBe(false);
    expect(await inside(roleOf)).toBe("shanzhi_staff");
  });

  it("runs nothing that still waited for its turn when the work failed: it would run after the rollback", async () => {
    await house.sql("create table left_behind (at integer not null)");
    await house.sql("grant insert on left_behind to shanzhi_system");
    const given = inside(
      async (tx) => {
        for (let at = 0; at < 5; at++) await tx.last(sql`insert into left_behind (at) values (${at})`);
        throw new Error("given up");
      },
      { kind: "system" },
    );
    await expect(given).rejects.toThrow("given up");
    expect(await house.sql("select * from left_behind")).toEqual([]);
  });
});
