import { sql } from "../database/sql.ts";
import { handle } from "../operation/handle.ts";
import { unseal } from "./seal.ts";
import { noteRotation, unmask } from "./vault.contract.ts";

const show = handle(unmask)(async (input, ctx) => {
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
