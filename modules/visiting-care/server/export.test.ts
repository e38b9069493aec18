import { createDecipheriv, scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Download } from "../../../kernel/operation/context.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { correct } from "../../people/index.ts";
import { downloadExport, listExports, prepareExport, recordReceipt } from "../export.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { inCare, somebody, villages, visited } from "./care-work.fixture.ts";
import { linesOf } from "./export.store.ts";

let house: TestHouse;
let officer: TestActor;
let people: { id: string; enrolment: string }[];

beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-06-10");
  officer = house.as("officer", "630102");
  people = [];
  for (const name of ["报一步", "报二步", "报三,“步”"]) {
    const { id } = await somebody(house, name);
    people.push({ id, enrolment: await inCare(house, id, villages[0], null) });
  }
}, 120_000);
afterAll(() => house.close());

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );
const lines = (batch: string) =>
  house.open.database.transaction({ kind: "system" }, (tx) => linesOf(tx, "630102", batch));
const visit = (at: number, time: string) =>
  visited(house, people[at]?.id ?? "", people[at]?.enrolment ?? "", villages[0], time);

describe("files for the national database", () => {
  it("send everything once, then only what is new, and what was rejected only when asked", async () => {
    const first = await visit(0, "2026-06-02T02:00:00Z");
    const one = await officer.call(prepareExport, { kind: "incremental" });
    expect(one).toMatchObject({ number: 1, persons: 3, visits: 1 });
    // On its way: nothing of it is sent a second time, whatever is asked.
    expect(await code(officer.call(prepareExport, { kind: "incremental" }))).toBe("visiting-care/nothing-to-export");
    expect(await code(officer.call(prepareExport, { kind: "full" }))).toBe("visiting-care/receipt-outstanding");
    expect(await code(officer.call(prepareExport, { kind: "retry", of: one.id }))).toBe(
      "visiting-care/receipt-outstanding",
    );
    expect(await code(officer.call(recordReceipt, { id: one.id, rows: [{ row: 9, accepted: true }] }))).toBe(
      "visiting-care/unknown-row",
    );
    expect(await code(officer.call(recordReceipt, { id: one.id, rows: [{ row: 2, accepted: false }] }))).toBe(
      "visiting-care/reason-missing",
    );
    const receipt = await officer.call(recordReceipt, {
      id: one.id,
      restAccepted: true,
      rows: [{ row: 2, accepted: false, reason: "证件号码为空" }],
    });
    expect(receipt).toEqual({ id: one.id, accepted: 3, rejected: 1, outstanding: 0 });
    expect(await code(officer.call(recordReceipt, { id: one.id, rows: [{ row: 2, accepted: true }] }))).toBe(
      "visiting-care/row-settled",
    );
    expect(
      await officer.call(recordReceipt, { id: one.id, rows: [{ row: 2, accepted: false, reason: "证件号码为空" }] }),
    ).toMatchObject({ rejected: 1 });
    expect(await code(officer.call(prepareExport, { kind: "incremental" }))).toBe("visiting-care/nothing-to-export");
    const again = await officer.call(prepareExport, { kind: "retry", of: one.id });
    expect(again).toMatchObject({ number: 2, persons: 1, visits: 0 });
    const rejected = (await lines(one.id))[1];
    expect((await lines(again.id)).map((row) => row.subject_id)).toEqual([rejected?.subject_id]);
    await officer.call(recordReceipt, { id: again.id, restAccepted: true });
    expect(await code(officer.call(prepareExport, { kind: "retry", of: one.id }))).toBe(
      "visiting-care/nothing-to-export",
    );
    // A new visit, one taken back, a person corrected: these three and nothing else.
    const second = await visit(1, "2026-06-05T02:00:00Z");
    await house.sql("update care_visit set voided_on = '2026-06-06' where id = $1", [first]);
    const [row] = await house.sql<{ version: number }>("select version from person where id = $1", [people[2]?.id]);
    await officer.call(correct, {
      id: people[2]?.id ?? "",
      version: row?.version ?? 0,
      address: "样本巷9号",
      reason: "搬了门牌",
    });
    const three = await officer.call(prepareExport, { kind: "incremental" });
    expect((await lines(three.id)).map((one) => one.subject_id).sort()).toEqual([people[2]?.id, first, second].sort());
    // Changed again while on its way: it waits for the answer, and then goes once.
    const later = {
      id: people[2]?.id ?? "",
      version: (row?.version ?? 0) + 1,
      address: "样本巷10号",
      reason: "门牌又改",
    };
    await officer.call(correct, later);
    expect(await code(officer.call(prepareExport, { kind: "incremental" }))).toBe("visiting-care/nothing-to-export");
    await officer.call(recordReceipt, { id: three.id, restAccepted: true });
    const four = await officer.call(prepareExport, { kind: "incremental" });
    expect((await lines(four.id)).map((one) => one.subject_id)).toEqual([people[2]?.id]);
    const { exports } = await officer.call(listExports, { id: one.id });
    expect(exports[0]).toMatchObject({
      rejectedRows: [{ row: 2, kind: "person", reason: "证件号码为空" }],
      outstanding: 0,
    });
  });

  it("are the same bytes every time, carry phones in clear, and can be sealed for transport", async () => {
    const { exports } = await officer.call(listExports, {});
    const id = exports.at(-1)?.id ?? "";
    const get = async (extra = {}) =>
      (await officer.call(downloadExport, { id, reason: "报送省厅", ...extra })) as unknown as Download & {
        body: Buffer;
      };
    const [plain, same] = [await get(), await get()];
    expect(plain.body.equals(same.body)).toBe(true);
    expect(plain.body.subarray(0, 2).toString()).toBe("PK");
    const sealed = await get({ passphrase: "望春-2026-长口令-十二" });
    const bytes = sealed.body;
    const key = scryptSync("望春-2026-长口令-十二".normalize("NFKC"), bytes.subarray(4, 20), 32, {
      N: 32_768,
      r: 8,
      p: 1,
      maxmem: 2 ** 26,
    });
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(20, 32));
    decipher.setAAD(bytes.subarray(0, 4));
    decipher.setAuthTag(bytes.subarray(-16));
    expect(Buffer.concat([decipher.update(bytes.subarray(32, -16)), decipher.final()]).equals(plain.body)).toBe(true);
    const stored = await house.sql<{ text: string }>("select string_agg(sealed, '') as text from export_row");
    expect(stored[0]?.text).not.toContain("13800001111");
    const journal = await house.sql<{ text: string }>(
      "select string_agg(payload::text, '') as text from journal_entry",
    );
    expect(journal[0]?.text).not.toContain("长口令");
  });

  it("leave for a county only, by its officer", async () => {
    expect(await code(house.as("officer", "630102100").call(prepareExport, { kind: "full" }))).toBe(
      "visiting-care/county-only",
    );
    expect(await code(house.as("auditor", "630102").call(prepareExport, { kind: "full" }))).toBe("auth/not-your-role");
    const { exports } = await officer.call(listExports, {});
    expect(
      await code(house.as("officer", "630103").call(downloadExport, { id: exports[0]?.id ?? "", reason: "看看" })),
    ).toBe("visiting-care/unknown-export");
  });
});
