import { DirectoryInUse } from "../../kernel/database/lock.ts";
import { sql } from "../../kernel/database/sql.ts";
import { newId } from "../../kernel/operation/ids.ts";
import { resealAll, resealJob } from "../../kernel/vault/rotate.ts";
import { openConfigured } from "../open.ts";
import { ConfigError, readConfig } from "../server/config.ts";

/**
 * `npm run rotate-keys`: makes new versions of the keys of sealed fields and digests, and seals everything again
 * (更换数据密钥). Interrupted, it is gone on with by the next call or the next start of the server, without another version.
 * The old versions stay. Exit 0 done, 1 some rows cannot be opened, 2 refused.
 */
export async function main(): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const open = await openConfigured(readConfig(process.env));
    try {
      const { keys } = open.house;
      const unfinished = await open.database.transaction({ kind: "system" }, (tx) =>
        tx.maybe<{ id: string; input: { from: number } }>(sql`
          select id, input from job where kind = ${resealJob.id} and finished_at is null order by run_at limit 1`),
      );
      const from = unfinished?.input.from ?? keys.current("seal").version;
      const id = unfinished?.id ?? newId();
      // The job first: were this process ended now, the next one finds it, and no new key, and makes one.
      if (!unfinished)
        await open.database.transaction({ kind: "system" }, (tx) =>
          tx.run(sql`
            insert into job (id, kind, input, run_at) values (${id}, ${resealJob.id}, ${JSON.stringify({ from })}, ${new Date()})`),
        );
      if (keys.current("seal").version === from) {
        keys.rotate("digest");
        keys.rotate("seal");
      }
      process.stdout.write(
        `${unfinished ? "going on with" : "new"} key version ${keys.current("seal").version} for sealed fields, ${keys.current("digest").version} for digests\n`,
      );
      const so = await resealAll(open.database, keys, ({ fields, accounts }) => {
        process.stdout.write(`sealed again: ${fields} fields, ${accounts} second factors\n`);
      });
      await open.database.transaction({ kind: "system" }, (tx) =>
        tx.run(sql`update job set finished_at = ${new Date()}, progress = ${JSON.stringify(so)} where id = ${id}`),
      );
      process.stdout.write(
        `done; ${so.unreadable === 0 ? "every row opens" : `${so.unreadable} rows cannot be opened and stay as they are`}; the old keys stay\n`,
      );
      return so.unreadable === 0 ? 0 : 1;
    } finally {
      await open.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) say(error.message);
    else if (error instanceof DirectoryInUse)
      say(`the server (process ${error.pid}) is running on this directory: stop it before its keys are changed`);
    else throw error;
    return 2;
  }
}
