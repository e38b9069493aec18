import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Section } from "../../../apps/web/ui/file-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { publishProgress } from "../board.contract.ts";
import { words } from "./board.web.words.ts";

/** What the office publishes of it (公布进度), with one act. */
export function PublishProgress() {
  const w = useWords(words).publish;
  const act = useAct();
  const acts = act(
    "publish",
    w.act,
    publishProgress,
    {},
    {
      legal: true,
      fieldOf: (code) => (code === "equipment/reason-missing" ? "reason" : undefined),
    },
  );
  if (acts.length === 0) return null;
  return (
    <Section title={w.title}>
      <p className="quiet">{w.note}</p>
      <ActButtons
        acts={acts}
        given={{ fields: { reason: w.reason }, help: { reason: w.reasonHelp } }}
        doneText={(_, output) => (
          <>
            {w.done(output as OutputOf<typeof publishProgress>)} <a href="/equipment">{w.see}</a>
          </>
        )}
      />
    </Section>
  );
}
