import { useParams } from "react-router";
import { getDecision } from "../../../kernel/rule/rules.contract.ts";
import { FilePage, Section } from "../ui/file-page.tsx";
import { showInstant } from "../ui/format.ts";
import { Answer } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";
import { DecisionView } from "./decision-view.tsx";

/** A stored decision (判断依据), and whether replaying it today gives the same. */
export function Component() {
  const { id = "" } = useParams();
  const w = useWords(words).decision;
  const { locale } = usePreferences();
  const query = useQueryOperation(getDecision, { id });
  return (
    <Answer query={query}>
      {(data) => (
        <FilePage
          title={w.title}
          state={
            <>
              <span>{w.at({ at: showInstant(data.at, locale) })}</span>
              <StatusWord tone={data.replay === "same" ? "done" : "soon"}>{w.replay[data.replay]}</StatusWord>
            </>
          }
        >
          <DecisionView decision={data.decision} />
          <Section title={w.facts}>
            <pre className="json">{JSON.stringify(data.decision.facts, null, 2)}</pre>
          </Section>
        </FilePage>
      )}
    </Answer>
  );
}
