import { kernelModule } from "../kernel/house/kernel-module.ts";
import type { HouseModule } from "../kernel/operation/house-module.ts";
import { annualInspectionModule } from "../modules/annual-inspection/server/index.ts";
import { creditModule, proposalHooks } from "../modules/credit/server/index.ts";
import { evaluationModule } from "../modules/evaluation/server/index.ts";
import { organisationsModule } from "../modules/organisations/server/organisations.module.ts";
import { spotChecksModule } from "../modules/spot-checks/server/index.ts";

/**
 * The rooms of the house. Deleting a line and its folder deletes the feature: the inspection hears from here, and only
 * from here, that a credit room wants to know what is overdue.
 */
export const modules: readonly HouseModule[] = [
  kernelModule,
  organisationsModule,
  annualInspectionModule(proposalHooks),
  creditModule,
  evaluationModule,
  spotChecksModule,
];
