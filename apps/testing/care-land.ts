import { drift } from "../../kernel/indicator/indicator.ts";
import { Refusal } from "../../kernel/operation/errors.ts";
import type { Land, MakeLand, Place } from "../../kernel/sync/testing/land.ts";
import type { TestActor, TestHouse } from "../../kernel/testing/house.ts";
import {
  confirmArrival,
  correct,
  list,
  merge,
  move,
  recordCensus,
  recordDeath,
  unmerge,
} from "../../modules/people/index.ts";
import { close, enrol, listPeople, monthlyRate, recordVisit } from "../../modules/visiting-care/index.ts";

const MONTHS = ["2026-05", "2026-06", "2026-07"] as const;

/** Pairs of real counties, three villages each: one pair a lane, so that runs beside each other never meet. */
export async function carePlaces(house: TestHouse, lanes: number): Promise<Place[]> {
  const rows = await house.sql<{ county: string; villages: string[] }>(
    `select left(code, 6) as county, (array_agg(code order by code))[1:3] as villages from division
     where level = 5 group by 1 having count(*) >= 3 order by 1 limit $1`,
    [lanes * 2],
  );
  return Array.from({ length: Math.floor(rows.length / 2) }, (_, lane) => {
    const pair = rows.slice(lane * 2, lane * 2 + 2);
    return {
      homes: [pair[0]?.county ?? "", pair[1]?.county ?? ""] as const,
      villages: pair.flatMap((one) => one.villages),
    };
  });
}

/** Somebody in the register, as it stands now. */
interface Row {
  readonly home_code: string;
  readonly division_code: string;
  readonly version: number;
  readonly arriving: boolean;
}

/** People and visiting care as they are, as a land for the simulator. */
export const careLand: MakeLand = ({ house, place, dice, now, officer }): Land => {
  const ids: string[] = [];
  const today = () => new Date(now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [homes] = [place.homes];

  /** What a clerk is refused is part of the course of events; a fault is not. */
  const tries = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return "";
    } catch (error) {
      if (error instanceof Refusal) return ` (refused: ${error.code})`;
      throw error;
    }
  };
  const present = async (id: string): Promise<Row | undefined> =>
    (
      await house.sql<Row>(
        `select home_code, division_code, version, state_on is not null and came_from is not null as arriving
         from person where id = $1 and state = 'present'`,
        [id],
      )
    )[0];
  const enrolNow = (clerk: TestActor, personId: string) => clerk.call(enrol, { personId, modes: ["home"] });

  async function moveSomebody(id: string, row: Row): Promise<string> {
    const village = dice.pick(place.villages);
    const clerk = officer(row.home_code);
    let said = `moves ${id.slice(-4)} to ${village}`;
    said += await tries(clerk.call(move, { id, to: village, on: today(), reason: "迁居" }));
    if (village.startsWith(row.home_code) || dice.chance(0.4)) return said;
    const there = officer(village.slice(0, 6));
    said += `, arrives${await tries(there.call(confirmArrival, { id, division: village }))}`;
    return dice.chance(0.5) ? `${said}, enrolled${await tries(enrolNow(there, id))}` : said;
  }

  return {
    async prepare() {
      for (let n = 0; n < 8; n++) {
        const division = dice.pick(place.villages);
        const clerk = officer(division.slice(0, 6));
        const { id } = await clerk.call(recordCensus, {
          name: `样${"甲乙丙丁戊己庚辛"[n]}${dice.pick(["山", "水", "云", "禾"])}`,
          bornOn: `19${40 + n}-0${1 + dice.int(9)}-1${dice.int(10)}`,
          division,
          living: "alone",
          categories: ["living_alone"],
          address: "样本巷1号",
          confirmed: true,
        });
        ids.push(id);
        await clerk.call(enrol, { personId: id, modes: ["home"], agreedOn: "2026-05-02", from: "2026-05-02" });
      }
    },
    personOf: (type, _id, body) =>
      type === "care-person" && body.state === "enrolled" ? String(body.personId) : undefined,
    act: (personId, mark) => ({
      operation: recordVisit.id,
      input: {
        id: mark,
        personId,
        mode: dice.pick(["home", "home", "phone"]),
        met: dice.pick(["person", "person", "nobody"]),
      },
    }),
    async disturb() {
      const id = dice.pick(ids);
      const row = await present(id);
      const kind = dice.int(100);
      if (!row) {
        if (kind < 50) return `somebody gone: ${id.slice(-4)}`;
        const home = dice.pick(homes);
        return `unmerges ${id.slice(-4)}${await tries(officer(home).call(unmerge, { id, reason: "认错" }))}`;
      }
      const clerk = officer(row.home_code);
      if (kind < 45) return moveSomebody(id, row);
      if (kind < 60) {
        const given = { id, version: row.version, address: `样本巷${dice.int(90)}号`, reason: "更正" };
        return `corrects ${id.slice(-4)}${await tries(clerk.call(correct, given))}`;
      }
      if (kind < 75) {
        const other = dice.pick(ids);
        const words = `merges ${other.slice(-4)} into ${id.slice(-4)}`;
        return `${words}${await tries(clerk.call(merge, { keep: id, merge: other, reason: "同一人" }))}`;
      }
      if (kind < 80)
        return `dies ${id.slice(-4)}${await tries(clerk.call(recordDeath, { id, on: today(), source: "家属" }))}`;
      if (kind < 88) {
        const given = { personId: id, ground: "own_wish" as const, on: today() };
        return `closes ${id.slice(-4)}${await tries(clerk.call(close, given))}`;
      }
      return `enrols ${id.slice(-4)}${await tries(enrolNow(clerk, id))}`;
    },
    async expected(villages) {
      const rows = await house.sql<{ id: string }>(
        `select person_id as id from care_enrolment where closed_no = 0 and state in ('enrolled', 'proposed') and division_code = any($1)`,
        [villages],
      );
      return new Set(rows.map((row) => `care-person ${row.id}`));
    },
    async outside(who, villages) {
      const [cared, known] = [(await who.call(listPeople, {})).people, (await who.call(list, {})).people];
      return [...cared, ...known]
        .filter((one) => !villages.includes(one.division))
        .map((one) => `${one.id} in ${one.division}`);
    },
    async written() {
      const rows = await house.sql<{ id: string; n: number; at: Date }>(
        "select id, count(*)::integer as n, min(at) as at from care_visit where home_code = any($1) group by id",
        [homes],
      );
      return new Map(rows.map((row) => [row.id, { times: row.n, at: row.at }]));
    },
    async figures() {
      const wrong: string[] = [];
      const mine = (division: string) => homes.some((home) => division.startsWith(home));
      await house.open.database.transaction({ kind: "system" }, async (tx) => {
        for (const { indicator, count } of house.open.house.recounts)
          if (/^(people|visiting-care)\./.test(indicator.id))
            for (const one of await drift(tx, indicator, await count(tx)))
              if (mine(one.division))
                wrong.push(`${one.indicator} ${one.division} ${one.key}: kept ${one.kept}, counted ${one.counted}`);
      });
      for (const home of homes)
        for (const month of MONTHS) {
          const rate = await officer(home).call(monthlyRate, { division: home, month });
          const [counted] = await house.sql<{ n: number }>(
            `select count(distinct (stay.home_code, coalesce(kept.person_id, visit.person_id)))::integer as n from care_visit visit
             join care_enrolment stay on stay.home_code = visit.home_code and stay.id = visit.enrolment_id
             left join care_enrolment kept on kept.home_code = visit.home_code and visit.person_id = any(kept.alias_ids)
             where visit.home_code = $1 and visit.month = $2 and visit.counts and visit.voided_on is null`,
            [home, month],
          );
          const below = rate.children.reduce((all, one) => all + one.visited, 0);
          if (below !== rate.visited) wrong.push(`${home} ${month}: ${rate.visited} visited, ${below} below it`);
          if (rate.visited > (counted?.n ?? 0))
            wrong.push(`${home} ${month}: ${rate.visited} visited, ${counted?.n} people have visits`);
        }
      return wrong;
    },
  };
};
