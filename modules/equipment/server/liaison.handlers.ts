import { contains, homeOf, isPlaceholder, significant } from "../../../kernel/divisions/code.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { appointLiaison, listLiaisons } from "../oversight.contract.ts";
import { ownerIn } from "./discrepancy.queries.ts";
import {
  divisionsWithHomes,
  endLiaison,
  holdLiaison,
  insertLiaison,
  type LiaisonRow,
  liaisonsOf,
} from "./liaison.store.ts";
import { namesOfDivisions } from "./oversight.store.ts";

const appoint = handle(appointLiaison)(async (input, ctx) => {
  const own = significant(ctx.actor.division ?? ctx.actor.home);
  const division = input.division ? significant(input.division) : own;
  if (!contains(own, division) || homeOf(division) !== ctx.actor.home)
    return ctx.fail("equipment/not-your-register", { division });
  if (!(await namesOfDivisions(ctx.tx, [division], ctx.today)).has(division))
    return ctx.fail("equipment/unknown-division", { division });
  if (input.accountId && (await ownerIn(ctx.tx, input.accountId, division, ctx.today)) === undefined)
    return ctx.fail("equipment/unknown-owner", { id: input.accountId });
  const from = input.from ?? ctx.today;
  const before = await holdLiaison(ctx.tx, ctx.actor.home, division);
  if (before && before.from_on >= from) return ctx.fail("equipment/liaison-earlier", { from: before.from_on });
  if (before) await endLiaison(ctx.tx, before, from);
  const row: LiaisonRow = {
    home_code: ctx.actor.home,
    id: ctx.newId(),
    division_code: division,
    name: input.name,
    post: input.post ?? null,
    phone_masked: input.phone ? mask("phone", input.phone) : null,
    account_id: input.accountId ?? null,
    from_on: from,
    until_on: null,
  };
  // Two who name one at the same moment: one of them is in office, the other is told.
  if ((await insertLiaison(ctx.tx, row)) !== 1) return ctx.fail("equipment/liaison-earlier", { from });
  if (input.phone)
    sealFields(ctx, [
      {
        home: row.home_code,
        division,
        subject: row.id,
        field: "liaison_phone",
        value: input.phone,
        masked: row.phone_masked ?? "",
      },
    ]);
  ctx.journal(
    "equipment-liaison-appointed",
    { kind: "equipment-liaison", id: row.id, home: row.home_code, division },
    { from, account: row.account_id, before: before?.id ?? null },
  );
  return { id: row.id, division, from };
});

const list = handle(listLiaisons)(async (input, ctx) => {
  const division = significant(input.division ?? ctx.actor.division ?? ctx.house.root);
  const rows = await liaisonsOf(ctx.tx, division);
  const counties = await divisionsWithHomes(ctx.tx, division);
  const needed = new Set(
    counties.flatMap((code) => [code.slice(0, 2), code.slice(0, 4), code].filter((one) => !isPlaceholder(one))),
  );
  const held = new Set(
    rows
      .filter((row) => row.from_on <= ctx.today && (row.until_on === null || row.until_on > ctx.today))
      .map((row) => row.division_code),
  );
  const missing = [...needed].filter((code) => contains(division, code) && !held.has(code)).sort();
  const names = await namesOfDivisions(ctx.tx, [...rows.map((row) => row.division_code), ...missing], ctx.today);
  const nameOf = (code: string) => names.get(code) ?? code;
  return {
    liaisons: rows.map((row) => ({
      id: row.id,
      division: row.division_code,
      divisionName: nameOf(row.division_code),
      name: row.name,
      post: row.post,
      phone: row.phone_masked,
      accountId: row.account_id,
      from: row.from_on,
      until: row.until_on,
    })),
    missing: missing.map((code) => ({ division: code, divisionName: nameOf(code) })),
  };
});

export const liaisonHandlers = [appoint, list];
