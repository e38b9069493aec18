import type { Citation } from "../rule/rule.ts";

/** A text of law or a period of one (法规文本): citations are made from it by `cite`. */
export type LawText = Omit<Citation, "article" | "item">;

/** Citation of an article (引用条款), e.g. `cite(law.foundations, "20")`, `cite(law.socialGroups2026, "30", "1")`. */
export function cite(text: LawText, article: string, item?: string): Citation {
  return { ...text, article, ...(item ? { item } : {}) };
}

/**
 * The texts that rules cite, each with the period in which it applied. Dates are calendar dates, `effectiveTo` exclusive.
 * Not read in full and so cited with care: Order 60 from art. 8 on (numbers as in its draft), the 2026 text of the
 * assessment rules (cited by subject instead of number). `houseRules` are conventions of this product, no law.
 */
export const law = {
  socialGroups1998: {
    document: "社会团体登记管理条例",
    number: "国务院令第250号",
    effectiveFrom: "1998-10-25",
    effectiveTo: "2016-02-06",
  },
  socialGroups2016: {
    document: "社会团体登记管理条例",
    number: "国务院令第250号（2016年修订）",
    effectiveFrom: "2016-02-06",
    effectiveTo: "2026-03-12",
  },
  socialGroups2026: {
    document: "社会团体登记管理条例",
    number: "国务院令第250号（2026年修订）",
    effectiveFrom: "2026-03-12",
  },
  serviceInstitutions: {
    document: "民办非企业单位登记管理暂行条例",
    number: "国务院令第251号",
    effectiveFrom: "1998-10-25",
  },
  foundations: { document: "基金会管理条例", number: "国务院令第400号", effectiveFrom: "2004-06-01" },
  names: { document: "社会组织名称管理办法", number: "民政部令第69号", effectiveFrom: "2024-05-01" },
  serviceInstitutionInspection: {
    document: "民办非企业单位年度检查办法",
    number: "民政部令第27号",
    effectiveFrom: "2005-06-01",
  },
  foundationInspection: { document: "基金会年度检查办法", number: "民政部令第30号", effectiveFrom: "2006-01-12" },
  socialGroupInspection: { document: "社会团体年度检查办法", effectiveFrom: "2026-01-01" },
  credit: { document: "社会组织信用信息管理办法", number: "民政部令第60号", effectiveFrom: "2018-01-24" },
  charity2016: { document: "慈善法", effectiveFrom: "2016-09-01", effectiveTo: "2024-09-05" },
  charity2024: { document: "慈善法", number: "2023年修正", effectiveFrom: "2024-09-05" },
  expenses2016: {
    document: "关于慈善组织开展慈善活动年度支出和管理费用的规定",
    number: "民发〔2016〕189号",
    effectiveFrom: "2016-09-01",
    effectiveTo: "2026-01-01",
  },
  expenses2026: {
    document: "关于慈善组织开展慈善活动年度支出、管理费用和募捐成本的规定",
    number: "民发〔2026〕12号",
    effectiveFrom: "2026-01-01",
  },
  evaluation2011: {
    document: "社会组织评估管理办法",
    number: "民政部令第39号",
    effectiveFrom: "2011-03-01",
    effectiveTo: "2026-03-01",
  },
  evaluation2026: { document: "社会组织评估管理办法", number: "2026年修订", effectiveFrom: "2026-03-01" },
  nationalEvaluation: { document: "全国性社会组织评估管理规定", effectiveFrom: "2021-12-02" },
  spotChecks: { document: "社会组织抽查暂行办法", number: "民发〔2017〕45号", effectiveFrom: "2017-03-13" },
  associationFees: {
    document: "关于取消社会团体会费标准备案规范会费管理的通知",
    number: "民发〔2014〕166号",
    effectiveFrom: "2014-07-25",
  },
  illegalOrganisations: { document: "取缔非法社会组织办法", number: "民政部令第77号", effectiveFrom: "2025-05-01" },
  penalties: { document: "行政处罚法", number: "2021年修订", effectiveFrom: "2021-07-15" },
  licences: { document: "行政许可法", number: "2019年修正", effectiveFrom: "2019-04-23" },
  civilCode: { document: "民法典", effectiveFrom: "2021-01-01" },
  personalInformation: { document: "个人信息保护法", effectiveFrom: "2021-11-01" },
  minors: { document: "未成年人保护法", number: "2024年修正", effectiveFrom: "2021-06-01" },
  assistance: { document: "社会救助暂行办法", number: "国务院令第649号", effectiveFrom: "2014-05-01" },
  disclosure: { document: "政府信息公开条例", number: "国务院令第711号", effectiveFrom: "2019-05-15" },
  elderRights: { document: "老年人权益保障法", number: "2018年修正", effectiveFrom: "2018-12-29" },
  elderVisits: { document: "关于开展特殊困难老年人探访关爱服务的指导意见", effectiveFrom: "2022-10-20" },
  creditCode: {
    document: "法人和其他组织统一社会信用代码编码规则",
    number: "GB 32100-2015",
    effectiveFrom: "2015-10-01",
  },
  organisationCode: { document: "全国组织机构代码编制规则", number: "GB 11714-1997", effectiveFrom: "1998-01-01" },
  citizenNumber: { document: "公民身份号码", number: "GB 11643-1999", effectiveFrom: "1999-10-01" },
  divisionCode: { document: "中华人民共和国行政区划代码", number: "GB/T 2260", effectiveFrom: "1980-12-01" },
  houseRules: { document: "善治业务规则", effectiveFrom: "1990-01-01" },
} as const satisfies Record<string, LawText>;
