import { contains, significant } from "../../../kernel/divisions/code.ts";
import { authorityOf } from "../../../kernel/document/issue.ts";
import { type AccountRow, accountsOf, balanceOf, openAccounts, postAll } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import { explain } from "../explain.words.ts";
import { type AllocationLine, planAllocation, recallAllocation } from "../plan.contract.ts";
import { allocationPlan, itemNames, type PlanHome } from "../plan.rules.ts";
import { officeAccount } from "./accounts.ts";
import { tiltFacts } from "./homes.record.ts";
import { loadHomes } from "./homes.store.ts";
import {
  type AllocationRow,
  allocationPage,
  type Candidate,
  candidates,
  insertAllocations,
  insertPlan,
  loadPlan,
  lockAllocations,
  type NewAllocation,
  type PlanItem,
  type PlanRow,
  recallAllocations,
  serialsIn,
  stocksOf,
} from "./plan.store.ts";

/** What an account of the ledger is the item of, by the end of its name: "指夹式血氧仪" is an oximeter. */
export function itemOfAsset(asset: string): ItemKind | undefined {
  const [, name = ""] = /^goods:([^|]*)/.exec(asset) ?? [];
  return itemKinds.find((item) => itemNames[item].some((ending) => name.endsWith(ending)));
}

interface Stock {
  readonly account: AccountRow;
  readonly balance: number;
}

/** Stocks of the items, and how many pieces each holds now: what the ledger says, nothing else. */
async function stocks(
  ctx: Context<"equipment/no-stock" | "equipment/unknown-account">,
  items: readonly { readonly item: ItemKind; readonly account?: string | undefined }[],
): Promise<Map<ItemKind, Stock[]>> {
  const out = new Map<ItemKind, Stock[]>();
  for (const { item, account } of items) {
    const found = await stocksOf(ctx.tx, ctx.actor.home, account);
    if (account && found.length === 0) return ctx.fail("equipment/unknown-account", { account, field: "account" });
    const own = account ? found : found.filter((one) => itemOfAsset(one.asset) === item);
    if (own.length === 0) return ctx.fail("equipment/no-stock", { item, field: "items" });
    const held: Stock[] = [];
    for (const one of own) held.push({ account: one, balance: await balanceOf(ctx.tx, one) });
    out.set(item, held);
  }
  return out;
}

function planHome(row: Candidate & { readonly under_way: readonly ItemKind[] }): PlanHome {
  return {
    id: row.id,
    residents: row.residents,
    ...tiltFacts(row),
    served: itemKinds.filter(
      (item) => row.served_items.includes(item) || row.delivered_items.includes(item) || row.under_way.includes(item),
    ),
    closed: row.state === "closed",
  };
}

/** Cuts what a plan takes from several stocks of one item: whole homes from the oldest first. */
function drawer(held: readonly Stock[], perHome: number) {
  const left = held.map((one) => ({ account: one.account, homes: Math.floor(one.balance / perHome), taken: 0 }));
  return {
    total: left.reduce((sum, one) => sum + one.homes, 0) * perHome,
    take(): AccountRow {
      const next = left.find((one) => one.taken < one.homes);
      if (!next) throw new Error("the rule gave out more than there is");
      next.taken += 1;
      return next.account;
    },
    drawn: () =>
      left.filter((one) => one.taken > 0).map((one) => ({ stock: one.account, quantity: one.taken * perHome })),
  };
}

/** Reserves what a plan gives out: one entry per stock. Whoever comes second to the last piece is refused. */
async function reserve(
  ctx: Context<"equipment/stock-taken">,
  planId: string,
  draws: readonly { readonly item: ItemKind; readonly stock: AccountRow; readonly quantity: number }[],
): Promise<Map<string, AccountRow>> {
  const accounts = await openAccounts(
    ctx,
    draws.map(({ stock }) => officeAccount(stock, "allocated", ctx.today)),
  );
  const entries = [];
  for (const [at, { stock, quantity }] of draws.entries()) {
    const to = accounts[at] as AccountRow;
    const serials = stock.tracked ? await serialsIn(ctx.tx, stock, quantity) : undefined;
    entries.push({
      on: ctx.today,
      cause: "equipment.allocated",
      subject: planId,
      lines: [
        { account: stock, amount: -quantity },
        { account: to, amount: quantity },
      ],
      ...(serials ? { serials } : {}),
    });
  }
  try {
    await postAll(ctx, entries);
  } catch (error) {
    if (!(error instanceof Refusal) || !["ledger/insufficient", "ledger/serial-elsewhere"].includes(error.code))
      throw error;
    const short = draws.find(({ stock }) => stock.id === error.facts.accountId) ?? draws[0];
    return ctx.fail("equipment/stock-taken", {
      item: short?.item,
      asked: error.facts.asked ?? short?.quantity,
      available: error.facts.available ?? 0,
      field: "items",
    });
  }
  return new Map(draws.map(({ stock }, at) => [stock.id, accounts[at] as AccountRow]));
}

/** A line of a plan as pages show it. */
export function allocationLine(row: AllocationRow, servedBatch: string | null = null): AllocationLine {
  return {
    id: row.id,
    careHomeId: row.care_home_id,
    careHome: row.care_home_name,
    division: row.division_code,
    item: row.item,
    quantity: row.quantity,
    rank: row.rank,
    flags: [...row.flags],
    residents: row.residents,
    sizeClass: row.size_class,
    state: row.state,
    why: row.why,
    explanation: explain({
      rank: row.rank,
      flags: row.flags,
      residents: row.residents,
      sizeClass: row.size_class,
      why: row.why,
      servedBatch,
    }),
  };
}

/** Batches that served homes before this plan, by home. */
export async function batchesOf(ctx: Context, rows: readonly AllocationRow[]): Promise<Map<string, string | null>> {
  const ids = rows.filter((row) => row.why === "already-served").map((row) => row.care_home_id);
  if (ids.length === 0) return new Map();
  return new Map((await loadHomes(ctx.tx, ids)).map((row) => [row.id, row.served_batch]));
}

const SHOWN = 100;

const plan = handle(planAllocation)(async (input, ctx) => {
  const repeated = input.items.find((one, at) => input.items.findIndex((other) => other.item === one.item) !== at);
  if (repeated) return ctx.fail("equipment/item-repeated", { item: repeated.item, field: "items" });
  const own = ctx.actor.division ?? significant(ctx.actor.home);
  if (input.division !== undefined && !contains(own, input.division))
    return ctx.fail("equipment/outside-your-division", { division: input.division, field: "division" });
  const held = await stocks(ctx, input.items);
  const homes = await candidates(ctx.tx, input.division, input.homes);
  if (input.homes) {
    const seen = new Set(homes.map((one) => one.id));
    const missing = input.homes.find((one) => !seen.has(one));
    if (missing) return ctx.fail("equipment/unknown-home", { id: missing, field: "homes" });
  }
  if (homes.length === 0) return ctx.fail("equipment/no-homes", { division: input.division ?? own });
  const drawers = new Map(input.items.map((one) => [one.item, drawer(held.get(one.item) ?? [], one.perHome)]));
  const planId = ctx.newId();
  const { id: decisionId, decision } = decide(
    ctx as Context,
    allocationPlan,
    {
      homes: homes.map(planHome),
      items: input.items.map((one) => ({
        item: one.item,
        per_home: one.perHome,
        stock: drawers.get(one.item)?.total ?? 0,
      })),
      ...(input.sizeClass ? { size_class: input.sizeClass } : {}),
    },
    { subject: planId, home: ctx.actor.home, division: own },
  );
  const perHome = new Map(input.items.map((one) => [one.item as string, one.perHome]));
  const { ranked, left_out } = decision.output;
  const given = ranked.flatMap((one) =>
    one.items.map((item) => {
      const stock = (drawers.get(item as ItemKind) as ReturnType<typeof drawer>).take();
      return {
        home: one.id,
        rank: one.rank as number | null,
        item: item as ItemKind,
        stock,
        why: null as string | null,
      };
    }),
  );
  const draws = [...drawers].flatMap(([item, one]) => one.drawn().map((draw) => ({ item, ...draw })));
  const reserved = await reserve(ctx, planId, draws);
  const lines: NewAllocation[] = [
    ...given.map((one) => ({ ...one, quantity: perHome.get(one.item) ?? 1 })),
    ...left_out.map((one) => ({
      home: one.id,
      rank: one.rank,
      item: one.item as ItemKind,
      stock: undefined,
      why: one.why,
      quantity: 0,
    })),
  ].map((one, place) => ({
    id: ctx.newId(),
    careHomeId: one.home,
    place,
    item: one.item,
    quantity: one.quantity,
    rank: one.rank,
    why: one.why,
    accountId: one.stock ? (reserved.get(one.stock.id)?.id ?? null) : null,
    stockId: one.stock?.id ?? null,
  }));
  const items = input.items.map((one): PlanItem => {
    const of = given.filter((line) => line.item === one.item).length;
    const before = (held.get(one.item) ?? []).reduce((sum, stock) => sum + stock.balance, 0);
    const allocated = of * one.perHome;
    const name = held.get(one.item)?.[0]?.account.asset_name ?? one.item;
    return {
      item: one.item,
      name,
      perHome: one.perHome,
      allocated,
      homes: of,
      stockBefore: before,
      stockAfter: before - allocated,
    };
  });
  const row: PlanRow = {
    home_code: ctx.actor.home,
    id: planId,
    division_code: own,
    organisation_id: null,
    name: input.name,
    office_name: (await authorityOf(ctx.tx, ctx.actor.home)).name,
    planned_on: ctx.today,
    items,
    homes_ranked: ranked.length,
    homes_left_out: homes.length - ranked.length,
    decision_id: decisionId,
  };
  await insertPlan(ctx.tx, row, ctx.now);
  await insertAllocations(ctx.tx, row, lines);
  ctx.journal("equipment-allocated", planSubject(row), {
    homes: row.homes_ranked,
    leftOut: row.homes_left_out,
    items: items.map(({ item, allocated, stockAfter }) => ({ item, allocated, stockAfter })),
    decision: decisionId,
  });
  // Lines stand in the order of their places, those left out after all that were given something.
  const first = await allocationPage(ctx.tx, planId, {}, undefined, Math.min(SHOWN, given.length));
  const out = left_out.length > 0 ? await allocationPage(ctx.tx, planId, {}, [given.length - 1, "~"], SHOWN) : [];
  const batches = await batchesOf(ctx as Context, out);
  return {
    id: planId,
    decisionId,
    homesRanked: row.homes_ranked,
    homesLeftOut: row.homes_left_out,
    items,
    ranked: first.map((one) => allocationLine(one)),
    leftOut: out.map((one) => allocationLine(one, batches.get(one.care_home_id) ?? null)),
  };
});

export const planSubject = (row: Pick<PlanRow, "id" | "home_code" | "division_code">) =>
  ({ kind: "equipment_plan", id: row.id, home: row.home_code, division: row.division_code }) as const;

const recall = handle(recallAllocation)(async (input, ctx) => {
  const found = await loadPlan(ctx.tx, input.planId);
  if (!found) return ctx.fail("equipment/unknown-plan", { plan: input.planId });
  if (found.home_code !== ctx.actor.home)
    return ctx.fail("equipment/not-your-register", { division: found.division_code });
  const locked = await lockAllocations(ctx.tx, found.home_code, found.id, input.homes);
  const lines = locked.filter((one) => input.item === undefined || one.item === input.item);
  if (lines.length === 0) return ctx.fail("equipment/nothing-to-recall", {});
  const accounts = await accountsOf(
    ctx.tx,
    lines.flatMap((one) => [one.account_id ?? "", one.stock_id ?? ""]),
  );
  const byStock = new Map<string, { from: string; quantity: number }>();
  for (const one of lines) {
    const known = byStock.get(one.stock_id ?? "") ?? { from: one.account_id ?? "", quantity: 0 };
    byStock.set(one.stock_id ?? "", { ...known, quantity: known.quantity + one.quantity - one.shipped });
  }
  const entries = [];
  for (const [stockId, { from, quantity }] of byStock) {
    const account = accounts.get(from) as AccountRow;
    const serials = account.tracked ? await serialsIn(ctx.tx, account, quantity) : undefined;
    entries.push({
      on: ctx.today,
      cause: "equipment.allocation-recalled",
      subject: found.id,
      lines: [
        { account, amount: -quantity },
        { account: accounts.get(stockId) as AccountRow, amount: quantity },
      ],
      ...(serials ? { serials } : {}),
    });
  }
  await postAll(ctx as Context, entries);
  await recallAllocations(
    ctx.tx,
    found.home_code,
    lines.map((one) => one.id),
  );
  ctx.journal("equipment-allocation-recalled", planSubject(found), { lines: lines.length, reason: input.reason });
  const quantity = (item: ItemKind) =>
    lines.filter((one) => one.item === item).reduce((sum, one) => sum + one.quantity - one.shipped, 0);
  return {
    recalled: itemKinds.map((item) => ({ item, quantity: quantity(item) })).filter((one) => one.quantity > 0),
    homes: new Set(lines.map((one) => one.care_home_id)).size,
  };
});

export const planHandlers = [plan, recall];
