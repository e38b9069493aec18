import { words as careRates } from "./portal.care-rates.words.ts";
import { words as donations } from "./portal.donations.words.ts";
import { words as equipment } from "./portal.equipment.words.ts";
import { words as frame } from "./portal.frame.words.ts";
import { words as help } from "./portal.help.words.ts";
import { words as register } from "./portal.register.words.ts";

/** Texts of all pages of the portal (门户页面文字). */
export const words = {
  zh: { ...frame.zh, ...register.zh, ...help.zh, ...donations.zh, ...equipment.zh, ...careRates.zh },
  en: { ...frame.en, ...register.en, ...help.en, ...donations.en, ...equipment.en, ...careRates.en },
} as const;
