import { oversightSettings } from "../oversight.settings.ts";
import { words } from "../oversight.words.ts";
import { boardHandlers } from "./board.handlers.ts";
import { discrepancyHandlers } from "./discrepancy.handlers.ts";
import { collections } from "./equipment.publication.ts";
import { evaluationHandlers } from "./evaluation.handlers.ts";
import { liaisonHandlers } from "./liaison.handlers.ts";
import { escalationHandlers, overdueJob } from "./oversight.escalation.ts";
import { trainingHandlers } from "./oversight.training.ts";
import { verifyHandlers } from "./oversight.verify.ts";
import type { EquipmentPart } from "./part.ts";
import { progressHandlers } from "./progress.handlers.ts";
import { sampleHandlers } from "./sample.handlers.ts";

/** Training, checks, samples, evaluation, discrepancies, liaisons and the board (跟踪问效). */
export const oversightPart: EquipmentPart = {
  handlers: [
    ...trainingHandlers,
    ...verifyHandlers,
    ...sampleHandlers,
    ...evaluationHandlers,
    ...discrepancyHandlers,
    ...liaisonHandlers,
    ...boardHandlers,
    ...progressHandlers,
    ...escalationHandlers,
  ],
  collections: [...collections],
  jobs: [overdueJob],
  settings: [...oversightSettings],
  settingTitles: { zh: words.zh.settings, en: words.en.settings },
  sentences: { zh: words.zh.errors, en: words.en.errors },
};
