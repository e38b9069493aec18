import { queryAddress } from "../../../apps/web/client.ts";
import { ActButtons } from "../../../apps/web/ui/act-form.tsx";
import { Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showInstant } from "../../../apps/web/ui/format.ts";
import { named, useJoined } from "../../../apps/web/ui/naming.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { openFile } from "../../../kernel/files/files.contract.ts";
import { careNames } from "../names.words.ts";
import { words as moduleWords } from "../visiting-care.words.ts";
import { voidVisit } from "../visits.contract.ts";
import { words } from "./care.web.words.ts";
import type { CareFile } from "./care-acts.tsx";
import { useActWords } from "./labels.tsx";

type Visit = CareFile["visits"][number];

/** The last visits (探访记录): who, when, whom they met, what was found, and the proof; one recorded by mistake is taken back here. */
export function Visits({ file }: { readonly file: CareFile }) {
  const w = useWords(words).file;
  return (
    <Section title={w.visits} tools={<span className="quiet">{w.visitsNote}</span>}>
      {file.visits.length === 0 ? (
        <p className="quiet">{w.noVisits}</p>
      ) : (
        <ul className="plain-list">
          {file.visits.map((visit) => (
            <li key={visit.id} className="visit">
              <OneVisit visit={visit} personId={file.id} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function OneVisit({ visit, personId }: { readonly visit: Visit; readonly personId: string }) {
  const w = useWords(words);
  const c = useWords(careNames);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const joined = useJoined();
  const act = useAct();
  const given = useActWords();
  const late = Math.abs(Date.parse(visit.recordedAt) - Date.parse(visit.at)) > 3_600_000;
  const files = [
    ...visit.photoIds.map((id, at) => ({ id, title: w.file.photo({ number: at + 1 }) })),
    ...(visit.voiceId ? [{ id: visit.voiceId, title: w.file.voice }] : []),
    ...(visit.signatureId ? [{ id: visit.signatureId, title: w.file.signature }] : []),
  ];
  return (
    <>
      <strong>{showInstant(visit.at, locale)}</strong> {c.modes[visit.mode]} · {c.met[visit.met]} · {visit.worker}{" "}
      {visit.voidedOn ? (
        <StatusWord tone="muted">{w.file.voided({ on: showDate(visit.voidedOn, locale) })}</StatusWord>
      ) : (
        <StatusWord tone={visit.counts ? "done" : "soon"}>{visit.counts ? w.file.counts : w.file.countsNot}</StatusWord>
      )}{" "}
      {visit.flags.map((flag) => (
        <StatusWord key={flag.code} tone="soon">
          {named(m.flags, flag.code)}
        </StatusWord>
      ))}
      {visit.findings.length > 0 && (
        <p>
          {visit.findings.map((one) => (
            <StatusWord key={one.code} tone={one.level === "urgent" ? "late" : "soon"}>
              {c.findings[one.code]}（{c.levels[one.level]}）
            </StatusWord>
          ))}
        </p>
      )}
      {visit.note && <p className="pre-line">{visit.note}</p>}
      <p className="quiet">
        {joined([
          visit.offline && w.file.offline,
          late && w.file.recordedAt({ at: showInstant(visit.recordedAt, locale) }),
          visit.place && w.file.located({ metres: Math.round(visit.place.accuracy) }),
        ])}
      </p>
      {files.length > 0 && (
        <p className="link-row">
          {files.map((one) => (
            <a key={one.id} href={queryAddress(openFile, { id: one.id })} target="_blank" rel="noreferrer">
              {one.title}
            </a>
          ))}
        </p>
      )}
      {!visit.voidedOn && (
        <ActButtons
          quiet
          acts={act("void", w.acts.void, voidVisit, { id: visit.id }, { note: w.notes.void })}
          given={given}
          subjectId={personId}
        />
      )}
    </>
  );
}
