import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { reportProcedure } from "../annual-inspection.procedure.ts";
import { rules } from "../annual-inspection.rules.ts";
import { sentenceWords } from "../annual-inspection.sentences.words.ts";
import { settings } from "../annual-inspection.settings.ts";
import { words as settingTitles } from "../annual-inspection.settings.words.ts";
import { duties } from "./annual-inspection.duties.ts";
import { procedureGuards } from "./annual-inspection.guards.ts";
import { indicators } from "./annual-inspection.indicators.ts";
import { jobs } from "./annual-inspection.jobs.ts";
import { collections } from "./annual-inspection.publication.ts";
import { tables } from "./annual-inspection.tables.ts";
import { templates } from "./annual-inspection.templates.ts";
import { batchHandlers } from "./batch.handlers.ts";
import { getReportHandlers } from "./get-report.handlers.ts";
import { listHandlers } from "./list.handlers.ts";
import { openYearHandlers } from "./open-year.handlers.ts";
import { overdueHandlers } from "./overdue.handlers.ts";
import type { OverdueHooks } from "./overdue.ts";
import { recordHandlers, recordSheet } from "./record.handlers.ts";
import { reviewHandlers } from "./review.handlers.ts";
import { submitHandlers } from "./submit.handlers.ts";

/** Nobody proposes anything: the inspection works without a credit room. */
const nobody: OverdueHooks = { onOverdue: async () => {} };

/** The annual inspection (年度检查). `hooks` says who hears that a report is overdue; composition gives the credit room's. */
export function annualInspectionModule(hooks: OverdueHooks = nobody): HouseModule {
  return {
    id: "annual-inspection",
    migrations: "modules/annual-inspection/server/migrations",
    tables,
    handlers: [
      ...openYearHandlers,
      ...getReportHandlers,
      ...submitHandlers,
      ...reviewHandlers,
      ...batchHandlers,
      ...listHandlers,
      ...overdueHandlers(hooks),
      ...recordHandlers,
    ],
    procedures: [reportProcedure],
    guards: procedureGuards,
    duties: [...duties],
    indicators: [...indicators],
    collections: [...collections],
    rules: [...rules],
    settings: [...settings],
    settingTitles,
    templates: [...templates],
    jobs: [...jobs],
    sheets: [recordSheet],
    sentences: sentenceWords,
  };
}
