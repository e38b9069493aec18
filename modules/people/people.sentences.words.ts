import { defineWords } from "../../kernel/text/words.ts";

/** What is wrong with a number, by reason. */
const reasonsZh: Readonly<Record<string, string>> = {
  length: "应为 18 位",
  charset: "只能是数字，末位可为 X",
  birth_date: "其中的出生日期不存在",
  check_digit: "校验位不符，请核对原件；确属证件所载的，请确认后保存，系统将标注存疑",
  passport: "护照号码应为 5 至 20 位字母和数字",
};
const reasonsEn: Readonly<Record<string, string>> = {
  length: "it must have 18 digits",
  charset: "only digits are allowed, the last may be X",
  birth_date: "the date of birth in it does not exist",
  check_digit:
    "its check digit is wrong: compare it with the card; if the card really says so, confirm it and it is kept with a mark",
  passport: "a passport number has 5 to 20 letters and digits",
};
const phonesZh: Readonly<Record<string, string>> = {
  several: "一格只能填一个号码",
  length: "位数不对：手机 11 位，座机为区号加 7 或 8 位",
  form: "不是电话号码",
};
const phonesEn: Readonly<Record<string, string>> = {
  several: "one number a cell",
  length: "wrong length: a mobile has 11 digits, a landline its area code and 7 or 8",
  form: "this is no telephone number",
};

type Candidates = { readonly candidates?: readonly { readonly code: string; readonly name?: string }[] };
const listed = ({ candidates }: Candidates) => (candidates ?? []).map((one) => `${one.name} ${one.code}`).join("; ");

/** What refusals and remarks about people say (人员库提示): what happened, which field, what to do. */
export const words = defineWords({
  zh: {
    "people/id-number-wrong": ({ reason }: { reason: string }) =>
      `证件号码有误：${reasonsZh[reason] ?? "请核对"}。请改正证件号码。`,
    "people/id-number-old": "证件号码是 15 位旧号码，已停止使用。请按现用身份证填写 18 位号码。",
    "people/birth-impossible": ({ birth }: { birth?: string }) =>
      `出生日期${birth ? ` ${birth} ` : ""}不可能：在今天之后，或年龄超过 120 周岁。请核对证件号码和出生日期。`,
    "people/division-unknown": ({ text }: { text?: string }) =>
      text
        ? `找不到村（社区）“${text}”。请填写本辖区内的村（社区）名称或 12 位代码。`
        : "没有写明村（社区）。请填写村（社区）名称或 12 位代码。",
    "people/division-ambiguous": (facts: { text: string } & Candidates) =>
      `本辖区内有几个“${facts.text}”：${listed(facts)}。请改填代码。`,
    "people/not-your-division": ({ division }: { division?: string }) =>
      `${division ?? "该地"}不在您的辖区内。请由当地登记，或核对村（社区）。`,
    "people/category-unknown": ({ text }: { text: string }) =>
      `不认识的人员类别：${text}。请用“独居、空巢、留守、失能、重残、计划生育特殊家庭、低保、特困”等，以顿号隔开。`,
    "people/phone-wrong": ({ reason }: { reason: string }) => `电话有误：${phonesZh[reason] ?? "请核对"}。`,
    "people/number-of-another-name": ({ name }: { name?: string }) =>
      `这个证件号码已登记在另一姓名${name ? `（${name}）` : ""}之下。请核对姓名和号码；确有重号的，请确认后保存，系统将立为疑似重复。`,
    "people/lives-elsewhere": ({ division }: { division: string }) =>
      `此人登记在 ${division}，不在您的辖区内。如已迁来，请联系当地办理迁移，由您确认迁入。`,
    "people/deceased": ({ name, on }: { name?: string; on?: string | null }) =>
      `${name ?? "此人"}已登记去世${on ? `（${on}）` : ""}。登记有误的，请由经办人更正。`,
    "people/changed-meanwhile": "这条记录刚被别人改过，您的修改没有保存。请重新打开后再改。",
    "people/unknown-person": "没有这个人，或不在您的辖区内。",
    "people/not-present": ({ state }: { state: string }) =>
      `此人不是在册状态（${({ moved: "已迁走", deceased: "已去世", merged: "已合并", withdrawn: "已注销" } as Record<string, string>)[state] ?? state}），不能办理。`,
    "people/period-impossible": ({ from, to }: { from?: string; to?: string | null }) =>
      `日期不可能${from ? `：${from}${to ? ` 至 ${to}` : ""}` : ""}。结束须晚于开始，且不能是将来或出生以前。`,
    "people/unknown-consent": "没有这条有效的同意记录。",
    "people/same-division": "新住地与现住地相同，无需迁移。",
    "people/not-arriving": "此人没有待确认的迁入。",
    "people/unknown-pair": "没有这组疑似重复，或不在您的辖区内。",
    "people/pair-settled": "这组疑似重复已经处理过了。",
    "people/same-person": "两条记录已经是同一个人。",
    "people/in-another-home": ({ division }: { division: string }) =>
      `其中一人登记在另一县（${division}），不能合并。请先办理迁移。`,
    "people/not-merged": "这条记录没有被合并。",
    "people/number-check-digit": "证件号码校验位不符，已确认保存并标注存疑。",
    "people/number-area-unknown": "证件号码的地区码不存在，请核对。",
    "people/birth-differs": ({ number, stated }: { number: string; stated: string }) =>
      `出生日期与证件号码不一致：号码为 ${number}，表中为 ${stated}，以号码为准。`,
    "people/birth-no-day": ({ text }: { text: string }) => `出生日期“${text}”不是完整日期，按原文保存。`,
    "people/sex-differs": "性别与证件号码不一致，以号码为准。",
    "people/contact-without-name": "联系人没有姓名，只保存了电话。",
    "people/another-place": ({ from, to }: { from: string; to: string }) =>
      `此人原登记在 ${from}，将改为 ${to}。如系迁移，请核对。`,
    "people/similar": ({ name, percent }: { name: string; percent: number }) =>
      `可能与已登记的 ${name} 是同一人（相似度 ${percent}%），将立为疑似重复，由人核对。`,
    "people/twice-in-sheet": ({ name }: { name: string }) => `${name} 在这批数据中出现了两次。`,
    "people/touched-since": ({ name }: { name: string }) => `${name} 导入后又有改动，没有撤销。`,
    "people/held-by-others": ({ name }: { name: string }) => `${name} 导入后已有其他业务记录，没有撤销。`,
  },
  en: {
    "people/id-number-wrong": ({ reason }) => `The identity number is wrong: ${reasonsEn[reason] ?? "check it"}.`,
    "people/id-number-old":
      "The identity number has 15 digits, a form no longer in use. Enter the 18 digits of the present card.",
    "people/birth-impossible": ({ birth }) =>
      `The date of birth${birth ? ` ${birth}` : ""} is impossible: in the future, or more than 120 years ago. Check number and date.`,
    "people/division-unknown": ({ text }) =>
      text
        ? `No village or community "${text}" is known. Enter a name inside your division, or its 12 digits.`
        : "No village or community is given. Enter its name or its 12 digits.",
    "people/division-ambiguous": (facts) =>
      `Several places here are called "${facts.text}": ${listed(facts)}. Enter the code instead.`,
    "people/not-your-division": ({ division }) =>
      `${division ?? "The place"} is not in your division. Have it recorded there, or check the village.`,
    "people/category-unknown": ({ text }) =>
      `Unknown class: ${text}. Use the classes of the template, separated by commas.`,
    "people/phone-wrong": ({ reason }) => `The telephone number is wrong: ${phonesEn[reason] ?? "check it"}.`,
    "people/number-of-another-name": ({ name }) =>
      `This number is recorded under another name${name ? ` (${name})` : ""}. Check both; if two people really share it, confirm, and a possible double is opened.`,
    "people/lives-elsewhere": ({ division }) =>
      `This person is recorded in ${division}, outside your division. If they have moved here, have them moved there and confirm the arrival.`,
    "people/deceased": ({ name, on }) =>
      `${name ?? "This person"} is recorded as deceased${on ? ` (${on})` : ""}. If that is wrong, an officer corrects it.`,
    "people/changed-meanwhile": "Somebody else has just changed this record; yours was not saved. Open it again.",
    "people/unknown-person": "There is no such person, or not in your division.",
    "people/not-present": ({ state }) => `This person is ${state}; nothing can be changed.`,
    "people/period-impossible": ({ from, to }) =>
      `The dates are impossible${from ? `: ${from}${to ? ` to ${to}` : ""}` : ""}. The end comes after the beginning, neither in the future nor before birth.`,
    "people/unknown-consent": "There is no such consent in force.",
    "people/same-division": "The person lives there already.",
    "people/not-arriving": "No arrival of this person waits to be confirmed.",
    "people/unknown-pair": "There is no such pair, or not in your division.",
    "people/pair-settled": "This pair was settled before.",
    "people/same-person": "The two rows are one person already.",
    "people/in-another-home": ({ division }) =>
      `One of the two is recorded in another county (${division}): move the person first.`,
    "people/not-merged": "This row was not merged.",
    "people/number-check-digit": "The check digit of the number is wrong; it was confirmed and is kept with a mark.",
    "people/number-area-unknown": "The number names no known province. Check it.",
    "people/birth-differs": ({ number, stated }) =>
      `Birth and number differ: ${number} in the number, ${stated} in the sheet; the number counts.`,
    "people/birth-no-day": ({ text }) => `The birth "${text}" is no full date; it is kept as written.`,
    "people/sex-differs": "Sex and number differ; the number counts.",
    "people/contact-without-name": "The contact has no name; only the telephone is kept.",
    "people/another-place": ({ from, to }) =>
      `This person was recorded in ${from}, now ${to}. Check whether they moved.`,
    "people/similar": ({ name, percent }) =>
      `May be the same person as ${name} (${percent}% alike): a possible double is opened for somebody to look at.`,
    "people/twice-in-sheet": ({ name }) => `${name} stands in these lines twice.`,
    "people/touched-since": ({ name }) => `${name} was changed after the import and stays.`,
    "people/held-by-others": ({ name }) => `Other records refer to ${name} by now; the person stays.`,
  },
});
