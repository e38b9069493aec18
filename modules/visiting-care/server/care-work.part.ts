import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import { censusRegister } from "../campaign.documents.ts";
import { emergencyRecord } from "../emergency.documents.ts";
import { supporterLetter } from "../referral.documents.ts";
import { campaignHandlers } from "./campaign.handlers.ts";
import { alarmDuty, careWorkDuties, deathDuty, remindDuty, silentDuty } from "./care-work.duties.ts";
import { moveWork } from "./care-work.store.ts";
import { emergencyHandlers } from "./emergency.handlers.ts";
import { escalationHandlers, escalationJob } from "./emergency.jobs.ts";
import { emergenciesOf } from "./emergency.queries.ts";
import { exportHandlers } from "./export.handlers.ts";
import { figureHandlers } from "./figures.handlers.ts";
import { careWorkIndicators, careWorkRecounts } from "./figures.indicators.ts";
import { monitorHandlers, monitorJob } from "./monitor.handlers.ts";
import { retireOf } from "./monitor.store.ts";
import { closingJob, monthHandlers } from "./month.handlers.ts";
import type { CarePart } from "./part.ts";
import { referralHandlers } from "./referral.handlers.ts";
import { referralsOf } from "./referral.store.ts";
import { openReferrals } from "./referral.ts";

/** Days within which a supporter is reminded after a visit asked for it. */
const REMIND_DAYS = 7;

/** The work around visits (探访之外的工作): emergencies, referrals, censuses, devices, exports, figures and months. */
export const careWorkPart: CarePart = {
  handlers: [
    ...emergencyHandlers,
    ...escalationHandlers,
    ...referralHandlers,
    ...campaignHandlers,
    ...monitorHandlers,
    ...exportHandlers,
    ...figureHandlers,
    ...monthHandlers,
  ],
  duties: careWorkDuties,
  indicators: careWorkIndicators,
  recounts: careWorkRecounts,
  jobs: [escalationJob, monitorJob, closingJob],
  templates: [emergencyRecord, supporterLetter, censusRegister],
  visited(ctx, visit) {
    const of = { home: visit.home, division: visit.division, personId: visit.personId, label: visit.label };
    openReferrals(ctx, { ...of, visitId: visit.id, needs: visit.input.needs });
    if (visit.input.met === "person" || visit.input.met === "carer")
      fulfilDuty(ctx, alarmDuty, visit.home, visit.personId);
    if (!visit.input.supporterReminder) return;
    cancelDuty(ctx, remindDuty, visit.home, visit.personId, "asked-again");
    openDuties(ctx, [
      {
        kind: remindDuty,
        home: visit.home,
        division: visit.division,
        subject: visit.personId,
        label: visit.label,
        assignee: ctx.actor.accountId,
        link: `/care/people/${visit.personId}`,
        due: addDays(dateInShanghai(ctx.happenedAt), REMIND_DAYS),
      },
    ]);
  },
  async onPage(ctx, person) {
    const [referrals, emergencies] = await Promise.all([
      referralsOf(ctx.tx, person, 50),
      emergenciesOf(ctx.tx, person, 50),
    ]);
    const open = ctx.actor.role !== "auditor";
    return {
      emergencies,
      referrals: referrals.map((row) => ({
        id: row.id,
        kind: row.kind,
        text: open ? row.note : null,
        state: row.state,
        openedOn: row.opened_on,
        result: open ? row.result : null,
      })),
    };
  },
  events: {
    // Inside the county the work goes along; another county begins anew, and what was begun here is ended here.
    async moved(ctx, before, after) {
      const gone = before.home_code !== after.home_code;
      if (gone) {
        for (const kind of [alarmDuty, remindDuty]) cancelDuty(ctx, kind, before.home_code, before.id, "moved");
        ctx.later(async (tx) => void (await retireOf(tx, before.home_code, before.id, ctx.now, "moved")));
      } else ctx.later((tx) => moveWork(tx, after.home_code, after.id, after.division_code));
    },
    // Somebody has confirmed the death, or the person has left: nothing more is to be proposed or listened for.
    async ended(ctx, person, ground) {
      for (const kind of [deathDuty, alarmDuty, remindDuty])
        if (kind === deathDuty && ground === "deceased") fulfilDuty(ctx, kind, person.home_code, person.id);
        else cancelDuty(ctx, kind, person.home_code, person.id, ground);
      ctx.later(async (tx) => {
        for (const id of await retireOf(tx, person.home_code, person.id, ctx.now, ground))
          cancelDuty(ctx, silentDuty, person.home_code, id, ground);
      });
    },
  },
};
