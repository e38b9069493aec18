import { resolve } from "node:path";
import { z } from "zod";
import { parseDivision, significant } from "../../kernel/divisions/code.ts";

const flag = z.enum(["on", "off"]);

/**
 * Settings from the environment (运行参数): the only schema, and the source of the table in docs/guide/operator.md.
 * Nothing else is read from the environment.
 */
export const configFields = {
  PORT: z.coerce
    .number({ error: "is not a port number from 0 to 65535" })
    .int({ error: "is not a port number from 0 to 65535" })
    .min(0, { error: "is not a port number from 0 to 65535" })
    .max(65_535, { error: "is not a port number from 0 to 65535" })
    .default(3000)
    .describe("port to listen on; 0 = any free one"),
  HOST: z.string().default("127.0.0.1").describe("address to listen on; 0.0.0.0 behind a proxy in a container"),
  SHANZHI_DATA: z.string().min(1).default("./data").describe("directory of the embedded database, files and keys"),
  SHANZHI_ROOT: z
    .string()
    .default("63")
    .refine((code) => code === "0" || parseDivision(code).valid, {
      error: "is not a division code of 2, 4, 6, 9 or 12 digits",
    })
    .transform((code) => significant(code))
    .describe("root division: everything of this installation lies below it; 0 = the nation"),
  SHANZHI_DEMO: flag
    .optional()
    .describe("invented demonstration data; on with the embedded database, off with PostgreSQL unless asked"),
  DATABASE_URL: z
    .string()
    .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), { error: "is not a postgresql:// address" })
    .optional()
    .describe("PostgreSQL 15+ or Citus, as the owner; absent = embedded database, for trial"),
  SHANZHI_PASSPHRASE: z
    .string()
    .min(12, { error: "is too short: at least 12 characters" })
    .optional()
    .describe("passphrase of backups; absent = one is made and written beside the backup"),
  SHANZHI_URL: z
    .url({ error: "is not an address such as https://shanzhi.example.gov.cn" })
    .optional()
    .describe("public address printed in QR codes; default http://localhost:PORT"),
  SHANZHI_STATEMENT_SECONDS: z.coerce
    .number({ error: "is not a number of seconds" })
    .int({ error: "is not a number of seconds" })
    .min(5, { error: "is too short: at least 5 seconds" })
    .max(3600, { error: "is too long: at most 3600 seconds" })
    .default(60)
    .describe("embedded database: a statement that takes longer counts as hung; ten times as long in a job"),
} as const;

const schema = z.object(configFields);

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly directory: string;
  readonly root: string;
  readonly demo: boolean;
  readonly databaseUrl?: string;
  readonly baseUrl: string;
  readonly secureCookies: boolean;
  readonly passphrase?: string;
  readonly statementSeconds: number;
}

/** The environment holds something that cannot be meant. `message` is the one line to print. */
export class ConfigError extends Error {}

/** Reads the environment or stops with one clear line that names the variable and what to do. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.fromEntries(
    Object.keys(configFields).map((name) => [name, env[name] === "" ? undefined : env[name]]),
  );
  const stray = Object.keys(env).find(
    (name) => name.startsWith("SHANZHI_") && !(name in configFields) && name !== "SHANZHI_TEST_URL",
  );
  if (stray)
    throw new ConfigError(
      `${stray} is not a setting of this system; known are ${Object.keys(configFields).join(", ")}`,
    );
  const result = schema.safeParse(known);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0]);
    throw new ConfigError(
      `${name}=${/PASS|DATABASE/.test(name) ? "…" : env[name]} ${issue?.message ?? "is wrong"}; see docs/guide/operator.md`,
    );
  }
  const given = result.data;
  const baseUrl = given.SHANZHI_URL ?? `http://localhost:${given.PORT}`;
  return {
    port: given.PORT,
    host: given.HOST,
    directory: resolve(given.SHANZHI_DATA),
    root: given.SHANZHI_ROOT,
    demo: given.SHANZHI_DEMO ? given.SHANZHI_DEMO === "on" : given.DATABASE_URL === undefined,
    baseUrl: baseUrl.replace(/\/$/, ""),
    secureCookies: baseUrl.startsWith("https:"),
    statementSeconds: given.SHANZHI_STATEMENT_SECONDS,
    ...(given.SHANZHI_PASSPHRASE ? { passphrase: given.SHANZHI_PASSPHRASE } : {}),
    ...(given.DATABASE_URL ? { databaseUrl: given.DATABASE_URL } : {}),
  };
}
