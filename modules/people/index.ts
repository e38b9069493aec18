export * from "./doubles.contract.ts";
export { personNames } from "./names.words.ts";
export * from "./people.contract.ts";
export * from "./people.shapes.ts";
