import { randomUUID } from "node:crypto";
import type { TestActor, TestHouse } from "../../testing/house.ts";
import { Phone } from "./phone.ts";

/** A county of its own for each test: villages, a worker of the first two, its officer. */
export interface TestPlace {
  readonly home: string;
  readonly villages: readonly [string, string, string];
  readonly worker: TestActor;
  readonly officer: TestActor;
  readonly phone: Phone;
  person(village?: string, name?: string): Promise<string>;
  visits(): Promise<
    { person_id: string; act_id: string; happened_at: Date; clock_drift: number | null; written_by: string }[]
  >;
}

/** Makes counties one after another (测试用辖区). */
export function placesOf(house: TestHouse): () => Promise<TestPlace> {
  let county = 630100;
  return async () => {
    const home = String(++county);
    const villages = [`${home}100001`, `${home}100002`, `${home}100003`] as const;
    const worker = house.worker([villages[0], villages[1]], home);
    const phone = new Phone(() => house.clock.now);
    await phone.register(worker);
    return {
      home,
      villages,
      worker,
      officer: house.as("officer", home),
      phone,
      async person(village = villages[0], name = "样老人") {
        const id = randomUUID();
        await house.sql(
          "insert into toy_person (home_code, id, division_code, name, version) values ($1, $2, $3, $4, 1)",
          [village.slice(0, 6), id, village, name],
        );
        return id;
      },
      visits: () => house.sql("select * from toy_visit where home_code = $1 order by happened_at, act_id", [home]),
    };
  };
}
