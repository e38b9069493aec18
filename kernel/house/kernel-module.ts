import { authHandlers } from "../auth/auth.handlers.ts";
import { dutyHandlers } from "../duty/duty.handlers.ts";
import { journalHandlers } from "../journal/journal.handlers.ts";
import { sealJob } from "../journal/seal.ts";
import type { HouseModule } from "../operation/house-module.ts";
import { commitJob, readJob, undoJob } from "../sheet/import-run.ts";
import { sheetHandlers } from "../sheet/sheet.handlers.ts";
import { kernelSentences } from "./kernel.sentences.ts";

/** The kernel's own operations, as one room among the others. */
export const kernelModule: HouseModule = {
  id: "kernel",
  handlers: [...authHandlers, ...dutyHandlers, ...journalHandlers, ...sheetHandlers],
  jobs: [sealJob, readJob, commitJob, undoJob],
  sentences: kernelSentences,
};
