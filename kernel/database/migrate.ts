import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type pg from "pg";
import { applyAccess } from "../access/apply.ts";
import type { TableAccess } from "../access/tables.ts";
import { grantRoles } from "./transaction.ts";

/** The migrations of the given folders in the order of their names (UTC timestamp first). */
export function readMigrations(folders: readonly string[]): { id: string; text: string }[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .map((file) => join(folder, file)),
  );
  return files
    .map((file) => ({ id: basename(file, ".sql"), text: readFileSync(file, "utf8") }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function ignoreDuplicate(error: unknown): void {
  const code = (error as { code?: string }).code;
  if (code !== "42710" && code !== "23505" && code !== "XX000") throw error;
}

/** Makes the grant roles and the two logins. Grant roles own nothing and have no password: nobody signs in as them. */
async function makeRoles(client: pg.ClientBase, logins: { app?: string; portal?: string }): Promise<void> {
  const known = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname like 'shanzhi%'");
  const has = new Set(known.rows.map((row) => row.rolname));
  for (const role of Object.values(grantRoles)) {
    // Roles belong to the whole cluster: another installation beside this one may be making them at this moment.
    if (!has.has(role)) await client.query(`create role ${role} nologin noinherit`).catch(ignoreDuplicate);
  }
  // Policies bind the owner too: to back everything up it becomes the system role. Nothing to do for a superuser.
  await client.query(`grant ${grantRoles.system} to current_user`).catch(ignoreDuplicate);
  for (const [login, password] of Object.entries(logins)) {
    const name = login === "app" ? "shanzhi_app" : "shanzhi_portal_login";
    const verb = has.has(name) ? "alter" : "create";
    await client
      .query(`${verb} role ${name} login noinherit password '${password.replaceAll("'", "''")}'`)
      .catch(ignoreDuplicate);
    const roles = login === "app" ? Object.values(grantRoles) : [grantRoles.portal];
    for (const role of roles) await client.query(`grant ${role} to ${name}`);
  }
}

/**
 * Brings the database to the newest schema (迁移), forward only, one transaction per file, then writes policies and
 * grants. A file that changed after it ran stops the start: history is not rewritten.
 */
export async function migrate(
  client: pg.ClientBase,
  folders: readonly string[],
  tables: readonly TableAccess[],
  logins: { app?: string; portal?: string } = {},
  /** Only these migrations, and no grants yet: a backup of an older release is loaded into its own schema first. */
  only?: ReadonlySet<string>,
): Promise<string[]> {
  await client.query(`create table if not exists schema_migration (
    id text not null primary key, digest text not null, applied_at timestamptz not null)`);
  await client.query(
    "comment on table schema_migration is '迁移记录 — which migrations ran, with the digest of their text'",
  );
  const done = new Map(
    (await client.query<{ id: string; digest: string }>("select id, digest from schema_migration")).rows.map((row) => [
      row.id,
      row.digest,
    ]),
  );
  const fresh: string[] = [];
  for (const { id, text } of readMigrations(folders)) {
    const digest = createHash("sha256").update(text).digest("hex");
    const known = done.get(id);
    if (known && known !== digest) throw new Error(`migration ${id} was changed after it ran: write a new one instead`);
    if (known || (only && !only.has(id))) continue;
    await client.query("begin");
    try {
      await client.query(text);
      await client.query("insert into schema_migration (id, digest, applied_at) values ($1, $2, $3)", [
        id,
        digest,
        new Date(),
      ]);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw new Error(`migration ${id}: ${(error as Error).message}`, { cause: error });
    }
    fresh.push(id);
  }
  if (only) return fresh;
  const wanted = createHash("sha256").update(JSON.stringify(tables)).update(JSON.stringify(logins)).digest("hex");
  const access = await client.query<{ digest: string }>("select digest from schema_migration where id = 'access'");
  if (fresh.length > 0 || access.rows[0]?.digest !== wanted) {
    await makeRoles(client, logins);
    await applyAccess(client, tables);
    await client.query(
      `insert into schema_migration (id, digest, applied_at) values ('access', $1, $2)
       on conflict (id) do update set digest = excluded.digest, applied_at = excluded.applied_at`,
      [wanted, new Date()],
    );
  }
  return fresh;
}
