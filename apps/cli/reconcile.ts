import { connectEmbedded, connectPostgres } from "../../kernel/database/connect.ts";
import { openDatabase } from "../../kernel/database/database.ts";
import { DirectoryInUse, lockDirectory } from "../../kernel/database/lock.ts";
import { differenceLine, reconcile } from "../../kernel/ledger/reconcile.ts";
import { ConfigError, readConfig } from "../server/config.ts";

/**
 * `reconcile` (全库对账命令): one clear line per difference and a last line that says what was looked at. Exit 0 when everything
 * agrees, 1 when something differs, 2 when it could not be checked. On PostgreSQL the server may go on writing meanwhile.
 */
export async function main(_argv: readonly string[]): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  let unlock = () => {};
  try {
    const config = readConfig(process.env);
    if (!config.databaseUrl) unlock = lockDirectory(config.directory);
    const connection = config.databaseUrl
      ? connectPostgres(config.databaseUrl)
      : await connectEmbedded(config.directory);
    const database = openDatabase(connection, config.databaseUrl ? 2 : 1);
    try {
      const began = Date.now();
      const { accounts, entries, postings, differences, more } = await reconcile(database);
      for (const difference of differences) process.stdout.write(`${differenceLine(difference)}\n`);
      const verdict =
        differences.length === 0 ? "agrees" : `${more ? "more than " : ""}${differences.length} differences`;
      process.stdout.write(
        `ledger ${verdict}: ${accounts} accounts, ${entries} entries, ${postings} postings, ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
      );
      return differences.length === 0 ? 0 : 1;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) say(error.message);
    else if (error instanceof DirectoryInUse)
      say(
        `the server (process ${error.pid}) is running on this directory: stop it before the embedded ledger is checked`,
      );
    else say(`the ledger could not be checked: ${(error as Error).message}`);
    return 2;
  } finally {
    unlock();
  }
}
