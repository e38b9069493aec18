import { useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import type { Act, ActName, Acts } from "../acts.ts";
import { words } from "../care.words.ts";
import { words as frame } from "../field.words.ts";
import { useApp, useSummary, useView } from "../parts/context.tsx";
import { Field } from "../parts/controls.tsx";
import { useDraft } from "../parts/draft.ts";
import { Screen } from "../parts/frame.tsx";
import { go } from "../parts/route.ts";
import { Sheet } from "../parts/sheet.tsx";

/** Saves an act with its draft, and says so when the phone is full instead of losing a word. */
export function useSave(): {
  readonly busy: boolean;
  readonly full: boolean;
  save<Name extends ActName>(
    given: {
      readonly operation: Name;
      readonly input: Acts[Name];
      readonly about: Act["about"];
      readonly draft?: string;
    },
    then: string,
  ): Promise<void>;
} {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const [full, setFull] = useState(false);
  return {
    busy,
    full,
    async save(given, then) {
      if (busy) return;
      setBusy(true);
      try {
        await app.record(given);
        go(then, true);
      } catch {
        setFull(true);
        setBusy(false);
      }
    },
  };
}

export function Full({ full }: { readonly full: boolean }) {
  const w = useWords(words).visit;
  return full ? (
    <p className="note" data-tone="bad" role="alert">
      {w.storageFull}
    </p>
  ) : null;
}

/** The person or the family does not want visits (不同意探访). */
export function RefuseScreen({ personId }: { readonly personId: string }) {
  const w = useWords(words);
  const f = useWords(frame);
  const view = useView();
  const summary = useSummary(personId);
  const draftId = `refuse/${personId}`;
  const { value, change, leave } = useDraft(draftId, { by: "", reason: "" });
  const { busy, full, save } = useSave();
  if (!value || !summary) return <Waiting title={w.refuse.title} personId={personId} />;
  const ready = value.by.trim() !== "" && value.reason.trim() !== "";
  return (
    <Screen
      title={`${summary.name} ${w.refuse.title}`}
      back={`person/${personId}`}
      action={
        <button
          type="button"
          className="button"
          data-kind="main"
          disabled={!ready || busy}
          onClick={() => {
            leave();
            void save(
              {
                operation: "visiting-care.refuse",
                input: { personId, by: value.by.trim(), on: view.today, reason: value.reason.trim() },
                about: { personId, name: summary.name },
                draft: draftId,
              },
              `saved/${personId}`,
            );
          }}
        >
          {w.visit.save}
        </button>
      }
    >
      <Full full={full} />
      <p>{w.refuse.help}</p>
      <Field label={w.refuse.who} value={value.by} onChange={(by) => change({ by })} maxLength={100} />
      <button type="button" className="button" data-kind="quiet" onClick={() => change({ by: w.refuse.whoSelf })}>
        {w.refuse.whoSelf}
      </button>
      <Field
        label={w.refuse.reason}
        lines
        value={value.reason}
        onChange={(reason) => change({ reason })}
        maxLength={300}
      />
      <p className="soft">{f.outbox.willWaiting}</p>
    </Screen>
  );
}

/** A death is recorded once and asked once more (登记去世). */
export function DeathScreen({ personId }: { readonly personId: string }) {
  const w = useWords(words);
  const view = useView();
  const summary = useSummary(personId);
  const draftId = `death/${personId}`;
  const { value, change, leave } = useDraft(draftId, { on: "", source: "" });
  const { busy, full, save } = useSave();
  const [asked, setAsked] = useState(false);
  if (!value || !summary) return <Waiting title={w.death.title} personId={personId} />;
  const on = value.on || view.today;
  const ready = value.source.trim() !== "" && on <= view.today;
  return (
    <Screen
      title={`${summary.name} ${w.death.title}`}
      back={`person/${personId}`}
      action={
        <button
          type="button"
          className="button"
          data-kind="main"
          disabled={!ready || busy}
          onClick={() => setAsked(true)}
        >
          {w.visit.save}
        </button>
      }
    >
      <Full full={full} />
      <Field label={w.death.on} type="date" value={on} max={view.today} onChange={(next) => change({ on: next })} />
      <Field
        label={w.death.source}
        help={w.death.sourceHelp}
        value={value.source}
        onChange={(source) => change({ source })}
        maxLength={200}
      />
      {asked && (
        <Sheet title={w.death.title} onClose={() => setAsked(false)}>
          <p>{w.death.ask({ name: summary.name })}</p>
          <button
            type="button"
            className="button"
            data-kind="danger"
            disabled={busy}
            onClick={() => {
              leave();
              void save(
                {
                  operation: "people.record-death",
                  input: { id: personId, on, source: value.source.trim() },
                  about: { personId, name: summary.name },
                  draft: draftId,
                },
                `saved/${personId}`,
              );
            }}
          >
            {w.death.yes}
          </button>
        </Sheet>
      )}
    </Screen>
  );
}

function Waiting({ title, personId }: { readonly title: string; readonly personId: string }) {
  const w = useWords(words);
  const f = useWords(frame);
  const summary = useSummary(personId);
  return (
    <Screen title={title} back="">
      <p role="status">{summary ? f.reading : w.person.unknown}</p>
    </Screen>
  );
}
