import { defineWords } from "../../kernel/text/words.ts";
import { figureWords } from "./annual-inspection.figures.words.ts";

type Fields = { fields?: readonly string[] };
type Problems = { problems?: readonly { field: string; foundFen: number | null; expectedFen: number | null }[] };

const name = (locale: "zh" | "en", field: string) =>
  (figureWords[locale] as Readonly<Record<string, string>>)[field] ?? field;
const yuan = (fen: number | null | undefined) => (fen === null || fen === undefined ? "?" : (fen / 100).toFixed(2));

/** Sentences of the refusals and of what is missing before an act (拒绝与缺项): what happened, which field, what to do. */
export const sentenceWords = defineWords({
  zh: {
    "annual-inspection/report-not-found": "没有找到这份年度报告。请确认年度已开启，且该组织在您的管辖或权限范围内。",
    "annual-inspection/not-your-register": (facts: { home?: string; own?: string }) =>
      `这份记录属于登记管理机关 ${facts.home ?? ""}，您（${facts.own ?? ""}）只能查看，不能办理。请由其登记管理机关办理。`,
    "annual-inspection/year-not-over": (facts: { year?: number; opens?: string }) =>
      `${facts.year ?? ""}年度尚未结束，${facts.opens ?? ""}起才能开启该年度的年检。`,
    "annual-inspection/cut-off-outside-year": (facts: { cutOff?: string; year?: number }) =>
      `登记截止日 ${facts.cutOff ?? ""} 不在 ${facts.year ?? ""} 年内，请填写该年度内的日期。`,
    "annual-inspection/only-administrator-opens-below":
      "为下级全部登记管理机关开启年检只能由管理员办理；您可以为本机关开启。",
    "annual-inspection/year-not-opened": (facts: { year?: number }) =>
      `本机关还没有开启 ${facts.year ?? ""} 年度年检，请先开启年度。`,
    "annual-inspection/organisation-not-found": "没有找到这个社会组织，或者不在您的管辖范围内。",
    "annual-inspection/report-exists": (facts: { name?: string; year?: number }) =>
      `${facts.name ?? ""} 已经有 ${facts.year ?? ""} 年度的报告，不能重复开立。`,
    "annual-inspection/not-inspected": "该组织是备案的社区社会组织，或已不在登记状态，不参加年检。",
    "annual-inspection/not-editable": "报告已经报出，不能再修改；如需更改，请等待退回或补正通知。",
    "annual-inspection/figures-missing": (facts: Fields) =>
      `以下必填数据没有填写：${(facts.fields ?? []).map((field) => name("zh", field)).join("、")}。请填写后再报送。`,
    "annual-inspection/figures-contradict": (facts: Problems) =>
      `数据前后矛盾，不能报送：${(facts.problems ?? []).map((one) => `${name("zh", one.field)}填 ${yuan(one.foundFen)} 元${one.expectedFen === null ? "" : `，应为 ${yuan(one.expectedFen)} 元`}`).join("；")}。请更正；净资产有调整的请写明原因。`,
    "annual-inspection/attachment-not-found": "所附文件中有的没有上传成功，请重新上传后再报送。",
    "annual-inspection/reason-needed": (facts: { conclusion?: string; suggested?: string }) =>
      `您的结论（${facts.conclusion ?? ""}）与按规则得出的结论（${facts.suggested ?? ""}）不同，请写明理由。`,
    "annual-inspection/due-out-of-range": (facts: { dueOn?: string; from?: string; to?: string }) =>
      `整改期限 ${facts.dueOn ?? ""} 超出范围，应在 ${facts.from ?? ""} 至 ${facts.to ?? ""} 之间。`,
    "annual-inspection/outside-your-range": (facts: { division?: string }) =>
      `区划 ${facts.division ?? ""} 不在您的管辖范围内。`,
    "annual-inspection/preview-stale": (facts: { changed?: readonly string[] }) =>
      `预览之后有报告发生了变化${(facts.changed ?? []).length > 0 ? `（${(facts.changed ?? []).join("、")}）` : ""}，没有办理任何一份。请重新预览。`,
    "annual-inspection/nothing-overdue": (facts: { year?: number }) =>
      `${facts.year ?? ""} 年度目前没有应认定逾期的事项。`,
    "annual-inspection/run-not-found": "没有找到这个逾期批次。",
    "annual-inspection/run-not-running": "该批次已经结束，不需要停止；如需更正请撤回。",
    "annual-inspection/run-still-running": "该批次还在进行，请先停止再撤回。",
    "annual-inspection/run-already-reverted": "该批次已经撤回过。",
    "annual-inspection/no-supervisory-unit": "该组织没有业务主管单位，报告直接报送登记管理机关。",
    "annual-inspection/unit-goes-first": "该组织有业务主管单位，报告应先经其初审。",
    "annual-inspection/consent-missing": "还没有业务主管单位的初审同意意见。",
    "annual-inspection/correction-already-used": "已经要求过一次补正，不能再次要求；请直接作出结论。",
    "annual-inspection/correction-running": (facts: { dueOn?: string }) =>
      `补正期限到 ${facts.dueOn ?? ""}，期满前或补正送达前不能作出结论。`,
    "annual-inspection/nothing-to-rectify": "结论为合格，没有需要整改的事项。",
    "annual-inspection/rectification-report-missing": (facts: { dueOn?: string }) =>
      `组织还没有报送整改报告（期限 ${facts.dueOn ?? ""}）。`,
    "annual-inspection/rectification-reported": "整改报告已经报送，不能认定逾期，请验收。",
    "annual-inspection/not-due-yet": (facts: { dueOn?: string }) =>
      `期限为 ${facts.dueOn ?? ""}，当日仍属按时，次日起才能认定逾期。`,
    "annual-inspection/organisation-unknown": (facts: { name?: string }) =>
      `登记簿中没有找到“${facts.name ?? ""}”，请先登记或更正名称、代码。`,
    "annual-inspection/organisation-ambiguous": (facts: { name?: string }) =>
      `“${facts.name ?? ""}”对应多个组织，请填写统一社会信用代码。`,
    "annual-inspection/report-already-handled": (facts: { year?: number }) =>
      `${facts.year ?? ""} 年度报告已经在办理，不能用补录覆盖。`,
    "annual-inspection/year-not-past": (facts: { year?: number }) => `${facts.year ?? ""} 年度尚未结束，不能补录。`,
    "annual-inspection/over-ratio": (facts: { items?: readonly string[]; article?: string }) =>
      `支出比例不符合规定：${(facts.items ?? []).join("、")}（${facts.article ?? ""}），将记为发现的问题。`,
    "annual-inspection/touched-since": "该报告在导入之后已经继续办理，不能撤销导入。",
  },
  en: {
    "annual-inspection/report-not-found":
      "This yearly report was not found. Check that the year was opened and that the organisation lies within your range.",
    "annual-inspection/not-your-register": (facts) =>
      `This record belongs to registrar ${facts.home ?? ""}; you (${facts.own ?? ""}) may read it but not act on it. Ask its own registrar.`,
    "annual-inspection/year-not-over": (facts) =>
      `The year ${facts.year ?? ""} is not over; its inspection can be opened from ${facts.opens ?? ""} on.`,
    "annual-inspection/cut-off-outside-year": (facts) =>
      `The cut-off ${facts.cutOff ?? ""} does not lie in ${facts.year ?? ""}; give a day of that year.`,
    "annual-inspection/only-administrator-opens-below":
      "Only an administrator opens the year for all registrars below; you can open it for your own.",
    "annual-inspection/year-not-opened": (facts) =>
      `Your registrar has not opened ${facts.year ?? ""} yet; open the year first.`,
    "annual-inspection/organisation-not-found": "This organisation was not found, or lies outside your range.",
    "annual-inspection/report-exists": (facts) =>
      `${facts.name ?? ""} already has a report for ${facts.year ?? ""}; it cannot be opened twice.`,
    "annual-inspection/not-inspected":
      "This is a filed community organisation, or it is no longer registered: it is not inspected.",
    "annual-inspection/not-editable":
      "The report has been sent and cannot be changed; wait until it is returned or a correction is asked for.",
    "annual-inspection/figures-missing": (facts) =>
      `These figures are required and empty: ${(facts.fields ?? []).map((field) => name("en", field)).join(", ")}. Fill them in and send again.`,
    "annual-inspection/figures-contradict": (facts) =>
      `The figures contradict each other and cannot be sent: ${(facts.problems ?? []).map((one) => `${name("en", one.field)} is ${yuan(one.foundFen)} yuan${one.expectedFen === null ? "" : `, should be ${yuan(one.expectedFen)}`}`).join("; ")}. Correct them; explain an adjustment of net assets.`,
    "annual-inspection/attachment-not-found": "One of the attachments was not uploaded; upload it again and then send.",
    "annual-inspection/reason-needed": (facts) =>
      `Your conclusion (${facts.conclusion ?? ""}) differs from what the rule says (${facts.suggested ?? ""}); give the reason.`,
    "annual-inspection/due-out-of-range": (facts) =>
      `The day ${facts.dueOn ?? ""} is out of range; choose one from ${facts.from ?? ""} to ${facts.to ?? ""}.`,
    "annual-inspection/outside-your-range": (facts) => `Division ${facts.division ?? ""} lies outside your range.`,
    "annual-inspection/preview-stale": (facts) =>
      `Reports have changed since the preview${(facts.changed ?? []).length > 0 ? ` (${(facts.changed ?? []).join(", ")})` : ""}; none was acted on. Preview again.`,
    "annual-inspection/nothing-overdue": (facts) => `Nothing of ${facts.year ?? ""} is overdue at present.`,
    "annual-inspection/run-not-found": "This run was not found.",
    "annual-inspection/run-not-running": "This run has ended and need not be stopped; revert it to correct it.",
    "annual-inspection/run-still-running": "This run is still going on; stop it before reverting it.",
    "annual-inspection/run-already-reverted": "This run has been reverted already.",
    "annual-inspection/no-supervisory-unit":
      "This organisation has no supervisory unit; its report goes straight to the registrar.",
    "annual-inspection/unit-goes-first": "This organisation has a supervisory unit, which reviews the report first.",
    "annual-inspection/consent-missing": "The supervisory unit has not agreed yet.",
    "annual-inspection/correction-already-used":
      "A correction was asked for once already and cannot be asked for again; conclude instead.",
    "annual-inspection/correction-running": (facts) =>
      `The correction may come until ${facts.dueOn ?? ""}; conclude after that day or when it has arrived.`,
    "annual-inspection/nothing-to-rectify": "The conclusion is a pass; there is nothing to rectify.",
    "annual-inspection/rectification-report-missing": (facts) =>
      `The organisation has not reported its rectification (due ${facts.dueOn ?? ""}).`,
    "annual-inspection/rectification-reported":
      "The rectification was reported; it cannot be marked overdue, look at it instead.",
    "annual-inspection/not-due-yet": (facts) =>
      `It is due on ${facts.dueOn ?? ""}, and that day is still in time; it can be marked overdue from the next day.`,
    "annual-inspection/organisation-unknown": (facts) =>
      `The register holds no "${facts.name ?? ""}"; record it first, or correct the name or the code.`,
    "annual-inspection/organisation-ambiguous": (facts) =>
      `"${facts.name ?? ""}" means several organisations; give the credit code.`,
    "annual-inspection/report-already-handled": (facts) =>
      `The report for ${facts.year ?? ""} is being handled already and cannot be overwritten.`,
    "annual-inspection/year-not-past": (facts) =>
      `The year ${facts.year ?? ""} is not over; its report cannot be recorded yet.`,
    "annual-inspection/over-ratio": (facts) =>
      `Shares of spending are not as required: ${(facts.items ?? []).join(", ")} (${facts.article ?? ""}); noted as a problem found.`,
    "annual-inspection/touched-since":
      "The report has been handled since the import, which therefore cannot be undone.",
  },
});
