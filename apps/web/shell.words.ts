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
    changePassword: "Change password",
    mySecurity: "Account security",
  },
});
