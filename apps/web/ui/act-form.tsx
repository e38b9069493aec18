import { Button, Modal } from "antd";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { z } from "zod";
import type { Operation } from "../../../kernel/operation/define.ts";
import type { Callable } from "../client.ts";
import { actFields, inputFrom } from "./act-fields.ts";
import { ActFields, type ActWords, type Searches, useLabels } from "./act-inputs.tsx";
import { OperationFields } from "./form-page.tsx";
import { Notice } from "./notices.tsx";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import { useOperationForm } from "./use-operation-form.ts";

export { ActFields, type ActWords, type Searches, searchDivisions } from "./act-inputs.tsx";

export interface ActFormProps<In, Sent, Out> {
  readonly operation: Callable<In, Sent, Out>;
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly given: ActWords;
  readonly initial?: Readonly<Record<string, unknown>>;
  readonly submitLabel?: string;
  readonly legal?: boolean;
  readonly searches?: Searches;
  readonly organisationId?: string;
  readonly subjectId?: string;
  readonly draftKey?: string;
  readonly fieldOf?: FieldOf;
  readonly onDone?: (output: Out) => void;
  readonly before?: ReactNode;
}

/** The field a refusal is about, where its facts do not say so. */
type FieldOf = (code: string, facts: Readonly<Record<string, unknown>>) => string | undefined;

const nothing = {};

/** A form made from an operation's declaration (办理表单). */
export function ActForm<In, Sent, Out>({
  operation,
  fixed = nothing,
  given,
  initial = nothing,
  ...rest
}: ActFormProps<In, Sent, Out>) {
  const fields = useMemo(() => actFields(operation as Pick<Operation, "input">, fixed), [operation, fixed]);
  const labels = useLabels(fields, given);
  const toInput = useCallback((values: Record<string, unknown>) => inputFrom(fields, values, fixed), [fields, fixed]);
  const form = useOperationForm<Record<string, unknown>, In, Sent, Out>({
    operation,
    initial: initial as Record<string, unknown>,
    toInput,
    labels,
    draftKey: rest.draftKey,
    fieldOf: rest.fieldOf,
    onDone: rest.onDone,
  });
  return (
    <OperationFields form={form} submitLabel={rest.submitLabel} legal={rest.legal}>
      {rest.before}
      <ActFields
        fields={fields}
        given={given}
        searches={rest.searches}
        organisationId={rest.organisationId}
        subjectId={rest.subjectId}
      />
    </OperationFields>
  );
}

export interface ActChoice {
  readonly key: string;
  readonly title: string;

  readonly operation: Operation<unknown, unknown, unknown, string>;
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly legal?: boolean;
  /** Why it cannot be done now; empty = it can. */
  readonly reasons: readonly string[];
  readonly note?: string;
  readonly initial?: Readonly<Record<string, unknown>>;
  /** Names and pickers of this act alone, where one name means another thing than in the others. */
  readonly given?: Partial<ActWords>;
  readonly searches?: Searches;
  readonly fieldOf?: FieldOf;
}

/** The acts of a file as buttons (可办事项): possible ones first and prominent, the others with their reasons below. */
export function ActButtons({
  acts,
  given,
  searches,
  organisationId,
  subjectId,
  doneText,
  onDone,
  quiet = false,
  open: inTheOpen = 3,
}: {
  readonly acts: readonly ActChoice[];
  readonly given: ActWords;
  readonly searches?: Searches;
  readonly organisationId?: string;
  readonly subjectId?: string;
  readonly doneText?: (act: ActChoice, output: unknown) => ReactNode;
  readonly onDone?: (act: ActChoice, output: unknown) => void;
  /** Inside a row: small, and no line of its own when there is nothing to do. */
  readonly quiet?: boolean;
  /** How many possible acts stand in the open; the others wait behind "other things you can do". */
  readonly open?: number;
}) {
  const w = useWords(words).act;
  const [chosen, setChosen] = useState<ActChoice>();
  const [done, setDone] = useState<ReactNode>();
  const possible = acts.filter((act) => act.reasons.length === 0);
  const shown = possible.slice(0, quiet ? possible.length : inTheOpen);
  const waiting = possible.slice(shown.length);
  const blocked = acts.filter((act) => act.reasons.length > 0);
  const finish = (act: ActChoice, output: unknown) => {
    setChosen(undefined);
    setDone(doneText?.(act, output) ?? `${act.title}：${w.done}`);
    onDone?.(act, output);
  };
  return (
    <>
      {done && (
        <Notice tone="good" live>
          {done}
        </Notice>
      )}
      <div className={quiet ? "row-acts" : "file-acts"}>
        {possible.length === 0 && !quiet && <span className="act-why">{w.nothing}</span>}
        {shown.map((act, at) => (
          <Button
            key={act.key}
            size={quiet ? "small" : "middle"}
            type={!quiet && (at === 0 || act.legal) ? "primary" : "default"}
            className={act.legal && !quiet ? "act-legal" : undefined}
            onClick={() => setChosen(act)}
          >
            {act.title}
          </Button>
        ))}
        {blocked.length + waiting.length > 0 && (
          <details className="file-others">
            <summary>{w.otherActs}</summary>
            {waiting.length > 0 && (
              <div className="row-acts">
                {waiting.map((act) => (
                  <Button key={act.key} onClick={() => setChosen(act)}>
                    {act.title}
                  </Button>
                ))}
              </div>
            )}
            <ul className="act-blocked-list">
              {blocked.map((act) => (
                <li key={act.key}>
                  <strong>{act.title}</strong>
                  <ul>
                    {act.reasons.map((reason) => (
                      <li key={reason}>{reason}</li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <Modal
        open={chosen !== undefined}
        title={chosen?.title}
        footer={null}
        onCancel={() => setChosen(undefined)}
        destroyOnHidden
        width={640}
      >
        {chosen && (
          <ActForm
            key={chosen.key}
            operation={chosen.operation}
            fixed={chosen.fixed}
            initial={chosen.initial}
            given={
              chosen.given
                ? {
                    fields: { ...given.fields, ...chosen.given.fields },
                    help: { ...given.help, ...chosen.given.help },
                    choices: { ...given.choices, ...chosen.given.choices },
                  }
                : given
            }
            searches={chosen.searches ?? searches}
            organisationId={organisationId}
            subjectId={subjectId}
            legal={chosen.legal}
            submitLabel={chosen.title}
            fieldOf={chosen.fieldOf}
            draftKey={`${subjectId ?? organisationId ?? "new"}.${chosen.key}`}
            onDone={(output) => finish(chosen, output)}
            before={
              <>
                {chosen.note && <p>{chosen.note}</p>}
                {chosen.legal && <p className="act-legal-note">{w.confirmLegal}</p>}
              </>
            }
          />
        )}
      </Modal>
    </>
  );
}

export type OutputOf<Op extends { readonly output: z.ZodType }> = z.output<Op["output"]>;
