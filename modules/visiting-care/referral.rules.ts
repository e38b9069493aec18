import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { flag } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";

export interface SupportFacts {
  readonly adult_child_not_visiting?: boolean;
}

/** What follows when adult children do not visit (督促赡养人), Law on the Rights of the Elderly art. 18. */
export const supportRule = defineRule<SupportFacts, { readonly action: string | null; readonly evidence?: string }>({
  id: "visit.support_duty",
  versions: [
    {
      from: law.elderRights.effectiveFrom,
      citations: [cite(law.elderRights, "18"), cite(law.elderVisits, "supporters")],
      decide: (facts, tools) =>
        holds(tools, "adult_child_not_visiting", flag(facts.adult_child_not_visiting), "=", true, {
          law: cite(law.elderRights, "18"),
        })
          ? { action: "督促赡养人履行义务", evidence: "contact log" }
          : { action: null },
    },
  ],
});
