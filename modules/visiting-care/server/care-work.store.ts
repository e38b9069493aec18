import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/**
 * Lets what was begun for a person follow to another village of the county (随人迁移): whoever cares there sees it. Where it
 * is counted stays. As the system role; a filed emergency changes its place in lists only, nothing of its record.
 */
export async function moveWork(tx: Tx, home: string, person: string, division: string): Promise<void> {
  await tx.run(sql`
    update emergency_step as step set division_code = ${division} from emergency
    where emergency.home_code = ${home} and emergency.person_id = ${person} and step.home_code = emergency.home_code and step.emergency_id = emergency.id`);
  await tx.run(
    sql`update emergency set division_code = ${division} where home_code = ${home} and person_id = ${person}`,
  );
  await tx.run(
    sql`update referral set division_code = ${division} where home_code = ${home} and person_id = ${person}`,
  );
  await tx.run(
    sql`update supporter_reminder set division_code = ${division} where home_code = ${home} and person_id = ${person}`,
  );
  await tx.run(sql`
    update monitor_signal as signal set division_code = ${division} from monitor
    where monitor.home_code = ${home} and monitor.person_id = ${person} and signal.home_code = monitor.home_code and signal.monitor_id = monitor.id`);
  await tx.run(sql`update monitor set division_code = ${division} where home_code = ${home} and person_id = ${person}`);
}
