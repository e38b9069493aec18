import type { TestActor, TestHouse } from "../../testing/house.ts";

/** Chance with a seed (随机数): the same seed gives the same course, so that a failing run can be looked at again. */
export interface Dice {
  /** 0 ≤ n < below. */
  int(below: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** An id that the seed decides. */
  id(): string;
}

export function makeDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    int: (below) => Math.floor(next() * below),
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)] as never,
    id: () => {
      const hex = Array.from({ length: 4 }, () =>
        Math.floor(next() * 4_294_967_296)
          .toString(16)
          .padStart(8, "0"),
      ).join("");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

/** Two counties with villages, for one run at a time. */
export interface Place {
  readonly homes: readonly [string, string];
  /** Three villages of each county. */
  readonly villages: readonly string[];
}

/** What a run needs from the rooms it plays with (模拟场景): people in villages, an act workers record, and how to check. */
export interface Land {
  /** Makes people and whatever a worker needs to record acts about them. */
  prepare(): Promise<void>;
  /** The person a record on a phone is about, when an act can be recorded about it. */
  personOf(type: string, id: string, body: Record<string, unknown>): string | undefined;
  /** An act about a person; `mark` is found again in the register. */
  act(person: string, mark: string, at: Date): { readonly operation: string; readonly input: Record<string, unknown> };
  /** Something happens to people: a move, a merge, a correction. Answers what, for the log of a failing run. */
  disturb(): Promise<string>;
  /** Records a phone of these villages must hold, by `type id`; read from outside every scope. */
  expected(villages: readonly string[]): Promise<ReadonlySet<string>>;
  /** What this worker's questions show that lies outside the villages. */
  outside(who: TestActor, villages: readonly string[]): Promise<string[]>;
  /** How often each mark stands in the register. */
  written(): Promise<ReadonlyMap<string, { readonly times: number; readonly at: Date }>>;
  /** Figures that differ from a recount from scratch. */
  figures(): Promise<string[]>;
}

export interface Setting {
  readonly house: TestHouse;
  readonly place: Place;
  readonly dice: Dice;
  readonly now: () => Date;
  /** An officer of a county, at the run's own time. */
  readonly officer: (home: string) => TestActor;
  /** A worker with an account of his own, at the run's own time. */
  readonly worker: (villages: readonly string[]) => TestActor;
}

export type MakeLand = (setting: Setting) => Land;
