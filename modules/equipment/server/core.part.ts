import { duties } from "../equipment.duties.ts";
import { equipmentRules } from "../equipment.rules.ts";
import { settings } from "../equipment.settings.ts";
import { words } from "../equipment.words.ts";
import type { EquipmentPart } from "./part.ts";

/** Homes, plans, shipments, deliveries and pieces (设备台账). */
export const corePart: EquipmentPart = {
  handlers: [],
  duties: [...duties],
  rules: [...equipmentRules],
  settings: [...settings],
  settingTitles: { zh: words.zh.settings, en: words.en.settings },
  sentences: {
    zh: { ...words.zh.errors, ...words.zh.remarks },
    en: { ...words.en.errors, ...words.en.remarks },
  },
};
