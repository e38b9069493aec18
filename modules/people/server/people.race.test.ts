import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import * as sheets from "../../../kernel/sheet/sheet.contract.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { merge } from "../doubles.contract.ts";
import { correct, get, move, recordCensus } from "../people.contract.ts";
import { peopleModule } from "./index.ts";
import { inventedNumber, stageLines } from "./testing.ts";

const postgres = process.env.SHANZHI_TEST_URL !== undefined;
if (!postgres) console.log("skipped: races need PostgreSQL (SHANZHI_TEST_URL)");

describe.skipIf(!postgres)("at the same moment", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse([peopleModule([])]);
    house.clock.set("2026-06-01");
  });
  afterAll(() => house.close());

  async function outcomes(works: Promise<unknown>[]): Promise<string[]> {
    const settled = await Promise.allSettled(works);
    return settled
      .map((one) =>
        one.status === "fulfilled" ? "done" : one.reason instanceof Refusal ? one.reason.code : String(one.reason),
      )
      .sort();
  }

  it("one sheet by two townships: every person once, nobody lost, counters true", async () => {
    const townships = ["630102100", "630102001"];
    const lines = Array.from({ length: 1_200 }, (_, at) => [
      `并${String.fromCodePoint(0x4e00 + (at % 500))}${String.fromCodePoint(0x5200 + at)}`,
      inventedNumber(`19${30 + (at % 30)}-0${(at % 9) + 1}-1${at % 9}`, at),
    ]);
    const unique = new Set(lines.map((line) => line[1]));
    const batches = await Promise.all(
      townships.map(async (township) => {
        const importer = house.as("officer", township);
        return { importer, batch: await stageLines(house, importer, [["姓名", "身份证号"], ...lines], false) };
      }),
    );
    await house.open.jobs.tick();
    for (const { importer, batch } of batches)
      await importer.call(sheets.commit, { id: batch.id, acceptPartial: true });
    // Both batches are written at once: by the commands the job gives, from two hands.
    const walk = async (importer: (typeof batches)[number]["importer"], id: string) => {
      for (let after = -1; ; ) {
        const answer = (await house.open.call("sheet.commit-chunk", { id, after }, importer.actor)) as {
          left: boolean;
          after: number;
        };
        if (!answer.left) return;
        after = answer.after;
      }
    };
    await Promise.all(batches.map(({ importer, batch }) => walk(importer, batch.id)));
    const rows = await house.sql("select id from person");
    const keys = await house.sql("select digest from person_key");
    expect(rows).toHaveLength(unique.size);
    expect(keys).toHaveLength(unique.size);
    const after = await Promise.all(batches.map(({ importer, batch }) => importer.call(sheets.get, { id: batch.id })));
    expect(after.reduce((sum, one) => sum + one.counts.done, 0)).toBe(unique.size);
    for (const one of after) expect(one.counts.done + one.counts.bad + one.counts.same).toBe(1_200);
    const lost = after.flatMap((one) => one.errors.map((error) => error.code));
    expect(new Set(lost)).toEqual(
      new Set(["sheet/repeated-row", "people/lives-elsewhere"].filter((code) => lost.includes(code))),
    );
    expect(lost).toContain("people/lives-elsewhere");
    const [counted] = await house.sql<{ n: number }>(
      "select sum(value)::integer as n from indicator_cell where indicator = 'people.present'",
    );
    expect(counted?.n).toBe(unique.size);
  }, 60_000);

  it("one line from many hands is one person, with a number and without", async () => {
    const numbered = { name: "同时一", idNumber: inventedNumber("1940-04-04", 500), division: "630102100" };
    const bare = { name: "同时二", bornOn: "1940-04-05", division: "630102100" };
    for (const line of [numbered, bare]) {
      const got = await outcomes(
        [1, 2, 3, 4, 5].map((at) => house.as("officer", "630102", String(at)).call(recordCensus, line)),
      );
      expect(got).toEqual(["done", "done", "done", "done", "done"]);
      expect(await house.sql("select 1 from person where name = $1", [line.name])).toHaveLength(1);
    }
    expect(await house.sql("select 1 from person_pair")).toHaveLength(0);
  });

  it("two corrections, two merges, a move twice: one each", async () => {
    const officer = (hand: string) => house.as("officer", "630102", hand);
    const make = (at: number) =>
      officer("a").call(recordCensus, {
        name: `竞争${at}`,
        idNumber: inventedNumber("1941-01-01", 600 + at),
        division: "630102100",
      });
    const [one, two] = [await make(1), await make(2)];
    const got = await outcomes(
      ["a", "b", "c"].map((hand) =>
        officer(hand).call(correct, { id: one.id, version: 1, address: hand, reason: "x" }),
      ),
    );
    expect(got).toEqual(["done", "people/changed-meanwhile", "people/changed-meanwhile"]);
    expect(
      await outcomes([
        officer("a").call(merge, { keep: one.id, merge: two.id, reason: "x" }),
        officer("b").call(merge, { keep: two.id, merge: one.id, reason: "x" }),
      ]),
    ).toEqual(["done", "people/not-present"]);
    const three = await make(3);
    expect(
      await outcomes(
        ["a", "b"].map((hand) =>
          officer(hand).call(move, { id: three.id, to: "630103", on: "2026-05-01", reason: "x" }),
        ),
      ),
    ).toEqual(["done", "people/not-present"]);
    expect(await house.sql("select 1 from person where id = $1", [three.id])).toHaveLength(2);
    expect((await house.as("officer", "630103").call(get, { id: three.id })).state).toBe("present");
  });
});
