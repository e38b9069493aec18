import type { Context } from "../../../kernel/operation/context.ts";
import type { Place } from "../equipment.shapes.ts";
import { type Finding, type FindingProblem, type FoundLine, findingOf, type Piece } from "../finding.rules.ts";
import { words } from "../oversight.words.ts";
import { type InHome, type NewDiscrepancy, openDiscrepancies } from "./discrepancy.store.ts";
import { recordEvents } from "./events.store.ts";
import { type ItemRow, insertChecks, movePieces, type NewCheck } from "./oversight.store.ts";

type Kind = NewCheck["kind"];

/** A finding about one line, understood. */
export interface Examined {
  readonly line: FoundLine;
  readonly finding: Finding;
}

/** Understands what was found, line by line, or hands the first contradiction to `refuse`. */
export function examine(
  lines: readonly FoundLine[],
  pieces: readonly Piece[],
  kind: Kind,
  trained: boolean,
  refuse: (problem: FindingProblem) => never,
): Examined[] {
  return lines.map((line) => {
    const finding = findingOf(line, pieces, kind, trained);
    return "code" in finding ? refuse(finding) : { line, finding };
  });
}

/** The first item that stands in two lines. */
export function repeatedItem(lines: readonly FoundLine[]): string | undefined {
  return lines.find((line, at) => lines.findIndex((one) => one.item === line.item) !== at)?.item;
}

/** Somebody's look at a home (核查): who, when, with which evidence. */
export interface Look {
  readonly kind: Kind;
  readonly at: InHome;
  readonly on: string;
  readonly photoIds: readonly string[];
  readonly place?: Place | undefined;
  readonly note?: string | undefined;
  readonly sampleId?: string;
  readonly evaluationId?: string;
  /** Who looked, as the check names it; and the county's office, which owns what differs. */
  readonly by: string;
  readonly office: string;
}

/** Keeps a look: checks with their evidence, pieces moved, history written, what differs opened. Effects; answers the ids. */
export function keepLook(
  ctx: Context,
  look: Look,
  rows: readonly ItemRow[],
  examined: readonly Examined[],
): { checkIds: string[]; discrepancyIds: string[] } {
  const { at } = look;
  const checks: NewCheck[] = examined.map(({ line }) => ({
    home_code: at.home,
    id: ctx.newId(),
    division_code: at.division,
    care_home_id: at.careHomeId,
    kind: look.kind,
    item: line.item,
    result: line.result,
    seen: line.seen,
    serials: line.serials,
    photo_ids: look.photoIds,
    note: line.note ?? look.note ?? null,
    sample_id: look.sampleId ?? null,
    evaluation_id: look.evaluationId ?? null,
    checked_on: look.on,
  }));
  insertChecks(ctx, checks, look.by);
  movePieces(
    ctx,
    { home: at.home, careHomeId: at.careHomeId },
    rows,
    examined.flatMap((one) => one.finding.moves),
  );
  recordEvents(
    ctx,
    examined.flatMap(({ line, finding }) =>
      finding.moves.flatMap((move) =>
        move.events.map((event) => ({
          home: at.home,
          division: at.division,
          careHomeId: at.careHomeId,
          subject: move.piece.id,
          event,
          quantity: 1,
          serials: [move.piece.serial],
          photoIds: look.photoIds,
          place: look.place ?? null,
          note: line.note ?? look.note ?? null,
          facts: { by: look.by, kind: look.kind, result: line.result, from: move.piece.state, to: move.to },
        })),
      ),
    ),
  );
  const discrepancyIds = openDiscrepancies(
    ctx,
    at,
    look.office,
    examined.flatMap(({ line, finding }) =>
      finding.differences.map(
        ({ piece, kind }): NewDiscrepancy => ({
          kind,
          item: piece.item,
          quantity: 1,
          source: look.kind,
          itemId: piece.id,
          photoIds: look.photoIds,
          description: words.zh.differs({ item: piece.item, serial: piece.serial, kind, note: line.note ?? "" }),
        }),
      ),
    ),
  );
  return { checkIds: checks.map((one) => one.id), discrepancyIds };
}
