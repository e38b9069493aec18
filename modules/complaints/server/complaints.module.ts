import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { complaintProcedure } from "../complaints.procedure.ts";
import { settings } from "../complaints.settings.ts";
import { words } from "../complaints.words.ts";
import { acceptDuty, reviewDuty } from "./complaints.duties.ts";
import { complaintHandlers } from "./complaints.handlers.ts";
import { tables } from "./complaints.tables.ts";

/** Complaints and reports from the public (投诉举报). */
export const complaintsModule: HouseModule = {
  id: "complaints",
  migrations: "modules/complaints/server/migrations",
  tables,
  handlers: complaintHandlers,
  procedures: [complaintProcedure],
  duties: [acceptDuty, reviewDuty],
  settings: [...settings],
  settingTitles: { zh: words.zh.settings, en: words.en.settings },
  sentences: { zh: words.zh.errors, en: words.en.errors },
};
