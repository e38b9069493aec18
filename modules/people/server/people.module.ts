import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { duties } from "../people.duties.ts";
import { words as sentences } from "../people.sentences.words.ts";
import { settings } from "../people.settings.ts";
import { words } from "../people.words.ts";
import { censusHandler, censusSheet } from "./census.handlers.ts";
import type { PersonEvents } from "./index.ts";
import { indexNames } from "./jobs.ts";
import { keepHandlers } from "./keep.handlers.ts";
import { mergeHandlers } from "./merge.handlers.ts";
import { moveHandlers } from "./move.handlers.ts";
import { indicators } from "./people.indicators.ts";
import { tables } from "./people.tables.ts";
import { readHandlers } from "./read.handlers.ts";
import { recounts } from "./recount.queries.ts";
import { refreshHandlers, refreshJob } from "./refresh.handlers.ts";

/** The register of people (人员库), with the rooms that want to hear what happens to a person. */
export function peopleModule(events: readonly PersonEvents[]): HouseModule {
  return {
    id: "people",
    migrations: "modules/people/server/migrations",
    tables,
    handlers: [
      censusHandler(events),
      ...readHandlers,
      ...keepHandlers(events),
      ...moveHandlers(events),
      ...mergeHandlers(events),
      ...refreshHandlers(events),
    ],
    duties,
    indicators,
    recounts,
    settings,
    settingTitles: { zh: words.zh.settings, en: words.en.settings },
    jobs: [indexNames, refreshJob],
    sheets: [censusSheet(events)],
    sentences: { zh: sentences.zh, en: sentences.en },
  };
}
