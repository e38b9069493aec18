import { Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { confirmTotp, enrolTotp } from "../../../kernel/auth/auth.contract.ts";
import { BarePage } from "../bare-page.tsx";
import { useSession } from "../session.tsx";
import { ActButton } from "../ui/act-button.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { Failed, Notice } from "../ui/notices.tsx";
import { useWords } from "../ui/preferences.tsx";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { useCommand } from "../use-operation.ts";
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

/** Switches one-time codes on (启用动态口令): secret, first code, recovery codes shown once. */
export function SecondFactor({ onEnrolled }: { readonly onEnrolled?: () => void }) {
  const w = useWords(words).account;
  const { me, refresh } = useSession();
  const enrol = useCommand(enrolTotp);
  const [codes, setCodes] = useState<Codes>();
  if (codes)
    return (
      <Notice tone="good" live title={w.totpOn}>
        <p>{w.recovery}</p>
        <pre>{codes.join("\n")}</pre>
      </Notice>
    );
  if (me.totpEnrolled) return <p>{w.totpOn}</p>;
  if (enrol.data)
    return (
      <ConfirmTotp
        secret={enrol.data.secret}
        onDone={(given) => {
          setCodes(given);
          onEnrolled?.();
          void refresh();
        }}
      />
    );
  return (
    <>
      <p>{w.totpOff}</p>
      <ActButton onAct={() => enrol.mutateAsync({}).catch(() => {})} busy={enrol.isPending}>
        {w.totpStart}
      </ActButton>
      {enrol.error && <Failed error={enrol.error} />}
    </>
  );
}

/** An administrator enrols before anything else (管理员首次登录启用动态口令); the page stays until the codes were read. */
export function SecondFactorPage({
  onEnrolled,
  onGoOn,
}: {
  readonly onEnrolled: () => void;
  readonly onGoOn: () => void;
}) {
  const w = useWords(words).account;
  const { me, signOut } = useSession();
  return (
    <BarePage>
      <PageHead title={w.totp} />
      {me.secondFactorFirst && <p>{w.totpFirst}</p>}
      <SecondFactor onEnrolled={onEnrolled} />
      {me.secondFactorFirst ? (
        <Button onClick={() => void signOut()}>{w.leave}</Button>
      ) : (
        <Button type="primary" onClick={onGoOn}>
          {w.goOn}
        </Button>
      )}
    </BarePage>
  );
}
