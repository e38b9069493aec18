import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { ChoiceField, DateField, TextField } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { recordUse } from "../donations.contract.ts";
import { kinds } from "../donations.shapes.ts";
import { AmountField, linesOf, QuantityField, SerialsField } from "./amount-field.tsx";
import { words as formWords } from "./donations.forms.words.ts";
import { fieldOfLedger, ProgrammeField, RecipientField } from "./gift-fields.tsx";
import { useAmount } from "./labels.tsx";

const given = ["organisation", "purpose", "kind", "item", "spec", "unit", "event"] as const;
const sent = ["organisation", "purpose", "recipient", "description", "on", "event", "programme"] as const;

function toInput(values: Record<string, unknown>): Record<string, unknown> {
  const goods = values.kind === "goods";
  const out: Record<string, unknown> = {};
  for (const name of [...sent, ...(goods ? ["item", "spec", "unit", "quantity"] : ["amount"])]) {
    const value = values[name];
    if (value !== undefined && value !== "") out[name] = value;
  }
  const serials = linesOf(values.serials);
  if (goods && serials.length > 0) out.serials = [...new Set(serials)];
  return out;
}

/** Records what gifts were used for (登记使用); begins with the gift it was opened from. */
export function Component() {
  const [round, setRound] = useState(0);
  return <Form key={round} again={() => setRound(round + 1)} />;
}

function Form({ again }: { readonly again: () => void }) {
  const f = useWords(formWords);
  const [search] = useSearchParams();
  const amountOf = useAmount();
  const initial = useMemo<Record<string, unknown>>(
    () => ({
      kind: "cash",
      on: dateInShanghai(new Date()),
      ...Object.fromEntries(given.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : []))),
    }),
    [search],
  );
  const form = useOperationForm({
    operation: recordUse,
    initial,
    toInput,
    labels: f.fields,
    fieldOf: fieldOfLedger,
  });
  return (
    <FormPage
      title={f.use.title}
      purpose={f.use.purpose}
      minutes={2}
      form={form}
      submitLabel={f.use.submit}
      receipt={(output) => (
        <Receipt next={f.use.next}>
          <p>
            {f.use.balance({
              amount: amountOf(output.balance, output.kind === "cash" ? "fen" : String(form.values.unit ?? "")).trim(),
            })}
          </p>
          <p className="row-acts">
            <Link to="/donations/uses">{f.use.list}</Link>
            <Button onClick={again}>{f.use.again}</Button>
          </p>
        </Receipt>
      )}
    >
      <UseFields />
    </FormPage>
  );
}

function UseFields() {
  const f = useWords(formWords);
  const form = useForm();
  const goods = form.values.kind === "goods";
  const bare = (name: keyof typeof f.fields) => ({ name, label: f.fields[name], required: false });
  return (
    <>
      <ChoiceField {...bare("kind")} required choices={choicesOf(kinds, f.kinds)} />
      <RecipientField name="organisation" />
      <TextField {...bare("purpose")} help={f.help.usePurpose} maxLength={200} />
      {goods ? (
        <>
          <TextField {...bare("item")} required maxLength={200} />
          <TextField {...bare("spec")} maxLength={100} />
          <QuantityField {...bare("quantity")} help={f.help.quantity} required />
          <TextField {...bare("unit")} maxLength={20} width="12em" />
          <SerialsField {...bare("serials")} help={f.help.serials} />
        </>
      ) : (
        <AmountField {...bare("amount")} help={f.help.amount} required />
      )}
      <TextField {...bare("recipient")} help={f.help.recipient} maxLength={200} />
      <TextField {...bare("description")} required rows={2} maxLength={500} />
      <DateField {...bare("on")} max={dateInShanghai(new Date())} />
      <TextField {...bare("event")} maxLength={100} />
      <ProgrammeField name="programme" />
    </>
  );
}
