import type { Summary } from "./care.ts";
import { daysBetween } from "./clock.rules.ts";

/** Why somebody stands on today's list (今日排序). `done` was visited this month, `away` is no longer visited. */
export type Standing = "overdue" | "planned" | "soon" | "later" | "done" | "away";

export interface Entry {
  readonly person: Summary;
  readonly standing: Standing;
  /** Days until due; negative when late; null without a date. */
  readonly days: number | null;
}

/** People of one village in the order one would visit them. */
export interface PlaceGroup {
  readonly division: string;
  readonly name: string;
  readonly entries: readonly Entry[];
}

export interface Today {
  readonly groups: readonly PlaceGroup[];
  readonly done: readonly Entry[];
  readonly left: number;
}

const SOON_DAYS = 7;
const rank: Readonly<Record<Standing, number>> = { planned: 0, overdue: 1, soon: 2, later: 3, done: 4, away: 5 };

/** Planned for today or before comes first, then late, then due within the week. */
export function standingOf(person: Summary, today: string): Entry {
  const days = person.dueOn === null ? null : daysBetween(today, person.dueOn);
  if (person.state === "deceased" || person.state === "refused" || person.state === "closed")
    return { person, standing: "away", days };
  const planned = person.plannedOn !== null && person.plannedOn <= today;
  const visited = person.visitedMonth !== null && person.visitedMonth >= today.slice(0, 7);
  if (visited) return { person, standing: "done", days };
  if (days !== null && days < 0) return { person, standing: planned ? "planned" : "overdue", days };
  if (planned) return { person, standing: "planned", days };
  return { person, standing: days !== null && days <= SOON_DAYS ? "soon" : "later", days };
}

/** What a card says (名单上的话): late is late, also where the visit had been planned for a day that has passed. */
export const saidOf = ({ standing, days }: Entry): Standing =>
  standing === "planned" && days !== null && days < 0 ? "overdue" : standing;

/** Whether a person answers to what was typed: part of the name, the place or the address. */
function answersTo(person: Summary, typed: string): boolean {
  return person.name.includes(typed) || person.address.includes(typed) || person.divisionName.includes(typed);
}

const byUrgency = (a: Entry, b: Entry): number =>
  rank[a.standing] - rank[b.standing] ||
  (a.days ?? 9_999) - (b.days ?? 9_999) ||
  (a.person.risk === b.person.risk ? 0 : a.person.risk === "high" ? -1 : b.person.risk === "high" ? 1 : 0) ||
  (a.person.address < b.person.address ? -1 : a.person.address > b.person.address ? 1 : 0);

/**
 * Today's list (今日名单): grouped by village, the village with most to do first; inside, planned and late ones first. Those
 * visited this month follow at the end.
 */
export function todayOf(
  people: Iterable<Summary>,
  today: string,
  filter: { readonly onlyMine: boolean; readonly typed: string },
): Today {
  const typed = filter.typed.trim();
  const groups = new Map<string, { name: string; entries: Entry[] }>();
  const done: Entry[] = [];
  let left = 0;
  for (const person of people) {
    if (filter.onlyMine && !person.mine) continue;
    if (typed !== "" && !answersTo(person, typed)) continue;
    const entry = standingOf(person, today);
    if (entry.standing === "done" || entry.standing === "away") {
      done.push(entry);
      continue;
    }
    left += 1;
    const group = groups.get(person.division) ?? { name: person.divisionName, entries: [] };
    group.entries.push(entry);
    groups.set(person.division, group);
  }
  const pressing = (group: { entries: readonly Entry[] }) =>
    group.entries.filter((one) => one.standing === "planned" || one.standing === "overdue").length;
  return {
    groups: [...groups]
      .map(([division, group]) => ({ division, name: group.name, entries: group.entries.sort(byUrgency) }))
      .sort(
        (a, b) =>
          pressing(b) - pressing(a) || b.entries.length - a.entries.length || (a.division < b.division ? -1 : 1),
      ),
    done: done.sort(byUrgency),
    left,
  };
}
