import type { Statement } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";

/**
 * What phones of a module's workers hold (下发内容). The kernel compares the manifest with what it knows the phone to have,
 * so records that moved, closed or left the worker's villages are forgotten by themselves; no change log is needed.
 */
export interface SyncFeed {
  /** Type of the records, e.g. `care-person`. */
  readonly type: string;
  /** `select id::text, version::text` of everything the actor's phone should hold, the most needed first; read in the actor's scope. */
  manifest(ctx: Pick<Context, "actor" | "today">): Statement;
  /** Bodies of some of these records, in any order; what cannot be found is left out. */
  load(
    tx: Tx,
    ids: readonly string[],
    ctx: Context,
  ): Promise<readonly { readonly id: string; readonly body: Record<string, unknown> }[]>;
}
