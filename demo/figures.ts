import type { Recorded } from "./register.ts";

/** How a yearly report turns out: in order, without any activity, or with too little spent for the purpose. */
export type Outcome = "plain" | "idle" | "ratio";

const FEN = 100;

/** Income of a year in yuan: it goes up and down a little from year to year. */
function incomeOf(one: Recorded, year: number): number {
  return Math.round(one.scale * (0.97 + ((year * 7 + one.scale) % 7) / 100));
}

/** Net assets at the end of a year in yuan: what there was and what was left over since. */
function netAssetsAt(one: Recorded, year: number, from: number): number {
  let worth = Math.round(one.fundsFen / FEN) + one.scale;
  for (let at = from; at <= year; at++) worth += incomeOf(one, at) - spentOf(one, at);
  return worth;
}

function spentOf(one: Recorded, year: number): number {
  return Math.round(incomeOf(one, year) * 0.9);
}

/**
 * Figures of a yearly report in fen that fit together and follow the year before (虚构年报数据). With "ratio" a foundation has
 * spent too little for its purpose and too much on itself.
 */
export function reportFigures(one: Recorded, year: number, firstYear: number, outcome: Outcome) {
  const income = incomeOf(one, year);
  const spent = spentOf(one, year);
  const admin = Math.round(spent * (outcome === "ratio" ? 0.52 : 0.04));
  const salaries = Math.round(spent * (outcome === "ratio" ? 0.3 : 0.04));
  const raising = Math.round(spent * 0.01);
  const charity = spent - admin - salaries - raising;
  const donations = Math.round(income * (one.kind === "foundation" ? 0.9 : 0.2));
  const membership = one.kind === "social_group" ? Math.round(income * 0.45) : 0;
  const service = income - donations - membership;
  const start = netAssetsAt(one, year - 1, firstYear);
  return {
    donationIncomeFen: donations * FEN,
    membershipIncomeFen: membership * FEN,
    serviceIncomeFen: service * FEN,
    incomeTotalFen: income * FEN,
    charitySpendFen: charity * FEN,
    salariesFen: salaries * FEN,
    adminFen: admin * FEN,
    fundraisingFen: raising * FEN,
    spendTotalFen: spent * FEN,
    netAssetsStartFen: start * FEN,
    netAssetsEndFen: (start + income - spent) * FEN,
    lastYearIncomeFen: incomeOf(one, year - 1) * FEN,
    activityCount: outcome === "idle" ? 0 : 3 + (one.scale % 17),
  };
}
