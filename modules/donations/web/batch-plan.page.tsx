import { useCallback } from "react";
import { Link, useParams } from "react-router";
import { Field } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { showCount, showYuan } from "../../../apps/web/ui/format.ts";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { readCandidates } from "../candidates.rules.ts";
import { getProgramme } from "../donations.lists.contract.ts";
import { planBatch } from "../programmes.contract.ts";
import { AmountField } from "./amount-field.tsx";
import { words as formWords } from "./donations.forms.words.ts";

const initial: Record<string, unknown> = {};

/** Plans a batch (编制批次) from a pasted list of candidates. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getProgramme, { id });
  return (
    <Answer query={query}>
      {(file) => <Form id={id} leftFen={file.budgetFen - file.plannedFen} name={file.name} />}
    </Answer>
  );
}

function Form({ id, leftFen, name }: { readonly id: string; readonly leftFen: number; readonly name: string }) {
  const f = useWords(formWords);
  const toInput = useCallback(
    (values: Record<string, unknown>) => ({
      programme: id,
      unitValueFen: values.unitValueFen,
      candidates: readCandidates(String(values.candidates ?? "")).candidates,
    }),
    [id],
  );
  const form = useOperationForm({
    operation: planBatch,
    initial,
    toInput,
    labels: f.fields,
    draftKey: id,
    fieldOf: (code) => (code === "donations/repeated-recipient" ? "candidates" : undefined),
  });
  const unit = form.values.unitValueFen;
  return (
    <FormPage
      title={`${f.programmes.plan} · ${name}`}
      purpose={f.plan.purpose}
      minutes={5}
      form={form}
      submitLabel={f.plan.submit}
      receipt={(output) => (
        <Receipt next={f.plan.next}>
          <p>
            {f.programmes.served} {showCount(output.ranked.length)} · {f.programmes.leftOut}{" "}
            {showCount(output.leftOut.length)} · {f.programmes.total} {showYuan(output.totalFen)}
          </p>
          <Link to={`/donations/batches/${output.id}`}>{f.plan.open}</Link>
        </Receipt>
      )}
    >
      <AmountField name="unitValueFen" label={f.fields.unitValueFen} help={f.help.amount} keep="fen" required />
      {typeof unit === "number" && unit > 0 && (
        <p className="field-help">{f.plan.room({ count: showCount(Math.max(0, Math.floor(leftFen / unit))) })}</p>
      )}
      <Candidates />
    </FormPage>
  );
}

function Candidates() {
  const f = useWords(formWords);
  const form = useForm();
  const text = String(form.values.candidates ?? "");
  const read = readCandidates(text);
  const shown = read.candidates.slice(0, 8);
  return (
    <Field name="candidates" label={f.fields.candidates} help={f.plan.help} required>
      {(control) => (
        <>
          <textarea
            {...control}
            className="plain-input"
            rows={8}
            spellCheck={false}
            value={text}
            onChange={(event) => form.set("candidates", event.target.value)}
          />
          {text.trim() !== "" && (
            <output className="field-read">
              {[
                f.plan.readSome({ count: read.candidates.length }),
                read.unclear.length > 0 && f.plan.unclear({ lines: read.unclear.slice(0, 10).join("、") }),
                read.repeated.length > 0 && f.plan.repeated({ names: read.repeated.slice(0, 10).join("、") }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </output>
          )}
          {shown.length > 0 && (
            <ul aria-label={f.plan.preview} className="quiet">
              {shown.map((one) => (
                <li key={one.id}>
                  {[
                    one.id,
                    one.in?.join("、"),
                    one.floodSeverity,
                    one.need,
                    one.alreadyReceived && f.batch.whys["already-served"],
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </li>
              ))}
              {read.candidates.length > shown.length && <li>…</li>}
            </ul>
          )}
        </>
      )}
    </Field>
  );
}
