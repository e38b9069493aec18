import { daysBetween } from "../../../kernel/clock/date.ts";
import { showDate } from "./format.ts";
import { usePreferences, useWords } from "./preferences.tsx";
import { StatusWord, type Tone } from "./status-word.tsx";
import { words } from "./ui.words.ts";

/** How near or how late an obligation is (期限): days in words, the date beside it. `daysLeft` wins over `today`. */
export function DutyBadge({
  dueOn,
  today,
  daysLeft,
  done = false,
  withDate = true,
  period = false,
}: {
  readonly dueOn: string;
  readonly today?: string;
  readonly daysLeft?: number;
  readonly done?: boolean;
  readonly withDate?: boolean /** Not a deadline but a span that has to run out: once it has, nobody is late. */;
  readonly period?: boolean;
}) {
  const w = useWords(words).duty;
  const { locale } = usePreferences();
  const left = daysLeft ?? (today ? daysBetween(today, dueOn) : undefined);
  const date = <span className="duty-date">{w.due({ date: showDate(dueOn, locale) })}</span>;
  if (done) return <StatusWord tone="done">{w.done}</StatusWord>;
  if (left === undefined) return date;
  const tone: Tone = left < 0 ? (period ? "done" : "late") : left <= 7 ? "soon" : "neutral";
  const word =
    left < 0
      ? period
        ? w.over({ days: -left })
        : w.overdue({ days: -left })
      : left === 0
        ? w.today
        : w.left({ days: left });
  return (
    <span className="duty">
      <StatusWord tone={tone}>{word}</StatusWord>
      {withDate && date}
    </span>
  );
}
