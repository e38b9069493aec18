import { type ReactNode, useState } from "react";
import { careNames } from "../../../../modules/visiting-care/names.words.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { Acts } from "../acts.ts";
import type { Finding, FindingCode, Met, Mode, Need } from "../care.ts";
import { words } from "../care.words.ts";
import { words as frame } from "../field.words.ts";
import { newId } from "../ids.ts";
import { noMark } from "../overlay.rules.ts";
import { Photos, Signature, Voice } from "../parts/attachments.tsx";
import { useApp, usePerson, useSummary, useView } from "../parts/context.tsx";
import { Choice, Field, Several, YesNo } from "../parts/controls.tsx";
import { useDraft } from "../parts/draft.ts";
import { Screen } from "../parts/frame.tsx";
import { usePlace } from "../parts/place.ts";
import { go } from "../parts/route.ts";
import { DialContact, dialLink } from "./person.tsx";

interface Draft {
  readonly met: Met | null;
  readonly findings: readonly Finding[];
  /** Asked and answered with no. */
  readonly fine: readonly FindingCode[];
  readonly needs: readonly { readonly kind: Need; readonly text: string }[];
  readonly reminder: boolean | null;
  readonly note: string;
  readonly photoIds: readonly string[];
  readonly voiceId: string | null;
  readonly signatureId: string | null;
}

const empty: Draft = {
  met: null,
  findings: [],
  fine: [],
  needs: [],
  reminder: null,
  note: "",
  photoIds: [],
  voiceId: null,
  signatureId: null,
};

/** Records a visit (登记探访): everything but saving may be left out. */
export function VisitScreen({
  personId,
  mode,
  met: given,
}: {
  readonly personId: string;
  readonly mode: Extract<Mode, "home" | "phone">;
  /** Already said by the key that led here. */
  readonly met: Met | null;
}) {
  const w = useWords(words);
  const f = useWords(frame);
  const app = useApp();
  const summary = useSummary(personId);
  const place = usePlace();
  const draftId = `visit/${personId}`;
  const { value: draft, change, leave } = useDraft<Draft>(draftId, empty);
  const [busy, setBusy] = useState(false);
  const [full, setFull] = useState(false);
  const name = summary?.name ?? "";
  const title = mode === "home" ? w.person.record : w.person.phoneVisit;
  if (!draft || !summary)
    return (
      <Screen title={title} back={`person/${personId}`}>
        <p role="status">{summary ? f.reading : w.person.unknown}</p>
      </Screen>
    );
  const met = given ?? draft.met;
  const save = async () => {
    if (!met || busy) return;
    setBusy(true);
    leave();
    try {
      await app.record({
        operation: "visiting-care.record-visit",
        input: inputOf(personId, mode, met, draft, place.place),
        about: { personId, name },
        files: [...draft.photoIds, ...[draft.voiceId, draft.signatureId].filter((one) => one !== null)],
        draft: draftId,
      });
      go(`saved/${personId}`, true);
    } catch {
      change({});
      setFull(true);
      setBusy(false);
    }
  };
  const short = met === "nobody" || met === null;
  return (
    <Screen
      title={`${name} ${met && given ? w.person.metPerson : ""}`.trim()}
      back={`person/${personId}`}
      action={
        <button type="button" className="button" data-kind="main" disabled={!met || busy} onClick={() => void save()}>
          {w.visit.save}
        </button>
      }
    >
      {full && (
        <p className="note" data-tone="bad" role="alert">
          {w.visit.storageFull}
        </p>
      )}
      {!given && mode === "home" && (
        <>
          <p>{w.visit.notMetHelp}</p>
          <Choice<Met>
            legend={w.visit.whom}
            options={[
              ["carer", w.visit.carer],
              ["neighbour", w.visit.neighbour],
              ["nobody", w.visit.nobody],
            ]}
            value={draft.met}
            onChange={(one) => change({ met: one })}
          />
        </>
      )}
      {mode === "phone" && <Call personId={personId} met={draft.met} onMet={(one) => change({ met: one })} />}
      {!short && (
        <>
          <p className="soft">{w.visit.optional}</p>
          <Details draft={draft} change={change} />
          <Photos ids={draft.photoIds} onChange={(photoIds) => change({ photoIds })} />
          <Voice id={draft.voiceId} onChange={(voiceId) => change({ voiceId })} />
          {mode === "home" && <Signature id={draft.signatureId} onChange={(signatureId) => change({ signatureId })} />}
        </>
      )}
      {short && met === "nobody" && (
        <>
          <Field label={w.visit.note} lines value={draft.note} onChange={(note) => change({ note })} maxLength={2000} />
          {mode === "home" && <Photos ids={draft.photoIds} onChange={(photoIds) => change({ photoIds })} />}
        </>
      )}
      {mode === "home" && (
        <p className="soft" aria-live="polite">
          {w.visit.place}
          {w.colon}
          {place.state === "known" && place.place
            ? w.visit.placeKnown({ meters: place.place.accuracy })
            : place.state === "asking"
              ? w.visit.placeAsking
              : w.visit.placeNone}
        </p>
      )}
    </Screen>
  );
}

function inputOf(
  personId: string,
  mode: Mode,
  met: Met,
  draft: Draft,
  place: Acts["visiting-care.record-visit"]["place"] | null,
): Acts["visiting-care.record-visit"] {
  const note = draft.note.trim();
  return {
    id: newId(),
    personId,
    mode,
    met,
    findings: [...draft.findings],
    needs: draft.needs.map(({ kind, text }) => (text.trim() === "" ? { kind } : { kind, text: text.trim() })),
    photoIds: [...draft.photoIds],
    ...(note === "" ? {} : { note }),
    ...(draft.reminder === true ? { supporterReminder: true } : {}),
    ...(mode === "home" && place ? { place } : {}),
    ...(draft.voiceId ? { voiceId: draft.voiceId } : {}),
    ...(draft.signatureId ? { signatureId: draft.signatureId } : {}),
  };
}

/** Dial first, then say whether anybody answered. */
function Call({
  personId,
  met,
  onMet,
}: {
  readonly personId: string;
  readonly met: Met | null;
  readonly onMet: (met: Met | null) => void;
}) {
  const w = useWords(words);
  const body = usePerson(personId);
  const view = useView();
  const failed = (view.marks.get(personId) ?? noMark).failedCallsToday;
  const reached = met === "person" || met === "carer";
  return (
    <>
      {failed >= 2 && (
        <p className="note" data-tone="warn">
          {w.visit.homeToday}
        </p>
      )}
      <section className="stack">
        <h2>{w.visit.dial}</h2>
        {body && !body.phone && !body.contacts.some((one) => one.phone) && <p>{w.visit.noPhone}</p>}
        {body?.phone && (
          <a className="button" href={dialLink(body.phone)}>
            {w.person.call({ name: w.person.self })} {body.phone}
          </a>
        )}
        {body?.contacts.map((one) => (
          <DialContact key={one.id} contact={one} />
        ))}
        <p className="soft">{w.visit.dialHelp}</p>
      </section>
      <Choice<"yes" | "no">
        legend={w.person.phoneVisit}
        options={[
          ["yes", w.visit.reached],
          ["no", w.visit.notReached],
        ]}
        value={met === null ? null : reached ? "yes" : "no"}
        onChange={(one) => onMet(one === "yes" ? "person" : "nobody")}
      />
      {reached && (
        <Choice<Met>
          legend={w.visit.who}
          options={[
            ["person", w.visit.answeredSelf],
            ["carer", w.visit.answeredCarer],
          ]}
          value={met}
          onChange={onMet}
        />
      )}
    </>
  );
}

const findingCodes: readonly FindingCode[] = [
  "health",
  "fire",
  "gas",
  "income",
  "mood",
  "abuse",
  "housing",
  "care",
  "other",
];
const needKinds: readonly Need[] = [
  "policy",
  "medical",
  "daily_life",
  "housing",
  "legal",
  "comfort",
  "charity",
  "other",
];
/** The contract takes five. */
const MOST_NEEDS = 5;

/** What was found, what is needed, what else there is to say. */
function Details({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const w = useWords(words);
  const care = useWords(careNames);
  const set = (code: FindingCode, found: boolean, level: Finding["level"] = "watch") =>
    change({
      findings: [...draft.findings.filter((one) => one.code !== code), ...(found ? [{ code, level }] : [])],
      fine: [...draft.fine.filter((one) => one !== code), ...(found ? [] : [code])],
    });
  const part = (title: string, content: ReactNode) => (
    <section className="stack">
      <h2>{title}</h2>
      {content}
    </section>
  );
  return (
    <>
      {part(
        w.visit.findings,
        <div>
          {findingCodes.map((code) => {
            const found = draft.findings.find((one) => one.code === code);
            return (
              <YesNo
                key={code}
                question={care.findings[code]}
                no={w.visit.none}
                yes={w.visit.some}
                value={found ? true : draft.fine.includes(code) ? false : null}
                onChange={(value) => set(code, value)}
              >
                <Choice
                  beside
                  legend={care.findings[code]}
                  options={[
                    ["watch", care.levels.watch],
                    ["urgent", care.levels.urgent],
                  ]}
                  value={found?.level ?? "watch"}
                  onChange={(level) => set(code, true, level)}
                />
              </YesNo>
            );
          })}
        </div>,
      )}
      <Several<Need>
        legend={w.visit.needs}
        options={needKinds.map((one) => [one, care.needs[one]])}
        values={draft.needs.map((one) => one.kind)}
        onChange={(kinds) =>
          change({
            needs: kinds
              .slice(0, MOST_NEEDS)
              .map((kind) => draft.needs.find((one) => one.kind === kind) ?? { kind, text: "" }),
          })
        }
      />
      {draft.needs.map((one) => (
        <Field
          key={one.kind}
          label={`${care.needs[one.kind]}${w.colon}${w.visit.needText}`}
          value={one.text}
          maxLength={300}
          onChange={(text) =>
            change({ needs: draft.needs.map((other) => (other.kind === one.kind ? { ...other, text } : other)) })
          }
        />
      ))}
      <YesNo
        question={w.visit.reminder}
        no={w.visit.no}
        yes={w.visit.yes}
        value={draft.reminder}
        onChange={(reminder) => change({ reminder })}
      />
      <Field label={w.visit.note} lines value={draft.note} onChange={(note) => change({ note })} maxLength={2000} />
    </>
  );
}

/** What was saved, and what happens next (已保存). */
export function SavedScreen({ personId }: { readonly personId: string }) {
  const w = useWords(words);
  const f = useWords(frame);
  const summary = useSummary(personId);
  const view = useView();
  const mark = view.marks.get(personId) ?? noMark;
  return (
    <Screen title={w.visit.saved}>
      <p className="note" data-tone="good">
        {summary?.name} {w.visit.savedNext}
      </p>
      {mark.failedCallsToday >= 2 && (
        <p className="note" data-tone="warn">
          {w.visit.homeToday}
        </p>
      )}
      <a className="button" data-kind="main" href="#/">
        {f.pages.today}
      </a>
      {summary && (
        <a className="button" data-kind="quiet" href={`#/person/${personId}`}>
          {summary.name}
        </a>
      )}
    </Screen>
  );
}
