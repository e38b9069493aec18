import { Button } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { changeDivisions, previewChange } from "../../../kernel/divisions/change.contract.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import { actFields, inputFrom } from "../ui/act-fields.ts";
import { ActFields, ActForm, type ActWords, type OutputOf, searchDivisions } from "../ui/act-form.tsx";
import { useLabels } from "../ui/act-inputs.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { showCount } from "../ui/format.ts";
import { Ledger } from "../ui/ledger.tsx";
import { Notice } from "../ui/notices.tsx";
import { useWords } from "../ui/preferences.tsx";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { words } from "./divisions.words.ts";

type Preview = OutputOf<typeof previewChange>;
type Done = OutputOf<typeof changeDivisions>;
interface Plan {
  readonly input: Readonly<Record<string, unknown>>;
  readonly preview: Preview;
}

/** Renames and mergers of townships and villages (区划变更): what it touches is shown before anything is done. */
export function Component() {
  const w = useWords(words);
  const [plan, setPlan] = useState<Plan>();
  const [done, setDone] = useState<Done>();
  const given: ActWords = {
    fields: { on: w.on, changes: w.changes, from: w.from, to: w.to, name: w.name, reason: w.reason },
    help: { on: w.onHelp, to: w.toHelp, name: w.nameHelp },
  };
  if (done)
    return (
      <>
        <PageHead title={w.title} />
        <Notice tone="good" live title={w.doneTitle}>
          <p>{w.done({ codes: done.codes.length, rows: done.rows, tables: done.tables })}</p>
        </Notice>
        <Codes codes={done.codes} />
        <Button
          onClick={() => {
            setDone(undefined);
            setPlan(undefined);
          }}
        >
          {w.more}
        </Button>
      </>
    );
  return (
    <>
      <PageHead title={w.title} state={w.purpose} />
      <div hidden={plan !== undefined}>
        <Changes given={given} onPlan={setPlan} />
      </div>
      {plan && (
        <>
          <Confirmation plan={plan} given={given} onDone={setDone} />
          <Button onClick={() => setPlan(undefined)}>{w.again}</Button>
        </>
      )}
    </>
  );
}

/** The changes, asked for as a preview: the form stays as it was typed when somebody comes back to it. */
function Changes({ given, onPlan }: { readonly given: ActWords; readonly onPlan: (plan: Plan) => void }) {
  const w = useWords(words);
  const fields = useMemo(() => actFields(previewChange as Pick<Operation, "input">, {}), []);
  const labels = useLabels(fields, given);
  const asked = useRef<Readonly<Record<string, unknown>>>({});
  const toInput = useCallback(
    (values: Record<string, unknown>) => {
      asked.current = inputFrom(fields, values, {}) as Readonly<Record<string, unknown>>;
      return asked.current;
    },
    [fields],
  );
  const form = useOperationForm({
    operation: previewChange,
    initial: { on: dateInShanghai(new Date()) } as Record<string, unknown>,
    toInput,
    labels,
    onDone: (preview) => onPlan({ input: asked.current, preview }),
  });
  // A code nobody has yet cannot be found, only typed.
  const searchOrNew = async (typed: string) => {
    const code = typed.trim();
    const found = await searchDivisions(typed);
    const isNew = /^(\d{9}|\d{12})$/.test(code) && !found.some((one) => one.value === code);
    return isNew ? [...found, { value: code, label: w.newCode({ code }) }] : found;
  };
  return (
    <OperationFields form={form} submitLabel={w.preview}>
      <ActFields fields={fields} given={given} searches={{ from: searchDivisions, to: searchOrNew }} />
    </OperationFields>
  );
}

function Codes({ codes }: { readonly codes: Preview["codes"] }) {
  const w = useWords(words);
  return (
    <Ledger
      id="division-codes"
      caption={w.codes}
      columns={[
        { key: "from", title: w.codes, cell: (row) => row.from, text: (row) => row.from },
        {
          key: "to",
          title: w.becomes,
          cell: (row) => `${row.to === row.from ? "" : `${row.to} `}${row.name}`,
          text: (row) => `${row.to} ${row.name}`,
        },
      ]}
      rows={codes}
      rowKey={(row) => `${row.from}>${row.to}`}
    />
  );
}

function Confirmation({
  plan,
  given,
  onDone,
}: {
  readonly plan: Plan;
  readonly given: ActWords;
  readonly onDone: (done: Done) => void;
}) {
  const w = useWords(words);
  const { codes, rows } = plan.preview;
  const named = (table: string) => (w.tables as Readonly<Record<string, string>>)[table] ?? table;
  const total = rows.reduce((sum, one) => sum + one.rows, 0);
  return (
    <>
      <Section title={w.plan}>
        <p>{w.planState({ codes: codes.length, rows: total })}</p>
        <Codes codes={codes} />
      </Section>
      <Section title={w.rows}>
        {rows.length === 0 ? (
          <p>{w.noRows}</p>
        ) : (
          <Ledger
            id="division-rows"
            caption={w.rows}
            columns={[
              { key: "table", title: w.table, cell: (row) => named(row.table), text: (row) => named(row.table) },
              {
                key: "rows",
                title: w.count,
                cell: (row) => showCount(row.rows),
                text: (row) => String(row.rows),
                numeric: true,
              },
            ]}
            rows={rows}
            rowKey={(row) => row.table}
          />
        )}
        <p className="quiet">{w.kept}</p>
      </Section>
      <ActForm
        operation={changeDivisions}
        fixed={plan.input}
        given={given}
        submitLabel={w.confirm}
        legal
        onDone={onDone}
      />
    </>
  );
}
