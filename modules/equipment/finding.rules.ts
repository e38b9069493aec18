import { itemTransitions } from "./equipment.rules.ts";
import type { ItemKind } from "./equipment.shapes.ts";

/** A piece as a finding sees it. */
export interface Piece {
  readonly id: string;
  readonly item: ItemKind;
  readonly serial: string;
  readonly state: string;
}

/** What somebody found of one item in one home (核查行). */
export interface FoundLine {
  readonly item: ItemKind;
  readonly result: "ok" | "missing" | "damaged" | "mismatch";
  readonly seen: number;
  readonly serials: readonly string[];
  readonly note?: string | undefined;
}

/** Where a piece goes because of a finding, with the events its history shows. */
export interface PieceMove {
  readonly piece: Piece;
  readonly events: readonly string[];
  readonly to: string;
}

/** What differs, one piece each, to become a discrepancy. */
export interface Difference {
  readonly piece: Piece;
  readonly kind: "missing" | "damaged" | "serial_mismatch";
}

/** Why a finding cannot be kept as it was sent. */
export type FindingProblem =
  | { readonly code: "equipment/nothing-delivered"; readonly facts: { readonly item: string } }
  | {
      readonly code: "equipment/seen-more";
      readonly facts: { readonly item: string; readonly seen: number; readonly here: number };
    }
  | {
      readonly code: "equipment/result-differs";
      readonly facts: {
        readonly item: string;
        readonly result: string;
        readonly seen: number;
        readonly here: number;
      };
    }
  | {
      readonly code: "equipment/serials-needed";
      readonly facts: { readonly item: string; readonly seen: number; readonly here: number };
    }
  | {
      readonly code: "equipment/serial-not-here";
      readonly facts: { readonly item: string; readonly serials: readonly string[] };
    }
  | {
      readonly code: "equipment/item-state";
      readonly facts: { readonly serial: string; readonly from: string; readonly event: string };
    }
  | { readonly code: "equipment/untrained"; readonly facts: { readonly item: string } };

export interface Finding {
  readonly moves: readonly PieceMove[];
  readonly differences: readonly Difference[];
}

/** States in which a piece is in the home, whole or not. */
export const hereStates: readonly string[] = ["delivered", "trained", "verified", "in_use", "fault", "discrepancy"];

const bare = (serial: string) => serial.replace(/\s+/g, "").toUpperCase();

/** The first of these events the rule of states allows; a piece that stands elsewhere already does not move. */
function step(from: string, events: readonly string[]): string | undefined {
  const possible = itemTransitions[from] ?? {};
  for (const event of events) if (possible[event]) return possible[event];
  return undefined;
}

type Kind = "verification" | "spot_check" | "evaluation";

const passed: Readonly<Record<Kind, string>> = {
  verification: "verify_ok",
  spot_check: "spot_check_ok",
  evaluation: "evaluate_ok",
};
const lost: Readonly<Record<Kind, readonly string[]>> = {
  verification: ["verify_missing", "spot_check_missing"],
  spot_check: ["spot_check_missing", "verify_missing"],
  evaluation: ["evaluate_missing", "spot_check_missing", "verify_missing"],
};

function fine(piece: Piece, kind: Kind, trained: boolean): PieceMove | FindingProblem | undefined {
  if (kind !== "verification") {
    const to = step(piece.state, [passed[kind]]);
    return to ? { piece, events: [passed[kind]], to } : undefined;
  }
  if (piece.state === "discrepancy")
    return {
      code: "equipment/item-state",
      facts: { serial: piece.serial, from: piece.state, event: "verify_ok" },
    };
  if (piece.state === "delivered") {
    if (!trained) return { code: "equipment/untrained", facts: { item: piece.item } };
    const to = step(step(piece.state, ["train"]) ?? "", ["verify_ok"]);
    return to ? { piece, events: ["train", "verify_ok"], to } : undefined;
  }
  const to = step(piece.state, ["verify_ok"]);
  return to ? { piece, events: ["verify_ok"], to } : undefined;
}

function differing(piece: Piece, kind: Kind, result: FoundLine["result"]): PieceMove | undefined {
  const to = step(piece.state, result === "missing" ? lost[kind] : ["verify_fail", ...lost[kind]]);
  // The history says what was seen: damaged is not missing, though both lead to the same state.
  const seen = result === "missing" ? lost[kind][0] : "verify_fail";
  return to && seen ? { piece, events: [seen], to } : undefined;
}

/** Pieces the line is fine about, and those that differ. */
function divide(line: FoundLine, here: readonly Piece[]): { good: Piece[]; bad: Piece[] } | FindingProblem {
  const { item, result, seen } = line;
  const facts = { item, result, seen, here: here.length };
  const known = new Set(here.map((one) => bare(one.serial)));
  const named = new Set(line.serials.map(bare));
  if (seen > here.length) return { code: "equipment/seen-more", facts };
  if (result === "missing" ? seen >= here.length : seen !== here.length)
    return { code: "equipment/result-differs", facts };
  const strange = line.serials.filter((one) => !known.has(bare(one)));
  // Numbers that are not on record are what a mismatch is about.
  if (strange.length > 0 && result !== "mismatch")
    return { code: "equipment/serial-not-here", facts: { item, serials: strange } };
  const isNamed = (one: Piece) => named.has(bare(one.serial));
  if (result === "ok") return { good: [...here], bad: [] };
  if (result === "missing") {
    if (seen === 0) return { good: [], bad: [...here] };
    if (named.size !== seen) return { code: "equipment/serials-needed", facts };
    return { good: here.filter(isNamed), bad: here.filter((one) => !isNamed(one)) };
  }
  if (named.size === 0) return { good: [], bad: [...here] };
  // Damaged: the numbers named are the damaged ones. Mismatch: what was read on the plates; the others are not there.
  return result === "damaged"
    ? { good: here.filter((one) => !isNamed(one)), bad: here.filter(isNamed) }
    : { good: here.filter(isNamed), bad: here.filter((one) => !isNamed(one)) };
}

/**
 * What a finding means piece by piece (核查结论): where each goes by the rule of its states, and what becomes a discrepancy.
 * A finding that contradicts itself is a problem; a bad one is never lost, even where a piece cannot move.
 */
export function findingOf(
  line: FoundLine,
  pieces: readonly Piece[],
  kind: Kind,
  trained: boolean,
): Finding | FindingProblem {
  const here = pieces.filter((one) => one.item === line.item && hereStates.includes(one.state));
  if (here.length === 0) return { code: "equipment/nothing-delivered", facts: { item: line.item } };
  const parts = divide(line, here);
  if ("code" in parts) return parts;
  const moves: PieceMove[] = [];
  for (const piece of parts.good) {
    const move = fine(piece, kind, trained);
    if (move && "code" in move) return move;
    if (move) moves.push(move);
  }
  for (const piece of parts.bad) {
    const move = differing(piece, kind, line.result);
    if (move) moves.push(move);
  }
  // What differs already has its discrepancy.
  const fresh = parts.bad.filter((one) => one.state !== "discrepancy");
  const word = { missing: "missing", damaged: "damaged", mismatch: "serial_mismatch", ok: "missing" } as const;
  return { moves, differences: fresh.map((piece) => ({ piece, kind: word[line.result] })) };
}
