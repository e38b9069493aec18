import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { flag, list, num, record, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";
import { formatPercent } from "../../kernel/text/figures.ts";

const civilCode = cite(law.civilCode, "1259");
const house = cite(law.houseRules, "equipment");
const from = law.houseRules.effectiveFrom;

/** Size of a home that both batches count as theirs: “以上” and “以下” include the number. */
const EDGE = 50;
const BATCH_ITEMS = ["制氧机", "血氧仪"] as const;

export interface BatchFacts {
  readonly residents?: number;
  readonly already_received?: boolean;
}

interface BatchClass {
  readonly class: "small" | "large" | null;
  readonly items?: readonly string[];
  readonly new_allocation?: boolean;
}

/**
 * Which batch a home belongs to (50人以上/以下批次). Both sides include 50: whoever was served first keeps it, and a home of
 * exactly 50 that has not been served is served now.
 */
export const batchClass = defineRule<BatchFacts, BatchClass>({
  id: "equip.batch_class",
  versions: [
    {
      from,
      citations: [civilCode, house],
      decide: (facts, tools) => {
        const residents = num(facts.residents);
        if (residents === undefined || residents < 0) return { class: null };
        const served = flag(facts.already_received) ?? false;
        const open = holds(tools, "already_received", served, "is", false, { law: house });
        const small = holds(tools, "residents", residents, "<=", EDGE, { law: civilCode });
        if (small && residents < EDGE && open) return { class: "small", items: BATCH_ITEMS };
        if (residents === EDGE) return { class: open ? "small" : "large", new_allocation: open };
        return { class: small ? "small" : "large", new_allocation: open };
      },
    },
  ],
});

/** The three flags an allocation leans towards (倾斜因素). */
export const tiltFlags = { paired: "定点帮扶和对口支援地区", poorest: "三区三州", flood: "洪灾地区" } as const;
const pairedNames = ["定点帮扶", "对口支援", tiltFlags.paired];
/** How badly a flood hit, as the rule names it (灾情程度). */
export const floodNames = { light: "轻", moderate: "较重", serious: "严重", extreme: "特别严重" } as const;
const severe = ["较重", "严重", "特别严重", "重", "特重"];

export interface PriorityFacts {
  readonly in?: readonly string[];
  readonly flood_severity?: string;
}

/** Which of the three flags a place has, in their order. */
export function flagsOf(facts: PriorityFacts): (keyof typeof tiltFlags)[] {
  const places = list(facts.in).flatMap((one) => str(one) ?? []);
  return [
    ...(places.some((one) => pairedNames.includes(one)) ? (["paired"] as const) : []),
    ...(places.includes(tiltFlags.poorest) ? (["poorest"] as const) : []),
    ...(severe.includes(str(facts.flood_severity) ?? "") || places.includes(tiltFlags.flood)
      ? (["flood"] as const)
      : []),
  ];
}

/** Whether an allocation leans towards a place (倾斜). */
export const priority = defineRule<PriorityFacts, { readonly tilt: boolean }>({
  id: "equip.priority",
  versions: [
    {
      from,
      citations: [house],
      decide: (facts, tools) => ({ tilt: holds(tools, "flags", flagsOf(facts).length, ">=", 1, { law: house }) }),
    },
  ],
});

/** The way of a donated item (捐赠物品状态), appendix A9: from, event, to. */
export const itemTransitions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pledged: { receive: "in_stock" },
  in_stock: { allocate: "allocated", scrap: "scrapped" },
  allocated: { ship: "shipped", recall: "in_stock" },
  shipped: { sign_for: "delivered", sign_short: "discrepancy", return: "in_stock" },
  delivered: { train: "trained", verify_missing: "discrepancy" },
  trained: { verify_ok: "verified", verify_missing: "discrepancy", verify_fail: "discrepancy" },
  verified: {
    spot_check_ok: "verified",
    evaluate_ok: "verified",
    spot_check_missing: "discrepancy",
    evaluate_missing: "discrepancy",
    use: "in_use",
  },
  in_use: { fault: "fault", spot_check_missing: "discrepancy", scrap: "scrapped" },
  fault: { repair: "in_use", scrap: "scrapped" },
  discrepancy: { rectify: "verified" },
  scrapped: {},
};

export interface StateFacts {
  readonly from?: string;
  readonly event?: string;
}

/** Where an event takes an item, or that it cannot happen (物品状态流转). */
export const itemState = defineRule<StateFacts, { readonly to: string } | { readonly rejected: true }>({
  id: "equip.state",
  versions: [
    {
      from,
      citations: [house],
      decide: (facts, tools) => {
        const before = str(facts.from) ?? "";
        const events = Object.hasOwn(itemTransitions, before) ? itemTransitions[before] : undefined;
        const possible = Object.keys(events ?? {});
        const event = str(facts.event) ?? "";
        if (!holds(tools, "event", event, "in", possible, { law: house })) return { rejected: true };
        return { to: (events as Record<string, string>)[event] as string };
      },
    },
  ],
});

export interface CoverageFacts {
  readonly homes?: number;
  readonly homes_with_both_verified?: number;
}

/** Share of homes with both items delivered and verified (覆盖率): cut, never rounded up to the whole. */
export const coverage = defineRule<CoverageFacts, { readonly rate: string | null }>({
  id: "equip.coverage",
  versions: [
    {
      from,
      citations: [house],
      decide: (facts, tools) => {
        const homes = num(facts.homes);
        const covered = num(facts.homes_with_both_verified);
        if (
          homes === undefined ||
          covered === undefined ||
          !Number.isSafeInteger(homes) ||
          !Number.isSafeInteger(covered)
        )
          return { rate: null };
        if (homes <= 0 || covered < 0 || covered > homes) return { rate: null };
        holds(tools, "homes_with_both_verified", covered, ">=", homes, { law: house });
        return { rate: formatPercent(covered, homes, { floor: true }) };
      },
    },
  ],
});

export interface SignoffFacts {
  readonly allocated?: Readonly<Record<string, number>>;
  readonly signed?: Readonly<Record<string, number>>;
}

interface Signoff {
  readonly status: "delivered" | "discrepancy" | "rejected";
  readonly short?: Readonly<Record<string, number>>;
  readonly over?: Readonly<Record<string, number>>;
}

/** What signing for fewer or more pieces than were allocated means (签收数量). Nobody can sign for more than was sent. */
export const signoff = defineRule<SignoffFacts, Signoff>({
  id: "equip.signoff_qty",
  versions: [
    {
      from,
      citations: [house],
      decide: (facts, tools) => {
        const allocated = record(facts.allocated);
        const signed = record(facts.signed);
        const short: Record<string, number> = {};
        const over: Record<string, number> = {};
        for (const item of new Set([...Object.keys(allocated), ...Object.keys(signed)])) {
          const missing = (num(allocated[item]) ?? 0) - (num(signed[item]) ?? 0);
          holds(tools, `signed.${item}`, num(signed[item]) ?? 0, "=", num(allocated[item]) ?? 0, { law: house });
          if (missing > 0) short[item] = missing;
          if (missing < 0) over[item] = -missing;
        }
        if (Object.keys(over).length > 0) return { status: "rejected", over };
        return Object.keys(short).length > 0 ? { status: "discrepancy", short } : { status: "delivered" };
      },
    },
  ],
});

export const equipmentRules = [batchClass, priority, itemState, coverage, signoff] as const;
