import type { Download } from "../../kernel/operation/context.ts";
import { sampleText } from "./samples.ts";
import { places, type Scene } from "./scene.ts";

/** A thing of the register that an answer may betray: an id or a name, and whose it is. */
export interface Mark {
  readonly mark: string;
  readonly table: string;
  readonly division: string;
  readonly organisation: string | null;
  readonly unit: string | null;
  /** The row's own id, for rows that carry their owner as their key. */
  readonly id: string;
}

interface Table {
  readonly name: string;
  readonly columns: ReadonlySet<string>;
}

/** What looks inside the database from outside every scope (旁观者): marks of a register, and whether it changed. */
export interface Witness {
  /** Every id and name that stands in the own register now. */
  marks(): Promise<Mark[]>;
  /**
   * A digest of every row of the own register that a position may not change; journal and idempotency keys excepted, a
   * refusal writes those. `except` is the range of a child that acts inside it by right: a street files its own.
   */
  state(except?: string): Promise<string>;
  /** Tables whose rows differ between two states. */
  changed(before: string, after: string): string[];
}

const unwatched = new Set([
  "journal_entry",
  "journal_block",
  "journal_seal",
  "idempotency",
  "session",
  "job",
  "schema_migration",
]);

/** Tables whose names are names of bodies and people; a file may be called anything. */
const people = new Set(["public.organisation", "public.organisation_officer", "public.supervisory_unit"]);

/** Makes a witness of the scene's own register. */
export async function makeWitness({ house, known }: Scene): Promise<Witness> {
  const rows = await house.sql<{ name: string; columns: string[] }>(
    `select table_schema || '.' || table_name as name, array_agg(column_name::text) as columns from information_schema.columns
     where table_schema in ('public', 'publication') group by 1 order by 1`,
  );
  const tables: Table[] = rows
    .map((row) => ({ name: row.name, columns: new Set(row.columns) }))
    .filter((one) => !unwatched.has(one.name.slice(one.name.indexOf(".") + 1)));
  const inRegister = (table: Table) =>
    table.columns.has("home_code")
      ? `home_code = '${places.own}'`
      : table.columns.has("division_code")
        ? `division_code >= '${places.own}' and division_code < '${Number(places.own) + 1}'`
        : null;
  const watched = tables.filter((one) => inRegister(one) !== null);
  const accounts = [
    { name: "public.account", where: `id = '${String(known.accountId)}'` },
    { name: "public.role_grant", where: `account_id = '${String(known.accountId)}'` },
  ];
  const digest = (name: string, where: string) =>
    `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} t where ${where}`;
  const stateQuery = (except?: string) =>
    [
      ...watched
        .filter((one) => !except || one.columns.has("division_code"))
        .map((one) =>
          digest(
            one.name,
            `${inRegister(one)}${except ? ` and left(division_code, ${except.length}) <> '${except}'` : ""}`,
          ),
        ),
      ...accounts.map((one) => digest(one.name, one.where)),
    ].join(" union all ");
  // Counters, tokens and versions carry the id of what they are about: their own rows are no marks.
  const marked = watched.filter(
    (one) => one.columns.has("id") && one.columns.has("home_code") && one.columns.has("division_code"),
  );
  const column = (table: Table, name: string, type: string) =>
    table.columns.has(name) ? `${name}::${type}` : `null::${type}`;
  const markQuery = marked
    .map((one) => {
      const own =
        one.name === "public.organisation"
          ? "id::text"
          : one.columns.has("organisation_id")
            ? "organisation_id::text"
            : column(one, "subject_id", "text");
      return `select '${one.name}' as "table", id::text as id, ${people.has(one.name) ? "name" : "null"}::text as label, division_code as division, ${own} as organisation, ${column(one, "unit_id", "text")} as unit
        from ${one.name} where home_code = '${places.own}'`;
    })
    .join(" union all ");
  return {
    async marks() {
      const found = await house.sql<{
        table: string;
        id: string;
        label: string | null;
        division: string;
        organisation: string | null;
        unit: string | null;
      }>(markQuery);
      return found.flatMap(({ label, ...row }) => [
        { ...row, mark: row.id },
        ...(label !== null && label !== sampleText ? [{ ...row, mark: label }] : []),
      ]);
    },
    async state(except) {
      const found = await house.sql<{ name: string; rows: number; digest: string }>(stateQuery(except));
      return JSON.stringify(found.map((one) => [one.name, one.rows, one.digest]));
    },
    changed(before, after) {
      const was = new Map((JSON.parse(before) as [string, number, string][]).map(([name, , digest]) => [name, digest]));
      return (JSON.parse(after) as [string, number, string][])
        .filter(([name, , digest]) => was.get(name) !== digest)
        .map(([name]) => name);
    },
  };
}

const isDownload = (answer: unknown): answer is Download =>
  typeof answer === "object" && answer !== null && "contentType" in answer && "body" in answer;

/** The whole text of an answer, a file's bytes included: where a mark would show. */
export async function textOf(answer: unknown): Promise<string> {
  if (!isDownload(answer)) return JSON.stringify(answer ?? null);
  if (Buffer.isBuffer(answer.body)) return `${answer.fileName} ${answer.body.toString("utf8")}`;
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(Buffer.from(chunk as Uint8Array));
  return `${answer.fileName} ${Buffer.concat(chunks).toString("utf8")}`;
}
