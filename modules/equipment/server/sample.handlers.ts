import { randomBytes } from "node:crypto";
import { contains, significant } from "../../../kernel/divisions/code.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { drawSample, getSample, listSamples, recordCheck } from "../oversight.contract.ts";
import { publishSample } from "./equipment.publication.ts";
import { evaluationsOf } from "./evaluation.store.ts";
import { examine, keepLook, repeatedItem } from "./oversight.findings.ts";
import { filesArrived, overseen, pieceOf, piecesIn } from "./oversight.store.ts";
import { officeOf } from "./oversight.verify.ts";
import { draw, drawMethod, frozen, populationDigest } from "./sample.draw.ts";
import {
  checksOf,
  insertSample,
  loadSample,
  populationOf,
  type SampleHead,
  type SampleRow,
  samplePage,
} from "./sample.store.ts";

const drawOne = handle(drawSample)(async (input, ctx) => {
  const own = significant(ctx.actor.division ?? ctx.actor.home);
  const division = input.division ? significant(input.division) : own;
  if (!contains(own, division)) return ctx.fail("equipment/outside-your-division", { division });
  const homes = new Map((await populationOf(ctx.tx, division)).map((one) => [one.id, one]));
  if (homes.size === 0) return ctx.fail("equipment/no-population", { division });
  const wanted =
    input.size ?? (input.percent === undefined ? undefined : Math.ceil((homes.size * input.percent) / 100));
  const both = input.size !== undefined && input.percent !== undefined;
  if (wanted === undefined || both || wanted > homes.size)
    return ctx.fail("equipment/sample-size", { size: wanted ?? 0, population: homes.size });

  const population = frozen([...homes.keys()]);
  const seed = input.seed ?? randomBytes(16).toString("hex");
  const row: SampleRow = {
    home_code: ctx.actor.home,
    id: ctx.newId(),
    division_code: own,
    name: input.name,
    purpose: input.purpose,
    seed,
    method: drawMethod,
    population,
    population_size: population.length,
    population_digest: populationDigest(population),
    drawn: draw(population, seed, wanted).map((id, at) => {
      const home = homes.get(id);
      return {
        id,
        home: home?.home_code ?? "",
        name: home?.name ?? "",
        division: home?.division_code ?? "",
        place: at + 1,
      };
    }),
    size: wanted,
    witness: input.witness,
    published: input.publish,
    drawn_on: ctx.today,
  };
  await insertSample(ctx.tx, row);
  if (row.published) publishSample(ctx, row, homes);
  ctx.journal(
    "equipment-sample-drawn",
    { kind: "equipment-sample", id: row.id, home: row.home_code, division: row.division_code },
    { seed, method: drawMethod, population: row.population_size, digest: row.population_digest, size: wanted },
  );
  return {
    id: row.id,
    seed,
    populationSize: row.population_size,
    populationDigest: row.population_digest,
    drawn: row.drawn.map((one) => ({
      careHomeId: one.id,
      careHome: one.name,
      division: one.division,
      place: one.place,
    })),
  };
});

const headOf = (row: SampleHead) => ({
  id: row.id,
  name: row.name,
  purpose: row.purpose,
  division: row.division_code,
  drawnOn: row.drawn_on,
  populationSize: row.population_size,
  size: row.size,
  checked: row.checked,
  witness: row.witness,
  published: row.published,
});

const list = handle(listSamples)(async (input, ctx) => {
  const rows = await samplePage(ctx.tx, {
    division: input.division,
    purpose: input.purpose,
    after: readCursor(input.after, ["day", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    samples: shown.map(headOf),
    next: rows.length > input.limit && last ? writeCursor([last.drawn_on, last.id]) : null,
  };
});

const get = handle(getSample)(async (input, ctx) => {
  const row = await loadSample(ctx.tx, input.id);
  if (!row) return ctx.fail("equipment/unknown-sample", { id: input.id });
  const checks = await checksOf(ctx.tx, row.id);
  const again = draw(frozen(row.population), row.seed, row.size);
  const reproduced =
    populationDigest(frozen(row.population)) === row.population_digest &&
    again.length === row.drawn.length &&
    row.drawn.every((one, at) => one.id === again[at]);
  return {
    ...headOf({ ...row, checked: new Set(checks.map((one) => one.care_home_id)).size }),
    seed: row.seed,
    method: row.method,
    populationDigest: row.population_digest,
    population: [...row.population],
    reproduced,
    drawn: row.drawn.map((one) => ({
      careHomeId: one.id,
      careHome: one.name,
      division: one.division,
      place: one.place,
      checks: checks
        .filter((look) => look.care_home_id === one.id)
        .map((look) => ({ item: look.item, result: look.result, on: look.checked_on })),
    })),
    evaluations: await evaluationsOf(ctx.tx, row.id),
  };
});

const check = handle(recordCheck)(async (input, ctx) => {
  const sample = await loadSample(ctx.tx, input.sampleId);
  if (!sample) return ctx.fail("equipment/unknown-sample", { id: input.sampleId });
  if (sample.home_code !== ctx.actor.home)
    return ctx.fail("equipment/outside-your-division", { division: sample.division_code });
  const home = await overseen(ctx.tx, input.careHomeId);
  if (!home) return ctx.fail("equipment/unknown-home", { id: input.careHomeId });
  if (!sample.drawn.some((one) => one.id === home.id)) return ctx.fail("equipment/not-drawn", { name: home.name });
  const on = input.on ?? ctx.today;
  if (on > ctx.today) return ctx.fail("equipment/in-the-future", { on, today: ctx.today });
  const twice = repeatedItem(input.lines);
  if (twice) return ctx.fail("equipment/item-repeated", { item: twice });
  if (!(await filesArrived(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", {});

  const rows = await piecesIn(ctx.tx, home.id);
  const examined = examine(input.lines, rows.map(pieceOf), "spot_check", true, (problem) =>
    ctx.fail(problem.code === "equipment/untrained" ? "equipment/item-state" : problem.code, {
      ...problem.facts,
      name: home.name,
    }),
  );
  const kept = keepLook(
    ctx,
    {
      kind: "spot_check",
      at: { home: home.home_code, division: home.division_code, careHomeId: home.id, careHome: home.name },
      on,
      photoIds: input.photoIds,
      note: input.note,
      sampleId: sample.id,
      by: ctx.actor.displayName,
      office: await officeOf(ctx.tx, home.home_code, ctx.today),
    },
    rows,
    examined,
  );
  ctx.journal(
    "equipment-spot-checked",
    { kind: "care-home", id: home.id, home: home.home_code, division: home.division_code },
    { sample: sample.id, lines: input.lines.map(({ item, result, seen }) => ({ item, result, seen })) },
  );
  return kept;
});

export const sampleHandlers = [drawOne, list, get, check];
