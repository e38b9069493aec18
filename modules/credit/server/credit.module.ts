import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { rules } from "../credit.rules.ts";
import { settings } from "../credit.settings.ts";
import { words as settingWords } from "../credit.settings.words.ts";
import { words } from "../credit.words.ts";
import { templates } from "../documents.templates.ts";
import { procedureSettings } from "../procedure.settings.ts";
import { words as procedureWords } from "../procedure.settings.words.ts";
import { duties } from "./credit.duties.ts";
import { indicators } from "./credit.indicators.ts";
import { procedures } from "./credit.procedures.ts";
import { collections } from "./credit.publication.ts";
import { tables } from "./credit.tables.ts";
import { decisionHandlers } from "./decision.handlers.ts";
import { existingHandlers, existingSheet } from "./existing.handlers.ts";
import { noticeHandlers } from "./notice.handlers.ts";
import { objectionHandlers } from "./objection.handlers.ts";
import { readingHandlers } from "./reading.handlers.ts";
import { recordHandlers, recordSheet } from "./records.handlers.ts";
import { removalHandlers } from "./removal.handlers.ts";
import { reportHandlers } from "./report.handlers.ts";
import { runHandlers, runJob } from "./runs.handlers.ts";
import { statementHandlers } from "./statement.handlers.ts";

/** Credit information of social organisations and the two lists (信用信息与名录). */
export const creditModule: HouseModule = {
  id: "credit",
  migrations: "modules/credit/server/migrations",
  tables,
  handlers: [
    ...recordHandlers,
    ...noticeHandlers,
    ...statementHandlers,
    ...decisionHandlers,
    ...removalHandlers,
    ...objectionHandlers,
    ...existingHandlers,
    ...runHandlers,
    ...readingHandlers,
    ...reportHandlers,
  ],
  procedures,
  duties,
  indicators,
  collections,
  rules,
  settings: [...settings, ...procedureSettings],
  settingTitles: { zh: { ...settingWords.zh, ...procedureWords.zh }, en: { ...settingWords.en, ...procedureWords.en } },
  templates,
  jobs: [runJob],
  sheets: [recordSheet, existingSheet],
  sentences: { zh: words.zh.errors, en: words.en.errors },
};
