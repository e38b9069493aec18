import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { Overseen } from "./oversight.store.ts";

/** Whether a training is recorded already, in this home. */
export async function trainingKnown(tx: Tx, id: string, careHome: string): Promise<boolean> {
  return (
    (await tx.maybe(sql`select 1 as known from equipment_training where care_home_id = ${careHome} and id = ${id}`)) !==
    undefined
  );
}

/** Digests of the people who were trained in a home. */
export async function knownTrainees(tx: Tx, careHome: string): Promise<Set<string>> {
  const rows = await tx.many<{ name_digest: string }>(
    sql`select name_digest from equipment_trainee where care_home_id = ${careHome}`,
  );
  return new Set(rows.map((row) => row.name_digest));
}

/** The most people of a home who were trained in its use at once. */
export async function mostAtOnce(tx: Tx, careHome: string): Promise<number> {
  const row = await tx.one<{ most: number }>(sql`
    select coalesce(max(people), 0)::integer as most from equipment_training where care_home_id = ${careHome} and topic <> 'first_aid'`);
  return row.most;
}

export interface NewTraining {
  readonly id: string;
  readonly on: string;
  readonly topic: "use" | "first_aid" | "both";
  readonly people: number;
  readonly trainer: string | null;
  readonly photoIds: readonly string[];
  readonly note: string | null;
  readonly trained: number;
  /** About using the equipment, not about first aid alone. */
  readonly use: boolean;
  readonly fresh: readonly { readonly id: string; readonly masked: string; readonly digest: string }[];
}

/** Adds a training, the people nobody had named before and the home's sum: an effect. */
export function insertTraining(ctx: Context, home: Overseen, training: NewTraining): void {
  ctx.later(async (tx) => {
    await Promise.all([
      tx.run(sql`
        insert into equipment_training (home_code, id, division_code, care_home_id, trained_on, topic, people, trainer, photo_ids, note, actor_id, recorded_at)
        values (${home.home_code}, ${training.id}, ${home.division_code}, ${home.id}, ${training.on}, ${training.topic}, ${training.people},
          ${training.trainer}, ${training.photoIds}::uuid[], ${training.note}, ${ctx.actor.accountId}, ${ctx.now})`),
      tx.run(sql`
        insert into equipment_trainee (home_code, id, division_code, care_home_id, training_id, name_masked, name_digest)
        select ${home.home_code}, id, ${home.division_code}, ${home.id}::uuid, ${training.id}::uuid, masked, digest
        from jsonb_to_recordset(${JSON.stringify(training.fresh)}::jsonb) as row (id uuid, masked text, digest text)`),
      tx.run(sql`
        update care_home set trained = ${training.trained},
          trained_on = case when ${training.use}::boolean then greatest(trained_on, ${training.on}::date) else trained_on end
        where home_code = ${home.home_code} and id = ${home.id}`),
    ]);
  });
}

/** Who was trained in a home, masked, in the order of the days. */
export async function traineesOf(tx: Tx, careHome: string) {
  return tx.many<{ id: string; name: string; on: string; topic: "use" | "first_aid" | "both" }>(sql`
    select person.id, person.name_masked as name, training.trained_on as on, training.topic
    from equipment_trainee as person join equipment_training as training on training.home_code = person.home_code and training.id = person.training_id
    where person.care_home_id = ${careHome} order by training.trained_on, person.id`);
}
