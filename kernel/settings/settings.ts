import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { chainOf } from "../divisions/code.ts";
import type { SettingsReader } from "../operation/context.ts";
import { type Setting, type SettingOverride, settingOn } from "./declare.ts";

/** Dated settings in memory (动态参数): few rows, read at every rule; reloaded when one is set. */
export class Settings implements SettingsReader {
  readonly #declared: ReadonlyMap<string, Setting>;
  #overrides: readonly SettingOverride[] = [];
  constructor(declared: readonly Setting[]) {
    this.#declared = new Map(declared.map((one) => [one.id, one]));
  }
  get declared(): readonly Setting[] {
    return [...this.#declared.values()];
  }
  async load(database: Database): Promise<void> {
    this.#overrides = await database.transaction({ kind: "system" }, (tx) =>
      tx.many<SettingOverride>(
        sql`select id, division_code, valid_from as "from", value from setting_value order by id, valid_from`,
      ),
    );
  }
  on(id: string, date: string, division: string): number | string | boolean {
    return settingOn(this.declared, this.#overrides, id, date, [...chainOf(division), "0"]);
  }
}
