import { duties } from "../equipment.duties.ts";
import { equipmentRules } from "../equipment.rules.ts";
import { settings } from "../equipment.settings.ts";
import { words } from "../equipment.words.ts";
import { planRules } from "../plan.rules.ts";
import { homeHandlers, homeSheet } from "./homes.handlers.ts";
import { itemHandlers } from "./items.handlers.ts";
import type { EquipmentPart } from "./part.ts";
import { planHandlers } from "./plan.handlers.ts";
import { readHandlers } from "./read.handlers.ts";
import { shipHandlers } from "./ship.handlers.ts";
import { signHandlers } from "./sign.handlers.ts";

/** Homes, plans, shipments, deliveries and pieces (设备台账). */
export const corePart: EquipmentPart = {
  handlers: [...homeHandlers, ...planHandlers, ...shipHandlers, ...signHandlers, ...itemHandlers, ...readHandlers],
  sheets: [homeSheet],
  duties: [...duties],
  rules: [...equipmentRules, ...planRules],
  settings: [...settings],
  settingTitles: { zh: words.zh.settings, en: words.en.settings },
  sentences: {
    zh: { ...words.zh.errors, ...words.zh.remarks },
    en: { ...words.en.errors, ...words.en.remarks },
  },
};
