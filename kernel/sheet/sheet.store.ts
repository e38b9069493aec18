import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Role } from "../operation/define.ts";
import type { RowOutcome, RowRemark } from "./import.ts";

/** A batch as its table holds it. */
export interface BatchRow {
  home_code: string;
  id: string;
  division_code: string;
  operation: string;
  file_id: string;
  file_name: string;
  state: "reading" | "asking" | "checked" | "committing" | "committed" | "undoing" | "undone" | "failed";
  answers: Record<string, string>;
  questions: { code: string; field: string; facts: Record<string, unknown>; options: string[] }[];
  counts: Partial<Counts>;
  summary: { failure?: { code: string; facts: Record<string, unknown> } };
  created_by: string;
  created_as: Role;
  created_at: Date;
  finished_at: Date | null;
}

export interface Counts {
  rows: number;
  new: number;
  same: number;
  change: number;
  bad: number;
  warned: number;
  done: number;
  undone: number;
}

/** One remark with the cell it is about. */
export interface CellRemark extends RowRemark {
  readonly cell: string | null;
}

/** One staged row. */
export interface StagedRow {
  ordinal: number;
  sheet: string;
  row_number: number;
  input: unknown;
  verdict: "new" | "same" | "change" | "bad" | "done" | "undone";
  problems: { problems: CellRemark[]; warnings: CellRemark[] } | null;
  outcome: RowOutcome | null;
  /** Private fields of its chunk, at the first row of it. */
  sealed: string | null;
  /** Ordinal of the row where this row's private fields are. */
  sealed_row: number | null;
}

export const findBatch = (tx: Tx, id: string) => tx.maybe<BatchRow>(sql`select * from sheet_batch where id = ${id}`);

export const listBatches = (tx: Tx, limit: number, after: string | undefined) =>
  tx.many<BatchRow>(sql`
    select * from sheet_batch where (${after ?? null}::uuid is null or id < ${after ?? null}::uuid) order by id desc limit ${limit}`);

/** Rows with something said about them, in sheet order. */
export const remarkedRows = (tx: Tx, batch: BatchRow, only: "bad" | "warned" | "all", after: number, limit: number) =>
  tx.many<StagedRow>(sql`
    select ordinal, sheet, row_number, input, verdict, problems, outcome, sealed_row from sheet_row
    where home_code = ${batch.home_code} and batch_id = ${batch.id} and problems is not null and ordinal > ${after}
      and (${only} <> 'bad' or verdict = 'bad') and (${only} <> 'warned' or verdict <> 'bad')
    order by ordinal limit ${limit}`);

export const countRows = async (tx: Tx, batch: Pick<BatchRow, "home_code" | "id">): Promise<Counts> => {
  const row = await tx.one<Counts>(sql`
    select count(*) as rows, count(*) filter (where verdict = 'new') as new, count(*) filter (where verdict = 'same') as same,
      count(*) filter (where verdict = 'change') as change, count(*) filter (where verdict = 'bad') as bad,
      count(*) filter (where problems is not null and verdict <> 'bad') as warned,
      count(*) filter (where verdict = 'done') as done, count(*) filter (where verdict = 'undone') as undone
    from sheet_row where home_code = ${batch.home_code} and batch_id = ${batch.id}`);
  return row;
};

export const insertRows = (
  tx: Tx,
  batch: Pick<BatchRow, "home_code" | "id" | "division_code">,
  rows: readonly Omit<StagedRow, "outcome">[],
) =>
  tx.run(sql`
    insert into sheet_row (home_code, batch_id, division_code, ordinal, sheet, row_number, input, verdict, problems, sealed, sealed_row)
    select ${batch.home_code}, ${batch.id}, ${batch.division_code}, ordinal, sheet, row_number, input, verdict, problems, sealed, sealed_row
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (ordinal integer, sheet text, row_number integer, input jsonb, verdict text, problems jsonb, sealed text, sealed_row integer)`);

/** The next rows that still have to be written (or, for undo, that were), a chunk at a time. */
export const nextRows = (
  tx: Tx,
  batch: BatchRow,
  verdicts: readonly string[],
  limit: number,
  after: number,
  until: number | undefined,
) =>
  tx.many<StagedRow>(sql`
    select ordinal, sheet, row_number, input, verdict, problems, outcome, sealed_row from sheet_row
    where home_code = ${batch.home_code} and batch_id = ${batch.id} and verdict = any(${verdicts})
      and ordinal > ${after} and ordinal <= ${until ?? 2_147_483_647}
    order by ordinal limit ${limit}`);

/**
 * The sealed private fields that rows refer to, by the ordinal they stand at. Their range is asked for too: of a batch written a
 * moment ago the planner knows nothing, and without it read every row of the batch.
 */
export const sealedAt = async (tx: Tx, batch: BatchRow, rows: readonly StagedRow[]): Promise<Map<number, string>> => {
  const ordinals = [...new Set(rows.flatMap((row) => row.sealed_row ?? []))].sort((one, other) => one - other);
  if (ordinals.length === 0) return new Map();
  const found = await tx.many<{ ordinal: number; sealed: string }>(sql`
    select ordinal, sealed from sheet_row where home_code = ${batch.home_code} and batch_id = ${batch.id}
      and ordinal >= ${ordinals[0]} and ordinal <= ${ordinals.at(-1)} and ordinal = any(${ordinals}::integer[])`);
  return new Map(found.map((one) => [one.ordinal, one.sealed]));
};

interface Piece {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

/**
 * The rows still to be written, cut into pieces of at most so many (分段): for each the ordinals of its first and last row. A piece
 * is what was staged together, whose private fields stand in one sealed text; where little is left of those, several of them.
 */
export const piecesToWrite = async (
  tx: Tx,
  batch: Pick<BatchRow, "home_code" | "id">,
  rows: number,
): Promise<Piece[]> => {
  const staged = await tx.many<Piece>(sql`
    select min(ordinal) as first, max(ordinal) as last, count(*) as rows from sheet_row
    where home_code = ${batch.home_code} and batch_id = ${batch.id} and verdict in ('new', 'change')
    group by ordinal / ${rows}::integer order by 1`);
  const pieces: Piece[] = [];
  for (const one of staged) {
    const before = pieces.at(-1);
    if (!before || before.rows + one.rows > rows) pieces.push(one);
    else pieces[pieces.length - 1] = { first: before.first, last: one.last, rows: before.rows + one.rows };
  }
  return pieces;
};

/**
 * Records what became of a chunk of rows. Each row takes its own by its ordinal out of one value: of a batch that was written
 * a moment ago the planner knows nothing, and a join with it compared every row of the batch with every row of the chunk. Out
 * of a materialized table expression the whole value was copied for each row.
 */
export const settleRows = (
  tx: Tx,
  batch: BatchRow,
  rows: readonly { ordinal: number; verdict: string; outcome?: unknown; problems?: unknown }[],
) => {
  const settled = Object.fromEntries(rows.map(({ ordinal, ...row }) => [ordinal, row]));
  return tx.run(sql`
    update sheet_row set verdict = settled.rows -> (ordinal::text) ->> 'verdict',
      outcome = coalesce(settled.rows -> (ordinal::text) -> 'outcome', outcome),
      problems = coalesce(settled.rows -> (ordinal::text) -> 'problems', problems)
    from (select ${JSON.stringify(settled)}::jsonb as rows) as settled
    where home_code = ${batch.home_code} and batch_id = ${batch.id} and ordinal >= ${rows[0]?.ordinal} and ordinal <= ${rows.at(-1)?.ordinal}
      and settled.rows ? (ordinal::text)`);
};

export const setBatch = (
  tx: Tx,
  batch: Pick<BatchRow, "home_code" | "id">,
  change: {
    state: BatchRow["state"];
    counts?: Counts;
    questions?: BatchRow["questions"];
    answers?: Record<string, string>;
    summary?: unknown;
    finishedAt?: Date | null;
  },
) =>
  tx.run(sql`
    update sheet_batch set state = ${change.state}, counts = coalesce(${change.counts ? JSON.stringify(change.counts) : null}::jsonb, counts),
      questions = coalesce(${change.questions ? JSON.stringify(change.questions) : null}::jsonb, questions),
      answers = coalesce(${change.answers ? JSON.stringify(change.answers) : null}::jsonb, answers),
      summary = coalesce(${change.summary ? JSON.stringify(change.summary) : null}::jsonb, summary),
      finished_at = ${change.finishedAt ?? null}
    where home_code = ${batch.home_code} and id = ${batch.id}`);

/** Writes a new batch. */
export const insertBatch = (
  tx: Tx,
  batch: Pick<
    BatchRow,
    | "home_code"
    | "id"
    | "division_code"
    | "operation"
    | "file_id"
    | "file_name"
    | "answers"
    | "created_by"
    | "created_as"
    | "created_at"
  >,
) =>
  tx.run(sql`
    insert into sheet_batch (home_code, id, division_code, operation, file_id, file_name, state, answers, created_by, created_as, created_at)
    values (${batch.home_code}, ${batch.id}, ${batch.division_code}, ${batch.operation}, ${batch.file_id}, ${batch.file_name}, 'reading', ${JSON.stringify(batch.answers)}, ${batch.created_by}, ${batch.created_as}, ${batch.created_at})`);
