import type { Context } from "../../../kernel/operation/context.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import type { Decision } from "../../../kernel/rule/rule.ts";
import { loadOrganisation, type OrganisationRow } from "../../organisations/server/index.ts";
import { arithmeticFacts, type Background, checksOf, ratioFacts } from "../annual-inspection.checks.ts";
import type { Check, Details, Figures } from "../annual-inspection.shapes.ts";
import { arithmetic } from "../arithmetic.rules.ts";
import { expenseRatio } from "../expense-ratio.rules.ts";
import { earlierReports } from "./annual-inspection.queries.ts";
import { figuresOf, type ReportRow } from "./annual-inspection.row.ts";

/** What is known around a report: the organisation as registered and its reports of the three years before. */
export interface Known {
  readonly organisation: OrganisationRow;
  readonly earlier: readonly ReportRow[];
  readonly background: Background;
}

/** Gathers what the system knows (校验背景): nothing of it is asked again on the form. */
export async function knownAbout(ctx: Pick<Context, "tx">, report: ReportRow): Promise<Known> {
  const organisation = await loadOrganisation(ctx.tx, report.organisation_id);
  if (!organisation) throw new Error(`report ${report.id} without its organisation`);
  const earlier = await earlierReports(ctx.tx, report.home_code, report.organisation_id, report.year, 3);
  return { organisation, earlier, background: backgroundOf(report, organisation, earlier) };
}

/** The background of a report's checks. Reports recorded from the past say nothing about today's qualification. */
export function backgroundOf(
  report: Pick<ReportRow, "kind" | "year" | "source">,
  organisation: OrganisationRow,
  earlier: readonly ReportRow[],
): Background {
  const last = earlier.find((one) => one.year === report.year - 1);
  const lastFigures = last ? figuresOf(last) : undefined;
  const donations = earlier
    .map((one) => figuresOf(one).donationIncomeFen)
    .filter((one) => one !== null && one !== undefined);
  const qualifiedThen = organisation.fundraising_on === null || organisation.fundraising_on <= `${report.year}-12-31`;
  return {
    kind: report.kind,
    year: report.year,
    charity: organisation.is_charity,
    publicQualification:
      report.source === "recorded" && !organisation.fundraising_qualified
        ? undefined
        : organisation.fundraising_qualified && qualifiedThen,
    registeredOn: organisation.registered_on,
    partyRequired: organisation.party_required,
    lastNetAssetsEndFen: lastFigures?.netAssetsEndFen ?? null,
    lastIncomeFen: lastFigures?.incomeTotalFen ?? null,
    earlierDonationsFen: donations.length === 3 ? donations : [],
  };
}

/** Both checks of the figures, without keeping the decisions: for the page and the form being typed. */
export function judge(
  ctx: Pick<Context, "today" | "house">,
  report: ReportRow,
  figures: Figures,
  details: Details,
  background: Background,
): Check[] {
  const options = {
    today: ctx.today,
    settings: (id: string, date: string) => ctx.house.settings.on(id, date, report.division_code),
    calendar: ctx.house.calendar(),
  };
  const decided: {
    arithmetic: Decision<ReturnType<(typeof arithmetic)["versions"][0]["decide"]>>;
    ratio: Decision<ReturnType<(typeof expenseRatio)["versions"][0]["decide"]>>;
  } = {
    arithmetic: decideRule(arithmetic, arithmeticFacts(figures, details, background), options),
    ratio: decideRule(expenseRatio, ratioFacts(figures, background), options),
  };
  return checksOf(figures, details, decided);
}
