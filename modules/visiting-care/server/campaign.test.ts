import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drift } from "../../../kernel/indicator/indicator.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import {
  closeCampaign,
  finishVillage,
  getCampaign,
  listCampaigns,
  openCampaign,
  printCensus,
} from "../campaign.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { inCare, somebody, villages } from "./care-work.fixture.ts";
import { careWorkRecounts } from "./figures.indicators.ts";

let house: TestHouse;
let officer: TestActor;
let worker: TestActor;

beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-05-05");
  officer = house.as("officer", "630102");
  worker = house.worker([villages[0]]);
}, 120_000);
afterAll(() => house.close());

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );
const period = { from: "2026-05-01", to: "2026-05-31" };

describe("a census", () => {
  it("goes village by village, counts who was found and asked, and says what is left", async () => {
    const opened = await officer.call(openCampaign, {
      title: "五月摸底",
      division: "630102100",
      ...period,
      expected: [{ division: villages[0], people: 3 }],
    });
    expect(opened.villages).toBeGreaterThan(1);
    const found = await somebody(house, "查一步");
    await somebody(house, "查二步");
    await inCare(house, found.id, villages[0], null);
    const done = await worker.call(finishVillage, { campaignId: opened.id, division: villages[0], note: "一人外出" });
    expect(done).toEqual({ division: villages[0], found: 2, expected: 3, missing: 1 });
    expect(await code(worker.call(finishVillage, { campaignId: opened.id, division: villages[0] }))).toBe(
      "visiting-care/village-finished",
    );
    expect(await code(worker.call(finishVillage, { campaignId: opened.id, division: villages[1] }))).toBe(
      "visiting-care/unknown-campaign",
    );
    const state = await officer.call(getCampaign, { id: opened.id });
    expect(state.villages.find((one) => one.division === villages[0])).toMatchObject({
      state: "finished",
      found: 2,
      agreed: 1,
      refused: 0,
      expected: 3,
    });
    expect(state.progress).toEqual({ villages: opened.villages, finished: 1, found: 2 });
    expect((await worker.call(listCampaigns, {})).campaigns[0]?.progress.villages).toBe(1);
    const paper = await worker.call(printCensus, { campaignId: opened.id, division: villages[0] });
    expect(paper.people).toBe(2);
    expect(paper.number).toMatch(/〔2026〕\d+号$/);
    expect(await code(officer.call(closeCampaign, { id: opened.id }))).toBe("visiting-care/villages-open");
    const closed = await officer.call(closeCampaign, { id: opened.id, reason: "其余村六月再查" });
    expect(closed.finished).toBe(1);
    expect(closed.open).toHaveLength(opened.villages - 1);
    expect(await code(worker.call(finishVillage, { campaignId: opened.id, division: villages[0] }))).toBe(
      "visiting-care/campaign-closed",
    );
  });

  it("is opened for one's own villages and a real period only", async () => {
    const open = (actor: TestActor, input = {}) =>
      code(actor.call(openCampaign, { title: "试", division: "630102", ...period, ...input }));
    expect(await open(officer, { from: "2026-06-01", to: "2026-05-01" })).toBe("visiting-care/period-impossible");
    expect(await open(officer, { division: "630103" })).toBe("visiting-care/not-your-division");
    expect(await open(house.as("officer", "63"), { division: "63" })).toBe("visiting-care/not-your-division");
    expect(await open(officer, { expected: [{ division: "630103001001", people: 1 }] })).toBe(
      "visiting-care/unknown-division",
    );
    expect(await open(worker)).toBe("auth/not-your-role");
  });

  it("counts true to its rows", async () => {
    for (const { indicator, count } of careWorkRecounts)
      expect(
        await house.open.database.transaction({ kind: "system" }, async (tx) => drift(tx, indicator, await count(tx))),
      ).toEqual([]);
  });
});
