import { isAct, type KeptAct } from "./acts.ts";
import type { EmergencyFound, EmergencyStep } from "./care.ts";

/** The steps in their order, with the minutes in which each should be done while the server has not said otherwise. */
export const stepMinutes: readonly (readonly [EmergencyStep, number])[] = [
  ["call_rescue", 5],
  ["call_family", 10],
  ["stay", 15],
  ["notify_community", 30],
  ["file_record", 24 * 60],
];

export interface ShownStep {
  readonly step: EmergencyStep;
  readonly dueAt: string;
  readonly doneAt: string | null;
  readonly reached: boolean | null;
  readonly tries: readonly { readonly at: string; readonly who: string; readonly reached: boolean }[];
}

/** An emergency as this phone knows it (紧急处置), from what was recorded here. */
export interface ShownEmergency {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly found: EmergencyFound;
  readonly openedAt: string;
  readonly steps: readonly ShownStep[];
  /** The step to be done now; null when the record is filed here. */
  readonly next: EmergencyStep | null;
  /** Where the filing stands: recorded here, with the server, or with the township; null before it. */
  readonly filing: KeptAct["state"] | null;
}

/**
 * A step is over when somebody was reached, or when a later one was begun: the family that does not answer must not keep
 * anybody from telling the community. A try that names nobody says that there is nobody to call.
 */
function overAt(step: EmergencyStep, tries: ShownStep["tries"], laterAt: string | null): string | null {
  const over = tries.find((one) => one.reached || (step === "call_family" && one.who === ""));
  return over?.at ?? laterAt;
}

/** Where an act about the emergency stands that can still close it: one turned away or unreadable must be written anew. */
function closing(all: readonly KeptAct[], id: string): KeptAct | undefined {
  return all.findLast(
    ({ act, state }) =>
      act !== null &&
      isAct(act, "visiting-care.file-emergency") &&
      act.input.id === id &&
      state !== "rejected" &&
      state !== "broken",
  );
}

/** Emergencies recorded here, newest first. Turned away ones stay to be seen: help does not wait for a server. */
export function emergenciesOf(acts: Iterable<KeptAct>): ShownEmergency[] {
  const all = [...acts].sort((a, b) => a.seq - b.seq);
  return all
    .flatMap((kept): ShownEmergency[] => {
      const { act } = kept;
      if (!act || !isAct(act, "visiting-care.open-emergency")) return [];
      const id = act.input.id ?? kept.key;
      const output = kept.settled?.output as { steps?: { step: EmergencyStep; dueAt: string }[] } | null | undefined;
      const triesOf = (step: EmergencyStep): ShownStep["tries"] =>
        all.flatMap((other) => {
          if (!other.act || !isAct(other.act, "visiting-care.record-step")) return [];
          const { input, happenedAt } = other.act;
          return input.emergencyId === id && input.step === step
            ? [{ at: happenedAt, who: input.who ?? "", reached: input.reached }]
            : [];
        });
      const tried = stepMinutes.map(([step]) => triesOf(step));
      const filing = closing(all, id);
      const filedAt = filing?.act?.happenedAt ?? null;
      const steps = stepMinutes.map(([step, minutes], place): ShownStep => {
        const tries = tried[place] ?? [];
        const later = tried.slice(place + 1).flat()[0]?.at ?? null;
        return {
          step,
          dueAt:
            output?.steps?.find((one) => one.step === step)?.dueAt ??
            new Date(Date.parse(act.happenedAt) + minutes * 60_000).toISOString(),
          doneAt: overAt(step, tries, later) ?? filedAt,
          reached: tries.at(-1)?.reached ?? null,
          tries,
        };
      });
      return [
        {
          id,
          personId: act.input.personId,
          name: act.about.name,
          found: act.input.found,
          openedAt: act.happenedAt,
          steps,
          next: steps.find((one) => one.doneAt === null)?.step ?? null,
          filing: filing?.state ?? null,
        },
      ];
    })
    .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
}

/** Minutes and seconds since an instant, as a running clock shows them: "07:05", "1:02:03". */
export function clockText(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes >= 60
    ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${two(minutes)}:${two(seconds % 60)}`;
}
