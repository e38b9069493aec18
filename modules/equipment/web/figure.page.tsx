import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { boardFigures, boardHomes } from "../board.contract.ts";
import { itemKinds } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { words } from "./board.web.words.ts";
import { words as baseWords } from "./equipment.web.words.ts";

type Line = OutputOf<typeof boardHomes>["homes"][number];

/** The homes behind one figure of the board (指标下钻): what each adds; together they are the figure. */
export function Component() {
  const w = useWords(words);
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const state = useLedgerState(["figure", "division", "item"]);
  const figure = boardFigures.find((one) => one === state.filters.figure) ?? "homes";
  const item = itemKinds.find((one) => one === state.filters.item);
  const homes = useQueryOperation(
    boardHomes,
    { figure, item, division: state.filters.division, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(homes.data?.homes.map((one) => one.division));
  const columns: LedgerColumn<Line>[] = [
    {
      key: "home",
      title: base.home,
      cell: (row) => <Link to={`/equipment/homes/${row.careHomeId}`}>{row.careHome}</Link>,
      text: (row) => row.careHome,
    },
    {
      key: "place",
      title: base.homes.place,
      cell: (row) => placeOf(row.division),
      text: (row) => placeOf(row.division),
    },
    {
      key: "value",
      title: w.figures[figure],
      cell: (row) => showCount(row.value),
      text: (row) => String(row.value),
      numeric: true,
    },
  ];
  const back = new URLSearchParams({
    ...(state.filters.division ? { division: state.filters.division } : {}),
    ...(item ? { item } : {}),
  });
  return (
    <>
      <PageHead
        title={w.figures[figure]}
        above={<Link to={`/equipment?${back}`}>{w.board.title}</Link>}
        state={
          homes.data && (
            <>
              <span>{item ? m.items[item] : base.allItems}</span>
              <span>{w.figureTotal({ total: showCount(homes.data.total) })}</span>
            </>
          )
        }
      />
      <Ledger
        id="equipment-figure"
        caption={w.figures[figure]}
        columns={columns}
        rows={homes.data?.homes}
        rowKey={(row) => row.careHomeId}
        query={homes}
        next={homes.data?.next}
        state={{ ...state, filtered: false }}
        empty={<Empty title={w.figureNone} />}
      />
    </>
  );
}
