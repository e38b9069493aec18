import type { Role } from "../operation/define.ts";
import type { Citation } from "../rule/rule.ts";

/** One act of a procedure (动作): from which states to which, by whom, by which article, with what effect outside. */
export interface Transition {
  /** States it may start from; "" = it opens the procedure. */
  readonly from: readonly string[];
  readonly to: string;
  readonly who: readonly Role[];
  readonly law: readonly Citation[];
  /** Acts with legal effect wear the seal colour and ask once more. */
  readonly legalEffect?: true;
  /** Earlier transitions whose actor may not also do this one (经办与决定分离). */
  readonly notBy?: readonly string[];
  /** The operation that carries it out; a transition is a command. */
  readonly operation: string;
}

/** A procedure (程序): states and transitions, by version. An instance keeps the version it began under. */
export interface Procedure<State extends string = string, Act extends string = string> {
  readonly id: string;
  readonly version: string;
  readonly states: readonly State[];
  /** States in which nothing more can happen. */
  readonly final: readonly State[];
  readonly transitions: Readonly<Record<Act, Transition>>;
}

/** Declares a procedure and refuses one whose transitions name unknown states. */
export function defineProcedure<const State extends string, const Act extends string>(given: {
  readonly id: string;
  readonly version: string;
  readonly states: readonly State[];
  readonly final: readonly NoInfer<State>[];
  readonly transitions: Readonly<
    Record<
      Act,
      Omit<Transition, "from" | "to"> & { readonly from: readonly (NoInfer<State> | "")[]; readonly to: NoInfer<State> }
    >
  >;
}): Procedure<State, Act> {
  return given;
}

/** A Mermaid state diagram of a procedure, for the module's README (generated, never drawn). */
export function stateDiagram(procedure: Procedure): string {
  const lines = ["stateDiagram-v2"];
  for (const [act, transition] of Object.entries(procedure.transitions)) {
    for (const from of transition.from) lines.push(`  ${from === "" ? "[*]" : from} --> ${transition.to}: ${act}`);
  }
  for (const state of procedure.final) lines.push(`  ${state} --> [*]`);
  return lines.join("\n");
}
