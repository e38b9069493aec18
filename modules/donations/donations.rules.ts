import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { flag, list, num, str } from "../../kernel/rule/facts.ts";
import { type Citation, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { flagsOf } from "../equipment/index.ts";

const { charity2016, charity2024 } = law;
const house = cite(law.houseRules, "donations");

export interface ReceiptFacts {
  readonly amount?: number;
  readonly donor_waives_receipt?: boolean;
  readonly anonymous?: boolean;
}

function receiptOn(article: Citation, facts: ReceiptFacts, tools: RuleTools) {
  const waived = flag(facts.donor_waives_receipt) ?? false;
  const anonymous = flag(facts.anonymous) ?? false;
  const kept = holds(tools, "donor_waives_receipt", waived, "is", false, { law: article });
  const named = holds(tools, "anonymous", anonymous, "is", false, { law: article });
  return kept && named ? { receipt: true } : { receipt: false, must_record: "waiver or anonymity" };
}

/** Whether a receipt is issued (捐赠票据): always, unless the donor is anonymous or gives it up, which is then recorded. */
export const receiptRule = defineRule<ReceiptFacts, { readonly receipt: boolean; readonly must_record?: string }>({
  id: "donation.receipt",
  versions: [
    {
      from: charity2016.effectiveFrom,
      to: charity2024.effectiveFrom,
      citations: [cite(charity2016, "38")],
      decide: (facts, tools) => receiptOn(cite(charity2016, "38"), facts, tools),
    },
    {
      from: charity2024.effectiveFrom,
      citations: [cite(charity2024, "38")],
      decide: (facts, tools) => receiptOn(cite(charity2024, "38"), facts, tools),
    },
  ],
});

export interface UseChangeFacts {
  readonly change?: string;
  readonly donor_consent?: boolean;
  readonly refiled?: boolean;
}

/** Whether gifts may serve another purpose (变更捐赠用途): agreed ones by the donor's consent, those of a campaign by filing its plan again. */
export const changeOfUse = defineRule<UseChangeFacts, { readonly allowed: boolean }>({
  id: "donation.use_change",
  versions: [
    {
      from: charity2024.effectiveFrom,
      citations: [cite(charity2024, "56")],
      decide: (facts, tools) => {
        const ground = { law: cite(charity2024, "56") };
        if (/plan|方案/.test(str(facts.change) ?? ""))
          return { allowed: holds(tools, "refiled", flag(facts.refiled), "is", true, ground) };
        return { allowed: holds(tools, "donor_consent", flag(facts.donor_consent), "is", true, ground) };
      },
    },
  ],
});

export interface InKindFacts {
  readonly item?: string;
  readonly expired?: boolean;
  readonly usable?: boolean;
  readonly safe?: boolean;
}

const unusable =
  /expired|spoiled|unsafe|counterfeit|damaged|过期|超过保质期|失效|变质|霉变|假冒|伪劣|损坏|不合格|三无/i;

/** Whether goods may be taken (接受实物捐赠): usable, safe, within their shelf life. */
export const inKind = defineRule<InKindFacts, { readonly accept: boolean }>({
  id: "donation.in_kind",
  versions: [
    {
      from: charity2024.effectiveFrom,
      citations: [cite(charity2024, "36")],
      decide: (facts, tools) => {
        const ground = { law: cite(charity2024, "36") };
        const sound = [
          holds(tools, "described_as_unusable", unusable.test(str(facts.item) ?? ""), "is", false, ground),
          holds(tools, "expired", flag(facts.expired) ?? false, "is", false, ground),
          holds(tools, "usable", flag(facts.usable) ?? true, "is", true, ground),
          holds(tools, "safe", flag(facts.safe) ?? true, "is", true, ground),
        ];
        return { accept: sound.every(Boolean) };
      },
    },
  ],
});

export interface ReconcileFacts {
  readonly received?: number;
  readonly spent?: number;
  readonly returned?: number;
  readonly scrapped?: number;
  readonly balance?: number;
}

/** Whether a ledger is balanced (台账平衡): received + returned − spent − scrapped. What is only allocated has not left. */
export const reconcileRule = defineRule<
  ReconcileFacts,
  { readonly ok: boolean; readonly expected_balance: number | null }
>({
  id: "donation.reconcile",
  versions: [
    {
      from: house.effectiveFrom,
      citations: [house],
      decide: (facts, tools) => {
        const received = num(facts.received);
        if (received === undefined) return { ok: false, expected_balance: null };
        const expected = received + (num(facts.returned) ?? 0) - (num(facts.spent) ?? 0) - (num(facts.scrapped) ?? 0);
        const ok = holds(tools, "balance", num(facts.balance), "=", expected, { law: house });
        return { ok, expected_balance: expected };
      },
    },
  ],
});

export interface BatchTotalFacts {
  readonly unit_value?: number;
  /** Household, person or home, one per kit: a repeated one is refused by name. */
  readonly recipients?: readonly string[];
}

/** Total of a batch (批次合计): count times unit, refused when a household or person stands in it twice. */
export const batchTotal = defineRule<
  BatchTotalFacts,
  { readonly count: number; readonly total: number } | { readonly rejected: true; readonly repeated: readonly string[] }
>({
  id: "donation.batch_total",
  versions: [
    {
      from: house.effectiveFrom,
      citations: [house],
      decide: (facts, tools) => {
        const names = list(facts.recipients).flatMap((one) => str(one) ?? []);
        const repeated = [...new Set(names.filter((one, at) => names.indexOf(one) !== at))];
        if (!holds(tools, "repeated", repeated.length, "=", 0, { law: house })) return { rejected: true, repeated };
        return { count: names.length, total: names.length * (num(facts.unit_value) ?? 0) };
      },
    },
  ],
});

export interface RankFacts {
  readonly candidates?: readonly {
    readonly id?: string;
    readonly in?: readonly string[];
    readonly flood_severity?: string;
    readonly need?: number;
    readonly already_received?: boolean;
  }[];
}

interface Ranked {
  readonly id: string;
  readonly rank: number;
  readonly flags: readonly string[];
  readonly need: number;
  readonly reason: string;
}

/**
 * Order in which an allocation serves (分配排序): more of the three flags first, then greater need, then the id, so that the
 * same list always gives the same order. Whoever was served is left out and named.
 */
export const allocationRank = defineRule<
  RankFacts,
  { readonly ranked: readonly Ranked[]; readonly left_out: readonly string[] }
>({
  id: "donation.allocation_rank",
  versions: [
    {
      from: house.effectiveFrom,
      citations: [house],
      decide: (facts, tools) => {
        const all = list(facts.candidates).flatMap((one) => {
          const given = one as NonNullable<RankFacts["candidates"]>[number];
          const id = typeof given === "object" && given !== null ? str(given.id) : undefined;
          if (id === undefined) return [];
          const flags = flagsOf(given);
          return [{ id, flags, need: num(given.need) ?? 0, served: flag(given.already_received) ?? false }];
        });
        holds(tools, "served", all.filter((one) => one.served).length, "=", 0, { law: house });
        const ranked = all
          .filter((one) => !one.served)
          .sort((a, b) => b.flags.length - a.flags.length || b.need - a.need || (a.id < b.id ? -1 : 1))
          .map(({ id, flags, need }, at) => ({ id, rank: at + 1, flags, need, reason: flags.join("+") || "need" }));
        return { ranked, left_out: all.filter((one) => one.served).map((one) => one.id) };
      },
    },
  ],
});

export const rules = [receiptRule, changeOfUse, inKind, reconcileRule, batchTotal, allocationRank] as const;
