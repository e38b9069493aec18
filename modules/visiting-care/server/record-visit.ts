import type { z } from "zod";
import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { type NewDuty, openDuties } from "../../../kernel/duty/duty.ts";
import { metresBetween } from "../../../kernel/geo/distance.ts";
import { type Bump, bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { InvalidInput } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { seal } from "../../../kernel/vault/seal.ts";
import { locatePerson, resolveAlias } from "../../people/server/index.ts";
import { nextPart, partOf } from "../plan.ts";
import { homeVisitDuty, parallelDuty } from "../visiting-care.duties.ts";
import { visitsIndicator } from "../visiting-care.indicators.ts";
import { type CountsFacts, countsRule } from "../visiting-care.rules.ts";
import { recordVisit } from "../visits.contract.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";
import { holdEnrolment } from "./enrolment.store.ts";
import { changeMarks, markBumps, save, takeOver } from "./ledger.ts";
import { markOf } from "./marks.store.ts";
import { monitorStateOf } from "./monitor.store.ts";
import type { CarePart } from "./part.ts";
import type { Flag, MarkRow, VisitRow } from "./visit.row.ts";
import { arrivedFiles, type ForVisit, holdForVisit, loadVisit, visitsBetween, writeVisit } from "./visits.store.ts";

type Input = z.output<typeof recordVisit.input>;
type Answer = z.output<typeof recordVisit.output>;
type Ctx = Context<
  | "visiting-care/unknown-person"
  | "visiting-care/not-enrolled"
  | "visiting-care/before-enrolment"
  | "visiting-care/after-closing"
  | "visiting-care/in-the-future"
  | "visiting-care/moved-away"
  | "visiting-care/not-your-person"
  | "visiting-care/unknown-file"
>;

const minute = 60_000;

/** Where a visit belongs that cannot be recorded here: the outbox hands it to whoever keeps the person now. */
async function elsewhere(ctx: Ctx, person: string): Promise<never> {
  const now = await locatePerson(ctx, person);
  if (!now) return ctx.fail("visiting-care/unknown-person", { id: person });
  const holdAt = { home: now.home, division: now.division };
  if (now.home !== ctx.actor.home) return ctx.fail("visiting-care/moved-away", { holdAt });
  const scope = ctx.actor.scope;
  const within =
    scope.kind === "worker"
      ? scope.divisions.includes(now.division)
      : scope.kind === "staff" && now.division >= scope.lo && now.division < scope.hi;
  if (!within) return ctx.fail("visiting-care/not-your-person", { holdAt });
  return ctx.fail("visiting-care/not-enrolled", { holdAt });
}

/** The stay the visit belongs to, held; refuses what was outside of it. */
async function stayOf(ctx: Ctx, input: Input, visitId: string, on: string): Promise<ForVisit> {
  let stay = await holdForVisit(ctx.tx, ctx.actor.home, input.personId, visitId);
  if (!stay) {
    const kept = await resolveAlias(ctx.tx, input.personId);
    if (kept !== input.personId) stay = await holdForVisit(ctx.tx, ctx.actor.home, kept, visitId);
    if (!stay) return elsewhere(ctx, input.personId);
  }
  if (stay.known) return stay;
  const holdAt = { home: stay.home_code, division: stay.division_code };
  if (stay.closed_ground === "merged") {
    const kept = await holdForVisit(ctx.tx, ctx.actor.home, await resolveAlias(ctx.tx, input.personId), visitId);
    if (!kept || kept.id === stay.id) return ctx.fail("visiting-care/not-enrolled", { holdAt });
    stay = kept;
  }
  const first = stay.first_enrolled_on;
  if (first === null) return ctx.fail("visiting-care/not-enrolled", { state: stay.state, holdAt });
  if (on < first) return ctx.fail("visiting-care/before-enrolment", { enrolledOn: first, holdAt });
  if (stay.state === "closed" && on > (stay.closed_on ?? "")) {
    if (stay.closed_ground === "moved") return elsewhere(ctx, stay.person_id);
    return ctx.fail("visiting-care/after-closing", { closedOn: stay.closed_on, holdAt });
  }
  if (stay.state === "refused" && on > (stay.refused_on ?? ""))
    return ctx.fail("visiting-care/not-enrolled", { state: stay.state, holdAt });
  return stay;
}

/** Another visit of the same person shortly before or after, by other hands or another phone. */
async function besides(ctx: Ctx, stay: EnrolmentRow, at: Date, on: string): Promise<VisitRow | undefined> {
  const span = Number(setting(ctx, "visiting-care.parallel-minutes", on, stay)) * minute;
  const since = at.getTime() - stay.last_visit_sort.getTime();
  // What comes in order can only meet the newest visit; what comes late is looked up among all.
  if (since > span) return undefined;
  const near = await visitsBetween(
    ctx.tx,
    stay.home_code,
    [stay.person_id, ...stay.alias_ids],
    new Date(at.getTime() - span),
    new Date(at.getTime() + span),
  );
  return near.find(
    (one) =>
      one.counts && !one.parallel && (one.worker_id !== ctx.actor.accountId || one.device_id !== (ctx.device ?? null)),
  );
}

function setting(ctx: Context, id: string, on: string, stay: EnrolmentRow) {
  return ctx.house.settings.on(id, on, stay.division_code);
}

function flagsOf(ctx: Ctx, input: Input, stay: EnrolmentRow, on: string): Flag[] {
  const flags: Flag[] = [];
  if (input.place && input.mode === "home" && stay.latitude !== null && stay.longitude !== null) {
    const metres = metresBetween(input.place, { latitude: stay.latitude, longitude: stay.longitude });
    const tolerance = Number(setting(ctx, "visiting-care.place-tolerance", on, stay));
    if (metres - input.place.accuracy > tolerance) flags.push({ code: "far-from-home", facts: { metres, tolerance } });
  }
  if (input.mode === "remote" && !input.device?.online) flags.push({ code: "device-offline", facts: {} });
  if (ctx.clockDrift !== null) flags.push({ code: "clock-corrected", facts: { driftMinutes: ctx.clockDrift } });
  if (stay.state === "closed") flags.push({ code: "late-after-closing", facts: { closedOn: stay.closed_on } });
  return flags;
}

/** What follows when nobody answered: try again, or go there the same day. */
async function afterAttempt(ctx: Ctx, input: Input, stay: EnrolmentRow, on: string): Promise<Answer["next"]> {
  if (input.mode !== "phone" && input.mode !== "video") return "none";
  const day = new Date(`${on}T00:00:00+08:00`);
  const tries = await visitsBetween(
    ctx.tx,
    stay.home_code,
    [stay.person_id, ...stay.alias_ids],
    day,
    new Date(day.getTime() + 24 * 60 * minute - 1),
  );
  if (tries.some((one) => one.counts)) return "none";
  const calls = tries.filter((one) => one.mode === "phone" || one.mode === "video").length + 1;
  const limit = Number(setting(ctx, "visiting-care.phone-tries", on, stay));
  if (calls < limit) return "retry";
  if (calls === limit) openDuties(ctx, [dutyFor(stay, homeVisitDuty, { planned: on, due: on })]);
  return "home_visit_today";
}

/** A duty about somebody in care. */
export function dutyFor(
  stay: EnrolmentRow,
  kind: NewDuty["kind"],
  days: { readonly planned?: string; readonly due: string },
): NewDuty {
  return {
    kind,
    home: stay.home_code,
    division: stay.division_code,
    subject: stay.person_id,
    label: stay.name,
    assignee: kind.holder === "worker" ? stay.worker_id : null,
    planned: days.planned ?? null,
    link: `/care/people/${stay.person_id}`,
    due: days.due,
  };
}

/** A remote visit is what the person's own devices say; what the worker types stands only where none is registered. */
async function watched(ctx: Ctx, input: Input, at: Date): Promise<Input> {
  if (input.mode !== "remote") return input;
  const silent = Number(ctx.house.settings.on("visiting-care.monitor-silent-minutes", ctx.today, ctx.actor.home));
  const state = await monitorStateOf(ctx.tx, input.personId, {
    heard: new Date(at.getTime() - silent * minute),
    active: new Date(`${dateInShanghai(at)}T00:00:00+08:00`),
  });
  return state ? { ...input, device: state } : input;
}

function countsFacts(input: Input, on: string): CountsFacts {
  return {
    mode: input.mode === "remote" ? "remote_monitoring" : input.mode,
    met: input.met,
    visited_on: on,
    ...(input.device ? { device_online: input.device.online, activity_seen: input.device.activitySeen } : {}),
  };
}

/** The mark a visit makes when it is the first of its month; undefined when there is one. */
async function newMark(ctx: Ctx, stay: EnrolmentRow, visit: VisitRow, on: string): Promise<MarkRow | null> {
  if (!visit.counts || visit.month === stay.last_mark) return null;
  // In order, a later month has no mark yet; what comes late, and the first visit of a stay, is looked up.
  const inOrder = stay.last_mark !== "" && visit.month > stay.last_mark;
  if (!inOrder && (await markOf(ctx.tx, stay.home_code, stay.person_id, visit.month))) return null;
  const closedThen = stay.state === "closed" && visit.month === stay.closed_on?.slice(0, 7);
  const refusedThen = stay.state === "refused" && visit.month >= (stay.refused_on ?? "").slice(0, 7);
  return {
    home_code: stay.home_code,
    person_id: stay.person_id,
    month: visit.month,
    division_code: stay.division_code,
    recorded_division_code: stay.division_code,
    enrolment_id: stay.id,
    visit_id: visit.id,
    base: !refusedThen,
    left_after: closedThen && on <= (stay.closed_on ?? ""),
  };
}

/**
 * The mark of who had left goes to the stay that goes on, when the person turned out to be one with somebody in care: a visit that
 * arrives after the merge counts nobody twice. As the system role: that stay may lie outside the villages of who visited.
 */
async function countOnce(ctx: Ctx, mark: MarkRow | null, stay: EnrolmentRow): Promise<void> {
  if (!mark?.base) return;
  // Who was merged into this person may have brought a mark while nobody was in care here any more.
  if (stay.alias_ids.length > 0)
    ctx.later(async (tx) => {
      for (const alias of stay.alias_ids) {
        const own = await markOf(tx, stay.home_code, alias, mark.month);
        if (own?.base) changeMarks(ctx, [{ before: own, after: { ...own, base: false, left_after: false } }]);
      }
    });
  if (!mark.left_after) return;
  const id = await resolveAlias(ctx.tx, mark.person_id);
  if (id === mark.person_id) return;
  ctx.later(async (tx) => {
    const kept = await holdEnrolment(tx, mark.home_code, id);
    if (!kept || !(await takeOver(ctx, kept, mark))) return;
    save(ctx, kept, { ...kept, last_mark: mark.month > kept.last_mark ? mark.month : kept.last_mark });
    changeMarks(ctx, [{ before: mark, after: { ...mark, base: false, left_after: false } }]);
  });
}

/** The stay after the visit: newest visit, newest mark, next due day, and a version for the phones. */
function stayAfter(stay: EnrolmentRow, visit: VisitRow, on: string): EnrolmentRow {
  const version = stay.version + 1;
  if (!visit.counts) return { ...stay, version };
  const next = nextPart({ per: stay.per, min: stay.min_visits }, on).to;
  const newest = visit.at > stay.last_visit_sort;
  return {
    ...stay,
    version,
    ...(newest
      ? {
          last_visit_sort: visit.at,
          last_visit_id: visit.id,
          last_visit_by: visit.worker_id,
          last_visit_device: visit.device_id,
        }
      : {}),
    last_mark: visit.month > stay.last_mark ? visit.month : stay.last_mark,
    next_due_on: stay.next_due_on === null || next > stay.next_due_on ? next : stay.next_due_on,
  };
}

function visitedInMonthOf(stay: EnrolmentRow, ctx: Ctx): boolean {
  return stay.last_mark >= ctx.today.slice(0, 7);
}

/** The same visit again: what was answered first. */
async function again(ctx: Ctx, stay: EnrolmentRow, id: string, personId: string): Promise<Answer> {
  const known = await loadVisit(ctx.tx, id);
  if (!known || (known.person_id !== personId && known.enrolment_id !== stay.id))
    throw new InvalidInput([{ path: ["id"], problem: "taken" }]);
  return {
    id,
    counts: known.counts,
    month: known.month,
    next: "none",
    visitedThisMonth: visitedInMonthOf(stay, ctx),
    flags: known.flags,
    decisionId: known.decision_id,
  };
}

/**
 * Records a visit (登记探访) in four round trips: the stay is read and held, the rule decides, and everything written goes
 * out at once. A decision is kept when it says no or something is doubtful; otherwise the row names the rule's version.
 */
async function record(ctx: Ctx, input: Input, parts: readonly CarePart[]): Promise<Answer> {
  const at = input.at && ctx.device === null ? new Date(input.at) : ctx.happenedAt;
  const on = dateInShanghai(at);
  const id = input.id ?? ctx.newId();
  const ahead = Number(ctx.house.settings.on("visiting-care.future-minutes", ctx.today, ctx.actor.home)) * minute;
  if (at.getTime() > ctx.now.getTime() + ahead)
    return ctx.fail("visiting-care/in-the-future", { at: at.toISOString(), now: ctx.now.toISOString() });
  const files = [...new Set([...input.photoIds, input.voiceId, input.signatureId].filter((one) => one !== undefined))];
  if (files.length > 0 && (await arrivedFiles(ctx.tx, files)) < files.length)
    return ctx.fail("visiting-care/unknown-file", {});

  const stay = await stayOf(ctx, input, id, on);
  if (stay.known) return again(ctx, stay, id, input.personId);

  const seen = await watched(ctx, input, at);
  const facts = countsFacts(seen, on);
  const decision = decideRule(countsRule, facts, {
    today: ctx.today,
    settings: (one, date) => ctx.house.settings.on(one, date, stay.division_code),
    calendar: ctx.house.calendar(),
  });
  const counts = decision.output.counts === true;
  const other = counts ? await besides(ctx, stay, at, on) : undefined;
  const flags = flagsOf(ctx, seen, stay, on);
  if (other) flags.push({ code: "parallel", facts: { visitId: other.id, at: other.at.toISOString() } });
  const next = counts ? "none" : await afterAttempt(ctx, input, stay, on);
  const about = { subject: stay.person_id, home: stay.home_code, division: stay.division_code };
  const decisionId = counts && flags.length === 0 ? null : decide(ctx, countsRule, facts, about).id;

  const visit: VisitRow = {
    home_code: stay.home_code,
    id,
    division_code: stay.division_code,
    recorded_division_code: stay.division_code,
    enrolment_id: stay.id,
    person_id: input.personId,
    at,
    recorded_at: ctx.now,
    month: on.slice(0, 7),
    mode: input.mode,
    met: input.met,
    counts,
    parallel: other !== undefined,
    worker_id: ctx.actor.accountId,
    worker_name: ctx.actor.displayName,
    findings: input.findings,
    note: input.note === undefined ? null : seal(ctx.house.keys, input.note, `care_visit/${id}/note`),
    supporter_reminder: input.supporterReminder ?? false,
    latitude: input.place?.latitude ?? null,
    longitude: input.place?.longitude ?? null,
    accuracy: input.place?.accuracy ?? null,
    photo_ids: input.photoIds,
    voice_id: input.voiceId ?? null,
    signature_id: input.signatureId ?? null,
    flags,
    offline: ctx.device !== null,
    device_id: ctx.device,
    rule_version: decision.version,
    decision_id: decisionId,
    voided_on: null,
    void_reason: null,
    voided_by: null,
  };
  const mark = await newMark(ctx, stay, visit, on);
  const enrolment = stayAfter(stay, visit, on);
  const partEnd = partOf({ per: stay.per, min: stay.min_visits }, on).to;
  ctx.later((tx) => writeVisit(tx, visit, { enrolment, mark, fulfils: counts ? { on, partEnd } : null }));
  const bumps: Bump[] = mark ? markBumps(mark, 1) : [];
  bump(ctx, [...bumps, ...visitBump(visit, 1)]);
  await countOnce(ctx, mark, stay);
  if (other) openDuties(ctx, [dutyFor(stay, parallelDuty, { due: addDays(ctx.today, 7) })]);
  for (const part of parts)
    await part.visited?.(ctx, {
      id,
      personId: stay.person_id,
      home: stay.home_code,
      division: stay.division_code,
      label: stay.name,
      counts,
      input,
    });
  ctx.journal(
    counts ? "visit-recorded" : "visit-attempted",
    { kind: "person", id: stay.person_id, home: stay.home_code, division: stay.division_code },
    { visit: id, mode: input.mode, met: input.met, month: visit.month, offline: visit.offline },
  );
  return {
    id,
    counts,
    month: visit.month,
    next,
    visitedThisMonth: visitedInMonthOf(enrolment, ctx),
    flags,
    decisionId,
  };
}

/** What a visit adds to the visits of its month (探访人次): nothing when it is an attempt, or the second of two at once. */
export function visitBump(visit: VisitRow, delta: 1 | -1): Bump[] {
  if (!visit.counts || visit.parallel) return [];
  return [
    {
      indicator: visitsIndicator,
      home: visit.home_code,
      division: visit.recorded_division_code,
      period: visit.month,
      key: [visit.mode],
      delta,
    },
  ];
}

/** `visiting-care.record-visit`; the parts of the room hear of every visit. */
export function recordVisitHandlers(parts: readonly CarePart[]) {
  return [handle(recordVisit)((input, ctx) => record(ctx, input, parts))];
}
