import { authHandlers } from "../auth/auth.handlers.ts";
import { words as authWords } from "../auth/auth.words.ts";
import { settings as authSettings } from "../auth/second-factor.ts";
import { changeHandlers } from "../divisions/change.handlers.ts";
import { divisionHandlers } from "../divisions/divisions.handlers.ts";
import { documentHandlers } from "../document/documents.handlers.ts";
import { dutyHandlers } from "../duty/duty.handlers.ts";
import { fileHandlers } from "../files/files.handlers.ts";
import { rules as identityRules } from "../identity/identity.rules.ts";
import { rules as privacyRules } from "../identity/privacy.rules.ts";
import { recountJob } from "../indicator/recount.ts";
import { journalHandlers } from "../journal/journal.handlers.ts";
import { sealJob } from "../journal/seal.ts";
import { ledgerHandlers } from "../ledger/ledger.handlers.ts";
import type { HouseModule } from "../operation/house-module.ts";
import { ruleHandlers } from "../rule/rules.handlers.ts";
import { settingsHandlers } from "../settings/settings.handlers.ts";
import { commitJob, readJob, undoJob } from "../sheet/import-run.ts";
import { sheetHandlers } from "../sheet/sheet.handlers.ts";
import { syncHandlers, syncJobs } from "../sync/index.ts";
import { settleHeldDuty, silentPhoneDuty } from "../sync/sync.duties.ts";
import { rules as syncRules } from "../sync/sync.rules.ts";
import { settings as syncSettings } from "../sync/sync.settings.ts";
import { words as syncWords } from "../sync/sync.words.ts";
import { rules as textRules } from "../text/text.rules.ts";
import { resealJob } from "../vault/rotate.ts";
import { vaultHandlers } from "../vault/vault.handlers.ts";
import { kernelSentences } from "./kernel.sentences.ts";

/** The kernel's own operations, as one room among the others. */
export const kernelModule: HouseModule = {
  id: "kernel",
  handlers: [
    ...authHandlers,
    ...divisionHandlers,
    ...changeHandlers,
    ...documentHandlers,
    ...dutyHandlers,
    ...fileHandlers,
    ...journalHandlers,
    ...ledgerHandlers,
    ...ruleHandlers,
    ...settingsHandlers,
    ...sheetHandlers,
    ...syncHandlers,
    ...vaultHandlers,
  ],
  duties: [settleHeldDuty, silentPhoneDuty],
  rules: [...identityRules, ...privacyRules, ...syncRules, ...textRules],
  jobs: [sealJob, recountJob, resealJob, readJob, commitJob, undoJob, ...syncJobs],
  settings: [...authSettings, ...syncSettings],
  settingTitles: {
    zh: { ...authWords.zh.settings, ...syncWords.zh.settings },
    en: { ...authWords.en.settings, ...syncWords.en.settings },
  },
  sentences: kernelSentences,
};
