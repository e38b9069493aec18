import { defineIndicator } from "../../../kernel/indicator/define.ts";
import type { Bump } from "../../../kernel/indicator/indicator.ts";
import type { PersonRow } from "./person.row.ts";

/** People in the register (在册人员), by state. */
export const present = defineIndicator({
  id: "people.present",
  behaviour: "stock",
  dimensions: ["state"],
  public: false,
  rows: "/people?division={division}&state={state}",
});

export const indicators = [present] as const;

function cell(row: PersonRow, delta: 1 | -1): Bump {
  return { indicator: present, home: row.home_code, division: row.division_code, key: [row.state], delta };
}

/** The change of counters when a row becomes another (计数变动); either may be absent. */
export function moves(before: PersonRow | undefined, after: PersonRow | undefined): Bump[] {
  return [...(before ? [cell(before, -1)] : []), ...(after ? [cell(after, 1)] : [])];
}
