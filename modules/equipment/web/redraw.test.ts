import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { populationText, redraw } from "./redraw.ts";

const hash = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

it("draws by the published words: another program with population and seed gets the same homes", async () => {
  const population = Array.from({ length: 40 }, (_, at) => `0198a000-0000-7000-8000-${String(at).padStart(12, "0")}`);
  const { digest, drawn } = await redraw(population, "体彩 26123 期 07 11 19", 5);
  const byHand = population
    .map((id) => `${hash(`体彩 26123 期 07 11 19\n${id}`)} ${id}`)
    .toSorted()
    .slice(0, 5)
    .map((line) => line.slice(65));
  expect(drawn).toEqual(byHand);
  expect(digest).toBe(hash(populationText(population)));
  expect((await redraw(population, "体彩 26124 期 07 11 19", 5)).drawn).not.toEqual(drawn);
});
