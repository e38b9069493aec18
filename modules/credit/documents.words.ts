import { defineWords } from "../../kernel/text/words.ts";

interface Body {
  readonly name: string;
  readonly code: string | null;
}
interface Listed extends Body {
  readonly list: string;
  readonly ground: string;
  readonly article: string;
}

/** Texts of the documents of the lists (名录文书): notice, decisions, report. The paper itself is always Chinese. */
export const documents = defineWords({
  zh: {
    subject: (facts: Body) => (facts.code ? `${facts.name}（统一社会信用代码：${facts.code}）` : facts.name),
    notice: {
      title: (facts: { list: string }) => `拟列入${facts.list}告知书`,
      intro: (facts: Listed) => `经查，你单位存在以下情形：${facts.ground}`,
      basis: (facts: Listed) => `依据${facts.article}的规定，我机关拟将你单位列入${facts.list}。`,
      rights: (facts: { days: number }) =>
        `你单位自收到本告知书之日起${facts.days}个工作日内，可以向我机关书面陈述、申辩，并提交有关证据。逾期未提交的，不影响我机关依法作出决定。`,
      evidence: (facts: { count: number }) => `本案证据材料共${facts.count}件，可以到我机关查阅。`,
    },
    decision: {
      title: (facts: { list: string }) => `列入${facts.list}决定书`,
      joinTitle: (facts: { list: string }) => `在列期间新增${facts.list}列入情形决定书`,
      facts: (facts: Listed) => `经查，你单位存在以下情形：${facts.ground}`,
      procedure: (facts: { served: string; method: string; answered: boolean; due: string }) =>
        `我机关已于${facts.served}以${facts.method}方式向你单位送达拟列入告知书。` +
        (facts.answered
          ? "对你单位的陈述、申辩意见，我机关已复核，理由见下。"
          : `至陈述申辩期末日${facts.due}，你单位未提出陈述、申辩。`),
      reasons: "决定理由",
      certificate: "业务主管单位出具了没有直接责任的证明，仍予列入的理由",
      result: (facts: Listed & { on: string }) =>
        `依据${facts.article}的规定，决定自${facts.on}起将你单位列入${facts.list}，并向社会公示。`,
      join: (facts: Listed & { on: string; since: string }) =>
        `你单位自${facts.since}起在列${facts.list}。依据${facts.article}的规定，决定将上述情形一并记入，列入期限自${facts.on}起重新计算。`,
      effects: "列入后果",
      way: "移出办法",
      remedy: "救济途径",
    },
    removal: {
      title: (facts: { list: string }) => `移出${facts.list}决定书`,
      facts: (facts: Listed & { on: string }) => `你单位于${facts.on}因以下情形被列入${facts.list}：${facts.ground}`,
      verified: (facts: { on: string }) => `经核实，你单位已于${facts.on}履行义务、改正违法行为，并提出移出申请。`,
      lapsed: (facts: { on: string }) => `该情形不需要改正，列入期限已于${facts.on}届满。`,
      clean: (facts: { on: string }) => `你单位自${facts.on}起满两年未再发生应当列入的情形，并提出移出申请。`,
      ended: "你单位已办理注销登记。",
      result: (facts: { list: string; on: string }) => `决定自${facts.on}起将你单位移出${facts.list}，停止公示。`,
      reasons: "说明",
    },
    withdrawal: {
      title: (facts: { list: string }) => `撤销列入${facts.list}决定书`,
      facts: (facts: Listed & { on: string }) =>
        `我机关于${facts.on}将你单位列入${facts.list}，列入情形为：${facts.ground}`,
      basis: (facts: { basis: string; number: string | null }) =>
        `该决定的依据已不存在：${facts.basis}${facts.number ? `（${facts.number}）` : ""}。`,
      result: (facts: { list: string }) => `决定撤销对你单位列入${facts.list}的决定，自始无效，停止公示并公开更正。`,
      reasons: "撤销理由",
    },
    report: {
      title: "社会组织信用报告",
      intro: (facts: { on: string }) =>
        `本报告根据截至${facts.on}的登记与信用信息记录生成，供查询使用。社会组织信用信息依法不作评分。`,
      basics: "基本信息",
      standing: "在列情况",
      notListed: "未列入活动异常名录和严重违法失信名单。",
      effects: "列入后果",
      counts: "信用信息条数",
      records: "公开的信用信息",
      listings: "列入与移出记录",
      noRecords: "没有可公开的信用信息。",
      validity: (facts: { on: string }) => `信用信息会随时更新，本报告只反映${facts.on}当日情况，可凭核验码核验。`,
      rows: {
        name: "名称",
        code: "统一社会信用代码",
        kind: "类别",
        status: "登记状态",
        registeredOn: "登记日期",
        authority: "登记管理机关",
        unit: "业务主管单位",
        grade: "评估等级",
        inspection: "最近年检",
      },
      columns: {
        class: "分类",
        title: "事项",
        authority: "来源机关",
        formedOn: "形成日期",
        validTo: "有效期至",
        list: "名录",
        ground: "情形",
        listedOn: "列入日期",
        endedOn: "终结日期",
        number: "决定文号",
        count: "条数",
      },
    },
    basisKinds: {
      reconsideration: "行政复议决定撤销",
      judgment: "人民法院判决撤销",
      "penalty-revoked": "作为依据的行政处罚被撤销",
      "own-error": "登记管理机关自查发现错误",
    },
    methods: {
      "in-person": "直接送达",
      mail: "邮寄送达",
      lien: "留置送达",
      electronic: "电子送达",
      announcement: "公告送达",
    },
    wayOut: {
      rectifiable:
        "履行义务、改正违法行为后，可以向我机关申请移出；我机关核实后五个工作日内决定移出。列入满两年未移出的，将依法列入严重违法失信名单。",
      lapsing: "自列入之日起满六个月，由我机关决定移出。",
      serious: "自列入之日起满两年未再发生应当列入的情形的，可以向我机关申请移出。",
    },
  },
  en: {
    subject: (facts) => (facts.code ? `${facts.name} (unified social credit code ${facts.code})` : facts.name),
    notice: {
      title: (facts) => `Notice of intended listing: ${facts.list}`,
      intro: (facts) => `It has been found that: ${facts.ground}`,
      basis: (facts) => `Under ${facts.article}, this authority intends to enter you on the ${facts.list}.`,
      rights: (facts) =>
        `Within ${facts.days} working days of receiving this notice you may state your case in writing and hand in evidence. Otherwise this authority may decide without it.`,
      evidence: (facts) => `The file holds ${facts.count} pieces of evidence, which you may see at this authority.`,
    },
    decision: {
      title: (facts) => `Decision to list: ${facts.list}`,
      joinTitle: (facts) => `Decision on a further ground: ${facts.list}`,
      facts: (facts) => `It has been found that: ${facts.ground}`,
      procedure: (facts) =>
        `The notice was served on ${facts.served} (${facts.method}). ` +
        (facts.answered
          ? "Your statement has been considered; the reasons follow."
          : `No statement was received by ${facts.due}, the last day of the period.`),
      reasons: "Reasons",
      certificate: "Why it is listed although the supervisory unit certified no direct responsibility",
      result: (facts) =>
        `Under ${facts.article}, you are entered on the ${facts.list} from ${facts.on}; the entry is published.`,
      join: (facts) =>
        `You have been on the ${facts.list} since ${facts.since}. Under ${facts.article} this ground is added, and the period starts anew on ${facts.on}.`,
      effects: "What follows",
      way: "How to be removed",
      remedy: "Remedies",
    },
    removal: {
      title: (facts) => `Decision to remove: ${facts.list}`,
      facts: (facts) => `On ${facts.on} you were entered on the ${facts.list}: ${facts.ground}`,
      verified: (facts) => `It has been verified that you did your duty on ${facts.on} and applied for removal.`,
      lapsed: (facts) => `There was nothing to put right; the period ended on ${facts.on}.`,
      clean: (facts) => `Since ${facts.on} two years have passed without a new ground, and you applied for removal.`,
      ended: "You have been deregistered.",
      result: (facts) => `You are removed from the ${facts.list} from ${facts.on}; the entry is no longer published.`,
      reasons: "Remarks",
    },
    withdrawal: {
      title: (facts) => `Decision to withdraw a listing: ${facts.list}`,
      facts: (facts) => `On ${facts.on} this authority entered you on the ${facts.list}: ${facts.ground}`,
      basis: (facts) =>
        `The basis of that decision no longer exists: ${facts.basis}${facts.number ? ` (${facts.number})` : ""}.`,
      result: (facts) =>
        `The decision to enter you on the ${facts.list} is withdrawn from the beginning; the correction is published.`,
      reasons: "Reasons",
    },
    report: {
      title: "Credit report of a social organisation",
      intro: (facts) => `Made from the register and the credit records as of ${facts.on}. By law there is no score.`,
      basics: "Registration",
      standing: "Lists",
      notListed: "On neither list.",
      effects: "What follows",
      counts: "Number of records",
      records: "Public credit records",
      listings: "Entries and removals",
      noRecords: "No public credit records.",
      validity: (facts) => `Records change; this report shows ${facts.on} only and can be verified by its code.`,
      rows: {
        name: "Name",
        code: "Unified social credit code",
        kind: "Kind",
        status: "State",
        registeredOn: "Registered on",
        authority: "Registration authority",
        unit: "Supervisory unit",
        grade: "Grade",
        inspection: "Latest inspection",
      },
      columns: {
        class: "Class",
        title: "Matter",
        authority: "Source",
        formedOn: "Formed on",
        validTo: "Valid to",
        list: "List",
        ground: "Ground",
        listedOn: "Listed on",
        endedOn: "Ended on",
        number: "Decision number",
        count: "Records",
      },
    },
    basisKinds: {
      reconsideration: "set aside on reconsideration",
      judgment: "set aside by a court",
      "penalty-revoked": "the penalty it rested on was revoked",
      "own-error": "an error found by the registration authority itself",
    },
    methods: {
      "in-person": "in person",
      mail: "by mail",
      lien: "by leaving it",
      electronic: "electronically",
      announcement: "by announcement",
    },
    wayOut: {
      rectifiable:
        "Once you have done your duty you may apply for removal; it is decided within five working days of verification. After two years on the list you will be entered on the serious list.",
      lapsing: "Six months after listing, this authority decides on removal.",
      serious: "After two years without a new ground you may apply for removal.",
    },
  },
});
