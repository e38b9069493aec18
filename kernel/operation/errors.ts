import type { Effect } from "./context.ts";
import type { Facts, RefusalStatus } from "./define.ts";

/** A refusal (拒绝): a declared code with the facts of the case; journalled, never a fault. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: RefusalStatus;
  readonly facts: Facts;
  /** Written although the command is refused, with the journal entry of the refusal (a failed sign-in counts). */
  readonly effects: readonly Effect[];
  constructor(code: string, status: RefusalStatus, facts: Facts = {}, effects: readonly Effect[] = []) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.status = status;
    this.facts = facts;
    this.effects = effects;
  }
}

/** One thing wrong with one field of the input. `path` is the field's path, `problem` a code the words translate. */
export interface FieldProblem {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly facts?: Facts;
}

/** Input that does not have the shape asked for (输入有误), with one entry per field. Nothing has been written. */
export class InvalidInput extends Error {
  readonly problems: readonly FieldProblem[];
  constructor(problems: readonly FieldProblem[]) {
    super("invalid input");
    this.name = "InvalidInput";
    this.problems = problems;
  }
}
