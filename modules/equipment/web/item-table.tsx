import { Link } from "react-router";
import { ActButtons, type ActChoice } from "../../../apps/web/ui/act-form.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { recordItemEvent } from "../delivery.contract.ts";
import { words as moduleWords } from "../equipment.words.ts";
import type { ItemLine } from "../homes.contract.ts";
import { words } from "./equipment.web.words.ts";
import { ItemWord, useActWords } from "./labels.tsx";

const events = ["use", "fault", "repair", "scrap"] as const;

/** What may happen to a piece next (物品事件), by the rule of its states. */
export function useItemActs(): (item: Pick<ItemLine, "id" | "events">) => ActChoice[] {
  const w = useWords(words).items;
  const act = useAct();
  return (item) =>
    events
      .filter((event) => item.events.includes(event))
      .flatMap((event) =>
        act(
          event,
          w.acts[event],
          recordItemEvent,
          { id: undefined, itemId: item.id, event, place: undefined },
          event === "scrap" ? { note: w.scrapNote } : event === "fault" ? { note: w.faultNote } : {},
        ),
      );
}

/** Pieces of a home or a shipment, with what can be done to each (单件列表). */
export function ItemTable({ items }: { readonly items: readonly ItemLine[] }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const actsOf = useItemActs();
  const given = useActWords();
  const columns: LedgerColumn<ItemLine>[] = [
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
  const withActs = items.some((one) => actsOf(one).length > 0);
  return (
    <Ledger
      id="equipment-pieces"
      caption={w.file.items}
      columns={
        withActs
          ? [
              ...columns,
              {
                key: "act",
                title: w.act,
                cell: (row) => <ActButtons quiet acts={actsOf(row)} given={given} subjectId={row.id} />,
              },
            ]
          : columns
      }
      rows={items}
      rowKey={(row) => row.id}
      exportable={false}
    />
  );
}
