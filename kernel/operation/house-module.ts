import type { TableAccess } from "../access/tables.ts";
import type { Indicator } from "../indicator/define.ts";
import type { JobKind } from "../jobs/jobs.ts";
import type { Procedure } from "../procedure/define.ts";
import type { Collection } from "../publication/define.ts";
import type { Setting } from "../settings/declare.ts";
import type { Rule } from "../rule/rule.ts";
import type { DocumentTemplate } from "../document/template.ts";
import type { SheetImport } from "../sheet/import.ts";
import type { DutyKind } from "../duty/define.ts";
import type { Guard } from "../procedure/procedure.ts";
import type { Handler } from "./handle.ts";

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
  readonly collections?: readonly Collection[];
  readonly rules?: readonly Rule<never, unknown>[];
  readonly settings?: readonly Setting[];
  readonly templates?: readonly DocumentTemplate[];
  readonly jobs?: readonly JobKind[];
  readonly sheets?: readonly SheetImport[];
}
