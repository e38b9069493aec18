import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTables, readOnly } from "../access/tables.ts";
import { sql } from "../database/sql.ts";
import { defineDuty } from "../duty/define.ts";
import { openDuties } from "../duty/duty.ts";
import { defineCommand, defineQuery } from "../operation/define.ts";
import { handle } from "../operation/handle.ts";
import { text } from "../operation/shapes.ts";
import { type TestHouse, testHouse } from "./house.ts";

const kind = defineDuty({ id: "probe.act", holder: "staff", law: [], remindDaysBefore: [] });
const act = defineCommand("probe.act", {
  who: ["registrar"],
  input: z.object({ word: text(20), refuse: z.boolean().optional() }),
  output: z.object({ id: z.uuid() }),
  refusals: { "probe/no": 409 },
});
const look = defineQuery("probe.look", {
  who: ["registrar", "auditor"],
  input: z.object({}),
  output: z.object({ duties: z.int() }),
});
const keep = defineCommand("probe.keep", {
  who: ["registrar"],
  input: z.object({ word: text(20) }),
  output: z.object({ kept: z.int() }),
  refusals: {},
});
const probe = {
  id: "probe",
  tables: defineTables([]),
  handlers: [
    handle(act)(async (input, ctx) => {
      const id = ctx.newId();
      openDuties(ctx, [
        {
          kind,
          home: ctx.actor.home,
          division: ctx.actor.division ?? "",
          subject: id,
          label: input.word,
          link: "/",
          due: ctx.today,
        },
      ]);
      if (input.refuse) return ctx.fail("probe/no", { word: input.word });
      return { id };
    }),
    // Written under the asker's own role, where a second time would fail.
    handle(keep)(async ({ word }, ctx) => ({
      kept: await ctx.tx.run(sql`insert into probe_word (word) values (${word})`),
    })),
    handle(look)(async (_input, ctx) => {
      const row = await ctx.tx.one<{ n: number }>(sql`select count(*) as n from duty where kind = 'probe.act'`);
      return { duties: row.n };
    }),
  ],
};
void readOnly;

describe("the machine that runs operations", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse([probe]);
    await house.sql("create table probe_word (word text primary key); grant insert on probe_word to shanzhi_staff");
  });
  afterAll(() => house.close());

  it("a replayed command gets its first answer and acts once", async () => {
    const clerk = house.as("registrar", "630102");
    const first = await clerk.call(act, { word: "甲" }, { key: "k1" });
    const second = await clerk.call(act, { word: "甲" }, { key: "k1" });
    expect(second).toEqual(first);
    expect((await clerk.call(look, {})).duties).toBe(1);
    await expect(clerk.call(act, { word: "乙" }, { key: "k1" })).rejects.toMatchObject({
      code: "operation/key-used-for-another-input",
    });
  });

  it("a replay gets the first answer also where its handler writes by itself and fails the second time", async () => {
    const clerk = house.as("registrar", "630106");
    const replays = () => Promise.all([1, 2, 3].map(() => clerk.call(keep, { word: "丁" }, { key: "once" })));
    expect(await replays()).toEqual([{ kept: 1 }, { kept: 1 }, { kept: 1 }]);
    expect(await replays()).toEqual([{ kept: 1 }, { kept: 1 }, { kept: 1 }]);
    expect(await house.sql("select word from probe_word")).toEqual([{ word: "丁" }]);
    await expect(clerk.call(keep, { word: "丁" }, { key: "another" })).rejects.toMatchObject({ code: "23505" });
  });

  it("concurrent replays act once", async () => {
    const clerk = house.as("registrar", "630103");
    const answers = await Promise.all([1, 2, 3, 4].map(() => clerk.call(act, { word: "同" }, { key: "same" })));
    expect(new Set(answers.map((one) => one.id)).size).toBe(1);
    expect((await clerk.call(look, {})).duties).toBe(1);
  });

  it("a refusal writes nothing but its journal entry, and is replayed too", async () => {
    const clerk = house.as("registrar", "630104");
    for (let again = 0; again < 2; again++) {
      await expect(clerk.call(act, { word: "丙", refuse: true }, { key: "r" })).rejects.toMatchObject({
        code: "probe/no",
        facts: { word: "丙" },
      });
    }
    expect((await clerk.call(look, {})).duties).toBe(0);
    const entries = await house.sql<{ code: string }>(
      "select code from journal_entry where refused and division_code = '630104'",
    );
    expect(entries).toEqual([{ code: "probe/no" }]);
  });

  it("staff see their division and what lies below, nothing beside or above", async () => {
    const seen = async (division: string) => (await house.as("auditor", division).call(look, {})).duties;
    expect([
      await seen("63"),
      await seen("6301"),
      await seen("630102"),
      await seen("630105"),
      await seen("6302"),
    ]).toEqual([2, 2, 1, 0, 0]);
  });

  it("invalid input names the field and writes nothing", async () => {
    const clerk = house.as("registrar", "630102");
    await expect(clerk.call(act, { word: "a\u0000b" })).rejects.toMatchObject({
      problems: [{ path: ["word"], problem: "control-characters" }],
    });
    await expect(clerk.call(act, { word: "" })).rejects.toMatchObject({
      problems: [{ path: ["word"], problem: "too_small" }],
    });
  });

  it("a role that may not is refused and journalled", async () => {
    await expect(house.as("auditor", "63").call(act, { word: "丁" })).rejects.toMatchObject({
      status: 403,
      code: "auth/not-your-role",
    });
    await expect(house.portal.call(act, { word: "丁" })).rejects.toMatchObject({ status: 401 });
  });

  it("no grant role can write the journal or read accounts", async () => {
    const staff = { kind: "staff", lo: "63", hi: "64", home: "630000" } as const;
    await expect(
      house.open.database.transaction(staff, (tx) => tx.run(sql`delete from journal_entry`)),
    ).rejects.toThrow(/permission denied/);
    await expect(house.open.database.transaction(staff, (tx) => tx.many(sql`select * from account`))).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      house.open.database.transaction({ kind: "portal" }, (tx) => tx.many(sql`select * from duty`)),
    ).rejects.toThrow(/permission denied/);
  });

  it("questions asked at once keep their own rights: a lookup never lends its role to a neighbour", async () => {
    const staff = { kind: "staff", lo: "630102", hi: "630103", home: "630102" } as const;
    const role = sql`select current_user::text as role`;
    const seen = await house.open.database.transaction(staff, (tx) =>
      Promise.all([
        tx.lookup((inner) => inner.one<{ role: string }>(role)),
        tx.one<{ role: string }>(role),
        tx.lookup((inner) => inner.one<{ role: string }>(role)),
        tx.one<{ role: string }>(role),
      ]),
    );
    expect(seen.map((one) => one.role)).toEqual(["shanzhi_lookup", "shanzhi_staff", "shanzhi_lookup", "shanzhi_staff"]);
  });

  it("a transaction inside a transaction is refused instead of waiting for ever", async () => {
    const { database } = house.open;
    await expect(
      database.transaction({ kind: "system" }, () => database.transaction({ kind: "system" }, async () => 1)),
    ).rejects.toThrow(/already open/);
  });
});
