import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { kernelTables } from "../../kernel/access/kernel-tables.ts";
import { NotEmpty, restore } from "../../kernel/backup/backup.ts";
import { BackupUnreadable } from "../../kernel/backup/frames.ts";
import { connectEmbedded, connectPostgres, loginPasswords } from "../../kernel/database/connect.ts";
import { openDatabase } from "../../kernel/database/database.ts";
import { DirectoryInUse, lockDirectory } from "../../kernel/database/lock.ts";
import { migrate } from "../../kernel/database/migrate.ts";
import { modules } from "../modules.ts";
import { projectRoot } from "../open.ts";
import { ConfigError, readConfig } from "../server/config.ts";

/** `npm run restore -- FILE`: loads a backup into the configured, empty installation. Exit 0 done, 2 refused. */
export async function main(argv: readonly string[]): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const source = argv[0] ? resolve(argv[0]) : undefined;
  if (!source || !existsSync(source)) {
    say(source ? `no such file: ${source}` : "usage: npm run restore -- FILE");
    return 2;
  }
  try {
    const config = readConfig(process.env);
    const beside = `${source}.passphrase`;
    const passphrase = config.passphrase ?? (existsSync(beside) ? readFileSync(beside, "utf8").trim() : undefined);
    if (!passphrase) {
      say("set SHANZHI_PASSPHRASE to the passphrase of this backup");
      return 2;
    }
    mkdirSync(config.directory, { recursive: true, mode: 0o700 });
    const unlock = config.databaseUrl ? () => {} : lockDirectory(config.directory);
    try {
      const database = openDatabase(
        config.databaseUrl ? connectPostgres(config.databaseUrl) : await connectEmbedded(config.directory),
        1,
      );
      const project = projectRoot();
      const folders = [
        join(project, "kernel/migrations"),
        ...modules.flatMap((one) => (one.migrations ? [join(project, one.migrations)] : [])),
      ];
      const tables = [...kernelTables, ...modules.flatMap((one) => one.tables ?? [])];
      const logins = config.databaseUrl ? loginPasswords(config.databaseUrl) : {};
      try {
        const done = await database.owner(async (client) => {
          const counts = await restore(source, passphrase, {
            client,
            directory: config.directory,
            prepare: async (migrations) => void (await migrate(client, folders, tables, logins, new Set(migrations))),
          });
          await migrate(client, folders, tables, logins);
          return counts;
        });
        process.stdout.write(`restored: ${done.rows} rows of ${done.tables} tables, ${done.files} files\n`);
        return 0;
      } finally {
        await database.close();
      }
    } finally {
      unlock();
    }
  } catch (error) {
    if (error instanceof ConfigError || error instanceof BackupUnreadable) say(error.message);
    else if (error instanceof NotEmpty)
      say(`restore refused: ${error.message}; restore into an empty directory and database`);
    else if (error instanceof DirectoryInUse) say(`SHANZHI_DATA is in use by process ${error.pid}: stop it first`);
    else throw error;
    return 2;
  }
}
