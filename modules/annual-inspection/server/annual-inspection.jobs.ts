import { dateInShanghai } from "../../../kernel/clock/date.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import { overdueHomes } from "./annual-inspection.queries.ts";
import { start } from "./opening.ts";

/** Rows of a chunk when a year is opened for many: each chunk is a command of its own, so nobody waits for long. */
const chunk = 4_000;

/** Opens a year for a large register or for all below, chunk by chunk in key order (分批开启); runs again harmlessly. */
export const openYearJob: JobKind = {
  id: "annual-inspection.open-year",
  run: async (job) => {
    const given = job.input as {
      year: number;
      cutOff: string | null;
      division: string;
      home: string | null;
      openedBy: string | null;
    };
    const common = {
      year: given.year,
      ...(given.cutOff ? { cutOff: given.cutOff } : {}),
      division: given.division,
      home: given.home,
      openedBy: given.openedBy,
    };
    let opened = 0;
    for (let after: { home: string; id: string } | null = start; after; ) {
      const done = (await job.call("annual-inspection.open-chunk", {
        ...common,
        afterHome: after.home,
        afterId: after.id,
        limit: chunk,
      })) as {
        opened: number;
        next: { home: string; id: string } | null;
      };
      opened += done.opened;
      after = done.next;
      await job.progress({ opened, at: after?.home ?? null });
    }
    const finished = (await job.call("annual-inspection.finish-opening", common)) as { homes: number; owed: number };
    await job.progress({ opened, ...finished, done: true });
  },
};

/** Goes on with a run of overdue marks until it is done or stopped (分批认定逾期). */
export const markOverdueJob: JobKind = {
  id: "annual-inspection.mark-overdue",
  run: async (job) => {
    const { home, runId } = job.input as { home: string; runId: string };
    let marked = 0;
    for (;;) {
      const done = (await job.call("annual-inspection.mark-chunk", { home, runId, limit: 100 })) as {
        marked: number;
        more: boolean;
      };
      marked += done.marked;
      await job.progress({ marked });
      if (!done.more) return;
    }
  },
};

/** Four times a day, so that the first day after a due day is never missed: what became overdue (逾期检查). */
export const dailyOverdueJob: JobKind = {
  id: "annual-inspection.daily-overdue",
  everyMinutes: 6 * 60,
  run: async (job) => {
    const today = dateInShanghai(job.now());
    const homes = await job.database.transaction({ kind: "system" }, (tx) => overdueHomes(tx, today));
    let marked = 0;
    let held = 0;
    for (const { home_code, division_code } of homes) {
      const done = (await job.call("annual-inspection.daily-overdue", {
        home: home_code,
        division: division_code,
      })) as { marked: number; held: number };
      marked += done.marked;
      held += done.held;
      await job.progress({ homes: homes.length, marked, held });
    }
  },
};

/** Four times a day: reminders 30, 7 and 1 days before the next due day (到期提醒). */
export const remindJob: JobKind = {
  id: "annual-inspection.reminders",
  everyMinutes: 6 * 60,
  run: async (job) => {
    let reminded = 0;
    for (;;) {
      const done = (await job.call("annual-inspection.remind", { limit: 5_000 })) as { reminded: number };
      reminded += done.reminded;
      await job.progress({ reminded });
      if (done.reminded < 5_000) return;
    }
  },
};

export const jobs = [openYearJob, markOverdueJob, dailyOverdueJob, remindJob] as const;
