import { Link, useParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { getItem } from "../delivery.contract.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { openDiscrepancy } from "../oversight.contract.ts";
import { words } from "./equipment.web.words.ts";
import { useItemActs } from "./item-table.tsx";
import { ItemWord, useActWords } from "./labels.tsx";
import { EventTimeline } from "./timeline.tsx";

/** One piece (单件档案): where it is, its state, what may happen next, everything that happened. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getItem, { id });
  return <Answer query={query}>{(item) => <Piece item={item} />}</Answer>;
}

function Piece({ item }: { readonly item: OutputOf<typeof getItem> }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const actsOf = useItemActs();
  const act = useAct();
  const given = useActWords();
  const placeOf = usePlacesOf([item.division]);
  const acts = [
    ...actsOf(item),
    ...act(
      "report",
      w.file.report,
      openDiscrepancy,
      { careHomeId: item.careHomeId, itemId: item.id, item: item.item, quantity: 1, dueOn: undefined },
      { note: w.file.reportNote, given: { choices: { kind: m.discrepancyKinds } } },
    ),
  ];
  return (
    <FilePage
      title={`${m.items[item.item]} ${item.serial}`}
      above={<Link to="/equipment/items">{w.items.title}</Link>}
      state={
        <>
          <ItemWord state={item.state} />
          <Link to={`/equipment/homes/${item.careHomeId}`}>{item.careHome}</Link>
          <span>{placeOf(item.division)}</span>
        </>
      }
      tools={
        <>
          {item.shipmentId && <Link to={`/equipment/shipments/${item.shipmentId}`}>{w.items.shipment}</Link>}
          <Link to={`/equipment/trace?serial=${encodeURIComponent(item.serial)}`}>{w.items.toTrace}</Link>
        </>
      }
    >
      {acts.length > 0 && <ActButtons acts={acts} given={given} subjectId={item.id} />}
      <Section title={w.items.timeline}>
        <EventTimeline lines={item.timeline} />
      </Section>
    </FilePage>
  );
}
