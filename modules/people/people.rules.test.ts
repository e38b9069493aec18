import { describe, expect, it } from "vitest";
import { lineKey, readLine } from "./census.rules.ts";
import {
  type Alike,
  birthProblem,
  likeness,
  maskedName,
  readCategories,
  readNumber,
  readPhone,
  villageKeys,
} from "./people.rules.ts";
import { inventedNumber, sharedFile } from "./server/testing.ts";

const today = "2026-06-01";

describe("what a cell says", () => {
  it.each([
    ["独居、失能", ["living_alone", "disabled_self_care"], []],
    ["空巢老人 低保户", ["empty_nest", "dibao"], []],
    ["重度残疾人，计生特殊家庭；特困供养人员", ["severely_disabled", "family_planning_special", "extreme_poverty"], []],
    ["独居和留守", ["living_alone", "left_behind"], []],
    ["无", [], []],
    ["", [], []],
    ["高龄（独居）", [], ["高龄（独居）"]],
    ["好人、独居", ["living_alone"], ["好人"]],
    ["Living alone, dibao", ["living_alone", "dibao"], []],
    ["低保边缘家庭", ["low_income_edge"], []],
    ["留守儿童", ["left_behind_child"], []],
  ] as const)("classes %j", (text, found, unknown) => {
    expect(readCategories(text)).toEqual({ found, unknown });
  });

  it.each([
    ["138 0000 1234", "13800001234"],
    ["+86-138-0000-1234", "13800001234"],
    ["１３８００００１２３４", "13800001234"],
    ["0971-8123456", "0971-8123456"],
    ["(0971)8123456转801", "0971-8123456-801"],
    ["01088123456", "010-88123456"],
    ["8123456", "8123456"],
    ["400-123-4567", "4001234567"],
  ])("phone %j", (written, phone) => expect(readPhone(written)).toEqual({ phone }));

  it.each([
    ["1380000123", "length"],
    ["13800001234/13900001234", "several"],
    ["没有", "form"],
    ["12800001234", "length"],
  ])("no phone %j", (written, problem) => expect(readPhone(written)).toEqual({ problem }));

  it.each([
    ["张三", "张*"],
    ["李小红", "李*红"],
    ["欧阳修文", "欧阳**"],
    ["夏侯䶮㛃", "夏侯**"],
    ["张𬭎", "张*"],
    ["买买提·依明", "买**·**"],
  ])("masks %s", (name, masked) => expect(maskedName(name)).toBe(masked));

  it("villages of one name, and a community beside a village", () => {
    for (const name of ["中庄村", "中庄村委会", "中庄村民委员会", "中庄村村民委员会"])
      expect(villageKeys(name)).toEqual(["中庄村", "中庄"]);
    for (const name of ["泰宁社区居委会", "泰宁社区", "泰宁居委会", "泰宁社区居民委员会"])
      expect(villageKeys(name)).toEqual(["泰宁社区", "泰宁"]);
    expect(villageKeys("中庄")).toEqual(["中庄", "中庄"]);
  });
});

describe("numbers and births", () => {
  const options = { today, confirmed: false };
  it("takes birth and sex from the number", () => {
    expect(readNumber("11010519491231002x", undefined, options)).toMatchObject({
      number: "11010519491231002X",
      birth: "1949-12-31",
      sex: "female",
    });
  });
  it("refuses old, long and wrong ones, keeps a wrong check digit only when confirmed", () => {
    expect(readNumber("110105491231002", undefined, options).problem?.code).toBe("people/id-number-old");
    expect(readNumber("1101051949123100", undefined, options).problem?.facts).toMatchObject({ reason: "length" });
    expect(readNumber("110105194913310020", undefined, options).problem?.facts).toMatchObject({ reason: "birth_date" });
    expect(readNumber("110105194912310021", undefined, options).problem?.facts).toMatchObject({
      reason: "check_digit",
    });
    expect(readNumber("110105194912310021", undefined, { today, confirmed: true })).toMatchObject({
      flag: "people/number-check-digit",
    });
    expect(readNumber("E12345678", undefined, options)).toMatchObject({ kind: "passport" });
    expect(readNumber(undefined, undefined, options)).toEqual({ kind: "none" });
  });
  it("120 is an age, 121 is not; tomorrow is no birth", () => {
    expect(birthProblem("1906-06-01", today)).toBe(false);
    expect(birthProblem("1905-06-02", today)).toBe(false);
    expect(birthProblem("1905-06-01", today)).toBe(true);
    expect(birthProblem("2026-06-02", today)).toBe(true);
  });
  const vectors = sharedFile("id-vectors/citizen-id.json");
  it.skipIf(!vectors)("agrees with published numbers (skipped: no shared data)", () => {
    for (const one of JSON.parse(vectors ?? "[]") as { id: string; valid: boolean }[]) {
      const read = readNumber(one.id, undefined, options);
      if (one.valid && read.problem?.code !== "people/birth-impossible") expect(read.problem, one.id).toBeUndefined();
      if (!one.valid) expect(read.problem ?? read.flag ?? read.kind, one.id).not.toBe("citizen_id");
    }
  });
  it("reads a line with every wrong field answered", () => {
    const read = readLine({ name: "某人", idNumber: "123", phone: "1", categoriesText: "好人", division: "1" }, today);
    expect(read.problems.map((one) => one.field).sort()).toEqual(["categoriesText", "division", "idNumber", "phone"]);
    const differs = readLine(
      { name: "某人", idNumber: inventedNumber("1950-01-01", 1), bornOn: "1950-01-02", sex: "female" },
      today,
    );
    expect(differs.warnings.map((one) => one.code)).toEqual(["people/birth-differs", "people/sex-differs"]);
    expect(differs.stated).toMatchObject({ bornOn: "1950-01-01", sex: "male" });
    expect(readLine({ name: "某人", bornOn: "1944年" }, today).stated).toMatchObject({ bornText: "1944年" });
    expect(readLine({ name: "某人", bornOn: "1890年" }, today).problems[0]?.code).toBe("people/birth-impossible");
    expect(readLine({ name: "某人", foundOn: "2999-01-01" }, today).problems).toMatchObject([
      { field: "foundOn", code: "people/period-impossible" },
    ]);
    expect(readLine({ name: "某人", contactPhone: "13800001234" }, today).stated.contacts).toMatchObject([
      { name: "", phone: "13800001234" },
    ]);
    expect(readLine({ name: "某人", categoriesText: "独居" }, today).stated.living).toBe("alone");
  });
  it("knows two lines of one person", () => {
    expect(lineKey({ name: "甲", idNumber: " 11010519491231002x" })).toBe(
      lineKey({ name: "乙", idNumber: "11010519491231002X" }),
    );
    expect(lineKey({ name: "甲", bornOn: "1950" })).not.toBe(lineKey({ name: "甲", bornOn: "1951" }));
  });
});

describe("likeness", () => {
  const base: Alike = {
    name: "李红梅",
    nameKey: "li hong mei",
    bornOn: "1940-05-06",
    bornText: null,
    division: "630102100201",
    sex: null,
    numbered: false,
  };
  it.each([
    ["the same", {}, 1],
    ["a homophone in another township", { name: "李虹梅", division: "630102001001" }, 0.89],
    ["day and month exchanged", { bornOn: "1940-06-05" }, 0.93],
    ["no birth, same village", { bornOn: null }, 0.86],
    ["no birth, another village", { bornOn: null, division: "630102001001" }, 0.8],
    ["a sister born the same day", { name: "李红兰", nameKey: "li hong lan" }, 0.833],
    ["another birthday", { bornOn: "1951-01-01" }, 0.65],
    ["the other sex", { sex: "male" as const }, 1],
    ["a year only", { bornOn: null, bornText: "1940年" }, 0.93],
    ["another year", { bornOn: null, bornText: "1941年" }, 0.65],
  ])("%s", (_, more, score) => {
    const other = { ...base, ...more };
    expect(likeness(base, other)).toBeCloseTo(score, 2);
    expect(likeness(other, base)).toBe(likeness(base, other));
  });
  it("sex and two sound numbers speak against, not louder than all else", () => {
    expect(likeness({ ...base, sex: "female" }, { ...base, sex: "male" })).toBe(0.8);
    expect(likeness({ ...base, numbered: true }, { ...base, numbered: true })).toBe(0.9);
  });
});
