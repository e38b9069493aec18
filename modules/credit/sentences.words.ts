import { defineWords } from "../../kernel/text/words.ts";
import { groundWords } from "./ground.words.ts";

type Missing = { readonly code: string; readonly facts?: Readonly<Record<string, unknown>> };
type State = { state?: string };
type Unmet = { unmet?: readonly { field: string; value: unknown; threshold: unknown }[] };

const stateNames = {
  zh: {
    proposed: "拟列入待告知",
    noticed: "已告知，陈述申辩期内或待决定",
    stated: "已收到陈述申辩，待复核",
    answered: "陈述申辩已复核，待决定",
    listed: "在列",
    "removal-applied": "在列，已申请移出",
    "removal-verified": "在列，移出已核实",
    closed: "不予列入",
    joined: "已并入在列案件",
    removed: "已移出",
    moved: "已转入严重违法失信名单",
    withdrawn: "列入已撤销",
  },
  en: {
    proposed: "proposed, no notice yet",
    noticed: "notice served",
    stated: "statement to be answered",
    answered: "statement answered, to be decided",
    listed: "on the list",
    "removal-applied": "on the list, removal applied for",
    "removal-verified": "on the list, removal verified",
    closed: "not listed",
    joined: "joined to a standing listing",
    removed: "removed",
    moved: "moved to the serious list",
    withdrawn: "withdrawn",
  },
} as const;

/** Name of a state, or the state itself when it is none of ours. */
export function stateName(locale: "zh" | "en", state: string | undefined): string {
  return (stateNames[locale] as Readonly<Record<string, string>>)[state ?? ""] ?? state ?? "";
}

/** Names of facts as the form calls them. */
function factNames(locale: "zh" | "en", fields: readonly string[] | undefined): string[] {
  const names = groundWords[locale].fields as Readonly<Record<string, string>>;
  return (fields ?? []).map((field) => names[field] ?? field);
}

const plain = (unmet: Unmet["unmet"]) =>
  (unmet ?? []).map((one) => `${one.field}=${JSON.stringify(one.value)} (${JSON.stringify(one.threshold)})`);

/** What may be missing before an act (缺项): what is not there, and what to do. */
const lacking = defineWords({
  zh: {
    "procedure/wrong-state": (facts: State) => `目前状态是“${stateName("zh", facts.state)}”，不能办理这一步。`,
    "procedure/wrong-role": "您的角色不能办理这一步，请由有权限的人员办理。",
    "procedure/same-hand": "您经办过本案的前一环节，决定须由另一人作出。",
    "credit/not-underway": (facts: State) => `案件目前状态是“${stateName("zh", facts.state)}”，不在作出列入决定之前。`,
    "credit/notice-not-served": "尚未送达拟列入告知书，请先告知并记录送达。",
    "credit/notice-already-issued": (facts: { on?: string }) => `告知书已于${facts.on ?? ""}制发，请记录送达。`,
    "credit/statement-period-runs": (facts: { until?: string }) =>
      `陈述申辩期至${facts.until ?? ""}止，次日起才能作出决定。`,
    "credit/statement-unanswered": (facts: { stated?: string }) =>
      `${facts.stated ?? ""}收到的陈述申辩尚未复核答复，请先复核。`,
    "credit/reasons-missing": "没有填写决定理由。",
    "credit/remedy-missing": "没有填写救济途径（复议机关、法院和期限）。",
    "credit/evidence-missing": "没有证据材料，请上传材料或注明存放处。",
    "credit/rule-does-not-list": (facts: Unmet) =>
      `按规则，现有事实不构成列入情形${(facts.unmet ?? []).length > 0 ? `（未满足：${plain(facts.unmet).join("；")}）` : ""}。`,
    "credit/certificate-unanswered": (facts: { on?: string }) =>
      `业务主管单位已于${facts.on ?? ""}证明没有直接责任，可以不予列入；仍要列入的须写明理由。`,
    "credit/same-hand": "您经办过本案，决定须由另一人作出。",
    "credit/not-standing": (facts: State) => `案件目前状态是“${stateName("zh", facts.state)}”，不在列或已进入下一步。`,
    "credit/joined-to-another": "这一情形已并入在列案件，请在原案件中办理。",
    "credit/never-listed": (facts: State) =>
      `案件目前状态是“${stateName("zh", facts.state)}”，尚未列入；请在陈述申辩中提出。`,
    "credit/removal-not-applied": "没有移出申请，请先提交或代为记录。",
    "credit/not-put-right": "没有核实到已履行义务、改正违法行为。",
    "credit/removal-not-verified": "移出申请尚未核实，请由经办人先核实。",
    "credit/six-months-run": (facts: { until?: string }) =>
      `该情形不需改正，列入满六个月（${facts.until ?? ""}）方可移出。`,
    "credit/two-years-run": (facts: { until?: string }) => `列入严重违法失信名单未满两年（${facts.until ?? ""}）。`,
    "credit/two-years-over": (facts: { on?: string }) =>
      `列入活动异常名录已于${facts.on ?? ""}满两年，应依法转入严重违法失信名单。`,
    "credit/not-deregistered": "该组织被撤销或吊销登记，办理注销登记后方可移出。",
  },
  en: {
    "procedure/wrong-state": (facts) =>
      `The state is “${stateName("en", facts.state)}”; this step cannot be taken now.`,
    "procedure/wrong-role": "Your role cannot take this step.",
    "procedure/same-hand": "You handled an earlier step; somebody else has to decide.",
    "credit/not-underway": (facts) => `The state is “${stateName("en", facts.state)}”; no decision is pending.`,
    "credit/notice-not-served": "The prior notice has not been served. Serve it and record the service first.",
    "credit/notice-already-issued": (facts) => `The notice was issued on ${facts.on ?? ""}. Record its service.`,
    "credit/statement-period-runs": (facts) =>
      `The statement period runs until ${facts.until ?? ""}; a decision is possible from the day after.`,
    "credit/statement-unanswered": (facts) => `The statement received on ${facts.stated ?? ""} has not been answered.`,
    "credit/reasons-missing": "The reasons are missing.",
    "credit/remedy-missing": "The remedies (reconsideration, court, periods) are missing.",
    "credit/evidence-missing": "There is no evidence. Upload it or note where it is kept.",
    "credit/rule-does-not-list": (facts) =>
      `By the rule, the facts are no ground${(facts.unmet ?? []).length > 0 ? ` (not met: ${plain(facts.unmet).join("; ")})` : ""}.`,
    "credit/certificate-unanswered": (facts) =>
      `On ${facts.on ?? ""} the supervisory unit certified no direct responsibility. To list all the same, give the reasons.`,
    "credit/same-hand": "You handled this case; somebody else has to decide.",
    "credit/not-standing": (facts) =>
      `The state is “${stateName("en", facts.state)}”: not on the list, or already a step further.`,
    "credit/joined-to-another": "This ground was joined to a standing listing; act there.",
    "credit/never-listed": (facts) =>
      `The state is “${stateName("en", facts.state)}”: not listed yet. Make a statement instead.`,
    "credit/removal-not-applied": "No application for removal has been made or recorded.",
    "credit/not-put-right": "It has not been verified that the duty was done.",
    "credit/removal-not-verified": "The application for removal has not been verified by the handler.",
    "credit/six-months-run": (facts) =>
      `There is nothing to put right; removal is possible after six months, on ${facts.until ?? ""}.`,
    "credit/two-years-run": (facts) => `Two years on the serious list are not over (${facts.until ?? ""}).`,
    "credit/two-years-over": (facts) =>
      `Two years on the abnormal list were over on ${facts.on ?? ""}; the serious list takes over.`,
    "credit/not-deregistered": "The organisation was revoked or annulled; it leaves the list after deregistration.",
  },
});

function saidOf(locale: "zh" | "en", missing: readonly Missing[] | undefined): string {
  const table = lacking[locale] as Readonly<Record<string, string | ((facts: never) => string)>>;
  return (missing ?? [])
    .map((one) => {
      const word = table[one.code];
      return typeof word === "function" ? word((one.facts ?? {}) as never) : (word ?? one.code);
    })
    .join(locale === "zh" ? "" : " ");
}

/** Sentences of refusals and of what is missing (拒绝与缺项): what happened, which field, what to do. */
export const sentences = defineWords({
  zh: {
    ...lacking.zh,
    "credit/not-ready": (facts: { missing?: readonly Missing[] }) => `还不能办理：${saidOf("zh", facts.missing)}`,
    "credit/changed-meanwhile": "刚才有人办理了同一案件，请刷新后再看是否仍需办理。",
    "credit/listing-not-found": "没有找到这个名录案件，或者不在您的管辖或权限范围内。",
    "credit/organisation-not-found": "没有找到这个社会组织，或者不在您的管辖范围内。",
    "credit/not-your-register": "该组织不由本机关登记管理，您只能查看，不能办理。",
    "credit/organisation-ended": "该组织已注销或仅为备案的社区社会组织，不适用名录管理。",
    "credit/ground-not-of-list": "所选情形不属于该名录，请重新选择。",
    "credit/facts-missing": (facts: { fields?: readonly string[] }) =>
      `列入事实不完整或不符合格式：${factNames("zh", facts.fields).join("、")}。请补充后再提出。`,
    "credit/no-ground": (facts: Unmet & { serious?: boolean }) =>
      `按规则，所填事实不构成列入情形${facts.serious ? "；该处罚应按严重违法失信名单办理" : ""}${(facts.unmet ?? []).length > 0 ? `（未满足：${plain(facts.unmet).join("；")}）` : ""}。`,
    "credit/already-underway": (facts: State) =>
      `该组织在同一名录已有案件（${stateName("zh", facts.state)}），请在原案件中办理。`,
    "credit/holidays-unknown": (facts: { year?: number; knownUntil?: string }) =>
      `${facts.year ?? ""}年的节假日安排尚未公布（已知至${facts.knownUntil ?? ""}），法定工作日期限无法计算，不作推测。请管理员录入节假日后再办理。`,
    "credit/served-in-future": (facts: { servedOn?: string }) =>
      `送达日期${facts.servedOn ?? ""}在今天之后，请填写实际送达日期。`,
    "credit/served-before-notice": (facts: { servedOn?: string; issuedOn?: string }) =>
      `送达日期${facts.servedOn ?? ""}早于告知书制发日期${facts.issuedOn ?? ""}。此前已用纸质告知书送达的，请填写其文号、日期并上传送达证明。`,
    "credit/received-out-of-time": (facts: { receivedOn?: string; from?: string; to?: string }) =>
      `收到日期${facts.receivedOn ?? ""}应在${facts.from ?? ""}至${facts.to ?? ""}之间。`,
    "credit/put-right-out-of-time": (facts: { putRightOn?: string; from?: string; to?: string }) =>
      `改正日期${facts.putRightOn ?? ""}应在${facts.from ?? ""}至${facts.to ?? ""}之间。`,
    "credit/objection-not-found": "没有找到这件异议。",
    "credit/objection-answered": "这件异议已经答复过。",
    "credit/correction-missing": "异议成立的，须写明更正内容和公开的更正理由；整个列入有误的，请办理撤销列入。",
    "credit/decided-after-start": (facts: { decidedOn?: string; start?: string | null }) =>
      `决定日期${facts.decidedOn ?? ""}不早于该组织进入本系统的日期${facts.start ?? ""}，不能作为历史列入补录，请按列入程序办理。`,
    "credit/record-not-found": "没有找到这条信用信息。",
    "credit/record-incomplete": (facts: { fields?: readonly string[] }) =>
      `信用信息缺少：${(facts.fields ?? []).join("、")}。`,
    "credit/record-already-entered": "这条信用信息已经录入过，没有重复录入。",
    "credit/record-not-correctable": "这条信用信息已被更正或尚未录入，不能更正。",
    "credit/formed-in-future": (facts: { formedOn?: string }) => `形成日期${facts.formedOn ?? ""}在今天之后。`,
    "credit/kept-by-procedure": "列入、移出信息由名录程序自动记录，不能手工录入或更正。",
    "credit/personal-number-in-public-text":
      "这段文字将向社会公开，其中含有身份证号、手机号或银行卡号，请删去后再提交。",
    "credit/preview-changed": (facts: { total?: number }) =>
      `预览之后对象发生了变化（现为 ${facts.total ?? 0} 个），没有启动。请重新预览。`,
    "credit/run-already-running": "同类批处理正在进行，请等待结束或先停止。",
    "credit/nothing-to-run": "目前没有需要处理的对象。",
    "credit/run-not-found": "没有找到这个批次。",
    "credit/run-not-running": "该批次已经结束或停止。",
    "credit/run-still-running": "该批次还在进行，请先停止再撤销。",
    "credit/run-already-reverted": "该批次已经撤销过。",
  },
  en: {
    ...lacking.en,
    "credit/not-ready": (facts) => `Not possible yet: ${saidOf("en", facts.missing)}`,
    "credit/changed-meanwhile":
      "Somebody acted on the same case just now. Reload and see whether there is still anything to do.",
    "credit/listing-not-found": "There is no such listing, or it is outside your division or rights.",
    "credit/organisation-not-found": "There is no such organisation, or it is outside your division.",
    "credit/not-your-register": "Another authority registers this organisation; you may look but not act.",
    "credit/organisation-ended": "The organisation is deregistered or only filed; the lists do not apply to it.",
    "credit/ground-not-of-list": "The ground does not belong to that list. Choose another.",
    "credit/facts-missing": (facts) => `Facts are missing or not in form: ${factNames("en", facts.fields).join(", ")}.`,
    "credit/no-ground": (facts) =>
      `By the rule, these facts are no ground${facts.serious ? "; the penalty belongs to the serious list" : ""}${(facts.unmet ?? []).length > 0 ? ` (not met: ${plain(facts.unmet).join("; ")})` : ""}.`,
    "credit/already-underway": (facts) =>
      `There is already a case on that list (${stateName("en", facts.state)}). Act there.`,
    "credit/holidays-unknown": (facts) =>
      `The holidays of ${facts.year ?? ""} are not announced (known until ${facts.knownUntil ?? ""}); the period of working days cannot be counted and is not guessed. Ask the administrator to enter them.`,
    "credit/served-in-future": (facts) => `The day of service ${facts.servedOn ?? ""} is in the future.`,
    "credit/served-before-notice": (facts) =>
      `The day of service ${facts.servedOn ?? ""} is before the notice was issued on ${facts.issuedOn ?? ""}. For a notice served on paper before, give its number, date and proof.`,
    "credit/received-out-of-time": (facts) =>
      `The day of receipt ${facts.receivedOn ?? ""} must lie between ${facts.from ?? ""} and ${facts.to ?? ""}.`,
    "credit/put-right-out-of-time": (facts) =>
      `The day ${facts.putRightOn ?? ""} must lie between ${facts.from ?? ""} and ${facts.to ?? ""}.`,
    "credit/objection-not-found": "There is no such objection.",
    "credit/objection-answered": "This objection has been answered.",
    "credit/correction-missing":
      "An upheld objection needs the correction and its public reason. If the whole listing is wrong, withdraw it.",
    "credit/decided-after-start": (facts) =>
      `The decision of ${facts.decidedOn ?? ""} is not before the organisation came into this system (${facts.start ?? ""}). It has to go through the procedure.`,
    "credit/record-not-found": "There is no such credit record.",
    "credit/record-incomplete": (facts) => `The record lacks: ${(facts.fields ?? []).join(", ")}.`,
    "credit/record-already-entered": "This record has been entered before; nothing was entered twice.",
    "credit/record-not-correctable": "This record was corrected already or is not entered yet.",
    "credit/formed-in-future": (facts) => `The day ${facts.formedOn ?? ""} is in the future.`,
    "credit/kept-by-procedure": "Entries and removals are recorded by the procedure itself, not by hand.",
    "credit/personal-number-in-public-text":
      "This text will be public and holds a citizen number, mobile number or bank card number. Take it out.",
    "credit/preview-changed": (facts) =>
      `The candidates changed after the preview (now ${facts.total ?? 0}); nothing was started. Preview again.`,
    "credit/run-already-running": "A run of this kind is going on. Wait or stop it first.",
    "credit/nothing-to-run": "There is nothing to do.",
    "credit/run-not-found": "There is no such run.",
    "credit/run-not-running": "The run has ended or was stopped.",
    "credit/run-still-running": "The run is going on. Stop it before reversing it.",
    "credit/run-already-reverted": "The run has been reversed already.",
  },
});
