/** Door of the portal (门户共用入口). */
export { words } from "./portal.words.ts";
