import { useEffect, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words } from "../field.words.ts";
import { useApp } from "../parts/context.tsx";
import { Bar } from "../parts/frame.tsx";
import { Sheet } from "../parts/sheet.tsx";

export const PIN_LENGTH = 6;

/** Six times the same, or a run up or down: the first ten anybody tries. */
export function isSimplePin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1);
}

/** Ten large digits (数字键盘). Calls back when the last one is typed; keys of a keyboard work too. */
export function PinPad({
  label,
  busy,
  onPin,
}: {
  readonly label: string;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
}) {
  const w = useWords(words).pin;
  const [typed, setTyped] = useState("");
  const type = (digit: string) => {
    if (busy) return;
    const next = (typed + digit).slice(0, PIN_LENGTH);
    if (next.length < PIN_LENGTH) return setTyped(next);
    setTyped("");
    onPin(next);
  };
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (document.querySelector("dialog[open]")) return;
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === "Backspace") setTyped((now) => now.slice(0, -1));
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  return (
    <div className="stack">
      <p className="hidden" role="status">
        {w.typed({ count: typed.length })}
      </p>
      <div className="dots" aria-hidden="true">
        {Array.from({ length: PIN_LENGTH }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: six places that never change.
          <i key={at} data-on={at < typed.length || undefined} />
        ))}
      </div>
      <fieldset className="pad" aria-label={label} disabled={busy}>
        {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => (
          <button key={digit} type="button" onClick={() => type(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className="text" onClick={() => setTyped("")}>
          {w.clear}
        </button>
        <button type="button" onClick={() => type("0")}>
          0
        </button>
        <button type="button" className="text" onClick={() => setTyped(typed.slice(0, -1))}>
          {w.erase}
        </button>
      </fieldset>
    </div>
  );
}

/** Asks for a new PIN twice. */
export function ChoosePin({ busy, onPin }: { readonly busy: boolean; readonly onPin: (pin: string) => void }) {
  const w = useWords(words).pin;
  const [first, setFirst] = useState<string | null>(null);
  const [trouble, setTrouble] = useState("");
  const take = (pin: string) => {
    setTrouble("");
    if (first === null) {
      if (isSimplePin(pin)) return setTrouble(w.simple);
      return setFirst(pin);
    }
    if (pin === first) return onPin(pin);
    setFirst(null);
    setTrouble(w.differs);
  };
  return (
    <div className="stack">
      <h1>{first === null ? w.choose : w.repeat}</h1>
      <p>{w.chooseHelp}</p>
      {trouble !== "" && (
        <p className="note" data-tone="bad" role="alert">
          {trouble}
        </p>
      )}
      {busy && <p role="status">{w.working}</p>}
      <PinPad key={first ?? ""} label={first === null ? w.choose : w.repeat} busy={busy} onPin={take} />
    </div>
  );
}

/** The locked phone: nothing is shown but whose it is (锁屏). */
export function LockScreen() {
  const w = useWords(words).pin;
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState<number | null>(null);
  const [forgot, setForgot] = useState(false);
  const tryPin = async (pin: string) => {
    setBusy(true);
    const result = await app.unlock(pin);
    if (result === "wrong") setLeft(app.phone.triesLeft);
    setBusy(false);
  };
  return (
    <>
      <main className="screen">
        <div className="head">
          <h1>{w.hello({ name: app.owner?.displayName ?? "" })}</h1>
        </div>
        <p>{w.enter}</p>
        {left !== null && (
          <p className="note" data-tone="bad" role="alert">
            {w.wrong({ left })}
          </p>
        )}
        {busy && <p role="status">{w.working}</p>}
        <PinPad label={w.enter} busy={busy} onPin={(pin) => void tryPin(pin)} />
        <button type="button" className="button" data-kind="quiet" onClick={() => setForgot(true)}>
          {w.forgot}
        </button>
        {forgot && (
          <Sheet title={w.forgot} onClose={() => setForgot(false)}>
            <p>{w.forgotAsk}</p>
            <button type="button" className="button" data-kind="danger" onClick={() => void app.destroyLists()}>
              {w.forgotYes}
            </button>
          </Sheet>
        )}
      </main>
      <Bar />
    </>
  );
}
