import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { defineIndicator } from "../../../kernel/indicator/define.ts";
import { type Bump, bump } from "../../../kernel/indicator/indicator.ts";
import type { Recount } from "../../../kernel/indicator/recount.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { EmergencyRow } from "./emergency.store.ts";
import { countedEmergencies, countedReferrals, countedVillages } from "./figures.recount.queries.ts";
import type { ReferralRow } from "./referral.store.ts";

/** Emergencies of a month (紧急处置) by what became of them; counted in the month in which they were found. */
export const emergencyIndicator = defineIndicator({
  id: "visiting-care.emergencies",
  behaviour: "flow",
  dimensions: ["what"],
  sums: [6],
  public: false,
  rows: "/care/emergencies?division={division}&month={period}",
});

/** Needs referred in a month (需求转介) by kind and where they stand now. */
export const needIndicator = defineIndicator({
  id: "visiting-care.needs",
  behaviour: "flow",
  dimensions: ["kind", "state"],
  sums: [6],
  public: false,
  rows: "/care/referrals?division={division}&kind={kind}&state={state}&month={period}",
});

/** Villages of the censuses of a year (摸底排查村数), gone through or not. */
export const censusIndicator = defineIndicator({
  id: "visiting-care.census-villages",
  behaviour: "flow",
  dimensions: ["state"],
  sums: [6],
  public: false,
  rows: "/care/campaigns?division={division}&year={period}",
});

/** Calendar month of an instant in Shanghai. */
export const monthOf = (instant: Date): string => dateInShanghai(instant).slice(0, 7);

function emergencyBump(row: EmergencyRow, what: string, delta = 1): Bump {
  const { home_code: home, recorded_division_code: division } = row;
  return { indicator: emergencyIndicator, home, division, period: monthOf(row.opened_at), key: [what], delta };
}

/** Counts an emergency as opened, or as filed and whether in time. */
export function bumpEmergency(ctx: Context, row: EmergencyRow, filedAt?: Date): void {
  const late = filedAt !== undefined && filedAt > row.file_by_at;
  bump(ctx, [emergencyBump(row, filedAt ? "filed" : "opened"), ...(late ? [emergencyBump(row, "filed_late")] : [])]);
}

/** Counts an emergency once as escalated, however often it is. */
export function bumpEscalation(ctx: Context, row: EmergencyRow): void {
  if (row.escalated === 0) bump(ctx, [emergencyBump(row, "escalated")]);
}

function needBump(row: ReferralRow, delta: number): Bump {
  const { home_code: home, recorded_division_code: division } = row;
  return {
    indicator: needIndicator,
    home,
    division,
    period: row.opened_on.slice(0, 7),
    key: [row.kind, row.state],
    delta,
  };
}

/** Moves referrals from where they stood to where they stand. */
export function bumpNeeds(ctx: Context, before: readonly ReferralRow[], after: readonly ReferralRow[]): void {
  bump(ctx, [...before.map((row) => needBump(row, -1)), ...after.map((row) => needBump(row, 1))]);
}

/** Counts villages of a campaign of a year. */
export function bumpVillages(
  ctx: Context,
  villages: readonly { home_code: string; division_code: string }[],
  year: string,
  state: "open" | "finished",
  delta: 1 | -1,
): void {
  bump(
    ctx,
    villages.map((row) => ({
      indicator: censusIndicator,
      home: row.home_code,
      division: row.division_code,
      period: year,
      key: [state],
      delta,
    })),
  );
}

export const careWorkIndicators = [emergencyIndicator, needIndicator, censusIndicator];

interface Counted {
  readonly home_code: string;
  readonly division_code: string;
  readonly period: string;
  readonly key: string;
  readonly value: number;
}

const recountOf = (indicator: Bump["indicator"], rows: readonly Counted[]): Bump[] =>
  rows.map((row) => ({
    indicator,
    home: row.home_code,
    division: row.division_code,
    period: row.period,
    key: row.key.split("|"),
    delta: row.value,
  }));

export const careWorkRecounts: readonly Recount[] = [
  { indicator: emergencyIndicator, count: async (tx) => recountOf(emergencyIndicator, await countedEmergencies(tx)) },
  { indicator: needIndicator, count: async (tx) => recountOf(needIndicator, await countedReferrals(tx)) },
  { indicator: censusIndicator, count: async (tx) => recountOf(censusIndicator, await countedVillages(tx)) },
];
