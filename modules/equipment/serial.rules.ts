/** The number of a piece as it is compared (编号归一): full width, spaces and lower case are forgiven. */
export function serialKey(typed: string): string {
  return typed.normalize("NFKC").replace(/\s+/g, "").toUpperCase();
}

/** Numbers that stand twice in a list. */
export function repeatedSerials(serials: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const key of serials.map(serialKey)) (seen.has(key) ? twice : seen).add(key);
  return [...twice];
}
