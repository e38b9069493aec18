import { type FormEvent, useEffect, useState } from "react";
import { ApiProblem } from "../../problem.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { Newcomer } from "../app.ts";
import { words } from "../field.words.ts";
import { useApp, useReason, useView } from "../parts/context.tsx";
import { Field } from "../parts/controls.tsx";
import { Bar, Screen } from "../parts/frame.tsx";
import { go } from "../parts/route.ts";
import { Sheet } from "../parts/sheet.tsx";
import { ChoosePin } from "./pin.tsx";

/** What went wrong, as a sentence. */
function useTrouble(): (error: unknown) => string {
  const w = useWords(words);
  const reason = useReason();
  return (error) => {
    if (error instanceof ApiProblem) return error.status >= 500 ? w.status.unreachable : reason(error.code);
    return navigator.onLine ? w.status.unreachable : w.signIn.offline;
  };
}

function Trouble({ text }: { readonly text: string }) {
  return text === "" ? null : (
    <p className="note" data-tone="bad" role="alert">
      {text}
    </p>
  );
}

/** The first use of a phone, or its use after its lists were destroyed: sign in, choose a PIN (首次登录). */
export function SignInScreen({ rescue }: { readonly rescue: boolean }) {
  const w = useWords(words).signIn;
  const view = useView();
  const app = useApp();
  const [newcomer, setNewcomer] = useState<Newcomer | null>(null);
  const [oldPassword, setOldPassword] = useState<string | null>(null);
  const [kept, setKept] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (rescue) void app.phone.sealedUnsent().then(setKept);
  }, [app, rescue]);
  const name = app.owner?.displayName ?? "";
  const arrive = async (one: Newcomer) => {
    if (!one.mustChangePassword && rescue && (await app.phone.opensRescue(one.password))) setOldPassword(one.password);
    setNewcomer(one);
  };
  const setUp = async (pin: string) => {
    if (!newcomer) return;
    setBusy(true);
    if (!(await app.setUp(newcomer, pin, oldPassword ?? newcomer.password))) setNewcomer(null);
    setBusy(false);
  };
  return (
    <>
      <main className="screen">
        {newcomer === null ? (
          <>
            <div className="head">
              <h1>{w.title}</h1>
            </div>
            {view.wiped && (
              <p className="note" data-tone="warn">
                {w.wiped}
              </p>
            )}
            <p>{rescue ? w.rescue({ name, count: kept }) : w.purpose}</p>
            <Credentials known={rescue ? (app.owner?.login ?? "") : null} onDone={arrive} />
            {rescue && <GiveUp count={kept} />}
          </>
        ) : newcomer.mustChangePassword ? (
          <NewPassword newcomer={newcomer} onDone={arrive} />
        ) : rescue && oldPassword === null ? (
          <OldPassword onDone={setOldPassword} />
        ) : (
          <ChoosePin busy={busy} onPin={(pin) => void setUp(pin)} />
        )}
      </main>
      <Bar />
    </>
  );
}

function Credentials({
  known,
  onDone,
}: {
  readonly known: string | null;
  readonly onDone: (newcomer: Newcomer) => Promise<void>;
}) {
  const w = useWords(words).signIn;
  const app = useApp();
  const trouble = useTrouble();
  const [account, setAccount] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [codeAsked, setCodeAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setText("");
    try {
      const newcomer = await app.signIn(account.trim(), password, totp.trim());
      if (known !== null && newcomer.owner.login !== known)
        setText(w.otherOwner({ name: app.owner?.displayName ?? "" }));
      else await onDone(newcomer);
    } catch (error) {
      if (error instanceof ApiProblem && error.code.startsWith("auth/totp")) setCodeAsked(true);
      setText(trouble(error));
    }
    setBusy(false);
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <Trouble text={text} />
      <Field label={w.account} value={account} onChange={setAccount} autoComplete="username" />
      <Field
        label={w.password}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      {codeAsked && (
        <Field
          label={w.totp}
          help={w.totpHelp}
          value={totp}
          onChange={setTotp}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      )}
      {busy && <p role="status">{w.busy}</p>}
      <button
        type="submit"
        className="button"
        data-kind="main"
        disabled={busy || account.trim() === "" || password === ""}
      >
        {w.submit}
      </button>
    </form>
  );
}

function NewPassword({
  newcomer,
  onDone,
}: {
  readonly newcomer: Newcomer;
  readonly onDone: (next: Newcomer) => Promise<void>;
}) {
  const w = useWords(words).signIn;
  const app = useApp();
  const trouble = useTrouble();
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onDone(await app.changePassword(newcomer, next));
    } catch (error) {
      setText(trouble(error));
    }
    setBusy(false);
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <h1>{w.changePassword}</h1>
      <Trouble text={text} />
      <Field
        label={w.newPassword}
        help={w.newPasswordHelp}
        type="password"
        value={next}
        onChange={setNext}
        autoComplete="new-password"
      />
      {busy && <p role="status">{w.busy}</p>}
      <button type="submit" className="button" data-kind="main" disabled={busy || next === ""}>
        {w.changePassword}
      </button>
    </form>
  );
}

function OldPassword({ onDone }: { readonly onDone: (password: string) => void }) {
  const w = useWords(words).signIn;
  const app = useApp();
  const [password, setPassword] = useState("");
  const [text, setText] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await app.phone.opensRescue(password)) onDone(password);
    else setText(w.oldPasswordWrong);
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <h1>{w.oldPassword}</h1>
      <Trouble text={text} />
      <Field label={w.oldPassword} help={w.oldPasswordHelp} type="password" value={password} onChange={setPassword} />
      <button type="submit" className="button" data-kind="main" disabled={password === ""}>
        {w.submit}
      </button>
    </form>
  );
}

function GiveUp({ count }: { readonly count: number }) {
  const w = useWords(words).signIn;
  const app = useApp();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <button type="button" className="button" data-kind="quiet" onClick={() => setAsked(true)}>
        {w.giveUp}
      </button>
      {asked && (
        <Sheet title={w.giveUp} onClose={() => setAsked(false)}>
          <p>{w.giveUpAsk({ count })}</p>
          <button type="button" className="button" data-kind="danger" onClick={() => void app.forget()}>
            {w.giveUpYes}
          </button>
        </Sheet>
      )}
    </>
  );
}

/** The session has ended; the phone stays open and everything stays where it is (重新登录). */
export function SignInAgainScreen() {
  const w = useWords(words).signIn;
  const app = useApp();
  const trouble = useTrouble();
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [codeAsked, setCodeAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await app.signInAgain(password, totp.trim());
      go("");
    } catch (error) {
      if (error instanceof ApiProblem && error.code.startsWith("auth/totp")) setCodeAsked(true);
      setText(trouble(error));
      setBusy(false);
    }
  };
  return (
    <Screen title={w.title} back="">
      <p>{w.again({ name: app.owner?.displayName ?? "" })}</p>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <Trouble text={text} />
        <Field
          label={w.password}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        {codeAsked && <Field label={w.totp} help={w.totpHelp} value={totp} onChange={setTotp} inputMode="numeric" />}
        {busy && <p role="status">{w.busy}</p>}
        <button type="submit" className="button" data-kind="main" disabled={busy || password === ""}>
          {w.submit}
        </button>
      </form>
    </Screen>
  );
}
