import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listPairs } from "../doubles.contract.ts";
import { personNames } from "../names.words.ts";
import { words } from "./people.web.words.ts";

type Pair = OutputOf<typeof listPairs>["pairs"][number];
const states = ["open", "different", "merged"] as const;

/** Possible doubles (疑似重复): each pair waits for a person who looks. */
export function Component() {
  const w = useWords(words);
  const n = useWords(personNames);
  const { locale } = usePreferences();
  const state = useLedgerState(["state", "division"]);
  const wanted = states.find((one) => one === state.filters.state) ?? "open";
  const pairs = useQueryOperation(
    listPairs,
    { state: wanted, division: state.filters.division, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(
    pairs.data?.pairs.flatMap((one) => [one.one.division, one.other?.division ?? "", one.elsewhere ?? ""]),
  );
  const nameOf = (pair: Pair) =>
    w.pairs.and({
      one: pair.one.name,
      other:
        pair.other?.name ?? (pair.elsewhere ? w.pairs.elsewhere({ place: placeOf(pair.elsewhere) }) : w.pairs.hidden),
    });
  const columns: LedgerColumn<Pair>[] = [
    {
      key: "pair",
      title: w.pairs.columns.pair,
      cell: (row) => (
        <>
          <Link
            to={row.other ? `/people/compare/${row.one.id}/${row.other.id}?pair=${row.id}` : `/people/${row.one.id}`}
          >
            {nameOf(row)}
          </Link>
          <br />
          <span className="quiet">
            {placeOf(row.one.division)}
            {row.other && row.other.division !== row.one.division && ` · ${placeOf(row.other.division)}`}
          </span>
        </>
      ),
      text: nameOf,
    },
    {
      key: "ground",
      title: w.pairs.columns.ground,
      cell: (row) => n.grounds[row.ground],
      text: (row) => n.grounds[row.ground],
    },
    {
      key: "score",
      title: w.pairs.columns.score,
      cell: (row) => `${Math.round(row.score * 100)}%`,
      text: (row) => `${Math.round(row.score * 100)}%`,
      numeric: true,
    },
    {
      key: "found",
      title: w.pairs.columns.found,
      cell: (row) => showDate(row.foundAt, locale),
      text: (row) => row.foundAt,
    },
    {
      key: "state",
      title: w.pairs.columns.state,
      cell: (row) => <StatusWord tone={row.state === "open" ? "soon" : "done"}>{w.pairs.states[row.state]}</StatusWord>,
      text: (row) => w.pairs.states[row.state],
    },
  ];
  return (
    <>
      <PageHead title={w.pairs.title} state={w.pairs.state} />
      <Ledger
        id="pairs"
        caption={w.pairs.title}
        columns={columns}
        rows={pairs.data?.pairs}
        rowKey={(row) => row.id}
        query={pairs}
        next={pairs.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.pairs.stateFilter}
              value={state.filters.state}
              options={states.slice(1).map((value) => ({ value, label: w.pairs.states[value] }))}
              anyLabel={w.pairs.states.open}
              onChange={(value) => state.setFilter("state", value)}
            />
            <DivisionFilter
              label={w.list.division}
              value={state.filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={w.pairs.empty}>{w.pairs.emptyHelp}</Empty>}
      />
    </>
  );
}
