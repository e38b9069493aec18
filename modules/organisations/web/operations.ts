import type { Operation } from "../../../kernel/operation/define.ts";
import * as contract from "../organisations.contract.ts";

/** Every operation of the module by its id, for acts the server offers (操作索引). */
export const operationsById: ReadonlyMap<string, Operation> = new Map(
  Object.values(contract).flatMap((one) =>
    typeof one === "object" && one !== null && "kind" in one && "id" in one && "output" in one
      ? [[(one as Operation).id, one as Operation] as const]
      : [],
  ),
);
