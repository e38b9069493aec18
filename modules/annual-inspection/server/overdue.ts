import { addDays } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { publish, withdraw } from "../../../kernel/publication/publication.ts";
import {
  loadOrganisations,
  type OrganisationRow,
  searchTokens,
  setInspections,
} from "../../organisations/server/index.ts";
import type { State } from "../annual-inspection.shapes.ts";
import { act, subjectOf } from "./act.ts";
import { conclusionCollection, conclusionItem, publicKey } from "./annual-inspection.publication.ts";
import type { OverdueSearch } from "./annual-inspection.queries.ts";
import type { ReportRow } from "./annual-inspection.row.ts";
import { type RunRow, reportsOfRun } from "./annual-inspection.store.ts";

/** What became overdue, for whoever proposes listing (逾期事项). */
export interface OverdueReport {
  readonly id: string;
  readonly year: number;
  readonly dueOn: string;
  readonly what: "report" | "rectification";
  readonly runId: string;
}

/**
 * What the house does when a report is overdue (逾期后续): the credit room, if there is one, opens a proposal. Nothing here
 * lists anybody. `onReverted` takes the proposal back when the run is reverted.
 */
export interface OverdueHooks {
  readonly onOverdue: (ctx: Context, organisation: OrganisationRow, report: OverdueReport) => Promise<void>;
  readonly onReverted?: (ctx: Context, organisation: OrganisationRow, report: OverdueReport) => Promise<void>;
}

/** What is looked for on a day, with the days left to file after a late consent (逾期检索). */
export function searchFor(
  ctx: Pick<Context, "house" | "today">,
  home: string,
  division: string,
  year: number,
  what: RunRow["what"],
): OverdueSearch {
  const grace = Number(ctx.house.settings.on("annual.file-after-consent-days", ctx.today, division));
  return { home, year, what, today: ctx.today, consentedBefore: addDays(ctx.today, -grace) };
}

/**
 * Marks reports overdue (认定逾期): step, state, public entry, register, and a proposal each. The caller has locked them
 * and shown them in a preview. Answers how many.
 */
export async function markReports(
  ctx: Context,
  run: Pick<RunRow, "id" | "what">,
  reports: readonly ReportRow[],
  hooks: OverdueHooks,
): Promise<number> {
  const organisations = new Map(
    (
      await loadOrganisations(
        ctx.tx,
        reports.map((one) => one.organisation_id),
        true,
      )
    ).map((one) => [one.id, one]),
  );
  const missed: { organisation: OrganisationRow; year: number; conclusion: "missed" }[] = [];
  for (const report of reports) {
    const organisation = organisations.get(report.organisation_id);
    if (!organisation) continue;
    const after = await act(ctx, report, run.what === "report" ? "mark-overdue" : "mark-rectification-overdue", {
      patch: { overdue_on: ctx.today, overdue_from: report.state, overdue_run_id: run.id, published_on: ctx.today },
      record: { note: { run: run.id, dueOn: run.what === "report" ? report.due_on : report.rectification_due_on } },
    });
    const tokens = searchTokens({ name: after.organisation_name, credit_code: after.organisation_code });
    publish(ctx, [conclusionItem(after, tokens)]);
    if (run.what === "report") missed.push({ organisation, year: report.year, conclusion: "missed" });
    ctx.journal(
      run.what === "report" ? "inspection-report-overdue" : "inspection-rectification-overdue",
      subjectOf(after),
      { year: after.year, run: run.id },
    );
  }
  const changed = new Map((await setInspections(ctx, missed)).map((one) => [one.id, one]));
  for (const report of reports) {
    const organisation = changed.get(report.organisation_id) ?? organisations.get(report.organisation_id);
    if (organisation) await hooks.onOverdue(ctx, organisation, overdueOf(report, run));
  }
  return reports.length;
}

function overdueOf(report: ReportRow, run: Pick<RunRow, "id" | "what">): OverdueReport {
  return {
    id: report.id,
    year: report.year,
    dueOn: (run.what === "report" ? report.due_on : report.rectification_due_on) ?? report.due_on,
    what: run.what,
    runId: run.id,
  };
}

/** Takes a run back (撤回): whoever has moved on since keeps the new state and is named. */
export async function revertReports(
  ctx: Context,
  run: RunRow,
  reason: string,
  hooks: OverdueHooks,
): Promise<{ reverted: number; kept: ReportRow[] }> {
  const reports = await reportsOfRun(ctx.tx, run);
  const wanted: State = run.what === "report" ? "overdue" : "rectification_overdue";
  const back = reports.filter((one) => one.state === wanted);
  const organisations = new Map(
    (
      await loadOrganisations(
        ctx.tx,
        back.map((one) => one.organisation_id),
        true,
      )
    ).map((one) => [one.id, one]),
  );
  const cleared: { organisation: OrganisationRow; year: number; conclusion: null }[] = [];
  for (const report of back) {
    const to = (report.overdue_from ?? "open") as State;
    const after = await act(ctx, report, "revert-overdue", {
      to,
      patch: {
        overdue_on: null,
        overdue_from: null,
        overdue_run_id: null,
        published_on: run.what === "report" ? null : ctx.today,
      },
      record: { note: { run: run.id, reason } },
    });
    const tokens = searchTokens({ name: after.organisation_name, credit_code: after.organisation_code });
    if (run.what === "report") withdraw(ctx, conclusionCollection, [publicKey(report)]);
    else publish(ctx, [conclusionItem(after, tokens)]);
    const organisation = organisations.get(report.organisation_id);
    if (
      organisation &&
      run.what === "report" &&
      organisation.inspection_year === report.year &&
      organisation.inspection_conclusion === "missed"
    )
      cleared.push({ organisation, year: report.year, conclusion: null });
    ctx.journal("inspection-overdue-reverted", subjectOf(after), { year: after.year, run: run.id, reason });
  }
  const changed = new Map((await setInspections(ctx, cleared)).map((one) => [one.id, one]));
  for (const report of back) {
    const organisation = changed.get(report.organisation_id) ?? organisations.get(report.organisation_id);
    if (organisation) await hooks.onReverted?.(ctx, organisation, overdueOf(report, run));
  }
  return { reverted: back.length, kept: reports.filter((one) => one.state !== wanted) };
}
