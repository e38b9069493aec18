import { change, registration } from "./registration.procedures.ts";
import { communityFiling, deregistration, revocation, suspension } from "./standing.procedures.ts";

export { change, communityFiling, deregistration, registration, revocation, suspension };

/** Every procedure of the register (全部程序). */
export const procedures = [registration, change, deregistration, suspension, revocation, communityFiling] as const;

/** The three procedures that begin with an application. */
export const applications = [registration, change, deregistration] as const;
