import { Button } from "antd";
import type { ReactNode } from "react";
import { usePreferences, useWords } from "./ui/preferences.tsx";
import { words } from "./ui/ui.words.ts";
import "./shell.css";

/** The seal of the house (印), drawn; it is the only ornament. */
export function Seal({ size = 28 }: { readonly size?: number }) {
  return <img src={`${import.meta.env.BASE_URL}favicon.svg`} width={size} height={size} alt="" />;
}

/** Language, large print, dark: always one press away, on the sign-in page too. */
export function Choices({ children }: { readonly children?: ReactNode }) {
  const w = useWords(words).shell;
  const preferences = usePreferences();
  return (
    <div className="shell-choices">
      <Button
        type="text"
        size="small"
        onClick={() => preferences.set({ locale: preferences.locale === "zh" ? "en" : "zh" })}
        lang={preferences.locale === "zh" ? "en" : "zh-CN"}
      >
        {preferences.locale === "zh" ? w.english : w.chinese}
      </Button>
      <Button
        type="text"
        size="small"
        aria-pressed={preferences.largePrint}
        onClick={() => preferences.set({ largePrint: !preferences.largePrint })}
      >
        {w.largePrint}
      </Button>
      <Button
        type="text"
        size="small"
        aria-pressed={preferences.theme === "dark"}
        onClick={() => preferences.set({ theme: preferences.theme === "dark" ? "light" : "dark" })}
      >
        {w.dark}
      </Button>
      {children}
    </div>
  );
}

/** A plain page without the shell: sign-in, first start, faults. */
export function BarePage({ children }: { readonly children: ReactNode }) {
  const w = useWords(words);
  return (
    <div className="bare">
      <header className="bare-head">
        <span className="shell-brand">
          <Seal />
          <span>{w.productLong}</span>
        </span>
        <Choices />
      </header>
      <main className="bare-main" id="content">
        {children}
      </main>
    </div>
  );
}
