import { Link, useParams } from "react-router";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import type { discrepancyStates } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import {
  assignMeasure,
  closeDiscrepancy,
  getDiscrepancy,
  markDone,
  reopenDiscrepancy,
  verifyDiscrepancy,
} from "../oversight.contract.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { DiscrepancyWord, Photos, useLine } from "./labels.tsx";
import { words } from "./oversight.web.words.ts";
import { EventTimeline } from "./timeline.tsx";

type File = OutputOf<typeof getDiscrepancy>;
type Step = "assign" | "done" | "verify" | "close" | "reopen";

/** Why a step cannot be taken in a state (A30); undefined = it can. */
export function stepBlocked(step: Step, state: (typeof discrepancyStates)[number]) {
  if (state === "closed") return step === "reopen" ? undefined : "closed";
  switch (step) {
    case "assign":
      return state === "open" || state === "measured" ? undefined : "alreadyDone";
    case "done":
      return state === "measured" ? undefined : state === "open" ? "done" : "alreadyDone";
    case "verify":
      return state === "done" ? undefined : state === "verified" ? "verified" : "verify";
    case "close":
      return state === "verified" ? undefined : "close";
    default:
      return state === "done" || state === "verified" ? undefined : "reopen";
  }
}

/** One discrepancy (差异处理): the next step first, what was done about it so far. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getDiscrepancy, { id });
  return <Answer query={query}>{(one) => <Discrepancy one={one} />}</Answer>;
}

function Discrepancy({ one }: { readonly one: File }) {
  const all = useWords(words);
  const w = all.discrepancies;
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const act = useAct();
  const lineOf = useLine();
  const today = dateInShanghai(new Date());
  const fixed = { id: one.id, version: one.version };
  const rest = (step: Step) => {
    const why = stepBlocked(step, one.state);
    return { note: w.notes[step], reasons: why ? [w.because[why]] : [] };
  };
  const steps = {
    assign: act(
      "assign",
      w.step.assign,
      assignMeasure,
      { ...fixed, ownerAccountId: undefined },
      {
        ...rest("assign"),
        initial: { term: "immediate", dueOn: one.dueOn > today ? one.dueOn : addDays(today, 15) },
      },
    ),
    done: act("done", w.step.done, markDone, fixed, rest("done")),
    verify: act("verify", w.step.verify, verifyDiscrepancy, fixed, rest("verify")),
    close: act("close", w.step.close, closeDiscrepancy, fixed, rest("close")),
    reopen: act("reopen", w.step.reopen, reopenDiscrepancy, fixed, rest("reopen")),
  };
  const next: Readonly<Record<(typeof discrepancyStates)[number], readonly Step[]>> = {
    open: ["assign", "done", "verify", "close", "reopen"],
    measured: ["done", "assign", "verify", "close", "reopen"],
    done: ["verify", "reopen", "assign", "done", "close"],
    verified: ["close", "reopen", "assign", "done", "verify"],
    closed: ["reopen", "assign", "done", "verify", "close"],
  };
  const acts = next[one.state].flatMap((step) => steps[step]);
  const what = one.item
    ? `${m.discrepancyKinds[one.kind]} · ${lineOf(one.item, one.quantity)}`
    : m.discrepancyKinds[one.kind];
  return (
    <FilePage
      title={what}
      above={<Link to="/equipment/discrepancies">{w.title}</Link>}
      state={
        <>
          <DiscrepancyWord state={one.state} late={one.late} />
          <Link to={`/equipment/homes/${one.careHomeId}`}>{one.careHome}</Link>
          <span>{one.divisionName}</span>
          {one.state !== "closed" && <DutyBadge dueOn={one.dueOn} today={today} />}
        </>
      }
      tools={one.shipmentId && <Link to={`/equipment/shipments/${one.shipmentId}`}>{w.shipment}</Link>}
    >
      {acts.length > 0 && (
        <ActButtons
          acts={acts}
          given={{ fields: all.fields, choices: { term: w.terms } }}
          subjectId={one.id}
          open={1}
        />
      )}
      <Facts
        label={w.title}
        items={[
          { term: w.description, value: one.description, wide: true },
          { term: w.owner, value: one.owner ?? base.countyOfficers },
          { term: w.dueOn, value: showDate(one.dueOn, locale) },
          { term: w.source, value: m.discrepancySources[one.source] },
          { term: w.openedOn, value: showDate(one.openedOn, locale) },
          // What nobody has written yet is not missing: it is the next step.
          ...(one.measure ? [{ term: w.measure, value: one.measure, wide: true }] : []),
          ...(one.term ? [{ term: w.term, value: w.terms[one.term] }] : []),
          ...(one.proof ? [{ term: w.proof, value: one.proof, wide: true }] : []),
          ...(one.photoIds.length > 0 ? [{ term: w.photos, value: <Photos ids={one.photoIds} /> }] : []),
          ...(one.reopened > 0 ? [{ term: w.reopened, value: w.reopenedTimes({ count: one.reopened }) }] : []),
        ]}
      />
      <Section title={w.timeline}>
        <EventTimeline lines={one.timeline} />
      </Section>
    </FilePage>
  );
}
