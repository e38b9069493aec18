import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { recordHome } from "../homes.contract.ts";
import { words } from "./equipment.web.words.ts";
import { HomeFields, newHomeInput } from "./home-form.tsx";
import { useActWords } from "./labels.tsx";

/** Records a home (登记养老机构). */
export function Component() {
  const [round, setRound] = useState(0);
  return <Form key={round} again={() => setRound(round + 1)} />;
}

function Form({ again }: { readonly again: () => void }) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const given = useActWords();
  const { grant } = useSession();
  const initial = useMemo<Record<string, unknown>>(
    () => ({
      kind: "rural",
      ...(grant?.division && grant.division.length >= 6 ? { division: grant.division } : {}),
    }),
    [grant],
  );
  const form = useOperationForm({
    operation: recordHome,
    initial,
    toInput: newHomeInput,
    labels: given.fields,
    draftKey: "new",
    fieldOf: (code) =>
      code === "equipment/home-known"
        ? "name"
        : code === "equipment/unknown-division" || code === "equipment/county-missing"
          ? "division"
          : undefined,
  });
  return (
    <FormPage
      title={w.form.title}
      purpose={w.form.purpose}
      minutes={2}
      form={form}
      submitLabel={w.form.submit}
      receipt={(output) => (
        <Receipt next={w.form.next}>
          {output.sizeClass && <p>{w.form.size({ size: m.sizeClasses[output.sizeClass] })}</p>}
          <p className="row-acts">
            <Link to={`/equipment/homes/${output.id}`}>{w.form.open}</Link>
            <Button onClick={again}>{w.form.again}</Button>
          </p>
        </Receipt>
      )}
    >
      <HomeFields />
    </FormPage>
  );
}
