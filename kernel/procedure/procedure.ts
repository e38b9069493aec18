import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Actor, Context } from "../operation/context.ts";
import type { Facts } from "../operation/define.ts";
import { Refusal } from "../operation/errors.ts";
import type { Procedure, Transition } from "./define.ts";

/** A running or finished procedure as read from its table. */
export interface Instance {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly procedure: string;
  readonly version: string;
  readonly subject_id: string;
  readonly organisation_id: string | null;
  readonly unit_id: string | null;
  readonly state: string;
  readonly data: Record<string, unknown>;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

/** Something that must exist before an act may happen (缺项); its sentence stands in the module's words. */
export interface Missing {
  readonly code: string;
  readonly facts?: Facts;
}

/** Looks for what is missing before an act. Reads only. Used by the act itself and by the page that greys its button. */
export type Guard = (input: {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly today: string;
  readonly instance: Instance;
}) => Promise<Missing[]>;

/** Steps taken so far, oldest first: transition and actor, for the separation of hands. */
async function actorsOf(tx: Tx, instance: Instance): Promise<{ transition: string; actor_id: string | null }[]> {
  return tx.many(sql`
    select transition, actor_id from procedure_step
    where instance_id = ${instance.id} and home_code = ${instance.home_code} order by at, id`);
}

/** Why an actor may not take a transition now; empty = may. The same answer greys the button and refuses the act. */
export async function obstacles(
  tx: Tx,
  actor: Actor,
  today: string,
  procedure: Procedure,
  act: string,
  instance: Instance,
  guard?: Guard,
): Promise<Missing[]> {
  const transition = procedure.transitions[act];
  if (!transition) throw new Error(`unknown transition ${procedure.id}/${act}`);
  if (!transition.from.includes(instance.state))
    return [{ code: "procedure/wrong-state", facts: { state: instance.state, from: transition.from } }];
  if (actor.role !== "system" && !transition.who.includes(actor.role))
    return [{ code: "procedure/wrong-role", facts: { roles: transition.who } }];
  const out: Missing[] = [];
  if (transition.notBy && actor.accountId) {
    const steps = await actorsOf(tx, instance);
    const mine = steps.find((step) => transition.notBy?.includes(step.transition) && step.actor_id === actor.accountId);
    if (mine) out.push({ code: "procedure/same-hand", facts: { earlier: mine.transition } });
  }
  if (guard) out.push(...(await guard({ tx, actor, today, instance })));
  return out;
}

/** What a step leaves behind for the timeline. */
export interface StepRecord {
  readonly document?: string;
  readonly decision?: string;
  /** Facts for the timeline, without personal data. */
  readonly note?: Facts;
  /** Changes to the procedure's own data. */
  readonly data?: Record<string, unknown>;
  readonly law?: Transition["law"];
  /** Goes to another state than declared `to`, among the procedure's states (a conclusion with several outcomes). */
  readonly to?: string;
}

/** Who and what a new instance is about. */
export interface NewInstance {
  readonly home: string;
  readonly division: string;
  readonly subject: string;
  readonly organisation?: string | null;
  readonly unit?: string | null;
  readonly data?: Record<string, unknown>;
}

function stepStatement(
  ctx: Context,
  instance: Instance,
  act: string,
  transition: Transition,
  from: string | null,
  to: string,
  record: StepRecord,
) {
  return sql`
    insert into procedure_step (home_code, id, division_code, instance_id, subject_id, organisation_id, unit_id, transition, from_state,
      to_state, at, actor_id, actor_label, law, document_id, decision_id, note)
    values (${instance.home_code}, ${ctx.newId()}, ${instance.division_code}, ${instance.id}, ${instance.subject_id}, ${instance.organisation_id},
      ${instance.unit_id}, ${act}, ${from}, ${to}, ${ctx.now}, ${ctx.actor.accountId}, ${actorLabel(ctx.actor)},
      ${JSON.stringify(record.law ?? transition.law)}, ${record.document ?? null}, ${record.decision ?? null}, ${JSON.stringify(record.note ?? {})})`;
}

/** Role and place of an actor, as it stands in steps and journal: no personal name. */
export function actorLabel(actor: Actor): string {
  return `${actor.role}@${actor.division ?? actor.organisation ?? actor.unit ?? actor.home}`;
}

/** Opens a procedure by its opening act and answers the instance (启动程序). */
export function openProcedure(
  ctx: Context,
  procedure: Procedure,
  act: string,
  about: NewInstance,
  record: StepRecord = {},
): Instance {
  const transition = procedure.transitions[act];
  if (!transition?.from.includes("")) throw new Error(`${procedure.id}/${act} does not open the procedure`);
  const to = record.to ?? transition.to;
  const instance: Instance = {
    home_code: about.home,
    id: ctx.newId(),
    division_code: about.division,
    procedure: procedure.id,
    version: procedure.version,
    subject_id: about.subject,
    organisation_id: about.organisation ?? null,
    unit_id: about.unit ?? null,
    state: to,
    data: { ...about.data, ...record.data },
    opened_at: ctx.now,
    closed_at: procedure.final.includes(to) ? ctx.now : null,
  };
  ctx.later(async (tx) => {
    await Promise.all([
      tx.run(sql`
      insert into procedure_instance (home_code, id, division_code, procedure, version, subject_id, organisation_id, unit_id, state, data, opened_at, closed_at)
      values (${instance.home_code}, ${instance.id}, ${instance.division_code}, ${instance.procedure}, ${instance.version}, ${instance.subject_id},
        ${instance.organisation_id}, ${instance.unit_id}, ${instance.state}, ${JSON.stringify(instance.data)}, ${instance.opened_at}, ${instance.closed_at})`),
      tx.run(stepStatement(ctx, instance, act, transition, null, to, record)),
    ]);
  });
  return instance;
}

/**
 * Takes a transition (推进程序) or refuses with the missing items named. The row is re-checked when written: of two
 * concurrent acts on one instance exactly one happens, the other is refused with `procedure/wrong-state`.
 */
export async function takeTransition(
  ctx: Context,
  procedure: Procedure,
  act: string,
  instance: Instance,
  record: StepRecord = {},
  guard?: Guard,
): Promise<Instance> {
  const transition = procedure.transitions[act];
  if (!transition) throw new Error(`unknown transition ${procedure.id}/${act}`);
  const missing = await obstacles(ctx.tx, ctx.actor, ctx.today, procedure, act, instance, guard);
  if (missing.length > 0) {
    const first = missing[0] as Missing;
    throw new Refusal("procedure/not-possible", first.code === "procedure/wrong-role" ? 403 : 409, {
      procedure: procedure.id,
      act,
      missing,
    });
  }
  const to = record.to ?? transition.to;
  if (!procedure.states.includes(to)) throw new Error(`unknown state ${to} of ${procedure.id}`);
  const next: Instance = {
    ...instance,
    state: to,
    data: { ...instance.data, ...record.data },
    closed_at: procedure.final.includes(to) ? ctx.now : null,
  };
  ctx.later(async (tx) => {
    const [touched] = await Promise.all([
      tx.run(sql`
        update procedure_instance set state = ${to}, data = ${JSON.stringify(next.data)}, closed_at = ${next.closed_at}
        where home_code = ${instance.home_code} and id = ${instance.id} and state = ${instance.state}`),
      tx.run(stepStatement(ctx, instance, act, transition, instance.state, to, record)),
    ]);
    if (touched !== 1)
      throw new Refusal("procedure/not-possible", 409, {
        procedure: procedure.id,
        act,
        missing: [{ code: "procedure/wrong-state" }],
      });
  });
  return next;
}

/** Reads one instance under the actor's own scope. */
export async function findInstance(tx: Tx, id: string): Promise<Instance | undefined> {
  return tx.maybe<Instance>(sql`select * from procedure_instance where id = ${id}`);
}

/** The newest instance of a procedure over a subject. */
export async function latestInstance(tx: Tx, procedure: Procedure, subject: string): Promise<Instance | undefined> {
  return tx.maybe<Instance>(sql`
    select * from procedure_instance where subject_id = ${subject} and procedure = ${procedure.id} order by opened_at desc, id desc limit 1`);
}
