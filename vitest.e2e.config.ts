import { defineConfig } from "vitest/config";

/** Journeys in a real browser, one after the other, against a freshly started demonstration house. */
export default defineConfig({
  test: {
    include: ["modules/**/*.e2e.ts", "apps/**/*.e2e.ts"],
    retry: 2,
    globalSetup: ["tools/browser/started-house.ts"],
    pool: "forks",
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    passWithNoTests: false,
  },
});
