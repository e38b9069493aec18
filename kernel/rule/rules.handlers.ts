import { CalendarUnknownError } from "../clock/calendar.ts";
import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { handle } from "../operation/handle.ts";
import { canonical } from "../vault/canonical.ts";
import { RuleNotInForceError } from "./decide.ts";
import { decideAny } from "./registry.ts";
import type { Citation, Decision } from "./rule.ts";
import { getDecision, listRegulations, listRules, tryRule } from "./rules.contract.ts";

const asFacts = (citation: Citation) => ({ ...citation }) as Record<string, unknown>;
const shown = (decision: Decision) => ({
  ...decision,
  settings: { ...decision.settings },
  conditions: decision.conditions.map(({ citation, ...condition }) => ({
    ...condition,
    ...(citation ? { citation: asFacts(citation) } : {}),
  })),
  citations: decision.citations.map(asFacts),
});

const list = handle(listRules)(async (_input, ctx) => ({
  rules: ctx.house.rules.ids.map((ruleId) => ({
    id: ruleId,
    versions: ctx.house.rules.get(ruleId).versions.map((version) => ({
      from: version.from,
      to: version.to ?? null,
      citations: version.citations.map(asFacts),
    })),
  })),
}));

function decideHere(
  ctx: Context,
  rule: string,
  facts: unknown,
  on: string | undefined,
  settings?: (id: string) => number | string | boolean,
): Decision {
  const division = ctx.actor.division ?? ctx.house.root;
  return decideAny(ctx.house.rules.get(rule), facts, {
    on,
    today: ctx.today,
    settings: settings ?? ((id, date) => ctx.house.settings.on(id, date, division)),
    calendar: ctx.house.calendar(),
  });
}

const tryOut = handle(tryRule)(async (input, ctx) => {
  if (!ctx.house.rules.find(input.rule)) return ctx.fail("rules/unknown", { rule: input.rule });
  try {
    return { decision: shown(decideHere(ctx, input.rule, input.facts, input.on)) };
  } catch (error) {
    if (error instanceof RuleNotInForceError) return ctx.fail("rules/not-in-force", { rule: error.rule, on: error.on });
    if (error instanceof CalendarUnknownError) return ctx.fail("clock/holidays-unknown", { year: error.year });
    throw error;
  }
});

const get = handle(getDecision)(async (input, ctx) => {
  const row = await ctx.tx.maybe<Omit<Decision, "on"> & { subject_id: string; on_date: string; at: Date }>(
    sql`select * from decision where id = ${input.id}`,
  );
  if (!row) return ctx.fail("rules/unknown-decision");
  const decision: Decision = {
    rule: row.rule,
    version: row.version,
    on: row.on_date,
    facts: row.facts,
    settings: row.settings,
    conditions: row.conditions,
    citations: row.citations,
    output: row.output,
  };
  let replay: "same" | "different" | "rule-gone" = "rule-gone";
  if (ctx.house.rules.find(row.rule)) {
    const again = decideHere(ctx, row.rule, row.facts, row.on_date, (id) => row.settings[id] as number);
    replay = canonical(JSON.parse(JSON.stringify(again.output))) === canonical(row.output) ? "same" : "different";
  }
  return { id: input.id, subjectId: row.subject_id, decision: shown(decision), at: row.at.toISOString(), replay };
});

const regulations = handle(listRegulations)(async (input, ctx) => {
  const on = input.on ?? ctx.today;
  const texts = new Map<
    string,
    { citation: Citation; articles: Map<string, { article: string; item: string | null; usedBy: Set<string> }> }
  >();
  const note = (citation: Citation, user: string) => {
    const name = `${citation.document}|${citation.effectiveFrom}`;
    const text = texts.get(name) ?? { citation, articles: new Map() };
    texts.set(name, text);
    const key = `${citation.article}|${citation.item ?? ""}`;
    const article = text.articles.get(key) ?? {
      article: citation.article,
      item: citation.item ?? null,
      usedBy: new Set<string>(),
    };
    article.usedBy.add(user);
    text.articles.set(key, article);
  };
  for (const ruleId of ctx.house.rules.ids) {
    for (const version of ctx.house.rules.get(ruleId).versions)
      for (const citation of version.citations) note(citation, ruleId);
  }
  return {
    regulations: [...texts.values()]
      .map(({ citation, articles }) => ({
        document: citation.document,
        number: citation.number ?? null,
        from: citation.effectiveFrom,
        to: citation.effectiveTo ?? null,
        inForce: citation.effectiveFrom <= on && (citation.effectiveTo === undefined || on < citation.effectiveTo),
        articles: [...articles.values()]
          .map((one) => ({ ...one, usedBy: [...one.usedBy].sort() }))
          .sort(
            (a, b) =>
              Number.parseInt(a.article, 10) - Number.parseInt(b.article, 10) || a.article.localeCompare(b.article),
          ),
      }))
      .sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.from < b.from ? -1 : 1)),
  };
});

export const ruleHandlers = [list, tryOut, get, regulations];
