import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../kernel/operation/ids.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { merge, recordCensus, recordDeath, unmerge } from "../../people/index.ts";
import { enrol, reassess, refuse } from "../enrolment.contract.ts";
import { getPerson, monthlyRate, recordVisit } from "../visits.contract.ts";
import { careHouse } from "./care.fixture.ts";

const village = "630102100001";
const county = "630102";
let house: TestHouse;
let count = 0;

const officer = () => house.as("officer", county);
const worker = () => house.worker([village]);

async function enrolled(name: string): Promise<string> {
  count += 1;
  const { id } = await officer().call(recordCensus, {
    name,
    bornOn: `19${30 + count}-0${1 + (count % 9)}-11`,
    division: village,
    living: "alone",
    categories: ["living_alone"],
    confirmed: true,
  });
  await officer().call(enrol, { personId: id });
  return id;
}

const owed = async (id: string) =>
  (await officer().call(getPerson, { id })).duties
    .filter((one) => one.state === "open" && one.kind !== "visiting-care.name-worker")
    .map((one) => `${one.kind.split(".")[1]} ${one.dueOn}`);

beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-06-10");
});
afterAll(() => house.close());

describe("a death told by the village worker", () => {
  it("ends care; who had been visited this month stays in the base", async () => {
    const rate = () => officer().call(monthlyRate, { month: "2026-06", division: village });
    const visited = await enrolled("赵一百");
    const missed = await enrolled("钱二千");
    await worker().call(recordVisit, { personId: visited, mode: "home", met: "person" });
    const before = await rate();
    await worker().call(recordDeath, { id: visited, on: "2026-06-10", source: "村委会" });
    await worker().call(recordDeath, { id: missed, on: "2026-06-10", source: "村委会" });
    const page = await officer().call(getPerson, { id: missed });
    expect(page).toMatchObject({ state: "closed", closedGround: "deceased" });
    const after = await rate();
    expect([after.visited - before.visited, after.enrolled - before.enrolled]).toEqual([0, -1]);
  });
});

describe("a visit from a phone whose clock was wrong", () => {
  it("keeps the corrected time and says so", async () => {
    const id = await enrolled("冯七千");
    await house.open.executor.run(
      house.open.handlers.get(recordVisit.id) as never,
      { personId: id, mode: "home", met: "person" },
      {
        actor: worker().actor,
        requestId: newId(),
        now: house.clock.now,
        act: { happenedAt: house.clock.now, device: newId(), clockDrift: 4_320, facts: {} },
      },
    );
    expect((await officer().call(getPerson, { id })).visits[0]).toMatchObject({
      counts: true,
      flags: [{ code: "clock-corrected", facts: { driftMinutes: 4_320 } }],
    });
  });
});

describe("duties of who comes back to care", () => {
  it("stand again after a merge is taken back", async () => {
    const keep = await enrolled("孙三万");
    const other = await enrolled("李四百");
    const before = await owed(other);
    expect(before).toEqual(["visit 2026-06-30", "reassess 2026-12-10"]);
    await officer().call(merge, { keep, merge: other, reason: "同一人" });
    await officer().call(unmerge, { id: other, reason: "误并" });
    expect(await owed(other)).toEqual(before);
    expect(await owed(keep)).toEqual(before);
  });

  it("pass to who was not in care before the merge", async () => {
    const other = await enrolled("郑七百");
    const { id: keep } = await officer().call(recordCensus, {
      name: "郑七百一",
      bornOn: "1939-04-04",
      division: village,
      confirmed: true,
    });
    const before = await owed(other);
    await officer().call(merge, { keep, merge: other, reason: "同一人" });
    expect(await owed(keep)).toEqual(before);
  });

  it("stand again for who refused and agreed on the same day", async () => {
    const id = await enrolled("周五千");
    await worker().call(refuse, { personId: id, by: "本人", on: "2026-06-10", reason: "不愿" });
    expect(await owed(id)).toEqual(["ask-again 2026-12-10"]);
    await worker().call(enrol, { personId: id, agreedBy: "本人" });
    expect(await owed(id)).toEqual(["visit 2026-06-30", "reassess 2026-12-10"]);
  });

  it("stand again when a plan is changed and changed back", async () => {
    const id = await enrolled("吴六万");
    const plan = async (risk: "high" | "general") => {
      const { version } = await officer().call(getPerson, { id });
      await officer().call(reassess, { personId: id, version, risk, modes: ["home"], reason: "变化" });
      return (await owed(id)).filter((one) => one.startsWith("visit"));
    };
    expect(await plan("high")).toHaveLength(4);
    expect(await plan("general")).toEqual(["visit 2026-06-30"]);
    expect(await plan("high")).toHaveLength(4);
  });
});
