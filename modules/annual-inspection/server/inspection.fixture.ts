import type { Context } from "../../../kernel/operation/context.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { recordExisting } from "../../organisations/existing.contract.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { openYear } from "../annual-inspection.contract.ts";
import { annualInspectionModule } from "./annual-inspection.module.ts";
import type { OverdueReport } from "./overdue.ts";

/** A test house with the register and the inspection; what would be proposed to the credit room is written down. */
export interface InspectionHouse extends TestHouse {
  readonly proposed: (OverdueReport & { organisation: string })[];
  readonly withdrawn: (OverdueReport & { organisation: string })[];
  /** Records an organisation in a register and answers its id. */
  add(home: string, name: string, given?: Given): Promise<string>;
  /** A supervisory unit, and the organisations it looks after. */
  addUnit(home: string, name: string, organisations: readonly string[]): Promise<string>;
  openYear(home: string, year: number): Promise<{ opened: number; already: number }>;
  reportOf(
    organisation: string,
    year: number,
  ): Promise<{ id: string; state: string; due_on: string; unit_due_on: string | null; version: number }>;
}

interface Given {
  readonly kind?: "social_group" | "social_service_institution" | "foundation" | "community_organisation";
  readonly registeredOn?: string;
  readonly status?: "registered" | "deregistered" | "filed";
  readonly creditCode?: string;
}

/** Opens it on the embedded database, or on PostgreSQL when SHANZHI_TEST_URL says so. */
export async function inspectionHouse(): Promise<InspectionHouse> {
  const proposed: InspectionHouse["proposed"] = [];
  const withdrawn: InspectionHouse["withdrawn"] = [];
  const module = annualInspectionModule({
    onOverdue: async (_ctx: Context, organisation, report) =>
      void proposed.push({ ...report, organisation: organisation.name }),
    onReverted: async (_ctx: Context, organisation, report) =>
      void withdrawn.push({ ...report, organisation: organisation.name }),
  });
  const house = await testHouse([organisationsModule, module]);
  return {
    ...house,
    get clock() {
      return house.clock;
    },
    proposed,
    withdrawn,
    async add(home, name, given = {}) {
      const kind = given.kind ?? "social_group";
      const done = await house.as("registrar", home).call(recordExisting, {
        name,
        kind,
        registeredOn: given.registeredOn ?? "2015-03-01",
        ...(given.status ? { status: given.status } : {}),
        ...(given.creditCode ? { creditCode: given.creditCode } : {}),
      });
      return done.id;
    },
    async addUnit(home, name, organisations) {
      const id = crypto.randomUUID();
      await house.sql(
        `insert into supervisory_unit (home_code, id, division_code, name, name_key, valid_from)
         select $1::text, $2::uuid, $1::text, $3::text, $3::text, '2000-01-01'`,
        [home, id, name],
      );
      await house.sql("update organisation set unit_id = $1, unit_name = $2 where id = any($3::uuid[])", [
        id,
        name,
        organisations,
      ]);
      return id;
    },
    async openYear(home, year) {
      return house.as("registrar", home).call(openYear, { year });
    },
    async reportOf(organisation, year) {
      const [row] = await house.sql<{
        id: string;
        state: string;
        due_on: string;
        unit_due_on: string | null;
        version: number;
      }>(
        "select id, state, due_on::text, unit_due_on::text, version from inspection_report where organisation_id = $1 and year = $2",
        [organisation, year],
      );
      if (!row) throw new Error(`no report of ${organisation} for ${year}`);
      return row;
    },
  };
}

/** Figures that fit together and keep every ratio of a social group that is no charity, in fen. */
export const goodFigures = {
  donationIncomeFen: 300_000_00,
  membershipIncomeFen: 200_000_00,
  incomeTotalFen: 500_000_00,
  charitySpendFen: 400_000_00,
  adminFen: 50_000_00,
  spendTotalFen: 450_000_00,
  netAssetsStartFen: 100_000_00,
  netAssetsEndFen: 150_000_00,
  activityCount: 12,
};
