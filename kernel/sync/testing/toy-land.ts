import type { Land, MakeLand } from "./land.ts";
import { people, visit } from "./toy.ts";

/** The toy room as a land for the simulator. */
export const toyLand: MakeLand = ({ house, place, dice }): Land => {
  const ids: string[] = [];
  const inHomes = "home_code = any($1)";
  return {
    async prepare() {
      for (let n = 0; n < 8; n++) {
        const id = dice.id();
        const village = dice.pick(place.villages);
        ids.push(id);
        await house.sql(
          "insert into toy_person (home_code, id, division_code, name, version) values ($1, $2, $3, $4, 1)",
          [village.slice(0, 6), id, village, `样${n}`],
        );
      }
    },
    personOf: (type, id) => (type === "toy-person" ? id : undefined),
    act: (person, mark) => ({ operation: visit.id, input: { personId: person, act: mark, note: "平安" } }),
    async disturb() {
      const id = dice.pick(ids);
      if (dice.chance(0.2)) {
        await house.sql("update toy_person set name = name || '改', version = version + 1 where id = $1", [id]);
        return `corrects ${id}`;
      }
      if (dice.chance(0.15)) {
        const other = dice.pick(ids);
        await house.sql(
          `update toy_person set merged_into = $2, version = version + 1 where id = $1 and merged_into is null and $1 <> $2
           and exists (select 1 from toy_person keep where keep.id = $2 and keep.merged_into is null)`,
          [id, other],
        );
        return `merges ${id} into ${other}`;
      }
      const village = dice.pick(place.villages);
      await house.sql(
        "update toy_person set division_code = $2, home_code = left($2, 6), version = version + 1 where id = $1",
        [id, village],
      );
      return `moves ${id} to ${village}`;
    },
    async expected(villages) {
      const rows = await house.sql<{ id: string }>(
        "select id from toy_person where division_code = any($1) and merged_into is null",
        [villages],
      );
      return new Set(rows.map((row) => `toy-person ${row.id}`));
    },
    async outside(who, villages) {
      const seen = (await who.call(people, {})).people;
      return seen.filter((one) => !villages.includes(one.division)).map((one) => `${one.id} in ${one.division}`);
    },
    async written() {
      const rows = await house.sql<{ act_id: string; n: number; at: Date }>(
        `select act_id, count(*)::integer as n, min(happened_at) as at from toy_visit where ${inHomes} group by act_id`,
        [place.homes],
      );
      return new Map(rows.map((row) => [row.act_id, { times: row.n, at: row.at }]));
    },
    async figures() {
      const rows = await house.sql<{ division_code: string; kept: number; counted: number }>(
        `select division_code, coalesce(kept.visits, 0)::integer as kept, coalesce(real.visits, 0)::integer as counted
         from (select division_code, visits from toy_count where ${inHomes}) kept
         full join (select division_code, count(*) as visits from toy_visit where ${inHomes} group by division_code) real using (division_code)
         where coalesce(kept.visits, 0) <> coalesce(real.visits, 0)`,
        [place.homes],
      );
      return rows.map((row) => `${row.division_code}: kept ${row.kept}, counted ${row.counted}`);
    },
  };
};
