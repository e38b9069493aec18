import { defineWords } from "../../../kernel/text/words.ts";

/** Words of the kernel's own pages (通用页面). */
export const words = defineWords({
  zh: {
    account: {
      title: "账号安全",
      change: "修改口令",
      purpose: "换一个新口令。改好后所有登录都会退出，请用新口令重新登录。",
      forced: "这是管理员给的初始口令，先换成您自己的。改好后用新口令重新登录，开始工作。",
      current: "现在的口令",
      next: "新口令",
      nextHelp: "至少 10 个字符，越长越好；不要用生日、单位名称或账号名。",
      done: "口令已经换好。",
      doneNext: "下次登录用新口令。",
      goOn: "开始工作",
      totp: "动态口令",
      totpOn: "已启用动态口令。",
      totpOff: "没有启用动态口令。管理员账号应当启用。",
      totpFirst: "管理员账号必须先启用动态口令，才能办理其他事项。",
      leave: "退出登录",
      totpStart: "启用动态口令",
      totpSecret: "在手机验证器里手工输入这个密钥，再填上它显示的六位数字。密钥只显示这一次。",
      totpCode: "六位数字",
      totpConfirm: "确认启用",
      recovery: "恢复码（每个只能用一次，请抄下收好，只显示这一次）：",
    },
    today: {
      title: "今天",
      overdue: "已逾期",
      week: "七天内到期",
      open: "全部待办",
      item: "件",
      none: "今天没有到期的事。",
      noneHelp: "新的期限一开始，就会出现在这里。",
      noneOverdue: "没有逾期的事。",
      list: "待办",
      all: "全部",
      onlyOverdue: "已逾期",
      onlyWeek: "七天内",
      columns: {
        subject: "对象",
        what: "要办的事",
        due: "期限",
        holder: "谁办",
        division: "地区",
        opened: "开始",
        law: "依据",
      },
      holders: { staff: "登记管理机关", worker: "村（社区）工作者", organisation: "社会组织", unit: "业务主管单位" },
      kind: "事项",
      holder: "谁办",
      greeting: (facts: { name: string; overdue: number; week: number }) =>
        facts.overdue > 0
          ? `${facts.name}，有 ${facts.overdue} 件已逾期，${facts.week} 件七天内到期。`
          : facts.week > 0
            ? `${facts.name}，没有逾期的事，${facts.week} 件七天内到期。`
            : `${facts.name}，没有逾期的事。`,
    },
  },
  en: {
    account: {
      title: "Account security",
      change: "Change password",
      purpose: "Take a new password. Every session ends with it: sign in again with the new one.",
      forced: "This is the first password an administrator gave you. Choose your own, then sign in with it to begin.",
      current: "Present password",
      next: "New password",
      nextHelp: "At least 10 characters, the longer the better; no birthday, office name or account name.",
      done: "Your password has been changed.",
      doneNext: "Use the new one next time you sign in.",
      goOn: "Begin work",
      totp: "One-time codes",
      totpOn: "One-time codes are switched on.",
      totpOff: "One-time codes are off. Administrators should switch them on.",
      totpFirst: "Administrators switch on one-time codes before anything else.",
      leave: "Sign out",
      totpStart: "Switch on one-time codes",
      totpSecret:
        "Type this secret into the authenticator on your phone, then enter the six digits it shows. The secret is shown only once.",
      totpCode: "Six digits",
      totpConfirm: "Switch on",
      recovery: "Recovery codes (each works once; copy them now, they are shown only once):",
    },
    today: {
      title: "Today",
      overdue: "Overdue",
      week: "Due within a week",
      open: "All open duties",
      item: "",
      none: "Nothing is due today.",
      noneHelp: "A duty appears here as soon as its clock starts.",
      noneOverdue: "Nothing is overdue.",
      list: "Duties",
      all: "All",
      onlyOverdue: "Overdue",
      onlyWeek: "Within a week",
      columns: {
        subject: "About",
        what: "What is due",
        due: "When",
        holder: "Held by",
        division: "Division",
        opened: "Since",
        law: "Legal basis",
      },
      holders: {
        staff: "Registration authority",
        worker: "Village or community worker",
        organisation: "Organisation",
        unit: "Supervisory unit",
      },
      kind: "Kind",
      holder: "Held by",
      greeting: (facts) =>
        facts.overdue > 0
          ? `${facts.name}: ${facts.overdue} overdue, ${facts.week} due within a week.`
          : facts.week > 0
            ? `${facts.name}: nothing overdue, ${facts.week} due within a week.`
            : `${facts.name}: nothing is overdue.`,
    },
  },
});
