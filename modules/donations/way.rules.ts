import type { GiftPlace, GiftStep } from "./donations.contract.ts";

export interface Rest {
  readonly place: GiftPlace;
  readonly amount: number;
  readonly unit: string;
}

/** A place on the way of a gift (去向节点): how it came there, how much rests there, where it went on to. */
export interface Stop {
  readonly place: GiftPlace;
  /** How it came here; absent at the donor. */
  readonly by: GiftStep | undefined;
  /** What is still here, or ended here. */
  readonly rest: number;
  readonly unit: string;
  readonly onward: readonly Stop[];
}

const same = (one: GiftPlace, other: GiftPlace) =>
  one.name === other.name && one.kind === other.kind && one.purpose === other.purpose;

/** Kinds of accounts a gift never leaves again: it was used, or handed over. */
export const ended: readonly string[] = ["spent", "delivered", "scrapped", "home", "care_home"];

/**
 * The way of a gift as a tree (捐赠去向图): the donor first, each place once, every onward step below the place it left. What came
 * to one place in several parts is one stop with its parts.
 */
export function wayOf(steps: readonly GiftStep[], rests: readonly Rest[]): Stop | undefined {
  const first = steps[0];
  if (!first) return undefined;
  const left = [...steps];
  const resting = [...rests];
  const stop = (place: GiftPlace, by: GiftStep | undefined, unit: string): Stop => {
    const mine: GiftStep[] = [];
    for (let at = 0; at < left.length; ) {
      const step = left[at] as GiftStep;
      if (same(step.fromPlace, place)) {
        mine.push(step);
        left.splice(at, 1);
      } else at += 1;
    }
    // Rests are given to the last stop at a place, where all of its parts have come together.
    const onward = mine.map((step) => stop(step.toPlace, step, step.unit));
    let rest = 0;
    for (let at = 0; at < resting.length; ) {
      const one = resting[at] as Rest;
      if (same(one.place, place)) {
        rest += one.amount;
        resting.splice(at, 1);
      } else at += 1;
    }
    return { place, by, rest, unit, onward };
  };
  return stop(first.fromPlace, undefined, first.unit);
}

/** The state of a gift by where it rests (捐赠状态). */
export function stateOf(
  corrected: boolean,
  rests: readonly { readonly kind: string }[],
): "received" | "partly-used" | "used" | "corrected" {
  if (corrected) return "corrected";
  const gone = rests.filter((rest) => ended.includes(rest.kind)).length;
  return gone === 0 ? "received" : gone === rests.length ? "used" : "partly-used";
}
