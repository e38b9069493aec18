import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import type { PersonEvents } from "./index.ts";
import { tables } from "./people.tables.ts";

/** The register of people (人员库), with the rooms that want to hear what happens to a person. */
export function peopleModule(_events: readonly PersonEvents[]): HouseModule {
  return {
    id: "people",
    migrations: "modules/people/server/migrations",
    tables,
    handlers: [],
  };
}
