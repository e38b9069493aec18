import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sql } from "../kernel/database/sql.ts";
import { newId } from "../kernel/operation/ids.ts";
import { digest, digests, seal, unseal } from "../kernel/vault/seal.ts";
import { openConfigured } from "./open.ts";
import { readConfig } from "./server/config.ts";

const project = new URL("..", import.meta.url).pathname;
const directory = mkdtempSync(join(tmpdir(), "shanzhi-rotate-"));
const env = { SHANZHI_DATA: directory, SHANZHI_DEMO: "off", SHANZHI_ROOT: "630102" };
const FIELDS = 3_000;
const phone = (at: number) => `139${String(at).padStart(8, "0")}`;
const account = newId();
const other = newId();

type Opened = Awaited<ReturnType<typeof openConfigured>>;
async function inside<T>(work: (open: Opened) => Promise<T>): Promise<T> {
  const open = await openConfigured(readConfig(env));
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

/** Of a held act and a device: with which key it is sealed, and what it opens to. */
const othersIn = (database: Opened["database"], { keys }: Opened["house"]): Promise<string[]> =>
  database.transaction({ kind: "system" }, async (tx) => {
    const held = await tx.one<{ sealed: string }>(sql`select sealed from held_act where id = ${other}`);
    const device = await tx.one<{ key_sealed: string }>(sql`select key_sealed from monitor where id = ${other}`);
    return [
      `${held.sealed.split(".")[1]} ${unseal(keys, held.sealed, `held/${other}`)}`,
      `${device.key_sealed.split(".")[1]} ${unseal(keys, device.key_sealed, `monitor/${other}/key`)}`,
    ];
  });

/** Versions in use, how many rows each, and whether every row opens to what was sealed. */
const state = () =>
  inside(async ({ database, house }) => {
    const rows = await database.transaction({ kind: "system" }, (tx) =>
      tx.many<{ subject_id: string; sealed: string; digest: string; masked: string }>(sql`select * from sealed_field`),
    );
    const [admin] = await database.transaction({ kind: "system" }, (tx) =>
      tx.many<{ totp_sealed: string }>(sql`select totp_sealed from account where id = ${account}`),
    );
    const whole = rows.filter(
      (row) =>
        unseal(house.keys, row.sealed, `${row.subject_id}/phone`) === row.masked &&
        digests(house.keys, "phone", row.masked).includes(row.digest),
    );
    const count = (prefix: string, of: "sealed" | "digest") => rows.filter((row) => row[of].startsWith(prefix)).length;
    return {
      rows: rows.length,
      whole: whole.length,
      old: count("aes.1.", "sealed"),
      renewed: count("aes.2.", "sealed"),
      renewedDigests: count("h256.2.", "digest"),
      secondFactor: unseal(house.keys, admin?.totp_sealed ?? "", account),
      secondFactorKey: admin?.totp_sealed.split(".")[1],
      others: await othersIn(database, house),
      noted: (
        await database.transaction({ kind: "system" }, (tx) =>
          tx.many<{ payload: { seal: number } }>(sql`select payload from journal_entry where event = 'keys-rotated'`),
        )
      ).map((one) => one.payload.seal),
      versions: house.keys.versions("seal"),
    };
  });

function rotate(killAfter?: RegExp): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [join(project, "dist/cli.js"), "rotate-keys"], {
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
  });
  let text = "";
  const take = (chunk: Buffer) => {
    text += chunk.toString();
    if (killAfter?.test(text)) child.kill("SIGKILL");
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return new Promise((resolve) => child.on("exit", (code) => resolve({ code, text })));
}

beforeAll(async () => {
  execFileSync(process.execPath, [join(project, "tools/run.mjs"), "build"], { stdio: "inherit" });
  await inside(async ({ database, house }) => {
    const { keys } = house;
    const all = Array.from({ length: FIELDS }, (_, at) => ({ id: newId(), value: phone(at) }));
    await database.transaction({ kind: "system" }, async (tx) => {
      await tx.run(sql`
        insert into sealed_field (home_code, subject_id, field, division_code, sealed, digest, masked)
        select '630102', id, 'phone', '630102', sealed, digest, value
        from unnest(${all.map((one) => one.id)}::uuid[], ${all.map((one) => seal(keys, one.value, `${one.id}/phone`))}::text[],
          ${all.map((one) => digest(keys, "phone", one.value))}::text[], ${all.map((one) => one.value)}::text[])
          as v(id, sealed, digest, value)`);
      await tx.run(sql`
        insert into account (id, login, display_name, password_hash, totp_sealed, created_at)
        values (${account}, 'rotating', '样本', 'none', ${seal(keys, "SECONDFACTOR", account)}, ${new Date()})`);
      await tx.run(sql`
        insert into held_act (home_code, id, division_code, device_id, device_name, key, account_id, person, delivered_by, operation, sealed, happened_at, received_at, contract, code, facts)
        values ('630102', ${other}, '630102', ${newId()}, '手机', 'k', ${account}, '样本', ${account}, 'people.record-death',
          ${seal(keys, "the held act", `held/${other}`)}, ${new Date()}, ${new Date()}, '1', 'sync/device-wiped', '{}')`);
      await tx.run(sql`
        insert into monitor (home_code, id, division_code, recorded_division_code, person_id, kind, label, key_sealed, state, registered_at)
        values ('630102', ${other}, '630102', '630102', ${newId()}, 'bed', '床', ${seal(keys, "the device key", `monitor/${other}/key`)}, 'active', ${new Date()})`);
    });
  });
}, 240_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it("new keys: killed in the middle everything stays readable, and the next call goes on without another version", async () => {
  expect((await rotate(/sealed again: [1-9]\d* fields/)).code).toBe(null);
  const halfway = await state();
  expect(halfway).toMatchObject({ rows: FIELDS, whole: FIELDS, versions: [1, 2], secondFactor: "SECONDFACTOR" });
  expect(halfway.renewed).toBeGreaterThan(0);
  expect(halfway.old).toBeGreaterThan(0);

  const again = await rotate();
  expect(again).toMatchObject({ code: 0, text: expect.stringMatching(/^going on with key version 2/) });
  expect(await state()).toEqual({
    rows: FIELDS,
    whole: FIELDS,
    old: 0,
    renewed: FIELDS,
    renewedDigests: FIELDS,
    secondFactor: "SECONDFACTOR",
    secondFactorKey: "2",
    others: ["2 the held act", "2 the device key"],
    noted: [2],
    versions: [1, 2],
  });
  expect(existsSync(join(directory, "keys/seal.v1"))).toBe(true);
}, 240_000);
