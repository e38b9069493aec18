import { defineConfig } from "vitest/config";

/** Units and operations run here on the real SQL; the browser suite has its own config (vitest.e2e.config.ts). */
export default defineConfig({
  test: {
    include: [
      "kernel/**/*.test.ts",
      "modules/**/*.test.ts",
      "apps/**/*.test.ts",
      "tools/**/*.test.ts",
      "demo/**/*.test.ts",
    ],
    // Races need a database that really does two things at once: the embedded one does not. What ends the embedded
    // database's own process has nothing to say about PostgreSQL.
    exclude: [
      "**/node_modules/**",
      "tools/gates/fixtures/**",
      ...(process.env.SHANZHI_TEST_URL
        ? ["apps/process.test.ts", "kernel/database/watchdog.test.ts"]
        : ["**/*.race.test.ts"]),
    ],
    pool: "forks",
    maxWorkers: 2,
    // A worker loads the house once, not once for each file: half of the computing was loading. Files share no state but modules',
    // and these keep none: every house is opened and closed by its test.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
