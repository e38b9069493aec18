import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, useJoined } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { homeKinds, homeStates, type ItemKind, itemKinds, sizeClass, tilts } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { type HomeLine, listHomes, recordHome } from "../homes.contract.ts";
import { planAllocation } from "../plan.contract.ts";
import { words } from "./equipment.web.words.ts";

const yesNo = (value: string | undefined) => (value === "yes" || value === "no" ? value : undefined);

/** What a home has of one item: verified, signed for, from before, nothing. */
export function ItemState({ home, item }: { readonly home: HomeLine; readonly item: ItemKind }) {
  const w = useWords(words).homes;
  if (home.verified.includes(item)) return <StatusWord tone="done">{w.itemVerified}</StatusWord>;
  if (home.delivered.includes(item)) return <StatusWord tone="soon">{w.itemDelivered}</StatusWord>;
  if (home.served.includes(item)) return <StatusWord tone="muted">{w.itemServed}</StatusWord>;
  return <StatusWord>{w.itemNone}</StatusWord>;
}

/** Homes of one's divisions (养老机构名册): what each has, and whether it was verified. */
export function Component() {
  const w = useWords(words);
  const h = w.homes;
  const m = useWords(moduleWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const joined = useJoined();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const state = useLedgerState([
    "q",
    "division",
    "kind",
    "state",
    "sizeClass",
    "flag",
    "covered",
    "untrained",
    "delivered",
    "verified",
  ]);
  const { filters } = state;
  const homes = useQueryOperation(
    listHomes,
    {
      q: filters.q,
      division: filters.division && /^\d{2,12}$/.test(filters.division) ? filters.division : undefined,
      kind: homeKinds.find((one) => one === filters.kind),
      state: homeStates.find((one) => one === filters.state),
      sizeClass: sizeClass.options.find((one) => one === filters.sizeClass),
      flag: tilts.find((one) => one === filters.flag),
      covered: yesNo(filters.covered),
      untrained: yesNo(filters.untrained),
      delivered: yesNo(filters.delivered),
      verified: yesNo(filters.verified),
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(homes.data?.homes.map((one) => one.division));
  const itemColumn = (item: ItemKind, title: string): LedgerColumn<HomeLine> => ({
    key: item,
    title,
    cell: (row) => <ItemState home={row} item={item} />,
    text: (row) =>
      row.verified.includes(item)
        ? h.itemVerified
        : row.delivered.includes(item)
          ? h.itemDelivered
          : row.served.includes(item)
            ? h.itemServed
            : h.itemNone,
  });
  const columns: LedgerColumn<HomeLine>[] = [
    {
      key: "name",
      title: h.name,
      cell: (row) => (
        <>
          <Link to={`/equipment/homes/${row.id}`}>{row.name}</Link>
          {row.state === "closed" && (
            <>
              {" "}
              <StatusWord tone="muted">{m.homeStates.closed}</StatusWord>
            </>
          )}
        </>
      ),
      text: (row) => row.name,
    },
    {
      key: "place",
      title: h.place,
      cell: (row) => placeOf(row.division),
      text: (row) => placeOf(row.division),
    },
    {
      key: "residents",
      title: h.residents,
      cell: (row) => showCount(row.residents),
      text: (row) => String(row.residents),
      numeric: true,
    },
    {
      key: "size",
      title: h.size,
      cell: (row) => (row.sizeClass ? m.sizeClasses[row.sizeClass] : h.sizeUnknown),
      text: (row) => (row.sizeClass ? m.sizeClasses[row.sizeClass] : h.sizeUnknown),
    },
    {
      key: "flags",
      title: h.flags,
      cell: (row) => joined(row.flags.map((one) => m.tilts[one])) || h.noFlags,
      text: (row) => joined(row.flags.map((one) => m.tilts[one])),
    },
    itemColumn(itemKinds[0], h.oxygen),
    itemColumn(itemKinds[1], h.oximeter),
    {
      key: "covered",
      title: h.covered,
      cell: (row) => (
        <StatusWord tone={row.covered ? "done" : "neutral"}>{row.covered ? h.coveredYes : h.coveredNo}</StatusWord>
      ),
      text: (row) => (row.covered ? h.coveredYes : h.coveredNo),
    },
    {
      key: "trained",
      title: h.trained,
      cell: (row) =>
        row.untrained ? (
          <StatusWord tone="late">{h.untrained}</StatusWord>
        ) : row.trained === 0 ? (
          "—"
        ) : (
          showCount(row.trained)
        ),
      text: (row) => String(row.trained),
      numeric: true,
    },
    {
      key: "discrepancies",
      title: h.discrepancies,
      cell: (row) =>
        row.openDiscrepancies === 0 ? (
          "0"
        ) : (
          <Link to={`/equipment/discrepancies?careHomeId=${row.id}`}>{showCount(row.openDiscrepancies)}</Link>
        ),
      text: (row) => String(row.openDiscrepancies),
      numeric: true,
    },
  ];
  const total = homes.data?.total;
  return (
    <>
      <PageHead
        title={h.title}
        state={h.state}
        tools={
          <>
            <Link to="/equipment/items">{w.items.title}</Link>
            {may(recordHome) && <Link to="/import">{w.import}</Link>}
            {may(recordHome) && (
              <Link className="button-link" to="/equipment/homes/new">
                {h.create}
              </Link>
            )}
          </>
        }
      />
      <Ledger
        id="equipment-homes"
        caption={h.title}
        columns={columns}
        rows={homes.data?.homes}
        rowKey={(row) => row.id}
        query={homes}
        total={total === null || total === undefined ? undefined : { value: total, exact: true }}
        next={homes.data?.next}
        state={state}
        selection={
          may(planAllocation)
            ? {
                chosen,
                onChange: setChosen,
                name: (row) => row.name,
                selectable: (row) => row.state === "open",
                acts: (
                  <Button
                    type="primary"
                    onClick={() => void navigate("/equipment/plans/new", { state: { homes: [...chosen] } })}
                  >
                    {h.planFor({ count: chosen.size })}
                  </Button>
                ),
              }
            : undefined
        }
        filters={<Filters state={state} />}
        empty={
          <Empty
            title={h.empty}
            action={
              may(recordHome) && (
                <span className="link-row">
                  <Link to="/equipment/homes/new">{h.create}</Link>
                  <Link to="/import">{w.import}</Link>
                </span>
              )
            }
          >
            {h.emptyHelp}
          </Empty>
        }
      />
    </>
  );
}

type Names =
  | "q"
  | "division"
  | "kind"
  | "state"
  | "sizeClass"
  | "flag"
  | "covered"
  | "untrained"
  | "delivered"
  | "verified";

function Filters({ state }: { readonly state: ReturnType<typeof useLedgerState<Names>> }) {
  const w = useWords(words);
  const h = w.homes;
  const m = useWords(moduleWords);
  const { filters } = state;
  const choice = (name: Names, label: string, options: readonly { value: string; label: string }[]) => (
    <LedgerChoice
      label={label}
      value={filters[name]}
      options={options}
      onChange={(value) => state.setFilter(name, value)}
    />
  );
  return (
    <>
      <LedgerSearch
        label={h.search}
        placeholder={h.searchHint}
        value={filters.q}
        onChange={(value) => state.setFilter("q", value)}
      />
      <DivisionFilter
        label={w.division}
        value={filters.division}
        onChange={(value) => state.setFilter("division", value)}
      />
      {choice("sizeClass", h.size, choicesOf(sizeClass.options, m.sizeClasses))}
      {choice("flag", h.flag, choicesOf(tilts, m.tilts))}
      {choice("covered", h.covered, [
        { value: "yes", label: h.coveredYes },
        { value: "no", label: h.coveredNo },
      ])}
      {choice("untrained", h.untrained, [
        { value: "yes", label: h.untrainedYes },
        { value: "no", label: h.untrainedNo },
      ])}
      {choice("kind", h.kind, choicesOf(homeKinds, m.homeKinds))}
      {choice("state", w.state, choicesOf(homeStates, m.homeStates))}
    </>
  );
}
