import { redirect } from "react-router";
import { call } from "../../../apps/web/client.ts";
import { type ActInWords, inBoth, type WebModule } from "../../../apps/web/web-module.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import { get as getRegistered } from "../../people/index.ts";
import { listCampaigns } from "../campaign.contract.ts";
import { careWorkWords } from "../care-work.words.ts";
import { listEmergencies } from "../emergency.contract.ts";
import { callExtraVisits } from "../enrolment.contract.ts";
import { listExports } from "../export.contract.ts";
import { monthReport } from "../figures.contract.ts";
import { listMonitors } from "../monitor.contract.ts";
import { careNames } from "../names.words.ts";
import { listReferrals } from "../referral.contract.ts";
import { words as moduleWords } from "../visiting-care.words.ts";
import { getPerson, listPeople, listVisits, monthlyRate } from "../visits.contract.ts";
import { words } from "./care.web.words.ts";
import { words as workWords } from "./care-work.web.words.ts";

const both = inBoth(words);
const work = inBoth(workWords);

/** The menu of a role keeps to seven entries: readers find everything of care under one. */
const readers = (who: readonly string[]) => (["decider", "auditor"] as const).filter((role) => who.includes(role));

type Input = Readonly<Record<string, unknown>>;

/** An act recorded on a phone as the officer reads it who settles it (离线操作). */
function described(
  fields: readonly (keyof (typeof words)["zh"]["fields"])[],
): (input: Input, locale: Locale) => ActInWords {
  return (input, locale) => {
    const w = words[locale];
    const c = careNames[locale];
    const tables: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      mode: c.modes,
      met: c.met,
      risk: c.risks,
      found: c.found,
      kind: c.needs,
    };
    const say = (field: string, value: unknown): string => {
      const known = typeof value === "string" ? tables[field]?.[value] : undefined;
      if (typeof known === "string") return known;
      if (Array.isArray(value))
        return value
          .map((one: Input) =>
            [
              typeof one.code === "string" ? (c.findings as Readonly<Record<string, string>>)[one.code] : "",
              typeof one.level === "string" ? (c.levels as Readonly<Record<string, string>>)[one.level] : "",
              typeof one.kind === "string" ? (c.needs as Readonly<Record<string, string>>)[one.kind] : "",
              typeof one.text === "string" ? one.text : "",
            ]
              .filter(Boolean)
              .join(" "),
          )
          .join(locale === "zh" ? "、" : ", ");
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    };
    const { personId } = input;
    return {
      facts: fields
        .map((field) => ({ term: w.fields[field], value: say(field, input[field]) }))
        .filter((one) => one.value !== ""),
      labels: w.fields,
      ...(typeof personId === "string"
        ? {
            to: `/care/${personId}`,
            // The register knows those too who are only proposed.
            whose: async (signal: AbortSignal) => (await call(getRegistered, { id: personId }, { signal })).name,
          }
        : {}),
    };
  };
}

/** A step of an emergency: the emergency is its file. */
function step(input: Input, locale: Locale): ActInWords {
  const c = careNames[locale].steps as Readonly<Record<string, string>>;
  const w = workWords[locale];
  return {
    facts: [
      { term: w.fields.step, value: c[String(input.step)] ?? "" },
      { term: w.fields.who, value: String(input.who ?? "") },
      { term: w.fields.note, value: String(input.note ?? "") },
    ].filter((one) => one.value !== ""),
    labels: w.fields,
    ...(typeof input.emergencyId === "string" ? { to: `/care/emergencies/${input.emergencyId}` } : {}),
  };
}

/** Pages of visiting care (探访关爱). */
export const visitingCareWeb: WebModule = {
  id: "visiting-care",
  routes: [
    { path: "care", lazy: () => import("./care-list.page.tsx") },
    // Figures and duties name the room's people in full; the page itself stands at the shorter address.
    { path: "care/people", loader: ({ request }) => redirect(`/care${new URL(request.url).search}`) },
    { path: "care/people/:id", loader: ({ params }) => redirect(`/care/${params.id}`) },
    { path: "care/visits", lazy: () => import("./visits-list.page.tsx") },
    { path: "care/referrals/:id", lazy: () => import("./referrals.page.tsx") },
    { path: "care/board", lazy: () => import("./board.page.tsx") },
    { path: "care/report", lazy: () => import("./report.page.tsx") },
    { path: "care/workers", lazy: () => import("./workers.page.tsx") },
    { path: "care/extra", lazy: () => import("./extra.page.tsx") },
    { path: "care/campaigns", lazy: () => import("./campaigns.page.tsx") },
    { path: "care/campaigns/:id", lazy: () => import("./campaign-file.page.tsx") },
    { path: "care/emergencies", lazy: () => import("./emergencies.page.tsx") },
    { path: "care/emergencies/:id", lazy: () => import("./emergency-file.page.tsx") },
    { path: "care/referrals", lazy: () => import("./referrals.page.tsx") },
    { path: "care/monitors", lazy: () => import("./monitors.page.tsx") },
    { path: "care/exports", lazy: () => import("./exports.page.tsx") },
    { path: "care/:id", lazy: () => import("./care-file.page.tsx") },
  ],
  pages: [
    { work: "mine", to: "/care", title: both((w) => w.list.mine), who: ["worker"] },
    { work: "mine", to: "/care/referrals", title: work((w) => w.referrals.title), who: ["worker"] },
    { work: "mine", to: "/care/campaigns", title: work((w) => w.campaigns.title), who: ["worker"] },
    { work: "mine", to: "/care/monitors", title: work((w) => w.monitors.title), who: ["worker"] },
    { work: "care", to: "/care", title: both((w) => w.list.title), who: ["officer", ...readers(listPeople.who)] },
    { work: "care", to: "/care/workers", title: both((w) => w.workers.title), who: ["officer"] },
    {
      work: "care",
      to: "/care/referrals",
      title: work((w) => w.referrals.title),
      who: ["officer", ...readers(listReferrals.who)],
    },
    {
      work: "care",
      to: "/care/visits",
      title: work((w) => w.visits.title),
      who: ["officer", ...readers(listVisits.who)],
    },
    { work: "mine", to: "/care/visits", title: work((w) => w.visits.title), who: ["worker"] },
    {
      work: "care",
      to: "/care/campaigns",
      title: work((w) => w.campaigns.title),
      who: ["officer", ...readers(listCampaigns.who)],
    },
    { work: "care", to: "/care/extra", title: work((w) => w.extra.title), who: callExtraVisits.who, task: true },
    { work: "urgent", to: "/care/emergencies", title: work((w) => w.emergencies.title), who: ["officer", "worker"] },
    {
      work: "urgent",
      to: "/care/monitors",
      title: work((w) => w.monitors.title),
      who: listMonitors.who.filter((role) => role === "officer"),
    },
    {
      work: "care",
      to: "/care/emergencies",
      title: work((w) => w.emergencies.title),
      who: readers(listEmergencies.who),
    },
    { work: "month", to: "/care/board", title: work((w) => w.board.title), who: ["officer", "worker"] },
    { work: "month", to: "/care/report", title: work((w) => w.report.title), who: ["officer", "worker"] },
    { work: "month", to: "/care/exports", title: work((w) => w.exports.title), who: ["officer"] },
    {
      work: "statistics",
      group: "month",
      to: "/care/board",
      title: work((w) => w.board.title),
      who: monthlyRate.who.filter((role) => role !== "officer" && role !== "worker"),
    },
    {
      work: "statistics",
      group: "month",
      to: "/care/report",
      title: work((w) => w.report.title),
      who: monthReport.who.filter((role) => role !== "officer" && role !== "worker"),
    },
    { work: "statistics", to: "/care", title: both((w) => w.list.title), who: ["administrator"] },
    {
      work: "statistics",
      to: "/care/emergencies",
      title: work((w) => w.emergencies.title),
      who: listEmergencies.who.filter((role) => role === "administrator"),
    },
    {
      work: "statistics",
      group: "month",
      to: "/care/exports",
      title: work((w) => w.exports.title),
      who: listExports.who.filter((role) => role !== "officer"),
    },
  ],
  besidePerson: [{ title: both((w) => w.beside), who: getPerson.who, to: (id) => `/care/${id}` }],
  operations: { zh: words.zh.operations, en: words.en.operations },
  sentences: [
    { zh: moduleWords.zh.errors, en: moduleWords.en.errors },
    { zh: careWorkWords.zh.errors, en: careWorkWords.en.errors },
  ],
  duties: {
    zh: { ...moduleWords.zh.duties, ...careWorkWords.zh.duties },
    en: { ...moduleWords.en.duties, ...careWorkWords.en.duties },
  },
  heldSentences: { zh: words.zh.heldWhy, en: words.en.heldWhy },
  heldActs: {
    "visiting-care.record-visit": described(["mode", "met", "findings", "needs", "note"]),
    "visiting-care.propose": described(["risk", "reason"]),
    "visiting-care.refuse": described(["by", "on", "reason"]),
    "visiting-care.open-emergency": described(["found", "note"]),
    "visiting-care.record-step": step,
    "visiting-care.open-referral": described(["kind", "text"]),
  },
};
