import { inBoth, type WebModule } from "../../../apps/web/web-module.ts";
import {
  listingBoard,
  listings,
  previewRun,
  proposeListing,
  record,
  recordExistingListing,
  records,
  runs,
} from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";

const both = inBoth(words);

/** Pages of credit and the two lists (名录). */
export const creditWeb: WebModule = {
  id: "credit",
  routes: [
    { path: "credit", lazy: () => import("./board.page.tsx") },
    { path: "credit/listings", lazy: () => import("./listings.page.tsx") },
    { path: "credit/listings/:id", lazy: () => import("./listing-file.page.tsx") },
    { path: "credit/propose", lazy: () => import("./propose.page.tsx") },
    { path: "credit/organisations/:id", lazy: () => import("./history.page.tsx") },
    { path: "credit/records", lazy: () => import("./records.page.tsx") },
    { path: "credit/runs", lazy: () => import("./runs.page.tsx") },
  ],
  pages: [
    { work: "credit", to: "/credit", title: both((w) => w.board.title), who: listingBoard.who },
    { work: "credit", to: "/credit/listings", title: both((w) => w.listings.title), who: listings.who },
    { work: "credit", to: "/credit/records", title: both((w) => w.records.title), who: records.who },
    {
      work: "credit",
      to: "/credit/runs",
      title: both((w) => w.runs.title),
      who: runs.who.filter((role) => previewRun.who.includes(role)),
    },
    { work: "credit", to: "/credit/propose", title: both((w) => w.propose.title), who: proposeListing.who, task: true },
  ],
  sheets: [record, recordExistingListing],
  procedures: {
    "credit.listing": {
      name: both((w) => w.listings.title),
      acts: { zh: moduleWords.zh.acts, en: moduleWords.en.acts },
      states: { zh: moduleWords.zh.states, en: moduleWords.en.states },
      path: (subject) => `/credit/listings/${subject}`,
    },
  },
  operations: { zh: words.zh.operations, en: words.en.operations },
  sentences: [{ zh: moduleWords.zh.errors, en: moduleWords.en.errors }],
  duties: { zh: moduleWords.zh.duties, en: moduleWords.en.duties },
};
