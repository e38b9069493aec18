import type { z } from "zod";
import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { contactKind } from "../people.shapes.ts";

/** Somebody to call for a person (联系人), phone masked. */
export interface ContactRow {
  readonly home_code: string;
  readonly id: string;
  readonly person_id: string;
  readonly kind: z.output<typeof contactKind>;
  readonly position: number;
  readonly name: string;
  readonly relation: string;
  readonly place: string;
  /** Masked; null when none is known. */
  readonly phone: string | null;
}

/** Contacts in the order in which to call, by person (联系人): emergency contacts, supporters, guardians, neighbours. */
export async function contactsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, ContactRow[]>> {
  const out = new Map<string, ContactRow[]>();
  if (ids.length === 0) return out;
  const rows = await tx.many<ContactRow>(sql`
    select contact.home_code, contact.id, contact.person_id, contact.kind, contact.position, contact.name, contact.relation, contact.place,
      sealed.masked as phone
    from person_contact as contact
    join person on person.home_code = contact.home_code and person.id = contact.person_id and person.state <> 'moved'
    left join sealed_field as sealed on sealed.home_code = contact.home_code and sealed.subject_id = contact.id and sealed.field = 'phone'
    where contact.person_id = any(${ids}::uuid[]) and contact.ended_on is null
    order by contact.person_id, case contact.kind when 'emergency' then 0 when 'guardian' then 1 when 'supporter' then 2 else 3 end, contact.position`);
  for (const row of rows) {
    const known = out.get(row.person_id);
    if (known) known.push(row);
    else out.set(row.person_id, [row]);
  }
  return out;
}

/** Sealed values under the actor's own scope, for those who may see them in clear. */
export async function sealedOf(
  tx: Tx,
  subjects: readonly string[],
  field: string,
): Promise<{ subject_id: string; home_code: string; division_code: string; sealed: string }[]> {
  if (subjects.length === 0) return [];
  return tx.many(sql`
    select subject_id, home_code, division_code, sealed from sealed_field where subject_id = any(${subjects}::uuid[]) and field = ${field}`);
}
