import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { get } from "../../people/index.ts";
import { openEmergency } from "../emergency.contract.ts";
import { close, enrol, propose, reassess, refuse } from "../enrolment.contract.ts";
import { registerMonitor } from "../monitor.contract.ts";
import { openReferral, remindSupporter } from "../referral.contract.ts";
import { type getPerson, recordVisit } from "../visits.contract.ts";
import { words } from "./care.web.words.ts";
import { useActWords, workerSearch } from "./labels.tsx";

export type CareFile = OutputOf<typeof getPerson>;

interface Key {
  readonly key: string;
  readonly address: string;
}

/** What can be done for somebody in care, or about to be (可办事项): the next act first. */
export function CareActs({
  personId,
  division,
  file,
}: {
  readonly personId: string;
  readonly division: string;
  /** Undefined: not in care yet. */
  readonly file: CareFile | undefined;
}) {
  const w = useWords(words);
  const given = useActWords();
  const act = useAct();
  const person = useQueryOperation(get, { id: personId });
  const today = dateInShanghai(new Date());
  const fixed = { personId };
  const enrolled = file?.state === "enrolled";
  const open = file?.state === "proposed" || enrolled;
  const notEnrolled = enrolled ? [] : [w.why.notEnrolled];
  const search = workerSearch(division);
  const searches = { workerId: search, standInId: search };
  const people = (person.data?.contacts ?? []).filter((one) => one.kind === "supporter" || one.kind === "guardian");
  const supporters = async (typed: string) =>
    people
      .filter((one) => one.id === typed || one.name.includes(typed.trim()))
      .map((one) => ({ value: one.id, label: one.name, note: one.relation }));
  const visit = act(
    "visit",
    w.acts.visit,
    recordVisit,
    { ...fixed, id: undefined, place: undefined },
    {
      reasons: notEnrolled,
      initial: { mode: "home", met: "person", at: `${today}T${hour()}:00+08:00` },
      note: w.notes.visit,
    },
  );
  const enrolment = act("enrol", w.acts.enrol, enrol, fixed, {
    reasons: enrolled ? [w.why.alreadyIn] : [],
    initial: { risk: file?.risk ?? "general", modes: file?.modes.length ? file.modes : ["home"], agreedOn: today },
    note: w.notes.enrol,
    searches,
  });
  const refusal = act("refuse", w.acts.refuse, refuse, fixed, {
    reasons: open ? [] : [w.why.notEnrolled],
    initial: { on: today, by: person.data?.name },
    note: w.notes.refuse,
  });
  const proposal = act(
    "propose",
    w.acts.propose,
    propose,
    { ...fixed, id: undefined, campaignId: undefined },
    {
      reasons: open ? [w.why.alreadyIn] : [],
      initial: { risk: "general" },
    },
  );
  const acts: ActChoice[] = [
    ...(enrolled ? visit : enrolment),
    ...(enrolled ? [] : [...refusal, ...proposal]),
    ...act(
      "reassess",
      w.acts.reassess,
      reassess,
      { ...fixed, version: file?.version ?? 0 },
      {
        reasons: notEnrolled,
        initial: {
          risk: file?.risk,
          modes: file?.modes,
          workerId: file?.workerId ?? undefined,
          standInId: file?.standInId ?? undefined,
        },
        note: w.notes.reassess,
        searches,
      },
    ),
    ...act("emergency", w.acts.emergency, openEmergency, { ...fixed, id: undefined, place: undefined }),
    ...act("referral", w.acts.referral, openReferral, { ...fixed, id: undefined, visitId: undefined }),
    ...act("remind", w.acts.remind, remindSupporter, fixed, {
      reasons: people.length > 0 ? [] : [w.why.noSupporter],
      initial: { on: today, ...(people[0] ? { contactId: people[0].id } : {}) },
      note: w.notes.remind,
      searches: { contactId: supporters },
    }),
    ...act("monitor", w.acts.monitor, registerMonitor, fixed, {
      reasons: notEnrolled,
      note: w.notes.monitor,
      given: { choices: { kind: w.monitorKinds } },
    }),
    ...act("close", w.acts.close, close, fixed, {
      reasons: open ? [] : [w.why.notEnrolled],
      initial: { on: today },
      note: w.notes.close,
    }),
    ...(enrolled ? [...refusal, ...enrolment, ...proposal] : visit),
  ];
  if (acts.length === 0) return null;
  return (
    <ActButtons
      acts={acts}
      given={given}
      subjectId={personId}
      open={3}
      doneText={(done, output) =>
        done.key === "monitor"
          ? w.notes.monitorKey({ key: (output as Key).key, address: (output as Key).address })
          : null
      }
    />
  );
}

/** The full hour that has just begun in China, as a start for what is written up afterwards. */
function hour(): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  })
    .format(new Date())
    .replace(/^24/, "00");
}
