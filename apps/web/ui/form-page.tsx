import { Button } from "antd";
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef } from "react";
import { NoAnswer } from "../problem.ts";
import { PageHead } from "./file-page.tsx";
import { showInstant } from "./format.ts";
import { Failed, Notice } from "./notices.tsx";
import { usePreferences, useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import type { OperationForm } from "./use-operation-form.ts";
import "./form.css";

/** Fields of every form meet here; each field narrows its own value. */
type AnyForm = OperationForm<Record<string, unknown>, unknown>;
const FormContext = createContext<AnyForm | null>(null);

/** The form a field belongs to. */
export function useForm(): AnyForm {
  const form = useContext(FormContext);
  if (!form) throw new Error("a field stands outside a form");
  return form;
}

/** The address of a field on the page. */
export function fieldId(path: string): string {
  return `field-${path.replaceAll(".", "-")}`;
}

function focusField(path: string): void {
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const box = document.getElementById(fieldId(parts.slice(0, length).join(".")));
    if (!box) continue;
    const target = box.matches("input, textarea, select, button")
      ? box
      : (box.querySelector<HTMLElement>("input, textarea, select, button") ?? box);
    box.scrollIntoView({ block: "center" });
    target.focus();
    return;
  }
}

/** The body of a form: error summary on top, fields, one button; used alone in dialogs and by FormPage. */
export function OperationFields<Values, Out>({
  form,
  submitLabel,
  legal = false,
  children,
  extra,
}: {
  readonly form: OperationForm<Values, Out>;
  readonly submitLabel?: string;
  readonly legal?: boolean;
  readonly children: ReactNode;
  readonly extra?: ReactNode;
}) {
  const w = useWords(words).form;
  const { locale } = usePreferences();
  const summary = useRef<HTMLDivElement>(null);
  const { attempts, refusals, troubles } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the summary takes the focus once per attempt and once per answer.
  useEffect(() => {
    if (attempts > 0 && troubles.length > 0) summary.current?.focus();
  }, [attempts, refusals]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!form.sending) void form.submit();
  };
  return (
    <FormContext.Provider value={form as unknown as AnyForm}>
      <form className="form" noValidate onSubmit={onSubmit}>
        {form.draft.restoredAt !== null && (
          <Notice
            action={
              <Button size="small" onClick={form.draft.discard}>
                {w.discardDraft}
              </Button>
            }
          >
            {w.draftRestored({ at: showInstant(form.draft.restoredAt, locale) })}
          </Notice>
        )}
        {troubles.length > 0 && (
          <div ref={summary} tabIndex={-1} role="alert" className="form-summary">
            <h2>{w.errorsTitle({ count: troubles.length })}</h2>
            <ul>
              {troubles.map((one) => (
                <li key={one.path}>
                  <a
                    href={`#${fieldId(one.path)}`}
                    onClick={(event) => {
                      event.preventDefault();
                      focusField(one.path);
                    }}
                  >
                    {one.sentence}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
        {children}
        {form.failure !== undefined && troubles.length === 0 && (
          <>
            <Failed error={form.failure} />
            {(form.draft.savedAt !== null || form.failure instanceof NoAnswer) && (
              <p className="form-kept">
                {w.notSent}
                {form.failure instanceof NoAnswer && ` ${w.notSentHelp}`}
              </p>
            )}
          </>
        )}
        <div className="form-end">
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            className={legal ? "act-legal" : undefined}
            loading={form.sending && { icon: <span /> }}
          >
            {form.sending ? w.sending : (submitLabel ?? w.submit)}
          </Button>
          {extra}
          <span className="form-draft" role="status">
            {form.draft.savedAt !== null && w.draftKept({ at: showInstant(form.draft.savedAt, locale) })}
          </span>
        </div>
      </form>
    </FormContext.Provider>
  );
}

/** A page with one form (办事页): one sentence of purpose, how long it takes, the fields, and a receipt afterwards. */
export function FormPage<Values, Out>(props: {
  readonly title: string;
  readonly purpose: string;
  readonly minutes: number;
  readonly form: OperationForm<Values, Out>;
  readonly submitLabel?: string;
  readonly legal?: boolean;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
  readonly extra?: ReactNode;
  readonly receipt: (output: Out) => ReactNode;
}) {
  const w = useWords(words).form;
  const done = useRef<HTMLDivElement>(null);
  const { output } = props.form;
  useEffect(() => {
    if (output !== undefined) done.current?.focus();
  }, [output]);
  return (
    <article className="form-page">
      <PageHead title={props.title} />
      {output !== undefined ? (
        <div ref={done} tabIndex={-1} className="form-receipt">
          {props.receipt(output)}
        </div>
      ) : (
        <>
          <p className="form-purpose">
            {props.purpose} <span className="form-minutes">{w.minutes({ minutes: props.minutes })}</span>
          </p>
          <div className={props.aside ? "form-columns" : undefined}>
            <OperationFields form={props.form} submitLabel={props.submitLabel} legal={props.legal} extra={props.extra}>
              {props.children}
            </OperationFields>
            {props.aside && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
              <aside className="form-aside" tabIndex={0}>
                {props.aside}
              </aside>
            )}
          </div>
        </>
      )}
    </article>
  );
}

/** What the reader takes away after sending (回执): a number, the time, and what happens next. */
export function Receipt({
  number,
  at,
  next,
  children,
}: {
  readonly number?: string;
  readonly at?: string;
  readonly next: string;
  readonly children?: ReactNode;
}) {
  const w = useWords(words).form;
  const { locale } = usePreferences();
  return (
    <section className="receipt">
      <h2>{w.receipt}</h2>
      {number && (
        <p>
          {w.receiptNumber} <strong className="receipt-number">{number}</strong>
        </p>
      )}
      <p>
        {w.receiptAt} {showInstant(at ?? Date.now(), locale)}
      </p>
      <p>{w.whatNext({ next })}</p>
      {children}
    </section>
  );
}
