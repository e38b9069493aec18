import { z } from "zod";
import { defineCommand, type SheetColumn } from "../../kernel/operation/define.ts";
import { date, fen, id, optionalText, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { check, finding, type MoneyField, states } from "./annual-inspection.shapes.ts";

const money = fen.nullable().optional();

/** Headers a sheet may use for each line of the report, Chinese first. */
const moneyHeaders = {
  incomeTotalFen: ["收入合计", "总收入", "本年收入", "total income", "total_income"],
  donationIncomeFen: ["捐赠收入", "donations", "donation income"],
  governmentIncomeFen: ["政府补助收入", "government grants"],
  serviceIncomeFen: ["提供服务收入", "services"],
  membershipIncomeFen: ["会费收入", "membership fees"],
  salesIncomeFen: ["商品销售收入", "sales"],
  investmentIncomeFen: ["投资收益", "investment income"],
  otherIncomeFen: ["其他收入", "other income"],
  cashDonationsFen: ["现金捐赠", "cash donations", "cash_donations"],
  domesticCashDonationsFen: ["境内现金捐赠", "cash donations, domestic", "cash_donations_domestic"],
  inKindDonationsFen: ["非现金捐赠", "donations in kind", "non_cash_donations"],
  spendTotalFen: ["支出合计", "总支出", "本年总支出", "total expenditure", "total_expenditure"],
  charitySpendFen: ["公益事业支出", "业务活动支出", "公益支出", "charity expenditure", "charity_expenditure"],
  salariesFen: ["工作人员工资福利支出", "工资福利支出", "salaries"],
  adminFen: ["行政办公支出", "管理费用", "administration", "admin"],
  fundraisingFen: ["筹资费用", "fundraising cost"],
  otherSpendFen: ["其他支出", "other expenditure", "other"],
  assetsStartFen: ["年初总资产", "assets at start"],
  assetsEndFen: ["年末总资产", "assets at end"],
  netAssetsStartFen: ["上年末净资产", "年初净资产", "上年基金余额", "net assets at start"],
  netAssetsEndFen: ["年末净资产", "net assets at end"],
  lastYearIncomeFen: ["上年总收入", "上年收入", "last year's income"],
} as const satisfies Partial<Record<MoneyField, readonly string[]>>;
export type RecordedMoney = keyof typeof moneyHeaders;
export const recordedMoney = Object.keys(moneyHeaders) as RecordedMoney[];

const columns: SheetColumn[] = [
  { field: "name", headers: ["名称", "组织名称", "基金会名称", "单位名称", "name"], kind: "text", required: true },
  { field: "code", headers: ["统一社会信用代码", "信用代码", "credit code", "uscc"], kind: "code" },
  { field: "year", headers: ["年度", "报告年度", "year"], kind: "integer", required: true },
  { field: "filedOn", headers: ["报送日期", "filed on"], kind: "date" },
  { field: "publicQualification", headers: ["公开募捐资格", "公募", "public fundraising"], kind: "boolean" },
  ...Object.entries(moneyHeaders).map(
    ([field, headers]): SheetColumn => ({
      field,
      headers,
      kind: "money",
      negative: field === "otherSpendFen" || field === "investmentIncomeFen" || field === "otherIncomeFen",
    }),
  ),
  { field: "activityCount", headers: ["活动次数", "activities"], kind: "integer" },
  { field: "note", headers: ["备注", "说明", "note"], kind: "text" },
];

/**
 * Records a report of a past year from paper or an older system (补录历史年度报告): it is checked like any other and waits
 * for a conclusion by another hand. Matched by credit code, else by the only organisation of that name in one's register.
 */
export const recordReport = defineCommand("annual-inspection.record-report", {
  who: ["registrar", "administrator"],
  input: z.object({
    name: text(200),
    code: z.string().trim().max(40).optional(),
    year: z.coerce.number().int().min(1990).max(2200),
    filedOn: date.optional(),
    publicQualification: z.boolean().optional(),
    ...(Object.fromEntries(recordedMoney.map((field) => [field, money])) as Record<RecordedMoney, typeof money>),
    activityCount: z.int().min(0).nullable().optional(),
    note: optionalText(500),
  }),
  output: z.object({
    reportId: id,
    organisationId: id,
    state: z.enum(states),
    version: z.int(),
    outcome: z.enum(["new", "same", "change"]),
    checks: z.array(check),
    findings: z.array(finding),
  }),
  refusals: {
    "annual-inspection/organisation-unknown": 404,
    "annual-inspection/organisation-ambiguous": 409,
    "annual-inspection/report-already-handled": 409,
    "annual-inspection/year-not-past": 409,
    "annual-inspection/not-inspected": 409,
    "annual-inspection/figures-missing": 422,
    "annual-inspection/figures-contradict": 422,
  },
  law: [cite(law.foundations, "29"), cite(law.foundations, "36"), cite(law.serviceInstitutions, "23")],
  sheet: columns,
});

export type RecordedLine = z.output<typeof recordReport.input>;
