import type { WebModule } from "../../../apps/web/web-module.ts";
import { listComplaints } from "../complaints.contract.ts";
import { words } from "../complaints.words.ts";

/** Pages of complaints (投诉举报). */
export const complaintsWeb: WebModule = {
  id: "complaints",
  routes: [
    { path: "complaints", lazy: () => import("./complaints-list.page.tsx") },
    { path: "complaints/:id", lazy: () => import("./complaint-file.page.tsx") },
  ],
  pages: [
    { work: "today", to: "/complaints", title: { zh: words.zh.title, en: words.en.title }, who: listComplaints.who },
  ],
  sentences: [{ zh: words.zh.errors, en: words.en.errors }],
  duties: { zh: words.zh.duties, en: words.en.duties },
};
