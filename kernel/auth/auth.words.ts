import { defineWords } from "../text/words.ts";

/** Words of signing in (登录用语). */
export const words = defineWords({
  zh: { settings: { administratorTwoFactor: "管理员必须启用动态口令" } },
  en: { settings: { administratorTwoFactor: "Administrators must use one-time codes" } },
});
