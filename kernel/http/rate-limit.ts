/** A fixed window of one minute per key (限流); a clock set back starts a new window instead of locking anybody out. */
export class RateLimit {
  readonly #seen = new Map<string, { minute: number; count: number }>();
  allow(key: string, perMinute: number, nowMillis: number): boolean {
    const minute = Math.floor(nowMillis / 60_000);
    const known = this.#seen.get(key);
    if (known && known.minute === minute) {
      known.count += 1;
      return known.count <= perMinute;
    }
    if (this.#seen.size > 50_000) this.#seen.clear();
    this.#seen.set(key, { minute, count: 1 });
    return true;
  }
}
