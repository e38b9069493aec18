import { defineWords } from "../../kernel/text/words.ts";

/** Names of the menu (菜单). */
export const words = defineWords({
  zh: {
    works: {
      today: "今天",
      people: "人员",
      mine: "我的探访对象",
      care: "探访",
      urgent: "紧急",
      month: "月报",
      giving: "款物",
      registration: "登记",
      inspection: "年检",
      credit: "名录",
      statistics: "统计",
      administration: "管理",
    },
    groups: {
      gifts: "捐赠与使用",
      equipment: "设备配备",
      oversight: "设备督办",
      books: "账目与流转",
      month: "探访月报",
      access: "账号与日志",
      rules: "规则与参数",
    },
    changePassword: "修改口令",
    mySecurity: "账号安全",
  },
  en: {
    works: {
      today: "Today",
      people: "People",
      mine: "My people",
      care: "Visits",
      urgent: "Emergencies",
      month: "Month",
      giving: "Money and goods",
      registration: "Registration",
      inspection: "Inspection",
      credit: "Credit lists",
      statistics: "Statistics",
      administration: "Administration",
    },
    groups: {
      gifts: "Gifts and their use",
      equipment: "Equipment",
      oversight: "Equipment checks",
      books: "Books",
      month: "Visits by month",
      access: "Access and log",
      rules: "Rules and settings",
    },
    changePassword: "Change password",
    mySecurity: "Account security",
  },
});
