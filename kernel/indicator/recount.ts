import type { Tx } from "../database/transaction.ts";
import type { JobKind } from "../jobs/jobs.ts";
import type { Indicator } from "./define.ts";
import { type Bump, drift } from "./indicator.ts";

/** How one indicator is counted from its rows (复核口径): the same definition as the bumps, on everything there is. */
export interface Recount {
  readonly indicator: Indicator;
  readonly count: (tx: Tx) => Promise<readonly Bump[]>;
}

/** Compares every kept counter with its rows once a day (每日复核) and says in the log where they differ. */
export const recountJob: JobKind = {
  id: "indicators.recount",
  everyMinutes: 24 * 60,
  run: async (job) => {
    let found = 0;
    for (const { indicator, count } of job.house.recounts) {
      const differences = await job.database.transaction({ kind: "system" }, async (tx) =>
        drift(tx, indicator, await count(tx)),
      );
      for (const difference of differences.slice(0, 100)) job.house.log("counter drift", { ...difference });
      found += differences.length;
    }
    await job.progress({ drift: found });
  },
};
