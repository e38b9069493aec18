/** The shared door of credit (信用共享入口): names of lists, grounds and classes, and their words. */
export {
  effects,
  type GroundId,
  groundOf,
  grounds,
  type List,
  lists,
  localClasses,
  nationalClasses,
  recordKinds,
} from "./credit.catalogue.ts";
export { words } from "./credit.words.ts";
