import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kernelTables } from "../kernel/access/kernel-tables.ts";
import { backup, restore } from "../kernel/backup/backup.ts";
import { connectPostgres, loginPasswords } from "../kernel/database/connect.ts";
import { openDatabase } from "../kernel/database/database.ts";
import { migrate } from "../kernel/database/migrate.ts";
import { modules } from "./modules.ts";
import { openConfigured, projectRoot } from "./open.ts";
import { readConfig } from "./server/config.ts";

const owner = "shanzhi_backup_owner";
const names = ["shanzhi_backup_from", "shanzhi_backup_to"] as const;
const folder = mkdtempSync(join(tmpdir(), "shanzhi-backup-"));
let server: pg.Client;

function urlOf(database: string): string {
  const url = new URL(process.env.SHANZHI_TEST_URL as string);
  url.username = owner;
  url.password = "owner-of-the-test";
  url.pathname = `/${database}`;
  return url.href;
}

async function cleared(): Promise<void> {
  for (const name of names) await server.query(`drop database if exists ${name} with (force)`);
  const { rowCount } = await server.query("select 1 from pg_roles where rolname = $1", [owner]);
  if (rowCount) await server.query(`drop owned by ${owner} cascade`).then(() => server.query(`drop role ${owner}`));
}

beforeAll(async () => {
  server = new pg.Client({ connectionString: process.env.SHANZHI_TEST_URL });
  await server.connect();
  await cleared();
  await server.query(`create role ${owner} login createrole password 'owner-of-the-test'`);
  // Roles belong to the whole server: other tests have made the grant roles before, as somebody else.
  const { rows } = await server.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname like 'shanzhi\\_%' and rolname <> $1",
    [owner],
  );
  for (const { rolname } of rows) await server.query(`grant ${rolname} to ${owner} with admin option`);
  for (const name of names)
    await server.query(`create database ${name} owner ${owner} encoding 'UTF8' template template0`);
});
afterAll(async () => {
  await cleared();
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

it("an owner who is no superuser backs up every row, those behind row policies too", async () => {
  const from = readConfig({
    DATABASE_URL: urlOf(names[0]),
    SHANZHI_DATA: join(folder, "from"),
    SHANZHI_ROOT: "630102",
  });
  const open = await openConfigured(from);
  const file = join(folder, "house.bak");
  const into = openDatabase(connectPostgres(urlOf(names[1])), 1);
  try {
    const clerk = {
      accountId: null,
      displayName: "test",
      role: "system",
      grantId: null,
      scope: { kind: "system" },
      division: "630102",
      home: "630102",
      organisation: null,
      unit: null,
    } as const;
    await open.call(
      "organisations.record-existing",
      { name: "城东区望春助学促进会", kind: "social_group", registeredOn: "2015-03-01" },
      clerk,
    );
    await open.database.owner((client) =>
      backup(client, open.house.files, open.house.keys, "a passphrase of the test", file, new Date()),
    );

    const folders = [
      join(projectRoot(), "kernel/migrations"),
      ...modules.flatMap((one) => (one.migrations ? [join(projectRoot(), one.migrations)] : [])),
    ];
    const tables = [...kernelTables, ...modules.flatMap((one) => one.tables ?? [])];
    const logins = loginPasswords(urlOf(names[1]));
    await into.owner(async (client) => {
      await restore(file, "a passphrase of the test", {
        client,
        directory: join(folder, "to"),
        prepare: async (ids) => void (await migrate(client, folders, tables, logins, new Set(ids))),
      });
    });
    const there = new URL(process.env.SHANZHI_TEST_URL as string);
    there.pathname = `/${names[1]}`;
    const reader = new pg.Client({ connectionString: there.href });
    await reader.connect();
    const { rows } = await reader.query(
      "select (select count(*)::int from organisation) as organisations, (select count(*)::int from journal_entry) as entries",
    );
    await reader.end();
    expect(rows).toEqual([{ organisations: 1, entries: 1 }]);
  } finally {
    await into.close();
    await open.close();
  }
});
