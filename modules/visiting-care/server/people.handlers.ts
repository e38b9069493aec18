import { rangeOf } from "../../../kernel/divisions/code.ts";
import { figures } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { unseal } from "../../../kernel/vault/seal.ts";
import { resolveAlias } from "../../people/server/index.ts";
import { stockIndicator } from "../visiting-care.indicators.ts";
import { getPerson, listPeople, listVisits } from "../visits.contract.ts";
import { type EnrolmentRow, never } from "./enrolment.row.ts";
import { shownEnrolment } from "./enrolment.store.ts";
import { ageOn } from "./enrolment.ts";
import {
  dutiesOf,
  homesWithin,
  type ListedRow,
  markedIn,
  newestVisits,
  type PeopleFilter,
  peoplePage,
  timelineOf,
  visitPage,
} from "./list.queries.ts";
import type { CarePart } from "./part.ts";
import type { VisitRow } from "./visit.row.ts";
import { workersById } from "./workers.queries.ts";

const LAST_VISITS = 12;
const TIMELINE = 30;

function lineOf(row: ListedRow, today: string, visited: boolean) {
  return {
    id: row.person_id,
    enrolmentId: row.id,
    division: row.division_code,
    name: row.name,
    sex: row.sex,
    age: ageOn(row.born_on, today),
    categories: [...row.categories],
    living: row.living,
    state: row.state,
    risk: row.risk,
    modes: [...row.modes],
    frequency: { per: row.per, min: row.min_visits },
    worker: row.worker_name,
    lastVisitAt: row.last_visit_sort > never ? row.last_visit_sort.toISOString() : null,
    nextDueOn: row.next_due_on,
    visitedThisMonth: visited,
  };
}

/** The range somebody asks about: a division of theirs, or all they see. */
export function rangeFor(ctx: Context, division: string | undefined) {
  if (division !== undefined) return rangeOf(division);
  const scope = ctx.actor.scope;
  if (scope.kind === "staff") return { lo: scope.lo, hi: scope.hi };
  return rangeOf(ctx.actor.home);
}

async function homesOf(ctx: Context, lo: string, hi: string): Promise<string[]> {
  if (lo.length >= 6 && lo !== "0") return [lo.slice(0, 6)];
  return homesWithin(ctx.tx, lo, hi, ctx.today);
}

/** How many there are, from kept counters; null where they do not tell apart what is asked for. */
async function totalOf(ctx: Context, filter: PeopleFilter, division: string | undefined): Promise<number | null> {
  if (filter.q || filter.workerId || (filter.month && filter.visited)) return null;
  const asked = division ?? ctx.actor.division;
  const where = ctx.actor.role === "worker" && division === undefined ? ctx.actor.home : (asked ?? ctx.house.root);
  const cells = await figures(ctx.tx, stockIndicator, { division: where });
  return cells
    .filter(({ key: [state, risk, classes = ""] }) => {
      if (state !== filter.state || (filter.risk && risk !== filter.risk)) return false;
      const own = classes.split("+");
      return filter.categories.length === 0 || filter.categories.some((one) => own.includes(one));
    })
    .reduce((sum, cell) => sum + cell.value, 0);
}

/** What each order sorts by. */
const sorts = { "last-visit": "instant", name: "text", due: "day" } as const;

const list = handle(listPeople)(async (input, ctx) => {
  const { lo, hi } = rangeFor(ctx, input.division);
  const asked = input.category === undefined ? [] : Array.isArray(input.category) ? input.category : [input.category];
  const filter: PeopleFilter = {
    lo,
    hi,
    homes: await homesOf(ctx, lo, hi),
    state: input.state ?? "enrolled",
    categories: [...new Set(asked)],
    risk: input.risk,
    workerId: input.workerId,
    q: input.q?.trim() || undefined,
    month: input.month ?? (input.visited ? ctx.today.slice(0, 7) : undefined),
    visited: input.visited,
    // The list behind a figure names those the figure counts: who has left since, and not who came later.
    counted: input.month !== undefined && input.visited !== undefined && input.state === undefined,
  };
  const after = readCursor(input.after, [sorts[input.order], "id"]);
  const [rows, total] = await Promise.all([
    peoplePage(ctx.tx, filter, input.order, after, input.limit + 1),
    totalOf(ctx, filter, input.division),
  ]);
  const shown = rows.slice(0, input.limit);
  // Read beside the month that was chosen: somebody visited in October is not shown as missed because of November.
  const month = filter.month ?? ctx.today.slice(0, 7);
  const marked = await laterMarked(ctx, shown, month);
  const last = shown.at(-1);
  const sort =
    last &&
    {
      "last-visit": last.last_visit_sort,
      name: last.name_key,
      due: last.next_due_on ?? "9999-12-31",
    }[input.order];
  return {
    people: shown.map((row) => lineOf(row, ctx.today, row.last_mark === month || marked.has(row.person_id))),
    total,
    next: sort !== undefined && last && rows.length > input.limit ? writeCursor([sort, last.id]) : null,
  };
});

/** Of people whose newest mark lies after a month, those with a mark in it too. */
function laterMarked(
  ctx: Context,
  rows: readonly Pick<EnrolmentRow, "home_code" | "person_id" | "last_mark">[],
  month: string,
): Promise<Set<string>> {
  return markedIn(
    ctx.tx,
    rows.filter((row) => row.last_mark > month),
    month,
  );
}

/** A visit as it is shown; the note is opened for those who care for the person, not for who only looks. */
export function visitOf(ctx: Context, row: VisitRow) {
  const place =
    row.latitude === null || row.longitude === null
      ? null
      : { latitude: row.latitude, longitude: row.longitude, accuracy: row.accuracy ?? 0 };
  const reads = ctx.actor.role === "worker" || ctx.actor.role === "officer" || ctx.actor.role === "decider";
  return {
    id: row.id,
    personId: row.person_id,
    at: row.at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    month: row.month,
    mode: row.mode,
    met: row.met,
    counts: row.counts && !row.parallel && row.voided_on === null,
    worker: row.worker_name,
    findings: row.findings,
    note: row.note !== null && reads ? unseal(ctx.house.keys, row.note, `care_visit/${row.id}/note`) : null,
    flags: row.flags,
    offline: row.offline,
    place,
    photoIds: row.photo_ids,
    voiceId: row.voice_id,
    signatureId: row.signature_id,
    voidedOn: row.voided_on,
  };
}

/** What hangs on a person under all ids; the first is the one the person is kept under. */
async function pageOf(ctx: Context, parts: readonly CarePart[], persons: readonly [string, ...string[]]) {
  const none: Required<Awaited<ReturnType<NonNullable<CarePart["onPage"]>>>> = { emergencies: [], referrals: [] };
  const [visits, duties, timeline, ...more] = await Promise.all([
    newestVisits(ctx.tx, persons, LAST_VISITS),
    dutiesOf(ctx.tx, persons),
    ctx.actor.role === "worker" ? [] : timelineOf(ctx.tx, persons[0], TIMELINE),
    ...parts.map((part) => part.onPage?.(ctx, persons[0])),
  ]);
  return { visits, duties, timeline, added: Object.assign(none, ...more) as typeof none };
}

/** One person's page: the parts of the room add emergencies and referrals. */
export function peopleHandlers(parts: readonly CarePart[]) {
  const get = handle(getPerson)(async (input, ctx) => {
    // Nearly everybody has one id: what hangs on it is asked for together with the stay, in one round trip.
    let [row, page] = await Promise.all([shownEnrolment(ctx.tx, input.id), pageOf(ctx, parts, [input.id])]);
    if (!row || row.closed_ground === "merged")
      row = (await shownEnrolment(ctx.tx, await resolveAlias(ctx.tx, input.id))) ?? row;
    if (!row) return ctx.fail("visiting-care/unknown-person", { id: input.id });
    if (row.person_id !== input.id || row.alias_ids.length > 0)
      page = await pageOf(ctx, parts, [row.person_id, ...row.alias_ids]);
    const { visits, duties, timeline, added } = page;
    const open = (text: string | null, field: string) =>
      text === null ? null : unseal(ctx.house.keys, text, `care_enrolment/${row.id}/${field}`);
    const names = new Map<string, string>();
    if (row.worker_id && row.worker_name) names.set(row.worker_id, row.worker_name);
    if (row.stand_in_id && row.stand_in_name) names.set(row.stand_in_id, row.stand_in_name);
    const strangers = duties.flatMap((duty) =>
      duty.assignee_id && !names.has(duty.assignee_id) ? [duty.assignee_id] : [],
    );
    for (const one of await workersById(ctx.tx, strangers)) names.set(one.id, one.name);
    const month = ctx.today.slice(0, 7);
    const marked = row.last_mark === month || (await laterMarked(ctx, [row], month)).size > 0;
    return {
      ...lineOf(row, ctx.today, marked),
      enrolledOn: row.enrolled_on,
      agreedBy: ctx.actor.role === "auditor" ? null : open(row.agreed_by, "agreed_by"),
      agreedOn: row.agreed_on,
      refusedReason: row.state === "refused" ? row.refused_reason : null,
      workerId: row.worker_id,
      standIn: row.stand_in_name,
      standInId: row.stand_in_id,
      reassessOn: row.reassess_on,
      closedOn: row.closed_on,
      closedGround: row.closed_ground,
      decisionId: row.decision_id,
      version: row.version,
      visits: visits.slice(0, LAST_VISITS).map((one) => visitOf(ctx, one)),
      duties: duties.map((duty) => ({
        id: duty.id,
        kind: duty.kind,
        plannedOn: duty.planned_on,
        dueOn: duty.due_on,
        state: duty.state,
        assignee: duty.assignee_id === null ? null : (names.get(duty.assignee_id) ?? null),
      })),
      emergencies: added.emergencies,
      referrals: added.referrals,
      timeline: timeline.map((one) => ({
        at: one.at.toISOString(),
        event: one.event,
        actor: one.actor_label,
        facts: withoutInput(one.payload),
      })),
    };
  });
  return [list, get, visits];
}

/** The facts of an entry without the input it also keeps. */
function withoutInput({ input: _, ...facts }: Record<string, unknown>): Record<string, unknown> {
  return facts;
}

const visits = handle(listVisits)(async (input, ctx) => {
  const { lo, hi } = rangeFor(ctx, input.division);
  let persons: string[] | undefined;
  if (input.personId) {
    const stay = await shownEnrolment(ctx.tx, input.personId);
    persons = [input.personId, ...(stay?.alias_ids ?? [])];
  }
  const rows = await visitPage(
    ctx.tx,
    {
      persons,
      lo,
      hi,
      month: input.month,
      counts: input.counts === undefined ? undefined : input.counts === "yes",
      mode: input.mode,
    },
    readCursor(input.after, ["instant", "id"]),
    input.limit + 1,
  );
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    visits: shown.map((row) => ({ ...visitOf(ctx, row), person: row.name ?? "", division: row.division_code })),
    next: last && rows.length > input.limit ? writeCursor([last.at, last.id]) : null,
  };
});
