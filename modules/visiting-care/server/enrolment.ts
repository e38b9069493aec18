import { addDays, addMonths, yearOf } from "../../../kernel/clock/date.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { specialDifficulty } from "../../people/index.ts";
import type { PersonRow } from "../../people/server/index.ts";
import { monthDays, partsOf } from "../plan.ts";
import { type Frequency, frequencyRule, scopeRule } from "../visiting-care.rules.ts";
import type { PlannedPart } from "./duties.store.ts";
import { type EnrolmentRow, never } from "./enrolment.row.ts";
import { classKeyOf } from "./ledger.ts";
import { type Worker, workersWithin } from "./workers.queries.ts";

/** Completed years on a day (周岁). */
export function ageOn(bornOn: string | null, on: string): number | null {
  if (bornOn === null || bornOn > on) return null;
  return yearOf(on) - yearOf(bornOn) - (on.slice(5) < bornOn.slice(5) ? 1 : 0);
}

/** Whether a person is owed visits on a day, by rule; not stored: enrolling stores the frequency, refusing names the facts. */
export function inScope(ctx: Context, person: PersonRow, on: string): boolean {
  const age = ageOn(person.born_on, on);
  const facts = { ...(age === null ? {} : { age }), categories: person.categories };
  return decideRule(scopeRule, facts, {
    today: on,
    settings: (id, date) => ctx.house.settings.on(id, date, person.division_code),
    calendar: ctx.house.calendar(),
  }).output.in_scope;
}

/** How often somebody is visited, by rule, with the decision kept (频次判断). */
export function frequencyFor(
  ctx: Context,
  person: Pick<PersonRow, "categories" | "division_code" | "home_code" | "id">,
  risk: EnrolmentRow["risk"],
): Frequency & { readonly decision: string } {
  const special = person.categories.some((one) => specialDifficulty.includes(one));
  const facts = {
    risk,
    special_difficulty: special,
    year: yearOf(ctx.today),
    province: person.division_code.slice(0, 2),
  };
  const { id, decision } = decide(ctx, frequencyRule, facts, {
    subject: person.id,
    home: person.home_code,
    division: person.division_code,
    on: ctx.today,
  });
  return { per: decision.output.per, min: decision.output.min, decision: id };
}

/** What the register says of a person, as the stay repeats it for lists. */
export function copied(person: PersonRow) {
  return {
    division_code: person.division_code,
    name: person.name,
    name_key: person.name_key,
    sex: person.sex,
    born_on: person.born_on,
    living: person.living,
    categories: person.categories,
    class_key: classKeyOf(person.categories),
    latitude: person.latitude,
    longitude: person.longitude,
  };
}

/** A stay that has not begun. */
export function blank(ctx: Context, person: PersonRow, id: string): EnrolmentRow {
  return {
    home_code: person.home_code,
    id,
    person_id: person.id,
    ...copied(person),
    alias_ids: [],
    closed_no: 0,
    state: "proposed",
    risk: "general",
    modes: ["home"],
    per: "month",
    min_visits: 1,
    worker_id: null,
    worker_name: null,
    stand_in_id: null,
    stand_in_name: null,
    proposed_on: null,
    reason: null,
    campaign_id: null,
    agreed_by: null,
    agreed_on: null,
    evidence_id: null,
    first_enrolled_on: null,
    enrolled_on: null,
    refused_on: null,
    refused_by: null,
    refused_reason: null,
    ask_again_on: null,
    reassess_on: null,
    closed_on: null,
    closed_ground: null,
    merged_into: null,
    last_visit_sort: never,
    last_visit_id: null,
    last_visit_by: null,
    last_visit_device: null,
    last_mark: "",
    next_due_on: null,
    decision_id: null,
    version: 0,
    created_at: ctx.now,
    updated_at: ctx.now,
  };
}

/** Half a year on, as set (复评间隔). */
export function halfYearOn(ctx: Context, division: string, on: string): string {
  return addMonths(on, Number(ctx.house.settings.on("visiting-care.reassess-months", on, division)));
}

/** Working days of a span, all its days where there are none. */
function workingDays(ctx: Context, from: string, to: string): string[] {
  const calendar = ctx.house.calendar();
  const all: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) all.push(day);
  const working = all.filter((day) => {
    try {
      return calendar.isWorkingDay(day);
    } catch {
      // A year whose holidays are not announced yet is planned by weekdays alone.
      return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    }
  });
  return working.length > 0 ? working : all;
}

/** The parts of a month for the frequencies in use, each with the days on which its visits may be planned. */
export function plannedParts(
  ctx: Context,
  frequencies: readonly Frequency[],
  month: string,
  from: string,
): PlannedPart[] {
  const last = monthDays(month).to;
  return frequencies.flatMap((frequency) =>
    partsOf(frequency, month, from)
      .filter((part) => part.to >= from)
      .map((part) => {
        const first = part.from > from ? part.from : from;
        const end = part.to < last || frequency.per !== "week" ? part.to : last;
        return { ...part, per: frequency.per, min: frequency.min, days: workingDays(ctx, first, end) };
      }),
  );
}

/** Workers who may be given somebody who lives there: those granted the village, or the place it lies in. */
export async function workersFor(ctx: Context, division: string): Promise<Worker[]> {
  const county = rangeOf(division.slice(0, 6));
  const all = await workersWithin(ctx.tx, county.lo, county.hi, ctx.today);
  return all.filter((one) => one.divisions.some((code) => code === division || code.startsWith(division)));
}

/**
 * The worker of a plan: who was asked for and may be, else whoever enrols in their own village, else the only one of the
 * village. `undefined`: asked for somebody who may not be.
 */
export async function chosenWorker(
  ctx: Context,
  division: string,
  asked: string | undefined,
): Promise<{ id: string; name: string } | null | undefined> {
  const me = ctx.actor.role === "worker" ? ctx.actor.accountId : null;
  if (me && (asked === undefined || asked === me)) return { id: me, name: ctx.actor.displayName };
  const able = await workersFor(ctx, division);
  if (asked === undefined) return able.length === 1 ? (able[0] as Worker) : null;
  return able.find((one) => one.id === asked);
}
