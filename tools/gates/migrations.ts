import { basename } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import ts from "typescript";
import { type Finding, type Gate, isProduct, lineOf, type Tree } from "./gate.ts";
import { nodeLine, parse, visit } from "./parse.ts";

export const isMigration = (file: string): boolean =>
  /^(kernel\/migrations|modules\/[^/]+\/server\/migrations)\/[^/]+\.sql$/.test(file);

/** Words that may not stand in the house's SQL, and why (禁用语句). */
const forbidden: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\bbetween\b/i, why: "BETWEEN includes both ends, so adjacent ranges count twice: use >= and <" },
  { pattern: /\b(rollup|grouping\s+sets|cube)\b/i, why: "not available on distributed tables: sum ranges instead" },
  { pattern: /\bpg_(try_)?advisory\w*/i, why: "advisory locks are session state: lock a row" },
  { pattern: /(^|;)\s*(listen|notify|unlisten)\s+\w/i, why: "LISTEN is session state: ask for work" },
  {
    pattern: /\bon\s+conflict\b[^;]*\b(now|random|clock_timestamp|gen_random_uuid)\s*\(/i,
    why: "no volatile function in ON CONFLICT: pass the time as a parameter",
  },
];
const onlyInMigrations: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  {
    pattern: /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i,
    why: "no triggers: what happens stands in the handler",
  },
  { pattern: /\bcreate\s+policy\b/i, why: "policies are written by the kernel from defineTables, never by hand" },
  { pattern: /\btimestamp\b(?!\s*(with\s+time\s+zone|\())(?!tz)/i, why: "an instant is timestamptz" },
  { pattern: /\b(now|gen_random_uuid|random|uuidv7)\s*\(/i, why: "time, chance and ids come from the application" },
  { pattern: /\b(big|small)?serial\b/i, why: "keys are UUIDv7 made by the application" },
  {
    pattern: /\bdrop\s+(table|column)\b/i,
    why: "expand first; a drop waits for the release in which nobody reads it and says so in an ADR",
  },
];

/** SQL without its comments and its texts, of the same length, so that positions stay true. */
export function bareSql(sql: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, blank);
}

function textFaults(file: string, text: string): Finding[] {
  const found: Finding[] = [];
  const bare = bareSql(text);
  for (const { pattern, why } of [...forbidden, ...onlyInMigrations]) {
    const match = pattern.exec(bare);
    if (match)
      found.push({
        rule: "forbidden-sql",
        file,
        line: lineOf(bare, match.index),
        message: `${match[0].trim()}: ${why}`,
      });
  }
  if (!/^\d{8}T\d{4}-(create|add|alter|rename|remove|drop|fill|split|move|index)-[a-z0-9-]+\.sql$/.test(basename(file)))
    found.push({ rule: "migration-name", file, message: "is not <UTC timestamp>-<verb>-<what>.sql" });
  const header = /^(--[^\n]*\n)+/.exec(text)?.[0] ?? "";
  if (header.length < 60)
    found.push({
      rule: "migration-header",
      file,
      message: "begins with a comment: why, which lock, expand or contract",
    });
  return found;
}

/** Forbidden words in the statements that stand in the program, and LIKE where row security would make it slow. */
function statementFaults(tree: Tree, file: string): Finding[] {
  const found: Finding[] = [];
  visit(parse(tree, file), (node) => {
    if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== "sql") return;
    const bare = bareSql(node.template.getText().slice(1, -1));
    for (const { pattern, why } of forbidden) {
      const match = pattern.exec(bare);
      if (match)
        found.push({ rule: "forbidden-sql", file, line: nodeLine(node), message: `${match[0].trim()}: ${why}` });
    }
    const like = /\b(not\s+)?(i?like|similar\s+to)\b|!?~\*?(?=\s*(\$|'))/i.exec(bare);
    if (like)
      found.push({
        rule: "no-like",
        file,
        line: nodeLine(node),
        message: `${like[0]}: under row security only = < > >= may find rows`,
      });
  });
  return found;
}

/** Tables whose key begins otherwise, and why (例外). */
const wholeCountry: Readonly<Record<string, string>> = {
  organisation_code: "a credit code is unique in the whole country: a reference table, read by lookups only",
  organisation_name_key: "a name is looked for in the whole country: a reference table, read by lookups only",
  journal_block: "blocks of all homes are numbered in one row; each home's chain is a unique key of its own",
};

interface Column {
  readonly table: string;
  readonly schema: string;
  readonly column: string;
  readonly type: string;
  readonly comment: string | null;
}

/** Column types that follow from the name (列名即类型). */
const byName: readonly { readonly pattern: RegExp; readonly types: readonly string[] }[] = [
  { pattern: /_on$/, types: ["date"] },
  { pattern: /_at$/, types: ["timestamp with time zone"] },
  { pattern: /_fen$/, types: ["bigint"] },
  { pattern: /^(is|has)_/, types: ["boolean"] },
];

async function schemaFaults(tree: Tree, files: readonly string[]): Promise<Finding[]> {
  const found: Finding[] = [];
  const database = await PGlite.create();
  try {
    for (const file of files) {
      try {
        await database.exec(tree.read(file));
      } catch (error) {
        found.push({ rule: "migration-fails", file, message: (error as Error).message });
      }
    }
    const home = (table: string) =>
      files.find((file) => new RegExp(`create table (\\w+\\.)?${table}\\b`).test(tree.read(file))) ?? files[0] ?? "";
    const chinese = (comment: string | null) => comment !== null && /^[^—]{0,16}\p{Script=Han}/u.test(comment);
    const tables = await database.query<{ schema: string; table: string; comment: string | null }>(
      `select n.nspname as schema, c.relname as table, obj_description(c.oid) as comment from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('public', 'publication') order by 1, 2`,
    );
    for (const one of tables.rows)
      if (!chinese(one.comment))
        found.push({
          rule: "comment",
          file: home(one.table),
          message: `table ${one.table}: COMMENT ON, the Chinese term first`,
        });
    const columns = await database.query<Column>(
      `select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, col_description(c.oid, a.attnum) as comment
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and n.nspname in ('public', 'publication') order by 1, 2, a.attnum`,
    );
    for (const one of columns.rows) {
      if (!chinese(one.comment))
        found.push({
          rule: "comment",
          file: home(one.table),
          message: `column ${one.table}.${one.column}: COMMENT ON, the Chinese term first`,
        });
      const wrong = byName.find(({ pattern, types }) => pattern.test(one.column) && !types.includes(one.type));
      if (wrong)
        found.push({
          rule: "column-type",
          file: home(one.table),
          message: `${one.table}.${one.column} is ${one.type}, its name says ${wrong.types.join(" or ")}`,
        });
    }
    const keys = await database.query<{ table: string; first: string }>(
      `select c.relname as table, a.attname as first from pg_constraint k join pg_class c on c.oid = k.conrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
       where k.contype = 'p' and exists (select 1 from pg_attribute h where h.attrelid = c.oid and h.attname = 'home_code' and not h.attisdropped)`,
    );
    for (const one of keys.rows)
      if (one.table in wholeCountry) continue;
      else if (one.first !== "home_code")
        found.push({
          rule: "key-home-first",
          file: home(one.table),
          message: `the key of ${one.table} begins with ${one.first}: home_code first, it is where the row is stored`,
        });
  } finally {
    await database.close();
  }
  return found;
}

/** Migrations and statements (数据库结构): named, explained, commented in both languages, in the subset that all three databases share. */
export const migrationsGate: Gate = {
  id: "migrations",
  rules: [
    "forbidden-sql",
    "no-like",
    "migration-name",
    "migration-header",
    "migration-fails",
    "comment",
    "column-type",
    "key-home-first",
  ],
  wants: (files) => files.filter((file) => isMigration(file) || isProduct(file)).length,
  async run(tree) {
    const migrations = tree.files.filter(isMigration).sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
    const sources = tree.files.filter(isProduct);
    const findings = [
      ...migrations.flatMap((file) => textFaults(file, tree.read(file))),
      ...sources.flatMap((file) => (tree.read(file).includes("sql`") ? statementFaults(tree, file) : [])),
      ...(await schemaFaults(tree, migrations)),
    ];
    return { findings, looked: migrations.length + sources.length };
  },
};
