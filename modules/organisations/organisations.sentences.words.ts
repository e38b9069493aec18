import { counted, defineWords } from "../../kernel/text/words.ts";
import { words as papers } from "./organisations.documents.words.ts";
import { words as vocabulary } from "./organisations.vocabulary.words.ts";

type Named = { name?: string };
type Coded = { code?: string; expected?: string; length?: number; division?: string; home?: string };
type Ranged = { date?: string; from?: string | null; to?: string | null };
type Listed = { reasons?: readonly string[]; unknown?: readonly string[]; articles?: readonly string[] };
type Barred = { name?: string; bars?: readonly string[]; articles?: readonly string[] };
type Pair = { oldName?: string; newName?: string };
type Told = { text?: string };

const of = (table: object, key: unknown) =>
  (table as Readonly<Record<string, string>>)[String(key)] ?? String(key ?? "");
const yuan = (fen: number | undefined) =>
  fen === undefined ? "?" : (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
const zh = vocabulary.zh;
const en = vocabulary.en;
const range = (facts: Ranged) => [facts.from, facts.to].map((one) => one ?? "").join("—");
const names = (facts: { candidates?: readonly { name?: string; code?: string | null }[] }) =>
  (facts.candidates ?? []).map((one) => `${one.name ?? ""}${one.code ? ` ${one.code}` : ""}`).join("；");

/** Sentences of refusals, doubts and missing things (提示用语), by code: what happened, which field, what to do. */
export const words = defineWords({
  zh: {
    "organisations/not-found": "没有找到这个社会组织，或者它不在您的管辖范围内。请核对名称或18位代码。",
    "organisations/not-your-register": (facts: Named) =>
      `“${facts.name ?? ""}”不在本机关登记，您只能查看。请由其登记管理机关办理。`,
    "organisations/changed-meanwhile": (facts: Named) =>
      `${facts.name ? `“${facts.name}”` : "有的记录"}刚刚被他人改动，本次没有写入。请刷新后再试。`,
    "organisations/not-your-division": (facts: { division?: string; home?: string }) =>
      `区划 ${facts.division ?? ""} 不属于本机关（${facts.home ?? ""}）的登记范围，请改为本机关辖区内的代码。`,
    "organisations/query-too-short": "检索词太短，请至少输入两个汉字、两个拼音字母或代码的前四位。",
    "organisations/did-not-exist-then": (facts: { name?: string; on?: string }) =>
      `“${facts.name ?? ""}”在 ${facts.on ?? ""} 还没有登记。请选择较晚的日期。`,
    "organisations/too-many-rows": (facts: { most?: number }) =>
      `一次最多导出 ${facts.most ?? ""} 行，请先用区划或类别缩小范围。`,
    "organisations/not-a-social-organisation": (facts: Named) =>
      `“${facts.name ?? ""}”看起来不是社会组织（居民委员会、村民委员会、公司或机关）。请核对；确实是社会组织的，请勾选“确认为社会组织”。`,
    "organisations/kind-unknown": (facts: Named) =>
      `看不出“${facts.name ?? ""}”的类别，请填写社会团体、社会服务机构或基金会。`,
    "organisations/ambiguous-match": (facts: {
      name?: string;
      candidates?: readonly { name?: string; code?: string | null }[];
    }) => `“${facts.name ?? ""}”对应不止一个社会组织：${names(facts)}。请填写统一社会信用代码。`,
    "organisations/code-of-another-register": (facts: Coded) =>
      `代码 ${facts.code ?? ""} 已登记在 ${facts.home ?? ""} 的登记簿中，不能重复登记。`,
    "organisations/code-taken": "这个统一社会信用代码已被使用，请核对。",
    "organisations/touched-since": (facts: { name?: string; version?: number }) =>
      `“${facts.name ?? ""}”在导入之后又有改动（现为第 ${facts.version ?? ""} 版），没有撤销。请逐条处理。`,
    "organisations/twice-in-sheet": (facts: { name?: string; code?: string }) =>
      `“${facts.name ?? ""}”在表中出现两次，内容不同。请只保留一行。`,
    "organisations/name-not-found": (facts: Pair) =>
      `登记簿中没有“${facts.oldName ?? ""}”，也没有“${facts.newName ?? ""}”。请核对名称。`,
    "organisations/looks-like-spelling": (facts: Pair) =>
      `“${facts.oldName ?? ""}”与“${facts.newName ?? ""}”只差一个字，像是笔误而不是更名。请核对；确为更名的，请勾选“确认为变更”。`,
    "organisations/name-truncated": (facts: Pair & Named) =>
      `名称似乎被截断：${facts.name ?? `${facts.oldName ?? ""} → ${facts.newName ?? ""}`}。请补全；确实如此的，请确认。`,
    "organisations/same-name": (facts: Pair) => `“${facts.oldName ?? ""}”与“${facts.newName ?? ""}”相同，没有变更。`,
    "organisations/change-in-future": (facts: Ranged) => `变更日期 ${facts.date ?? ""} 晚于今天，请核对。`,
    "organisations/change-not-dated": "没有写明变更日期或年份，先记为日期不详。",
    "organisations/application-not-found": "没有找到这份申请，或者它不在您的权限范围内。请核对回执号。",
    "organisations/unit-unknown": "没有这个业务主管单位，请从列表中选择，或先登记该单位。",
    "organisations/unit-missing": "还没有填写业务主管单位。请填写，或改为直接登记。",
    "organisations/unit-name-taken": (facts: Named) =>
      `已有名称或别名为“${facts.name ?? ""}”的单位，请在该单位上修改。`,
    "organisations/registers-directly": "该申请为直接登记，不需要送业务主管单位。",
    "organisations/needs-unit-consent": "该申请不是直接登记，请先送业务主管单位审查。",
    "organisations/foundation-below-province":
      "基金会由民政部或省级登记管理机关登记（《基金会管理条例》第六条），本机关不能受理。",
    "organisations/not-editable-now": (facts: { state?: string }) =>
      `申请现为“${of(zh.states, facts.state)}”，不能修改。草稿、退回和补正时可以修改。`,
    "organisations/consent-in-future": (facts: Ranged) => `同意日期 ${facts.date ?? ""} 晚于今天，请核对。`,
    "organisations/paper-missing": (facts: { paper?: string }) => `缺少材料：${papers.zh.paper(facts.paper ?? "")}。`,
    "organisations/gaps-told-once":
      "已经一次性告知过补正内容，不能再次要求补正（《行政许可法》第三十二条）。请受理或作出决定。",
    "organisations/deemed-accepted": (facts: { answerBy?: string }) =>
      `${facts.answerBy ?? ""}前没有一次性告知，依法视为已受理（《行政许可法》第三十二条），不能再要求补正。`,
    "organisations/conditions-not-met": (facts: Listed) =>
      `不符合条件：${(facts.reasons ?? []).map((one) => of(zh.reasons, one)).join("、")}${(facts.unknown ?? []).length > 0 ? `；缺少判断所需的内容：${(facts.unknown ?? []).map((one) => of(zh.ruleFields, one)).join("、")}` : ""}。依据：${(facts.articles ?? []).join("；")}。`,
    "organisations/code-invalid": (facts: Coded & { problem?: string }) =>
      `统一社会信用代码 ${facts.code ?? ""} 不能用于登记：${of(zh.codeProblems, facts.problem)}${facts.expected ? `，校验位应为 ${facts.expected}` : ""}。`,
    "organisations/name-taken": (facts: Named) => `名称“${facts.name ?? ""}”已有社会组织使用，请更换名称。`,
    "organisations/date-out-of-range": (facts: Ranged) =>
      `日期 ${facts.date ?? ""} 超出范围（${range(facts)}），请核对。`,
    "organisations/nothing-changes": (facts: Named) => `申请的内容与“${facts.name ?? ""}”现登记的内容相同，没有变更。`,
    "organisations/not-alive": (facts: { name?: string; status?: string }) =>
      `“${facts.name ?? ""}”现为“${of(zh.statuses, facts.status)}”，不能办理此事。`,
    "organisations/change-already-running": (facts: Named) =>
      `“${facts.name ?? ""}”已有一份变更申请正在办理，请等它办结。`,
    "organisations/audit-missing": (facts: Named) =>
      `“${facts.name ?? ""}”更换法定代表人前须进行财务审计，请先提交审计报告。`,
    "organisations/applied-late": (facts: { days?: number; deadline?: string }) =>
      `申请晚了 ${facts.days ?? ""} 天，应在 ${facts.deadline ?? ""} 前提出。已记录，不影响受理。`,
    "organisations/demand-not-lawful": (facts: { from?: string }) =>
      `责令合并、终止只适用于社会团体，且自 ${facts.from ?? ""} 起施行。`,
    "organisations/already-ending": (facts: Named) => `“${facts.name ?? ""}”已在终止程序中。`,
    "organisations/not-demanded": "没有经审核同意的合并、终止要求，不能由部门代为申请注销。",
    "organisations/not-liquidating": "该组织还没有进入清算，请先登记清算。",
    "organisations/certificate-not-collected": (facts: Named) =>
      `“${facts.name ?? ""}”的登记证书和印章尚未收缴，不能准予注销。`,
    "organisations/not-suspended": "该组织没有被责令停止活动。",
    "organisations/revocation-running": (facts: Named) => `对“${facts.name ?? ""}”的撤销或吊销程序正在进行。`,
    "organisations/ground-not-in-law": (facts: { ground?: string; kind?: string; on?: string }) =>
      `在 ${facts.on ?? ""} 适用的法规中，“${of(zh.grounds, facts.ground)}”不是对${of(zh.kinds, facts.kind)}撤销或吊销的事由。`,
    "organisations/not-notified": "还没有送达事先告知书，不能继续。请先事先告知。",
    "organisations/still-to-be-heard": (facts: { hearUntil?: string }) =>
      `陈述申辩期到 ${facts.hearUntil ?? ""} 届满，届满前不能作出决定。`,
    "organisations/other-sanction": (facts: { sanction?: string }) =>
      `事先告知的是${of(zh.statuses, facts.sanction)}，不能作出另一种决定。`,
    "organisations/officer-not-found": "没有找到这名负责人，请刷新后再试。",
    "organisations/officer-barred": (facts: Barred) =>
      `${facts.name ?? ""}不能担任该职务：${(facts.bars ?? []).map((one) => of(zh.bars, one)).join("、")}。依据：${(facts.articles ?? []).join("；")}。`,
    "organisations/officer-warned": (facts: Barred) =>
      `${facts.name ?? ""}任职需要注意：${(facts.bars ?? []).map((one) => of(zh.bars, one)).join("、")}。核实后仍要登记的，请勾选“已核实”。`,
    "organisations/citizen-number": (facts: { problem?: string }) =>
      `公民身份号码有误：${of(zh.citizenProblems, facts.problem)}。请核对证件。`,
    "organisations/term-backwards": (facts: Ranged) =>
      `任期结束日（${facts.to ?? ""}）须晚于开始日（${facts.from ?? ""}）。`,
    "organisations/votes-do-not-add-up": (facts: { entitled?: number; present?: number; yes?: number }) =>
      `人数对不上：应到 ${facts.entitled ?? ""}、实到 ${facts.present ?? ""}、赞成 ${facts.yes ?? ""}。实到不能多于应到，赞成不能多于实到。`,
    "organisations/meeting-did-not-pass": "所选会议没有达到法定人数或没有通过，不能作为章程修改的依据。",
    "organisations/not-a-township": (facts: { division?: string }) =>
      `备案须由街道或乡镇办理，请选择九位的区划代码（现为 ${facts.division ?? ""}）。`,
    "organisations/not-filed": "该组织没有有效的备案，不能办理此事。",
    "organisations/already-confirmed": (facts: { year?: number }) => `${facts.year ?? ""} 年度已经确认过。`,
    "organisations/renamed": (facts: { from?: string; to?: string }) =>
      `名称与登记簿不同：原为“${facts.from ?? ""}”，表中为“${facts.to ?? ""}”。`,
    "organisations/same-name-other-code": (facts: Coded) =>
      `登记簿中已有同名组织，代码为 ${facts.code ?? "空"}。请确认不是同一个组织。`,
    "organisations/code-missing": "没有统一社会信用代码。",
    "organisations/code-length": (facts: Coded) =>
      `统一社会信用代码 ${facts.code ?? ""} 为 ${facts.length ?? ""} 位，应为18位。`,
    "organisations/code-characters": (facts: Coded) => `统一社会信用代码 ${facts.code ?? ""} 含有不允许的字符。`,
    "organisations/code-pilot": (facts: Coded) => `${facts.code ?? ""} 为早期试点代码，请核对是否已换发。`,
    "organisations/code-check-digit": (facts: Coded) =>
      `统一社会信用代码 ${facts.code ?? ""} 的校验位不符，应为 ${facts.expected ?? ""}。`,
    "organisations/code-inner-check-digit": (facts: Coded) =>
      `统一社会信用代码 ${facts.code ?? ""} 中第9至17位组织机构代码的校验位不符。`,
    "organisations/code-of-another-registrar": (facts: Coded) =>
      `代码中的登记机关区划为 ${facts.division ?? ""}，与本机关 ${facts.home ?? ""} 不同。`,
    "organisations/code-not-civil-affairs": (facts: Coded) =>
      `代码 ${facts.code ?? ""} 不是民政部门赋予的代码（首位应为5）。`,
    "organisations/kind-differs-from-code": (facts: { kind?: string; byCode?: string }) =>
      `填写的类别为${of(zh.kinds, facts.kind)}，而代码表示为${of(zh.kinds, facts.byCode)}。`,
    "organisations/name-unlike-kind": (facts: { name?: string; kind?: string }) =>
      `名称“${facts.name ?? ""}”与类别${of(zh.kinds, facts.kind)}不符，请核对。`,
    "organisations/date-unknown": (facts: Told) => `看不懂成立日期“${facts.text ?? ""}”，已保留原文。`,
    "organisations/date-implausible": (facts: Told) => `成立日期“${facts.text ?? ""}”不合常理，已保留原文。`,
    "organisations/date-partial": (facts: Told) => `成立日期“${facts.text ?? ""}”不完整，已保留原文。`,
    "organisations/date-in-future": (facts: Ranged) => `成立日期 ${facts.date ?? ""} 晚于今天。`,
    "organisations/registered-after-certificate": (facts: { registeredOn?: string; certificateFrom?: string }) =>
      `成立日期 ${facts.registeredOn ?? ""} 晚于证书起始日期 ${facts.certificateFrom ?? ""}。`,
    "organisations/validity-unreadable": (facts: Told) => `看不懂证书有效期“${facts.text ?? ""}”，已保留原文。`,
    "organisations/validity-of-no-length": (facts: Ranged) => `证书有效期的起止日期相同（${facts.date ?? ""}）。`,
    "organisations/validity-backwards": (facts: Ranged) => `证书有效期的止日早于起日（${range(facts)}）。`,
    "organisations/certificate-expired": (facts: Ranged) => `证书已于 ${facts.to ?? ""} 到期，而状态为正常。`,
    "organisations/funds-zero": "注册资金为零。",
    "organisations/funds-below-minimum": (facts: { fundsFen?: number; leastFen?: number }) =>
      `注册资金 ${yuan(facts.fundsFen)} 元低于法定最低 ${yuan(facts.leastFen)} 元，可能是元与万元写错。`,
    "organisations/authority-unknown": (facts: Told) => `登记管理机关写为“${facts.text ?? ""}”，按不详处理。`,
    "organisations/unit-unknown-text": (facts: Told) => `业务主管单位写为“${facts.text ?? ""}”，按不详处理。`,
    "organisations/two-units": (facts: { units?: readonly string[] }) =>
      `一格中有几个业务主管单位：${(facts.units ?? []).join("、")}。`,
    "organisations/unit-without-place": (facts: Told) => `业务主管单位“${facts.text ?? ""}”没有写明省市。`,
    "organisations/domicile-without-place": (facts: Told) => `住所“${facts.text ?? ""}”没有写明市县。`,
  },
  en: {
    "organisations/not-found":
      "This organisation was not found, or it is outside your range. Please check the name or the 18-character code.",
    "organisations/not-your-register": (facts: Named) =>
      `${facts.name ?? "It"} is kept in another register; you may read it but not act on it. Its own registration authority must act.`,
    "organisations/changed-meanwhile": (facts: Named) =>
      `${facts.name ?? "A record"} was changed by somebody else just now; nothing was written. Please reload and try again.`,
    "organisations/not-your-division": (facts: { division?: string; home?: string }) =>
      `Division ${facts.division ?? ""} does not belong to your register (${facts.home ?? ""}). Please use a code inside it.`,
    "organisations/query-too-short":
      "The search is too short. Please type at least two characters, two letters of pinyin, or the first four signs of a code.",
    "organisations/did-not-exist-then": (facts: { name?: string; on?: string }) =>
      `${facts.name ?? "It"} was not registered yet on ${facts.on ?? ""}. Please choose a later date.`,
    "organisations/too-many-rows": (facts: { most?: number }) =>
      `At most ${facts.most ?? ""} rows can be exported at once. Please narrow the list by division or kind.`,
    "organisations/not-a-social-organisation": (facts: Named) =>
      `${facts.name ?? "It"} seems to be no social organisation (a residents' or villagers' committee, a company or an office). Please check it; if it is one, mark it as confirmed.`,
    "organisations/kind-unknown": (facts: Named) =>
      `The kind of ${facts.name ?? "it"} cannot be told. Please enter social group, social-service institution or foundation.`,
    "organisations/ambiguous-match": (facts: {
      name?: string;
      candidates?: readonly { name?: string; code?: string | null }[];
    }) => `${facts.name ?? "It"} fits more than one organisation: ${names(facts)}. Please add the credit code.`,
    "organisations/code-of-another-register": (facts: Coded) =>
      `Code ${facts.code ?? ""} already stands in the register of ${facts.home ?? ""} and cannot be recorded again.`,
    "organisations/code-taken": "This credit code is already in use. Please check it.",
    "organisations/touched-since": (facts: { name?: string; version?: number }) =>
      `${facts.name ?? "It"} was changed after the import (now version ${facts.version ?? ""}) and was not undone. Please deal with it by hand.`,
    "organisations/twice-in-sheet": (facts: { name?: string; code?: string }) =>
      `${facts.name ?? "It"} stands twice in the sheet with different contents. Please keep one line.`,
    "organisations/name-not-found": (facts: Pair) =>
      `The register holds neither ${facts.oldName ?? ""} nor ${facts.newName ?? ""}. Please check the names.`,
    "organisations/looks-like-spelling": (facts: Pair) =>
      `${facts.oldName ?? ""} and ${facts.newName ?? ""} differ in one character, which looks like a spelling error, not a change of name. Please check it; if it is a change, mark it as confirmed.`,
    "organisations/name-truncated": (facts: Pair & Named) =>
      `A name seems to be cut short: ${facts.name ?? `${facts.oldName ?? ""} → ${facts.newName ?? ""}`}. Please complete it, or confirm it.`,
    "organisations/same-name": (facts: Pair) =>
      `${facts.oldName ?? ""} and ${facts.newName ?? ""} are the same name; nothing changes.`,
    "organisations/change-in-future": (facts: Ranged) =>
      `The date of change ${facts.date ?? ""} is later than today. Please check it.`,
    "organisations/change-not-dated": "No date or year of the change is given; it is recorded as unknown.",
    "organisations/application-not-found":
      "This application was not found, or you may not see it. Please check the receipt number.",
    "organisations/unit-unknown":
      "There is no such supervisory unit. Please choose one from the list, or add it first.",
    "organisations/unit-missing": "No supervisory unit is named. Please name one, or register directly.",
    "organisations/unit-name-taken": (facts: Named) =>
      `A unit already goes by ${facts.name ?? ""}. Please change that one.`,
    "organisations/registers-directly": "This application registers directly and is not sent to a supervisory unit.",
    "organisations/needs-unit-consent":
      "This application does not register directly. Please send it to the supervisory unit first.",
    "organisations/foundation-below-province":
      "Foundations are registered by the ministry or a province (regulation on foundations, article 6); this authority cannot take the application.",
    "organisations/not-editable-now": (facts: { state?: string }) =>
      `The application is ${of(en.states, facts.state)} and cannot be edited. Drafts, returned applications and corrections can.`,
    "organisations/consent-in-future": (facts: Ranged) =>
      `The date of consent ${facts.date ?? ""} is later than today. Please check it.`,
    "organisations/paper-missing": (facts: { paper?: string }) =>
      `A paper is missing: ${papers.en.paper(facts.paper ?? "")}.`,
    "organisations/gaps-told-once":
      "The gaps have been told once and may not be told again (Administrative Licensing Law, article 32). Please accept or decide.",
    "organisations/deemed-accepted": (facts: { answerBy?: string }) =>
      `Nothing was said by ${facts.answerBy ?? ""}, so the application counts as accepted (Administrative Licensing Law, article 32).`,
    "organisations/conditions-not-met": (facts: Listed) =>
      `The conditions are not met: ${(facts.reasons ?? []).map((one) => of(en.reasons, one)).join(", ")}${(facts.unknown ?? []).length > 0 ? `; not stated: ${(facts.unknown ?? []).map((one) => of(en.ruleFields, one)).join(", ")}` : ""}. Basis: ${(facts.articles ?? []).join("; ")}.`,
    "organisations/code-invalid": (facts: Coded & { problem?: string }) =>
      `Credit code ${facts.code ?? ""} cannot be given: ${of(en.codeProblems, facts.problem)}${facts.expected ? `; the check sign should be ${facts.expected}` : ""}.`,
    "organisations/name-taken": (facts: Named) => `The name ${facts.name ?? ""} is in use. Please choose another.`,
    "organisations/date-out-of-range": (facts: Ranged) =>
      `The date ${facts.date ?? ""} is out of range (${range(facts)}). Please check it.`,
    "organisations/nothing-changes": (facts: Named) =>
      `The application states what the register of ${facts.name ?? "it"} holds already; nothing changes.`,
    "organisations/not-alive": (facts: { name?: string; status?: string }) =>
      `${facts.name ?? "It"} is ${of(en.statuses, facts.status)}, so this cannot be done.`,
    "organisations/change-already-running": (facts: Named) =>
      `A change of ${facts.name ?? "it"} is already being handled. Please wait until it is decided.`,
    "organisations/audit-missing": (facts: Named) =>
      `Before ${facts.name ?? "it"} changes its legal representative its accounts are audited. Please hand in the audit report first.`,
    "organisations/applied-late": (facts: { days?: number; deadline?: string }) =>
      `Applied ${counted(facts.days ?? "", "day")} late; the last day was ${facts.deadline ?? ""}. This is recorded and does not prevent acceptance.`,
    "organisations/demand-not-lawful": (facts: { from?: string }) =>
      `Merger or termination may be demanded of social groups only, since ${facts.from ?? ""}.`,
    "organisations/already-ending": (facts: Named) => `${facts.name ?? "It"} is already being ended.`,
    "organisations/not-demanded":
      "No demand of merger or termination was agreed, so the departments cannot apply for the body.",
    "organisations/not-liquidating": "Liquidation has not begun. Please record its beginning first.",
    "organisations/certificate-not-collected": (facts: Named) =>
      `Certificate and seal of ${facts.name ?? "it"} have not been collected, so it cannot be deregistered.`,
    "organisations/not-suspended": "This organisation is not suspended.",
    "organisations/revocation-running": (facts: Named) =>
      `Annulment or revocation of ${facts.name ?? "it"} is already under way.`,
    "organisations/ground-not-in-law": (facts: { ground?: string; kind?: string; on?: string }) =>
      `Under the law of ${facts.on ?? ""}, "${of(en.grounds, facts.ground)}" is no ground against a ${of(en.kinds, facts.kind)}.`,
    "organisations/not-notified": "No prior notice was served. Please serve it first.",
    "organisations/still-to-be-heard": (facts: { hearUntil?: string }) =>
      `The organisation may state its case until ${facts.hearUntil ?? ""}; nothing can be decided before.`,
    "organisations/other-sanction": (facts: { sanction?: string }) =>
      `The notice announced that it would be ${of(en.statuses, facts.sanction)}; another decision is not possible.`,
    "organisations/officer-not-found": "This officer was not found. Please reload the page.",
    "organisations/officer-barred": (facts: Barred) =>
      `${facts.name ?? "This person"} may not hold the office: ${(facts.bars ?? []).map((one) => of(en.bars, one)).join(", ")}. Basis: ${(facts.articles ?? []).join("; ")}.`,
    "organisations/officer-warned": (facts: Barred) =>
      `Please look at ${facts.name ?? "this person"} again: ${(facts.bars ?? []).map((one) => of(en.bars, one)).join(", ")}. To record all the same, mark it as verified.`,
    "organisations/citizen-number": (facts: { problem?: string }) =>
      `The citizen number is wrong: ${of(en.citizenProblems, facts.problem)}. Please check the identity card.`,
    "organisations/term-backwards": (facts: Ranged) =>
      `The term must end (${facts.to ?? ""}) after it begins (${facts.from ?? ""}).`,
    "organisations/votes-do-not-add-up": (facts: { entitled?: number; present?: number; yes?: number }) =>
      `The numbers do not add up: ${facts.entitled ?? ""} entitled, ${facts.present ?? ""} present, ${facts.yes ?? ""} in favour.`,
    "organisations/meeting-did-not-pass":
      "The chosen meeting had no quorum or did not pass the matter, so it cannot support a change of the charter.",
    "organisations/not-a-township": (facts: { division?: string }) =>
      `A filing is made with a street or township: please choose a division of nine digits (now ${facts.division ?? ""}).`,
    "organisations/not-filed": "This organisation has no filing in force.",
    "organisations/already-confirmed": (facts: { year?: number }) =>
      `The year ${facts.year ?? ""} has been confirmed already.`,
    "organisations/renamed": (facts: { from?: string; to?: string }) =>
      `The name differs from the register: it was ${facts.from ?? ""}, the sheet says ${facts.to ?? ""}.`,
    "organisations/same-name-other-code": (facts: Coded) =>
      `The register holds an organisation of the same name with code ${facts.code ?? "none"}. Please make sure that it is another one.`,
    "organisations/code-missing": "There is no credit code.",
    "organisations/code-length": (facts: Coded) =>
      `Credit code ${facts.code ?? ""} has ${facts.length ?? ""} signs; it should have 18.`,
    "organisations/code-characters": (facts: Coded) =>
      `Credit code ${facts.code ?? ""} holds signs that are not allowed.`,
    "organisations/code-pilot": (facts: Coded) =>
      `${facts.code ?? ""} is a code of the early pilot. Please check whether it was replaced.`,
    "organisations/code-check-digit": (facts: Coded) =>
      `The check sign of credit code ${facts.code ?? ""} is wrong; it should be ${facts.expected ?? ""}.`,
    "organisations/code-inner-check-digit": (facts: Coded) =>
      `The organisation code inside ${facts.code ?? ""} (signs 9 to 17) fails its own check.`,
    "organisations/code-of-another-registrar": (facts: Coded) =>
      `The code names registrar ${facts.division ?? ""}, not this one (${facts.home ?? ""}).`,
    "organisations/code-not-civil-affairs": (facts: Coded) =>
      `Code ${facts.code ?? ""} was not given by civil affairs (it should begin with 5).`,
    "organisations/kind-differs-from-code": (facts: { kind?: string; byCode?: string }) =>
      `The kind is given as ${of(en.kinds, facts.kind)}, the code says ${of(en.kinds, facts.byCode)}.`,
    "organisations/name-unlike-kind": (facts: { name?: string; kind?: string }) =>
      `The name ${facts.name ?? ""} is unlike a ${of(en.kinds, facts.kind)}. Please check it.`,
    "organisations/date-unknown": (facts: Told) => `The date "${facts.text ?? ""}" cannot be read; the text is kept.`,
    "organisations/date-implausible": (facts: Told) =>
      `The date "${facts.text ?? ""}" is not plausible; the text is kept.`,
    "organisations/date-partial": (facts: Told) => `The date "${facts.text ?? ""}" is incomplete; the text is kept.`,
    "organisations/date-in-future": (facts: Ranged) =>
      `The date of registration ${facts.date ?? ""} is later than today.`,
    "organisations/registered-after-certificate": (facts: { registeredOn?: string; certificateFrom?: string }) =>
      `Registered on ${facts.registeredOn ?? ""}, later than the certificate of ${facts.certificateFrom ?? ""}.`,
    "organisations/validity-unreadable": (facts: Told) =>
      `The validity "${facts.text ?? ""}" cannot be read; the text is kept.`,
    "organisations/validity-of-no-length": (facts: Ranged) =>
      `The certificate begins and ends on the same day (${facts.date ?? ""}).`,
    "organisations/validity-backwards": (facts: Ranged) => `The certificate ends before it begins (${range(facts)}).`,
    "organisations/certificate-expired": (facts: Ranged) =>
      `The certificate ended on ${facts.to ?? ""}, yet the state is normal.`,
    "organisations/funds-zero": "The registered funds are zero.",
    "organisations/funds-below-minimum": (facts: { fundsFen?: number; leastFen?: number }) =>
      `The funds of ${yuan(facts.fundsFen)} yuan are below the legal minimum of ${yuan(facts.leastFen)} yuan; yuan and 10,000 yuan may have been mixed up.`,
    "organisations/authority-unknown": (facts: Told) =>
      `The registration authority is given as "${facts.text ?? ""}" and taken as unknown.`,
    "organisations/unit-unknown-text": (facts: Told) =>
      `The supervisory unit is given as "${facts.text ?? ""}" and taken as unknown.`,
    "organisations/two-units": (facts: { units?: readonly string[] }) =>
      `One cell names several supervisory units: ${(facts.units ?? []).join(", ")}.`,
    "organisations/unit-without-place": (facts: Told) =>
      `The supervisory unit "${facts.text ?? ""}" does not say which province or city.`,
    "organisations/domicile-without-place": (facts: Told) =>
      `The domicile "${facts.text ?? ""}" does not say which city or county.`,
  },
});
