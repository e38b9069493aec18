import { call } from "../../../apps/web/client.ts";
import { inBoth, type WebModule } from "../../../apps/web/web-module.ts";
import {
  applyNameChanges,
  draftRegistration,
  fileCommunity,
  getStatistics,
  listApplications,
  listOrganisations,
  listTerms,
  listUnits,
  recordExisting,
} from "../organisations.contract.ts";
import { words as moduleWords } from "../organisations.words.ts";
import { operationWords } from "./operations.words.ts";
import { words } from "./organisations.web.words.ts";

const both = inBoth(words);

const procedureIds = Object.keys(words.zh.procedures) as (keyof typeof words.zh.procedures)[];
/** Procedures that run over an application; the others run over the organisation itself. */
const applied: ReadonlySet<string> = new Set(["organisations.registration", "organisations.change"]);

/** Pages of the register (登记), filings and statistics. */
export const organisationsWeb: WebModule = {
  id: "organisations",
  routes: [
    { path: "organisations", lazy: () => import("./organisations-list.page.tsx") },
    { path: "organisations/:id", lazy: () => import("./organisation-file.page.tsx") },
    { path: "applications", lazy: () => import("./applications-list.page.tsx") },
    { path: "applications/new", lazy: () => import("./register-new.page.tsx") },
    { path: "applications/:id", lazy: () => import("./application-file.page.tsx") },
    { path: "applications/:id/edit", lazy: () => import("./register-edit.page.tsx") },
    { path: "community/new", lazy: () => import("./community-new.page.tsx") },
    { path: "units", lazy: () => import("./units-list.page.tsx") },
    { path: "terms", lazy: () => import("./terms-list.page.tsx") },
    { path: "statistics", lazy: () => import("./statistics.page.tsx") },
  ],
  pages: [
    { work: "registration", to: "/organisations", title: both((w) => w.list.title), who: listOrganisations.who },
    { work: "registration", to: "/applications", title: both((w) => w.applications.title), who: listApplications.who },
    { work: "registration", to: "/terms", title: both((w) => w.terms.title), who: listTerms.who },
    { work: "registration", to: "/units", title: both((w) => w.units.title), who: listUnits.who },
    { work: "statistics", to: "/statistics", title: both((w) => w.statistics.title), who: getStatistics.who },
    {
      work: "registration",
      to: "/applications/new",
      title: both((w) => w.register.title),
      who: draftRegistration.who,
      task: true,
    },
    {
      work: "registration",
      to: "/community/new",
      title: both((w) => w.community.title),
      who: fileCommunity.who,
      task: true,
    },
  ],
  sentences: [{ zh: moduleWords.zh.errors, en: moduleWords.en.errors }],
  duties: { zh: moduleWords.zh.duties, en: moduleWords.en.duties },
  sheets: [recordExisting, applyNameChanges],
  procedures: Object.fromEntries(
    procedureIds.map((id) => [
      id,
      {
        name: both((w) => w.procedures[id]),
        acts: { zh: words.zh.acts, en: words.en.acts },
        states: { zh: words.zh.states, en: words.en.states },
        path: (subject: string) => (applied.has(id) ? `/applications/${subject}` : `/organisations/${subject}`),
      },
    ]),
  ),
  operations: { zh: operationWords.zh, en: operationWords.en },
  finders: [
    {
      id: "organisations",
      title: both((w) => w.finder),
      // An organisation has one file, its own: it needs no search.
      who: listOrganisations.who.filter((role) => role !== "organisation"),
      find: async (typed, signal) => {
        const { items } = await call(listOrganisations, { q: typed, limit: 8 }, { signal });
        return items.map((one) => ({
          to: `/organisations/${one.id}`,
          label: one.name,
          note: one.creditCode ?? one.division,
        }));
      },
    },
  ],
};
