import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context, Subject } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import {
  findInstance,
  type Guard,
  type Instance,
  type Missing,
  obstacles,
  openProcedure,
  type StepRecord,
  takeTransition,
} from "../../../kernel/procedure/procedure.ts";
import { reportProcedure } from "../annual-inspection.procedure.ts";
import type { State } from "../annual-inspection.shapes.ts";
import { guards } from "./annual-inspection.guards.ts";
import { moves } from "./annual-inspection.indicators.ts";
import type { ReportRow } from "./annual-inspection.row.ts";
import { findReport, loadReport, lockReport, updateReport } from "./annual-inspection.store.ts";

/** What the report's page and every act on it may refuse with. */
export type Touching = Context<"annual-inspection/report-not-found" | "annual-inspection/not-your-register">;

export interface Which {
  readonly reportId?: string | undefined;
  readonly year?: number | undefined;
}

/** Finds the report that is meant (定位报告): by id, or, for an organisation, by year or its newest. */
export async function reportMeant(
  ctx: Context<"annual-inspection/report-not-found">,
  which: Which,
): Promise<ReportRow> {
  const found = await findMeant(ctx, which, false);
  return (
    found ??
    ctx.fail("annual-inspection/report-not-found", { report: which.reportId ?? null, year: which.year ?? null })
  );
}

async function findMeant(
  ctx: Pick<Context, "tx" | "actor">,
  which: Which,
  lock: boolean,
): Promise<ReportRow | undefined> {
  const { organisation, home } = ctx.actor;
  if (which.reportId) return lock ? lockReport(ctx.tx, which.reportId) : loadReport(ctx.tx, which.reportId);
  return organisation ? findReport(ctx.tx, home, organisation, which.year, lock) : undefined;
}

/** The same, kept for this transaction: what is seen but cannot be kept belongs to another register. */
export async function reportToChange(ctx: Touching, which: Which): Promise<ReportRow> {
  const locked = await findMeant(ctx, which, true);
  if (locked) return locked;
  const seen = await reportMeant(ctx, which);
  return ctx.fail("annual-inspection/not-your-register", { home: seen.home_code, own: ctx.actor.home });
}

/** Where a report stands as the procedure sees it; before its first act it only stands in its row. */
export async function instanceOf(tx: Context["tx"], report: ReportRow): Promise<Instance> {
  const known = report.instance_id ? await findInstance(tx, report.instance_id) : undefined;
  return (
    known ?? {
      home_code: report.home_code,
      id: report.id,
      division_code: report.division_code,
      procedure: reportProcedure.id,
      version: reportProcedure.version,
      subject_id: report.id,
      organisation_id: report.organisation_id,
      unit_id: report.unit_id,
      state: report.state,
      data: {},
      opened_at: report.updated_at,
      closed_at: null,
    }
  );
}

export type Act = keyof typeof reportProcedure.transitions;

/** Why an act is not possible now; empty = it is. The page greys its buttons with the same answer. */
export async function missingFor(
  ctx: Pick<Context, "tx" | "actor" | "today">,
  report: ReportRow,
  act: Act,
): Promise<Missing[]> {
  const instance = await instanceOf(ctx.tx, report);
  return obstacles(ctx.tx, ctx.actor, ctx.today, reportProcedure, act, instance, guardOf(act, report));
}

function guardOf(act: Act, report: ReportRow): Guard | undefined {
  const guard = guards[act];
  return guard ? (given) => guard(report, given) : undefined;
}

/** What an act leaves behind on the report and in the timeline. */
export interface Acting {
  readonly to?: State;
  readonly patch?: Readonly<Record<string, unknown>>;
  readonly record?: StepRecord;
}

/**
 * Takes an act on a report (推进报告): procedure step, row, counters. Answers the report as it stands afterwards.
 * @throws Refusal procedure/not-possible with what is missing; annual-inspection/not-your-register
 */
export async function act(ctx: Context, report: ReportRow, name: Act, how: Acting = {}): Promise<ReportRow> {
  const transition = reportProcedure.transitions[name];
  const to = (how.to ?? transition?.to) as State;
  const record = { ...how.record, to };
  const instance = await instanceOf(ctx.tx, report);
  if (instance.id !== report.id)
    await takeTransition(ctx, reportProcedure, name, instance, record, guardOf(name, report));
  else {
    const missing = await obstacles(
      ctx.tx,
      ctx.actor,
      ctx.today,
      reportProcedure,
      name,
      instance,
      guardOf(name, report),
    );
    if (missing.length > 0)
      throw new Refusal("procedure/not-possible", missing[0]?.code === "procedure/wrong-role" ? 403 : 409, {
        procedure: reportProcedure.id,
        act: name,
        missing,
      });
  }
  const opened =
    instance.id === report.id
      ? openProcedure(
          ctx,
          reportProcedure,
          name,
          {
            home: report.home_code,
            division: report.division_code,
            subject: report.id,
            organisation: report.organisation_id,
            unit: report.unit_id,
            data: { year: report.year },
          },
          record,
        ).id
      : instance.id;
  const patch = { ...how.patch, state: to, instance_id: opened };
  if ((await updateReport(ctx.tx, report, patch, ctx.now)) !== 1)
    throw new Refusal("annual-inspection/not-your-register", 403, { home: report.home_code, own: ctx.actor.home });
  bump(ctx, moves(report, report.state, to));
  return { ...report, ...(patch as Partial<ReportRow>), version: report.version + 1, updated_at: ctx.now };
}

/** A report as the subject of a journal entry. */
export function subjectOf(report: Pick<ReportRow, "id" | "home_code" | "division_code">): Subject {
  return { kind: "inspection-report", id: report.id, home: report.home_code, division: report.division_code };
}

/** What every act answers. */
export function acted(report: ReportRow) {
  return { reportId: report.id, state: report.state, version: report.version };
}
