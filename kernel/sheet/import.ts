import type { Tx } from "../database/transaction.ts";
import type { Actor, Context } from "../operation/context.ts";
import type { Facts, Operation } from "../operation/define.ts";

/** Something said about one field of a row: `bad` keeps the row out, `warning` only marks it. */
export interface RowRemark {
  readonly field: string;
  readonly code: string;
  readonly facts?: Facts;
}

/** What a dry run thinks of one row (预检结论). The same rules as the command: never weaker. */
export interface RowVerdict {
  readonly verdict: "new" | "same" | "change" | "bad";
  readonly problems: readonly RowRemark[];
  readonly warnings: readonly RowRemark[];
  /** What would change, field by field, for a row that matches a record already there. */
  readonly diff?: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
}

/** What commit wrote for one row; `undo` needs it, and refuses a row touched since. */
export type RowOutcome = Readonly<Record<string, unknown>>;

/** What a commit made of one row: written, already so, or kept out for reasons that came up since the dry run. */
export type RowSettled =
  | { readonly verdict: "done"; readonly outcome: RowOutcome }
  | { readonly verdict: "same" }
  | { readonly verdict: "bad"; readonly problems: readonly RowRemark[] };

/** The set-based twin of a command marked `sheet` (批量导入): rows arrive in chunks of at most 500. */
export interface SheetImport {
  readonly operation: Operation<never, unknown, unknown, never>;
  /** What makes two rows of one file the same record; the second is reported with the row of the first. */
  keyOf?(input: unknown): string | undefined;
  /** Dry run over rows that have the declared shape; reads only. Answers one verdict per input, in order. */
  check(
    tx: Tx,
    actor: Actor,
    today: string,
    inputs: readonly unknown[],
    /** The batch tells rows of this file from those that were there before. */
    context: Pick<Context, "house"> & { readonly batch: string },
  ): Promise<RowVerdict[]>;
  /** Writes rows that passed; answers one outcome per input, in order. Effects and journal as in any command. */
  commit(ctx: Context, inputs: readonly unknown[], batch: string): Promise<RowOutcome[]>;
  /** `check` and `commit` in one look at the register, for what is loaded by the ten thousand; used instead of both. */
  settle?(ctx: Context, inputs: readonly unknown[], batch: string): Promise<RowSettled[]>;
  /** Compensates outcomes; answers per outcome whether it was undone, or the reason it was not. */
  undo(
    ctx: Context,
    outcomes: readonly RowOutcome[],
  ): Promise<(null | { readonly code: string; readonly facts?: Facts })[]>;
}

/** Declares the set-based twin of a command. */
export function defineSheetImport(given: SheetImport): SheetImport {
  return given;
}
