import type { TableAccess } from "../access/tables.ts";
import type { Template } from "../document/template.ts";
import type { DutyKind } from "../duty/define.ts";
import type { Indicator } from "../indicator/define.ts";
import type { Recount } from "../indicator/recount.ts";
import type { JobKind } from "../jobs/jobs.ts";
import type { Procedure } from "../procedure/define.ts";
import type { Guard } from "../procedure/procedure.ts";
import type { Collection } from "../publication/define.ts";
import type { AnyRule } from "../rule/rule.ts";
import type { Setting } from "../settings/declare.ts";
import type { SheetImport } from "../sheet/import.ts";
import type { SyncFeed } from "../sync/feed.ts";
import type { Handler } from "./handle.ts";

/** Sentences by code: fixed, or made from the facts of the case. */
// biome-ignore lint/suspicious/noExplicitAny: each sentence knows the facts of its own code; the words' own types check them.
export type Sentences = Readonly<Record<string, string | ((facts: any) => string)>>;

/** Everything a room brings to the house (模块). Composition only reads this; nothing registers itself by import. */
export interface HouseModule {
  readonly id: string;
  /** Folder of the module's migrations, from the project's root. */
  readonly migrations?: string;
  readonly tables?: readonly TableAccess[];
  readonly handlers: readonly Handler[];
  readonly procedures?: readonly Procedure[];
  /** Conditions of transitions, by `procedure/transition`: what is missing before the act may happen. */
  readonly guards?: Readonly<Record<string, Guard>>;
  readonly duties?: readonly DutyKind[];
  readonly indicators?: readonly Indicator[];
  /** Counts an indicator anew from its rows, for the nightly comparison with the kept cells. */
  readonly recounts?: readonly Recount[];
  readonly collections?: readonly Collection[];
  readonly rules?: readonly AnyRule[];
  readonly settings?: readonly Setting[];
  /** Titles of the settings, by their title keys, in both languages. */
  readonly settingTitles?: Readonly<Record<"zh" | "en", Readonly<Record<string, string>>>>;
  /** Every version of every template, so that any document can be rendered again. */
  // biome-ignore lint/suspicious/noExplicitAny: each template knows its own facts; documents keep them as JSON.
  readonly templates?: readonly Template<any>[];
  readonly jobs?: readonly JobKind[];
  readonly sheets?: readonly SheetImport[];
  /** What the phones of the module's workers hold. */
  readonly feeds?: readonly SyncFeed[];
  /** Sentences of refusals and remarks by code, in both languages. */
  readonly sentences?: Readonly<Record<"zh" | "en", Sentences>>;
}
