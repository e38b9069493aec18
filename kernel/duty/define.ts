import type { Citation } from "../rule/rule.ts";

/** A kind of obligation (待办类别): who holds it, by which law, when to remind. */
export interface DutyKind {
  /** `module.kind`; its name and sentence stand in the module's words under `duties`. */
  readonly id: string;
  readonly holder: "staff" | "worker" | "organisation" | "unit";
  readonly law: readonly Citation[];
  /** Days before the due date on which the holder is reminded. */
  readonly remindDaysBefore: readonly number[];
}

/** Declares a kind of duty. */
export function defineDuty(kind: DutyKind): DutyKind {
  return kind;
}
