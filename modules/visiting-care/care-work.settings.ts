import { defineSetting } from "../../kernel/settings/declare.ts";

const since = "2022-10-20";

function minutes(id: string, title: string, value: number, max = 24 * 60) {
  return defineSetting({ id, title, unit: "minutes", basis: "rule", versions: [{ from: since, value }], min: 1, max });
}

/** Dated settings of the work around visits (应急、转介、监测参数): practice leaves these numbers to the place. */
export const careWorkSettings = [
  minutes("visiting-care.minutes-call-rescue", "minutesCallRescue", 5),
  minutes("visiting-care.minutes-call-family", "minutesCallFamily", 10),
  minutes("visiting-care.minutes-stay", "minutesStay", 15),
  minutes("visiting-care.minutes-notify-community", "minutesNotifyCommunity", 30),
  minutes("visiting-care.escalate-minutes", "escalateMinutes", 10),
  defineSetting({
    id: "visiting-care.file-hours",
    title: "fileHours",
    unit: "hours",
    basis: "rule",
    versions: [{ from: since, value: 24 }],
    min: 1,
    max: 240,
  }),
  defineSetting({
    id: "visiting-care.epidemic-control",
    title: "epidemicControl",
    unit: "yes-no",
    basis: "local",
    versions: [{ from: since, value: false }],
  }),
  defineSetting({
    id: "visiting-care.referral-days",
    title: "referralDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: since, value: 15 }],
    min: 1,
    max: 180,
  }),
  defineSetting({
    id: "visiting-care.referral-seen-days",
    title: "referralSeenDays",
    unit: "days",
    basis: "rule",
    versions: [{ from: since, value: 7 }],
    min: 1,
    max: 60,
  }),
  minutes("visiting-care.monitor-silent-minutes", "monitorSilentMinutes", 120, 7 * 24 * 60),
  minutes("visiting-care.signal-window-minutes", "signalWindowMinutes", 5, 60),
] as const;
