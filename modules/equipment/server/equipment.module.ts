import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { corePart } from "./core.part.ts";
import { tables } from "./equipment.tables.ts";
import { fieldPart } from "./field.part.ts";
import { oversightPart } from "./oversight.part.ts";
import type { EquipmentPart } from "./part.ts";

/** Every part of the room (分部). A part is one line here. */
const parts: readonly EquipmentPart[] = [corePart, oversightPart, fieldPart];

/** Donated equipment from the plan to the bedside (捐赠设备): homes, shipments, deliveries, pieces, and who looks after them. */
export const equipmentModule: HouseModule = {
  id: "equipment",
  migrations: "modules/equipment/server/migrations",
  tables,
  handlers: parts.flatMap((part) => part.handlers ?? []),
  duties: parts.flatMap((part) => part.duties ?? []),
  indicators: parts.flatMap((part) => part.indicators ?? []),
  recounts: parts.flatMap((part) => part.recounts ?? []),
  collections: parts.flatMap((part) => part.collections ?? []),
  jobs: parts.flatMap((part) => part.jobs ?? []),
  feeds: parts.flatMap((part) => part.feeds ?? []),
  sheets: parts.flatMap((part) => part.sheets ?? []),
  templates: parts.flatMap((part) => part.templates ?? []),
  rules: parts.flatMap((part) => part.rules ?? []),
  settings: parts.flatMap((part) => part.settings ?? []),
  settingTitles: {
    zh: Object.assign({}, ...parts.map((part) => part.settingTitles?.zh)),
    en: Object.assign({}, ...parts.map((part) => part.settingTitles?.en)),
  },
  sentences: {
    zh: Object.assign({}, ...parts.map((part) => part.sentences?.zh)),
    en: Object.assign({}, ...parts.map((part) => part.sentences?.en)),
  },
};
