import { systemActor } from "../../kernel/auth/sessions.ts";
import { DirectoryInUse } from "../../kernel/database/lock.ts";
import { beginRotation, finishRotation, noteOf, resealAll } from "../../kernel/vault/rotate.ts";
import { noteRotation } from "../../kernel/vault/vault.contract.ts";
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
      const { id, isNew } = await beginRotation(open.database, keys);
      process.stdout.write(
        `${isNew ? "new" : "going on with"} key version ${keys.current("seal").version} for sealed fields, ${keys.current("digest").version} for digests\n`,
      );
      const so = await resealAll(open.database, keys, open.house.tables, ({ fields, accounts, others }) => {
        process.stdout.write(`sealed again: ${fields} fields, ${accounts} second factors, ${others} other texts\n`);
      });
      await open.call(noteRotation.id, noteOf(keys, so), systemActor(open.house.root));
      await finishRotation(open.database, id, so);
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
