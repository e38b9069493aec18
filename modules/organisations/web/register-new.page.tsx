import { Link } from "react-router";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { draftRegistration } from "../organisations.contract.ts";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";
import { EstablishmentFields, NameCheck, useEstablishmentInput } from "./register-form.tsx";

const initial: Record<string, unknown> = { level: "local" };

/** Records an application to set up an organisation (成立登记申请). */
export function Component() {
  const w = useWords(words).register;
  const f = useWords(fieldWords);
  const toInput = useEstablishmentInput();
  const form = useOperationForm({ operation: draftRegistration, initial, toInput, labels: f.fields, draftKey: "new" });
  return (
    <FormPage
      title={w.title}
      purpose={w.purpose}
      minutes={15}
      form={form}
      aside={<NameCheck values={form.values} />}
      receipt={(output) => (
        <Receipt number={output.receipt} next={w.receiptNext}>
          <p>
            <Link to={`/applications/${output.applicationId}`}>{w.open}</Link>
          </p>
        </Receipt>
      )}
    >
      <EstablishmentFields />
    </FormPage>
  );
}
