import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import type { PersonEvents } from "../../people/server/index.ts";
import { careWorkRules } from "../care-work.rules.ts";
import { careWorkSettings } from "../care-work.settings.ts";
import { careWorkWords } from "../care-work.words.ts";
import { monthlyRates } from "../figures.collections.ts";
import { rules } from "../visiting-care.rules.ts";
import { settings } from "../visiting-care.settings.ts";
import { words } from "../visiting-care.words.ts";
import { carePart } from "./care.part.ts";
import { careWorkPart } from "./care-work.part.ts";
import type { CarePart } from "./part.ts";
import { tables } from "./visiting-care.tables.ts";

/** Every part of the room, in the order in which they hear of what happens (分部). A part is one line here. */
const others: readonly CarePart[] = [careWorkPart];
const parts: readonly CarePart[] = [carePart(others), ...others];

/** Visiting care (探访关爱): who is visited, how often and by whom; visits; the monthly rate; what follows from a visit. */
export const visitingCareModule: HouseModule = {
  id: "visiting-care",
  migrations: "modules/visiting-care/server/migrations",
  tables,
  handlers: parts.flatMap((part) => part.handlers),
  duties: parts.flatMap((part) => part.duties ?? []),
  indicators: parts.flatMap((part) => part.indicators ?? []),
  recounts: parts.flatMap((part) => part.recounts ?? []),
  jobs: parts.flatMap((part) => part.jobs ?? []),
  templates: parts.flatMap((part) => part.templates ?? []),
  feeds: parts.flatMap((part) => part.feeds ?? []),
  collections: [monthlyRates],
  rules: [...rules, ...careWorkRules],
  settings: [...settings, ...careWorkSettings],
  settingTitles: {
    zh: { ...words.zh.settings, ...careWorkWords.zh.settings },
    en: { ...words.en.settings, ...careWorkWords.en.settings },
  },
  sentences: {
    zh: { ...words.zh.errors, ...careWorkWords.zh.errors },
    en: { ...words.en.errors, ...careWorkWords.en.errors },
  },
};

/** What visiting care does when something happens to a person (人员变动): given to the register of people by composition. */
export const visitingCareEvents: PersonEvents = {
  async moved(ctx, before, after, on) {
    for (const part of parts) await part.events?.moved?.(ctx, before, after, on);
  },
  async ended(ctx, person, ground, on) {
    for (const part of parts) await part.events?.ended?.(ctx, person, ground, on);
  },
  async merged(ctx, keep, merged, undone) {
    for (const part of parts) await part.events?.merged?.(ctx, keep, merged, undone);
  },
  async holds(ctx, ids) {
    const held = new Set<string>();
    for (const part of parts) for (const id of (await part.events?.holds?.(ctx, ids)) ?? []) held.add(id);
    return held;
  },
  async changed(ctx, before, after) {
    for (const part of parts) await part.events?.changed?.(ctx, before, after);
  },
};
