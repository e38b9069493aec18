import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { readSheetInWorker } from "../../../kernel/sheet/read-in-worker.ts";
import { isCellDate, isCellError, isFormula, type RawCell, SheetError } from "../../../kernel/sheet/types.ts";
import { readAmount } from "../amounts.rules.ts";
import { readDailyGrid } from "../daily-grid.rules.ts";
import type { DonationInput } from "../donations.shapes.ts";
import { importLedger } from "../ledger.contract.ts";
import { readLedgerGrid } from "../ledger-grid.rules.ts";
import { knownFingerprints } from "./donations.queries.ts";
import { prepareAll } from "./prepare.ts";
import { verdictsOf } from "./record.handlers.ts";
import { recordAll } from "./record.ts";
import { recordOneUse } from "./use.ts";

function textOf(cell: RawCell): string {
  if (cell === null) return "";
  if (isFormula(cell)) return textOf(cell.value);
  if (isCellDate(cell)) return cell.date;
  if (isCellError(cell)) return cell.error;
  return String(cell);
}

const MOST_ROWS = 5_000;

/** The cells of the first sheet as text, row by row as a person sees them. */
async function gridOf(path: string): Promise<string[][] | "too-large"> {
  const grid: string[][] = [];
  let large = false;
  await readSheetInWorker(path, {
    sheets: "first",
    onRows: (rows) => {
      for (const { row, cells } of rows) {
        if (row > MOST_ROWS) large = true;
        else grid[row - 1] = cells.map(textOf);
      }
    },
  });
  return large ? "too-large" : Array.from(grid, (row) => row ?? []);
}

const read = handle(importLedger)(async (input, given, upload) => {
  const ctx = given as Context;
  if (!upload) return given.fail("donations/ledger-not-read");
  const grid = await gridOf(upload.path).catch((error: unknown) => {
    if (error instanceof SheetError) return given.fail("sheet/not-a-spreadsheet", { ...error.facts });
    throw error;
  });
  if (grid === "too-large") return given.fail("sheet/too-large", { rows: MOST_ROWS });
  const ledger = readLedgerGrid(grid);
  const gifts = ledger.lines.flatMap((line) => (line.kind === "gift" ? [line] : []));
  const days = readDailyGrid(grid) ?? [];
  if (ledger.lines.length + days.length === 0) return given.fail("donations/ledger-not-read");
  const inputs = gifts.map(
    ({ input: line }): DonationInput => ({
      ...line,
      ...(input.organisation ? { organisation: input.organisation } : {}),
      ...(line.on === undefined && input.day ? { on: input.day } : {}),
    }),
  );
  const prepared = await prepareAll(ctx.tx, ctx.actor, ctx.today, ctx.house, inputs);
  const source = ctx.newId();
  const prints = prepared.map((one) => one.fingerprint);
  const verdicts = await verdictsOf(prepared, await knownFingerprints(ctx.tx, ctx.actor.home, prints, source));
  const remarks = [
    ...ledger.remarks,
    ...verdicts.flatMap((verdict, at) =>
      [...verdict.problems, ...verdict.warnings].map((one) => ({
        cell: `${gifts[at]?.row}`,
        code: one.code,
        facts: one.facts ?? {},
        problem: verdict.verdict === "bad",
      })),
    ),
  ];
  const fresh = prepared.filter((_, at) => verdicts[at]?.verdict === "new");
  if (input.commit && fresh.length > 0) await recordAll(ctx, fresh, { source });
  const rows = new Set(gifts.flatMap((gift, at) => (verdicts[at]?.verdict === "new" ? [gift.row] : [])));
  const uses = ledger.lines.flatMap((line) => (line.kind === "use" && rows.has(line.row) ? [line.input] : []));
  if (input.commit)
    for (const use of uses)
      await recordOneUse(ctx, {
        ...use,
        ...(input.organisation ? { organisation: input.organisation } : {}),
        ...(use.on === undefined && input.day ? { on: input.day } : {}),
      });
  const count = (wanted: string) => verdicts.filter((one) => one.verdict === wanted).length;
  const sumFen = prepared.reduce((sum, one) => sum + (one.kind === "cash" ? one.amount : 0), 0);
  const outside = input.statedTotal ? readAmount(input.statedTotal) : undefined;
  const whole = [...ledger.stated, ...(outside?.ok ? [{ cell: "", fen: outside.value, exactTo: 1 }] : [])];
  const stated = [...whole.map((one) => ({ ...one, span: "sheet" as const, on: null, detailFen: sumFen })), ...days];
  const bad = count("bad") + ledger.remarks.filter((one) => one.problem).length;
  const about = { kind: "donations", id: source, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home };
  ctx.journal(input.commit ? "ledger-imported" : "ledger-read", about, {
    lines: gifts.length,
    sumFen,
    file: upload.sha256,
  });
  return {
    title: ledger.title,
    gifts: gifts.length,
    uses: ledger.lines.length - gifts.length,
    new: fresh.length,
    same: count("same"),
    bad,
    written: input.commit ? fresh.length : 0,
    usesWritten: input.commit ? uses.length : 0,
    sumFen,
    totals: stated.map(({ cell, fen, exactTo, span, on, detailFen }) => {
      const difference = detailFen - fen;
      // What is stated in 万元 to two decimals is exact to 100 yuan: half of it either way is rounding.
      const agrees = Math.abs(difference) <= (exactTo === 1 ? 0 : exactTo / 2);
      return { cell, statedFen: fen, differenceFen: difference, exactToFen: exactTo, agrees, span, on };
    }),
    remarks: remarks.map((one) => ({ ...one, message: ctx.house.say(one.code, one.facts, "zh") })),
  };
});

/** Published ledgers as they are (公示台账导入). */
export const ledgerHandlers = [read];
