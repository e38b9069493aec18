import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { unmask } from "../../../kernel/vault/vault.contract.ts";
import { listPairs, merge, settlePair, unmerge } from "../doubles.contract.ts";
import {
  confirmArrival,
  correct,
  get,
  list,
  move,
  recordCensus,
  recordConsent,
  recordDeath,
  setCategory,
  setContacts,
  withdrawConsent,
} from "../people.contract.ts";
import { type PersonEvents, peopleModule } from "./index.ts";
import { refreshJob } from "./refresh.handlers.ts";
import { inventedNumber } from "./testing.ts";

const county = "630102";
const other = "630103";
let villages: string[] = [];
let villageElsewhere = "";
const heard: string[] = [];
const events: PersonEvents = {
  moved: async (_ctx, before, after) => void heard.push(`moved ${before.division_code} ${after.division_code}`),
  ended: async (_ctx, person, ground) => void heard.push(`ended ${person.name} ${ground}`),
  merged: async (_ctx, keep, merged, undone) => void heard.push(`merged ${keep.name} ${merged.name} ${undone}`),
  changed: async (_ctx, before, after) => void heard.push(`changed ${before.version} ${after.version}`),
};

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([peopleModule([events])]);
  house.clock.set("2026-06-01");
  villages = (
    await house.sql<{ code: string }>(
      "select code from division where code >= '630102' and code < '630103' and level = 5 order by code",
    )
  ).map((row) => row.code);
  villageElsewhere = (
    (await house.sql<{ code: string }>(
      "select code from division where code >= '630103' and code < '630104' and level = 5 order by code limit 1",
    )) as [{ code: string }]
  )[0].code;
});
afterAll(() => house.close());

const officer = (division = county) => house.as("officer", division);
const village = (at: number) => villages[at] as string;

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

let order = 1;
const line = (name: string, birth: string, more: object = {}) => ({
  name,
  idNumber: inventedNumber(birth, order++),
  division: village(0),
  ...more,
});

describe("a person recorded", () => {
  it("is new, then the same, then changed; number and phone never stand in clear", async () => {
    const input = line("郑𬭎", "1941-03-05", {
      phone: "138 0000 1234",
      categoriesText: "独居、低保",
      contactName: "郑小",
      contactRelation: "女儿",
      contactPhone: "0971-8123456",
      householdNumber: "7",
      address: "一社 3 号",
    });
    const first = await officer().call(recordCensus, input);
    expect(first).toMatchObject({ outcome: "new", version: 1, similar: [] });
    expect(await officer().call(recordCensus, input)).toMatchObject({ id: first.id, outcome: "same", version: 1 });
    const change = await officer().call(recordCensus, { ...input, categoriesText: "独居、失能", phone: "13900001234" });
    expect(change).toMatchObject({ id: first.id, outcome: "change", version: 2 });
    expect(change.changes.map((one) => one.field).sort()).toEqual(["categories", "phone"]);
    const shown = await officer().call(get, { id: first.id });
    expect(shown).toMatchObject({
      name: "郑𬭎",
      bornOn: "1941-03-05",
      age: 85,
      idNumber: `630102********${input.idNumber.slice(14)}`,
      phone: "139****1234",
      living: "alone",
      categories: ["living_alone", "disabled_self_care", "dibao"],
    });
    expect(shown.contacts).toMatchObject([{ name: "郑小", relation: "女儿", phone: "0971-***3456" }]);
    expect(shown.history.map((one) => one.version)).toEqual([2, 1]);
    const everything = JSON.stringify([
      await house.sql("select * from person"),
      await house.sql("select * from sealed_field"),
      await house.sql("select * from person_key"),
      await house.sql("select * from register_version"),
      await house.sql("select payload from journal_entry"),
    ]);
    for (const secret of [input.idNumber, "13900001234", "13800001234", "0971-8123456"])
      expect(everything).not.toContain(secret);
    expect(await officer().call(unmask, { subjectId: first.id, field: "phone", reason: "核对" })).toEqual({
      value: "13900001234",
    });
    await expect(officer().call(list, { division: "999999" })).rejects.toMatchObject({
      problems: [{ path: ["division"], problem: "division-code" }],
    });
    // Whoever has no access to people gets none through the vault, in the same county and under whichever name.
    for (const role of ["registrar", "decider"] as const) {
      const asked = house.as(role, county).call(unmask, { subjectId: first.id, field: "phone", reason: "核对" });
      expect(await codeOf(asked)).toBe(role === "decider" ? "done" : "vault/nothing-sealed");
    }
  });

  it("refuses what cannot be, and says what", async () => {
    const good = line("苟一", "1950-01-01");
    const wrong = good.idNumber.slice(0, 17) + (good.idNumber.endsWith("X") ? "1" : "X");
    const call = (more: object) => codeOf(officer().call(recordCensus, { ...good, ...more }));
    expect(await call({ idNumber: wrong })).toBe("people/id-number-wrong");
    expect(await call({ idNumber: "630102500101001" })).toBe("people/id-number-old");
    expect(await call({ idNumber: inventedNumber("1899-01-01", 1) })).toBe("people/birth-impossible");
    expect(await call({ idNumber: inventedNumber("2026-06-02", 1) })).toBe("people/birth-impossible");
    expect(await call({ categoriesText: "独居、好人" })).toBe("people/category-unknown");
    expect(await call({ phone: "1380000" })).toBe("people/phone-wrong");
    expect(await call({ division: "630102999999" })).toBe("people/division-unknown");
    expect(await call({ division: villageElsewhere })).toBe("people/not-your-division");
    expect(await house.sql("select 1 from person where name = '苟一'")).toHaveLength(0);
    const kept = await officer().call(recordCensus, { ...good, idNumber: wrong, confirmed: true });
    expect(kept.warnings.map((one) => one.code)).toContain("people/number-check-digit");
    expect(await officer().call(get, { id: kept.id })).toMatchObject({ idFlag: "people/number-check-digit" });
  });

  it("one number is one person", async () => {
    const input = line("房二", "1948-02-03");
    const first = await officer().call(recordCensus, input);
    expect(await codeOf(officer().call(recordCensus, { ...input, name: "房三" }))).toBe(
      "people/number-of-another-name",
    );
    const shared = await officer().call(recordCensus, { ...input, name: "房三", confirmed: true });
    expect(shared.similar[0]).toMatchObject({ id: first.id, score: 1, masked: "房*" });
    expect(await officer().call(get, { id: shared.id })).toMatchObject({
      idFlag: "people/number-of-another-name",
      pairs: [{ otherId: first.id, ground: "same-number" }],
    });
    let refused: Refusal | undefined;
    await officer(other)
      .call(recordCensus, { ...input, division: villageElsewhere })
      .catch((error) => {
        refused = error as Refusal;
      });
    expect(refused?.code).toBe("people/lives-elsewhere");
    expect(JSON.stringify(refused?.facts)).not.toContain("房");
    expect(refused?.facts.division).toBe(village(0).slice(0, 9));
  });

  it("alike in name, birth and place opens a pair and a duty, once", async () => {
    const first = await officer().call(recordCensus, { name: "欧阳梅兰", bornOn: "1939-09-09", division: village(1) });
    const second = await officer().call(recordCensus, line("欧阳梅蓝", "1939-09-09", { division: village(2) }));
    expect(second.similar).toMatchObject([{ id: first.id, masked: "欧阳**" }]);
    const open = await officer().call(listPairs, {});
    const pair = open.pairs.find((one) => one.one.id === second.id);
    expect(pair).toMatchObject({ other: { id: first.id }, elsewhere: null });
    const duties = await house.sql(
      "select 1 from duty where kind = 'people.settle-pair' and subject_id = $1 and state = 'open'",
      [pair?.id],
    );
    expect(duties).toHaveLength(1);
    await officer().call(settlePair, { id: pair?.id as string, reason: "姐妹" });
    expect(await codeOf(officer().call(settlePair, { id: pair?.id as string, reason: "姐妹" }))).toBe(
      "people/pair-settled",
    );
    const { version } = await officer().call(get, { id: second.id });
    await officer().call(correct, { id: second.id, version, address: "二社", reason: "补录" });
    expect((await officer().call(get, { id: second.id })).pairs).toEqual([]);
    expect(await house.sql("select 1 from duty where state = 'open' and subject_id = $1", [pair?.id])).toHaveLength(0);
  });

  it("without a number is found again by name, birth and village, and gets the number later", async () => {
    const bare = { name: "苏四", bornOn: "1944-04", division: village(3) };
    const first = await officer().call(recordCensus, bare);
    expect(await officer().call(recordCensus, bare)).toMatchObject({ id: first.id, outcome: "same" });
    const twin = { name: "苏五", bornOn: "1944-05-06", division: village(3) };
    const second = await officer().call(recordCensus, twin);
    const numbered = await officer().call(recordCensus, { ...twin, idNumber: inventedNumber("1944-05-06", 77) });
    expect(numbered).toMatchObject({ id: second.id, outcome: "change" });
    const found = await officer().call(list, { idNumber: inventedNumber("1944-05-06", 77) });
    expect(found.people.map((one) => one.id)).toEqual([second.id]);
  });
});

describe("who sees and writes", () => {
  it("a worker exactly the own villages, a township its own, a parent reads only", async () => {
    const worker = house.worker([village(0), village(1)]);
    const mine = await worker.call(recordCensus, line("阎六", "1951-01-02", { division: village(0) }));
    expect(await codeOf(worker.call(recordCensus, line("阎七", "1951-01-03", { division: village(2) })))).toBe(
      "people/not-your-division",
    );
    const theirs = await officer().call(recordCensus, line("阎八", "1951-01-04", { division: village(2) }));
    expect(await codeOf(worker.call(get, { id: theirs.id }))).toBe("people/unknown-person");
    expect((await worker.call(list, { q: "阎八" })).people).toEqual([]);
    expect((await worker.call(list, { q: "阎六" })).people.map((one) => one.id)).toEqual([mine.id]);
    expect(await codeOf(officer(other).call(get, { id: mine.id }))).toBe("people/unknown-person");
    const city = house.as("officer", "6301");
    expect((await city.call(get, { id: mine.id })).name).toBe("阎六");
    expect(await codeOf(city.call(recordDeath, { id: mine.id, on: "2026-05-01", source: "x" }))).toBe(
      "people/unknown-person",
    );
    expect(await codeOf(house.as("registrar", county).call(get, { id: mine.id }))).toBe("auth/not-your-role");
    expect((await house.as("auditor", county).call(get, { id: mine.id })).name).toBe("阎*");
  });

  it("finds by piece of a name, pinyin, initials; totals are those of the rows", async () => {
    const made = await officer().call(recordCensus, line("夏侯䶮㛃", "1940-10-10", { division: village(4) }));
    for (const q of ["夏侯", "䶮㛃", "xiahou", "䶮", "夏"]) {
      const found = await officer().call(list, { q });
      expect(found.people.map((one) => one.id)).toContain(made.id);
    }
    const all = await officer().call(list, { limit: 200 });
    const [counted] = await house.sql<{ n: number }>(
      "select count(*)::integer as n from person where home_code = '630102' and state <> 'merged'",
    );
    expect(all.total).toBe(counted?.n);
    expect(all.people).toHaveLength(counted?.n ?? -1);
    const pages: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await officer().call(list, { limit: 3, ...(after ? { after } : {}) });
      pages.push(...page.people.map((one) => one.id));
      if (!page.next) break;
      after = page.next;
    }
    expect(pages).toEqual(all.people.map((one) => one.id));
    expect(
      (await officer().call(list, { category: "dibao" })).people.every((one) => one.categories.includes("dibao")),
    ).toBe(true);
    expect((await officer().call(list, { ageFrom: 80 })).people.every((one) => (one.age ?? 0) >= 80)).toBe(true);
  });
});

describe("what becomes of a person", () => {
  it("a class ends, and begins, on its own date, and the rooms hear of it", async () => {
    const { id } = await officer().call(recordCensus, line("鲍八", "1948-08-08"));
    const period = { from: "2026-01-01", to: "2026-06-05", source: "审批" };
    await officer().call(setCategory, { id, category: "dibao", ...period });
    await officer().call(setCategory, { id, category: "living_alone", from: "2026-06-05", source: "摸底" });
    expect((await officer().call(get, { id })).categories).toEqual(["dibao"]);
    const refreshed = async (on: string) => {
      house.clock.set(on);
      heard.length = 0;
      await house.work(refreshJob);
      return (await officer().call(get, { id })).categories;
    };
    expect(await refreshed("2026-06-04")).toEqual(["dibao"]);
    expect(heard).toEqual([]);
    expect(await refreshed("2026-06-05")).toEqual(["living_alone"]);
    expect(heard).toEqual([expect.stringMatching(/^changed /)]);
    expect(await refreshed("2026-06-06")).toEqual(["living_alone"]);
    expect(heard).toEqual([]);
    const [found] = await house.sql<{ payload: object }>(
      "select payload from journal_entry where subject_id = $1 and event = 'categories-refreshed'",
      [id],
    );
    expect(found?.payload).toMatchObject({ ended: ["dibao"], begun: ["living_alone"], on: "2026-06-05" });
    house.clock.set("2026-06-01");
  });

  it("classes, contacts and consents are dated", async () => {
    const { id } = await officer().call(
      recordCensus,
      line("鲍九", "1949-09-09", { contactName: "鲍子", contactPhone: "13700001111" }),
    );
    await officer().call(setCategory, { id, category: "dibao", from: "2026-01-01", source: "审批" });
    expect((await officer().call(get, { id })).categories).toEqual(["dibao"]);
    await officer().call(setCategory, {
      id,
      category: "dibao",
      from: "2026-01-01",
      to: "2026-05-01",
      source: "审批",
      ground: "收入超标",
    });
    const shown = await officer().call(get, { id });
    expect(shown.categories).toEqual([]);
    expect(shown.categoryHistory).toMatchObject([{ from: "2026-01-01", to: "2026-05-01", ground: "收入超标" }]);
    expect(
      await codeOf(
        officer().call(setCategory, { id, category: "dibao", from: "2026-05-02", to: "2026-05-02", source: "x" }),
      ),
    ).toBe("people/period-impossible");
    await officer().call(setContacts, {
      id,
      contacts: [
        { kind: "emergency", name: "鲍邻", phone: "13700002222" },
        { kind: "emergency", name: "鲍子", phone: shown.contacts[0]?.phone ?? "" },
      ],
    });
    const after = await officer().call(get, { id });
    expect(after.contacts.map((one) => [one.name, one.position, one.phone])).toEqual([
      ["鲍邻", 1, "137****2222"],
      ["鲍子", 2, "137****1111"],
    ]);
    // In whatever order the kinds were typed: emergency contacts first, the family as it was given, neighbours last.
    await officer().call(setContacts, {
      id,
      contacts: [
        { kind: "neighbour", name: "邻甲", phone: "13700003331" },
        { kind: "supporter", name: "赡养甲", phone: "13700003332" },
        { kind: "guardian", name: "监护乙", phone: "13700003333" },
        { kind: "supporter", name: "赡养丙", phone: "13700003334" },
        { kind: "emergency", name: "紧急甲", phone: "13700003335" },
      ],
    });
    expect((await officer().call(get, { id })).contacts.map((one) => one.name)).toEqual([
      "紧急甲",
      "赡养甲",
      "监护乙",
      "赡养丙",
      "邻甲",
    ]);
    const consent = await officer().call(recordConsent, {
      id,
      purpose: "探访",
      givenBy: "本人",
      givenOn: "2026-05-20",
    });
    await officer().call(withdrawConsent, { id, consentId: consent.id, on: "2026-06-01" });
    expect((await officer().call(get, { id })).consents).toMatchObject([{ withdrawnOn: "2026-06-01" }]);
    expect(await codeOf(officer().call(withdrawConsent, { id, consentId: consent.id, on: "2026-06-01" }))).toBe(
      "people/unknown-consent",
    );
    expect((await officer().call(get, { id, on: "2026-06-01" })).name).toBe("鲍九");
    expect(await codeOf(officer().call(get, { id, on: "2020-01-01" }))).toBe("people/unknown-person");
  });

  it("moves inside the county at once, out of a worker's sight", async () => {
    const { id } = await officer().call(recordCensus, line("汤十", "1946-06-06", { phone: "13600001111" }));
    const here = house.worker([village(0)]);
    const there = house.worker([village(5)]);
    expect((await here.call(get, { id })).phone).toBe("136****1111");
    heard.length = 0;
    const township = officer(village(0).slice(0, 9));
    await township.call(move, { id, to: village(5), on: "2026-05-30", reason: "随子女" });
    expect(heard).toEqual([`moved ${village(0)} ${village(5)}`]);
    expect(await codeOf(here.call(get, { id }))).toBe("people/unknown-person");
    expect((await there.call(get, { id })).phone).toBe("136****1111");
    expect(await codeOf(officer().call(move, { id, to: village(5), on: "2026-05-30", reason: "x" }))).toBe(
      "people/same-division",
    );
    expect((await there.call(list, { q: "汤十" })).people.map((one) => one.id)).toEqual([id]);
  });

  it("moves to another county and back: same id, history stays, arrival is confirmed there", async () => {
    const input = line("鲁一一", "1947-07-07", {
      phone: "13500001111",
      categoriesText: "失能",
      contactName: "鲁子",
      contactPhone: "13500002222",
    });
    const { id } = await officer().call(recordCensus, input);
    await officer().call(setCategory, { id, category: "dibao", from: "2025-01-01", to: "2026-01-01", source: "审批" });
    expect(await officer().call(move, { id, to: other, on: "2026-05-20", reason: "投亲" })).toMatchObject({
      home: other,
    });
    expect(await officer().call(get, { id })).toMatchObject({ state: "moved", movedTo: other });
    const arrived = await officer(other).call(get, { id });
    expect(arrived).toMatchObject({
      state: "present",
      cameFrom: county,
      phone: "135****1111",
      categories: ["disabled_self_care"],
    });
    expect(arrived.contacts).toMatchObject([{ name: "鲁子", phone: "135****2222" }]);
    expect(arrived.history.map((one) => one.version)).toEqual([1]);
    expect(arrived.categoryHistory.map((one) => one.category)).toEqual(["disabled_self_care"]);
    expect(await codeOf(officer().call(recordDeath, { id, on: "2026-05-21", source: "x" }))).toBe("people/not-present");
    expect(await codeOf(officer().call(recordCensus, input))).toBe("people/lives-elsewhere");
    expect(await officer(other).call(unmask, { subjectId: id, field: "citizen_id", reason: "核对" })).toEqual({
      value: input.idNumber,
    });
    await officer(other).call(confirmArrival, { id, division: villageElsewhere, address: "三社" });
    expect(await codeOf(officer(other).call(confirmArrival, { id, division: villageElsewhere }))).toBe(
      "people/not-arriving",
    );
    expect((await house.worker([villageElsewhere]).call(get, { id })).address).toBe("三社");
    expect((await house.as("officer", "6301").call(get, { id })).home).toBe(other);
    await officer(other).call(move, { id, to: village(1), on: "2026-05-28", reason: "回迁" });
    expect(await officer().call(get, { id })).toMatchObject({ state: "present", division: village(1), version: 4 });
    expect(await officer(other).call(get, { id })).toMatchObject({ state: "moved" });
    expect(await house.sql("select home_code from person_key where person_id = $1", [id])).toEqual([
      { home_code: county },
    ]);
  });

  it("dies, and rises by a correction only", async () => {
    const input = line("石一二", "1938-08-08");
    const { id } = await officer().call(recordCensus, input);
    heard.length = 0;
    expect(await codeOf(officer().call(recordDeath, { id, on: "2026-07-01", source: "家属" }))).toBe(
      "people/period-impossible",
    );
    const { version } = await officer().call(recordDeath, { id, on: "2026-05-01", source: "家属" });
    expect(heard).toEqual(["ended 石一二 deceased"]);
    expect(await codeOf(officer().call(recordCensus, input))).toBe("people/deceased");
    await officer().call(correct, { id, version, alive: true, reason: "登记错误" });
    expect(await officer().call(get, { id })).toMatchObject({ state: "present", stateOn: null });
  });

  it("is merged and taken apart again; an alias answers the kept person", async () => {
    const one = await officer().call(recordCensus, line("秦一三", "1945-05-05"));
    const two = await officer().call(recordCensus, { name: "秦一三", bornOn: "1945-05-05", division: village(1) });
    expect(two.similar.map((other) => other.id)).toEqual([one.id]);
    heard.length = 0;
    await officer().call(merge, { keep: one.id, merge: two.id, reason: "同一人" });
    expect(heard).toEqual(["merged 秦一三 秦一三 false"]);
    const kept = await officer().call(get, { id: two.id });
    expect(kept).toMatchObject({ id: one.id, aliases: [{ id: two.id }], pairs: [] });
    expect(await codeOf(officer().call(merge, { keep: one.id, merge: two.id, reason: "x" }))).toBe(
      "people/same-person",
    );
    expect((await officer().call(list, { q: "秦一三" })).people.map((row) => row.id)).toEqual([one.id]);
    await officer().call(unmerge, { id: two.id, reason: "弄错" });
    expect((await officer().call(get, { id: two.id })).id).toBe(two.id);
    expect(await codeOf(officer().call(unmerge, { id: two.id, reason: "x" }))).toBe("people/not-merged");
    const far = await officer(other).call(recordCensus, line("秦一四", "1945-05-06", { division: villageElsewhere }));
    expect(await codeOf(officer().call(merge, { keep: one.id, merge: far.id, reason: "x" }))).toBe(
      "people/in-another-home",
    );
  });

  it("counters equal the rows", async () => {
    const rows = await house.sql(
      "select division_code, state, count(*)::integer as n from person group by 1, 2 order by 1, 2",
    );
    const cells = await house.sql(
      "select division_code, key as state, value::integer as n from indicator_cell where indicator = 'people.present' and value <> 0 order by 1, 2",
    );
    expect(cells).toEqual(rows);
  });
});
