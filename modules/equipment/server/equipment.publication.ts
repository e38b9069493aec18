import type { Context } from "../../../kernel/operation/context.ts";
import { defineCollection } from "../../../kernel/publication/define.ts";
import { type Publish, publish } from "../../../kernel/publication/publication.ts";
import type { SampleRow } from "./sample.store.ts";

/** How far the equipment has come in a division (配备进度公开): counts of homes and pieces, never money. */
export const progressCollection = defineCollection({
  id: "equipment.progress",
  searchable: false,
  fields: [
    { field: "name", type: "text" },
    { field: "homes", type: "integer" },
    { field: "covered", type: "integer" },
    { field: "coverage", type: "text" },
    { field: "shipped", type: "integer" },
    { field: "delivered", type: "integer" },
    { field: "verified", type: "integer" },
    { field: "homesTrained", type: "integer" },
    { field: "discrepanciesOpen", type: "integer" },
    { field: "asOf", type: "date" },
  ],
});

/** Homes and what was delivered and verified there (配备机构名单公开): never residents, staff or phones. */
export const homeCollection = defineCollection({
  id: "equipment.home",
  searchable: false,
  fields: [
    { field: "name", type: "text" },
    { field: "concentrator", type: "code" },
    { field: "oximeter", type: "code" },
    { field: "isCovered", type: "boolean" },
    { field: "asOf", type: "date" },
  ],
});

/** Samples (抽样公开): seed, method and digest, so that anybody can draw again. */
export const sampleCollection = defineCollection({
  id: "equipment.sample",
  searchable: false,
  fields: [
    { field: "name", type: "text" },
    { field: "purpose", type: "code" },
    { field: "seed", type: "text" },
    { field: "method", type: "code" },
    { field: "populationSize", type: "integer" },
    { field: "populationDigest", type: "code" },
    { field: "size", type: "integer" },
    { field: "drawnOn", type: "date" },
  ],
});

/** The frozen population of a sample, home by home (抽样总体公开), and which of them were drawn. */
export const sampleHomeCollection = defineCollection({
  id: "equipment.sample-home",
  searchable: false,
  fields: [
    { field: "sample", type: "code" },
    { field: "position", type: "integer" },
    { field: "home", type: "code" },
    { field: "name", type: "text" },
    { field: "homeDivision", type: "code" },
    { field: "drawn", type: "integer" },
  ],
});

export const collections = [progressCollection, homeCollection, sampleCollection, sampleHomeCollection] as const;

interface Named {
  readonly name: string;
  readonly division_code: string;
}

/** Publishes a sample with its whole population: the witness is named in the register, not in public. */
export function publishSample(ctx: Context, row: SampleRow, homes: ReadonlyMap<string, Named>): void {
  const places = new Map(row.drawn.map((one) => [one.id, one.place]));
  publish(ctx, [
    {
      collection: sampleCollection,
      key: row.id,
      division: row.division_code,
      title: row.name,
      sortKey: `${row.drawn_on} ${row.id}`,
      body: {
        name: row.name,
        purpose: row.purpose,
        seed: row.seed,
        method: row.method,
        populationSize: row.population_size,
        populationDigest: row.population_digest,
        size: row.size,
        drawnOn: row.drawn_on,
      },
    },
  ]);
  publish(
    ctx,
    row.population.map((id, at): Publish => {
      const home = homes.get(id);
      const position = at + 1;
      return {
        collection: sampleHomeCollection,
        key: `${row.id}-${position}`,
        // It is the drawing office's publication, whatever county the home is in.
        division: row.division_code,
        title: home?.name ?? id,
        sortKey: `${row.id} ${String(position).padStart(6, "0")}`,
        body: {
          sample: row.id,
          position,
          home: id,
          name: home?.name ?? id,
          homeDivision: home?.division_code ?? null,
          drawn: places.get(id) ?? null,
        },
      };
    }),
  );
}
