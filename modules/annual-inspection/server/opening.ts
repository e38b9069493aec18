import { rangeOf, significant } from "../../../kernel/divisions/code.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { reportDuty } from "./annual-inspection.duties.ts";
import { moves } from "./annual-inspection.indicators.ts";
import { type Census, census, type Owing, owingAfter, type Part, reportCounts } from "./annual-inspection.queries.ts";
import { insertReports, saveYears, type YearRow } from "./annual-inspection.store.ts";
import { dueDays, reportFor, scopeOf } from "./lines.ts";

/** Before every key there is. */
export const start = { home: "", id: "00000000-0000-0000-0000-000000000000" } as const;

/** Opens the reports of organisations that owe one and have none (开立报告): row, duty, counters. Answers how many were new. */
export async function openReports(
  ctx: Context,
  owing: readonly Owing[],
  year: number,
  division: string,
): Promise<number> {
  const due = new Map<string, { supervisor: string; registry: string }>();
  for (const kind of new Set(owing.map((one) => one.kind))) due.set(kind, dueDays(ctx, kind, year, division));
  const rows = owing.map((one) =>
    reportFor(one, year, ctx.newId(), due.get(one.kind) as { supervisor: string; registry: string }),
  );
  const fresh = await insertReports(ctx.tx, rows, "opened", ctx.now);
  const opened = rows.filter((row) => fresh.has(row.id));
  openDuties(
    ctx,
    opened.map((row) => ({
      kind: reportDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: row.organisation_name,
      organisation: row.organisation_id,
      unit: row.unit_id,
      link: `/annual-inspection/${row.id}`,
      due: row.due_on,
    })),
  );
  bump(
    ctx,
    opened.flatMap((row) => moves({ ...row, kind: row.kind as Owing["kind"] }, null, "open")),
  );
  return opened.length;
}

/** Opens one chunk of a part in key order and says where the next begins (分批开启). */
export async function openChunkOf(
  ctx: Context,
  part: Part,
  given: { readonly year: number; readonly cutOff?: string | undefined; readonly division: string },
  after: { readonly home: string; readonly id: string },
  limit: number,
): Promise<{ opened: number; next: { home: string; id: string } | null }> {
  const scope = scopeOf(ctx, given.year, given.division, given.cutOff);
  const { owing, next } = await owingAfter(ctx.tx, scope, part, after, limit);
  return { opened: await openReports(ctx, owing, given.year, given.division), next };
}

/** Counts the registers of a part and keeps what was found with the year (登记年度). */
export async function keepYears(
  ctx: Context,
  part: Part,
  given: {
    readonly year: number;
    readonly cutOff?: string | undefined;
    readonly division: string;
    readonly openedBy: string | null;
    readonly state: YearRow["state"];
  },
): Promise<Census[]> {
  const scope = scopeOf(ctx, given.year, given.division, given.cutOff);
  const counted = await census(ctx.tx, scope, part);
  const reports = await reportCounts(ctx.tx, given.year, part);
  await saveYears(
    ctx.tx,
    counted.map((one) => ({
      home_code: one.home_code,
      year: given.year,
      division_code: significant(one.home_code),
      cut_off_on: scope.socialGroups,
      state: given.state,
      opened_by: given.openedBy,
      owed: reports.get(one.home_code) ?? 0,
      undated: one.undated,
      charities: one.charities,
      too_young: one.too_young,
    })),
    ctx.now,
  );
  return counted;
}

/** The part of the register an opening works on. */
export function partOf(division: string, home: string | null): Part {
  return { range: rangeOf(division), home };
}
