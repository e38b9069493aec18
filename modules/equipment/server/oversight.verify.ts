import type { Tx } from "../../../kernel/database/transaction.ts";
import { authorityName } from "../../../kernel/document/authority.words.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { verifyHome } from "../oversight.contract.ts";
import { examine, keepLook, repeatedItem } from "./oversight.findings.ts";
import { filesArrived, holdOverseen, namesOfDivisions, overseen, pieceOf, piecesIn } from "./oversight.store.ts";

/** Name of the civil-affairs office of the county a row is stored under (县级民政部门). */
export async function officeOf(tx: Tx, home: string, today: string): Promise<string> {
  const name = (await namesOfDivisions(tx, [home], today)).get(home) ?? home;
  return authorityName(name, 3);
}

const verify = handle(verifyHome)(async (input, ctx) => {
  const known = await overseen(ctx.tx, input.careHomeId);
  if (!known) return ctx.fail("equipment/unknown-home", { id: input.careHomeId });
  if (known.home_code !== ctx.actor.home)
    return ctx.fail("equipment/not-your-register", { division: known.division_code });
  const on = input.on ?? ctx.today;
  if (on > ctx.today) return ctx.fail("equipment/in-the-future", { on, today: ctx.today });
  const twice = repeatedItem(input.lines);
  if (twice) return ctx.fail("equipment/item-repeated", { item: twice });
  if (!(await filesArrived(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", {});

  const home = (await holdOverseen(ctx.tx, known.id)) ?? known;
  const rows = await piecesIn(ctx.tx, home.id);
  const examined = examine(input.lines, rows.map(pieceOf), "verification", home.trained > 0, (problem) =>
    ctx.fail(problem.code, { ...problem.facts, name: home.name }),
  );
  const kept = keepLook(
    ctx,
    {
      kind: "verification",
      at: { home: home.home_code, division: home.division_code, careHomeId: home.id, careHome: home.name },
      on,
      photoIds: input.photoIds,
      place: input.place,
      note: input.note,
      by: ctx.actor.displayName,
      office: await officeOf(ctx.tx, home.home_code, ctx.today),
    },
    rows,
    examined,
  );
  const after = new Map(examined.flatMap((one) => one.finding.moves).map((move) => [move.piece.id, move.to]));
  const stands = (id: string, before: string) => after.get(id) ?? before;
  const verified = [...new Set(rows.map((row) => row.item))].filter((item) =>
    rows
      .filter((row) => row.item === item)
      .every((row) => ["verified", "in_use", "fault"].includes(stands(row.id, row.state))),
  );
  ctx.journal(
    "equipment-verified",
    { kind: "care-home", id: home.id, home: home.home_code, division: home.division_code },
    { lines: input.lines.map(({ item, result, seen }) => ({ item, result, seen })), verified },
  );
  return { ...kept, verified, covered: verified.length === 2 };
});

export const verifyHandlers = [verify];
