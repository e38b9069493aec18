import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { rules } from "../organisations.rules.ts";
import { settings } from "../organisations.settings.ts";
import { existingHandlers, existingSheet } from "./existing.handlers.ts";
import { listHandlers } from "./list.handlers.ts";
import { indicators } from "./organisations.indicators.ts";
import { collections } from "./organisations.publication.ts";
import { tables } from "./organisations.tables.ts";

/** The register of social organisations (社会组织登记). */
export const organisationsModule: HouseModule = {
  id: "organisations",
  migrations: "modules/organisations/server/migrations",
  tables,
  handlers: [...existingHandlers, ...listHandlers],
  indicators,
  collections,
  rules: rules as unknown as NonNullable<HouseModule["rules"]>,
  settings: [...settings],
  sheets: [existingSheet],
};
