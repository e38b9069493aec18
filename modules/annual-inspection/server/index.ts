/** Server door of the annual inspection (年检服务端入口): what composition and other modules may use, and nothing else. */

export { reports } from "./annual-inspection.indicators.ts";
export { annualInspectionModule } from "./annual-inspection.module.ts";
export { conclusionCollection, foundationReportCollection } from "./annual-inspection.publication.ts";
export type { OverdueHooks, OverdueReport } from "./overdue.ts";
