import type { SyncFeed } from "../../../kernel/sync/feed.ts";
import { contactsOf, loadPeople, phonesOf } from "../../people/server/index.ts";
import { homeVisitDuty, visitDuty } from "../visiting-care.duties.ts";
import { divisionNames } from "./carers.queries.ts";
import { ageOn } from "./enrolment.ts";
import { carried, manifestOf } from "./feed.queries.ts";
import { dutiesOf, markedIn, newestVisits } from "./list.queries.ts";

const LAST_VISITS = 6;

/**
 * What a worker's phone holds of people in care (下发探访对象): those of their villages who are enrolled or proposed, the
 * next due first. Officers work at a desk: their phones hold nobody. Phones to dial are opened once a page and journalled.
 */
export const careFeed: SyncFeed = {
  type: "care-person",
  manifest: (ctx) => manifestOf(ctx.actor.role === "worker", ctx.today),
  async load(tx, ids, ctx) {
    const stays = await carried(tx, ids);
    const persons = stays.map((stay) => stay.person_id);
    const aliases = stays.flatMap((stay) => stay.alias_ids.map((alias) => [alias, stay.person_id] as const));
    const owner = new Map(aliases);
    const [people, contacts, visits, duties, names, marked] = [
      new Map((await loadPeople(tx, persons)).map((row) => [row.id, row])),
      await contactsOf(tx, persons),
      await newestVisits(tx, [...persons, ...owner.keys()], LAST_VISITS),
      await dutiesOf(tx, persons),
      await divisionNames(tx, [...new Set(stays.map((stay) => stay.division_code))], ctx.today),
      await markedIn(tx, stays, ctx.today.slice(0, 7)),
    ];
    const known = [...contacts.values()].flat();
    const phones = await phonesOf(ctx, [...persons, ...known.map((one) => one.id)]);
    return stays.map((stay) => {
      const person = people.get(stay.person_id);
      const own = visits
        .filter((one) => (owner.get(one.person_id) ?? one.person_id) === stay.person_id && one.voided_on === null)
        .slice(0, LAST_VISITS);
      const next = duties.find(
        (one) => one.subject_id === stay.person_id && [visitDuty.id, homeVisitDuty.id].includes(one.kind),
      );
      const met = own.find((one) => one.met === "person" || one.met === "carer");
      const me = ctx.actor.accountId;
      return {
        id: stay.person_id,
        body: {
          id: stay.id,
          personId: stay.person_id,
          home: stay.home_code,
          division: stay.division_code,
          divisionName: names.get(stay.division_code) ?? "",
          name: stay.name,
          sex: stay.sex,
          age: ageOn(stay.born_on, ctx.today),
          categories: stay.categories,
          risk: stay.risk,
          modes: stay.modes,
          frequency: { per: stay.per, min: stay.min_visits },
          state: stay.state,
          address: person?.address ?? "",
          place:
            stay.latitude === null || stay.longitude === null
              ? null
              : { latitude: stay.latitude, longitude: stay.longitude },
          contacts: (contacts.get(stay.person_id) ?? []).map((one) => ({
            id: one.id,
            kind: one.kind,
            name: one.name,
            relation: one.relation,
            phone: phones.get(one.id) ?? null,
          })),
          phone: phones.get(stay.person_id) ?? null,
          lastVisits: own.map((one) => ({
            id: one.id,
            at: one.at.toISOString(),
            mode: one.mode,
            met: one.met,
            counts: one.counts,
            worker: one.worker_name,
          })),
          dutyDueOn: next?.due_on ?? null,
          dutyPlannedOn: next?.planned_on ?? null,
          visitedThisMonth: marked.has(stay.person_id),
          findingsOpen: (met?.findings ?? []).map((one) => one.code),
          mine: me !== null && (stay.worker_id === me || stay.stand_in_id === me),
        },
      };
    });
  },
};
