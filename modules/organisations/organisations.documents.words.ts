import { defineWords } from "../../kernel/text/words.ts";

const purposes = { registration: "成立登记", change: "变更登记", deregistration: "注销登记" } as const;
const purposesEn = {
  registration: "registration",
  change: "change of registration",
  deregistration: "deregistration",
} as const;
const kinds = {
  social_group: "社会团体",
  social_service_institution: "社会服务机构（民办非企业单位）",
  foundation: "基金会",
  community_organisation: "社区社会组织",
} as const;
const kindsEn = {
  social_group: "social group",
  social_service_institution: "social-service institution",
  foundation: "foundation",
  community_organisation: "community organisation",
} as const;

type Purpose = keyof typeof purposes;

/** Texts of the module's documents (文书用语). Documents are issued in Chinese; the English titles stand on screens. */
export const words = defineWords({
  zh: {
    purpose: (purpose: string) => purposes[purpose as Purpose] ?? purpose,
    kind: (kind: string) => kinds[kind as keyof typeof kinds] ?? kind,
    acceptanceTitle: (purpose: string) => `${purposes[purpose as Purpose] ?? ""}申请受理通知书`,
    acceptanceBody: (facts: { name: string; purpose: string; submittedOn: string; decideBy: string }) =>
      `你（单位）于${facts.submittedOn}提交的“${facts.name}”${purposes[facts.purpose as Purpose] ?? ""}申请，材料齐全、符合法定形式，本机关予以受理，并将于${facts.decideBy}前作出决定。`,
    acceptanceSilent: (facts: { answerBy: string }) =>
      `本机关未在${facts.answerBy}前一次告知需要补正的全部内容，依照《中华人民共和国行政许可法》第三十二条，自收到申请材料之日起即为受理。`,
    receipt: "申请回执号",
    applicant: "申请人",
    subject: "申请事项",
    organisation: "组织名称",
    kindLabel: "组织类别",
    correctionsTitle: "补正材料通知书",
    correctionsBody: (facts: { name: string; purpose: string }) =>
      `你（单位）提交的“${facts.name}”${purposes[facts.purpose as Purpose] ?? ""}申请需要补正。现一次告知需要补正的全部内容如下：`,
    correctionsEnd: "请补齐后重新提交。本机关不会就同一申请再次要求补正。",
    paper: (paper: string) =>
      ({
        application: "申请书",
        consent: "业务主管单位批准文件",
        capital: "验资证明",
        premises: "住所使用权证明",
        identities: "发起人和拟任负责人的基本情况、身份证明",
        charter: "章程草案",
        members: "会员名册",
        "liquidation-report": "清算报告",
        minutes: "会议纪要",
      })[paper] ?? paper,
    approvalTitle: (purpose: string) => `准予${purposes[purpose as Purpose] ?? ""}决定书`,
    approvalRegistration: (facts: { name: string; kind: string; code: string; registeredOn: string }) =>
      `经审查，“${facts.name}”符合${kinds[facts.kind as keyof typeof kinds] ?? ""}成立登记的条件，准予登记。统一社会信用代码：${facts.code}。登记日期：${facts.registeredOn}。`,
    approvalChange: (facts: { name: string; effectiveOn: string }) =>
      `经审查，“${facts.name}”的变更申请符合规定，准予变更，自${facts.effectiveOn}起生效。变更事项如下：`,
    approvalDeregistration: (facts: { name: string; code: string; effectiveOn: string }) =>
      `经审查，“${facts.name}”（统一社会信用代码：${facts.code}）清算完毕，准予注销登记，自${facts.effectiveOn}起终止。登记证书和印章已收缴。`,
    field: "登记事项",
    before: "变更前",
    after: "变更后",
    fieldName: (field: string) =>
      ({
        name: "名称",
        domicile: "住所",
        domicileDivision: "住所区划",
        legalRepresentative: "法定代表人",
        scope: "业务范围",
        activityArea: "活动地域",
        fundsFen: "注册资金（元）",
        unitName: "业务主管单位",
        sectorDepartment: "行业管理部门",
      })[field] ?? field,
    refusalTitle: (purpose: string) => `不予${purposes[purpose as Purpose] ?? ""}决定书`,
    refusalBody: (facts: { name: string; purpose: string }) =>
      `经审查，“${facts.name}”的${purposes[facts.purpose as Purpose] ?? ""}申请有下列情形，本机关决定不予准许：`,
    reason: (facts: { reason: string; article: string }) => `${facts.reason}（依据：${facts.article}）`,
    basis: "依据",
    certificateTitle: (kind: string) => `${kinds[kind as keyof typeof kinds] ?? ""}法人登记证书`,
    certificateBody: (facts: { from: string; to: string }) => `本证书有效期自${facts.from}至${facts.to}。`,
    code: "统一社会信用代码",
    domicile: "住所",
    representative: "法定代表人",
    funds: "注册资金",
    yuan: (amount: string) => `${amount}元`,
    scope: "业务范围",
    unit: "业务主管单位",
    direct: "直接登记",
    suspensionTitle: "责令限期停止活动决定书",
    suspensionBody: (facts: { name: string; decision: string; reason: string; from: string; until: string | null }) =>
      `依据行政处罚决定（${facts.decision}），责令“${facts.name}”自${facts.from}起${facts.until ? `至${facts.until}` : ""}停止活动，登记证书、印章和财务凭证予以封存。事实和理由：${facts.reason}`,
    liftTitle: "恢复活动通知书",
    liftBody: (facts: { name: string; reason: string; on: string }) =>
      `自${facts.on}起，准予“${facts.name}”恢复活动，发还封存的登记证书、印章和财务凭证。理由：${facts.reason}`,
    noticeTitle: (sanction: string) => (sanction === "revoked" ? "吊销登记证书事先告知书" : "撤销登记事先告知书"),
    noticeBody: (facts: { name: string; sanction: string; found: string; evidence: string; hearUntil: string }) =>
      `经查，“${facts.name}”存在下列事实：${facts.found}\n主要证据：${facts.evidence}\n本机关拟作出${facts.sanction === "revoked" ? "吊销登记证书" : "撤销登记"}的决定。你单位可以在${facts.hearUntil}前进行陈述和申辩，并有权要求听证。`,
    sanctionTitle: (sanction: string) => (sanction === "revoked" ? "吊销登记证书决定书" : "撤销登记决定书"),
    sanctionBody: (facts: { name: string; code: string; sanction: string; reason: string; heard: boolean }) =>
      `“${facts.name}”（统一社会信用代码：${facts.code}）。事实和理由：${facts.reason}\n本机关已事先告知拟作出的决定和依据，${facts.heard ? "已听取陈述和申辩" : "你单位在期限内未陈述、申辩"}。现决定${facts.sanction === "revoked" ? "吊销登记证书" : "撤销登记"}，收缴登记证书和印章。`,
  },
  en: {
    purpose: (purpose: string) => purposesEn[purpose as Purpose] ?? purpose,
    kind: (kind: string) => kindsEn[kind as keyof typeof kindsEn] ?? kind,
    acceptanceTitle: (purpose: string) => `Notice of acceptance: ${purposesEn[purpose as Purpose] ?? ""}`,
    acceptanceBody: (facts: { name: string; purpose: string; submittedOn: string; decideBy: string }) =>
      `The application of ${facts.submittedOn} for ${purposesEn[facts.purpose as Purpose] ?? ""} of ${facts.name} is complete and in legal form. It is accepted and will be decided by ${facts.decideBy}.`,
    acceptanceSilent: (facts: { answerBy: string }) =>
      `The authority did not say by ${facts.answerBy} what was missing. Under article 32 of the Administrative Licensing Law the application counts as accepted on the day it was received.`,
    receipt: "Receipt number",
    applicant: "Applicant",
    subject: "Application for",
    organisation: "Organisation",
    kindLabel: "Kind",
    correctionsTitle: "Notice of papers to be supplied",
    correctionsBody: (facts: { name: string; purpose: string }) =>
      `The application for ${purposesEn[facts.purpose as Purpose] ?? ""} of ${facts.name} needs the following. This is the whole list:`,
    correctionsEnd:
      "Please hand in what is missing. The authority will not ask for corrections of this application again.",
    paper: (paper: string) =>
      ({
        application: "written application",
        consent: "consent of the supervisory unit",
        capital: "proof of funds",
        premises: "proof of premises",
        identities: "particulars and identity papers of founders and proposed officers",
        charter: "draft charter",
        members: "list of members",
        "liquidation-report": "liquidation report",
        minutes: "minutes of the meeting",
      })[paper] ?? paper,
    approvalTitle: (purpose: string) => `Decision to approve: ${purposesEn[purpose as Purpose] ?? ""}`,
    approvalRegistration: (facts: { name: string; kind: string; code: string; registeredOn: string }) =>
      `${facts.name} meets the conditions for a ${kindsEn[facts.kind as keyof typeof kindsEn] ?? ""} and is registered on ${facts.registeredOn} under credit code ${facts.code}.`,
    approvalChange: (facts: { name: string; effectiveOn: string }) =>
      `The change applied for by ${facts.name} is approved with effect from ${facts.effectiveOn}:`,
    approvalDeregistration: (facts: { name: string; code: string; effectiveOn: string }) =>
      `${facts.name} (credit code ${facts.code}) has been liquidated and is deregistered with effect from ${facts.effectiveOn}. Certificate and seal have been collected.`,
    field: "Registered fact",
    before: "Before",
    after: "After",
    fieldName: (field: string) =>
      ({
        name: "Name",
        domicile: "Domicile",
        domicileDivision: "Division of domicile",
        legalRepresentative: "Legal representative",
        scope: "Scope of activity",
        activityArea: "Area of activity",
        fundsFen: "Registered funds (yuan)",
        unitName: "Supervisory unit",
        sectorDepartment: "Sector department",
      })[field] ?? field,
    refusalTitle: (purpose: string) => `Decision to refuse: ${purposesEn[purpose as Purpose] ?? ""}`,
    refusalBody: (facts: { name: string; purpose: string }) =>
      `The application for ${purposesEn[facts.purpose as Purpose] ?? ""} of ${facts.name} is refused for these reasons:`,
    reason: (facts: { reason: string; article: string }) => `${facts.reason} (basis: ${facts.article})`,
    basis: "Basis",
    certificateTitle: (kind: string) => `Certificate of registration: ${kindsEn[kind as keyof typeof kindsEn] ?? ""}`,
    certificateBody: (facts: { from: string; to: string }) => `Valid from ${facts.from} to ${facts.to}.`,
    code: "Unified social credit code",
    domicile: "Domicile",
    representative: "Legal representative",
    funds: "Registered funds",
    yuan: (amount: string) => `${amount} yuan`,
    scope: "Scope of activity",
    unit: "Supervisory unit",
    direct: "registered directly",
    suspensionTitle: "Order to stop activities",
    suspensionBody: (facts: { name: string; decision: string; reason: string; from: string; until: string | null }) =>
      `Under penalty decision ${facts.decision}, ${facts.name} stops its activities from ${facts.from}${facts.until ? ` to ${facts.until}` : ""}; certificate, seal and vouchers are sealed. Facts and reasons: ${facts.reason}`,
    liftTitle: "Notice that activities may resume",
    liftBody: (facts: { name: string; reason: string; on: string }) =>
      `From ${facts.on} ${facts.name} may resume its activities; certificate, seal and vouchers are returned. Reasons: ${facts.reason}`,
    noticeTitle: (sanction: string) =>
      sanction === "revoked"
        ? "Prior notice of revocation of the certificate"
        : "Prior notice of annulment of the registration",
    noticeBody: (facts: { name: string; sanction: string; found: string; evidence: string; hearUntil: string }) =>
      `These facts were found about ${facts.name}: ${facts.found}\nEvidence: ${facts.evidence}\nThe authority intends to ${facts.sanction === "revoked" ? "revoke the certificate" : "annul the registration"}. The organisation may state its case until ${facts.hearUntil} and may ask for a hearing.`,
    sanctionTitle: (sanction: string) =>
      sanction === "revoked" ? "Decision to revoke the certificate" : "Decision to annul the registration",
    sanctionBody: (facts: { name: string; code: string; sanction: string; reason: string; heard: boolean }) =>
      `${facts.name} (credit code ${facts.code}). Facts and reasons: ${facts.reason}\nPrior notice was given; ${facts.heard ? "statement and defence were heard" : "no statement was made in time"}. The authority ${facts.sanction === "revoked" ? "revokes the certificate" : "annuls the registration"} and collects certificate and seal.`,
  },
});
