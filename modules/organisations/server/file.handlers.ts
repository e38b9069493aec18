import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import type { Procedure } from "../../../kernel/procedure/define.ts";
import { type Instance, type Missing, obstacles } from "../../../kernel/procedure/procedure.ts";
import { versionOn } from "../../../kernel/register/register.ts";
import { law } from "../../../kernel/regulations/law.rules.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { maskedFields } from "../../../kernel/vault/fields.ts";
import { getOrganisation, getStanding, getTimeline } from "../organisations.contract.ts";
import type { Grade, Kind, Listing, Status } from "../organisations.facts.ts";
import { change, deregistration, revocation, suspension } from "../organisations.procedures.ts";
import { confirmationsOf, dutiesOf, instancesOf, officersOf } from "./file.queries.ts";
import { guards, procedureById, roleObstacle } from "./guards.ts";
import { newRow, type OrganisationRow } from "./organisation.row.ts";
import { factsOf, missingFacts } from "./organisations.queries.ts";
import { findByCode, loadOrganisation } from "./organisations.store.ts";
import { register } from "./register.ts";
import { citationsOf, timelineOf, traceOf } from "./timeline.ts";

/** The acts of a procedure that begin at its present state, each with what stands in its way (可办事项). */
export async function actsOf(ctx: Context<never>, procedure: Procedure, instance: Instance) {
  const acts = [];
  for (const [name, transition] of Object.entries(procedure.transitions)) {
    if (!transition.from.includes(instance.state) || transition.who.length === 0) continue;
    const missing = await obstacles(
      ctx.tx,
      ctx.actor,
      ctx.today,
      procedure,
      name,
      instance,
      guards[`${procedure.id}/${name}`],
    );
    acts.push({
      act: name,
      operation: transition.operation,
      legalEffect: transition.legalEffect === true,
      law: citationsOf(transition.law),
      obstacles: missing.map(missingOf),
    });
  }
  return acts;
}

export function missingOf(one: Missing) {
  return { code: one.code, ...(one.facts ? { facts: { ...one.facts } } : {}) };
}

/** What may be begun for an organisation, with what stands in its way. */
function startsOf(ctx: Context<never>, row: OrganisationRow, running: readonly Instance[], own: boolean) {
  const open = (procedure: Procedure) =>
    running.some((one) => one.procedure === procedure.id && one.closed_at === null);
  const alive = (...states: Status[]): Missing[] =>
    states.includes(row.status)
      ? []
      : [{ code: "organisations/not-alive", facts: { name: row.name, status: row.status } }];
  const offers: { procedure: Procedure; act: string; states: Status[]; extra: Missing[] }[] = [
    {
      procedure: change,
      act: "apply",
      states: ["registered"],
      extra: open(change) ? [{ code: "organisations/change-already-running", facts: { name: row.name } }] : [],
    },
    {
      procedure: deregistration,
      act: "begin-liquidation",
      states: ["registered", "suspended"],
      extra: open(deregistration) ? [{ code: "organisations/already-ending", facts: { name: row.name } }] : [],
    },
    ...(row.kind === "social_group" && ctx.today >= law.socialGroups2026.effectiveFrom
      ? [
          {
            procedure: deregistration as Procedure,
            act: "demand",
            states: ["registered", "suspended"] as Status[],
            extra: open(deregistration) ? [{ code: "organisations/already-ending", facts: { name: row.name } }] : [],
          },
        ]
      : []),
    { procedure: suspension, act: "suspend", states: ["registered"], extra: [] },
    {
      procedure: revocation,
      act: "notify",
      states: ["registered", "suspended", "liquidating"],
      extra: open(revocation) ? [{ code: "organisations/revocation-running", facts: { name: row.name } }] : [],
    },
  ];
  if (row.kind === "community_organisation") return [];
  return offers.map(({ procedure, act, states, extra }) => {
    const transition = procedure.transitions[act];
    if (!transition) throw new Error(`unknown transition ${procedure.id}/${act}`);
    const staffElsewhere = ctx.actor.scope.kind === "staff" && !own;
    return {
      procedure: procedure.id,
      act,
      operation: transition.operation,
      legalEffect: transition.legalEffect === true,
      law: citationsOf(transition.law),
      obstacles: [
        ...roleObstacle(ctx.actor, transition.who),
        ...(staffElsewhere ? [{ code: "organisations/not-your-register", facts: { name: row.name } }] : []),
        ...alive(...states),
        ...extra,
      ].map(missingOf),
    };
  });
}

/** The row as a stored version remembers it. */
function rowAsOf(row: OrganisationRow, body: Record<string, unknown>, version: number): OrganisationRow {
  const state = body as Partial<OrganisationRow> & Pick<OrganisationRow, "name" | "kind" | "status" | "division_code">;
  return newRow({
    ...state,
    home_code: row.home_code,
    id: row.id,
    name_key: pinyinKey(state.name),
    version,
    updated_at: row.updated_at,
  });
}

const get = handle(getOrganisation)(async ({ id, code, asOf }, ctx) => {
  const row = id ? await loadOrganisation(ctx.tx, id) : await findByCode(ctx.tx, (code ?? "").toUpperCase());
  if (!row) return ctx.fail("organisations/not-found", { id: id ?? code });
  let shown = row;
  if (asOf) {
    const version = await versionOn(ctx.tx, register, row.id, asOf);
    if (!version) return ctx.fail("organisations/did-not-exist-then", { name: row.name, on: asOf });
    shown = rowAsOf(row, version.body, version.version);
  }
  const own = row.home_code === ctx.actor.home;
  const unit = ctx.actor.scope.kind === "unit";
  const [trace, instances, officers, confirmations, duties] = await Promise.all([
    traceOf(ctx.tx, ctx.actor, row.id),
    instancesOf(ctx.tx, row.id),
    officersOf(ctx.tx, row.id),
    unit ? [] : confirmationsOf(ctx.tx, row.id),
    dutiesOf(ctx.tx, row.id),
  ]);
  // Supervisory units have no business with personal numbers, not even masked ones.
  const masked =
    unit || officers.length === 0
      ? new Map<string, Record<string, string>>()
      : await maskedFields(
          ctx.tx,
          officers.map((one) => one.id),
        );
  const procedures = [];
  for (const instance of instances) {
    const procedure = procedureById(instance.procedure);
    const acts = procedure && instance.closed_at === null ? await actsOf(ctx, procedure, instance) : [];
    procedures.push({
      id: instance.id,
      procedure: instance.procedure,
      version: instance.version,
      subjectId: instance.subject_id,
      state: instance.state,
      openedAt: instance.opened_at.toISOString(),
      closedAt: instance.closed_at?.toISOString() ?? null,
      acts,
    });
  }
  const day = asOf ?? ctx.today;
  const then = (from: string, until?: string | null) => !asOf || (from <= day && (!until || until > day));
  return {
    organisation: factsOf(shown),
    own,
    asOf: asOf ?? null,
    missingFacts: missingFacts(shown),
    names: trace.names.map((one) => ({
      name: one.name,
      from: one.used_from,
      to: one.used_to,
      precision: one.precision,
    })),
    officers: officers
      .filter((one) => then(one.term_from, one.left_on ?? one.term_to))
      .map((one) => ({
        id: one.id,
        name: one.name,
        post: one.post,
        fullTime: one.full_time,
        civilServant: one.civil_servant,
        otherPosts: one.other_posts,
        termFrom: one.term_from,
        termTo: one.term_to,
        terms: one.terms,
        leftOn: one.left_on,
        barsCheckedOn: one.bars_checked_on,
        bars: [...one.bars],
        masked: masked.get(one.id) ?? {},
      })),
    meetings: trace.meetings
      .filter((one) => then(one.held_on))
      .map((one) => ({
        id: one.id,
        body: one.body,
        heldOn: one.held_on,
        matter: one.matter,
        subject: one.subject,
        entitled: one.entitled,
        present: one.present,
        yes: one.yes,
        quorum: one.quorum,
        passed: one.passed,
        decisionId: one.decision_id,
        fileId: one.file_id,
      })),
    charters: trace.charters
      .filter((one) => then(one.adopted_on))
      .map((one) => ({
        version: one.version,
        adoptedOn: one.adopted_on,
        approvedOn: one.approved_on,
        summary: one.summary,
        fileId: one.file_id,
      })),
    confirmations: confirmations.map((one) => ({
      year: one.year,
      confirmedOn: one.confirmed_on,
      active: one.active,
      members: one.members,
      note: one.note,
    })),
    procedures,
    starts: asOf ? [] : startsOf(ctx, row, instances, own),
    duties: duties.map((one) => ({
      id: one.id,
      kind: one.kind,
      dueOn: one.due_on,
      holder: one.holder,
      link: one.link,
    })),
    documents: trace.documents
      .filter((one) => then(one.issued_on))
      .map((one) => ({
        id: one.id,
        title: one.title,
        number: one.number,
        issuedOn: one.issued_on,
        void: one.void_at !== null,
      })),
    timeline: timelineOf(trace).filter((one) => then(one.on)),
  };
});

const timeline = handle(getTimeline)(async ({ id }, ctx) => {
  const row = await loadOrganisation(ctx.tx, id);
  if (!row) return ctx.fail("organisations/not-found", { id });
  return { items: timelineOf(await traceOf(ctx.tx, ctx.actor, row.id)) };
});

const standing = handle(getStanding)(async ({ id, on, knownAt }, ctx) => {
  const row = await loadOrganisation(ctx.tx, id);
  if (!row) return ctx.fail("organisations/not-found", { id });
  const known = knownAt ? new Date(knownAt) : undefined;
  const version = await versionOn(ctx.tx, register, id, on, known);
  const none = {
    on,
    name: null,
    kind: null,
    status: null,
    grade: null,
    listing: null,
    legalRepresentative: null,
    domicile: null,
    version: null,
    validFrom: null,
    recordedAt: null,
    cause: null,
  };
  if (!version) return { ...none, existed: false, corrected: false };
  const { body } = version;
  const now = known ? await versionOn(ctx.tx, register, id, on) : version;
  return {
    on,
    existed: !["deregistered", "revoked", "annulled", "withdrawn"].includes(String(body.status)),
    name: String(body.name),
    kind: body.kind as Kind,
    status: body.status as Status,
    grade: (body.grade as Grade | undefined) ?? null,
    listing: (body.listing as Listing | undefined) ?? "none",
    legalRepresentative: (body.legal_representative as string | undefined) ?? null,
    domicile: (body.domicile as string | undefined) ?? null,
    version: version.version,
    validFrom: version.valid_from,
    recordedAt: version.recorded_at.toISOString(),
    cause: version.cause,
    corrected: now?.version !== version.version,
  };
});

export const fileHandlers = [get, timeline, standing] as const;
