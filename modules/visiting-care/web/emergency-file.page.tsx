import { Link, useParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { ActButtons } from "../../../apps/web/ui/act-form.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showInstant } from "../../../apps/web/ui/format.ts";
import { Answer, Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { get } from "../../people/index.ts";
import { fileEmergency, listEmergencies, recordStep } from "../emergency.contract.ts";
import { careNames } from "../names.words.ts";
import { words } from "./care-work.web.words.ts";
import { type Emergency, Steps } from "./emergency-clock.tsx";
import { useWorkWords } from "./work-acts.ts";

/** One emergency (紧急处置): what is done, what comes next and how long is left; filed, it only reads. */
export function Component() {
  const { id = "" } = useParams();
  const kit = useWords(kitWords).states;
  const query = useQueryOperation(listEmergencies, { id, limit: 1 }, { refetchInterval: 15_000 });
  return (
    <Answer query={query}>
      {(data) => {
        const one = data.emergencies[0];
        return one ? <File emergency={one} /> : <Empty title={kit.notFound}>{kit.notFoundHelp}</Empty>;
      }}
    </Answer>
  );
}

function File({ emergency }: { readonly emergency: Emergency }) {
  const w = useWords(words).emergencies;
  const c = useWords(careNames);
  const { locale } = usePreferences();
  const act = useAct();
  const given = useWorkWords();
  const placeOf = usePlacesOf([emergency.division]);
  const person = useQueryOperation(get, { id: emergency.personId });
  const contacts = person.data?.contacts ?? [];
  const next = emergency.steps.find((one) => one.doneAt === null && one.step !== "file_record")?.step;
  const running = emergency.state === "running";
  const searchContacts = async (typed: string) =>
    contacts
      .filter((one) => one.id === typed || one.name.includes(typed.trim()))
      .map((one) => ({ value: one.id, label: one.name, note: `${one.relation} ${one.phone ?? ""}` }));
  const acts = running
    ? [
        ...(next
          ? act(
              `step-${next}`,
              `${w.record}：${c.steps[next]}`,
              recordStep,
              { emergencyId: emergency.id, id: undefined, step: next },
              {
                searches: { contactId: searchContacts },
                initial: { reached: true },
              },
            )
          : []),
        ...act(
          "file",
          w.file,
          fileEmergency,
          { id: emergency.id },
          {
            legal: true,
            note: w.fileNote,
            reasons: next ? [w.why] : [],
          },
        ),
      ]
    : [];
  return (
    <FilePage
      title={`${emergency.person} · ${c.found[emergency.found]}`}
      above={<Link to="/care/emergencies">{w.title}</Link>}
      state={
        <>
          <StatusWord tone={running ? "late" : "done"}>{w.states[emergency.state]}</StatusWord>
          <span>{showInstant(emergency.openedAt, locale)}</span>
          <span>{placeOf(emergency.division)}</span>
          <span>{emergency.worker}</span>
          {emergency.escalated > 0 && (
            <StatusWord tone="late">{w.escalated({ count: emergency.escalated })}</StatusWord>
          )}
        </>
      }
      tools={<Link to={`/care/${emergency.personId}`}>{w.care}</Link>}
    >
      {!running && <Notice>{w.filed}</Notice>}
      {running && <ActButtons acts={acts} given={given} subjectId={emergency.id} />}
      <Section title={w.steps}>
        <Steps emergency={emergency} />
      </Section>
    </FilePage>
  );
}
