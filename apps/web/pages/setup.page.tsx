import { createFirstAdministrator } from "../../../kernel/auth/auth.contract.ts";
import { BarePage } from "../bare-page.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { Notice } from "../ui/notices.tsx";
import { useWords } from "../ui/preferences.tsx";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { words } from "./admin.words.ts";

const initial = { login: "", displayName: "", password: "", setupCode: "" };
const toInput = (values: typeof initial) => values;

/** The first administrator of an empty installation (首次启动). */
export function Component() {
  const w = useWords(words).setup;
  const form = useOperationForm({ operation: createFirstAdministrator, initial, toInput, labels: w });
  return (
    <BarePage>
      <PageHead title={w.title} />
      {form.output ? (
        <Notice tone="good" live title={w.done} action={<a href="/console/">{w.signIn}</a>}>
          {w.next}
        </Notice>
      ) : (
        <>
          <p>{w.purpose}</p>
          <OperationFields form={form} submitLabel={w.submit}>
            <TextField name="login" label={w.login} autoComplete="username" />
            <TextField name="displayName" label={w.displayName} autoComplete="name" />
            <TextField name="password" label={w.password} type="password" autoComplete="new-password" />
            <TextField name="setupCode" label={w.setupCode} code />
          </OperationFields>
        </>
      )}
    </BarePage>
  );
}
