import { showDate } from "../../../apps/web/ui/format.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import type { GiftPlace, GiftStep } from "../donations.contract.ts";
import { words as moduleWords } from "../donations.words.ts";
import { ended, type Rest, type Stop, wayOf } from "../way.rules.ts";
import { words } from "./donations.web.words.ts";
import { useAmount } from "./labels.tsx";
import "./way.css";

/** The whole way of a gift drawn as a path (捐赠去向图): from the donor, through the fund or the stock, to where it rests. */
export function GiftWay({
  donor,
  steps,
  rests,
  truncated,
}: {
  readonly donor: string;
  readonly steps: readonly GiftStep[];
  readonly rests: readonly Rest[];
  readonly truncated: boolean;
}) {
  const w = useWords(words).way;
  const way = wayOf(steps, rests);
  if (!way) return <p className="quiet">{w.none}</p>;
  return (
    <section aria-label={w.label} className="way">
      <ol>
        <WayStop stop={way} donor={donor} />
      </ol>
      {truncated && <p className="quiet">{w.truncated}</p>}
    </section>
  );
}

function kindWord(w: (typeof words)["zh"]["way"] | (typeof words)["en"]["way"], place: GiftPlace): string {
  if (place.kind === "source") return w.donor;
  if (place.kind === "fund") return w.kept;
  if (place.kind === "stock") return w.stock;
  if (place.kind === "spent") return w.gone;
  return ended.includes(place.kind) ? w.delivered : w.moved;
}

function WayStop({ stop, donor }: { readonly stop: Stop; readonly donor: string }) {
  const w = useWords(words).way;
  const causes = useWords(moduleWords).causes as Readonly<Record<string, string>>;
  const { locale } = usePreferences();
  const amountOf = useAmount();
  const { place, by, rest, onward } = stop;
  const atEnd = ended.includes(place.kind);
  const quantity = amountOf(rest, by?.unit ?? stop.unit);
  return (
    <li className={atEnd ? "way-stop way-end" : "way-stop"}>
      {by && (
        <p className="way-by">
          <time dateTime={by.on}>{showDate(by.on, locale)}</time> <span>{causes[by.cause] ?? by.cause}</span>{" "}
          <strong>{amountOf(by.amount, by.unit)}</strong>
          {by.description && <span className="way-text"> {by.description}</span>}
        </p>
      )}
      <p className="way-place">
        <strong>{place.kind === "source" ? donor : place.name}</strong>{" "}
        <span className="quiet">
          {kindWord(w, place)}
          {place.purpose && place.kind !== "source" && ` · ${w.purpose({ purpose: place.purpose })}`}
        </span>
        {rest > 0 && (
          <span className="way-rest">{atEnd ? w.ended({ amount: quantity }) : w.rests({ amount: quantity })}</span>
        )}
      </p>
      {onward.length > 0 && (
        <ol>
          {onward.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own; their order is what they are.
            <WayStop key={at} stop={one} donor={donor} />
          ))}
        </ol>
      )}
    </li>
  );
}
