export type { EnrolmentRow } from "./enrolment.row.ts";
export type { CarePart, VisitDone } from "./part.ts";
export type { MarkRow, VisitRow } from "./visit.row.ts";
export { visitingCareEvents, visitingCareModule } from "./visiting-care.module.ts";
