import { useEffect, useState } from "react";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { showInstant } from "../../../apps/web/ui/format.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import type { listEmergencies } from "../emergency.contract.ts";
import { careNames } from "../names.words.ts";
import { words } from "./care-work.web.words.ts";

export type Emergency = OutputOf<typeof listEmergencies>["emergencies"][number];

/** The time now, again every second while something runs. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** A span of time in words. */
function useSpan(): (milliseconds: number) => string {
  const w = useWords(words).emergencies;
  return (milliseconds) => {
    const seconds = Math.floor(Math.abs(milliseconds) / 1_000);
    return w.time({
      hours: Math.floor(seconds / 3_600),
      minutes: Math.floor((seconds % 3_600) / 60),
      seconds: seconds % 60,
    });
  };
}

/** The steps of an emergency with their clocks (处置步骤): what is done, what is next, how long is left. */
export function Steps({ emergency }: { readonly emergency: Emergency }) {
  const w = useWords(words).emergencies;
  const c = useWords(careNames);
  const { locale } = usePreferences();
  const now = useNow(emergency.state === "running");
  const span = useSpan();
  const next = emergency.steps.find((one) => one.doneAt === null)?.step;
  return (
    <ol className="plain-list emergency-steps">
      {emergency.steps.map((step) => {
        const due = Date.parse(step.dueAt);
        const done = step.doneAt === null ? undefined : Date.parse(step.doneAt);
        const left = due - now;
        return (
          <li key={step.step} aria-current={step.step === next && emergency.state === "running" ? "step" : undefined}>
            <strong>{c.steps[step.step]}</strong>{" "}
            {done !== undefined ? (
              <>
                <StatusWord tone="done">{w.doneAt({ at: showInstant(done, locale) })}</StatusWord>{" "}
                {done > due && <StatusWord tone="late">{w.doneLate({ time: span(done - due) })}</StatusWord>}{" "}
                {step.reached === false && <StatusWord tone="soon">{w.unreached}</StatusWord>} {step.who}
              </>
            ) : (
              <>
                <StatusWord tone={left < 0 ? "late" : step.step === next ? "soon" : "neutral"}>
                  {left < 0 ? w.late({ time: span(left) }) : w.left({ time: span(left) })}
                </StatusWord>{" "}
                {step.step === next && emergency.state === "running" && <span className="quiet">{w.now}</span>}
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}
