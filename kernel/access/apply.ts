import type pg from "pg";
import { grantRoles } from "../database/transaction.ts";
import type { Rights, TableAccess } from "./tables.ts";

const setting = (name: string) => `nullif(current_setting('app.${name}', true), '')`;
const inRange = `division_code >= ${setting("lo")} and division_code < ${setting("hi")}`;

function verbs(rights: Rights): string[] {
  return [
    ...(rights.read ? ["select"] : []),
    ...(rights.insert ? ["insert"] : []),
    ...(rights.update ? ["update"] : []),
    ...(rights.delete ? ["delete"] : []),
  ];
}

/** The statements that put one table's policies and grants in force; safe to run again. Pure, so tests can read them. */
export function accessStatements(table: TableAccess): string[] {
  const schema = table.schema ?? "public";
  const name = `${schema}.${table.table}`;
  const out: string[] = [];
  for (const role of Object.values(grantRoles)) out.push(`revoke all on ${name} from ${role}`);
  const rowLevel = !table.shared && schema === "public";
  out.push(`alter table ${name} ${rowLevel ? "enable" : "disable"} row level security`);
  if (rowLevel) out.push(`alter table ${name} force row level security`);

  const allow = (role: string, kind: string, rights: Rights, using: string, check: string, columns = "") => {
    for (const verb of verbs(rights)) {
      out.push(`grant ${verb}${columns} on ${name} to ${role}`);
      if (!rowLevel) continue;
      const policy = `${kind}_${verb}`;
      out.push(`drop policy if exists ${policy} on ${name}`);
      const clause =
        verb === "insert"
          ? `with check (${check})`
          : verb === "update"
            ? `using (${using}) with check (${check})`
            : `using (${using})`;
      out.push(`create policy ${policy} on ${name} for ${verb} to ${role} ${clause}`);
    }
  };

  if (table.staff) {
    const own = table.shared ? "true" : `${inRange} and home_code = ${setting("home")}`;
    const { read, ...writes } = table.staff;
    if (read) allow(grantRoles.staff, "staff", { read }, inRange, inRange);
    allow(grantRoles.staff, "staff", writes, own, own);
  }
  if (table.worker) {
    const mine = `division_code = any(string_to_array(${setting("divisions")}, ','))`;
    const { read, ...writes } = table.worker;
    if (read) allow(grantRoles.worker, "worker", { read }, mine, mine);
    const own = `${mine} and home_code = ${setting("home")}`;
    allow(grantRoles.worker, "worker", writes, own, own);
  }
  if (table.organisation) {
    const mine = `${table.organisation.column ?? "organisation_id"} = ${setting("organisation")}::uuid`;
    allow(grantRoles.organisation, "organisation", table.organisation, mine, mine);
  }
  if (table.unit) {
    const mine = `${table.unit.column ?? "unit_id"} = ${setting("unit")}::uuid`;
    allow(grantRoles.unit, "unit", table.unit, mine, mine);
  }
  if (table.intake) {
    if (table.intake.insert) allow(grantRoles.intake, "intake", { insert: true }, "true", "true");
    if (table.intake.receipt) {
      const mine = `${table.intake.receipt} = ${setting("receipt")}`;
      allow(grantRoles.intake, "intake", { read: true }, mine, mine);
    } else if (table.intake.read) allow(grantRoles.intake, "intake", { read: true }, "true", "true");
  }
  if (table.portal) allow(grantRoles.portal, "portal", { read: true }, "true", "true");
  if (table.auth) allow(grantRoles.auth, "auth", table.auth, "true", "true");
  if (table.lookup) {
    const columns = table.lookup === true ? "" : ` (${table.lookup.join(", ")})`;
    allow(grantRoles.lookup, "lookup", { read: true }, "true", "true", columns);
  }
  if (table.shared && !table.auth) {
    // The portal's login reads what is published and nothing else: a shared table must say that it may.
    for (const role of Object.values(grantRoles))
      if (role !== grantRoles.portal) allow(role, "shared", { read: true }, "true", "true");
  }
  allow(grantRoles.system, "system", { read: true, insert: true, update: true, delete: true }, "true", "true");
  return out;
}

/** Puts the access of every table in force, dropping policies that are no longer declared. */
export async function applyAccess(client: pg.ClientBase, tables: readonly TableAccess[]): Promise<void> {
  const old = await client.query<{ schemaname: string; tablename: string; policyname: string }>(
    "select schemaname, tablename, policyname from pg_policies where schemaname in ('public', 'publication')",
  );
  for (const policy of old.rows) {
    await client.query(`drop policy "${policy.policyname}" on ${policy.schemaname}."${policy.tablename}"`);
  }
  const statements = tables.flatMap(accessStatements);
  // One GRANT a statement (Citus), but many statements a round trip.
  for (let at = 0; at < statements.length; at += 100) await client.query(statements.slice(at, at + 100).join(";\n"));
  for (const role of Object.values(grantRoles)) {
    await client.query(`grant usage on schema public to ${role}`);
    await client.query(`grant usage on schema publication to ${role}`);
  }
}
