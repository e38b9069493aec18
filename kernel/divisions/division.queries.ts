import { type Statement, sql } from "../database/sql.ts";

/** The level of counties in the division tree. */
export const countyLevel = 3;

/**
 * Condition on `place`, a row of the divisions: a register is kept there (登记机关所在区划), in a county, or in a city that has no
 * county on that day, as 东莞 has none.
 */
export function keepsRegister(on: string): Statement {
  return sql`(place.level = ${countyLevel} or place.level = ${countyLevel - 1} and not exists (
    select 1 from division as county where county.code > place.code and county.code < place.code || ':' and county.level = ${countyLevel}
      and county.valid_from <= ${on} and (county.valid_to is null or county.valid_to > ${on})))`;
}
