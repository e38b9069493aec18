import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drift } from "../../../kernel/indicator/indicator.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import {
  acknowledgeReferral,
  listReferrals,
  listReminders,
  openReferral,
  remindSupporter,
  settleReferral,
  takeReferral,
} from "../referral.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { somebody, villages } from "./care-work.fixture.ts";
import { careWorkRecounts } from "./figures.indicators.ts";

let house: TestHouse;
let worker: TestActor;
let officer: TestActor;

beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-06-01");
  worker = house.worker([villages[0]]);
  officer = house.as("officer", "630102");
}, 120_000);
afterAll(() => house.close());

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );
const dutiesOf = (id: string) =>
  house.sql<{ kind: string; state: string; due_on: string; assignee_id: string | null }>(
    "select kind, state, due_on::text as due_on, assignee_id from duty where subject_id = $1 order by opened_at, kind",
    [id],
  );

describe("a referral", () => {
  it("is followed from the need to the person who is told", async () => {
    house.clock.set("2026-06-01");
    const person = await somebody(house, "转一步");
    const { id, dueOn } = await worker.call(openReferral, {
      personId: person.id,
      kind: "policy",
      text: "想申请高龄津贴",
    });
    expect(dueOn).toBe("2026-06-16");
    expect(await dutiesOf(id)).toMatchObject([
      { kind: "visiting-care.settle-referral", state: "open", due_on: "2026-06-16" },
    ]);
    // What nobody took on was done by nobody.
    expect(await code(officer.call(settleReferral, { id, outcome: "done", result: "已办" }))).toBe(
      "visiting-care/referral-state",
    );
    expect(await code(worker.call(acknowledgeReferral, { id }))).toBe("visiting-care/referral-state");
    expect(await officer.call(takeReferral, { id, by: "社会事务科" })).toMatchObject({ state: "taken" });
    house.clock.set("2026-06-20");
    expect((await officer.call(listReferrals, { overdue: "yes" })).referrals).toMatchObject([
      { id, daysLeft: -4, onTime: false },
    ]);
    await officer.call(settleReferral, { id, outcome: "done", result: "已批准，下月起发放。" });
    expect(await dutiesOf(id)).toMatchObject([
      { kind: "visiting-care.settle-referral", state: "done" },
      { kind: "visiting-care.tell-result", state: "open", assignee_id: worker.actor.accountId, due_on: "2026-06-27" },
    ]);
    expect(await worker.call(acknowledgeReferral, { id })).toMatchObject({ state: "seen" });
    const { referrals } = await worker.call(listReferrals, { personId: person.id, state: "all" });
    expect(referrals).toMatchObject([
      { state: "seen", result: "已批准，下月起发放。", onTime: false, seenOn: "2026-06-20" },
    ]);
    expect((await dutiesOf(id)).every((one) => one.state === "done")).toBe(true);
  });

  it("is taken by one of two at once, and read by nobody outside", async () => {
    const person = await somebody(house, "转二步");
    const { id } = await worker.call(openReferral, { personId: person.id, kind: "charity" });
    const both = await Promise.all([
      code(officer.call(settleReferral, { id, outcome: "declined", result: "不符合条件" })),
      code(house.as("officer", "630102", "two").call(settleReferral, { id, outcome: "declined", result: "不符合" })),
    ]);
    expect(both.sort()).toEqual(["accepted", "visiting-care/referral-state"]);
    expect((await house.worker([villages[1]]).call(listReferrals, { state: "all" })).referrals).toEqual([]);
    expect(await code(house.as("officer", "630103").call(takeReferral, { id, by: "别县" }))).toBe(
      "visiting-care/unknown-referral",
    );
    expect(await code(house.as("officer", "63").call(takeReferral, { id, by: "省" }))).toBe(
      "visiting-care/not-your-person",
    );
    const seen = await house.as("auditor", "630102").call(listReferrals, { state: "all", personId: person.id });
    expect(seen.referrals).toMatchObject([{ text: null, result: null, state: "declined" }]);
  });

  it("reminds supporters alone, keeps the log, and writes a numbered letter", async () => {
    const person = await somebody(house, "转三步");
    const remind = (contactId: string, way: "phone" | "letter") =>
      worker.call(remindSupporter, { personId: person.id, contactId, way, reached: way === "phone" });
    expect(await code(remind(person.emergency, "phone"))).toBe("visiting-care/unknown-supporter");
    expect(await remind(person.supporter, "phone")).toMatchObject({ documentId: null });
    const letter = await remind(person.supporter, "letter");
    expect(letter.number).toMatch(/〔2026〕\d+号$/);
    const [paper] = await house.sql<{ facts: { log: unknown[]; supporter: string } }>(
      "select facts from document where id = $1",
      [letter.documentId],
    );
    expect(paper?.facts).toMatchObject({ supporter: "样小海", log: [{ way: "phone", reached: true }] });
    const { reminders } = await officer.call(listReminders, { personId: person.id });
    expect(reminders.map((one) => one.way)).toEqual(["letter", "phone"]);
    const late = {
      personId: person.id,
      contactId: person.supporter,
      way: "phone" as const,
      reached: true,
      on: "2026-07-01",
    };
    expect(await code(worker.call(remindSupporter, late))).toBe("visiting-care/in-the-future");
  });

  it("counts true to its rows", async () => {
    for (const { indicator, count } of careWorkRecounts)
      expect(
        await house.open.database.transaction({ kind: "system" }, async (tx) => drift(tx, indicator, await count(tx))),
      ).toEqual([]);
  });
});
