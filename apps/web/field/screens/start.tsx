import { useWords } from "../../ui/preferences.tsx";
import { words } from "../field.words.ts";
import { useApp } from "../parts/context.tsx";
import { Bar } from "../parts/frame.tsx";

/** Before anything else: opening, not possible here, or open in another window. */
export function StartScreen({ stage }: { readonly stage: "starting" | "unsupported" | "elsewhere" }) {
  const w = useWords(words);
  const app = useApp();
  return (
    <>
      <main className="screen">
        <h1>{w.name}</h1>
        {stage === "starting" && <p role="status">{w.starting}</p>}
        {stage === "unsupported" && (
          <div className="note" data-tone="bad">
            <p>{w.start.unsupported}</p>
            <p>{w.start.unsupportedHelp}</p>
          </div>
        )}
        {stage === "elsewhere" && (
          <>
            <div className="note" data-tone="warn">
              <p>{w.start.elsewhere}</p>
              <p>{w.start.elsewhereHelp}</p>
            </div>
            <button type="button" className="button" data-kind="main" onClick={() => void app.start(true)}>
              {w.start.here}
            </button>
          </>
        )}
      </main>
      <Bar />
    </>
  );
}
