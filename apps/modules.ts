import { kernelModule } from "../kernel/house/kernel-module.ts";
import type { HouseModule } from "../kernel/operation/house-module.ts";
import { words as annualInspectionWords } from "../modules/annual-inspection/annual-inspection.words.ts";
import { annualInspectionModule } from "../modules/annual-inspection/server/index.ts";
import { complaintsModule } from "../modules/complaints/server/index.ts";
import { words as creditWords } from "../modules/credit/credit.words.ts";
import { creditModule, proposalHooks } from "../modules/credit/server/index.ts";
import { words as donationsWords } from "../modules/donations/donations.words.ts";
import { donationsModule } from "../modules/donations/server/index.ts";
import { words as equipmentOversightWords } from "../modules/equipment/oversight.words.ts";
import { equipmentModule } from "../modules/equipment/server/index.ts";
import { evaluationModule } from "../modules/evaluation/server/index.ts";
import { words as organisationsWords } from "../modules/organisations/organisations.words.ts";
import { organisationsModule } from "../modules/organisations/server/organisations.module.ts";
import { peopleModule } from "../modules/people/server/index.ts";
import { dictionaryOf, portalModule } from "../modules/portal/server/index.ts";
import { spotChecksModule } from "../modules/spot-checks/server/index.ts";
import { careWorkWords } from "../modules/visiting-care/care-work.words.ts";
import { visitingCareEvents, visitingCareModule } from "../modules/visiting-care/server/index.ts";

/**
 * The rooms of the house. Deleting a line and its folder deletes the feature: the inspection hears from here, and only
 * from here, that a credit room wants to know what is overdue.
 */
const rooms: readonly HouseModule[] = [
  kernelModule,
  organisationsModule,
  annualInspectionModule(proposalHooks),
  creditModule,
  evaluationModule,
  spotChecksModule,
  complaintsModule,
  donationsModule,
  equipmentModule,
  peopleModule([visitingCareEvents]),
  visitingCareModule,
];

/** What published collections and their fields are called (数据字典). */
export const dictionary = dictionaryOf([
  organisationsWords,
  annualInspectionWords,
  creditWords,
  donationsWords,
  careWorkWords,
  equipmentOversightWords,
]);

/** All rooms, and the portal that shows what they publish. */
export const modules: readonly HouseModule[] = [...rooms, portalModule(rooms, dictionary)];
