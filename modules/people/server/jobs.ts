import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import { addWords } from "./census.store.ts";
import { loadPeople } from "./people.store.ts";
import { register } from "./person.shape.ts";
import { indexedOf, indexNamesJob } from "./register.ts";

/** Makes the search words of people loaded in bulk (补建检索词); does nothing for those that are gone again. */
export const indexNames: JobKind = {
  id: indexNamesJob,
  run: async (job) => {
    const ids = job.input.ids as string[];
    await job.database.transaction({ kind: "system" }, async (tx) => {
      const rows = await loadPeople(tx, ids);
      await addWords(
        tx,
        register,
        rows.map((row) => {
          const { home, division, subject, sortKey, tokens } = indexedOf(row);
          return { home_code: home, division_code: division, subject_id: subject, sort_key: sortKey, tokens };
        }),
      );
    });
  },
};
