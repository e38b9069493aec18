import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MaskField, mask } from "./mask.ts";

describe("mask", () => {
  it.each([
    ["name", "张三", "张*"],
    ["name", "李小红", "李*红"],
    ["name", "欧阳修文", "欧阳**"],
    ["name", "欧阳锋", "欧阳*"],
    ["name", "欧阳", "欧*"],
    ["name", "爱新觉罗甲乙", "爱新觉罗**"],
    ["name", "李甲乙丙", "李**丙"],
    ["name", "王", "*"],
    ["name", "王\u{2141A}", "王*"],
    ["name", "\u{20BB7}\uE170明", "\u{20BB7}*明"],
    ["name", " 李小红\u3000", "李*红"],
    ["name", "古丽·艾力", "古*·**"],
    ["name", "Ann Lee", "A** ***"],
    ["citizen_id", "11010519491231002X", "110105********002X"],
    ["citizen_id", "１１０１０５１９４９１２３１００２Ｘ", "110105********002X"],
    ["citizen_id", "110105491231002", "110105******002"],
    ["citizen_id", "11010519491231", "**************"],
    ["phone", "13812345678", "138****5678"],
    ["phone", "+86 138 1234 5678", "138****5678"],
    ["phone", "0971-6123456", "0971-***3456"],
    ["phone", "(010)61234567", "010-****4567"],
    ["phone", "12345", "*****"],
    ["bank_account", "6222020000001234567", "***************4567"],
    ["bank_account", "6222 0200 0000 1234 567", "***************4567"],
    ["bank_account", "1234", "****"],
    ["address", "青海省海东市乐都区碾伯街道新乐社区3号楼2单元501室", "青海省海东市乐都区碾伯街道新乐社区****"],
    ["address", "某县甲镇李家村村委会旁", "某县甲镇李家村村委会****"],
    ["address", "某县甲镇李家村3组12号", "某县甲镇李家村****"],
    ["address", "某市乙区新村路12号", "某市乙区****"],
    ["address", "某市乙区丙街道中山路12号阳光社区3栋", "某市乙区丙街道****"],
    ["address", "景德镇市某区某小区3栋", "景德镇市某区****"],
    ["address", "某县甲镇李家村", "某县甲镇李家村"],
    ["address", "3号楼", "****"],
    ["name", "", ""],
  ] as const)("masks %s %s as %s", (field, value, expected) => {
    expect(mask(field, value)).toBe(expected);
  });

  it("never gives a name, number or account back whole (property)", () => {
    const fields: MaskField[] = ["name", "citizen_id", "phone", "bank_account"];
    const value = fc.oneof(fc.stringMatching(/^[0-9]{1,20}$/), fc.stringMatching(/^[\u4e00-\u9fff]{1,6}$/));
    fc.assert(
      fc.property(fc.constantFrom(...fields), value, (field, text) => {
        expect(mask(field, text)).toContain("*");
      }),
      { numRuns: 2000 },
    );
  });

  const file = "../shared/decision-cases.json";
  it.skipIf(!existsSync(file))("answers the decision cases (skipped: no shared data)", () => {
    const cases = JSON.parse(readFileSync(file, "utf8")) as {
      rule: string;
      input: { field: MaskField; value: string };
      expected: { masked: string };
    }[];
    const found = cases.filter((one) => one.rule === "mask");
    expect(found.length).toBeGreaterThanOrEqual(4);
    for (const { input, expected } of found) expect(mask(input.field, input.value)).toBe(expected.masked);
  });
});
