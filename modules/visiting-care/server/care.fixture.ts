import { newId } from "../../../kernel/operation/ids.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { peopleModule } from "../../people/server/index.ts";
import { closingJob } from "./month.handlers.ts";
import { visitingCareEvents, visitingCareModule } from "./visiting-care.module.ts";

/** A house with people and visiting care (试验用). */
export function careHouse(): Promise<TestHouse> {
  return testHouse([peopleModule([visitingCareEvents]), visitingCareModule]);
}

/** What the job of the first days of a month does, once (月末结账). */
export function closeMonths(house: TestHouse): Promise<void> {
  return closingJob.run({
    database: house.open.database,
    house: house.open.house,
    input: {},
    requestedBy: null,
    jobId: newId(),
    now: () => house.clock.now,
    progress: async () => {},
    call: (id, input) => house.open.call(id, input, house.system.actor, { now: house.clock.now }),
  });
}
