import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import type { Decision, Rule } from "../../../kernel/rule/rule.ts";
import { type DecisionAbout, decide } from "../../../kernel/rule/store.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import { type GroundField, groundOf, type List } from "../credit.catalogue.ts";
import { rules } from "../credit.rules.ts";
import { holdsPersonalNumbers } from "../public-text.rules.ts";
import type { ListingRow } from "./credit.store.ts";

export const [abnormalList, seriousList, abnormalRemove, seriousRemove, recordInTime, , noticeRule, listingAllowed] =
  rules;

type Facts = Record<string, unknown>;

/** How a rule is asked: kept as a decision by commands, only looked at by pages that grey their buttons. */
export type Ask = <F, Output>(
  ctx: Context,
  rule: Rule<F, Output>,
  facts: F,
  about: DecisionAbout,
) => { id: string; decision: Decision<Output> };

export const keep: Ask = decide;

export const look: Ask = (ctx, rule, facts, about) => ({
  id: "",
  decision: decideRule(rule, facts, {
    today: ctx.today,
    settings: (id, date) => ctx.house.settings.on(id, date, about.division),
    calendar: ctx.house.calendar(),
  }),
});

/** What the system itself knows about a ground; it wins over what a person typed. */
export function knownFacts(
  list: List,
  ground: string,
  organisation: OrganisationRow,
  live: readonly ListingRow[],
): Facts {
  if (list === "abnormal" && ground === "no_public_fundraising_6_months") {
    return { public_fundraising_qualified: organisation.fundraising_qualified };
  }
  if (list === "serious" && ground === "abnormal_24_months") {
    const standing = live.find((one) => one.list === "abnormal" && one.clock_from !== null && one.adds_to === null);
    return standing ? { abnormal_since: standing.clock_from, abnormal_listing: standing.id } : {};
  }
  return {};
}

function fits(field: GroundField, value: unknown): boolean {
  switch (field.kind) {
    case "yes":
      return value === true;
    case "no":
      return value === false;
    case "integer":
      return typeof value === "number" && Number.isInteger(value) && value >= 0;
    case "yuan":
      return typeof value === "number" && Number.isFinite(value) && value >= 0;
    case "date":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case "dates":
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((one) => typeof one === "string" && /^\d{4}-\d{2}-\d{2}$/.test(one))
      );
    case "choice":
      return typeof value === "string" && (field.values ?? []).includes(value);
    case "text":
      return typeof value === "string" && value.trim() !== "" && value.length <= 500 && !holdsPersonalNumbers(value);
  }
}

/**
 * The facts of a ground, in the shape its rule asks for: only fields of that ground, so that one ground is never proved by
 * the facts of another. @throws Refusal credit/ground-not-of-list, credit/facts-missing (422)
 */
export function factsOf(list: List, groundId: string, given: Facts, known: Facts): Facts {
  const ground = groundOf(list, groundId);
  if (!ground) throw new Refusal("credit/ground-not-of-list", 422, { list, ground: groundId });
  // A field the system knows is never taken from the person who asks.
  const typed = Object.fromEntries(
    ground.fields.filter((field) => !field.known).map(({ field }) => [field, given[field]]),
  );
  const all: Facts = { ...typed, ...known };
  const wrong = ground.fields.filter((field) =>
    all[field.field] === undefined ? field.required || field.known : !fits(field, all[field.field]),
  );
  if (wrong.length > 0)
    throw new Refusal("credit/facts-missing", 422, {
      list,
      ground: groundId,
      fields: wrong.map((field) => field.field),
    });
  const own = ground.fields.flatMap((field) =>
    all[field.field] === undefined ? [] : [[field.field, all[field.field]] as const],
  );
  return { ...Object.fromEntries(own), ...known };
}

export interface GroundDecision {
  readonly id: string;
  readonly list: boolean;
  readonly discretion: boolean;
  readonly serious: boolean;
  readonly decision: Decision;
}

/** Asks the rule of the list whether the facts are a ground, and keeps the decision (列入事由判断). */
export function decideGround(
  ctx: Context,
  about: {
    readonly listing: string;
    readonly list: List;
    readonly ground: string;
    readonly home: string;
    readonly division: string;
  },
  facts: Facts,
  certified: boolean,
  ask: Ask = keep,
): GroundDecision {
  const where = { subject: about.listing, home: about.home, division: about.division };
  const asked = { ...facts, today: ctx.today };
  if (about.list === "serious") {
    const { id, decision } = ask(ctx, seriousList, asked, where);
    return { id, list: decision.output.list, discretion: false, serious: false, decision };
  }
  const { id, decision } = ask(
    ctx,
    abnormalList,
    certified ? { ...asked, supervisor_certifies_not_directly_responsible: true } : asked,
    where,
  );
  const { output } = decision;
  const named = output.grounds ?? (output.ground ? [output.ground] : []);
  return {
    id,
    list: output.list && named.some((one) => one === about.ground),
    discretion: output.discretion === true,
    serious: output.serious === true,
    decision,
  };
}

/** What was looked at and not met, for a refusal people can read. */
export function unmet(decision: Decision): { field: string; value: unknown; comparator: string; threshold: unknown }[] {
  return decision.conditions
    .filter((one) => !one.met)
    .map(({ field, value, comparator, threshold }) => ({ field, value, comparator, threshold }));
}
