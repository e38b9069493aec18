import type { HouseModule, Sentences } from "../../../kernel/operation/house-module.ts";

/** What one part of the room brings (模块分部): the module gathers them, so that a part is one line there. */
export interface EquipmentPart
  extends Partial<
    Pick<
      HouseModule,
      | "handlers"
      | "duties"
      | "indicators"
      | "recounts"
      | "collections"
      | "jobs"
      | "feeds"
      | "sheets"
      | "templates"
      | "settings"
      | "settingTitles"
      | "rules"
    >
  > {
  /** Sentences of the part's own refusals. */
  readonly sentences?: Readonly<Record<"zh" | "en", Sentences>>;
}
