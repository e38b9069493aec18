import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as sheets from "../../../kernel/sheet/sheet.contract.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { correct, get, list } from "../people.contract.ts";
import { type PersonEvents, peopleModule } from "./index.ts";
import { inventedNumber, stageLines } from "./testing.ts";

const held = new Set<string>();
const events: PersonEvents = { holds: async (_ctx, ids) => new Set(ids.filter((id) => held.has(id))) };
const header = [
  "姓名",
  "身份证号",
  "村（社区）",
  "人员类别",
  "联系电话",
  "户号",
  "紧急联系人",
  "与本人关系",
  "紧急联系人电话",
];
const township = "630102100";

let house: TestHouse;
let names: { code: string; name: string }[];
beforeAll(async () => {
  house = await testHouse([peopleModule([events])]);
  house.clock.set("2026-06-01");
  names = await house.sql(
    "select code, name from division where code >= '630102100' and code < '630102101' and level = 5 order by code",
  );
});
afterAll(() => house.close());

const officer = () => house.as("officer", township);
const people = "陶一 窦二 章三 云四 苏五 潘六 葛七 奚八 范九 彭十".split(" ");
const rowOf = (name: string, at: number, more: Partial<Record<number, string>> = {}) =>
  [
    name,
    inventedNumber(`19${40 + at}-03-0${(at % 9) + 1}`, at + 1),
    names[at % names.length]?.name ?? "",
    "独居、失能",
    `1380000${String(1000 + at)}`,
    String(at),
    `${name}之子`,
    "儿子",
    `1390000${String(1000 + at)}`,
  ].map((cell, column) => more[column] ?? cell);

async function commit(id: string) {
  await officer().call(sheets.commit, { id, acceptPartial: true });
  await house.open.jobs.tick();
  return officer().call(sheets.get, { id, limit: 200 });
}
async function undo(id: string) {
  await officer().call(sheets.undo, { id });
  await house.open.jobs.tick();
  return officer().call(sheets.get, { id, limit: 200 });
}
const tables = ["person", "person_key", "person_category", "person_contact", "sealed_field", "person_pair"];
async function counts() {
  const out: Record<string, number> = {};
  for (const table of tables)
    out[table] = (await house.sql<{ n: number }>(`select count(*)::integer as n from ${table}`))[0]?.n ?? -1;
  const cells = "select coalesce(sum(value), 0)::integer as n from indicator_cell where indicator = 'people.present'";
  return { ...out, counted: (await house.sql<{ n: number }>(cells))[0]?.n };
}

it("keeps what is private sealed between reading and commit; a row altered meanwhile is not written", async () => {
  const [one, other] = [rowOf("密一", 31), rowOf("密二", 32)];
  const batch = await stageLines(house, officer(), [header, one, other]);
  expect(batch.counts).toMatchObject({ rows: 2, new: 2 });
  const [rows] = await house.sql<{ all: string; sealed: number }>(
    "select string_agg(sheet_row::text, '') as all, count(sealed_row)::int as sealed from sheet_row where batch_id = $1",
    [batch.id],
  );
  expect(rows?.sealed).toBe(2);
  for (const secret of [one[0], one[1], one[4], one[8], other[1]]) expect(rows?.all).not.toContain(secret);
  const done = await commit(batch.id);
  expect(done).toMatchObject({ state: "committed", counts: { done: 2 } });
  const listed = await officer().call(list, { q: "密一" });
  expect(listed.people).toHaveLength(1);
  await undo(batch.id);
});

describe("a census sheet", () => {
  it("names every bad cell, and says nothing of the good ones", async () => {
    const good = rowOf("陶零", 30);
    const number = good[1] as string;
    const lines = [
      header,
      good,
      rowOf("坏一", 31, { 1: "630102500101001" }),
      rowOf("坏二", 32, { 1: `${number.slice(0, 17)}${number.endsWith("1") ? "2" : "1"}` }),
      rowOf("坏三", 33, { 2: "没有这个村" }),
      rowOf("坏四", 34, { 3: "独居、好人" }),
      rowOf("坏五", 35, { 4: "1380000" }),
      rowOf("坏六", 36, { 8: "13800001234、13900001234" }),
      rowOf("坏七", 37, { 1: inventedNumber("1899-01-01", 5) }),
      rowOf("陶零二", 30),
    ];
    const batch = await stageLines(house, officer(), lines);
    expect(batch.counts).toMatchObject({ rows: 9, new: 1, bad: 8 });
    expect(batch.errors.map((one) => [one.cell, one.code])).toEqual([
      ["B3", "people/id-number-old"],
      ["B4", "people/id-number-wrong"],
      ["C5", "people/division-unknown"],
      ["D6", "people/category-unknown"],
      ["E7", "people/phone-wrong"],
      ["I8", "people/phone-wrong"],
      ["B9", "people/birth-impossible"],
      [null, "sheet/repeated-row"],
    ]);
    for (const one of batch.errors) expect(one.message).not.toBe(one.code);
    expect(await counts()).toMatchObject({ person: 0, person_key: 0, sealed_field: 0 });
  });

  it("written, the same again changes nothing, taken back leaves nothing", async () => {
    const lines = [header, ...people.map((name, at) => rowOf(name, at))];
    const before = await counts();
    const batch = await stageLines(house, officer(), lines);
    expect(batch.errors).toEqual([]);
    const done = await commit(batch.id);
    expect(done).toMatchObject({ state: "committed", counts: { done: 10, bad: 0 } });
    const first = (await officer().call(list, { q: "陶一" })).people[0];
    const shown = await officer().call(get, { id: first?.id as string });
    expect(shown).toMatchObject({
      division: names[0]?.code,
      categories: ["living_alone", "disabled_self_care"],
      phone: "138****1000",
    });
    expect(shown.contacts).toMatchObject([{ name: "陶一之子", relation: "儿子", phone: "139****1000" }]);
    const written = await counts();
    expect(written).toMatchObject({
      person: 10,
      person_key: 10,
      person_category: 20,
      person_contact: 10,
      sealed_field: 30,
      counted: 10,
    });

    const again = await stageLines(house, officer(), lines);
    expect(again.counts).toMatchObject({ same: 10, new: 0, change: 0, bad: 0 });
    expect(await counts()).toEqual(written);

    const changed = await stageLines(house, officer(), [
      header,
      rowOf("陶一", 0, { 3: "独居、失能、低保", 4: "13811112222", 6: "陶女", 8: "13922223333" }),
    ]);
    expect(changed.counts).toMatchObject({ change: 1 });
    await commit(changed.id);
    expect(await officer().call(get, { id: shown.id })).toMatchObject({
      version: 2,
      phone: "138****2222",
      contacts: [{ name: "陶女" }],
    });
    expect((await undo(changed.id)).warnings).toEqual([]);
    const back = await officer().call(get, { id: shown.id });
    expect(back).toMatchObject({
      version: 3,
      phone: "138****1000",
      categories: shown.categories,
      contacts: [{ name: "陶一之子", phone: "139****1000" }],
    });
    expect({ ...(await counts()) }).toEqual(written);

    await officer().call(correct, { id: (await idOf("窦二")) as string, version: 1, address: "新村", reason: "补录" });
    held.add((await idOf("章三")) as string);
    const undone = await undo(batch.id);
    expect(undone.warnings.map((one) => one.code).sort()).toEqual([
      "people/held-by-others",
      "people/touched-since",
      "people/touched-since",
    ]);
    expect(await counts()).toMatchObject({ person: 3, person_key: 3, counted: 3 });
    expect(Object.keys(before)).toEqual(Object.keys(written));
    expect((await officer().call(list, { q: "云四" })).people).toEqual([]);
  });

  async function idOf(name: string) {
    return (await officer().call(list, { q: name })).people[0]?.id;
  }

  it("refuses another township's village, and a name that two villages of a county share", async () => {
    const [foreign] = await house.sql<{ code: string; name: string }>(
      "select code, name from division where code >= '630102001' and code < '630102002' and level = 5 order by code limit 1",
    );
    const batch = await stageLines(house, officer(), [header, rowOf("别处", 50, { 2: foreign?.name ?? "" })]);
    expect(batch.errors.map((one) => one.code)).toEqual(["people/not-your-division"]);
    await house.sql(
      "insert into division (code, valid_from, name, level) values ('630102001998', '2023-06-30', '同名村委会', 5), ('630102002998', '2023-06-30', '同名村', 5)",
    );
    const county = house.as("officer", "630102");
    const both = await stageLines(house, county, [header, rowOf("歧义", 51, { 2: "同名村" })]);
    expect(both.errors.map((one) => one.code)).toEqual(["people/division-ambiguous"]);
    expect(both.errors[0]?.message).toContain("630102001998");
  });

  it("marks two spellings of one person in the same sheet as a possible double", async () => {
    const one = rowOf("柏红梅", 5, { 1: inventedNumber("1933-03-03", 9) });
    const two = rowOf("柏虹梅", 5, { 1: inventedNumber("1933-03-03", 11), 2: one[2] as string });
    const batch = await stageLines(house, officer(), [header, one, two]);
    expect(batch.warnings.map((remark) => remark.code)).toContain("people/similar");
    await commit(batch.id);
    expect(await house.sql("select 1 from person_pair where state = 'open' and ground = 'similar'")).toHaveLength(1);
  });
});
