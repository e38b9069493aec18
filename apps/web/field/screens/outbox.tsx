import { useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import type { KeptAct } from "../acts.ts";
import { words as careWords } from "../care.words.ts";
import { words } from "../field.words.ts";
import { useApp, useFormat, useReason, useView } from "../parts/context.tsx";
import { Screen } from "../parts/frame.tsx";
import { Sheet } from "../parts/sheet.tsx";

const MORE = 30;
const MOST_SERIALS = 10;

/** What was recorded and where it stands (上传情况): nothing disappears without a word. */
export function OutboxScreen() {
  const w = useWords(words);
  const app = useApp();
  const view = useView();
  const format = useFormat();
  const careToday = useWords(careWords).today;
  const [shown, setShown] = useState(MORE);
  const { contactAt, forgetAt } = app.phone.sync;
  const order = { broken: 0, rejected: 1, held: 2, waiting: 3, accepted: 4 } as const;
  const acts = [...view.acts].sort((a, b) => order[a.state] - order[b.state] || b.seq - a.seq);
  return (
    <Screen title={w.pages.outbox}>
      <p>{contactAt ? w.outbox.lastContact({ at: format.instant(contactAt) }) : w.outbox.never}</p>
      {forgetAt !== null && (
        <p className="soft">{w.outbox.keep({ on: format.instant(new Date(forgetAt).toISOString()) })}</p>
      )}
      <button
        type="button"
        className="button"
        data-kind={view.unsent > 0 ? "main" : "quiet"}
        disabled={view.contact.kind === "busy"}
        onClick={() => void app.contact()}
      >
        {view.contact.kind === "busy" ? w.status.busy[view.contact.what] : w.outbox.now}
      </button>
      {acts.length === 0 && <p className="note">{w.outbox.empty}</p>}
      <ul className="stack">
        {acts.slice(0, shown).map((one) => (
          <li key={one.key}>
            <ActCard kept={one} />
          </li>
        ))}
      </ul>
      {acts.length > shown && (
        <button type="button" className="button" data-kind="quiet" onClick={() => setShown(shown + MORE)}>
          {careToday.more({ count: acts.length - shown })}
        </button>
      )}
    </Screen>
  );
}

const tones = { waiting: "warn", accepted: "good", held: "warn", rejected: "bad", broken: "bad" } as const;

function ActCard({ kept }: { readonly kept: KeptAct }) {
  const w = useWords(words).outbox;
  const app = useApp();
  const format = useFormat();
  const reason = useReason();
  const [asked, setAsked] = useState(false);
  const will = {
    waiting: w.willWaiting,
    accepted: null,
    held: w.willHeld,
    rejected: w.willRejected,
    broken: w.willBroken,
  }[kept.state];
  const named = kept.settled?.facts.serials;
  const serials = Array.isArray(named) ? named.map(String) : [];
  const troubled = kept.state === "held" || kept.state === "rejected" || kept.state === "broken";
  return (
    <div className="card">
      <span className="line">
        <strong>{kept.act ? kept.act.about.name : w.brokenName}</strong>
        <span className="word" data-tone={tones[kept.state]}>
          {w[kept.state]}
        </span>
      </span>
      {kept.act && (
        <span className="soft">
          {format.instant(kept.act.happenedAt)} {w.did[kept.act.operation]}
          {kept.files.length > 0 && ` ${w.files({ count: kept.files.length })}`}
        </span>
      )}
      {troubled && kept.settled && <span>{reason(kept.settled.code)}</span>}
      {troubled && serials.length > 0 && <span>{w.serials({ serials: serials.slice(0, MOST_SERIALS) })}</span>}
      {will && <span className="soft">{will}</span>}
      {troubled && (
        <button type="button" className="button" data-kind="quiet" onClick={() => setAsked(true)}>
          {w.dismiss}
        </button>
      )}
      {asked && (
        <Sheet title={w.dismiss} onClose={() => setAsked(false)}>
          <p>{w.dismissAsk}</p>
          <button type="button" className="button" data-kind="danger" onClick={() => void app.dismiss(kept.key)}>
            {w.dismiss}
          </button>
        </Sheet>
      )}
    </div>
  );
}
