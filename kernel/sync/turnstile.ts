/** Pages made at the same moment; the pool of connections serves others beside them. */
const PLACES = 6;
/** Requests that may wait for a place without being sent away: less than a second's work. */
const QUEUE = 36;
const LONGEST_WAIT_SECONDS = 60;

/**
 * Lets a few phones in at a time (限流), keeps some waiting, and tells the others when to come back: each gets a time of
 * its own, one after another, so that a thousand phones that wake up together do not come back together.
 */
export class Turnstile {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** Smoothed length of one page, milliseconds. */
  #average = 25;
  /** Until when the times to come back are given away, milliseconds. */
  #horizon = 0;
  readonly #clock: () => number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Runs `work` when there is a place, or answers after how many seconds to ask again. */
  async pass<T>(work: () => Promise<T>): Promise<{ readonly answer: T } | { readonly waitSeconds: number }> {
    if (this.#running >= PLACES) {
      if (this.#waiting.length >= QUEUE) return { waitSeconds: this.#comeBack() };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    const began = this.#clock();
    try {
      return { answer: await work() };
    } finally {
      this.#average += (this.#clock() - began - this.#average) * 0.1;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  /** Whether so many are inside or on their way that one more should come back later, and when. */
  crowded(inside: number): number | undefined {
    return inside < PLACES + QUEUE ? undefined : this.#comeBack();
  }

  #comeBack(): number {
    const now = this.#clock();
    const share = this.#average / PLACES;
    this.#horizon = Math.min(
      Math.max(this.#horizon, now + share * QUEUE) + share * 1.25,
      now + LONGEST_WAIT_SECONDS * 1_000,
    );
    return Math.max(1, Math.ceil((this.#horizon - now) / 1_000));
  }
}
