import { chainOf, significant } from "../../../kernel/divisions/code.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { nameTokens, pinyinKey, queryTokens, similarity } from "../../../kernel/search/tokens.ts";
import { nameRules } from "../names.rules.ts";
import { checkName } from "../organisations.contract.ts";
import { nameKey } from "../organisations.facts.ts";
import { divisionNames, namesLike } from "./organisations.queries.ts";
import { nameOwners } from "./organisations.store.ts";

const [nameRule, nameCheck] = nameRules;

/** Candidates the similarity rule looks at: those sharing most pairs of characters. */
const CANDIDATES = 200;
const SHOWN = 20;

const check = handle(checkName)(async (input, ctx) => {
  const place = ctx.actor.division ?? significant(ctx.actor.home === "000000" ? ctx.house.root : ctx.actor.home);
  const key = nameKey(input.name);
  const identical = (await nameOwners(ctx.tx, [key])).get(key) ?? [];
  const readsRegister = ctx.actor.scope.kind === "staff";
  const query = queryTokens(input.name);
  const tokens = query.kind === "bigrams" ? query.tokens : nameTokens(input.name).slice(0, 40);
  const like = readsRegister ? await namesLike(ctx.tx, tokens, CANDIDATES) : [];
  const places = await divisionNames(ctx.tx, chainOf(place));
  const options = {
    today: ctx.today,
    settings: (id: string, date: string) => ctx.house.settings.on(id, date, place),
    calendar: ctx.house.calendar(),
  };
  const facts = {
    kind: input.kind,
    scope: input.scope,
    name: input.name,
    division: input.divisionName,
    trade_name: input.tradeName,
    field: input.field,
    form: input.form,
    pinyin: pinyinKey(input.name),
    division_names: places,
    today: ctx.today,
    candidates: [
      ...identical.map((one) => ({
        name: one.name,
        status: one.current ? one.status : "renamed",
        ended_on: one.ended_on ?? undefined,
      })),
      ...like
        .filter((one) => nameKey(one.name) !== key)
        .map((one) => ({
          name: one.name,
          code: one.credit_code ?? undefined,
          status: one.status,
          pinyin: pinyinKey(one.name),
        })),
    ],
  };
  const order =
    input.kind === "community_organisation" ? undefined : decideRule(nameRule, { ...facts, on: ctx.today }, options);
  const decision = decideRule(nameCheck, facts, options);
  const ids = new Map(like.map((one) => [one.name, one]));
  return {
    verdict: decision.output.verdict,
    valid: decision.output.verdict !== "refuse" && (order?.output.valid ?? true),
    reasons: [...(order?.output.reasons ?? [])],
    problems: decision.output.problems.map((one) => ({
      code: one.code,
      effect: one.effect,
      word: one.word ?? null,
      law: { ...one.citation },
    })),
    identical: identical.map((one) => ({
      name: one.name,
      kind: one.kind,
      division: one.division_code,
      current: one.current,
      status: one.status,
      endedOn: one.ended_on,
    })),
    similar: decision.output.similar.slice(0, SHOWN).map((one) => {
      const row = ids.get(one.name);
      return {
        id: row?.id ?? null,
        name: one.name,
        kind: row?.kind ?? null,
        score: one.score,
        soundsAlike: one.sounds_alike,
        similarity: similarity(input.name, one.name),
      };
    }),
    conditions: [...(order?.conditions ?? []), ...decision.conditions].map((one) => ({ ...one })),
    law: [...(order?.citations ?? []), ...decision.citations].map((one) => ({ ...one })),
  };
});

export const nameHandlers = [check] as const;
