export * from "./people.contract.ts";
export * from "./people.shapes.ts";
