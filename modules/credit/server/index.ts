/** Server door of credit (信用服务端入口): what composition and other modules may use, and nothing else. */
export { listed, recordsKept } from "./credit.indicators.ts";
export { creditModule } from "./credit.module.ts";
export { listingProcedure } from "./credit.procedures.ts";
export { abnormalCollection, seriousCollection } from "./credit.publication.ts";
export { type OverdueFact, proposalHooks, proposeListingFor, takeBackProposalFor } from "./inspection-door.ts";
export { reportFormedFact } from "./records.ts";
