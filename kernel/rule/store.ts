import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { decideRule } from "./decide.ts";
import type { Decision, Rule } from "./rule.ts";

/** Whose decision it is, and the day it is asked for when the rule does not name one itself. */
export interface DecisionAbout {
  readonly subject: string;
  readonly home: string;
  readonly division: string;
  readonly on?: string;
}

/**
 * Decides by a rule and keeps the decision (存档判断): version, every condition with value and threshold, settings and
 * articles. Replaying it later with the same facts gives the same bytes.
 */
export function decide<Facts, Output>(
  ctx: Context,
  rule: Rule<Facts, Output>,
  facts: Facts,
  about: DecisionAbout,
): { id: string; decision: Decision<Output> } {
  const decision = decideRule(rule, facts, {
    on: about.on,
    today: ctx.today,
    settings: (id, date) => ctx.house.settings.on(id, date, about.division),
    calendar: ctx.house.calendar(),
  });
  const id = ctx.newId();
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into decision (home_code, id, division_code, subject_id, rule, version, on_date, facts, settings, conditions, citations, output, at)
      values (${about.home}, ${id}, ${about.division}, ${about.subject}, ${decision.rule}, ${decision.version}, ${decision.on}, ${JSON.stringify(decision.facts)},
        ${JSON.stringify(decision.settings)}, ${JSON.stringify(decision.conditions)}, ${JSON.stringify(decision.citations)}, ${JSON.stringify(decision.output)}, ${ctx.now})`);
  });
  return { id, decision };
}
