import { counted, defineWords } from "../text/words.ts";

type Field = { maximum?: number; minimum?: number; values?: readonly string[]; expected?: string };

const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
/** The hour of an instant as a clock on the wall shows it; a lock never lasts until another day's same hour. */
const hour = (instant: string | undefined) =>
  instant && !Number.isNaN(Date.parse(instant)) ? clock.format(new Date(instant)) : (instant ?? "");

const list = (values: unknown) => (Array.isArray(values) ? values.join("、") : "");
const listEn = (values: unknown) => (Array.isArray(values) ? values.join(", ") : "");
const roles = {
  administrator: "管理员",
  registrar: "登记经办人",
  officer: "民政经办人",
  worker: "村（社区）工作者",
  decider: "决定人",
  publisher: "发布人",
  auditor: "审计员",
  organisation: "社会组织",
  "supervisory-unit": "业务主管单位",
  public: "公众",
} as const;
const rolesZh = (values: unknown) =>
  Array.isArray(values) ? values.map((one) => roles[one as keyof typeof roles] ?? one).join("、") : "";

/** Sentences of the kernel's own refusals and of input problems (系统提示用语), by code. */
export const words = defineWords({
  zh: {
    "auth/sign-in-first": "请先登录。",
    "auth/not-your-role": (facts: { roles?: unknown }) =>
      `您当前的身份不能办理此事，需要：${rolesZh(facts.roles)}。可在左上角切换身份。`,
    "auth/session-expired": "登录已过期，请重新登录；已填写的内容会保留。",
    "auth/cross-site": "请求来自其他网站，已拦截。请从本系统页面操作。",
    "auth/no-grant": "此账号还没有任何身份，请联系管理员授权。",
    "auth/change-password-first": "首次登录请先修改口令。",
    "auth/second-factor-first": "管理员请先在“账号安全”里启用动态口令，再办理其他事项。",
    "auth/wrong-credentials": (facts: { triesLeft?: number }) =>
      `账号或口令不对${facts.triesLeft === undefined ? "" : `，还可以再试 ${facts.triesLeft} 次`}。`,
    "auth/locked": (facts: { until?: string }) =>
      `连续输错次数过多，账号已锁定至 ${hour(facts.until)}。请稍后再试，或联系管理员解锁。`,
    "auth/totp-required": "请输入动态口令。",
    "auth/totp-wrong": "动态口令不对或已经用过，请等待下一个。",
    "auth/disabled": "账号已停用，请联系管理员。",
    "auth/not-your-grant": "这不是您的身份，请重新选择。",
    "auth/weak-password": "口令太弱：至少 10 个字符，不含账号名，不是常见口令。",
    "auth/login-taken": (facts: { login?: string }) => `登录名 ${facts.login ?? ""} 已被使用，请换一个。`,
    "auth/outside-your-division": "超出您的管辖区划，不能办理。",
    "auth/outside-your-register": "这不是您登记机关的登记对象，只能查看，不能办理。",
    "auth/unknown-account": "没有这个账号，请刷新后再试。",
    "auth/unknown-grant": "没有这项授权，或已经撤销。",
    "auth/unknown-division": (facts: { division?: string }) =>
      `没有代码为 ${facts.division ?? ""} 的区划，请从列表中选择。`,
    "auth/grant-target-missing": "请选择授权的区划、社会组织或业务主管单位。",
    "auth/worker-needs-village": "村（社区）工作者按村（社区）授权：请选到 12 位代码的村或社区，可以授权几个。",
    "auth/last-administrator": "这是最后一名管理员，不能撤销。请先授权另一名管理员。",
    "auth/already-set-up": "系统已有管理员，请直接登录。",
    "auth/setup-code-wrong": "启动码不对，请查看服务器启动时显示的启动码。",
    "operation/invalid-input": "有些内容需要改正，请看各字段的提示。",
    "operation/key-used-for-another-input": "同一个提交编号用在了不同的内容上，请刷新页面后重新提交。",
    "operation/no-such-address": "没有这个地址。",
    "operation/too-large": "文件太大，最多 100 MB。请拆成几个文件。",
    "operation/media-type": "内容格式不受支持。",
    "operation/bad-request": "请求无法读懂，请刷新页面后再试。",
    "operation/database-restarted": "数据库长时间没有响应，已自动重启；这一次没有写入任何内容，请再试一次。",
    "operation/disk-full": "服务器磁盘已满，没有写入任何内容。请联系管理员清理后再试。",
    "operation/too-many-requests": "操作太频繁，请一分钟后再试。",
    "operation/fault": "系统出了故障，没有写入任何内容。请把请求编号告诉管理员。",
    "clock/holidays-unknown": (facts: { year?: number }) =>
      `${facts.year ?? ""} 年的节假日安排还没有导入，无法计算工作日。请管理员先导入。`,
    "journal/root-only": "整份日志只能在根区划导出，请切换到根区划的管理员或审计员身份。",
    "settings/unknown": (facts: { id?: string }) => `没有参数 ${facts.id ?? ""}。`,
    "settings/not-allowed-value": (facts: { min?: unknown; max?: unknown }) =>
      `取值不在允许范围内${facts.min === undefined ? "" : `，最小 ${facts.min}`}${facts.max === undefined ? "" : `，最大 ${facts.max}`}。`,
    "settings/in-the-past": (facts: { today?: string }) =>
      `生效日期不能早于今天（${facts.today ?? ""}）：以前的决定按当时的取值。`,
    "holidays/other-year": (facts: { date?: string; year?: number }) =>
      `${facts.date ?? ""} 不在 ${facts.year ?? ""} 年内。`,
    "holidays/too-few": (facts: { days?: number; fewest?: number }) =>
      `只有 ${facts.days ?? 0} 个放假日，少于 ${facts.fewest ?? ""} 个，名单可能不全。`,
    "holidays/twice": (facts: { date?: string }) => `${facts.date ?? ""} 出现了两次。`,
    "rules/unknown": (facts: { rule?: string }) => `没有规则 ${facts.rule ?? ""}。`,
    "rules/not-in-force": (facts: { rule?: string; on?: string }) =>
      `规则 ${facts.rule ?? ""} 在 ${facts.on ?? ""} 没有适用版本。`,
    "rules/unknown-decision": "没有这条判断记录，或不在您的管辖范围。",
    "vault/nothing-sealed": "此处没有密封的内容，或不在您的管辖范围。",
    "documents/unknown": "没有这份文书，或不在您的管辖范围。",
    "documents/no-such-code": "没有查到这个核验码对应的文书，请核对后再输。",
    "documents/code-form": "核验码应为 12 位字母数字，请核对后再输。",
    "files/unknown-subject": "没有这个办理对象，或不属于您的登记机关，附件没有保存。",
    "files/unknown": "没有这个附件，或不在您的管辖范围。",
    "files/empty": "文件是空的，请重新选择。",
    "files/too-large": (facts: { limitMegabytes?: number }) => `附件太大，最多 ${facts.limitMegabytes ?? 20} MB。`,
    "files/content-differs": (facts: { name?: string }) =>
      `文件 ${facts.name ?? ""} 的内容与扩展名不符，请检查后重新上传。`,
    "files/kind-not-allowed": (facts: { allowed?: unknown }) => `不接受这种附件。可上传：${list(facts.allowed)}。`,
    "files/disk-full": "服务器磁盘已满，附件没有保存。请联系管理员清理后再试。",
    "procedure/not-possible": "现在还不能办理，请看缺少的事项。",
    "procedure/wrong-state": "当前状态不能办理此事。",
    "procedure/wrong-role": (facts: { roles?: unknown }) => `需要由${rolesZh(facts.roles)}办理。`,
    "procedure/same-hand": "经办与决定须由不同的人办理。",
    "sheet/not-your-role": (facts: { roles?: unknown }) => `此表由${rolesZh(facts.roles)}导入，请切换身份。`,
    "sheet/not-importable": (facts: { known?: unknown }) => `此事项不能用表格导入。可导入：${list(facts.known)}。`,
    "sheet/unknown-batch": "没有这个导入批次，或不在您的管辖范围。",
    "sheet/wrong-state": (facts: { state?: string }) => `批次当前状态为 ${facts.state ?? ""}，不能这样操作。`,
    "sheet/has-bad-rows": (facts: { bad?: number; good?: number }) =>
      `有 ${facts.bad ?? 0} 行有问题。请改正后重新上传，或选择只导入没有问题的 ${facts.good ?? 0} 行。`,
    "sheet/header-missing": (facts: { sheet?: string; missing?: unknown }) =>
      `工作表“${facts.sheet ?? ""}”缺少必需的列：${list(facts.missing)}。`,
    "sheet/repeated-row": (facts: { first?: number }) => `与第 ${facts.first ?? ""} 行是同一条记录。`,
    "sheet/question-money-unit": "金额单位不清楚，需要您回答是元还是万元。",
    "sheet/question-ratio-unit": "比例单位不清楚，需要您回答是否为百分数。",
    "sheet/field-too_small": (facts: Field) =>
      facts.minimum === undefined || facts.minimum === 1 ? "不能为空。" : `不能小于 ${facts.minimum}。`,
    "sheet/field-too_big": (facts: Field) => `太长或太大，最多 ${facts.maximum ?? ""}。`,
    "sheet/field-invalid_type": "类型不对，或缺少内容。",
    "sheet/field-invalid_format": "格式不对。",
    "sheet/field-invalid_value": (facts: Field) => `不在可选范围内：${list(facts.values)}。`,
    "sheet/field-control-characters": "含有无法保存的控制字符，请删除后再填。",
    "sheet/field-division-code": "区划代码应为 2、4、6、9 或 12 位数字，以省份代码开头。",
  },
  en: {
    "auth/sign-in-first": "Please sign in first.",
    "auth/not-your-role": (facts: { roles?: unknown }) =>
      `Your present role may not do this; it takes one of: ${listEn(facts.roles)}. You can switch roles at the top left.`,
    "auth/session-expired": "Your session has ended. Please sign in again; what you typed is kept.",
    "auth/cross-site": "The request came from another website and was stopped. Please use this system's own pages.",
    "auth/no-grant": "This account has no role yet. Ask your administrator.",
    "auth/second-factor-first": "Administrators switch on one-time codes (own account) before anything else.",
    "auth/change-password-first": "Please change your password before your first task.",
    "auth/wrong-credentials": (facts: { triesLeft?: number }) =>
      `Account or password is wrong${facts.triesLeft === undefined ? "" : `; ${counted(facts.triesLeft, "try", "tries")} left`}.`,
    "auth/locked": (facts: { until?: string }) =>
      `Too many wrong tries: the account is locked until ${hour(facts.until)}. Try later or ask your administrator.`,
    "auth/totp-required": "Please enter your one-time code.",
    "auth/totp-wrong": "The one-time code is wrong or already used. Wait for the next one.",
    "auth/disabled": "This account is disabled. Ask your administrator.",
    "auth/not-your-grant": "That is not one of your roles. Please choose again.",
    "auth/weak-password":
      "The password is too weak: at least 10 characters, without the account name, and not a common one.",
    "auth/login-taken": (facts: { login?: string }) =>
      `The account name ${facts.login ?? ""} is taken. Choose another.`,
    "auth/outside-your-division": "This lies outside your division.",
    "auth/outside-your-register": "This belongs to another registration authority: you may look, but not act.",
    "auth/unknown-account": "There is no such account. Reload and try again.",
    "auth/unknown-grant": "There is no such grant, or it was revoked.",
    "auth/unknown-division": (facts: { division?: string }) =>
      `There is no division with code ${facts.division ?? ""}. Choose one from the list.`,
    "auth/grant-target-missing": "Choose the division, organisation or supervisory unit to grant on.",
    "auth/worker-needs-village":
      "A village worker is granted villages: choose one with a code of 12 digits; several may be granted.",
    "auth/last-administrator": "This is the last administrator. Grant the role to somebody else first.",
    "auth/already-set-up": "There is an administrator already. Please sign in.",
    "auth/setup-code-wrong": "The setup code is wrong. It was printed when the server started.",
    "operation/invalid-input": "Some fields need correction; see the note at each field.",
    "operation/key-used-for-another-input":
      "The same submission number came with other content. Reload the page and submit again.",
    "operation/no-such-address": "There is no such address.",
    "operation/too-large": "The file is too large; the limit is 100 MB. Split it.",
    "operation/media-type": "This content type is not supported.",
    "operation/bad-request": "The request could not be read. Reload the page and try again.",
    "operation/database-restarted":
      "The database did not answer and was started again; nothing was written this time. Please try once more.",
    "operation/disk-full": "The server's disk is full; nothing was written. Ask the administrator to make room.",
    "operation/too-many-requests": "Too many requests. Try again in a minute.",
    "operation/fault": "The system failed; nothing was written. Give the request number to your administrator.",
    "clock/holidays-unknown": (facts: { year?: number }) =>
      `The holidays of ${facts.year ?? ""} have not been imported, so working days cannot be counted. Ask an administrator to import them.`,
    "journal/root-only":
      "The whole journal can be exported at the root division only. Switch to an administrator or auditor there.",
    "settings/unknown": (facts: { id?: string }) => `There is no setting ${facts.id ?? ""}.`,
    "settings/not-allowed-value": (facts: { min?: unknown; max?: unknown }) =>
      `The value is not allowed${facts.min === undefined ? "" : `; least ${facts.min}`}${facts.max === undefined ? "" : `; most ${facts.max}`}.`,
    "settings/in-the-past": (facts: { today?: string }) =>
      `The date must not lie before today (${facts.today ?? ""}): earlier decisions keep the value of their day.`,
    "holidays/other-year": (facts: { date?: string; year?: number }) =>
      `${facts.date ?? ""} does not lie in ${facts.year ?? ""}.`,
    "holidays/too-few": (facts: { days?: number; fewest?: number }) =>
      `Only ${counted(facts.days ?? 0, "day")} off, fewer than ${facts.fewest ?? ""}: the list seems cut off.`,
    "holidays/twice": (facts: { date?: string }) => `${facts.date ?? ""} occurs twice.`,
    "rules/unknown": (facts: { rule?: string }) => `There is no rule ${facts.rule ?? ""}.`,
    "rules/not-in-force": (facts: { rule?: string; on?: string }) =>
      `Rule ${facts.rule ?? ""} has no version in force on ${facts.on ?? ""}.`,
    "rules/unknown-decision": "There is no such decision, or it lies outside your division.",
    "vault/nothing-sealed": "Nothing is sealed here, or it lies outside your division.",
    "documents/unknown": "There is no such document, or it lies outside your division.",
    "documents/no-such-code": "No document has this code. Check it and type it again.",
    "documents/code-form": "A verification code has 12 letters and digits. Check it and type it again.",
    "files/unknown-subject": "There is no such case, or it belongs to another authority; the file was not kept.",
    "files/unknown": "There is no such file, or it lies outside your division.",
    "files/empty": "The file is empty. Choose it again.",
    "files/too-large": (facts: { limitMegabytes?: number }) =>
      `The file is too large; the limit is ${facts.limitMegabytes ?? 20} MB.`,
    "files/content-differs": (facts: { name?: string }) =>
      `The content of ${facts.name ?? ""} is not what its name says. Check it and upload again.`,
    "files/kind-not-allowed": (facts: { allowed?: unknown }) =>
      `This kind of file is not accepted. Accepted: ${listEn(facts.allowed)}.`,
    "files/disk-full": "The server's disk is full; the file was not kept. Ask the administrator to make room.",
    "procedure/not-possible": "This is not possible yet; see what is missing.",
    "procedure/wrong-state": "The present state does not allow this.",
    "procedure/wrong-role": (facts: { roles?: unknown }) => `This takes one of: ${listEn(facts.roles)}.`,
    "procedure/same-hand": "Handling and deciding must be done by different people.",
    "sheet/not-your-role": (facts: { roles?: unknown }) =>
      `This sheet is imported by: ${listEn(facts.roles)}. Switch your role.`,
    "sheet/not-importable": (facts: { known?: unknown }) =>
      `This cannot be imported from a spreadsheet. Importable: ${listEn(facts.known)}.`,
    "sheet/unknown-batch": "There is no such batch, or it lies outside your division.",
    "sheet/wrong-state": (facts: { state?: string }) =>
      `The batch is in state ${facts.state ?? ""}, which does not allow this.`,
    "sheet/has-bad-rows": (facts: { bad?: number; good?: number }) =>
      `${facts.bad ?? 0} rows have problems. Correct and upload again, or choose to import only the ${facts.good ?? 0} good rows.`,
    "sheet/header-missing": (facts: { sheet?: string; missing?: unknown }) =>
      `Sheet "${facts.sheet ?? ""}" lacks required columns: ${listEn(facts.missing)}.`,
    "sheet/repeated-row": (facts: { first?: number }) => `The same record as row ${facts.first ?? ""}.`,
    "sheet/question-money-unit": "The unit of the amount is unclear: yuan or 10,000 yuan?",
    "sheet/question-ratio-unit": "The unit of the ratio is unclear: is it per cent?",
    "sheet/field-too_small": (facts: Field) =>
      facts.minimum === undefined || facts.minimum === 1 ? "must not be empty." : `must be at least ${facts.minimum}.`,
    "sheet/field-too_big": (facts: Field) => `too long or too big; the limit is ${facts.maximum ?? ""}.`,
    "sheet/field-invalid_type": "wrong type, or missing.",
    "sheet/field-invalid_format": "wrong form.",
    "sheet/field-invalid_value": (facts: Field) => `not one of: ${listEn(facts.values)}.`,
    "sheet/field-control-characters": "holds control characters that cannot be kept; delete them.",
    "sheet/field-division-code": "a division code has 2, 4, 6, 9 or 12 digits and begins with a province there is.",
  },
});
