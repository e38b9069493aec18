import { cite, law } from "../regulations/law.rules.ts";
import { holds } from "../rule/condition.ts";
import { flag, num, str } from "../rule/facts.ts";
import { type AnyRule, defineRule } from "../rule/rule.ts";

/** What is asked about a visit that was recorded without network; every field may be missing. */
export interface OfflineVisitFacts {
  /** When it was made and when it arrived, local time of Shanghai. */
  readonly made?: string;
  readonly synced?: string;
  readonly same_visit_two_devices?: boolean;
  readonly device_clock_ahead_minutes?: number;
  readonly person_closed_while_offline?: boolean;
  readonly visit_time_before_closing?: boolean;
  readonly record_signed_by?: string;
  readonly unsynced_days?: number;
}

export interface OfflineVisitOutput {
  /** Month the visit counts for. */
  readonly month?: string;
  readonly kept?: boolean | string;
  /** A person looks at it before it counts. */
  readonly held?: boolean;
  readonly counted?: number;
  /** The phone's clock is not taken at its word. */
  readonly flag?: boolean;
  readonly rejected?: boolean;
  readonly alert?: boolean;
  readonly local_data_expires?: string;
}

/**
 * A visit recorded without network (离线探访): it counts when it was made, not when it arrived; nothing signed is ever
 * lost; what two phones recorded stays as two versions and counts once; a phone that is silent too long is a case for people.
 */
const offlineVisit = defineRule<OfflineVisitFacts, OfflineVisitOutput>({
  id: "sync.visit",
  versions: [
    {
      from: law.personalInformation.effectiveFrom,
      citations: [
        cite(law.personalInformation, "8"),
        cite(law.personalInformation, "19"),
        cite(law.personalInformation, "51"),
      ],
      decide: (facts, tools) => {
        const made = str(facts.made);
        const month = made && /^\d{4}-(0[1-9]|1[0-2])/.test(made) ? made.slice(0, 7) : undefined;
        const ahead = num(facts.device_clock_ahead_minutes);
        const silent = num(facts.unsynced_days);
        const signed = str(facts.record_signed_by);
        const closed = flag(facts.person_closed_while_offline) === true;
        const limit = Number(tools.setting("sync.drift-minutes"));
        const keep = Number(tools.setting("sync.keep-days"));
        const overdue =
          silent !== undefined &&
          holds(tools, "unsynced_days", silent, ">=", keep, {
            law: cite(law.personalInformation, "19"),
            setting: "sync.keep-days",
          });
        return {
          ...(month ? { month } : {}),
          ...(flag(facts.same_visit_two_devices) ? { kept: "both as versions", counted: 1 } : {}),
          ...(ahead === undefined
            ? {}
            : {
                flag: holds(tools, "device_clock_ahead_minutes", Math.abs(ahead), ">", limit, {
                  law: cite(law.personalInformation, "8"),
                  setting: "sync.drift-minutes",
                }),
              }),
          ...(closed ? { kept: true } : {}),
          ...(closed && flag(facts.visit_time_before_closing) === false ? { held: true } : {}),
          ...(signed
            ? {
                rejected: holds(tools, "record_signed_by", signed, "=", "unknown worker", {
                  law: cite(law.personalInformation, "51"),
                }),
              }
            : {}),
          ...(silent === undefined ? {} : { alert: overdue, local_data_expires: overdue ? "yes after upload" : "no" }),
        };
      },
    },
  ],
});

export const rules: readonly AnyRule[] = [offlineVisit];

/** When an act happened, as far as the phone's clock can be trusted (发生时间). */
export interface HappenedAt {
  readonly at: Date;
  /** Minutes the phone was ahead, when `at` is not what the phone said; else null. */
  readonly drift: number | null;
}

/** Minutes the phone's clock is ahead of the server's (时钟偏差): how late the request travelled cannot be told apart from it. */
export function driftMinutes(sentAt: string, now: Date): number {
  return Math.round((Date.parse(sentAt) - now.getTime()) / 60_000);
}

/**
 * Corrects what the phone said by its drift when that is more than `limit` minutes; an act is never in the future. What
 * cannot be read as a time counts as now and is flagged.
 */
export function happenedAt(said: string, drift: number, limit: number, now: Date): HappenedAt {
  const told = Date.parse(said);
  if (Number.isNaN(told)) return { at: now, drift };
  const wrong = Math.abs(drift) > limit;
  const at = told - (wrong ? drift * 60_000 : 0);
  if (at > now.getTime()) return { at: now, drift };
  return { at: new Date(at), drift: wrong ? drift : null };
}
