const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The calendar day in Asia/Shanghai of an instant in milliseconds: "YYYY-MM-DD". */
export function dayOf(millis: number): string {
  return new Date(millis + 8 * 60 * MINUTE).toISOString().slice(0, 10);
}

/** Whole days from one calendar day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * 60 * MINUTE));
}

/**
 * How long to wait before the next try (退避): doubles with every failure up to five minutes, spread by half so that a
 * thousand phones do not come back together; never sooner than the server asked. `dice` lies in [0, 1).
 */
export function waitBeforeRetry(failures: number, dice: number, waitSeconds: number | null): number {
  const step = Math.min(5 * MINUTE, 5 * SECOND * 2 ** Math.max(0, failures - 1));
  const spread = step * (0.5 + dice);
  return Math.max(spread, (waitSeconds ?? 0) * SECOND * (1 + dice / 4));
}

/** When this phone's own clock will say that the lists are to be forgotten: the server's span, whatever this clock says. */
export function forgetAt(localNow: number, serverTime: string, keepUntil: string): number {
  return localNow + Math.max(0, Date.parse(keepUntil) - Date.parse(serverTime));
}

/** Whether the lists have to go (到期遗忘). A clock set back does not keep them: the latest time ever seen counts. */
export function mustForget(
  state: { readonly forgetAt: number | null; readonly seen: number },
  localNow: number,
): boolean {
  return state.forgetAt !== null && Math.max(localNow, state.seen) >= state.forgetAt;
}

/** A clock that is off by more than this is told to its owner. */
const DRIFT_MINUTES = 5;

/** Minutes the phone is fast (positive) or slow (negative), or null when its clock is good enough. */
export function wrongClock(driftMinutes: number): number | null {
  return Math.abs(driftMinutes) >= DRIFT_MINUTES ? driftMinutes : null;
}
