import type { z } from "zod";
import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { need } from "../visiting-care.shapes.ts";
import { referralDuty } from "./care-work.duties.ts";
import { bumpNeeds } from "./figures.indicators.ts";
import { insertReferrals, type ReferralRow } from "./referral.store.ts";

/** What somebody needs (需求), found on a visit or told otherwise. */
export interface Need {
  readonly kind: z.output<typeof need>;
  readonly text?: string | undefined;
  /** Made by the phone when the need was entered by itself. */
  readonly id?: string | undefined;
}

/** Where a need was found. */
export interface NeedOf {
  readonly home: string;
  readonly division: string;
  readonly personId: string;
  readonly visitId: string | null;
  /** Name of the person, for the duty. */
  readonly label: string;
  readonly needs: readonly Need[];
}

/** Console path of a referral. */
export const referralLink = (id: string) => `/care/referrals/${id}`;

/** Opens a referral with its term and duty for each need (转介需求); the rows are written with the command's effects. */
export function openReferrals(ctx: Context, of: NeedOf): ReferralRow[] {
  const on = dateInShanghai(ctx.happenedAt);
  const days = Number(ctx.house.settings.on("visiting-care.referral-days", on, of.division));
  const rows: ReferralRow[] = of.needs.map((one) => ({
    home_code: of.home,
    id: one.id ?? ctx.newId(),
    division_code: of.division,
    recorded_division_code: of.division,
    person_id: of.personId,
    visit_id: of.visitId,
    kind: one.kind,
    note: one.text ?? null,
    state: "open",
    worker_id: ctx.actor.accountId,
    opened_at: ctx.happenedAt,
    opened_on: on,
    due_on: addDays(on, days),
    taken_by: null,
    organisation_id: null,
    taken_on: null,
    outcome: null,
    result: null,
    settled_on: null,
    seen_on: null,
  }));
  if (rows.length === 0) return rows;
  ctx.later((tx) => insertReferrals(tx, rows));
  openDuties(
    ctx,
    rows.map((row) => ({
      kind: referralDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: of.label,
      link: referralLink(row.id),
      due: row.due_on,
    })),
  );
  bumpNeeds(ctx, [], rows);
  return rows;
}
