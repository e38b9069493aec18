import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { backup } from "../../kernel/backup/backup.ts";
import { DirectoryInUse } from "../../kernel/database/lock.ts";
import { openConfigured } from "../open.ts";
import { ConfigError, readConfig } from "../server/config.ts";

/** `npm run backup -- FILE`: everything of the configured installation into one sealed file. Exit 0 done, 2 refused. */
export async function main(argv: readonly string[]): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const target = argv[0];
  if (!target) {
    say("usage: npm run backup -- FILE");
    return 2;
  }
  try {
    const config = readConfig(process.env);
    const file = resolve(target);
    if (existsSync(file)) {
      say(`${file} exists already: choose another name, nothing is overwritten`);
      return 2;
    }
    const open = await openConfigured(config);
    try {
      const passphrase = config.passphrase ?? randomBytes(18).toString("base64url");
      await open.database.owner((client) =>
        backup(client, open.house.files, open.house.keys, passphrase, file, new Date()),
      );
      if (!config.passphrase) writeFileSync(`${file}.passphrase`, `${passphrase}\n`, { mode: 0o600 });
      process.stdout.write(
        `backup written: ${file}${config.passphrase ? "" : `; its passphrase is in ${file}.passphrase: keep the two apart`}\n`,
      );
      return 0;
    } finally {
      await open.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) say(error.message);
    else if (error instanceof DirectoryInUse)
      say(
        `the server (process ${error.pid}) is running on this directory: stop it before a backup of the embedded database`,
      );
    else throw error;
    return 2;
  }
}
