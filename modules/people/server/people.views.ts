import type { z } from "zod";
import type { Context } from "../../../kernel/operation/context.ts";
import { mask } from "../../../kernel/text/mask.ts";
import type { get } from "../people.contract.ts";
import { maskedName } from "../people.rules.ts";
import type { PersonRow } from "./person.row.ts";
import { ageOf } from "./person.shape.ts";

/** A person as operations answer it. */
export type PersonView = Omit<
  z.output<typeof get.output>,
  "household" | "categoryHistory" | "contacts" | "consents" | "pairs" | "aliases" | "history"
>;

/** Who works with people sees them by name; who looks after the system sees masks (按角色脱敏). */
export function seesNames(ctx: Pick<Context, "actor">): boolean {
  return ["officer", "worker", "decider"].includes(ctx.actor.role);
}

/** A name for a reader. */
export function shownName(ctx: Pick<Context, "actor">, name: string): string {
  return seesNames(ctx) ? name : maskedName(name);
}

/** A row for a reader: sealed values masked for everybody, names, birth and address by role. */
export function viewOf(
  ctx: Pick<Context, "actor" | "today">,
  row: PersonRow,
  sealed: Readonly<Record<string, string>> = {},
): PersonView {
  const clear = seesNames(ctx);
  return {
    id: row.id,
    home: row.home_code,
    division: row.division_code,
    recordedDivision: row.recorded_division_code,
    householdId: row.household_id,
    name: shownName(ctx, row.name),
    sex: row.sex,
    bornOn: clear ? row.born_on : null,
    bornText: clear ? row.born_text : (row.born_on?.slice(0, 4) ?? null),
    age: ageOf(row, ctx.today),
    idKind: row.id_kind,
    idNumber: sealed.citizen_id ?? null,
    idFlag: row.id_flag,
    phone: sealed.phone ?? null,
    living: row.living,
    categories: [...row.categories],
    address: clear ? row.address : mask("address", row.address),
    place:
      clear && row.latitude !== null && row.longitude !== null
        ? { latitude: row.latitude, longitude: row.longitude }
        : null,
    state: row.state,
    stateOn: row.state_on,
    cameFrom: row.came_from,
    movedTo: row.moved_to,
    mergedInto: row.merged_into,
    version: row.version,
  };
}
