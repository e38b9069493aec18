/** Server door of the portal (门户服务端入口). */
export { mountPortal } from "./pages.ts";
export { dictionaryOf } from "./portal.collections.ts";
export { portalModule } from "./portal.module.ts";
