import { inBoth, type WebModule } from "../../../apps/web/web-module.ts";
import { board, list, zombieCandidates } from "../annual-inspection.contract.ts";
import { previewBatch, previewOverdue } from "../annual-inspection.runs.contract.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { recordReport } from "../record.contract.ts";
import { words } from "./inspection.web.words.ts";

const both = inBoth(words);

/** Pages of the annual inspection (年检). */
export const annualInspectionWeb: WebModule = {
  id: "annual-inspection",
  routes: [
    { path: "annual-inspection", lazy: () => import("./reports-list.page.tsx") },
    { path: "annual-inspection/board", lazy: () => import("./board.page.tsx") },
    { path: "annual-inspection/batch", lazy: () => import("./batch.page.tsx") },
    { path: "annual-inspection/overdue", lazy: () => import("./overdue.page.tsx") },
    { path: "annual-inspection/zombies", lazy: () => import("./zombies.page.tsx") },
    { path: "annual-inspection/:id", lazy: () => import("./report-file.page.tsx") },
    { path: "annual-inspection/:id/fill", lazy: () => import("./report-fill.page.tsx") },
  ],
  pages: [
    { work: "inspection", to: "/annual-inspection/board", title: both((w) => w.board.title), who: board.who },
    { work: "inspection", to: "/annual-inspection", title: both((w) => w.list.title), who: list.who },
    {
      work: "inspection",
      to: "/annual-inspection/batch",
      title: both((w) => w.batch.title),
      who: previewBatch.who,
      task: true,
    },
    {
      work: "inspection",
      to: "/annual-inspection/overdue",
      title: both((w) => w.overdue.title),
      who: previewOverdue.who,
      task: true,
    },
    {
      work: "inspection",
      to: "/annual-inspection/zombies",
      title: both((w) => w.zombies.title),
      who: zombieCandidates.who,
      task: true,
    },
  ],
  sheets: [recordReport],
  procedures: {
    "annual-inspection.report": {
      name: { zh: moduleWords.zh.title, en: moduleWords.en.title },
      acts: { zh: moduleWords.zh.transitions, en: moduleWords.en.transitions },
      states: { zh: moduleWords.zh.states, en: moduleWords.en.states },
      path: (subject) => `/annual-inspection/${subject}`,
    },
  },
  operations: { zh: words.zh.operations, en: words.en.operations },
  sentences: [{ zh: moduleWords.zh.errors, en: moduleWords.en.errors }],
  duties: { zh: moduleWords.zh.duties, en: moduleWords.en.duties },
};
