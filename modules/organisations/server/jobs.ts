import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import { publicKey, searchTokens } from "./organisations.publication.ts";
import { loadOrganisations } from "./organisations.store.ts";
import { indexNamesJob, register } from "./register.ts";
import { addWords } from "./search.store.ts";

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

/** Makes the search words of organisations loaded in bulk (补建检索词); does nothing for those that are gone again. */
export const indexNames: JobKind = {
  id: indexNamesJob,
  run: async (job) => {
    const ids = job.input.ids as string[];
    await job.database.transaction({ kind: "system" }, async (tx) => {
      const rows = await loadOrganisations(tx, ids, false);
      await addWords(
        tx,
        register,
        rows.map((row) => ({
          home_code: row.home_code,
          division_code: row.division_code,
          subject_id: row.id,
          key: publicKey(row),
          sort_key: row.name_key,
          tokens: searchTokens(row),
        })),
      );
    });
  },
};
