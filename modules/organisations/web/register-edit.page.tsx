import { useCallback, useMemo } from "react";
import { Link, useParams } from "react-router";
import { countName } from "../../../apps/web/ui/act-fields.ts";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { editApplication, getApplication } from "../organisations.contract.ts";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";
import { EstablishmentFields, NameCheck, useEstablishmentInput } from "./register-form.tsx";

const applicantOnly = ["applicant", "applicantPhone", "division"];

/** Stored facts as flat form values: lists become lines, papers become numbered rows. */
function valuesFrom(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name === "evidence" && Array.isArray(value)) {
      values[countName(name)] = value.length;
      value.forEach((row: Record<string, unknown>, at) => {
        for (const [key, one] of Object.entries(row)) values[`${name}.${at}.${key}`] = one;
      });
    } else values[name] = Array.isArray(value) ? value.join("\n") : (value ?? undefined);
  }
  return values;
}

/** Corrects an application before it is decided (修改申请). */
export function Component() {
  const { id } = useParams();
  const query = useQueryOperation(getApplication, { id });
  return <Answer query={query}>{(application) => <Edit application={application} />}</Answer>;
}

function Edit({ application }: { readonly application: OutputOf<typeof getApplication> }) {
  const w = useWords(words);
  const f = useWords(fieldWords);
  const initial = useMemo(() => valuesFrom(application.facts), [application]);
  const establish = useEstablishmentInput(applicantOnly);
  const toInput = useCallback(
    (values: Record<string, unknown>) => ({ applicationId: application.id, facts: establish(values) }),
    [application.id, establish],
  );
  const labels = useMemo(
    () => ({
      ...f.fields,
      ...Object.fromEntries(Object.entries(f.fields).map(([name, label]) => [`facts.${name}`, label])),
    }),
    [f],
  );
  const form = useOperationForm({ operation: editApplication, initial, toInput, labels });
  return (
    <FormPage
      title={`${w.applications.edit} · ${application.name}`}
      purpose={w.register.purpose}
      minutes={5}
      form={form}
      aside={<NameCheck values={form.values} />}
      receipt={() => (
        <Receipt number={application.receipt} next={w.register.receiptNext}>
          <Link to={`/applications/${application.id}`}>{w.register.open}</Link>
        </Receipt>
      )}
    >
      <EstablishmentFields without={applicantOnly} />
    </FormPage>
  );
}
