import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { rules } from "../evaluation.rules.ts";
import { settings } from "../evaluation.settings.ts";
import { words as settingTitles } from "../evaluation.settings.words.ts";

/** Grade assessment (等级评估): so far its rules, which the register and the sandbox already use. */
export const evaluationModule: HouseModule = { id: "evaluation", handlers: [], rules, settings, settingTitles };
