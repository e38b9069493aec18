import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { fulfilDuty } from "../../../kernel/duty/duty.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { digests } from "../../../kernel/vault/seal.ts";
import { trainDuty } from "../equipment.duties.ts";
import { listTrainees, recordTraining } from "../oversight.contract.ts";
import { recordEvents } from "./events.store.ts";
import { filesArrived, holdOverseen, movePieces, overseen, pieceOf, piecesIn } from "./oversight.store.ts";
import { insertTraining, knownTrainees, mostAtOnce, traineesOf, trainingKnown } from "./training.store.ts";

/** Sealed field of a trained person's name; also the kind of its digest. */
const field = "trainee_name";

const record = handle(recordTraining)(async (input, ctx) => {
  const home = await overseen(ctx.tx, input.careHomeId);
  if (!home) return ctx.fail("equipment/unknown-home", { id: input.careHomeId });
  if (home.home_code !== ctx.actor.home) return ctx.fail("equipment/not-your-home", { division: home.division_code });
  const on = input.on ?? dateInShanghai(ctx.happenedAt);
  if (on > ctx.today) return ctx.fail("equipment/in-the-future", { on, today: ctx.today });
  if (home.state === "closed") return ctx.fail("equipment/home-closed", { name: home.name });
  if (!(await filesArrived(ctx.tx, input.photoIds))) return ctx.fail("equipment/unknown-file", {});
  const names = [...new Set(input.staff)];
  if (names.length > input.people)
    return ctx.fail("equipment/more-names-than-people", { names: names.length, people: input.people });

  const held = (await holdOverseen(ctx.tx, home.id)) ?? home;
  const id = input.id ?? ctx.newId();
  // The phone may send it twice; it happened once.
  if (input.id && (await trainingKnown(ctx.tx, input.id, home.id)))
    return { id, trained: held.trained, itemsTrained: 0 };
  const use = input.topic !== "first_aid";
  const known = await knownTrainees(ctx.tx, home.id);
  const fresh = names.flatMap((name) => {
    // Digests under every key that was ever in use: a rotation makes nobody new.
    const keyed = digests(ctx.house.keys, field, `${home.id}/${name}`);
    return keyed.some((one) => known.has(one))
      ? []
      : [{ id: ctx.newId(), name, masked: mask("name", name), digest: keyed[0] ?? "" }];
  });
  // Trainings repeat for the same people: without names only the largest one is sure.
  const people = Math.max(input.people, await mostAtOnce(ctx.tx, home.id), known.size + fresh.length);
  const trained = use ? people : held.trained;
  const pieces = use ? (await piecesIn(ctx.tx, home.id)).filter((one) => one.state === "delivered") : [];

  insertTraining(ctx, home, {
    id,
    on,
    topic: input.topic,
    people: input.people,
    trainer: input.trainer ?? null,
    photoIds: input.photoIds,
    note: input.note ?? null,
    trained,
    use,
    fresh,
  });
  sealFields(
    ctx,
    fresh.map((one) => ({
      home: home.home_code,
      division: home.division_code,
      subject: one.id,
      field,
      value: one.name,
      masked: one.masked,
    })),
  );
  movePieces(
    ctx,
    { home: home.home_code, careHomeId: home.id },
    pieces,
    pieces.map((row) => ({ piece: pieceOf(row), events: ["train"], to: "trained" })),
  );
  recordEvents(ctx, [
    {
      home: home.home_code,
      division: home.division_code,
      careHomeId: home.id,
      subject: home.id,
      event: "train",
      quantity: input.people,
      photoIds: input.photoIds,
      note: input.note ?? null,
      facts: { topic: input.topic, people: input.people, trained, training: id },
    },
    ...pieces.map((row) => ({
      home: home.home_code,
      division: home.division_code,
      careHomeId: home.id,
      subject: row.id,
      event: "train",
      quantity: 1,
      serials: [row.serial_no],
      facts: { training: id },
    })),
  ]);
  if (use) fulfilDuty(ctx, trainDuty, home.home_code, home.id);
  ctx.journal(
    "equipment-training-recorded",
    { kind: "care-home", id: home.id, home: home.home_code, division: home.division_code },
    { training: id, people: input.people, named: names.length, topic: input.topic },
  );
  return { id, trained, itemsTrained: pieces.length };
});

const list = handle(listTrainees)(async (input, ctx) => {
  const home = await overseen(ctx.tx, input.careHomeId);
  if (!home) return ctx.fail("equipment/unknown-home", { id: input.careHomeId });
  return { trained: home.trained, people: await traineesOf(ctx.tx, home.id) };
});

export const trainingHandlers = [record, list];
