import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { rules } from "../portal.rules.ts";
import { settings } from "../portal.settings.ts";
import { words } from "../portal.words.ts";
import { careRatesHandler } from "./care-rates.handlers.ts";
import { intakeHandlers } from "./intake.handlers.ts";
import { openDataHandlers } from "./open-data.handlers.ts";
import { collectionsOf, type Dictionary } from "./portal.collections.ts";
import { Counts } from "./portal.counts.ts";
import { readHandlers } from "./read.handlers.ts";
import { searchHandler } from "./search.handlers.ts";
import { statisticsHandler } from "./statistics.handlers.ts";

/**
 * The public portal (公众门户) of a house with these rooms: every collection they declare is open data, named by their own
 * words under `collections`.
 */
export function portalModule(rooms: readonly HouseModule[], dictionary: Dictionary = { zh: {}, en: {} }): HouseModule {
  const collections = collectionsOf(rooms);
  const counts = new Counts();
  return {
    id: "portal",
    migrations: "modules/portal/server/migrations",
    handlers: [
      searchHandler(counts),
      ...readHandlers(collections, counts),
      statisticsHandler(counts),
      careRatesHandler,
      ...openDataHandlers(collections, dictionary),
      ...intakeHandlers,
    ],
    rules: rules as unknown as NonNullable<HouseModule["rules"]>,
    settings: [...settings],
    sentences: { zh: words.zh.errors, en: words.en.errors },
  };
}
