import type { Tx } from "../../../kernel/database/transaction.ts";
import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import type { Actor } from "../../../kernel/operation/context.ts";
import type { Stated } from "../census.rules.ts";
import { type Finding, villageKeys } from "../people.rules.ts";
import { placesIn } from "./people.queries.ts";

/** Whether an actor keeps people of a division (职责范围): an officer inside the own range and county, a worker in the own villages. */
export function keeps(actor: Actor, division: string): boolean {
  if (homeOf(division) !== actor.home) return false;
  if (actor.scope.kind === "worker") return actor.scope.divisions.includes(division);
  if (actor.scope.kind === "staff") return division >= actor.scope.lo && division < actor.scope.hi;
  return actor.scope.kind === "system";
}

/** The place of a line: where it says, found by code or by the village's name inside the importer's division. */
export interface Place {
  readonly division?: string;
  /** The line named it; else it is only where the importer sits. */
  readonly stated: boolean;
  readonly problem?: Finding;
}

/** Townships and villages by their names, the strict form and the loose one. */
function namesOf(known: readonly { readonly code: string; readonly name: string; readonly level: number }[]) {
  const byName = new Map<string, string[]>();
  for (const one of known) {
    if (one.level < 4) continue;
    for (const key of new Set(villageKeys(one.name).map((name, at) => `${at}${name}`))) {
      const named = byName.get(key);
      if (named) named.push(one.code);
      else byName.set(key, [one.code]);
    }
  }
  return byName;
}

/** Places of lines (村居识别), one look at the divisions for all of them. */
export async function placesOf(
  tx: Tx,
  actor: Actor,
  today: string,
  lines: readonly Pick<Stated, "division" | "village">[],
): Promise<Place[]> {
  const home = significant(actor.home);
  const known = await placesIn(tx, actor.home, today);
  const codes = new Map(known.map((one) => [one.code, one]));
  // A sheet with codes names no village: then the names are not read.
  const byName = lines.some((line) => line.village !== undefined) ? namesOf(known) : new Map<string, string[]>();
  const own =
    actor.scope.kind === "worker"
      ? actor.scope.divisions.length === 1
        ? actor.scope.divisions[0]
        : undefined
      : (actor.division ?? home);
  const foreign = (division: string, field: string): Place => ({
    stated: true,
    problem: { field, code: "people/not-your-division", facts: { division } },
  });
  return lines.map(({ division, village }): Place => {
    const field = village === undefined ? "division" : "village";
    if (division !== undefined && homeOf(division) !== actor.home) return foreign(division, "division");
    if (division !== undefined && !codes.has(division))
      return {
        stated: true,
        problem: { field: "division", code: "people/division-unknown", facts: { text: division } },
      };
    if (village !== undefined) {
      const within = division ?? "";
      const inside = (key: string) =>
        (byName.get(key) ?? []).filter((code) => code.startsWith(within) || within.startsWith(code));
      const [strict, loose] = villageKeys(village);
      const strictly = inside(`0${strict}`);
      const all = strictly.length > 0 ? strictly : inside(`1${loose}`);
      const mine = all.filter((code) => keeps(actor, code));
      // A village and the township it is the seat of may share a name: the finer one is meant.
      const finest = mine.filter((code) => !mine.some((other) => other !== code && other.startsWith(code)));
      if (finest.length > 1)
        return {
          stated: true,
          problem: {
            field: "village",
            code: "people/division-ambiguous",
            facts: {
              text: village,
              candidates: finest.slice(0, 5).map((code) => ({ code, name: codes.get(code)?.name })),
            },
          },
        };
      const [found] = finest;
      if (found !== undefined) return { division: division?.startsWith(found) ? division : found, stated: true };
      if (all.length > 0) return foreign(all[0] as string, "village");
      return { stated: true, problem: { field: "village", code: "people/division-unknown", facts: { text: village } } };
    }
    if (division !== undefined) return keeps(actor, division) ? { division, stated: true } : foreign(division, field);
    if (own === undefined || !codes.has(own) || !keeps(actor, own))
      return { stated: false, problem: { field: "village", code: "people/division-unknown", facts: { text: "" } } };
    return { division: own, stated: false };
  });
}
