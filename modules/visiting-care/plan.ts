import { addDays, addMonths, daysBetween, weekday } from "../../kernel/clock/date.ts";
import type { Frequency } from "./visiting-care.rules.ts";

/** A part of a period in which one visit is due (任务期): both days inclusive, as duties count. */
export interface Part {
  readonly from: string;
  readonly to: string;
}

/** First and last day of a calendar month "YYYY-MM". */
export function monthDays(month: string): Part {
  const from = `${month}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
}

function periodOf(per: Frequency["per"], on: string): Part {
  if (per === "week") {
    const from = addDays(on, 1 - weekday(on));
    return { from, to: addDays(from, 6) };
  }
  if (per === "month") return monthDays(on.slice(0, 7));
  const first = Math.floor((Number(on.slice(5, 7)) - 1) / 3) * 3 + 1;
  const from = `${on.slice(0, 5)}${String(first).padStart(2, "0")}-01`;
  return { from, to: addDays(addMonths(from, 3), -1) };
}

/** Cuts a period into as many parts as visits are due in it; a part has one day at least. */
function cut(period: Part, min: number): Part[] {
  const days = daysBetween(period.from, period.to) + 1;
  const parts = Math.max(1, Math.min(min, days));
  return Array.from({ length: parts }, (_, at) => ({
    from: addDays(period.from, Math.floor((at * days) / parts)),
    to: addDays(period.from, Math.floor(((at + 1) * days) / parts) - 1),
  }));
}

/** The part a day lies in (所在任务期). */
export function partOf(frequency: Frequency, on: string): Part {
  const parts = cut(periodOf(frequency.per, on), frequency.min);
  return parts.find((part) => on <= part.to) ?? (parts[parts.length - 1] as Part);
}

/** The part after the one a day lies in. */
export function nextPart(frequency: Frequency, on: string): Part {
  return partOf(frequency, addDays(partOf(frequency, on).to, 1));
}

/** Every part that touches a month from a day on (当月任务期), in order. */
export function partsOf(frequency: Frequency, month: string, from = `${month}-01`): Part[] {
  const { from: first, to: last } = monthDays(month);
  const out: Part[] = [];
  for (let at = from > first ? from : first; at <= last; ) {
    const part = partOf(frequency, at);
    out.push(part);
    at = addDays(part.to, 1);
  }
  return out;
}
