import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { flag, list, num, record, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";
import { batchClass, flagsOf } from "./equipment.rules.ts";

const house = cite(law.houseRules, "equipment");

/** What an item is called where donations are written down (物品名称): an asset whose name ends so is one. */
export const itemNames = {
  oxygen_concentrator: ["制氧机"],
  oximeter: ["血氧仪", "血氧饱和度仪"],
} as const;

/** A home as the plan looks at it. */
export interface PlanHome {
  readonly id: string;
  readonly residents: number;
  readonly in?: readonly string[];
  readonly flood_severity?: string;
  /** Items it has from an earlier batch, or is about to get. */
  readonly served?: readonly string[];
  readonly closed?: boolean;
}

export interface PlanFacts {
  readonly homes?: readonly PlanHome[];
  /** What each home gets and how many pieces there are; in the order in which they are given out. */
  readonly items?: readonly { readonly item: string; readonly per_home: number; readonly stock: number }[];
  /** Only homes of this size class. */
  readonly size_class?: "small" | "large";
}

export interface PlanOutput {
  /** Homes that get something, in their order; `items` names what. */
  readonly ranked: readonly {
    readonly id: string;
    readonly rank: number;
    readonly flags: readonly string[];
    readonly items: readonly string[];
  }[];
  readonly left_out: readonly {
    readonly id: string;
    readonly item: string;
    readonly why: "already-served" | "beyond-stock" | "closed" | "other-batch" | "size-unknown";
    readonly rank: number | null;
  }[];
  readonly left: Readonly<Record<string, number>>;
}

/**
 * Who gets what of a stock (分配方案): homes in the order of their flags, then of their residents, then of their id, so that
 * the same facts always give the same order. Whoever has an item gets it no second time; a home of exactly 50 that was not
 * served belongs to the small ones; when the stock ends, everybody after is left out by name.
 */
export const allocationPlan = defineRule<PlanFacts, PlanOutput>({
  id: "equip.allocation_plan",
  versions: [
    {
      from: law.houseRules.effectiveFrom,
      citations: [house],
      decide: (facts, tools) => {
        const items = list(facts.items).flatMap((one) => {
          const { item, per_home, stock } = record(one);
          const name = str(item);
          return name === undefined ? [] : [{ item: name, perHome: num(per_home) ?? 1, stock: num(stock) ?? 0 }];
        });
        const leftOut: { id: string; item: string; why: PlanOutput["left_out"][number]["why"]; rank: number | null }[] =
          [];
        const waiting: { id: string; residents: number; flags: string[]; wants: Set<string> }[] = [];
        // The class of a home is a rule of its own; its conditions would be repeated for every home of the plan.
        const silent = { ...tools, check: (condition: { readonly met: boolean }) => condition.met };
        const classOf = batchClass.versions[0].decide;
        for (const one of list(facts.homes)) {
          const home = record(one);
          const id = str(home.id);
          if (id === undefined) continue;
          const residents = num(home.residents);
          const served = list(home.served);
          const size = classOf(
            {
              ...(residents === undefined ? {} : { residents }),
              already_received: items.every(({ item }) => served.includes(item)),
            },
            silent,
          ).class;
          const wants = new Set<string>();
          for (const { item } of items) {
            const why = flag(home.closed)
              ? "closed"
              : served.includes(item)
                ? "already-served"
                : size === null
                  ? "size-unknown"
                  : facts.size_class !== undefined && facts.size_class !== size
                    ? "other-batch"
                    : undefined;
            if (why) leftOut.push({ id, item, why, rank: null });
            else wants.add(item);
          }
          if (wants.size > 0) waiting.push({ id, residents: residents ?? 0, flags: flagsOf(home), wants });
        }
        waiting.sort((a, b) => b.flags.length - a.flags.length || b.residents - a.residents || (a.id < b.id ? -1 : 1));
        const left = new Map(items.map(({ item, stock }) => [item, stock]));
        const ranked: { id: string; rank: number; flags: string[]; items: string[] }[] = [];
        for (const [at, home] of waiting.entries()) {
          const got: string[] = [];
          for (const { item, perHome } of items) {
            if (!home.wants.has(item)) continue;
            const rest = left.get(item) ?? 0;
            if (rest < perHome) leftOut.push({ id: home.id, item, why: "beyond-stock", rank: at + 1 });
            else {
              left.set(item, rest - perHome);
              got.push(item);
            }
          }
          if (got.length > 0) ranked.push({ id: home.id, rank: at + 1, flags: home.flags, items: got });
        }
        for (const { item, perHome, stock } of items) {
          const wanted = waiting.filter((home) => home.wants.has(item)).length * perHome;
          holds(tools, `stock.${item}`, stock, ">=", wanted, { law: house });
        }
        return { ranked, left_out: leftOut, left: Object.fromEntries(left) };
      },
    },
  ],
});

export const planRules = [allocationPlan] as const;
