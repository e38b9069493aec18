import { listingOperations } from "./listing.contract.ts";
import { readingOperations } from "./reading.contract.ts";
import { recordOperations } from "./records.contract.ts";
import { removalOperations } from "./removal.contract.ts";
import { runOperations } from "./runs.contract.ts";

export * from "./listing.contract.ts";
export * from "./listing.shapes.ts";
export * from "./reading.contract.ts";
export * from "./records.contract.ts";
export * from "./removal.contract.ts";
export * from "./runs.contract.ts";

/** Every operation of credit (信用全部操作). */
export const operations = [
  ...recordOperations,
  ...listingOperations,
  ...removalOperations,
  ...runOperations,
  ...readingOperations,
] as const;
