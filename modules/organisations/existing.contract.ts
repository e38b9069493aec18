import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { date, division, facts, fen, flag, id, kind, optionalText, status, text } from "./organisations.shapes.ts";

/** Wordings of kinds in real sheets (类别写法). */
const kindLabels = {
  social_group: ["社会团体", "社团", "社会团体法人", "social group"],
  social_service_institution: [
    "社会服务机构",
    "民办非企业单位",
    "民办非企业",
    "民非",
    "社会服务机构（民办非企业单位）",
    "social-service institution",
  ],
  foundation: ["基金会", "基金会法人", "foundation"],
  community_organisation: ["社区社会组织", "备案社区社会组织", "社区社会组织（备案）", "community organisation"],
} as const;

const statusLabels = {
  registered: ["正常", "存续", "在业", "登记", "已登记", "有效", "registered"],
  suspended: ["停止活动", "限期停止活动", "停业", "suspended"],
  liquidating: ["清算", "清算中", "liquidating"],
  deregistered: ["注销", "已注销", "注销登记", "deregistered"],
  revoked: ["吊销", "已吊销", "吊销登记证书", "吊销证书", "revoked"],
  annulled: ["撤销", "已撤销", "撤销登记", "annulled"],
  filed: ["备案", "已备案", "filed"],
  withdrawn: ["撤销备案", "已撤销备案", "withdrawn"],
} as const;

/** Loads one organisation of an existing register (存量数据入簿); the same line again changes nothing. */
export const recordExisting = defineCommand("organisations.record-existing", {
  who: ["registrar", "administrator"],
  input: z.object({
    name: text(200),
    creditCode: optionalText(40),
    kind: kind.optional(),
    registeredOn: optionalText(60),
    fundsFen: fen.min(0).optional(),
    fundsText: optionalText(100),
    registrationAuthority: optionalText(200),
    supervisoryUnit: optionalText(300),
    domicile: optionalText(500),
    domicileDivision: division.optional(),
    status: status.optional(),
    validity: optionalText(100),
    legalRepresentative: optionalText(100),
    scope: optionalText(4000),
    formerNames: optionalText(1000),
    division: division.optional(),
    confirmed: z.boolean().optional(),
  }),
  output: z.object({
    id,
    version: z.int(),
    outcome: z.enum(["new", "same", "change"]),
    warnings: z.array(flag.extend({ field: z.string() })),
    changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
  }),
  refusals: {
    "organisations/not-a-social-organisation": 422,
    "organisations/kind-unknown": 422,
    "organisations/ambiguous-match": 409,
    "organisations/code-of-another-register": 409,
    "organisations/not-your-division": 403,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
    "organisations/code-taken": 409,
  },
  law: [
    cite(law.socialGroups2026, "6"),
    cite(law.serviceInstitutions, "5"),
    cite(law.foundations, "6"),
    cite(law.credit, "4"),
  ],
  sheet: [
    {
      field: "name",
      headers: ["名称", "组织名称", "社会组织名称", "单位名称", "基金会名称", "机构名称", "name", "organisation name"],
      kind: "text",
      required: true,
    },
    {
      field: "creditCode",
      headers: [
        "统一社会信用代码",
        "社会信用代码",
        "信用代码",
        "统一代码",
        "登记证号",
        "uscc",
        "credit code",
        "unified social credit code",
      ],
      kind: "code",
    },
    {
      field: "kind",
      headers: ["类别", "组织类型", "社会组织类型", "登记类别", "类型", "org_type", "kind", "type"],
      kind: "enum",
      values: kindLabels,
    },
    {
      field: "registeredOn",
      headers: [
        "成立登记日期",
        "成立日期",
        "登记日期",
        "成立时间",
        "established",
        "established_raw",
        "registered on",
        "date of registration",
      ],
      kind: "text",
      note: "年、年月、空白均可；看不懂的日期保留原文并提示",
    },
    {
      field: "fundsFen",
      headers: [
        "注册资金",
        "原始基金",
        "原始基金数额",
        "开办资金",
        "活动资金",
        "initial_fund_wan_yuan",
        "initial_fund_raw",
        "funds",
        "registered funds",
      ],
      kind: "money",
      note: "请写明单位（元或万元）",
    },
    {
      field: "registrationAuthority",
      headers: [
        "登记管理机关",
        "登记机关",
        "registration_authority",
        "registration_authority_raw",
        "registration authority",
      ],
      kind: "text",
    },
    {
      field: "supervisoryUnit",
      headers: ["业务主管单位", "主管单位", "supervising_unit", "supervising_unit_raw", "supervisory unit"],
      kind: "text",
      note: "直接登记的写“直接登记”",
    },
    {
      field: "domicile",
      headers: ["住所", "地址", "住所地址", "办公地址", "address_raw", "address", "domicile"],
      kind: "text",
    },
    { field: "domicileDivision", headers: ["住所区划代码", "domicile division"], kind: "code" },
    { field: "status", headers: ["状态", "登记状态", "status"], kind: "enum", values: statusLabels },
    { field: "validity", headers: ["证书有效期", "有效期", "certificate_validity_raw", "validity"], kind: "text" },
    {
      field: "legalRepresentative",
      headers: ["法定代表人", "法人代表", "负责人", "legal representative"],
      kind: "text",
    },
    { field: "scope", headers: ["业务范围", "宗旨和业务范围", "scope"], kind: "text" },
    { field: "formerNames", headers: ["曾用名", "former names"], kind: "text" },
    { field: "division", headers: ["登记区划代码", "division"], kind: "code" },
    { field: "confirmed", headers: ["确认为社会组织", "confirmed"], kind: "boolean" },
  ],
});

/** Records that an organisation changed its name, from lists of old and new names (名称变更导入). */
export const applyNameChanges = defineCommand("organisations.apply-name-changes", {
  who: ["registrar", "administrator"],
  input: z.object({
    oldName: text(200),
    newName: text(200),
    /** The day of the change, when it is known. */
    changedOn: date.optional(),
    /** Else the first year in which each name was seen. */
    oldYear: z.coerce.number().int().min(1949).max(2100).optional(),
    newYear: z.coerce.number().int().min(1949).max(2100).optional(),
    creditCode: optionalText(40),
    confirmed: z.boolean().optional(),
  }),
  output: z.object({
    id,
    outcome: z.enum(["new", "same"]),
    /** Which of the two names the register held. */
    found: z.enum(["old", "new", "both"]),
    warnings: z.array(flag.extend({ field: z.string() })),
  }),
  refusals: {
    "organisations/name-not-found": 404,
    "organisations/ambiguous-match": 409,
    "organisations/looks-like-spelling": 422,
    "organisations/name-truncated": 422,
    "organisations/same-name": 422,
    "organisations/change-in-future": 422,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
  },
  law: [cite(law.socialGroups2026, "18"), cite(law.names, "8")],
  sheet: [
    {
      field: "oldName",
      headers: ["原名称", "变更前名称", "旧名称", "曾用名", "old name", "old_name", "old_name_2013"],
      kind: "text",
      required: true,
    },
    {
      field: "newName",
      headers: ["新名称", "变更后名称", "现名称", "new name", "new_name", "new_name_2014"],
      kind: "text",
      required: true,
    },
    { field: "changedOn", headers: ["变更日期", "核准变更日期", "changed on"], kind: "date" },
    { field: "oldYear", headers: ["原名称首见年份", "old year"], kind: "integer" },
    { field: "newYear", headers: ["新名称首见年份", "new year"], kind: "integer" },
    { field: "creditCode", headers: ["统一社会信用代码", "信用代码", "credit code"], kind: "code" },
    { field: "confirmed", headers: ["确认为变更", "confirmed"], kind: "boolean" },
  ],
});

export type ExistingSent = z.input<typeof recordExisting.input>;
export { facts };
