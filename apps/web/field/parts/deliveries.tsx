import { useEffect, useMemo, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words as careWords } from "../care.words.ts";
import { words } from "../deliveries.words.ts";
import { type DeliveryEntry, deliveriesOf } from "../delivery.rules.ts";
import { draftOf } from "../delivery.ts";
import { noMark } from "../overlay.rules.ts";
import { useApp, useView } from "./context.tsx";
import { useQuantities } from "./shipment.ts";

/** Few at first: visits are the day's work, and the next ones are one tap away. */
const FIRST = 5;
const MORE = 20;

/**
 * Shipments to homes of the worker's villages on today's list (设备签收), the soonest due first: one line that opens, so that
 * people stand on the first screen; `open` where nobody is to be visited.
 */
export function Deliveries({ open }: { readonly open: boolean }) {
  const w = useWords(words).list;
  const app = useApp();
  const view = useView();
  const [shown, setShown] = useState(FIRST);
  const [opened, setOpened] = useState(open);
  const shipments = app.phone.opened?.lists.shipments;
  const entries = useMemo(
    () => deliveriesOf(shipments?.values() ?? [], view.acts, app.phone.sync.pulledAt, view.today),
    [shipments, view, app],
  );
  if (entries.length === 0) return null;
  const late = entries.filter((one) => one.standing === "overdue").length;
  return (
    <details className="fold" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <h2>{w.title({ count: entries.length })}</h2>
        {late > 0 && (
          <span className="word" data-tone="bad">
            {w.late({ count: late })}
          </span>
        )}
      </summary>
      {opened && (
        <ul className="stack">
          {entries.slice(0, shown).map((entry) => (
            <li key={entry.shipment.id}>
              <DeliveryCard entry={entry} />
            </li>
          ))}
        </ul>
      )}
      {opened && entries.length > shown && (
        <button type="button" className="button" data-kind="quiet" onClick={() => setShown(shown + MORE)}>
          {w.more({ count: Math.min(MORE, entries.length - shown) })}
        </button>
      )}
    </details>
  );
}

function DeliveryCard({ entry }: { readonly entry: DeliveryEntry }) {
  const { list: w } = useWords(words);
  const { standing, separator } = useWords(careWords);
  const app = useApp();
  const view = useView();
  const quantities = useQuantities();
  const [started, setStarted] = useState(false);
  const { shipment } = entry;
  const mark = view.marks.get(shipment.id) ?? noMark;
  useEffect(() => {
    let gone = false;
    void app.phone.hasDraft(draftOf(shipment.id)).then((has) => {
      if (!gone) setStarted(has);
    });
    return () => {
      gone = true;
    };
  }, [app, shipment.id]);
  const word =
    entry.standing === "settled"
      ? shipment.discrepancies > 0
        ? w.settled
        : w.signedHere
      : entry.standing === "overdue"
        ? w.overdue({ days: -entry.days })
        : w.due({ days: entry.days });
  const marks = [
    started && entry.standing !== "settled" ? w.started : "",
    mark.waiting > 0 ? standing.waiting : "",
    mark.held > 0 ? standing.held : "",
  ].filter(Boolean);
  return (
    <a className="card" href={`#/delivery/${shipment.id}`}>
      <span className="line">
        <strong>{shipment.careHome}</strong>
        <span
          className="word"
          data-tone={entry.standing === "settled" ? "good" : entry.standing === "overdue" ? "bad" : "warn"}
        >
          {word}
        </span>
      </span>
      {entry.left.length > 0 && <span className="soft">{w.waiting({ what: quantities(entry.left) })}</span>}
      <span className="soft">{shipment.divisionName}</span>
      {marks.length > 0 && (
        <span className="line">
          <span className="word" data-tone="warn">
            {marks.join(separator)}
          </span>
        </span>
      )}
    </a>
  );
}
