import { join, prepare, raw, sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { handle } from "../operation/handle.ts";
import { unseal } from "./seal.ts";
import { noteRotation, unmask } from "./vault.contract.ts";

/** Whether the asker may read the subject in the room that keeps it (房间的读者): sealed values themselves lie in one table for all rooms. */
async function isReader(ctx: Context, subject: string): Promise<boolean> {
  const { role, scope } = ctx.actor;
  if (scope.kind !== "staff" && scope.kind !== "worker") return false;
  const { kind } = scope;
  const rooms = ctx.house.tables.filter((one) => one[kind]?.read && one.unmask?.some((reader) => reader === role));
  const seen = rooms.map(({ table }) => sql`select 1 as found from ${raw(table)} where id = ${subject}`);
  return rooms.length > 0 && (await ctx.tx.many(prepare(join(seen, " union all ")))).length > 0;
}

const show = handle(unmask)(async (input, ctx) => {
  if (!(await isReader(ctx, input.subjectId))) return ctx.fail("vault/nothing-sealed", { field: input.field });
  const row = await ctx.tx.maybe<{ sealed: string; home_code: string; division_code: string }>(sql`
    select sealed, home_code, division_code from sealed_field where subject_id = ${input.subjectId} and field = ${input.field}`);
  if (!row) return ctx.fail("vault/nothing-sealed", { field: input.field });
  ctx.journal(
    "sealed-field.shown",
    { kind: "sealed-field", id: input.subjectId, home: row.home_code, division: row.division_code },
    { field: input.field, reason: input.reason },
  );
  return { value: unseal(ctx.house.keys, row.sealed, `${input.subjectId}/${input.field}`) };
});

const rotated = handle(noteRotation)(async (input, ctx) => {
  const { home, division } = ctx.actor;
  ctx.journal("keys-rotated", { kind: "vault", id: null, home, division: division ?? home }, input);
  return {};
});

export const vaultHandlers = [show, rotated];
