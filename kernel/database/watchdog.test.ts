import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { problemOf } from "../http/problem.ts";
import { connectEmbedded } from "./connect.ts";
import { type Database, openDatabase } from "./database.ts";
import { sql } from "./sql.ts";
import { DatabaseHung, patiently } from "./watchdog.ts";

/**
 * Counts for hours: nothing interrupts a statement of the embedded database but the end of its process. Three short series
 * instead of one long one, which would be written to disk by the gigabyte until then.
 */
const hang = sql`select count(*) from generate_series(1, 10000) a, generate_series(1, 10000) b, generate_series(1, 10000) c`;
const directory = mkdtempSync(join(tmpdir(), "shanzhi-watchdog-"));
const left: (number | null)[] = [];
let database: Database;

beforeAll(async () => {
  const connection = await connectEmbedded(directory, (code) => left.push(code));
  database = openDatabase(connection);
  await database.owner(async (client) => {
    await client.query("create role shanzhi_system; grant shanzhi_system to postgres");
    await client.query("create table kept (word text); grant all on kept to shanzhi_system");
  });
  connection.watch({ statementMs: 1_500, jobMs: 4_000 });
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

const system = { kind: "system" } as const;
const add = (word: string) => database.transaction(system, (tx) => tx.run(sql`insert into kept values (${word})`));
const words = () =>
  database.transaction(system, async (tx) =>
    (await tx.many<{ word: string }>(sql`select word from kept order by word`)).map((row) => row.word),
  );

it("a statement that hangs ends with its own process: a clear fault for it, the others are answered, nothing kept is lost", async () => {
  await add("a before");
  const began = Date.now();
  const hung = database
    .transaction(system, async (tx) => {
      await tx.run(sql`insert into kept values ('b undone')`);
      await tx.many(hang);
    })
    .then(
      () => "answered",
      (error: unknown) => error,
    );
  const waiting = Promise.all([words(), add("c waited")]);
  const error = await hung;
  expect(error).toBeInstanceOf(DatabaseHung);
  expect(Date.now() - began).toBeLessThan(15_000);
  expect(problemOf(error, "r")).toMatchObject({ status: 503, code: "operation/database-restarted" });
  await waiting;
  expect(await words()).toEqual(["a before", "c waited"]);
  expect(left).toEqual([]);
}, 60_000);

it("a job may take longer, and has an end too", async () => {
  const began = Date.now();
  const error = await patiently(() => database.transaction(system, (tx) => tx.many(hang))).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(DatabaseHung);
  expect(Date.now() - began).toBeGreaterThan(3_900);
  expect((await words())[0]).toBe("a before");
}, 60_000);
