import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { correct, type Publish, publish, withdraw } from "../../../kernel/publication/publication.ts";
import { publishProgress } from "../board.contract.ts";
import { boardOf } from "./board.handlers.ts";
import { homeCollection, progressCollection } from "./equipment.publication.ts";
import { keepPublished, type PublicHome, publicHomes, publishedBy } from "./progress.store.ts";

const itemRank = { none: 0, delivered: 1, verified: 2 } as const;
type Standing = keyof typeof itemRank;

interface Item {
  readonly publish: Publish;
  readonly body: Readonly<Record<string, unknown>>;
  /** What may only grow; where it shrinks, what was published was not so. */
  readonly grows: readonly number[];
}

function standing(home: PublicHome, item: "oxygen_concentrator" | "oximeter"): Standing {
  if (home.verified_items.includes(item)) return "verified";
  return home.delivered_items.includes(item) ? "delivered" : "none";
}

function itemOfHome(home: PublicHome, today: string): Item {
  const [concentrator, oximeter] = [standing(home, "oxygen_concentrator"), standing(home, "oximeter")];
  const body = { name: home.name, concentrator, oximeter, isCovered: home.covered };
  return {
    body,
    grows: growth(body),
    publish: {
      collection: homeCollection,
      key: home.id,
      division: home.division_code,
      title: home.name,
      sortKey: `${home.division_code} ${home.name}`,
      body: { ...body, asOf: today },
    },
  };
}

/** The figures of a published text that may only grow. */
function growth(body: Readonly<Record<string, unknown>>): number[] {
  const rank = (value: unknown) => itemRank[value as Standing] ?? 0;
  return "concentrator" in body
    ? [rank(body.concentrator), rank(body.oximeter), body.isCovered ? 1 : 0]
    : ["covered", "shipped", "delivered", "verified"].map((field) => Number(body[field] ?? 0));
}

const same = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) =>
  Object.keys({ ...a, ...b }).every((field) => a[field] === b[field]);

const publishAll = handle(publishProgress)(async (input, ctx) => {
  const division = significant(ctx.actor.division ?? ctx.actor.home);
  const own = homeOf(division) === ctx.actor.home ? division : significant(ctx.actor.home);
  const line = (await boardOf(ctx, own))?.whole;
  const { name, homes, covered, coverage, shipped, delivered, verified, homesTrained, discrepanciesOpen } = line ?? {};
  const totals = { name, homes, covered, coverage, shipped, delivered, verified, homesTrained, discrepanciesOpen };
  // The list of homes is the whole register's: a street publishes its own totals and takes nothing off.
  const whole = own === significant(ctx.actor.home);
  const listed = whole ? await publicHomes(ctx.tx, ctx.actor.home) : [];
  const open = listed.filter((home) => home.state === "open" && home.delivered_items.length > 0);
  const items: Item[] = [
    {
      body: totals,
      grows: growth(totals),
      publish: {
        collection: progressCollection,
        key: own,
        division: own,
        title: name ?? own,
        sortKey: own,
        body: { ...totals, asOf: ctx.today },
      },
    },
    ...open.map((home) => itemOfHome(home, ctx.today)),
  ];
  const before = await publishedBy(ctx.tx, ctx.actor.home);
  const changed = items.filter((one) => {
    const old = before.get(one.publish.key);
    return !old || !same(old, one.body);
  });
  const backwards = changed.filter((one) => {
    const old = before.get(one.publish.key);
    const grown = old ? growth(old) : [];
    return grown.some((value, at) => (one.grows[at] ?? 0) < value);
  });
  if (backwards.length > 0 && !input.reason)
    return ctx.fail("equipment/reason-missing", { homes: backwards.slice(0, 5).map((one) => one.publish.title) });
  const wrong = new Set(backwards.map((one) => one.publish.key));
  publish(
    ctx,
    changed.filter((one) => !wrong.has(one.publish.key)).map((one) => one.publish),
  );
  for (const one of backwards) correct(ctx, one.publish, input.reason ?? "");
  const shown = new Set(open.map((home) => home.id));
  const gone = whole ? [...before.keys()].filter((key) => key.length === 36 && !shown.has(key)) : [];
  withdraw(ctx, homeCollection, gone);
  keepPublished(
    ctx,
    changed.map((one) => ({ key: one.publish.key, division: one.publish.division, body: one.body })),
    gone,
  );
  ctx.journal(
    "equipment-progress-published",
    { kind: "equipment", id: null, home: ctx.actor.home, division: own },
    {
      published: changed.length - backwards.length,
      corrected: backwards.length,
      withdrawn: gone.length,
      ...(input.reason ? { reason: input.reason } : {}),
    },
  );
  return {
    division: own,
    homes: open.length,
    published: changed.length - backwards.length,
    corrected: backwards.length,
    asOf: ctx.today,
  };
});

export const progressHandlers = [publishAll];
