import { createHash } from "node:crypto";

/**
 * The way homes are drawn (抽取方法), by name and version. Population: ids in the order of their characters. Digest: SHA-256
 * of the ids, each followed by a line feed. Draw: each id gets SHA-256 of `seed`, a line feed and the id, as lower-case
 * hexadecimal; the ids with the smallest come first. Anybody can do it again with nothing but these words.
 */
export const drawMethod = "sha256-rank/1";

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

/** The population in its order. */
export function frozen(ids: readonly string[]): string[] {
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Digest under which a population is published. */
export function populationDigest(population: readonly string[]): string {
  return sha256(population.map((id) => `${id}\n`).join(""));
}

/** The first `size` ids of the draw, in its order. */
export function draw(population: readonly string[], seed: string, size: number): string[] {
  return population
    .map((id) => ({ id, rank: sha256(`${seed}\n${id}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1))
    .slice(0, size)
    .map((one) => one.id);
}
