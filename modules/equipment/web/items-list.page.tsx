import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listItems } from "../delivery.contract.ts";
import { itemKinds, itemStates } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { words } from "./equipment.web.words.ts";
import { ItemWord } from "./labels.tsx";

type Line = OutputOf<typeof listItems>["items"][number];
/** States a piece can be in once it is in a home. */
const shown = itemStates.filter((one) => !["pledged", "in_stock", "allocated"].includes(one));

/** Pieces by number, home and state (单件台账). */
export function Component() {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const state = useLedgerState(["serial", "division", "item", "state"]);
  const { filters } = state;
  const items = useQueryOperation(
    listItems,
    {
      serial: filters.serial,
      division: filters.division,
      item: itemKinds.find((one) => one === filters.item),
      state: itemStates.find((one) => one === filters.state),
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(items.data?.items.map((one) => one.division));
  const columns: LedgerColumn<Line>[] = [
    {
      key: "serial",
      title: w.file.serial,
      cell: (row) => (
        <Link className="code" to={`/equipment/items/${row.id}`}>
          {row.serial}
        </Link>
      ),
      text: (row) => row.serial,
    },
    { key: "item", title: w.item, cell: (row) => m.items[row.item] },
    {
      key: "home",
      title: w.home,
      cell: (row) => <Link to={`/equipment/homes/${row.careHomeId}`}>{row.careHome}</Link>,
      text: (row) => row.careHome,
    },
    { key: "place", title: w.homes.place, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    {
      key: "state",
      title: w.state,
      cell: (row) => <ItemWord state={row.state} />,
      text: (row) => m.itemStates[row.state],
    },
    {
      key: "deliveredOn",
      title: w.file.deliveredOn,
      cell: (row) => (row.deliveredOn ? showDate(row.deliveredOn, locale) : "—"),
      text: (row) => row.deliveredOn ?? "",
    },
    {
      key: "verifiedOn",
      title: w.file.verifiedOn,
      cell: (row) => (row.verifiedOn ? showDate(row.verifiedOn, locale) : "—"),
      text: (row) => row.verifiedOn ?? "",
    },
  ];
  return (
    <>
      <PageHead
        title={w.items.title}
        state={w.items.state}
        tools={<Link to="/equipment/trace">{w.trace.title}</Link>}
      />
      <Ledger
        id="equipment-items"
        caption={w.items.title}
        columns={columns}
        rows={items.data?.items}
        rowKey={(row) => row.id}
        query={items}
        next={items.data?.next}
        state={state}
        filters={
          <>
            <LedgerSearch
              label={w.items.search}
              placeholder={w.items.searchHint}
              value={filters.serial}
              onChange={(value) => state.setFilter("serial", value)}
            />
            <DivisionFilter
              label={w.division}
              value={filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
            <LedgerChoice
              label={w.item}
              value={filters.item}
              options={choicesOf(itemKinds, m.items)}
              onChange={(value) => state.setFilter("item", value)}
            />
            <LedgerChoice
              label={w.state}
              value={filters.state}
              options={choicesOf(shown, m.itemStates)}
              onChange={(value) => state.setFilter("state", value)}
            />
          </>
        }
        empty={<Empty title={w.items.empty}>{w.items.emptyHelp}</Empty>}
      />
    </>
  );
}
