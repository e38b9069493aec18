import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { recordExisting } from "../../organisations/organisations.contract.ts";
import {
  drawSample,
  getSample,
  grantEvaluation,
  listDiscrepancies,
  listEvaluationHomes,
  listSamples,
  recordCheck,
  recordEvaluation,
} from "../oversight.contract.ts";
import { code, county, equippedHome, oversightHouse, statesOf } from "./oversight.fixture.ts";
import { draw, drawMethod, frozen, populationDigest } from "./sample.draw.ts";

let house: TestHouse;
let province: TestActor;
let prefecture: TestActor;
const evaluator = { id: "", far: "" };
const homes: string[] = [];

beforeAll(async () => {
  house = await oversightHouse();
  province = house.as("officer", "63");
  prefecture = house.as("officer", "6301");
  for (let at = 1; at <= 12; at++)
    homes.push(
      await equippedHome(house, `第${at}敬老院`, {
        division: at % 2 ? "630102001001" : "630103001001",
        state: "verified",
        trained: 1,
      }),
    );
  await equippedHome(house, "无设备敬老院", { pieces: {} });
  const registered = (name: string, division: string) =>
    house
      .as("registrar", division)
      .call(recordExisting, { name, kind: "social_service_institution", registeredOn: "2015-03-01" });
  evaluator.id = (await registered("青海样本评估中心", "63")).id;
  evaluator.far = (await registered("城东区样本助老中心", county)).id;
}, 180_000);
afterAll(() => house.close());

const ask = { name: "2026年上半年抽查", purpose: "spot_check", witness: "样见证" } as const;
const published = async (collection: string) => {
  const rows = await house.sql<{ key: string; division_code: string; body: Record<string, unknown> }>(
    "select key, division_code, body from publication.item where collection = $1 order by sort_key",
    [collection],
  );
  return rows.map((row): Record<string, unknown> => ({ key: row.key, division: row.division_code, ...row.body }));
};
function redraw(samples: unknown, list: unknown): { code: number; out: string } {
  const [a, b] = [join(house.directory, "samples.json"), join(house.directory, "homes.json")];
  writeFileSync(a, JSON.stringify(samples));
  writeFileSync(b, JSON.stringify(list));
  try {
    return { code: 0, out: execFileSync("node", ["tools/redraw.mjs", a, b], { encoding: "utf8" }) };
  } catch (error) {
    const failed = error as { status: number; stdout: string };
    return { code: failed.status, out: failed.stdout };
  }
}

describe("the draw", () => {
  it("gives the homes its words say, whoever computes them", () => {
    // Computed by another program (hashlib): seed "8-3-5", a line feed, the id.
    const population = frozen(["c", "a", "b"]);
    expect(population).toEqual(["a", "b", "c"]);
    expect(populationDigest(population)).toBe("880553fca8fcea94e325ee2cfb48e5a985cc797f39a14cc6d3cedecfeb2ae4d2");
    expect(draw(population, "8-3-5", 3)).toEqual(["b", "a", "c"]);
  });

  it("is frozen, published and drawn again from the published files alone", async () => {
    const drawn = await province.call(drawSample, { ...ask, percent: 25, seed: "体彩 2026-061 8-3-5" });
    expect(drawn).toMatchObject({ populationSize: 12, seed: "体彩 2026-061 8-3-5" });
    expect(drawn.drawn).toHaveLength(3);
    const [samples, list] = [await published("equipment.sample"), await published("equipment.sample-home")];
    expect(list).toHaveLength(12);
    expect(JSON.stringify([samples, list])).not.toContain("样见证");
    expect(redraw(samples, list)).toMatchObject({ code: 0, out: expect.stringMatching(/^equal /) });
    const moved = list.map((row) => ({
      ...row,
      drawn: row.position === 1 ? (row.drawn ?? 1) : null,
    }));
    expect(redraw(samples, moved).code).toBe(1);
    expect(redraw([{ ...samples[0], seed: "8-3-6" }], list).out).toMatch(/^different /);
    expect(redraw(samples, list.slice(1)).out).toMatch(/digest/);
    // A home that comes later changes nothing of what was frozen.
    await equippedHome(house, "后来敬老院", { state: "verified" });
    expect(await province.call(getSample, { id: drawn.id })).toMatchObject({ reproduced: true, method: drawMethod });
    // A row that was tampered with says so.
    await house.sql(
      "update equipment_sample set drawn = jsonb_set(drawn, '{0,id}', to_jsonb($2::text)) where id = $1",
      [drawn.id, homes.find((one) => !drawn.drawn.some((each) => each.careHomeId === one))],
    );
    expect(await province.call(getSample, { id: drawn.id })).toMatchObject({ reproduced: false });
  });

  it("keeps to one's own division, and to a size there is", async () => {
    expect(await code(prefecture.call(drawSample, { ...ask, size: 1, division: "6302" }))).toBe(
      "equipment/outside-your-division",
    );
    expect(await code(prefecture.call(drawSample, { ...ask, size: 99 }))).toBe("equipment/sample-size");
    expect(await code(prefecture.call(drawSample, ask))).toBe("equipment/sample-size");
    expect(await code(prefecture.call(drawSample, { ...ask, size: 2, percent: 5 }))).toBe("equipment/sample-size");
    expect(await code(house.as("officer", "632221").call(drawSample, { ...ask, size: 1 }))).toBe(
      "equipment/no-population",
    );
    expect(await code(house.as("auditor", "63").call(drawSample, { ...ask, size: 1 }))).toBe("auth/not-your-role");
    const silent = await prefecture.call(drawSample, { ...ask, name: "不公布", size: 1, publish: false });
    expect((await published("equipment.sample")).map((one) => one.key)).not.toContain(silent.id);
    expect((await house.as("officer", county).call(listSamples, {})).samples).toEqual([]);
    expect((await province.call(listSamples, { division: "6301" })).samples.map((one) => one.name)).toEqual(["不公布"]);
  });
});

describe("a spot check", () => {
  it("writes into the county's register, moves the pieces and opens what differs, once of two at the same moment", async () => {
    const { id, drawn } = await prefecture.call(drawSample, { ...ask, size: 12, division: "6301" });
    const home = drawn[0]?.careHomeId ?? "";
    const name = drawn[0]?.careHome ?? "";
    const lines = [
      { item: "oximeter" as const, result: "missing" as const, seen: 0 },
      { item: "oxygen_concentrator" as const, result: "ok" as const, seen: 1 },
    ];
    const ends = await Promise.all(
      ["one", "two"].map((hand) =>
        code(house.as("officer", "6301", hand).call(recordCheck, { sampleId: id, careHomeId: home, lines })),
      ),
    );
    expect(ends.filter((one) => one === "accepted").length).toBeGreaterThan(0);
    expect(ends.every((one) => one === "accepted" || one === "equipment/home-changed")).toBe(true);
    expect((await statesOf(house, home))[`X-${name}`]).toBe("discrepancy");
    const own = house.as("officer", drawn[0]?.division.slice(0, 6) ?? county);
    const { discrepancies } = await own.call(listDiscrepancies, { careHomeId: home });
    expect(discrepancies.map((one) => [one.kind, one.source])).toEqual([["missing", "spot_check"]]);
    expect(await prefecture.call(getSample, { id })).toMatchObject({ checked: 1 });
    expect(await code(province.call(recordCheck, { sampleId: id, careHomeId: home, lines }))).toBe(
      "equipment/outside-your-division",
    );
    expect(await code(own.call(recordCheck, { sampleId: id, careHomeId: home, lines }))).toBe(
      "equipment/unknown-sample",
    );
    const one = await prefecture.call(drawSample, { ...ask, size: 1 });
    const outside = homes.find((each) => each !== one.drawn[0]?.careHomeId) ?? "";
    expect(await code(prefecture.call(recordCheck, { sampleId: one.id, careHomeId: outside, lines }))).toBe(
      "equipment/not-drawn",
    );
  });
});

describe("third-party evaluation", () => {
  it("shows the drawn homes to one organisation, only until the last day, and its results reach the county", async () => {
    const { id, drawn } = await province.call(drawSample, {
      ...ask,
      name: "第三方评估",
      purpose: "evaluation",
      size: 3,
    });
    const grant = { sampleId: id, organisation: evaluator.id, until: "2026-06-30" };
    expect(await code(prefecture.call(grantEvaluation, grant))).toBe("equipment/unknown-sample");
    expect(await code(province.call(grantEvaluation, { ...grant, until: "2026-06-14" }))).toBe("equipment/until-past");
    expect(await code(province.call(grantEvaluation, { ...grant, organisation: "无此单位" }))).toBe(
      "equipment/unknown-organisation",
    );
    const spot = await province.call(drawSample, { ...ask, size: 1 });
    expect(await code(province.call(grantEvaluation, { ...grant, sampleId: spot.id }))).toBe(
      "equipment/not-for-evaluation",
    );
    const twice = await Promise.all(
      ["one", "two"].map((hand) => code(house.as("officer", "63", hand).call(grantEvaluation, grant))),
    );
    expect(twice.sort()).toEqual(["accepted", "equipment/evaluation-granted"]);

    const them = house.organisation(evaluator.id, "630000");
    const { homes: open } = await them.call(listEvaluationHomes, {});
    expect(open.map((one) => one.careHomeId).sort()).toEqual(drawn.map((one) => one.careHomeId).sort());
    expect(open[0]).toMatchObject({ sample: "第三方评估", done: false });
    expect((await house.organisation(evaluator.far, county).call(listEvaluationHomes, {})).homes).toEqual([]);
    const target = open[0];
    const result = {
      evaluationId: target?.id ?? "",
      lines: [
        { item: "oximeter" as const, result: "ok" as const, seen: 1 },
        { item: "oxygen_concentrator" as const, result: "missing" as const, seen: 0, note: "现场没有找到" },
      ],
    };
    expect(await code(house.organisation(evaluator.far, county).call(recordEvaluation, result))).toBe(
      "equipment/unknown-evaluation",
    );
    const ends = await Promise.all([
      code(them.call(recordEvaluation, result)),
      code(them.call(recordEvaluation, result)),
    ]);
    expect(ends.sort()).toEqual(["accepted", "equipment/evaluation-done"]);
    const checks = await house.sql(
      "select home_code, kind, result, actor_name from equipment_check where care_home_id = $1 and kind = 'evaluation' order by result",
      [target?.careHomeId],
    );
    const home = target?.division.slice(0, 6);
    expect(checks).toEqual([
      { home_code: home, kind: "evaluation", result: "missing", actor_name: "青海样本评估中心" },
      { home_code: home, kind: "evaluation", result: "ok", actor_name: "青海样本评估中心" },
    ]);
    expect((await statesOf(house, target?.careHomeId ?? ""))[`O-${target?.careHome}`]).toBe("discrepancy");
    expect(await province.call(getSample, { id })).toMatchObject({
      evaluations: [{ organisation: "青海样本评估中心", homes: 3, done: 1, until: "2026-06-30" }],
    });

    house.clock.set("2026-06-30");
    expect((await them.call(listEvaluationHomes, {})).homes).toHaveLength(3);
    house.clock.set("2026-07-01");
    expect((await them.call(listEvaluationHomes, {})).homes).toEqual([]);
    const late = { ...result, evaluationId: open[1]?.id ?? "" };
    expect(await code(them.call(recordEvaluation, late))).toBe("equipment/evaluation-over");
    const [row] = await house.sql("select state from equipment_evaluation where id = $1", [late.evaluationId]);
    expect(row).toEqual({ state: "open" });
    house.clock.set("2026-06-15");
  });
});
