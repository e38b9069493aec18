import { inBoth, type MenuPage, type WebModule } from "../../../apps/web/web-module.ts";
import type { Role } from "../../../kernel/operation/define.ts";
import { donationFigures, listDonations, recordDonation, recordUse } from "../donations.contract.ts";
import { listChanges, listPledges, listProgrammes, listTotals, listUses } from "../donations.lists.contract.ts";
import { words as moduleWords } from "../donations.words.ts";
import { importLedger } from "../ledger.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

const both = inBoth(words);
const forms = inBoth(formWords);
const work = "giving" as const;
const group = "gifts" as const;

/** The menu of a role keeps to seven entries: who decides and who audits find everything of gifts among the figures. */
const onlyRead: readonly Role[] = ["decider", "auditor"];
const lists: readonly { readonly to: string; readonly title: MenuPage["title"]; readonly who: readonly Role[] }[] = [
  { to: "/donations", title: both((w) => w.list.title), who: listDonations.who },
  { to: "/donations/uses", title: both((w) => w.uses.title), who: listUses.who },
  { to: "/donations/pledges", title: both((w) => w.pledges.title), who: listPledges.who },
  { to: "/donations/changes", title: both((w) => w.changes.title), who: listChanges.who },
  { to: "/donations/programmes", title: forms((w) => w.programmes.title), who: listProgrammes.who },
  {
    to: "/donations/figures",
    title: forms((w) => w.figures.title),
    who: [...new Set([...donationFigures.who, ...listTotals.who])],
  },
];

const causes = moduleWords.zh.causes;
type Cause = keyof typeof causes;
/** Of what other rooms do with a gift the donor reads the name here; the ledger's pages ask those rooms. */
const own = (Object.keys(causes) as Cause[]).filter((cause) => cause.startsWith("donations."));
/** Entries whose subject has a file of its own; of the others the name alone is known. */
const filed: readonly Cause[] = ["donations.received", "donations.corrected", "donations.import-undone"];

/** Pages of donations (捐赠). */
export const donationsWeb: WebModule = {
  id: "donations",
  routes: [
    { path: "donations", lazy: () => import("./donations-list.page.tsx") },
    { path: "donations/new", lazy: () => import("./donation-new.page.tsx") },
    { path: "donations/uses", lazy: () => import("./uses-list.page.tsx") },
    { path: "donations/uses/new", lazy: () => import("./use-new.page.tsx") },
    { path: "donations/pledges", lazy: () => import("./pledges-list.page.tsx") },
    { path: "donations/changes", lazy: () => import("./changes-list.page.tsx") },
    { path: "donations/programmes", lazy: () => import("./programmes-list.page.tsx") },
    { path: "donations/programmes/:id", lazy: () => import("./programme-file.page.tsx") },
    { path: "donations/programmes/:id/plan", lazy: () => import("./batch-plan.page.tsx") },
    { path: "donations/batches/:id", lazy: () => import("./batch-file.page.tsx") },
    { path: "donations/figures", lazy: () => import("./figures.page.tsx") },
    { path: "donations/ledger", lazy: () => import("./ledger-import.page.tsx") },
    { path: "donations/:id", lazy: () => import("./donation-file.page.tsx") },
    { path: "donations/:id/correct", lazy: () => import("./donation-correct.page.tsx") },
  ],
  pages: [
    ...lists.flatMap(({ to, title, who }) => [
      { work, group, to, title, who: who.filter((role) => !onlyRead.includes(role)) },
      { work: "statistics" as const, group, to, title, who: who.filter((role) => onlyRead.includes(role)) },
    ]),
    { work, to: "/donations/new", title: forms((w) => w.record.title), who: recordDonation.who, task: true },
    { work, to: "/donations/uses/new", title: forms((w) => w.use.title), who: recordUse.who, task: true },
    { work, to: "/donations/ledger", title: forms((w) => w.ledger.title), who: importLedger.who, task: true },
  ],
  sentences: [{ zh: moduleWords.zh.errors, en: moduleWords.en.errors }],
  sheets: [recordDonation],
  causes: Object.fromEntries(
    own.map((cause) => [
      cause,
      {
        name: { zh: moduleWords.zh.causes[cause], en: moduleWords.en.causes[cause] },
        ...(filed.includes(cause) ? { to: (subject: string) => `/donations/${subject}` } : {}),
      },
    ]),
  ),
};
