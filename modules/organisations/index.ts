/** Door of the register (登记簿共用入口): contract and names that pages and other modules share. */

export { listOrganisations } from "./organisations.contract.ts";
export {
  type Grade,
  grades,
  type Kind,
  kinds,
  type Listing,
  listings,
  living,
  nameKey,
  type PartyState,
  partyStates,
  type Status,
  statuses,
} from "./organisations.facts.ts";
export { citation, missing, type OrganisationFacts, type OrganisationLine } from "./organisations.shapes.ts";
