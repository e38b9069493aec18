import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { recordDonation } from "../donations.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { fieldOfLedger, GiftFields, giftInput, giftLabels } from "./gift-fields.tsx";

/** Records a gift (登记捐赠). */
export function Component() {
  const [round, setRound] = useState(0);
  return <Form key={round} again={() => setRound(round + 1)} />;
}

function Form({ again }: { readonly again: () => void }) {
  const f = useWords(formWords);
  const labels = useMemo(() => giftLabels(f.fields), [f]);
  const initial = useMemo<Record<string, unknown>>(() => ({ kind: "cash", on: dateInShanghai(new Date()) }), []);
  const form = useOperationForm({
    operation: recordDonation,
    initial,
    toInput: giftInput,
    labels,
    draftKey: "new",
    fieldOf: fieldOfLedger,
  });
  return (
    <FormPage
      title={f.record.title}
      purpose={f.record.purpose}
      minutes={3}
      form={form}
      submitLabel={f.record.submit}
      receipt={(output) => (
        <Receipt number={output.receipt} next={output.receiptState === "due" ? f.record.nextDue : f.record.next}>
          <p className="row-acts">
            <Link to={`/donations/${output.id}`}>{f.record.open}</Link>
            <Button onClick={again}>{f.record.again}</Button>
          </p>
        </Receipt>
      )}
    >
      <GiftFields />
    </FormPage>
  );
}
