export * from "./emergency.contract.ts";
export * from "./enrolment.contract.ts";
export { careNames } from "./names.words.ts";
export * from "./visiting-care.shapes.ts";
export * from "./visits.contract.ts";
