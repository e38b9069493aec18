import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import { handle } from "../operation/handle.ts";
import { chainOf, nation, rangeOf, significant } from "./code.ts";
import { findDivisions, listDivisions } from "./divisions.contract.ts";

interface Row {
  code: string;
  name: string;
  level: number;
}

const LENGTHS = [0, 2, 4, 6, 9, 12] as const;

async function placesOf(tx: Tx, codes: readonly string[], today: string) {
  const rows = await tx.many<Row>(sql`
    select code, name, level from division where code = any(${codes}) and valid_from <= ${today} and (valid_to is null or valid_to > ${today}) order by code`);
  return rows.map((row) => ({ ...row, children: row.level < 5 }));
}

const list = handle(listDivisions)(async (input, ctx) => {
  const { root } = ctx.house;
  const on = input.on ?? ctx.today;
  const parent = input.parent ? significant(input.parent) : root;
  const chain = await placesOf(ctx.tx, chainOf(parent), on);
  const { lo, hi } = rangeOf(parent);
  const level = parent === nation ? 0 : LENGTHS.indexOf(parent.length as 2);
  // A city without counties has towns directly below it: the next level that exists is meant.
  const rows = await ctx.tx.many<Row>(sql`
    select code, name, level from division
    where code >= ${lo} and code < ${hi} and code <> ${parent} and valid_from <= ${on} and (valid_to is null or valid_to > ${on})
      and level = (select min(level) from division where code >= ${lo} and code < ${hi} and code <> ${parent} and level > ${level})
    order by code`);
  return {
    root,
    parent: chain.find((one) => one.code === parent) ?? null,
    chain,
    divisions: rows.map((row) => ({ ...row, children: row.level < 5 })),
  };
});

const find = handle(findDivisions)(async (input, ctx) => {
  const rows = await ctx.tx.many<Row>(sql`
    select code, name, level from division
    where valid_to is null and (position(${input.q} in name) > 0 or left(code, ${input.q.length}::integer) = ${input.q})
    order by level, code limit 30`);
  const names = new Map(
    (await placesOf(ctx.tx, [...new Set(rows.flatMap((row) => chainOf(row.code)))], ctx.today)).map((one) => [
      one.code,
      one.name,
    ]),
  );
  return {
    divisions: rows.map((row) => ({
      ...row,
      children: row.level < 5,
      path: chainOf(row.code)
        .map((code) => names.get(code) ?? code)
        .join(" "),
    })),
  };
});

export const divisionHandlers = [list, find];
