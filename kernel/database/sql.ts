import { createHash } from "node:crypto";

/** A statement ready for the driver: text with $1.., its values, and a name under which it is prepared once. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Prepared under this name; absent when the text varies too much to be worth preparing. */
  readonly name?: string;
}

class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const prepared = new WeakMap<TemplateStringsArray, { text: string; name: string }>();

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "text" in value && "values" in value;
}

/**
 * SQL as SQL (语句模板): values become parameters, a nested `sql` fragment is spliced in, `raw` names a trusted word.
 * A template without fragments is prepared once per connection under a digest of its text.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Statement {
  const plain = !parts.some((part) => part instanceof Raw || isStatement(part));
  if (plain) {
    let known = prepared.get(strings);
    if (!known) {
      const text = strings.reduce((all, piece, index) => (index === 0 ? piece : `${all}$${index}${piece}`), "");
      known = { text, name: createHash("sha256").update(text).digest("base64url").slice(0, 24) };
      prepared.set(strings, known);
    }
    return { text: known.text, name: known.name, values: parts };
  }
  let out = strings[0] ?? "";
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    if (part instanceof Raw) out += part.text;
    else if (isStatement(part)) {
      const offset = values.length;
      out += part.text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`);
      values.push(...part.values);
    } else {
      values.push(part);
      out += `$${values.length}`;
    }
    out += strings[index + 1] ?? "";
  });
  return { text: out, values };
}

/**
 * A statement put together of fragments, prepared all the same (预备语句): for the few whose text takes a small number of forms, so
 * that a connection plans each form once.
 */
export function prepare(statement: Statement): Statement {
  let name = names.get(statement.text);
  if (!name) {
    name = createHash("sha256").update(statement.text).digest("base64url").slice(0, 24);
    names.set(statement.text, name);
  }
  return { ...statement, name };
}

const names = new Map<string, string>();

/**
 * The same statement, planned anew each time with the values in sight (每次规划): for lots of hundreds of rows. A plan kept from when a
 * table was empty goes on reading it whole while an import fills it.
 */
export function unprepared({ text, values }: Statement): Statement {
  return { text, values };
}

/** A trusted word of the program itself (an identifier, a keyword). Never call it with anything a person typed. */
export function raw(word: string): Raw {
  return new Raw(word);
}

/** Joins fragments: `join([sql`a = ${1}`, sql`b = ${2}`], " and ")`. An empty list gives `otherwise`. */
export function join(fragments: readonly Statement[], separator: string, otherwise = "true"): Statement {
  if (fragments.length === 0) return { text: otherwise, values: [] };
  let text = "";
  const values: unknown[] = [];
  fragments.forEach((fragment, index) => {
    const offset = values.length;
    if (index > 0) text += separator;
    text += fragment.text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`);
    values.push(...fragment.values);
  });
  return { text, values };
}

/** Quotes a literal of the program for statements that take no parameters (`set local`). */
export function literal(value: string): string {
  if (!/^[\w .:,@-]*$/.test(value)) throw new Error(`not a plain literal: ${value}`);
  return `'${value}'`;
}
