import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signIn } from "../auth/auth.contract.ts";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { generateKeyPair, signBytes } from "../vault/signature.ts";
import { exportJournal } from "./export.ts";
import { exportEntries } from "./journal.contract.ts";
import { sealJournal } from "./seal.ts";
import { verifyJournal } from "./verify.ts";

describe("the sealed journal", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse();
    for (let one = 0; one < 12; one++) {
      const nobody = { ...house.portal.actor, scope: { kind: "auth" as const } };
      await expect(
        house.open.call("auth.sign-in", { account: `nobody${one}`, password: "wrong" }, nobody),
      ).rejects.toMatchObject({ code: "auth/wrong-credentials" });
      if (one % 4 === 3) await sealJournal(house.open.database, house.open.house.keys, () => new Date());
    }
  });
  afterAll(() => house.close());
  void signIn;

  const verify = () =>
    verifyJournal(exportJournal(house.open.database, house.open.house.keys), {
      pin: house.open.house.keys.journalKey().keyId,
    });
  const entries = () => house.sql<{ id: string }>("select id from journal_entry order by id");

  beforeEach(async () => {
    expect(await verify()).toMatchObject({ ok: true, entries: 12, blocks: 3, unsealed: 0 });
  });

  it("names the entry of which one byte was changed", async () => {
    const [, , , , , sixth] = await entries();
    await house.sql("update journal_entry set actor_label = 'publiC' || substr(actor_label, 7) where id = $1", [
      sixth?.id,
    ]);
    expect(await verify()).toMatchObject({ ok: false, reason: "entry-changed", at: { entryId: sixth?.id, block: 2 } });
    await house.sql("update journal_entry set actor_label = 'public' || substr(actor_label, 7) where id = $1", [
      sixth?.id,
    ]);
  });

  it("sees a single microsecond", async () => {
    const [first] = await entries();
    await house.sql("update journal_entry set at = at + interval '1 microsecond' where id = $1", [first?.id]);
    expect(await verify()).toMatchObject({ ok: false, reason: "entry-changed", at: { entryId: first?.id } });
    await house.sql("update journal_entry set at = at - interval '1 microsecond' where id = $1", [first?.id]);
  });

  it("names a deleted entry", async () => {
    const [, , third] = await entries();
    const [row] = await house.sql<{ row: string }>(
      "delete from journal_entry where id = $1 returning to_jsonb(journal_entry)::text as row",
      [third?.id],
    );
    expect(await verify()).toMatchObject({
      ok: false,
      reason: "entry-missing",
      at: { entryId: third?.id, block: 1, position: 2 },
    });
    await house.sql("insert into journal_entry select * from jsonb_populate_record(null::journal_entry, $1::jsonb)", [
      row?.row,
    ]);
  });

  it("refuses a block signed by another key", async () => {
    const [block] = await house.sql<{ hash: string; signature: string; key_id: string }>(
      "select hash, signature, key_id from journal_block where seq = 2",
    );
    const stranger = generateKeyPair("ed25519");
    const forged = signBytes(stranger, Buffer.from(block?.hash ?? "", "hex"));
    await house.sql("update journal_block set signature = $1 where seq = 2", [forged]);
    expect(await verify()).toMatchObject({ ok: false, reason: "block-signature", at: { block: 2 } });
    await house.sql("update journal_block set signature = $1 where seq = 2", [block?.signature]);
  });

  it("misses a deleted last block", async () => {
    const [row] = await house.sql<{ row: string }>(
      "delete from journal_block where seq = 3 returning to_jsonb(journal_block)::text as row",
    );
    expect(await verify()).toMatchObject({ ok: false });
    await house.sql("insert into journal_block select * from jsonb_populate_record(null::journal_block, $1::jsonb)", [
      row?.row,
    ]);
  });

  it("exports to whoever holds the root, and the export verifies by itself", async () => {
    const file = (await house.as("auditor", "63").call(exportEntries, {})) as { body: AsyncIterable<Buffer> };
    expect(await verifyJournal(file.body)).toMatchObject({ ok: true, entries: 12 });
    await expect(house.as("auditor", "630102").call(exportEntries, {})).rejects.toMatchObject({
      code: "journal/root-only",
    });
  });

  it("keeps no password anywhere", async () => {
    const rows = await house.sql<{ all: string }>("select string_agg(payload::text, ' ') as all from journal_entry");
    expect(rows[0]?.all).not.toContain('wrong"');
  });
});
