import { addMonths } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { law } from "../../../kernel/regulations/law.rules.ts";
import { literalDeadlines } from "../annual-inspection.rules.ts";
import type { Scope } from "./annual-inspection.queries.ts";
import type { Due } from "./annual-inspection.store.ts";

type Asking = Pick<Context, "house">;

/** The lines of a year (参检界线): who owes a report by the day of registration. `cutOff` replaces the local one of social groups. */
export function scopeOf(ctx: Asking, year: number, division: string, cutOff?: string): Scope {
  const on = `${year + 1}-01-01`;
  const monthDay = (id: string) => `${year}-${String(ctx.house.settings.on(id, on, division))}`;
  return {
    year,
    socialGroups: cutOff ?? monthDay("annual.social-group-cutoff"),
    // 令27 art. 3: six months at 31 December. The last day that still reaches it is 30 June.
    institutions: lastDayWithSixMonths(`${year}-12-31`),
    foundations: monthDay("annual.foundation-cutoff"),
    charitiesApart: on >= law.socialGroupInspection.effectiveFrom,
  };
}

function lastDayWithSixMonths(end: string): string {
  let day = addMonths(end, -6);
  const following = `${day.slice(0, 4)}-07-01`;
  if (addMonths(following, 6) <= end) day = following;
  return day;
}

/** The due days of a kind's report (报送期限): literal, or the next working day where that is the local practice. */
export function dueDays(ctx: Asking, kind: string, year: number, division: string): Due {
  const literal = literalDeadlines(kind, year);
  if (ctx.house.settings.on("annual.deadline-rolls", `${year + 1}-01-01`, division) !== true) return literal;
  const calendar = ctx.house.calendar();
  return {
    supervisor: calendar.nextWorkingDayOnOrAfter(literal.supervisor),
    registry: calendar.nextWorkingDayOnOrAfter(literal.registry),
  };
}
