import { redirect } from "react-router";
import { listAccounts } from "../../kernel/auth/auth.contract.ts";
import { changeDivisions } from "../../kernel/divisions/change.contract.ts";
import { words as divisionErrors } from "../../kernel/divisions/divisions.words.ts";
import { listDocuments } from "../../kernel/document/documents.contract.ts";
import { listDuties } from "../../kernel/duty/duty.contract.ts";
import { listJournal } from "../../kernel/journal/journal.contract.ts";
import { listAccounts as listLedgerAccounts, traceLedger } from "../../kernel/ledger/ledger.contract.ts";
import { words as ledgerErrors } from "../../kernel/ledger/ledger.words.ts";
import { words as operationWords } from "../../kernel/operation/operation.words.ts";
import { listRules } from "../../kernel/rule/rules.contract.ts";
import { listHolidays, listSettings } from "../../kernel/settings/settings.contract.ts";
import { stage } from "../../kernel/sheet/sheet.contract.ts";
import { listDevices, listHeld } from "../../kernel/sync/sync.contract.ts";
import { words as syncWords } from "../../kernel/sync/sync.words.ts";
import type { Words } from "../../kernel/text/words.ts";
import { annualInspectionWeb } from "../../modules/annual-inspection/web/annual-inspection.routes.tsx";
import { complaintsWeb } from "../../modules/complaints/web/complaints.routes.tsx";
import { creditWeb } from "../../modules/credit/web/credit.routes.tsx";
import { donationsWeb } from "../../modules/donations/web/donations.routes.tsx";
import { equipmentWeb } from "../../modules/equipment/web/equipment.routes.tsx";
import { organisationsWeb } from "../../modules/organisations/web/organisations.routes.tsx";
import { peopleWeb } from "../../modules/people/web/people.routes.tsx";
import { visitingCareWeb } from "../../modules/visiting-care/web/visiting-care.routes.tsx";
import { words as adminWords } from "./pages/admin.words.ts";
import { words as divisionWords } from "./pages/divisions.words.ts";
import { words as ledgerWords } from "./pages/ledger.words.ts";
import { words as pageWords } from "./pages/pages.words.ts";
import { words as phoneWords } from "./pages/phones.words.ts";
import type { WebModule } from "./web-module.ts";

function both<Source>(table: Words<Source>, pick: (one: Words<Source>["zh"]) => string) {
  return { zh: pick(table.zh), en: pick(table.en) };
}

/** An officer's import and papers stand with people, and with the month: their menu has seven entries too. */
const importers = stage.who.filter((role) => role !== "officer");
const keepers = listDocuments.who.filter((role) => role !== "officer" && role !== "worker");

/** The kernel's own pages (通用页面). */
const kernelPages: WebModule = {
  id: "kernel",
  routes: [
    { path: "today", lazy: () => import("./pages/today.page.tsx") },
    { path: "duties", loader: ({ request }) => redirect(`/today${new URL(request.url).search}`) },
    { path: "account", lazy: () => import("./pages/account.page.tsx") },
    { path: "import", lazy: () => import("./pages/import.page.tsx") },
    { path: "import/:id", lazy: () => import("./pages/import-batch.page.tsx") },
    { path: "journal", lazy: () => import("./pages/journal.page.tsx") },
    { path: "accounts", lazy: () => import("./pages/accounts.page.tsx") },
    { path: "settings", lazy: () => import("./pages/settings.page.tsx") },
    { path: "holidays", lazy: () => import("./pages/holidays.page.tsx") },
    { path: "divisions", lazy: () => import("./pages/divisions.page.tsx") },
    { path: "rules", lazy: () => import("./pages/rules.page.tsx") },
    { path: "decisions/:id", lazy: () => import("./pages/decision.page.tsx") },
    { path: "regulations", lazy: () => import("./pages/regulations.page.tsx") },
    { path: "documents", lazy: () => import("./pages/documents.page.tsx") },
  ],
  pages: [
    { work: "today", to: "/today", title: both(pageWords, (w) => w.today.title), who: listDuties.who },
    {
      work: "administration",
      group: "access",
      to: "/accounts",
      title: both(adminWords, (w) => w.accounts.title),
      who: listAccounts.who,
    },
    {
      work: "administration",
      group: "access",
      to: "/journal",
      title: both(adminWords, (w) => w.journal.title),
      who: listJournal.who,
    },
    {
      work: "administration",
      group: "rules",
      to: "/settings",
      title: both(adminWords, (w) => w.settings.title),
      who: listSettings.who,
    },
    {
      work: "administration",
      group: "rules",
      to: "/holidays",
      title: both(adminWords, (w) => w.holidays.title),
      who: listHolidays.who,
    },
    {
      work: "administration",
      group: "rules",
      to: "/divisions",
      title: both(divisionWords, (w) => w.title),
      who: changeDivisions.who,
    },
    {
      work: "administration",
      group: "rules",
      to: "/rules",
      title: both(adminWords, (w) => w.rules.title),
      who: listRules.who,
    },
    {
      work: "administration",
      group: "rules",
      to: "/regulations",
      title: both(adminWords, (w) => w.regulations.title),
      who: listRules.who,
    },
  ],
  sentences: [operationWords, { zh: divisionErrors.zh.errors, en: divisionErrors.en.errors }],
};

/** Phones of the field (手机) and what they sent that waits for a person. */
const phones: WebModule = {
  id: "phones",
  routes: [
    { path: "phones", lazy: () => import("./pages/phones.page.tsx") },
    { path: "phones/held", lazy: () => import("./pages/held.page.tsx") },
    { path: "phones/held/:id", lazy: () => import("./pages/held.page.tsx") },
  ],
  pages: [
    {
      work: "administration",
      group: "access",
      to: "/phones",
      title: both(phoneWords, (w) => w.phones.title),
      who: listDevices.who,
    },
    {
      work: "administration",
      group: "access",
      to: "/phones/held",
      title: both(phoneWords, (w) => w.held.title),
      who: listHeld.who,
    },
  ],
  sentences: [{ zh: syncWords.zh.errors, en: syncWords.en.errors }],
  duties: { zh: phoneWords.zh.duties, en: phoneWords.en.duties },
};

/** The ledger of money and goods (台账), for every room that posts to it. */
const ledger: WebModule = {
  id: "ledger",
  routes: [
    { path: "ledger/accounts", lazy: () => import("./pages/ledger-accounts.page.tsx") },
    { path: "ledger/accounts/:id", lazy: () => import("./pages/ledger-account.page.tsx") },
    { path: "ledger/trace", lazy: () => import("./pages/ledger-trace.page.tsx") },
  ],
  pages: [
    {
      work: "giving",
      group: "books",
      to: "/ledger/accounts",
      title: both(ledgerWords, (w) => w.title),
      who: listLedgerAccounts.who.filter((role) => role !== "decider" && role !== "auditor"),
    },
    {
      work: "statistics",
      group: "books",
      to: "/ledger/accounts",
      title: both(ledgerWords, (w) => w.title),
      who: ["decider", "auditor"],
    },
    {
      work: "statistics",
      group: "books",
      to: "/ledger/trace",
      title: both(ledgerWords, (w) => w.tracing.title),
      who: ["decider", "auditor"],
    },
    {
      work: "giving",
      group: "books",
      to: "/ledger/trace",
      title: both(ledgerWords, (w) => w.tracing.title),
      who: traceLedger.who.filter((role) => role !== "decider" && role !== "auditor"),
    },
  ],
  sentences: [{ zh: ledgerErrors.zh.errors, en: ledgerErrors.en.errors }],
};

/** Papers of every room, after the rooms (文书). */
const papers: WebModule = {
  id: "documents",
  routes: [],
  pages: [
    { work: "registration", to: "/import", title: both(adminWords, (w) => w.import.title), who: importers },
    { work: "people", to: "/import", title: both(adminWords, (w) => w.import.title), who: ["officer"] },
    { work: "registration", to: "/documents", title: both(adminWords, (w) => w.documents.title), who: keepers },
    { work: "month", to: "/documents", title: both(adminWords, (w) => w.documents.title), who: ["officer", "worker"] },
  ],
};

/** Composition of the console (前端组成): the only place that knows which modules there are. */
export const modules: readonly WebModule[] = [
  kernelPages,
  organisationsWeb,
  annualInspectionWeb,
  creditWeb,
  complaintsWeb,
  peopleWeb,
  visitingCareWeb,
  phones,
  donationsWeb,
  equipmentWeb,
  ledger,
  papers,
];
