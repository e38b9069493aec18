import type { Context } from "../../../kernel/operation/context.ts";
import type { Grade, Listing } from "../organisations.facts.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { type Change, changeOrganisation, changeOrganisations } from "./register.ts";

/** Conclusions of an annual inspection (年检结论); `missed` = no report, null = not concluded. */
export type InspectionConclusion = "passed" | "basic" | "failed" | "missed" | null;

/** The summary of the latest inspection. */
export interface InspectionSummary {
  readonly year: number;
  readonly conclusion: InspectionConclusion;
}

/** Writes the latest inspection into the register (年检结论入簿): an older year never overwrites a newer one. */
export async function setInspection(
  ctx: Context,
  organisation: OrganisationRow,
  summary: InspectionSummary,
): Promise<OrganisationRow> {
  const [row] = await setInspections(ctx, [{ organisation, ...summary }]);
  return row ?? organisation;
}

/** The same for many, as a few statements; answers the rows that changed. */
export async function setInspections(
  ctx: Context,
  given: readonly (InspectionSummary & { readonly organisation: OrganisationRow })[],
): Promise<OrganisationRow[]> {
  const changes = given.flatMap(({ organisation, year, conclusion }): Change[] => {
    const known = organisation.inspection_year;
    if (known !== null && known > year) return [];
    if (known === year && organisation.inspection_conclusion === conclusion) return [];
    return [
      {
        before: organisation,
        after: { ...organisation, inspection_year: year, inspection_conclusion: conclusion },
        validFrom: ctx.today,
      },
    ];
  });
  return changeOrganisations(ctx, changes);
}

/** Writes the list state into the register (名录状态入簿). `since` is the day of entry, null when on no list. */
export async function setListing(
  ctx: Context,
  organisation: OrganisationRow,
  listing: Listing,
  since: string | null,
): Promise<OrganisationRow> {
  if (organisation.listing === listing && organisation.listed_on === since) return organisation;
  return changeOrganisation(ctx, organisation, { listing, listed_on: since }, since ?? ctx.today);
}

/** Writes the grade in force into the register (评估等级入簿); validity is half-open. */
export async function setGrade(
  ctx: Context,
  organisation: OrganisationRow,
  grade: Grade | null,
  from: string | null,
  to: string | null,
): Promise<OrganisationRow> {
  if (organisation.grade === grade && organisation.grade_from === from && organisation.grade_to === to)
    return organisation;
  return changeOrganisation(ctx, organisation, { grade, grade_from: from, grade_to: to }, ctx.today);
}
