import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../credit.contract.ts";
import {
  addEvidence,
  answerStatement,
  decideListing,
  dismissProposal,
  proposeListing,
  recordStatement,
  serveNotice,
} from "../listing.contract.ts";
import { getListing, listings } from "../reading.contract.ts";
import { record } from "../records.contract.ts";
import { applyRemoval, removeListing, withdrawListing } from "../removal.contract.ts";
import { type CreditHouse, creditHouse, lateReport, missingIn, reasons, remedy } from "./credit.fixture.ts";

let house: CreditHouse;
beforeAll(async () => {
  house = await creditHouse();
  house.clock.set("2026-01-05");
});
afterAll(() => house.close());

const decided = { reasons, remedy };

describe("who may act on a listing", () => {
  it("refuses the wrong role, by name of the operation", async () => {
    const organisationId = await house.add("白塔登山会");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    house.clock.set("2026-06-16");
    for (const actor of [
      house.registrar,
      house.as("publisher", "630102"),
      house.as("auditor", "63"),
      house.organisation(organisationId, "630102"),
    ]) {
      await expect(actor.call(decideListing, { listingId, ...decided })).rejects.toMatchObject({
        status: 403,
        code: "auth/not-your-role",
      });
    }
    await expect(house.portal.call(decideListing, { listingId, ...decided })).rejects.toMatchObject({ status: 401 });
    await expect(house.decider.call(proposeListing, { organisationId, ...lateReport })).rejects.toMatchObject({
      status: 403,
    });
    expect(await house.row(listingId)).toMatchObject({ state: "noticed" });
  });

  it("refuses a decision by any hand that handled the case", async () => {
    const organisationId = await house.add("同手书社");
    const other = house.as("registrar", "630102", "two");
    const third = house.as("registrar", "630102", "three");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    await other.call(serveNotice, { listingId, method: "mail" });
    await house.organisation(organisationId, "630102").call(recordStatement, { listingId, content: "不同意。" });
    await third.call(answerStatement, { listingId, outcome: "rejected", reasons: "不成立。" });
    house.clock.set("2026-06-16");
    for (const hand of [house.registrar, other, third]) {
      expect(await missingIn(house.callAs(hand, house.decider, decideListing, { listingId, ...decided }))).toEqual([
        "credit/same-hand",
      ]);
    }
    expect((await house.decider.call(decideListing, { listingId, ...decided })).state).toBe("listed");
  });

  it("keeps registers apart: neighbours see nothing, parents look but do not act", async () => {
    const organisationId = await house.add("界碑商会");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    house.clock.set("2026-06-16");
    const neighbour = house.as("decider", "630103");
    await expect(neighbour.call(decideListing, { listingId, ...decided })).rejects.toMatchObject({
      code: "credit/listing-not-found",
    });
    await expect(
      house.as("registrar", "630103").call(proposeListing, { organisationId, ...lateReport }),
    ).rejects.toMatchObject({ code: "credit/organisation-not-found" });
    expect((await house.as("registrar", "630103").call(listings, {})).rows).toEqual([]);
    for (const parent of ["63", "6301"]) {
      expect((await house.as("decider", parent).call(getListing, { listingId })).listing.state).toBe("noticed");
      await expect(house.as("decider", parent).call(decideListing, { listingId, ...decided })).rejects.toMatchObject({
        code: "credit/not-your-register",
      });
      await expect(
        house.as("registrar", parent).call(dismissProposal, { listingId, reason: "上级" }),
      ).rejects.toMatchObject({ code: "credit/not-your-register" });
      await expect(
        house
          .as("registrar", parent)
          .call(record, { organisationId, kind: "honour", title: "奖", authority: "厅", formedOn: "2026-06-01" }),
      ).rejects.toMatchObject({ code: "credit/not-your-register" });
    }
    expect(await house.row(listingId)).toMatchObject({ state: "noticed" });
  });

  it("shows an organisation its own cases only, and takes its word on nothing but its own", async () => {
    const mine = await house.add("甲地摄影会");
    const theirs = await house.add("乙地摄影会");
    const listingId = await house.noticed(theirs, "2026-06-01");
    const own = house.organisation(mine, "630102");
    expect((await own.call(listings, {})).rows).toEqual([]);
    await expect(own.call(getListing, { listingId })).rejects.toMatchObject({ code: "credit/listing-not-found" });
    await expect(own.call(recordStatement, { listingId, content: "替人陈述" })).rejects.toMatchObject({
      code: "credit/listing-not-found",
    });
    await expect(own.call(applyRemoval, { listingId, content: "替人申请" })).rejects.toMatchObject({
      code: "credit/listing-not-found",
    });
    expect(await house.row(listingId)).toMatchObject({ state: "noticed" });
  });

  it("greys each button with the reason its act would be refused for", async () => {
    const organisationId = await house.add("灰键学会");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    const acts = (await house.decider.call(getListing, { listingId })).acts;
    const decide = acts.find((one) => one.act === "decide");
    expect(decide).toMatchObject({ possible: false, legalEffect: true, operation: "credit.decide-listing" });
    expect(decide?.missing.map((one) => one.code)).toEqual(["credit/statement-period-runs"]);
    house.clock.set("2026-06-16");
    const later = (await house.decider.call(getListing, { listingId })).acts.find((one) => one.act === "decide");
    expect(later).toMatchObject({ possible: true, missing: [] });
    const asRegistrar = (await house.registrar.call(getListing, { listingId })).acts.find(
      (one) => one.act === "decide",
    );
    expect(asRegistrar?.missing.map((one) => one.code)).toEqual(["procedure/wrong-role"]);
  });
});

describe("a listing is decided once", () => {
  it("by one of two deciders at the same moment", async () => {
    const organisationId = await house.add("双签乐团");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    house.clock.set("2026-06-16");
    const answers = await Promise.allSettled(
      [house.decider, house.as("decider", "630102", "two")].map((one) =>
        one.call(decideListing, { listingId, ...decided }),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(
      await house.sql(
        "select count(*) as n from document where organisation_id = $1 and template = 'credit.decision'",
        [organisationId],
      ),
    ).toEqual([{ n: 1 }]);
    expect(
      await house.sql("select count(*) as n from procedure_step where organisation_id = $1 and transition = 'decide'", [
        organisationId,
      ]),
    ).toEqual([{ n: 1 }]);
    expect(
      await house.sql(
        "select value from indicator_cell where indicator = 'credit.listed' and key = 'abnormal|annual_report' and value > 0 and division_code = '630102'",
      ),
    ).toHaveLength(1);
  });

  it("and a replayed decision or removal gets its first answer", async () => {
    const organisationId = await house.add("重放合唱团");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    house.clock.set("2026-06-16");
    const first = await house.decider.call(decideListing, { listingId, ...decided }, { key: "decide-1" });
    expect(await house.decider.call(decideListing, { listingId, ...decided }, { key: "decide-1" })).toEqual(first);
    expect(
      await missingIn(house.decider.call(decideListing, { listingId, ...decided }, { key: "decide-2" })),
    ).toContain("credit/not-underway");
    expect(
      await house.sql(
        "select count(*) as n from document where organisation_id = $1 and template = 'credit.decision'",
        [organisationId],
      ),
    ).toEqual([{ n: 1 }]);
  });

  it("while two proposals at the same moment open one case", async () => {
    const organisationId = await house.add("并提茶社");
    house.clock.set("2026-06-01");
    const answers = await Promise.allSettled(
      [1, 2, 3].map((hand) =>
        house.as("registrar", "630102", `p${hand}`).call(proposeListing, { organisationId, ...lateReport }),
      ),
    );
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(
      await house.sql("select count(*) as n from credit_listing where organisation_id = $1", [organisationId]),
    ).toEqual([{ n: 1 }]);
  });

  it("and a decision and a withdrawal never both happen", async () => {
    const organisationId = await house.add("两端车社");
    const listingId = await house.listed(organisationId, "2026-06-01", "2026-06-16");
    const withdrawal = { listingId, basis: "own-error" as const, reasons: "送达地址有误。", publicReason: "送达有误" };
    const answers = await Promise.allSettled([
      house.decider.call(withdrawListing, withdrawal),
      house.decider.call(withdrawListing, withdrawal),
      house.decider.call(removeListing, { listingId }),
    ]);
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await house.row(listingId)).toMatchObject({ state: "withdrawn" });
  });
});

describe("the database itself", () => {
  it("refuses a row that stands as listed without the steps of the law, whoever writes it", async () => {
    const organisationId = await house.add("铁壁学会");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    const set = (columns: string) => house.sql(`update credit_listing set ${columns} where id = $1`, [listingId]);
    await expect(set("state = 'listed'")).rejects.toThrow(/credit_listing_lawful_check/);
    const uuid = "'00000000-0000-7000-8000-000000000001'";
    const other = "'00000000-0000-7000-8000-000000000002'";
    const all = [
      "state = 'listed'",
      "listed_on = '2026-06-30'",
      "clock_from = '2026-06-30'",
      "decided_on = '2026-06-30'",
      "reasons = '理由'",
      "remedy = '救济'",
      `notice_document_id = ${uuid}`,
      "notice_served_on = '2026-06-01'",
      "notice_method = 'mail'",
      "statement_due_on = '2026-06-15'",
      `decision_rule_id = ${uuid}`,
      `decision_document_id = ${uuid}`,
      `decided_by = ${other}`,
    ];
    for (const left of all.slice(1)) {
      await expect(set(all.filter((one) => one !== left).join(", "))).rejects.toThrow(/credit_listing_lawful_check/);
    }
    await expect(
      set(
        [...all, "statement_due_on = '2026-06-30'"]
          .filter((one) => one !== "statement_due_on = '2026-06-15'")
          .join(", "),
      ),
    ).rejects.toThrow(/credit_listing_lawful_check/);
    await expect(set([...all, "stated_on = '2026-06-10'"].join(", "))).rejects.toThrow(/credit_listing_lawful_check/);
    await expect(set([...all, `notice_issued_by = ${other}`].join(", "))).rejects.toThrow(
      /credit_listing_lawful_check/,
    );
    await expect(
      house.sql("update credit_listing set state = 'listed', legacy = true where id = $1", [listingId]),
    ).rejects.toThrow(/credit_listing_lawful_check/);
    await set(all.join(", "));
  });

  it("gives the organisation's role no way to change a listing", async () => {
    const organisationId = await house.add("只读学会");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    const { scope } = house.organisation(organisationId, "630102").actor;
    const write = house.open.database.transaction(scope, (tx) =>
      tx.run({ text: "update credit_listing set state = 'closed' where id = $1", values: [listingId] }),
    );
    await expect(write).rejects.toThrow(/permission denied/);
  });

  it("lets staff of another register touch no row", async () => {
    const organisationId = await house.add("邻界学会");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    for (const division of ["630103", "63"]) {
      const { scope } = house.as("registrar", division).actor;
      const touched = await house.open.database.transaction(scope, (tx) =>
        tx.run({ text: "update credit_listing set ground_text = '改' where id = $1", values: [listingId] }),
      );
      expect(touched).toBe(0);
    }
  });
});

describe("the contract", () => {
  it("has a handler for every operation, and declares every refusal a word", async () => {
    const { words } = await import("../credit.words.ts");
    for (const operation of operations) {
      expect(house.open.handlers.has(operation.id), operation.id).toBe(true);
      for (const code of Object.keys(operation.refusals)) {
        expect(words.zh.errors, operation.id).toHaveProperty([code]);
        expect(words.en.errors, operation.id).toHaveProperty([code]);
      }
    }
    expect(operations).toHaveLength(house.open.modules.find((one) => one.id === "credit")?.handlers.length ?? 0);
  });

  it("says a refusal in both languages with the steps named", async () => {
    const organisationId = await house.add("双语学会");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    await house.registrar.call(addEvidence, { listingId, evidenceNote: "存档" });
    const refusal = await house.decider
      .call(decideListing, { listingId, ...decided })
      .catch((error: unknown) => error as { code: string; facts: Record<string, unknown> });
    if (!("code" in refusal)) throw new Error("not refused");
    expect(house.open.house.say(refusal.code, refusal.facts, "zh")).toBe(
      "还不能办理：尚未送达拟列入告知书，请先告知并记录送达。",
    );
    expect(house.open.house.say(refusal.code, refusal.facts, "en")).toBe(
      "Not possible yet: The prior notice has not been served. Serve it and record the service first.",
    );
  });
});
