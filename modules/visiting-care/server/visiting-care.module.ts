import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import type { PersonEvents } from "../../people/server/index.ts";
import { settings } from "../visiting-care.settings.ts";
import { words } from "../visiting-care.words.ts";
import type { CarePart } from "./part.ts";
import { tables } from "./visiting-care.tables.ts";

/** Every part of the room, in the order in which they hear of what happens (分部). A part is one line here. */
const parts: readonly CarePart[] = [];

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
  settings: [...settings],
  settingTitles: { zh: words.zh.settings, en: words.en.settings },
  sentences: { zh: words.zh.errors, en: words.en.errors },
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
  async changed(ctx, before, after) {
    for (const part of parts) await part.events?.changed?.(ctx, before, after);
  },
};
