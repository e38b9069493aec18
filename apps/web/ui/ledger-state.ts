import { useCallback, useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

/** Filters and place of a list (列表状态): in the address bar, so that a link, a reload and "back" all show the same rows. */
export interface LedgerState<Name extends string> {
  readonly filters: Readonly<Partial<Record<Name, string>>>;
  readonly filtered: boolean;
  readonly after: string | undefined;
  readonly pageNumber: number;
  readonly hasPrevious: boolean;
  setFilter(name: Name, value: string | undefined): void;
  setFilters(change: Readonly<Partial<Record<Name, string | undefined>>>): void;
  clear(): void;
  first(): void;
  previous(): void;
  next(cursor: string): void;
}

interface Trail {
  readonly trail?: readonly string[];
}

/** Keeps the named filters and the cursor in the address; every change of a filter goes back to the first page. */
export function useLedgerState<const Name extends string>(names: readonly Name[]): LedgerState<Name> {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const location = useLocation();
  const trail = ((location.state as Trail | null)?.trail ?? []) as readonly string[];
  const joined = names.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `joined` stands for the names, whose array is new each time.
  const filters = useMemo(() => {
    const found: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [search, joined]);

  const write = useCallback(
    (edit: (next: URLSearchParams) => void) => {
      setSearch((current) => {
        const next = new URLSearchParams(current);
        next.delete("after");
        next.delete("page");
        edit(next);
        return next;
      });
    },
    [setSearch],
  );
  const go = (cursor: string | undefined, page: number, keep: readonly string[]) => {
    const next = new URLSearchParams(search);
    if (cursor) next.set("after", cursor);
    else next.delete("after");
    if (page > 1) next.set("page", String(page));
    else next.delete("page");
    void navigate({ search: next.toString() }, { state: { trail: keep } satisfies Trail });
  };
  const after = search.get("after") ?? undefined;
  const pageNumber = Math.max(1, Number(search.get("page") ?? 1) || 1);
  const setFilters: LedgerState<Name>["setFilters"] = (change) =>
    write((next) => {
      for (const [name, value] of Object.entries(change) as [Name, string | undefined][]) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
    });
  return {
    filters,
    filtered: Object.keys(filters).length > 0,
    after,
    pageNumber,
    hasPrevious: pageNumber > 1,
    setFilter: (name, value) => setFilters({ [name]: value } as Partial<Record<Name, string | undefined>>),
    setFilters,
    clear: () =>
      write((next) => {
        for (const name of names) next.delete(name);
      }),
    first: () => go(undefined, 1, []),
    previous: () => go(trail.at(-2), pageNumber - 1, trail.slice(0, -1)),
    next: (cursor) => go(cursor, pageNumber + 1, [...trail, cursor]),
  };
}
