/** Server door of the register (登记簿服务端入口): what other modules may use, and nothing else. */
export {
  type InspectionConclusion,
  type InspectionSummary,
  setGrade,
  setInspection,
  setInspections,
  setListing,
} from "./door.ts";
export type { OrganisationRow } from "./organisation.row.ts";
export { party, registered, stock } from "./organisations.indicators.ts";
export { organisationsModule } from "./organisations.module.ts";
export {
  announcementCollection,
  organisationCollection,
  publicKey,
  searchTokens,
} from "./organisations.publication.ts";
export {
  findByCode,
  loadOrganisation,
  loadOrganisations,
  lockOrganisation,
  organisationPage,
} from "./organisations.store.ts";
export { changeOrganisation, changeOrganisations, register, subjectOf } from "./register.ts";
