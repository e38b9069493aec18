import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, num, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";

export interface FigureFacts {
  /** Day the information was formed. */
  readonly formed?: string;
  /** Persons in a cell of a table. */
  readonly cell_count?: number;
  readonly sensitive?: boolean;
  readonly corrected?: boolean;
  readonly definition?: string;
  readonly base?: string;
  /** "found" or "not found". */
  readonly lookup_code?: string;
}
interface FigureAnswer {
  readonly publish_by?: string;
  readonly show?: string | number | readonly string[];
  readonly show_base?: boolean;
  readonly message?: string;
}

/** How a figure or an answer appears on the portal (门户数据展示): by when, how small cells, corrections and bases are shown. */
const figure = defineRule<FigureFacts, FigureAnswer>({
  id: "portal.figure",
  on: (facts) => day(facts.formed),
  versions: [
    {
      from: "2008-05-01",
      citations: [cite(law.disclosure, "26"), cite(law.houseRules, "portal")],
      decide: (facts, tools) => {
        const formed = day(facts.formed);
        const count = num(facts.cell_count);
        const small = Number(tools.setting("portal.small-cell"));
        // A group whose sensitivity is not known is treated as sensitive.
        const hidden =
          count !== undefined &&
          flag(facts.sensitive) !== false &&
          holds(tools, "cell_count", count, "<", small, {
            law: cite(law.houseRules, "portal"),
            setting: "portal.small-cell",
          });
        return {
          ...(formed === undefined ? {} : { publish_by: tools.calendar.addWorkingDays(formed, 20) }),
          ...(count === undefined ? {} : { show: hidden ? `<${small}` : count }),
          ...(flag(facts.corrected) === true ? { show: ["new", "old", "date", "reason"] } : {}),
          ...(str(facts.definition) === undefined ? {} : { show_base: true }),
          ...(str(facts.lookup_code) === "not found" ? { message: "未查询到; 提示核对18位代码" } : {}),
        };
      },
    },
  ],
});

export const rules = [figure] as const;
