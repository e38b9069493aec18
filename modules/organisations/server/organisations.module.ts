import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { templates } from "../organisations.documents.ts";
import { duties } from "../organisations.duties.ts";
import { procedures } from "../organisations.procedures.ts";
import { rules } from "../organisations.rules.ts";
import { settings } from "../organisations.settings.ts";
import { words as settingTitles } from "../organisations.settings.words.ts";
import { words } from "../organisations.words.ts";
import { applicationHandlers } from "./applications.handlers.ts";
import { changeHandlers } from "./change.handlers.ts";
import { communityHandlers } from "./community.handlers.ts";
import { endingHandlers } from "./ending.handlers.ts";
import { existingHandlers, existingSheet } from "./existing.handlers.ts";
import { exportHandlers } from "./export.handlers.ts";
import { fileHandlers } from "./file.handlers.ts";
import { flowHandlers } from "./flow.handlers.ts";
import { governanceHandlers } from "./governance.handlers.ts";
import { guards } from "./guards.ts";
import { acceptBySilenceJob, indexNames } from "./jobs.ts";
import { listHandlers } from "./list.handlers.ts";
import { nameChangeHandlers, nameChangeSheet } from "./name-changes.handlers.ts";
import { nameHandlers } from "./names.handlers.ts";
import { officerHandlers } from "./officers.handlers.ts";
import { indicators } from "./organisations.indicators.ts";
import { collections } from "./organisations.publication.ts";
import { tables } from "./organisations.tables.ts";
import { recounts } from "./recount.queries.ts";
import { registrationHandlers } from "./registration.handlers.ts";
import { sanctionHandlers } from "./sanctions.handlers.ts";

/** The register of social organisations (社会组织登记). */
export const organisationsModule: HouseModule = {
  id: "organisations",
  migrations: "modules/organisations/server/migrations",
  tables,
  handlers: [
    ...existingHandlers,
    ...nameChangeHandlers,
    ...listHandlers,
    ...fileHandlers,
    ...nameHandlers,
    ...exportHandlers,
    ...registrationHandlers,
    ...flowHandlers,
    ...changeHandlers,
    ...applicationHandlers,
    ...endingHandlers,
    ...sanctionHandlers,
    ...officerHandlers,
    ...governanceHandlers,
    ...communityHandlers,
  ],
  procedures,
  guards,
  duties,
  indicators,
  recounts,
  collections,
  rules,
  settings,
  settingTitles,
  templates,
  jobs: [acceptBySilenceJob, indexNames],
  sheets: [existingSheet, nameChangeSheet],
  sentences: { zh: words.zh.sentences, en: words.en.sentences },
};
