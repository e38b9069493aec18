import { defineIndicator } from "../../../kernel/indicator/define.ts";
import type { Bump } from "../../../kernel/indicator/indicator.ts";
import { living } from "../organisations.facts.ts";
import type { OrganisationRow } from "./organisation.row.ts";

/** Organisations there are (社会组织存量), by kind, state, grade and list. */
export const stock = defineIndicator({
  id: "organisations.stock",
  behaviour: "stock",
  dimensions: ["kind", "status", "grade", "listing"],
  public: true,
  rows: "/organisations?division={division}&kind={kind}&status={status}&grade={grade}&listing={listing}",
});

/** Organisations registered in a year (当年登记), by kind. */
export const registered = defineIndicator({
  id: "organisations.registered",
  behaviour: "flow",
  dimensions: ["kind"],
  public: true,
  rows: "/organisations?division={division}&kind={kind}&registeredYear={period}",
});

/** Party-building coverage (党建覆盖): living organisations by whether one is due and what there is. */
export const party = defineIndicator({
  id: "organisations.party",
  behaviour: "stock",
  dimensions: ["kind", "required", "organisation"],
  public: false,
  rows: "/organisations?division={division}&kind={kind}&partyRequired={required}&party={organisation}",
});

export const indicators = [stock, registered, party] as const;

function cells(row: OrganisationRow, delta: 1 | -1): Bump[] {
  const at = { home: row.home_code, division: row.division_code, delta };
  return [
    { ...at, indicator: stock, key: [row.kind, row.status, row.grade ?? "-", row.listing] },
    ...(row.registered_on
      ? [{ ...at, indicator: registered, period: row.registered_on.slice(0, 4), key: [row.kind] }]
      : []),
    ...(living.includes(row.status)
      ? [{ ...at, indicator: party, key: [row.kind, row.party_required ? "yes" : "no", row.party_organisation] }]
      : []),
  ];
}

/** The change of counters when a row becomes another (计数变动); either may be absent. */
export function moves(before: OrganisationRow | undefined, after: OrganisationRow | undefined): Bump[] {
  return [...(before ? cells(before, -1) : []), ...(after ? cells(after, 1) : [])];
}
