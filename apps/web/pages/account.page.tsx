import { useState } from "react";
import type { z } from "zod";
import { confirmTotp, enrolTotp } from "../../../kernel/auth/auth.contract.ts";
import { useSession } from "../session.tsx";
import { ActButton } from "../ui/act-button.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { Failed, Notice } from "../ui/notices.tsx";
import { useWords } from "../ui/preferences.tsx";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { useCommand } from "../use-operation.ts";
import { ChangePassword } from "./change-password.page.tsx";
import { words } from "./pages.words.ts";

type Codes = z.output<typeof confirmTotp.output>["recoveryCodes"];

function ConfirmTotp({ secret, onDone }: { readonly secret: string; readonly onDone: (codes: Codes) => void }) {
  const w = useWords(words).account;
  const [initial] = useState({ code: "" });
  const [toInput] = useState(() => (values: { code: string }) => ({ secret, code: values.code.trim() }));
  const form = useOperationForm({
    operation: confirmTotp,
    initial,
    toInput,
    labels: { code: w.totpCode },
    onDone: (output) => onDone(output.recoveryCodes),
  });
  return (
    <OperationFields form={form} submitLabel={w.totpConfirm}>
      <p>{w.totpSecret}</p>
      <p>
        <code className="receipt-number">{secret}</code>
      </p>
      <TextField name="code" label={w.totpCode} autoComplete="one-time-code" width="10em" />
    </OperationFields>
  );
}

/** One's own account (账号安全): password and one-time codes. */
export function Component() {
  const w = useWords(words).account;
  const { me, refresh } = useSession();
  const enrol = useCommand(enrolTotp);
  const [codes, setCodes] = useState<Codes>();
  return (
    <>
      <PageHead title={w.title} state={me.displayName} />
      <Section title={w.change}>
        <p>{w.purpose}</p>
        <ChangePassword />
      </Section>
      <Section title={w.totp}>
        {codes ? (
          <Notice tone="good" live title={w.totpOn}>
            <p>{w.recovery}</p>
            <pre>{codes.join("\n")}</pre>
          </Notice>
        ) : me.totpEnrolled ? (
          <p>{w.totpOn}</p>
        ) : enrol.data ? (
          <ConfirmTotp
            secret={enrol.data.secret}
            onDone={(given) => {
              setCodes(given);
              void refresh();
            }}
          />
        ) : (
          <>
            <p>{w.totpOff}</p>
            <ActButton onAct={() => enrol.mutateAsync({}).catch(() => {})} busy={enrol.isPending}>
              {w.totpStart}
            </ActButton>
            {enrol.error && <Failed error={enrol.error} />}
          </>
        )}
      </Section>
    </>
  );
}
