import { rangeOf, significant } from "../../../kernel/divisions/code.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { reportDuty, reportLaw } from "./annual-inspection.duties.ts";
import { moves } from "./annual-inspection.indicators.ts";
import { type Census, census, type Owing, owingAfter, type Part, reportCounts } from "./annual-inspection.queries.ts";
import { openFromRegister, openReportDuties, saveYears, type YearRow } from "./annual-inspection.store.ts";
import { dueDays, scopeOf } from "./lines.ts";

/** Before every key there is. */
export const start = { home: "", id: "00000000-0000-0000-0000-000000000000" } as const;

/** Opens the reports of organisations that owe one and have none (开立报告): row, duty, counters. Answers how many were new. */
export async function openReports(
  ctx: Context,
  owing: readonly Owing[],
  year: number,
  division: string,
): Promise<number> {
  const due = {
    social_group: dueDays(ctx, "social_group", year, division),
    social_service_institution: dueDays(ctx, "social_service_institution", year, division),
    foundation: dueDays(ctx, "foundation", year, division),
  };
  const keys = owing.map((one) => ({ home: one.home_code, organisation: one.id, report: ctx.newId() }));
  const opened = await openFromRegister(ctx.tx, keys, year, due, ctx.now);
  const duties = opened.map((one) => ({ home_code: one.home_code, id: one.id, duty: ctx.newId() }));
  ctx.later((tx) => openReportDuties(tx, duties, reportDuty, reportLaw, ctx.now));
  bump(
    ctx,
    opened.flatMap((row) => moves({ ...row, year }, null, "open")),
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
