import type { z } from "zod";
import { named, useJoined } from "../../../apps/web/ui/naming.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { Timeline } from "../../../apps/web/ui/timeline.tsx";
import { words as moduleWords } from "../equipment.words.ts";
import type { timelineLine } from "../homes.contract.ts";
import { words } from "./equipment.web.words.ts";

type Line = z.output<typeof timelineLine>;

/** What happened, in order (经过): who, when, what, which numbers. Lines come newest first or oldest first. */
export function EventTimeline({ lines }: { readonly lines: readonly Line[] }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const joined = useJoined();
  // A delivery is kept for the shipment and for each of its pieces: read once, it happened once.
  const seen = new Set<string>();
  const ordered = lines
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .filter((one) => {
      const key = `${one.at} ${one.event} ${one.serials.join()} ${one.note ?? ""}`;
      if (one.serials.length === 0) return true;
      const first = !seen.has(key);
      seen.add(key);
      return first;
    });
  return (
    <Timeline
      steps={ordered.map((one, at) => ({
        id: `${one.at} ${at}`,
        at: one.at,
        what: named({ ...m.events, ...w.events }, one.event),
        actor: one.actor,
        detail:
          one.serials.length > 0 || one.note || (one.quantity ?? 0) > 1 ? (
            <>
              {one.note && <p>{one.note}</p>}
              {one.serials.length > 0 ? (
                <p className="code">{joined(one.serials)}</p>
              ) : (
                (one.quantity ?? 0) > 1 && (
                  <p>{(one.event === "train" ? w.people : w.count)({ count: one.quantity ?? 0 })}</p>
                )
              )}
            </>
          ) : undefined,
      }))}
    />
  );
}
