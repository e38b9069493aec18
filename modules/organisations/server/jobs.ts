import type { JobKind } from "../../../kernel/jobs/jobs.ts";

/** Takes applications as accepted on which nobody acted in time (逾期未告知视为受理): looked at every hour. */
export const acceptBySilenceJob: JobKind = {
  id: "organisations.accept-by-silence",
  everyMinutes: 60,
  run: async (job) => {
    for (;;) {
      const answer = (await job.call("organisations.accept-by-silence", { limit: 200 })) as { accepted: number };
      if (answer.accepted < 200) return;
    }
  },
};
