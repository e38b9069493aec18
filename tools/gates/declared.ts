/**
 * Where a rule of the house does not hold, with the reason (例外): the one place. A line whose file is gone, or in which
 * nothing is excepted any more, fails the check: exceptions do not outlive their reason.
 */
export interface Exception {
  readonly rule: string;
  /** A file, or a folder when it ends in "/". */
  readonly at: string;
  readonly because: string;
}

const recognised = "recognises Chinese people wrote into cells and names: it is read, never shown";

export const exceptions: readonly Exception[] = [
  { rule: "words-place", at: "kernel/clock/loose-date.ts", because: recognised },
  { rule: "words-place", at: "kernel/search/pinyin-overrides.ts", because: recognised },
  { rule: "words-place", at: "kernel/sheet/cells.ts", because: recognised },
  { rule: "words-place", at: "kernel/sheet/columns.ts", because: recognised },
  { rule: "words-place", at: "kernel/text/figures.ts", because: recognised },
  { rule: "words-place", at: "kernel/text/mask-data.ts", because: recognised },
  {
    rule: "words-place",
    at: "kernel/database/migrate.ts",
    because: "COMMENT ON of the one table made before any migration runs",
  },
  { rule: "words-place", at: "kernel/http/openapi.ts", because: "the product's own name" },
  {
    rule: "words-place",
    at: "apps/server/main.ts",
    because: "printed at start in both languages at once, for whoever reads the terminal",
  },
  {
    rule: "sql-place",
    at: "apps/server/main.ts",
    because: "one question before any room is open: is this installation empty",
  },
  { rule: "any", at: "kernel/operation/handle.ts", because: "the list of all operations cannot name each one's types" },
  {
    rule: "any",
    at: "kernel/operation/house-module.ts",
    because: "sentences and templates each know the facts of their own code",
  },
];

/** Whether a finding is excepted; used exceptions are remembered so that dead ones can be told. */
export function excepted(rule: string, file: string, used: Set<Exception>): boolean {
  const one = exceptions.find(
    (entry) => entry.rule === rule && (entry.at === file || (entry.at.endsWith("/") && file.startsWith(entry.at))),
  );
  if (one) used.add(one);
  return one !== undefined;
}
