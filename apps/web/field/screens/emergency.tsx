import { useEffect, useState } from "react";
import { careNames } from "../../../../modules/visiting-care/names.words.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { EmergencyStep } from "../care.ts";
import { words } from "../care.words.ts";
import { clockText, type ShownEmergency, type ShownStep } from "../emergency.rules.ts";
import { words as frame } from "../field.words.ts";
import { newId } from "../ids.ts";
import { useApp, useFormat, usePerson, useView } from "../parts/context.tsx";
import { Choice, Field } from "../parts/controls.tsx";
import { useDraft } from "../parts/draft.ts";
import { Screen } from "../parts/frame.tsx";
import { DialContact } from "./person.tsx";

/** A running emergency (紧急处置): the clock, what to do now with the numbers to dial, and what comes then. */
export function EmergencyScreen({ id }: { readonly id: string }) {
  const w = useWords(words);
  const f = useWords(frame);
  const care = useWords(careNames);
  const view = useView();
  const one = view.emergencies.find((other) => other.id === id);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (!one)
    return (
      <Screen title={w.emergency.title} back="">
        <p className="note">{f.outbox.empty}</p>
      </Screen>
    );
  return (
    <Screen title={`${w.emergency.title}${w.colon}${care.found[one.found]}`} back="">
      <div>
        <p>{w.emergency.running({ name: one.name })}</p>
        <p className="clock" role="timer" aria-label={w.emergency.running({ name: one.name })}>
          {clockText(one.openedAt, now)}
        </p>
      </div>
      <Warning found={one.found} />
      {one.next === null && (
        <p className="note" data-tone="good">
          {one.filing === "accepted" ? w.emergency.finished : w.emergency.finishedHere}
        </p>
      )}
      <ol className="stack">
        {one.steps.map((step) => (
          <Step key={step.step} emergency={one} step={step} now={now} />
        ))}
      </ol>
    </Screen>
  );
}

function Warning({ found }: { readonly found: ShownEmergency["found"] }) {
  const w = useWords(words).emergency;
  const text =
    found === "suspected_infection"
      ? w.infection
      : found === "missing"
        ? w.missing
        : found === "fire_or_gas"
          ? w.gas
          : null;
  return text === null ? null : (
    <p className="note" data-tone="bad">
      {text}
    </p>
  );
}

function Step({
  emergency,
  step,
  now,
}: {
  readonly emergency: ShownEmergency;
  readonly step: ShownStep;
  readonly now: number;
}) {
  const w = useWords(words).emergency;
  const care = useWords(careNames);
  const format = useFormat();
  const state = step.doneAt !== null ? "done" : emergency.next === step.step ? "now" : "later";
  const late = step.doneAt === null && Date.parse(step.dueAt) < now;
  const word = state === "done" ? w.done : state === "now" ? w.now : w.laterStep;
  return (
    <li className="card step" data-state={state}>
      <span className="line">
        <strong>{care.steps[step.step]}</strong>
        <span className="word" data-tone={late ? "bad" : state === "done" ? "good" : ""}>
          {word}{" "}
          {step.doneAt !== null ? format.time(step.doneAt) : late ? w.late : w.dueBy({ at: format.time(step.dueAt) })}
        </span>
      </span>
      {step.tries
        .filter((one) => one.who !== "")
        .map((one) => (
          <span key={one.at} className="soft">
            {w.tried({ at: format.time(one.at), who: one.who })} {one.reached ? w.triedReached : w.triedNot}
          </span>
        ))}
      {state === "now" && <Now emergency={emergency} step={step} />}
    </li>
  );
}

function Now({ emergency, step }: { readonly emergency: ShownEmergency; readonly step: ShownStep }) {
  const w = useWords(words).emergency;
  const app = useApp();
  const body = usePerson(emergency.personId);
  const [busy, setBusy] = useState(false);
  const record = async (
    name: EmergencyStep,
    reached: boolean,
    more: { who?: string; contactId?: string; draft?: string } = {},
  ) => {
    if (busy) return;
    setBusy(true);
    const { draft, ...rest } = more;
    await app.record({
      operation: "visiting-care.record-step",
      input: { id: newId(), emergencyId: emergency.id, step: name, reached, ...rest },
      about: { personId: emergency.personId, name: emergency.name },
      draft,
    });
    setBusy(false);
  };
  if (step.step === "call_rescue")
    return (
      <div className="stack">
        <div className="row">
          <a className="button" data-kind="danger" href="tel:120">
            {w.rescue}
          </a>
          <a className="button" data-kind="danger" href="tel:110">
            {w.police}
          </a>
        </div>
        <button
          type="button"
          className="button"
          data-kind="main"
          disabled={busy}
          onClick={() => void record("call_rescue", true)}
        >
          {w.calledRescue}
        </button>
      </div>
    );
  if (step.step === "call_family") {
    const tried = new Set(step.tries.map((one) => one.who));
    const contacts = body?.contacts ?? [];
    const next = contacts.find((one) => one.phone && !tried.has(one.name));
    if (!next)
      return (
        <div className="stack">
          <p>{contacts.length === 0 ? w.noContacts : w.nobodyLeft}</p>
          <button
            type="button"
            className="button"
            data-kind="main"
            disabled={busy || body === null}
            onClick={() => void record("call_family", false)}
          >
            {w.goOn}
          </button>
        </div>
      );
    return (
      <div className="stack">
        <DialContact contact={next} />
        <button
          type="button"
          className="button"
          data-kind="main"
          disabled={busy}
          onClick={() => void record("call_family", true, { who: next.name, contactId: next.id })}
        >
          {w.reached}
        </button>
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={busy}
          onClick={() => void record("call_family", false, { who: next.name, contactId: next.id })}
        >
          {w.notReached}
        </button>
      </div>
    );
  }
  if (step.step === "stay")
    return (
      <button
        type="button"
        className="button"
        data-kind="main"
        disabled={busy}
        onClick={() => void record("stay", true)}
      >
        {w.stay}
      </button>
    );
  if (step.step === "notify_community")
    return (
      <Told
        onTold={(who, draft) => record("notify_community", true, { who, draft })}
        id={`told/${emergency.id}`}
        label={w.whoTold}
        save={w.told}
      />
    );
  return <FileRecord emergency={emergency} />;
}

const outcomes = ["safe", "hospital", "found", "handed_over", "false_alarm", "deceased"] as const;

/** The record is closed here, with or without network; what is typed before is kept (归档). */
function FileRecord({ emergency }: { readonly emergency: ShownEmergency }) {
  const w = useWords(words).emergency;
  const care = useWords(careNames);
  const app = useApp();
  const draft = `file/${emergency.id}`;
  const { value, change, leave } = useDraft<{ outcome: (typeof outcomes)[number] | null; summary: string }>(draft, {
    outcome: null,
    summary: "",
  });
  const [busy, setBusy] = useState(false);
  const file = async () => {
    if (!value?.outcome) return;
    setBusy(true);
    leave();
    await app.record({
      operation: "visiting-care.file-emergency",
      input: { id: emergency.id, outcome: value.outcome, summary: value.summary.trim() },
      about: { personId: emergency.personId, name: emergency.name },
      draft,
    });
  };
  return (
    <div className="stack">
      <Choice
        legend={w.outcome}
        options={outcomes.map((one) => [one, care.outcomes[one]] as const)}
        value={value?.outcome ?? null}
        onChange={(outcome) => change({ outcome })}
      />
      <Field
        label={w.fileNote}
        lines
        value={value?.summary ?? ""}
        maxLength={2000}
        onChange={(summary) => change({ summary })}
      />
      <button
        type="button"
        className="button"
        data-kind="main"
        disabled={busy || !value?.outcome || value.summary.trim() === ""}
        onClick={() => void file()}
      >
        {w.fileSave}
      </button>
      <p className="soft">{w.fileHelp}</p>
    </div>
  );
}

function Told({
  id,
  label,
  save,
  onTold,
}: {
  readonly id: string;
  readonly label: string;
  readonly save: string;
  readonly onTold: (text: string, draft: string) => Promise<void>;
}) {
  const { value, change, leave } = useDraft(id, { text: "" });
  return (
    <div className="stack">
      <Field label={label} value={value?.text ?? ""} maxLength={100} onChange={(text) => change({ text })} />
      <button
        type="button"
        className="button"
        data-kind="main"
        disabled={!value || value.text.trim() === ""}
        onClick={() => {
          leave();
          void onTold((value?.text ?? "").trim(), id);
        }}
      >
        {save}
      </button>
    </div>
  );
}
