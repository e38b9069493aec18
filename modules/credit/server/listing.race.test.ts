import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addGround,
  decideListing,
  dismissProposal,
  proposeListing,
  recordStatement,
  serveNotice,
} from "../listing.contract.ts";
import { removeListing } from "../removal.contract.ts";
import { continueRun, previewRun, startRun } from "../runs.contract.ts";
import { type CreditHouse, creditHouse, lateReport, reasons, remedy } from "./credit.fixture.ts";

/** A race can only be seen on PostgreSQL: the embedded database has one connection. */
describe.skipIf(!process.env.SHANZHI_TEST_URL)("races on PostgreSQL", () => {
  let house: CreditHouse;
  beforeAll(async () => {
    house = await creditHouse();
    house.clock.set("2026-01-05");
  });
  afterAll(() => house.close());

  const decided = { reasons, remedy };
  const won = (answers: readonly PromiseSettledResult<unknown>[]) =>
    answers.filter((one) => one.status === "fulfilled").length;
  const codes = (answers: readonly PromiseSettledResult<unknown>[]) =>
    answers.flatMap((one) =>
      one.status === "rejected" ? [(one.reason as { code?: string }).code ?? String(one.reason)] : [],
    );

  it("one of eight deciders lists, and the counter, the document and the step exist once", async () => {
    for (let round = 0; round < 5; round++) {
      house.clock.set("2026-01-05");
      const organisationId = await house.add(`八签学社${round}`);
      const listingId = await house.noticed(organisationId, "2026-06-01");
      house.clock.set("2026-06-16");
      const answers = await Promise.allSettled(
        Array.from({ length: 8 }, (_, hand) =>
          house.as("decider", "630102", `d${hand}`).call(decideListing, { listingId, ...decided }),
        ),
      );
      expect(won(answers)).toBe(1);
      expect(new Set(codes(answers))).toEqual(new Set(["credit/not-ready"]));
      const [once] = await house.sql(
        `select (select count(*) from document where organisation_id = $1 and template = 'credit.decision') as documents,
          (select count(*) from procedure_step where organisation_id = $1 and transition = 'decide') as steps,
          (select count(*) from publication.item where subject_id = $1 and collection = 'credit.abnormal') as items`,
        [organisationId],
      );
      expect(once).toEqual({ documents: 1, steps: 1, items: 1 });
    }
    const [cell] = await house.sql(
      "select value from indicator_cell where indicator = 'credit.listed' and key = 'abnormal|annual_report'",
    );
    expect(cell).toEqual({ value: 5 });
  });

  it("a statement arriving while it is decided is either heard or finds the decision made, never lost", async () => {
    for (let round = 0; round < 8; round++) {
      house.clock.set("2026-01-05");
      const organisationId = await house.add(`末刻陈述社${round}`);
      const listingId = await house.noticed(organisationId, "2026-06-01");
      house.clock.set("2026-06-16");
      const answers = await Promise.allSettled([
        house.organisation(organisationId, "630102").call(recordStatement, { listingId, content: "最后的陈述。" }),
        house.decider.call(decideListing, { listingId, ...decided }),
      ]);
      expect(won(answers)).toBe(1);
      const { state } = await house.row(listingId);
      const [kept] = await house.sql<{ n: number }>(
        "select count(*) as n from credit_submission where listing_id = $1",
        [listingId],
      );
      const [instance] = await house.sql<{ state: string }>(
        "select state from procedure_instance where subject_id = $1",
        [listingId],
      );
      expect([state, kept?.n]).toEqual(answers[0]?.status === "fulfilled" ? ["stated", 1] : ["listed", 0]);
      expect(instance?.state).toBe(state);
    }
  });

  it("eight proposals at once open one case", async () => {
    house.clock.set("2026-01-05");
    const organisationId = await house.add("八提学社");
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, hand) =>
        house.as("registrar", "630102", `r${hand}`).call(proposeListing, { organisationId, ...lateReport }),
      ),
    );
    expect(won(answers)).toBe(1);
    expect(new Set(codes(answers))).toEqual(new Set(["credit/already-underway"]));
  });

  it("a new ground and the removal it would prevent happen one after the other", async () => {
    for (let round = 0; round < 4; round++) {
      house.clock.set("2024-01-05");
      const organisationId = await house.add(`先后学社${round}`);
      const warning = { ground: "light_penalty" as const, facts: { penalty: "warning" }, evidenceNote: "存档" };
      const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19", warning);
      house.clock.set("2024-12-01");
      const added = await house.registrar.call(addGround, { listingId, ...warning });
      await house.registrar.call(serveNotice, { listingId: added.listingId, method: "mail" });
      house.clock.set("2024-12-19");
      const answers = await Promise.allSettled([
        house.decider.call(decideListing, { listingId: added.listingId, ...decided }),
        house.as("decider", "630102", "two").call(removeListing, { listingId }),
      ]);
      const [standing] = await house.sql<{ n: number }>(
        "select count(*) as n from credit_listing where organisation_id = $1 and state = 'listed'",
        [organisationId],
      );
      const [organisation] = await house.sql<{ listing: string }>("select listing from organisation where id = $1", [
        organisationId,
      ]);
      // Decided first: joined, and the removal is refused. Removed first: the new ground lists anew.
      expect(answers[0]?.status).toBe("fulfilled");
      expect([standing?.n, organisation?.listing]).toEqual([1, "abnormal"]);
    }
  });

  it("a run and persons working on the same organisations never propose twice or fall over each other", async () => {
    house.clock.set("2026-01-05");
    const ids: string[] = [];
    for (let at = 0; at < 6; at++) ids.push(await house.add(`同办学社${at}`, "630104"));
    await house.sql(
      "update organisation set inspection_year = 2025, inspection_conclusion = 'missed' where id = any($1::uuid[])",
      [ids],
    );
    const registrar = house.as("registrar", "630104");
    const { digest } = await registrar.call(previewRun, { kind: "overdue-reports" });
    const { id: runId } = await registrar.call(startRun, { kind: "overdue-reports", digest });
    const answers = await Promise.allSettled([
      registrar.call(continueRun, { runId, chunk: 100 }),
      ...ids.map((organisationId, hand) =>
        house.as("registrar", "630104", `r${hand}`).call(proposeListing, { organisationId, ...lateReport }),
      ),
    ]);
    expect(answers[0]?.status).toBe("fulfilled");
    expect(codes(answers).filter((code) => code !== "credit/already-underway")).toEqual([]);
    const rows = await house.sql<{ n: number }>(
      "select count(*) as n from credit_listing where organisation_id = any($1::uuid[]) group by organisation_id",
      [ids],
    );
    expect(rows.map((row) => row.n)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("dismissing and serving at once leaves one of both", async () => {
    house.clock.set("2026-01-05");
    const organisationId = await house.add("两择学社");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    const answers = await Promise.allSettled([
      house.registrar.call(dismissProposal, { listingId, reason: "不成立" }),
      house.as("registrar", "630102", "two").call(serveNotice, { listingId, method: "mail" }),
    ]);
    const { state } = await house.row(listingId);
    expect(won(answers) === 1 || state === "closed").toBe(true);
    const [instance] = await house.sql<{ state: string }>(
      "select state from procedure_instance where subject_id = $1",
      [listingId],
    );
    expect(instance?.state).toBe(state);
  });
});
