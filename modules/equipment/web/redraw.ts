/** SHA-256 as hexadecimal text, by the browser's own means. */
async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** The text of a population (总体文本), as its digest is made of it: one id a line, each line ended. */
export function populationText(population: readonly string[]): string {
  return population.map((one) => `${one}\n`).join("");
}

/**
 * Draws a sample again (重抽核对), apart from the server: the digest of the population, and the ids in the order of SHA-256 of
 * seed, line feed, id.
 */
export async function redraw(
  population: readonly string[],
  seed: string,
  size: number,
): Promise<{ readonly digest: string; readonly drawn: readonly string[] }> {
  const ranked = await Promise.all(population.map(async (id) => ({ id, rank: await sha256(`${seed}\n${id}`) })));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1));
  return { digest: await sha256(populationText(population)), drawn: ranked.slice(0, size).map((one) => one.id) };
}
