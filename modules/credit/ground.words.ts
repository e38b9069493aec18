import { defineWords } from "../../kernel/text/words.ts";

type Facts = Readonly<Record<string, unknown>>;

const year = (facts: Facts) => (typeof facts.report_year === "number" ? String(facts.report_year) : "");

/** Grounds of both lists, by name and as the sentence that stands in notice, decision and on the public list (列入情形). */
export const groundWords = defineWords({
  zh: {
    names: {
      abnormal: {
        annual_report: "未按规定报送年度报告",
        party_organisation: "未按规定设立党组织",
        rectification_overdue: "责令改正逾期未改正",
        public_fundraising_conditions_lost: "不再符合公开募捐资格条件",
        no_public_fundraising_6_months: "连续六个月不开展公开募捐",
        light_penalty: "受到警告或不满五万元罚款",
        unreachable: "通过登记的住所无法取得联系",
        other_law: "法律、行政法规规定应当列入的其他情形",
      },
      serious: {
        abnormal_24_months: "列入活动异常名录满两年",
        change_registration_fraud: "弄虚作假办理变更登记被撤销",
        suspended: "受到限期停止活动处罚",
        heavy_fine: "受到五万元以上罚款",
        light_penalties_in_3_years: "三年内两次以上受到警告或不满五万元罚款",
        dishonest_judgment_debtor: "被列为失信被执行人",
        certificate_revoked: "被吊销登记证书或撤销登记",
        other_law: "法律、行政法规规定应当列入的其他情形",
      },
    },
    texts: {
      abnormal: {
        annual_report: (facts: Facts) =>
          `未按照规定时限和要求报送${year(facts) ? `${year(facts)}年度` : ""}年度工作报告。`,
        party_organisation: () => "未按照有关规定设立党组织。",
        rectification_overdue: () => "被责令改正，逾期未改正。",
        public_fundraising_conditions_lost: () => "具有公开募捐资格的慈善组织，不再符合公开募捐资格条件。",
        no_public_fundraising_6_months: (facts: Facts) =>
          `具有公开募捐资格的慈善组织，连续${String(facts.months_without_fundraising ?? "六")}个月不开展公开募捐活动。`,
        light_penalty: (facts: Facts) =>
          facts.penalty === "fine" ? `受到罚款${String(facts.amount ?? "")}元的行政处罚。` : "受到警告的行政处罚。",
        unreachable: () => "通过登记的住所无法与该组织取得联系：两次邮寄文书均无人签收。",
        other_law: (facts: Facts) => String(facts.other_law_text ?? ""),
      },
      serious: {
        abnormal_24_months: (facts: Facts) =>
          `自${String(facts.abnormal_since ?? "")}起被列入活动异常名录，满两年仍未移出。`,
        change_registration_fraud: () => "弄虚作假办理变更登记，被撤销变更登记。",
        suspended: () => "受到限期停止活动的行政处罚。",
        heavy_fine: (facts: Facts) => `受到罚款${String(facts.amount ?? "")}元的行政处罚。`,
        light_penalties_in_3_years: (facts: Facts) =>
          `三年内受到两次以上警告或者不满五万元罚款的行政处罚（${Array.isArray(facts.light_penalties) ? facts.light_penalties.join("、") : ""}）。`,
        dishonest_judgment_debtor: () => "被司法机关纳入失信被执行人名单。",
        certificate_revoked: () => "被登记管理机关吊销登记证书或者撤销登记。",
        other_law: (facts: Facts) => String(facts.other_law_text ?? ""),
      },
    },
    fields: {
      annual_report: "年度报告情况",
      report_year: "报告年度",
      party_organisation_required: "按规定应设立党组织",
      established: "已设立党组织",
      rectification_notice: "已送达责令改正通知",
      deadline_passed: "改正期限已过",
      fixed: "已改正",
      rectification_due: "改正期限",
      qualification_lost: "已不符合公开募捐资格条件",
      public_fundraising_qualified: "具有公开募捐资格",
      months_without_fundraising: "连续未公开募捐月数",
      penalty: "处罚种类",
      amount: "罚款金额（元）",
      penalty_on: "处罚日期",
      registered_mail_attempts: "邮寄次数",
      signed: "签收次数",
      gap_days: "两次邮寄间隔天数",
      other_law: "法律法规规定应当列入",
      other_law_text: "具体情形和依据",
      abnormal_since: "列入活动异常名录起算日",
      change_registration_fraud_revoked: "弄虚作假的变更登记已被撤销",
      suspended: "受到限期停止活动处罚",
      light_penalties: "各次处罚日期",
      dishonest_judgment_debtor: "被列为失信被执行人",
      certificate_revoked: "被吊销证书或撤销登记",
      evidence_note: "证据存放处",
      abnormal_listing: "活动异常名录案件",
    },
    values: { late: "逾期报送", missing: "未报送", irregular: "不符合要求", warning: "警告", fine: "罚款" },
  },
  en: {
    names: {
      abnormal: {
        annual_report: "Annual report not filed as required",
        party_organisation: "Party organisation not set up as required",
        rectification_overdue: "Ordered rectification not done in time",
        public_fundraising_conditions_lost: "No longer qualified for public fundraising",
        no_public_fundraising_6_months: "No public fundraising for six months",
        light_penalty: "Warning, or fine below 50,000 yuan",
        unreachable: "Unreachable at the registered domicile",
        other_law: "Other ground of law",
      },
      serious: {
        abnormal_24_months: "Two years on the abnormal list",
        change_registration_fraud: "Fraudulent change of registration, revoked",
        suspended: "Ordered to suspend activities",
        heavy_fine: "Fine of 50,000 yuan or more",
        light_penalties_in_3_years: "Two or more light penalties within three years",
        dishonest_judgment_debtor: "Judgment defaulter",
        certificate_revoked: "Certificate revoked or registration annulled",
        other_law: "Other ground of law",
      },
    },
    texts: {
      abnormal: {
        annual_report: (facts) =>
          `The annual report${year(facts) ? ` of ${year(facts)}` : ""} was not filed in time or in form.`,
        party_organisation: () => "No Party organisation was set up as required.",
        rectification_overdue: () => "An ordered rectification was not done in time.",
        public_fundraising_conditions_lost: () => "The charity no longer meets the conditions of public fundraising.",
        no_public_fundraising_6_months: (facts) =>
          `The charity has raised no funds in public for ${String(facts.months_without_fundraising ?? "six")} months.`,
        light_penalty: (facts) =>
          facts.penalty === "fine" ? `Fined ${String(facts.amount ?? "")} yuan.` : "Warned by administrative penalty.",
        unreachable: () => "Two letters to the registered domicile were not signed for.",
        other_law: (facts) => String(facts.other_law_text ?? ""),
      },
      serious: {
        abnormal_24_months: (facts) =>
          `On the abnormal list since ${String(facts.abnormal_since ?? "")}, two years without removal.`,
        change_registration_fraud: () => "A change of registration obtained by fraud was revoked.",
        suspended: () => "Ordered to suspend activities for a period.",
        heavy_fine: (facts) => `Fined ${String(facts.amount ?? "")} yuan.`,
        light_penalties_in_3_years: (facts) =>
          `Two or more light penalties within three years (${Array.isArray(facts.light_penalties) ? facts.light_penalties.join(", ") : ""}).`,
        dishonest_judgment_debtor: () => "Entered by a court on the list of judgment defaulters.",
        certificate_revoked: () => "The certificate was revoked or the registration annulled.",
        other_law: (facts) => String(facts.other_law_text ?? ""),
      },
    },
    fields: {
      annual_report: "Annual report",
      report_year: "Reporting year",
      party_organisation_required: "Party organisation required",
      established: "Party organisation set up",
      rectification_notice: "Order to rectify served",
      deadline_passed: "Deadline passed",
      fixed: "Put right",
      rectification_due: "Deadline",
      qualification_lost: "Conditions of public fundraising lost",
      public_fundraising_qualified: "Qualified for public fundraising",
      months_without_fundraising: "Months without public fundraising",
      penalty: "Kind of penalty",
      amount: "Fine (yuan)",
      penalty_on: "Day of penalty",
      registered_mail_attempts: "Letters sent",
      signed: "Letters signed for",
      gap_days: "Days between the letters",
      other_law: "Ground of other law",
      other_law_text: "What happened and by which law",
      abnormal_since: "On the abnormal list since",
      change_registration_fraud_revoked: "Fraudulent change revoked",
      suspended: "Ordered to suspend activities",
      light_penalties: "Days of the penalties",
      dishonest_judgment_debtor: "Judgment defaulter",
      certificate_revoked: "Certificate revoked or registration annulled",
      evidence_note: "Where the evidence is kept",
      abnormal_listing: "Case on the abnormal list",
    },
    values: { late: "late", missing: "missing", irregular: "not in form", warning: "warning", fine: "fine" },
  },
});
