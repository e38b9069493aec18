/** One record a phone should hold. */
export interface Wanted {
  readonly type: string;
  readonly id: string;
  readonly version: string;
}

/** What the server knows of one record on a phone. */
export interface Known {
  readonly type: string;
  readonly record_id: string;
  readonly version: string;
  /** Page it was sent on; null: it must be sent again. */
  readonly page: number | null;
  readonly gone_page: number | null;
}

/** What the next page holds, and what remains. */
export interface Difference {
  readonly send: readonly Wanted[];
  readonly forget: readonly { readonly type: string; readonly id: string }[];
  /** Rows whose page never arrived and that this page does not repeat. */
  readonly unsure: readonly { readonly type: string; readonly id: string }[];
  readonly more: boolean;
  /** Records the scope holds beyond what a phone may. */
  readonly capped: number;
  /** Records the phone holds, or may hold, once the page has arrived. */
  readonly holds: number;
}

const GONE_A_PAGE = 2_000;
const nameOf = (type: string, id: string) => `${type} ${id}`;

/**
 * The exact difference between what a phone should hold and what it surely has (集合差). A row counts as held only when its
 * page is not beyond the last one the phone has stored: a page that got lost, or was answered to a request nobody waits for
 * any more, leads to sending again and never to a gap. Records to forget go first: privacy before freshness.
 */
export function difference(
  wanted: readonly Wanted[],
  known: readonly Known[],
  received: number,
  limit: number,
  cap: number,
): Difference {
  const keep = wanted.slice(0, cap);
  const should = new Set(keep.map((one) => nameOf(one.type, one.id)));
  const had = new Map(known.map((one) => [nameOf(one.type, one.record_id), one]));
  const gone = known.filter(
    (one) => !should.has(nameOf(one.type, one.record_id)) && (one.gone_page === null || one.gone_page > received),
  );
  const forget = gone.slice(0, GONE_A_PAGE).map((one) => ({ type: one.type, id: one.record_id }));
  const fresh = keep.filter((one) => {
    const row = had.get(nameOf(one.type, one.id));
    const held =
      row !== undefined &&
      row.gone_page === null &&
      row.page !== null &&
      row.page <= received &&
      row.version === one.version;
    return !held;
  });
  const send = fresh.slice(0, limit);
  const touched = new Set([
    ...send.map((one) => nameOf(one.type, one.id)),
    ...forget.map((one) => nameOf(one.type, one.id)),
  ]);
  const unsure = known
    .filter(
      (one) =>
        ((one.page ?? 0) > received || (one.gone_page ?? 0) > received) &&
        !touched.has(nameOf(one.type, one.record_id)),
    )
    .map((one) => ({ type: one.type, id: one.record_id }));
  const remain = known.filter((one) => one.gone_page === null && !touched.has(nameOf(one.type, one.record_id))).length;
  return {
    send,
    forget,
    unsure,
    more: fresh.length > send.length || gone.length > forget.length,
    capped: wanted.length - keep.length,
    holds: remain + send.length,
  };
}
