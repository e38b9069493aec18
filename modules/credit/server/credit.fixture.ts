import type { Operation } from "../../../kernel/operation/define.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { testHouse } from "../../../kernel/testing/house.ts";
import { recordExisting } from "../../organisations/existing.contract.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { decideListing, proposeListing, serveNotice } from "../listing.contract.ts";
import { creditModule } from "./credit.module.ts";

export const reasons = "该组织未在规定期限报送年度报告，经核对登记系统与收件登记，事实清楚。";
export const remedy = "可以自收到本决定书之日起六十日内申请行政复议，或者六个月内提起行政诉讼。";
export const lateReport = {
  list: "abnormal" as const,
  ground: "annual_report" as const,
  facts: { annual_report: "missing", report_year: 2025 },
  evidenceNote: "收件登记簿2026-05",
};

/** A test house with the register and credit, and short cuts along the legal path. */
export interface CreditHouse extends TestHouse {
  readonly registrar: TestActor;
  readonly decider: TestActor;
  /** Records an organisation in a register, on the day the clock shows, and answers its id. */
  add(name: string, home?: string): Promise<string>;
  /** A supervisory unit that looks after an organisation. */
  addUnit(organisation: string): Promise<string>;
  /** Proposed on a day, by the registrar of 630102. */
  proposed(organisation: string, on: string, given?: Partial<Parameters<typeof input>[0]>): Promise<string>;
  /** Proposed and served on a day. */
  noticed(organisation: string, on: string, given?: Partial<Parameters<typeof input>[0]>): Promise<string>;
  /** Through notice and an unused statement period to a decision on `decidedOn`. */
  listed(
    organisation: string,
    on: string,
    decidedOn: string,
    given?: Partial<Parameters<typeof input>[0]>,
  ): Promise<string>;
  row(listing: string): Promise<Record<string, unknown>>;
  /** Runs an operation as one person holding another role: the same account. */
  callAs<In, Sent, Out, Code extends string>(
    hand: TestActor,
    role: TestActor,
    operation: Operation<In, Sent, Out, Code>,
    given: Sent,
  ): Promise<Out>;
}

const input = (given: Omit<typeof proposeListing.input._zod.input, "organisationId">) => given;

export async function creditHouse(): Promise<CreditHouse> {
  const house = await testHouse([organisationsModule, creditModule]);
  const registrar = house.as("registrar", "630102");
  const decider = house.as("decider", "630102");
  const proposed: CreditHouse["proposed"] = async (organisationId, on, given = {}) => {
    house.clock.set(on);
    return (await registrar.call(proposeListing, { organisationId, ...lateReport, ...given })).listingId;
  };
  const noticed: CreditHouse["noticed"] = async (organisation, on, given) => {
    const listingId = await proposed(organisation, on, given);
    await registrar.call(serveNotice, { listingId, method: "mail" });
    return listingId;
  };
  return {
    ...house,
    get clock() {
      return house.clock;
    },
    registrar,
    decider,
    async add(name, home = "630102") {
      const done = await house
        .as("registrar", home)
        .call(recordExisting, { name, kind: "social_group", registeredOn: "2015-03-01" });
      return done.id;
    },
    async addUnit(organisation) {
      const id = crypto.randomUUID();
      await house.sql("update organisation set unit_id = $1, unit_name = '测试业务主管单位' where id = $2", [
        id,
        organisation,
      ]);
      return id;
    },
    proposed,
    noticed,
    async listed(organisation, on, decidedOn, given) {
      const listingId = await noticed(organisation, on, given);
      house.clock.set(decidedOn);
      await decider.call(decideListing, { listingId, reasons, remedy });
      return listingId;
    },
    async row(listing) {
      const [row] = await house.sql("select * from credit_listing where id = $1", [listing]);
      if (!row) throw new Error(`no listing ${listing}`);
      return row;
    },
    callAs: (hand, role, operation, given) =>
      house.open.call(operation.id, given, { ...role.actor, accountId: hand.actor.accountId }) as never,
  };
}

/** Codes of what was missing in a refusal of an act. */
export async function missingIn(act: Promise<unknown>): Promise<string[]> {
  try {
    await act;
  } catch (error) {
    const { code, facts } = error as { code?: string; facts?: { missing?: { code: string }[] } };
    if (code === "credit/not-ready" || code === "procedure/not-possible")
      return (facts?.missing ?? []).map((one) => one.code);
    throw error;
  }
  throw new Error("the act was not refused");
}
