import { useState } from "react";
import { signIn } from "../../../kernel/auth/auth.contract.ts";
import { BarePage } from "../bare-page.tsx";
import { ApiProblem } from "../problem.ts";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { useWords } from "../ui/preferences.tsx";
import { words } from "../ui/ui.words.ts";
import { useOperationForm } from "../ui/use-operation-form.ts";

const toInput = (values: { account: string; password: string; totp: string }) => ({
  account: values.account,
  password: values.password,
  ...(values.totp.trim() ? { totp: values.totp.trim() } : {}),
});
const initial = { account: "", password: "", totp: "" };

/** Account and password; the one-time code is asked only when the account has one. */
export function SignIn({ onDone }: { readonly onDone: () => void }) {
  const w = useWords(words).signIn;
  const [codeAsked, setCodeAsked] = useState(false);
  const form = useOperationForm({
    operation: signIn,
    initial,
    toInput,
    labels: { account: w.account, password: w.password, totp: w.totp },
    onDone,
  });
  const code = form.failure instanceof ApiProblem ? form.failure.code : "";
  if (!codeAsked && (code === "auth/totp-required" || code === "auth/totp-wrong")) setCodeAsked(true);
  return (
    <OperationFields form={form} submitLabel={w.submit}>
      <TextField name="account" label={w.account} autoComplete="username" />
      <TextField name="password" label={w.password} type="password" autoComplete="current-password" />
      {codeAsked && (
        <TextField name="totp" label={w.totp} help={w.totpHelp} autoComplete="one-time-code" width="12em" />
      )}
    </OperationFields>
  );
}

/** The sign-in page (登录): shown in place of any page, so that signing in leads to where one was going. */
export function SignInPage({ onDone }: { readonly onDone: () => void }) {
  const w = useWords(words);
  return (
    <BarePage>
      <PageHead title={w.signIn.title} />
      <p>{w.signIn.purpose}</p>
      <SignIn onDone={onDone} />
      <p>
        <a href="/">{w.signIn.portal}</a>
      </p>
    </BarePage>
  );
}
