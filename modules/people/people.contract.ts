import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import {
  category,
  contactKind,
  date,
  division,
  flag,
  id,
  idKind,
  instant,
  living,
  optionalText,
  page,
  personState,
  sex,
  text,
} from "./people.shapes.ts";

export const readers = ["administrator", "officer", "decider", "auditor", "worker"] as const;
export const keepers = ["officer"] as const;

/** Records one person found in a census (摸底登记); the same line again changes nothing. Also fed from a spreadsheet. */
export const recordCensus = defineCommand("people.record-census", {
  who: ["officer", "worker"],
  offline: true,
  input: z.object({
    /** Made by a phone without network, so that a proposal recorded next can already name this person. */
    id: id.optional(),
    name: text(100),
    idNumber: optionalText(40),
    idKind: idKind.optional(),
    sex: sex.optional(),
    bornOn: optionalText(40),
    division: optionalText(40),
    village: optionalText(100),
    address: optionalText(300),
    householdNumber: optionalText(40),
    phone: optionalText(40),
    living: living.optional(),
    categories: z.array(category).max(14).optional(),
    categoriesText: optionalText(200),
    contactName: optionalText(100),
    contactRelation: optionalText(40),
    contactPhone: optionalText(40),
    secondContactName: optionalText(100),
    secondContactRelation: optionalText(40),
    secondContactPhone: optionalText(40),
    foundOn: date.optional(),
    /** A person has looked at what seemed doubtful, a possible double included. */
    confirmed: z.boolean().optional(),
  }),
  output: z.object({
    id,
    version: z.int(),
    outcome: z.enum(["new", "same", "change"]),
    warnings: z.array(flag.extend({ field: z.string() })),
    changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    /** Rows that may be the same person; a pair is opened for each. */
    similar: z.array(z.object({ id, home: z.string(), masked: z.string(), score: z.number() })),
  }),
  refusals: {
    "people/id-number-wrong": 422,
    "people/id-number-old": 422,
    "people/birth-impossible": 422,
    "people/period-impossible": 422,
    "people/division-unknown": 422,
    "people/division-ambiguous": 422,
    "people/not-your-division": 403,
    "people/category-unknown": 422,
    "people/phone-wrong": 422,
    "people/number-of-another-name": 409,
    "people/lives-elsewhere": 409,
    "people/deceased": 409,
    "people/changed-meanwhile": 409,
  },
  privateFields: [
    "name",
    "idNumber",
    "phone",
    "address",
    "contactName",
    "contactPhone",
    "secondContactName",
    "secondContactPhone",
    "bornOn",
  ],
  sheet: [
    { field: "name", headers: ["姓名", "老人姓名", "人员姓名", "name"], kind: "text", required: true },
    { field: "idNumber", headers: ["身份证号", "身份证号码", "公民身份号码", "证件号码", "id number"], kind: "code" },
    {
      field: "sex",
      headers: ["性别", "sex"],
      kind: "enum",
      values: { female: ["女", "女性", "f"], male: ["男", "男性", "m"] },
    },
    { field: "bornOn", headers: ["出生日期", "出生年月", "date of birth"], kind: "text" },
    { field: "division", headers: ["村（社区）代码", "区划代码", "行政区划代码", "division code"], kind: "code" },
    { field: "village", headers: ["村（社区）", "所在村", "村居", "村", "社区", "village"], kind: "text" },
    { field: "address", headers: ["住址", "家庭住址", "详细地址", "address"], kind: "text" },
    { field: "householdNumber", headers: ["户号", "household"], kind: "code" },
    { field: "phone", headers: ["联系电话", "本人电话", "电话", "手机号", "phone"], kind: "code" },
    {
      field: "living",
      headers: ["居住方式", "居住状况", "living"],
      kind: "enum",
      values: {
        alone: ["独居", "alone"],
        with_spouse: ["与配偶同住", "夫妻同住", "with spouse"],
        with_children: ["与子女同住", "with children"],
        with_others: ["与他人同住", "其他", "with others"],
        institution: ["机构养老", "养老机构", "institution"],
        unknown: ["不详", "unknown"],
      },
    },
    { field: "categoriesText", headers: ["人员类别", "特殊困难类型", "老人类别", "类别", "categories"], kind: "text" },
    { field: "contactName", headers: ["紧急联系人", "联系人姓名", "emergency contact"], kind: "text" },
    { field: "contactRelation", headers: ["与本人关系", "联系人关系", "relation"], kind: "text" },
    { field: "contactPhone", headers: ["紧急联系人电话", "联系人电话", "contact phone"], kind: "code" },
    { field: "secondContactName", headers: ["第二联系人", "second contact"], kind: "text" },
    { field: "secondContactRelation", headers: ["第二联系人关系", "second relation"], kind: "text" },
    { field: "secondContactPhone", headers: ["第二联系人电话", "second contact phone"], kind: "code" },
    { field: "foundOn", headers: ["摸排日期", "登记日期", "surveyed on"], kind: "date" },
  ],
});

const contact = z.object({
  id,
  kind: contactKind,
  position: z.int(),
  name: z.string(),
  relation: z.string(),
  place: z.string(),
  /** Masked; the whole number through `vault.unmask` under the contact's id. Workers on visiting duty get it to dial. */
  phone: z.string().nullable(),
});

export const person = z.object({
  id,
  home: z.string(),
  division: z.string(),
  recordedDivision: z.string(),
  householdId: id.nullable(),
  name: z.string(),
  sex: sex.nullable(),
  bornOn: z.string().nullable(),
  bornText: z.string().nullable(),
  /** Completed years today. */
  age: z.int().nullable(),
  idKind,
  /** Masked. */
  idNumber: z.string().nullable(),
  idFlag: z.string().nullable(),
  phone: z.string().nullable(),
  living,
  categories: z.array(category),
  address: z.string(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  state: personState,
  stateOn: date.nullable(),
  cameFrom: z.string().nullable(),
  movedTo: z.string().nullable(),
  mergedInto: id.nullable(),
  version: z.int(),
});

/** One person with everything the register knows (人员档案), masked by role; as of a date when asked. */
export const get = defineQuery("people.get", {
  who: readers,
  input: z.object({ id, on: date.optional() }),
  output: person.extend({
    household: z.array(z.object({ id, name: z.string(), age: z.int().nullable(), state: personState })),
    categoryHistory: z.array(
      z.object({
        id,
        category,
        from: date,
        to: date.nullable(),
        source: z.string(),
        grade: z.string().nullable(),
        evidenceId: id.nullable(),
        ground: z.string().nullable(),
      }),
    ),
    contacts: z.array(contact),
    consents: z.array(
      z.object({
        id,
        purpose: z.string(),
        givenBy: z.string(),
        givenOn: date,
        untilOn: date.nullable(),
        withdrawnOn: date.nullable(),
        evidenceId: id.nullable(),
      }),
    ),
    pairs: z.array(
      z.object({ id, otherId: id, other: z.string(), ground: z.enum(["same-number", "similar"]), score: z.number() }),
    ),
    aliases: z.array(z.object({ id, name: z.string(), mergedAt: instant })),
    history: z.array(
      z.object({
        version: z.int(),
        validFrom: date,
        recordedAt: instant,
        cause: z.string(),
        changed: z.array(z.string()),
      }),
    ),
  }),
  refusals: { "people/unknown-person": 404 },
});

/** People of a division (人员列表), by name, number, category, state, age. A number is found by its digest only. */
export const list = defineQuery("people.list", {
  who: readers,
  input: z.object({
    q: z.string().max(60).optional(),
    idNumber: z.string().max(40).optional(),
    division: division.optional(),
    category: category.optional(),
    state: personState.optional(),
    ageFrom: z.coerce.number().int().min(0).max(150).optional(),
    ...page,
  }),
  output: z.object({
    people: z.array(
      person.pick({
        id: true,
        division: true,
        name: true,
        sex: true,
        age: true,
        categories: true,
        living: true,
        state: true,
        idNumber: true,
        idFlag: true,
      }),
    ),
    total: z.int().nullable(),
    next: z.string().nullable(),
  }),
});

/** Corrects facts of a person (更正); the old state stays readable. */
export const correct = defineCommand("people.correct", {
  who: keepers,
  input: z.object({
    id,
    version: z.int(),
    validFrom: date.optional(),
    name: optionalText(100),
    sex: sex.optional(),
    bornOn: date.optional(),
    idNumber: optionalText(40),
    phone: optionalText(40),
    living: living.optional(),
    address: optionalText(300),
    householdNumber: optionalText(40),
    /** Takes back a death that was recorded by mistake. */
    alive: z.literal(true).optional(),
    place: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
    reason: text(300),
  }),
  output: z.object({ id, version: z.int() }),
  refusals: {
    "people/unknown-person": 404,
    "people/changed-meanwhile": 409,
    "people/id-number-wrong": 422,
    "people/id-number-old": 422,
    "people/number-of-another-name": 409,
    "people/birth-impossible": 422,
    "people/period-impossible": 422,
    "people/phone-wrong": 422,
    "people/not-present": 409,
  },
  privateFields: ["name", "idNumber", "phone", "address", "bornOn"],
});

/** Gives or ends a dated class (认定、终止身份类别) with source and evidence. */
export const setCategory = defineCommand("people.set-category", {
  who: keepers,
  input: z.object({
    id,
    category,
    from: date,
    to: date.optional(),
    source: text(100),
    grade: optionalText(20),
    evidenceId: id.optional(),
    ground: optionalText(200),
  }),
  output: z.object({ id, version: z.int() }),
  refusals: { "people/unknown-person": 404, "people/period-impossible": 422, "people/not-present": 409 },
});

/** Replaces contacts, supporters and guardians in their order (联系人、赡养人、监护人). */
export const setContacts = defineCommand("people.set-contacts", {
  who: ["officer", "worker"],
  input: z.object({
    id,
    contacts: z
      .array(
        z.object({
          kind: contactKind,
          name: text(100),
          relation: optionalText(40),
          place: optionalText(200),
          phone: optionalText(40),
        }),
      )
      .max(12),
  }),
  output: z.object({ id, version: z.int() }),
  refusals: { "people/unknown-person": 404, "people/phone-wrong": 422, "people/not-present": 409 },
  privateFields: ["contacts"],
});

/** Records a consent (登记同意): who, for what, until when. */
export const recordConsent = defineCommand("people.record-consent", {
  who: ["officer", "worker"],
  input: z.object({
    id,
    purpose: text(100),
    givenBy: text(100),
    givenOn: date,
    untilOn: date.optional(),
    evidenceId: id.optional(),
  }),
  output: z.object({ id }),
  refusals: { "people/unknown-person": 404, "people/period-impossible": 422, "people/not-present": 409 },
  privateFields: ["givenBy"],
});

/** Withdraws a consent (撤回同意). */
export const withdrawConsent = defineCommand("people.withdraw-consent", {
  who: ["officer", "worker"],
  input: z.object({ id, consentId: id, on: date }),
  output: z.object({ id }),
  refusals: { "people/unknown-person": 404, "people/unknown-consent": 404, "people/period-impossible": 422 },
});

/** Moves a person (迁移): inside the county at once; to another county its officer confirms the arrival (a duty). */
export const move = defineCommand("people.move", {
  who: keepers,
  input: z.object({ id, to: division, on: date, address: optionalText(300), reason: text(300) }),
  output: z.object({ id, home: z.string(), division: z.string(), state: personState }),
  refusals: {
    "people/unknown-person": 404,
    "people/division-unknown": 422,
    "people/same-division": 422,
    "people/not-present": 409,
    "people/period-impossible": 422,
  },
  privateFields: ["address"],
});

/** The new county confirms that a person has arrived and where (确认迁入). */
export const confirmArrival = defineCommand("people.confirm-arrival", {
  who: keepers,
  input: z.object({ id, division, address: optionalText(300) }),
  output: z.object({ id, division: z.string(), version: z.int() }),
  refusals: { "people/unknown-person": 404, "people/division-unknown": 422, "people/not-arriving": 409 },
  privateFields: ["address"],
});

/** Records a death (登记死亡): open care and duties end; undone only by a correction with its reason. */
export const recordDeath = defineCommand("people.record-death", {
  who: ["officer", "worker"],
  offline: true,
  input: z.object({ id, on: date, source: text(200) }),
  output: z.object({ id, version: z.int() }),
  refusals: { "people/unknown-person": 404, "people/period-impossible": 422, "people/not-present": 409 },
});

/** Lets the classes of people follow their dates (类别到期更新): run by a job, in small batches. */
export const refreshCategories = defineCommand("people.refresh-categories", {
  who: [],
  door: "internal",
  input: z.object({ ids: z.array(id).max(200) }),
  output: z.object({ changed: z.int() }),
});
