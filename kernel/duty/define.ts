import type { Role } from "../operation/define.ts";
import type { Citation } from "../rule/rule.ts";

/** A kind of obligation (待办类别): who holds it, by which law, when to remind. */
export interface DutyKind {
  /** `module.kind`; its name and sentence stand in the module's words under `duties`. */
  readonly id: string;
  readonly holder: "staff" | "worker" | "organisation" | "unit";
  /**
   * Staff and workers whose work it is; without it, those who keep organisations. Others do not see it: a registrar has no
   * business with who is visited at home.
   */
  readonly roles?: readonly Role[];
  readonly law: readonly Citation[];
  /** Days before the due date on which the holder is reminded. */
  readonly remindDaysBefore: readonly number[];
}

const keepersOfPeople: readonly string[] = ["officer", "worker"];

/** Whether a duty of this kind is shown to a role (待办可见范围). */
export function concerns(kind: DutyKind, role: string): boolean {
  return kind.roles ? (kind.roles as readonly string[]).includes(role) : !keepersOfPeople.includes(role);
}

/** Declares a kind of duty. */
export function defineDuty(kind: DutyKind): DutyKind {
  return kind;
}
