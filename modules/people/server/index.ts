import type { Context } from "../../../kernel/operation/context.ts";
import type { PersonRow } from "./person.row.ts";

export type { PersonRow } from "./person.row.ts";

/** What other modules do when something happens to a person (人员变动): called inside the command, before its effects. */
export interface PersonEvents {
  /** Lives somewhere else from `on`; `after.home_code` differs when the county does. */
  moved?(ctx: Context, before: PersonRow, after: PersonRow, on: string): Promise<void>;
  /** No longer lives, or has left the register. */
  ended?(ctx: Context, person: PersonRow, ground: "deceased" | "withdrawn", on: string): Promise<void>;
  /** `merged` became an alias of `keep`, or is a person of its own again. */
  merged?(ctx: Context, keep: PersonRow, merged: PersonRow, undone: boolean): Promise<void>;
  /** Of these people, those the room keeps something about: undoing an import leaves them alone. */
  holds?(ctx: Context, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Name, birth, classes, address or contacts changed. */
  changed?(ctx: Context, before: PersonRow, after: PersonRow): Promise<void>;
}

export type { CensusLine } from "../census.rules.ts";
export { locatePerson, phonesOf, registerPerson } from "./door.ts";
export { peopleModule } from "./people.module.ts";
export { type ContactRow, contactsOf } from "./people.queries.ts";
export {
  loadPeople,
  loadPerson,
  lockPerson,
  resolveAlias,
  resolveAliases,
  type Whereabouts,
  whereabouts,
} from "./people.store.ts";
