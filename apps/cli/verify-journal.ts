import { createReadStream, existsSync } from "node:fs";
import { DirectoryInUse } from "../../kernel/database/lock.ts";
import { exportJournal } from "../../kernel/journal/export.ts";
import { type Verdict, verifyJournal } from "../../kernel/journal/verify.ts";
import { openConfigured } from "../open.ts";
import { ConfigError, readConfig } from "../server/config.ts";

function print(verdict: Verdict): number {
  if (verdict.ok) {
    const head = verdict.head ? `head ${verdict.head.seq} ${verdict.head.hash}` : "no block yet";
    process.stdout.write(
      `journal whole: ${verdict.entries} entries in ${verdict.blocks} blocks, ${verdict.unsealed} not sealed yet; ${head}\n`,
    );
    return 0;
  }
  const { line, block, position, entryId } = verdict.at;
  process.stdout.write(
    `journal BROKEN: ${verdict.reason}; first bad entry ${entryId ?? "-"}, block ${block ?? "-"}, position ${position ?? "-"} (line ${line} of the export)\n`,
  );
  return 1;
}

/**
 * Verifies a journal (核验日志): an export FILE needs nothing else; without a file, the configured database is read.
 * `--pin FINGERPRINT` and `--head SEQ:HASH` compare with what was published elsewhere. Exit 0 whole, 1 broken, 2 not readable.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const options: { pin?: string; head?: { seq: number; hash: string } } = {};
  let file: string | undefined;
  for (let at = 0; at < argv.length; at++) {
    if (argv[at] === "--pin") options.pin = argv[++at] ?? "";
    else if (argv[at] === "--head") {
      const [seq, hash = ""] = (argv[++at] ?? "").split(":");
      options.head = { seq: Number(seq), hash };
    } else file = argv[at];
  }
  if (file) {
    if (!existsSync(file)) {
      process.stderr.write(`no such file: ${file}\n`);
      return 2;
    }
    return print(await verifyJournal(createReadStream(file, { highWaterMark: 1 << 20 }), options));
  }
  try {
    const open = await openConfigured(readConfig(process.env));
    try {
      // The keys of this installation are the anchor: a block signed by any other key is named.
      options.pin ??= open.house.keys.journalKey().keyId;
      return print(await verifyJournal(exportJournal(open.database, open.house.keys), options));
    } finally {
      await open.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else if (error instanceof DirectoryInUse)
      process.stderr.write(
        `the server (process ${error.pid}) is running on this directory: stop it, or verify an export from the console\n`,
      );
    else throw error;
    return 2;
  }
}
