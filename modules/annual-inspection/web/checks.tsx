import { showYuan } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import type { Check } from "../annual-inspection.shapes.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { words } from "./inspection.web.words.ts";

/** One check as a sentence with its numbers, limit and article (校验提示). */
export function CheckNote({ check, withField = false }: { readonly check: Check; readonly withField?: boolean }) {
  const m = useWords(moduleWords);
  const w = useWords(words).fill;
  const tone = check.met ? "done" : check.blocking ? "late" : "soon";
  const percent = (value: number | null) => (value === null ? "—" : `${value}%`);
  const isRatio = check.rule === "annual.expense_ratio";
  return (
    <span className="check-note">
      <StatusWord tone={check.met === null ? "muted" : tone}>
        {withField && `${named(m.figures, check.field)}：`}
        {named(m.checks, check.item)}
      </StatusWord>{" "}
      <span className="quiet">
        {isRatio
          ? w.ratio({
              actual: percent(check.actualPercent),
              limit: percent(check.percent),
              base: check.base ? named(m.bases, check.base) : "—",
            })
          : check.limitFen !== null && w.mustBe({ limit: showYuan(check.limitFen) })}
        {check.article && ` ${check.article}`}
      </span>
    </span>
  );
}
