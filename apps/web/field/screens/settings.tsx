import { useState } from "react";
import { usePreferences, useWords } from "../../ui/preferences.tsx";
import { BUILD } from "../build.ts";
import { words } from "../field.words.ts";
import { useApp, useView } from "../parts/context.tsx";
import { Choice } from "../parts/controls.tsx";
import { Screen } from "../parts/frame.tsx";
import { Sheet } from "../parts/sheet.tsx";

/** Print, language, lock, and clearing the phone (设置). */
export function SettingsScreen() {
  const w = useWords(words);
  const s = w.settings;
  const app = useApp();
  const view = useView();
  const preferences = usePreferences();
  const [asked, setAsked] = useState(false);
  const { owner } = app;
  return (
    <Screen title={w.pages.settings}>
      <Choice
        beside
        legend={s.print}
        options={[
          ["normal", s.normal],
          ["large", s.large],
        ]}
        value={preferences.largePrint ? "large" : "normal"}
        onChange={(one) => preferences.set({ largePrint: one === "large" })}
      />
      <Choice
        beside
        legend={s.language}
        options={[
          ["zh", s.chinese],
          ["en", s.english],
        ]}
        value={preferences.locale}
        onChange={(locale) => preferences.set({ locale })}
      />
      <Choice
        legend={s.theme}
        options={[
          ["light", s.light],
          ["dark", s.dark],
        ]}
        value={preferences.theme}
        onChange={(theme) => preferences.set({ theme })}
      />
      <a className="button" href="#/map">
        {s.map}
      </a>
      <button type="button" className="button" onClick={() => app.lock()}>
        {s.lock}
      </button>
      <p className="soft">{s.lockHelp}</p>
      <section className="stack">
        <h2>{s.install}</h2>
        <p>{s.installHelp}</p>
      </section>
      <section className="stack soft">
        {owner && <p>{s.account({ name: owner.displayName, login: owner.login })}</p>}
        <p>{s.held({ count: app.phone.opened?.lists.people.size ?? 0 })}</p>
        <p>{s.device({ id: app.phone.deviceId })}</p>
        <p>{s.version({ build: BUILD })}</p>
      </section>
      <button type="button" className="button" data-kind="quiet" onClick={() => setAsked(true)}>
        {s.forget}
      </button>
      {asked && (
        <Sheet title={s.forget} onClose={() => setAsked(false)}>
          <p>{s.forgetHelp}</p>
          {view.unsent > 0 ? (
            <p className="note" data-tone="warn">
              {s.forgetUnsent({ count: view.unsent })}
            </p>
          ) : (
            <>
              <p>{s.forgetAsk}</p>
              <button type="button" className="button" data-kind="danger" onClick={() => void app.forget()}>
                {s.forgetYes}
              </button>
            </>
          )}
        </Sheet>
      )}
    </Screen>
  );
}
