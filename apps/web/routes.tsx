import { listDuties } from "../../kernel/duty/duty.contract.ts";
import { words as operationWords } from "../../kernel/operation/operation.words.ts";
import { annualInspectionWeb } from "../../modules/annual-inspection/web/annual-inspection.routes.tsx";
import { creditWeb } from "../../modules/credit/web/credit.routes.tsx";
import { organisationsWeb } from "../../modules/organisations/web/organisations.routes.tsx";
import { words as pageWords } from "./pages/pages.words.ts";
import type { WebModule } from "./web-module.ts";

/** The kernel's own pages (通用页面). */
const kernelPages: WebModule = {
  id: "kernel",
  routes: [
    { path: "today", lazy: () => import("./pages/today.page.tsx") },
    { path: "account", lazy: () => import("./pages/account.page.tsx") },
  ],
  pages: [
    {
      work: "today",
      to: "/today",
      title: { zh: pageWords.zh.today.title, en: pageWords.en.today.title },
      who: listDuties.who,
    },
  ],
  sentences: [operationWords],
};

/** Composition of the console (前端组成): the only place that knows which modules there are. */
export const modules: readonly WebModule[] = [kernelPages, organisationsWeb, annualInspectionWeb, creditWeb];
