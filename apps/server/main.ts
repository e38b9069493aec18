import { DirectoryInUse } from "../../kernel/database/lock.ts";
import { sql } from "../../kernel/database/sql.ts";
import { makeServer } from "../../kernel/http/server.ts";
import { openConfigured } from "../open.ts";
import { ConfigError, readConfig } from "./config.ts";
import { servePages } from "./pages.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

function log(line: string, facts: Readonly<Record<string, unknown>> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), line, ...facts })}\n`);
}

function stopWith(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Starts the server: one process, until SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const open = await openConfigured(config, {
    log,
    patience: { statementMs: config.statementSeconds * 1_000, jobMs: config.statementSeconds * 10_000 },
    onDatabaseExit: (code) =>
      stopWith(`embedded database ended by itself (${code}); start again, nothing acknowledged is lost`),
  });
  const app = await makeServer(open, { secureCookies: config.secureCookies });
  await servePages(app, open);
  let accounts: readonly { login: string; password: string; what: string }[] = [];
  if (config.demo) {
    const { demonstrate, demoAccounts } = await import("../../demo/demo.ts");
    try {
      if ((await demonstrate(open, say)) !== "in-use") accounts = demoAccounts;
    } catch (error) {
      // The house opens all the same, and says so: what is missing is made up at the next start.
      log("demonstration data incomplete", { error: error instanceof Error ? error.stack : String(error) });
      say(
        `示范数据未完成，下次启动时续建 demonstration data incomplete, continued at the next start: ${String(error)}`,
      );
      accounts = demoAccounts;
    }
  }
  const empty =
    (await open.database.transaction({ kind: "auth" }, (tx) =>
      tx.maybe(sql`select 1 as found from account limit 1`),
    )) === undefined;
  await app.listen({ port: config.port, host: config.host });
  const address = app.server.address();
  const port = typeof address === "object" && address ? address.port : config.port;
  open.jobs.start();

  if (empty)
    say(`首次启动 first start: open http://localhost:${port}/console/setup with the code ${open.house.setupCode}`);
  say(`善治 Shanzhi  http://localhost:${port}/          门户 portal`);
  say(`              http://localhost:${port}/console/  工作台 console`);
  if (!config.databaseUrl)
    say("试用数据库（内嵌）trial database (embedded): for real data set DATABASE_URL, see docs/guide/operator.md");
  for (const account of accounts) say(`  ${account.login.padEnd(16)} ${account.password.padEnd(20)} ${account.what}`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await open.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) stopWith(error.message);
  if (error instanceof DirectoryInUse) {
    stopWith(`SHANZHI_DATA is in use by process ${error.pid}: stop it first, or set SHANZHI_DATA to another directory`);
  }
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE")
    stopWith(`PORT=${process.env.PORT ?? 3000} is taken by another program: stop it, or set PORT to another number`);
  stopWith(error instanceof Error ? (error.stack ?? error.message) : String(error));
});
