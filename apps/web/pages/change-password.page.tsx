import { Button } from "antd";
import { changePassword } from "../../../kernel/auth/auth.contract.ts";
import { BarePage } from "../bare-page.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { Notice } from "../ui/notices.tsx";
import { useWords } from "../ui/preferences.tsx";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { words } from "./pages.words.ts";

const initial = { current: "", next: "" };
const toInput = (values: typeof initial) => values;

/** Fields to change one's own password. Every session ends with it: the page comes back asking for the new one. */
export function ChangePassword() {
  const w = useWords(words).account;
  const form = useOperationForm({
    operation: changePassword,
    initial,
    toInput,
    labels: { current: w.current, next: w.next },
    onDone: () => location.reload(),
  });
  if (form.output) {
    return (
      <Notice tone="good" live title={w.done}>
        {w.doneNext}
      </Notice>
    );
  }
  return (
    <OperationFields form={form} submitLabel={w.change}>
      <TextField name="current" label={w.current} type="password" autoComplete="current-password" />
      <TextField name="next" label={w.next} help={w.nextHelp} type="password" autoComplete="new-password" />
    </OperationFields>
  );
}

/** The first password must be changed before anything else (首次登录改口令). */
export function ChangePasswordPage({ forced = false }: { readonly forced?: boolean }) {
  const w = useWords(words).account;
  return (
    <BarePage>
      <PageHead title={w.change} />
      <p>{forced ? w.forced : w.purpose}</p>
      <ChangePassword />
      {!forced && <Button onClick={() => history.back()}>{w.goOn}</Button>}
    </BarePage>
  );
}
