import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectEmbedded, connectPostgres } from "../kernel/database/connect.ts";
import { lockDirectory } from "../kernel/database/lock.ts";
import type { Patience } from "../kernel/database/watchdog.ts";
import { loadDivisions, loadHolidays } from "../kernel/divisions/load.ts";
import { type OpenHouse, openHouse } from "../kernel/house/house.ts";
import { modules } from "./modules.ts";
import type { Config } from "./server/config.ts";

/** The folder that holds package.json: sources and bundles both stand below it. */
export function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) throw new Error("package.json not found above the program");
  }
}

export interface OpenOptions {
  readonly log?: (line: string, facts?: Readonly<Record<string, unknown>>) => void;
  /** The embedded database ended by itself. */
  readonly onDatabaseExit?: (code: number | null) => void;
  /** A server watches the embedded database; a program at the command line may take its time. */
  readonly patience?: Patience;
}

/** Opens the whole house as configured: lock, database, migrations, divisions, holidays (打开系统). */
export async function openConfigured(config: Config, options: OpenOptions = {}): Promise<OpenHouse> {
  mkdirSync(config.directory, { recursive: true, mode: 0o700 });
  const unlock = config.databaseUrl ? () => {} : lockDirectory(config.directory);
  try {
    const embedded = config.databaseUrl ? undefined : await connectEmbedded(config.directory, options.onDatabaseExit);
    const connection = embedded ?? connectPostgres(config.databaseUrl as string);
    const open = await openHouse({
      connection,
      ...(config.databaseUrl ? { url: config.databaseUrl } : {}),
      modules,
      directory: config.directory,
      project: projectRoot(),
      root: config.root,
      baseUrl: config.baseUrl,
      demo: config.demo,
      setupCode: randomBytes(6).toString("hex"),
      ...(options.log ? { log: options.log } : {}),
    });
    await loadDivisions(open.database, config.root);
    await loadHolidays(open.database);
    await open.reload();
    if (options.patience && embedded) embedded.watch(options.patience);
    return {
      ...open,
      async close() {
        await open.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
