import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { words } from "./care-work.web.words.ts";
import { thisMonth } from "./labels.tsx";

/** A calendar month (月份), never one to come. */
export function MonthFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (month: string | undefined) => void;
}) {
  const w = useWords(words);
  return (
    <label className="ledger-filter">
      <span>{w.month}</span>
      <input
        type="month"
        value={value}
        max={thisMonth()}
        onChange={(event) => /^\d{4}-\d{2}$/.test(event.target.value) && onChange(event.target.value)}
      />
    </label>
  );
}
