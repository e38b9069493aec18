/** Door of the annual inspection (年检入口): what other modules and pages may use without a server. */

export { reportProcedure } from "./annual-inspection.procedure.ts";
export { rules } from "./annual-inspection.rules.ts";
export { settings } from "./annual-inspection.settings.ts";
export { words } from "./annual-inspection.words.ts";
