import { z } from "zod";
import { defineTables, everything, readOnly, write } from "../../access/tables.ts";
import { sql } from "../../database/sql.ts";
import { defineCommand, defineQuery } from "../../operation/define.ts";
import { handle } from "../../operation/handle.ts";
import type { HouseModule } from "../../operation/house-module.ts";
import { id, text } from "../../operation/shapes.ts";
import type { SyncFeed } from "../feed.ts";

/** The smallest room that phones can work with (测试用模块): people in villages, and visits recorded without network. */

export const visit = defineCommand("toy.visit", {
  who: ["worker", "officer"],
  input: z.object({ personId: id, act: text(60), note: text(100) }),
  output: z.object({ id }),
  refusals: { "toy/unknown-person": 404, "toy/elsewhere": 409, "toy/no": 409 },
  privateFields: ["note"],
  offline: true,
});

/** A command that needs the network. */
export const rename = defineCommand("toy.rename", {
  who: ["worker", "officer"],
  input: z.object({ personId: id, name: text(40) }),
  output: z.object({}),
});

export const people = defineQuery("toy.people", {
  who: ["worker", "officer"],
  input: z.object({}),
  output: z.object({ people: z.array(z.object({ id, division: z.string() })) }),
});

interface PersonRow {
  home_code: string;
  division_code: string;
  merged_into: string | null;
}

const record = handle(visit)(async (input, ctx) => {
  if (input.note === "fault") throw new Error("a fault of the program");
  if (input.note === "no") return ctx.fail("toy/no");
  const find = (personId: string) =>
    sql`select home_code, division_code, merged_into from toy_person where id = ${personId}`;
  let personId = input.personId;
  let person = await ctx.tx.maybe<PersonRow>(find(personId));
  if (!person || person.merged_into) {
    let far = person ?? (await ctx.tx.lookup((tx) => tx.maybe<PersonRow>(find(personId))));
    for (; far?.merged_into; ) {
      personId = far.merged_into;
      far = await ctx.tx.lookup((tx) => tx.maybe<PersonRow>(find(personId)));
    }
    if (!far) return ctx.fail("toy/unknown-person");
    person = await ctx.tx.maybe<PersonRow>(find(personId));
    if (!person || person.home_code !== ctx.actor.home)
      return ctx.fail("toy/elsewhere", { holdAt: { home: far.home_code, division: far.division_code } });
  }
  if (person.home_code !== ctx.actor.home)
    return ctx.fail("toy/elsewhere", { holdAt: { home: person.home_code, division: person.division_code } });
  const visitId = ctx.newId();
  await ctx.tx.run(sql`
    insert into toy_visit (home_code, id, division_code, person_id, act_id, note, happened_at, device_id, clock_drift, written_by)
    values (${person.home_code}, ${visitId}, ${person.division_code}, ${personId}, ${input.act}, ${input.note}, ${ctx.happenedAt}, ${ctx.device}, ${ctx.clockDrift}, ${ctx.actor.accountId})`);
  const { home_code, division_code } = person;
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into toy_count (home_code, division_code, visits) values (${home_code}, ${division_code}, 1)
      on conflict (home_code, division_code) do update set visits = toy_count.visits + 1`);
  });
  await ctx.tx.run(
    sql`update toy_person set version = version + 1 where home_code = ${home_code} and id = ${personId}`,
  );
  return { id: visitId };
});

const setName = handle(rename)(async (input, ctx) => {
  await ctx.tx.run(
    sql`update toy_person set name = ${input.name}, version = version + 1 where home_code = ${ctx.actor.home} and id = ${input.personId}`,
  );
  return {};
});

const seen = handle(people)(async (_input, ctx) => ({
  people: (
    await ctx.tx.many<{ id: string; division_code: string }>(
      sql`select id, division_code from toy_person where merged_into is null order by id`,
    )
  ).map((row) => ({ id: row.id, division: row.division_code })),
}));

const feed: SyncFeed = {
  type: "toy-person",
  manifest: () =>
    sql`select id::text as id, version::text as version from toy_person where merged_into is null order by id`,
  async load(tx, ids) {
    const rows = await tx.many<{ id: string; name: string; division_code: string }>(
      sql`select id, name, division_code from toy_person where id = any(${ids}::uuid[])`,
    );
    return rows.map((row) => ({ id: row.id, body: { name: row.name, division: row.division_code } }));
  },
};

export const toyModule: HouseModule = {
  id: "toy",
  migrations: "kernel/sync/testing/migrations",
  tables: defineTables([
    { table: "toy_person", staff: write, worker: write, lookup: true },
    { table: "toy_visit", staff: everything, worker: write },
    { table: "toy_count", staff: readOnly },
  ]),
  handlers: [record, setName, seen],
  feeds: [feed],
  sentences: {
    zh: { "toy/unknown-person": "没有这个人。", "toy/elsewhere": "此人在别处。", "toy/no": "不行。" },
    en: { "toy/unknown-person": "Nobody.", "toy/elsewhere": "Elsewhere.", "toy/no": "No." },
  },
};
