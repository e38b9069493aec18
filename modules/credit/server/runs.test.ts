import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideListing, dismissProposal, serveNotice } from "../listing.contract.ts";
import { removeListing } from "../removal.contract.ts";
import { continueRun, getRun, previewRun, type RunKind, revertRun, runs, startRun, stopRun } from "../runs.contract.ts";
import { type CreditHouse, creditHouse, missingIn, reasons, remedy } from "./credit.fixture.ts";

let house: CreditHouse;
beforeAll(async () => {
  house = await creditHouse();
});
afterAll(() => house.close());

/** Every test has a register of its own: runs look at whole registers. */
const homes = ["630103", "630104", "630105", "630121", "630123", "630202", "630203"];
let home = "";
beforeEach(() => {
  home = homes.shift() as string;
  house.clock.set("2026-01-05");
});

const registrar = () => house.as("registrar", home);
const decider = () => house.as("decider", home);

let made = 0;
async function overdue(count: number): Promise<string[]> {
  const ids = [];
  for (let at = 1; at <= count; at++) ids.push(await house.add(`逾期第${++made}学社`, home));
  await house.sql(
    "update organisation set inspection_year = 2025, inspection_conclusion = 'missed' where id = any($1::uuid[])",
    [ids],
  );
  return ids;
}

const preview = (kind: RunKind) => registrar().call(previewRun, { kind });
const states = (ids: readonly string[]) =>
  house
    .sql<{ state: string }>("select state from credit_listing where organisation_id = any($1::uuid[]) order by state", [
      ids,
    ])
    .then((rows) => rows.map((row) => row.state));

describe("automatic runs", () => {
  it("propose for overdue reports exactly what was previewed, by the background job", async () => {
    const ids = await overdue(3);
    house.clock.set("2026-06-01");
    const shown = await preview("overdue-reports");
    expect(shown).toMatchObject({ total: 3, overLimit: false, limit: 200 });
    expect(shown.rows.map((row) => row.organisationId).sort()).toEqual([...ids].sort());
    await overdue(1);
    await expect(registrar().call(startRun, { kind: "overdue-reports", digest: shown.digest })).rejects.toMatchObject({
      code: "credit/preview-changed",
      facts: { total: 4 },
    });
    const { digest } = await preview("overdue-reports");
    const run = await registrar().call(startRun, { kind: "overdue-reports", digest });
    expect(run).toMatchObject({ state: "running", counts: { waiting: 4 } });
    await expect(registrar().call(startRun, { kind: "overdue-reports", digest })).rejects.toMatchObject({
      code: "credit/run-already-running",
    });
    await house.open.jobs.tick();
    const after = await registrar().call(getRun, { runId: run.id });
    expect(after).toMatchObject({ state: "done", counts: { waiting: 0, done: 4, skipped: 0 } });
    expect(await states(ids)).toEqual(["proposed", "proposed", "proposed"]);
    // Nobody is listed, and nobody is proposed twice.
    expect(
      (await house.sql("select listing from organisation where id = any($1::uuid[]) and listing <> 'none'", [ids]))
        .length,
    ).toBe(0);
    expect(await preview("overdue-reports")).toMatchObject({ total: 0 });
    await expect(
      registrar().call(startRun, { kind: "overdue-reports", digest: (await preview("overdue-reports")).digest }),
    ).rejects.toMatchObject({ code: "credit/nothing-to-run" });
  });

  it("stop over their limit with nothing done, and say so", async () => {
    const ids = await overdue(3);
    const { digest } = await preview("overdue-reports");
    const run = await registrar().call(startRun, { kind: "overdue-reports", digest, limit: 2 });
    expect(run).toMatchObject({
      state: "stopped",
      stopReason: "over-limit",
      candidates: 3,
      limit: 2,
      counts: { waiting: 3, done: 0 },
    });
    await house.open.jobs.tick();
    expect(await states(ids)).toEqual([]);
    await expect(registrar().call(continueRun, { runId: run.id })).rejects.toMatchObject({
      code: "credit/run-not-running",
    });
    // A person cannot raise the limit of the place.
    await house.sql(
      "insert into setting_value (id, division_code, valid_from, value, reason, set_at) values ('credit.run-limit', $1, '2018-01-24', '1', 'test', now())",
      [home],
    );
    await house.open.reload();
    expect(await registrar().call(startRun, { kind: "overdue-reports", digest, limit: 5_000 })).toMatchObject({
      state: "stopped",
      limit: 1,
    });
    expect((await registrar().call(runs, {})).rows).toHaveLength(2);
  });

  it("stop when a person says so, between two chunks", async () => {
    const ids = await overdue(3);
    const { digest } = await preview("overdue-reports");
    const { id: runId } = await registrar().call(startRun, { kind: "overdue-reports", digest });
    await registrar().call(continueRun, { runId, chunk: 1 });
    expect(await decider().call(stopRun, { runId })).toMatchObject({
      state: "stopped",
      stopReason: "person",
      counts: { waiting: 2, done: 1 },
    });
    await house.open.jobs.tick();
    expect(await states(ids)).toEqual(["proposed"]);
  });

  it("are reversed in one act, except where a person has acted since", async () => {
    const ids = await overdue(3);
    const { digest } = await preview("overdue-reports");
    const { id: runId } = await registrar().call(startRun, { kind: "overdue-reports", digest });
    await expect(registrar().call(revertRun, { runId, reason: "太早" })).rejects.toMatchObject({
      code: "credit/run-still-running",
    });
    await house.open.jobs.tick();
    const [served] = await house.sql<{ id: string; organisation_name: string }>(
      "select id, organisation_name from credit_listing where organisation_id = $1",
      [ids[0]],
    );
    const [dismissed] = await house.sql<{ id: string }>("select id from credit_listing where organisation_id = $1", [
      ids[1],
    ]);
    await registrar().call(serveNotice, { listingId: served?.id as string, method: "mail" });
    await registrar().call(dismissProposal, { listingId: dismissed?.id as string, reason: "已补报" });
    const reverted = await registrar().call(revertRun, { runId, reason: "年检数据导入有误" });
    expect(reverted).toMatchObject({
      state: "reverted",
      revertReason: "年检数据导入有误",
      counts: { reverted: 1, kept: 2 },
    });
    expect(reverted.kept.map((one) => one.state).sort()).toEqual(["closed", "noticed"]);
    expect(await states(ids)).toEqual(["closed", "closed", "noticed"]);
    expect(
      await house.sql("select count(*) as n from duty where organisation_id = $1 and state = 'open'", [ids[2]]),
    ).toEqual([{ n: 0 }]);
    // Restored: what was taken back is a candidate again; what a person dismissed is not.
    expect((await preview("overdue-reports")).rows.map((row) => row.organisationId)).toEqual([ids[2]]);
    await expect(registrar().call(revertRun, { runId, reason: "再次" })).rejects.toMatchObject({
      code: "credit/run-already-reverted",
    });
  });

  it("whoever started a run does not decide what it proposed", async () => {
    const [organisation] = await overdue(1);
    house.clock.set("2026-06-01");
    const { digest } = await preview("overdue-reports");
    await registrar().call(startRun, { kind: "overdue-reports", digest });
    await house.open.jobs.tick();
    const [row] = await house.sql<{ id: string }>("select id from credit_listing where organisation_id = $1", [
      organisation,
    ]);
    const listingId = row?.id as string;
    await house.as("registrar", home, "two").call(serveNotice, { listingId, method: "mail" });
    house.clock.set("2026-06-16");
    expect(
      await missingIn(house.callAs(registrar(), decider(), decideListing, { listingId, reasons, remedy })),
    ).toEqual(["credit/same-hand"]);
    expect((await decider().call(decideListing, { listingId, reasons, remedy })).state).toBe("listed");
  });

  it("propose removal at six months and the serious list at two years, and give both back", async () => {
    const lapsing = await house.add("满期学社", home);
    const abnormal = await house.add("久列学社", home);
    const list = async (organisation: string, given: object) => {
      house.clock.set("2026-01-06");
      const { proposeListing } = await import("../listing.contract.ts");
      const { listingId } = await registrar().call(proposeListing, {
        organisationId: organisation,
        list: "abnormal",
        evidenceNote: "存档",
        ...given,
      } as never);
      await registrar().call(serveNotice, { listingId, method: "mail" });
      house.clock.set("2026-02-10");
      await decider().call(decideListing, { listingId, reasons, remedy });
      return listingId;
    };
    const first = await list(lapsing, { ground: "light_penalty", facts: { penalty: "warning" } });
    const second = await list(abnormal, {
      ground: "annual_report",
      facts: { annual_report: "missing", report_year: 2024 },
    });

    house.clock.set("2026-08-09");
    expect((await preview("six-month-removals")).total).toBe(0);
    house.clock.set("2026-08-10");
    const shown = await preview("six-month-removals");
    expect(shown.rows.map((row) => row.listingId)).toEqual([first]);
    const run = await registrar().call(startRun, { kind: "six-month-removals", digest: shown.digest });
    await house.open.jobs.tick();
    expect(await house.row(first)).toMatchObject({ state: "removal-verified", removal_due_on: "2026-08-17" });
    await registrar().call(revertRun, { runId: run.id, reason: "核对后再办" });
    expect(await house.row(first)).toMatchObject({ state: "listed", removal_verified_on: null });
    const again = await registrar().call(startRun, {
      kind: "six-month-removals",
      digest: (await preview("six-month-removals")).digest,
    });
    await house.open.jobs.tick();
    expect((await decider().call(removeListing, { listingId: first })).state).toBe("removed");
    expect(await registrar().call(revertRun, { runId: again.id, reason: "已决定" })).toMatchObject({
      counts: { kept: 1, reverted: 0 },
    });

    house.clock.set("2028-02-09");
    expect((await preview("serious-proposals")).total).toBe(0);
    house.clock.set("2028-02-10");
    const due = await preview("serious-proposals");
    expect(due.rows.map((row) => row.listingId)).toEqual([second]);
    await registrar().call(startRun, { kind: "serious-proposals", digest: due.digest });
    await house.open.jobs.tick();
    expect(
      await house.sql("select list, state from credit_listing where organisation_id = $1 order by list", [abnormal]),
    ).toEqual([
      { list: "abnormal", state: "listed" },
      { list: "serious", state: "proposed" },
    ]);
    expect((await preview("serious-proposals")).total).toBe(0);
  });

  it("belong to one register: neighbours and parents neither see candidates nor touch a run", async () => {
    await overdue(1);
    const { digest } = await preview("overdue-reports");
    const { id: runId } = await registrar().call(startRun, { kind: "overdue-reports", digest });
    expect((await house.as("registrar", "63").call(previewRun, { kind: "overdue-reports" })).total).toBe(0);
    await expect(house.as("registrar", "63").call(stopRun, { runId })).rejects.toMatchObject({
      code: "credit/not-your-register",
    });
    await expect(house.as("registrar", "630222").call(stopRun, { runId })).rejects.toMatchObject({
      code: "credit/run-not-found",
    });
  });
});
