import type { z } from "zod";
import { dateInShanghai } from "../clock/date.ts";
import { sql } from "../database/sql.ts";
import { rangeOf } from "../divisions/code.ts";
import type { JobKind, JobRun } from "../jobs/jobs.ts";
import type { Actor } from "../operation/context.ts";
import type { Operation, SheetColumn } from "../operation/define.ts";
import { problemsOf } from "../operation/execute.ts";
import type { CellNote, CellProblem, SheetAnswers } from "./cells.ts";
import {
  type ColumnDeclaration,
  convertRow,
  type HeaderMapping,
  type MoneyUnit,
  mapColumns,
  rowRole,
} from "./columns.ts";
import type { RowVerdict, SheetImport } from "./import.ts";
import { hidden } from "./private.ts";
import { readSheetInWorker } from "./read-in-worker.ts";
import {
  type BatchRow,
  type CellRemark,
  countRows,
  findBatch,
  insertRows,
  piecesToWrite,
  type StagedRow,
  setBatch,
} from "./sheet.store.ts";
import { cellAddress, type RawRow, SheetError } from "./types.ts";

/** Rows that travel and are written together. */
export const CHUNK = 500;
/** Pieces of a batch written at the same time where the database has more than one connection. */
const LANES = 2;
const HEADER_ROWS = 10;

/** The person whose batch it is, as an actor: the dry run sees what they may see. */
export function actorOfBatch(batch: BatchRow): Actor {
  return {
    accountId: batch.created_by,
    displayName: "",
    role: batch.created_as,
    grantId: null,
    scope: { kind: "staff", ...rangeOf(batch.division_code), home: batch.home_code },
    division: batch.division_code,
    home: batch.home_code,
    organisation: null,
    unit: null,
  };
}

/** Columns of a contract in the form the reader takes. */
export function columnsOf(operation: Operation): ColumnDeclaration[] {
  return (operation.sheet ?? []).map((column: SheetColumn) => ({
    field: column.field,
    headers: [...column.headers],
    kind: column.kind,
    ...(column.required ? { required: true } : {}),
    ...(column.values
      ? { values: Object.entries(column.values).map(([value, labels]) => ({ value, labels: [...labels] })) }
      : {}),
    ...(column.note ? { note: { zh: column.note, en: column.note } } : {}),
    ...(column.unit ? { unit: column.unit } : {}),
    ...(column.negative ? { negative: true } : {}),
  }));
}

/** Answers given as `money-unit` or `money-unit:field` = yuan, wan … in the reader's own form. */
export function answersOf(answers: Readonly<Record<string, string>>): SheetAnswers {
  const out: Required<SheetAnswers> = { money: [], ratio: [] };
  for (const [name, value] of Object.entries(answers)) {
    const [code, field, edge] = name.split(":");
    const which = field ? { field } : {};
    if (code === "money-unit") {
      // "by-size:100000": numbers from the edge on are yuan, smaller ones 10,000 yuan; a choice a person made, never a guess.
      const bySize = /^by-size(?::(\d+))?$/.exec(value);
      if (bySize) {
        const limit = Number(bySize[1] ?? edge ?? 100_000);
        out.money.push({ ...which, unit: "yuan", atLeast: limit }, { ...which, unit: "wan", below: limit });
      } else out.money.push({ ...which, unit: value as MoneyUnit });
    } else if (code === "ratio-unit") out.ratio.push({ ...which, percent: value === "percent" });
  }
  return out;
}

interface Understood {
  readonly staged: Omit<StagedRow, "outcome" | "sealed" | "sealed_row">;
  readonly mapping: HeaderMapping;
  input?: unknown;
}

const remarkOf = ({ field, code, cell, facts }: CellProblem | CellNote): CellRemark => ({ field, code, cell, facts });

/** The cell of a field in a row; null where the sheet has no column for it. */
function cellOf(mapping: HeaderMapping, field: string, row: number): string | null {
  const column = mapping.columns.find((one) => one.declaration.field === field);
  return column ? cellAddress(column.column, row) : null;
}

class Reading {
  readonly #job: JobRun;
  readonly #batch: BatchRow;
  readonly #twin: SheetImport;
  readonly #columns: ColumnDeclaration[];
  readonly #answers: SheetAnswers;
  readonly questions = new Map<string, BatchRow["questions"][number] & { count: number }>();
  readonly headers: { sheet: string; missing: string[]; unknown: string[] }[] = [];
  #mapping: HeaderMapping | undefined;
  #sheet = "";
  #head: RawRow[] = [];
  #waiting: Understood[] = [];
  /** The chunk being checked and staged while the next one is read. */
  #staging: Promise<void> = Promise.resolve();
  #ordinal = 0;
  readonly #seen = new Map<string, number>();
  #lastProgress = 0;

  constructor(job: JobRun, batch: BatchRow, twin: SheetImport) {
    this.#job = job;
    this.#batch = batch;
    this.#twin = twin;
    this.#columns = columnsOf(twin.operation);
    this.#answers = answersOf(batch.answers);
  }

  async take(rows: readonly RawRow[]): Promise<void> {
    for (const given of rows) {
      // A CSV has no sheet of its own: the store's name means nothing to a person, the uploaded file's does.
      const row = /^[0-9a-f]{64}$/.test(given.sheet)
        ? { ...given, sheet: this.#batch.file_name.replace(/\.(csv|tsv|txt)$/i, "") }
        : given;
      if (row.sheet !== this.#sheet) {
        await this.#endOfHeader();
        this.#sheet = row.sheet;
        this.#mapping = undefined;
        this.#head = [];
      }
      if (this.#mapping) this.#row(row);
      else {
        this.#head.push(row);
        if (this.#head.length >= HEADER_ROWS) await this.#endOfHeader();
      }
      if (this.#waiting.length >= CHUNK) await this.#flush();
    }
  }

  async end(): Promise<void> {
    await this.#endOfHeader();
    await this.#flush();
    await this.#staging;
  }

  async #endOfHeader(): Promise<void> {
    if (this.#mapping || this.#head.length === 0) return;
    this.#mapping = mapColumns(this.#head, this.#columns);
    const missing = this.#mapping.missing.filter((one) => one.required).map((one) => one.header);
    this.headers.push({
      sheet: this.#sheet,
      missing,
      unknown: this.#mapping.unknown.map((one) => `${one.address} ${one.header}`),
    });
    for (const row of this.#head) this.#row(row);
    this.#head = [];
  }

  #row(row: RawRow): void {
    const mapping = this.#mapping as HeaderMapping;
    if (!mapping.found || rowRole(mapping, row) !== "data") return;
    const converted = convertRow(mapping, row, { answers: this.#answers });
    const problems: CellRemark[] = converted.problems.map(remarkOf);
    const warnings: CellRemark[] = converted.notes.map(remarkOf);
    for (const question of converted.questions) {
      const name = `${question.code}:${question.field}`;
      const known = this.questions.get(name);
      if (known) known.count += 1;
      else {
        const options = question.code === "money-unit" ? ["yuan", "wan", "by-size:100000"] : ["percent", "fraction"];
        this.questions.set(name, {
          code: question.code,
          field: question.field,
          facts: { ...question.facts, cell: question.cell, sheet: row.sheet },
          options,
          count: 1,
        });
      }
      problems.push({
        field: question.field,
        code: `sheet/question-${question.code}`,
        cell: question.cell,
        facts: question.facts,
      });
    }
    const understood: Understood = {
      staged: {
        ordinal: this.#ordinal++,
        sheet: row.sheet,
        row_number: row.row,
        input: null,
        verdict: "bad",
        problems: null,
      },
      mapping,
    };
    if (problems.length === 0) {
      const values: Record<string, unknown> = {};
      for (const [field, value] of Object.entries(converted.values))
        if (value !== null) values[field] = typeof value === "bigint" ? Number(value) : value;
      const parsed = this.#twin.operation.input.safeParse(values);
      if (parsed.success) understood.input = parsed.data;
      else {
        for (const problem of problemsOf(parsed.error as z.ZodError)) {
          const field = String(problem.path[0] ?? "");
          problems.push({
            field,
            code: `sheet/field-${problem.problem}`,
            facts: problem.facts ?? {},
            cell: cellOf(mapping, field, row.row),
          });
        }
      }
    }
    const key = understood.input === undefined ? undefined : this.#twin.keyOf?.(understood.input);
    if (key !== undefined) {
      const first = this.#seen.get(key);
      if (first !== undefined) {
        problems.push({ field: "", code: "sheet/repeated-row", facts: { first }, cell: null });
        delete understood.input;
      } else this.#seen.set(key, row.row);
    }
    understood.staged.problems = problems.length + warnings.length > 0 ? { problems, warnings } : null;
    this.#waiting.push(understood);
  }

  async #flush(): Promise<void> {
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    await this.#staging;
    this.#staging = this.#stage(rows);
    // Whoever waits for it next is told; until then nobody is.
    this.#staging.catch(() => {});
  }

  async #stage(rows: readonly Understood[]): Promise<void> {
    const good = rows.filter((row) => row.input !== undefined);
    const today = dateInShanghai(this.#job.now());
    const actor = actorOfBatch(this.#batch);
    await this.#job.database.transaction(actor.scope, async (tx) => {
      const verdicts = await this.#twin.check(
        tx,
        actor,
        today,
        good.map((row) => row.input),
        { house: this.#job.house, batch: this.#batch.id },
      );
      good.forEach((row, at) => {
        const verdict = verdicts[at] as RowVerdict;
        const place = (remark: RowVerdict["problems"][number]): CellRemark => ({
          ...remark,
          cell: cellOf(row.mapping, remark.field, row.staged.row_number),
        });
        const warnings = [...(row.staged.problems?.warnings ?? []), ...verdict.warnings.map(place)];
        const problems = verdict.problems.map(place);
        row.staged.verdict = verdict.verdict;
        row.staged.input = row.input;
        row.staged.problems = problems.length + warnings.length > 0 ? { problems, warnings } : null;
      });
      await insertRows(
        tx,
        this.#batch,
        hidden(
          this.#job.house.keys,
          this.#batch,
          this.#twin.operation.privateFields,
          rows.map((row) => row.staged),
        ),
      );
    });
    if (Date.now() - this.#lastProgress > 1_000) {
      this.#lastProgress = Date.now();
      await this.#job.progress({ batch: this.#batch.id, rows: this.#ordinal });
    }
  }
}

async function inScope<T>(
  job: JobRun,
  work: (tx: Parameters<Parameters<JobRun["database"]["transaction"]>[1]>[0]) => Promise<T>,
): Promise<T> {
  return job.database.transaction({ kind: "system" }, work);
}

/** Reads, understands and checks a staged file (读取与预检); starts over from nothing when it was interrupted. */
export const readJob: JobKind = {
  id: "sheet.read",
  run: async (job) => {
    const batch = await inScope(job, (tx) => findBatch(tx, String(job.input.batch)));
    if (batch?.state !== "reading") return;
    const twin = job.house.sheets.get(batch.operation);
    if (!twin) throw new Error(`no importer for ${batch.operation}`);
    await inScope(job, (tx) =>
      tx.run(sql`delete from sheet_row where home_code = ${batch.home_code} and batch_id = ${batch.id}`),
    );
    const reading = new Reading(job, batch, twin);
    const failed = async (code: string, facts: Record<string, unknown>) => {
      await inScope(job, (tx) =>
        setBatch(tx, batch, { state: "failed", summary: { failure: { code, facts } }, finishedAt: job.now() }),
      );
    };
    try {
      await readSheetInWorker(String(job.input.path), { onRows: (rows) => reading.take(rows) });
      await reading.end();
    } catch (error) {
      if (error instanceof SheetError) return failed(error.code, error.facts);
      throw error;
    }
    const missing = reading.headers.filter((header) => header.missing.length > 0);
    if (reading.headers.length === 0) return failed("sheet/empty", {});
    if (missing.length === reading.headers.length)
      return failed("sheet/header-missing", { sheet: missing[0]?.sheet, missing: missing[0]?.missing });
    await inScope(job, async (tx) => {
      const counts = await countRows(tx, batch);
      await setBatch(tx, batch, {
        state: reading.questions.size > 0 ? "asking" : "checked",
        counts,
        questions: [...reading.questions.values()].map(({ count, ...question }) => ({
          ...question,
          facts: { ...question.facts, count },
        })),
        summary: { headers: reading.headers },
      });
    });
  },
};

type Answer = { readonly left: boolean; readonly after: number };

// Others waiting for the one connection of the embedded database go first.
const yieldToOthers = () => new Promise((resolve) => setImmediate(resolve));

/** Works through a batch chunk by chunk; each chunk is a command of its own and yields to others. */
async function walk(job: JobRun, operation: string, batch: BatchRow, from: number): Promise<void> {
  const actor = actorOfBatch(batch);
  for (let after = from; ; ) {
    const answer = (await job.call(operation, { id: batch.id, after }, actor)) as Answer;
    if (!answer.left) return;
    after = answer.after;
    await yieldToOthers();
  }
}

/**
 * Writes a batch (提交批次): its pieces by two lanes at once, so that the program prepares one while the database writes the
 * other; what an interruption left over is written by the walk at the end, which also closes the batch.
 */
export const commitJob: JobKind = {
  id: "sheet.commit",
  run: async (job) => {
    const batch = await inScope(job, (tx) => findBatch(tx, String(job.input.batch)));
    if (!batch) return;
    const actor = actorOfBatch(batch);
    const pieces = await inScope(job, (tx) => piecesToWrite(tx, batch, CHUNK));
    let next = 0;
    const lane = async () => {
      for (let piece = pieces[next++]; piece; piece = pieces[next++]) {
        await job.call("sheet.commit-chunk", { id: batch.id, after: piece.first - 1, until: piece.last }, actor);
        await yieldToOthers();
      }
    };
    const lanes = job.database.kind === "embedded" ? 1 : LANES;
    const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
    await walk(job, "sheet.commit-chunk", batch, -1);
  },
};

/** Takes a batch back, in its own order. */
export const undoJob: JobKind = {
  id: "sheet.undo",
  run: async (job) => {
    const batch = await inScope(job, (tx) => findBatch(tx, String(job.input.batch)));
    if (batch) await walk(job, "sheet.undo-chunk", batch, -1);
  },
};
