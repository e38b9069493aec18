import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { words } from "./care-work.web.words.ts";
import { thisMonth } from "./labels.tsx";

/** A calendar month (月份), never one to come; `any` lets it be emptied again. */
export function MonthFilter({
  value,
  any = false,
  onChange,
}: {
  readonly value: string;
  readonly any?: boolean;
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
        onChange={({ target }) => {
          if (/^\d{4}-\d{2}$/.test(target.value)) onChange(target.value);
          else if (any && target.value === "") onChange(undefined);
        }}
      />
    </label>
  );
}
