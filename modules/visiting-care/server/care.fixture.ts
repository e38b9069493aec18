import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { peopleModule } from "../../people/server/index.ts";
import { visitingCareEvents, visitingCareModule } from "./visiting-care.module.ts";

/** A house with people and visiting care (试验用). */
export function careHouse(): Promise<TestHouse> {
  return testHouse([peopleModule([visitingCareEvents]), visitingCareModule]);
}
