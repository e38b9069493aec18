import { describe, expect, it } from "vitest";
import { holdsPersonalNumbers } from "./public-text.rules.ts";

describe("a text for the public", () => {
  it.each([
    "负责人身份证110105199003071234",
    "联系电话138 1234 5678",
    "电话１３８１２３４５６７８",
    "卡号6222021234567890123",
    "证件11010519900307123X。",
  ])("is refused with the number of a person in it: %s", (text) => expect(holdsPersonalNumbers(text)).toBe(true));
  it.each([
    "未按照规定时限报送2025年度工作报告。",
    "统一社会信用代码51630122MJ0000018P",
    "罚款49999元，文号〔2026〕12号",
    "2026年3月2日送达",
    "固定电话0971-8212345",
  ])("may say what happened: %s", (text) => expect(holdsPersonalNumbers(text)).toBe(false));
});
