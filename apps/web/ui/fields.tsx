import { Checkbox, Radio, Select } from "antd";
import { type ReactNode, useState } from "react";
import { classes } from "./classes.ts";
import { Field, type FieldProps, UnitInput } from "./field.tsx";
import { fieldId, useForm } from "./form-page.tsx";
import { fenFromYuan, showYuan } from "./format.ts";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

export * from "./field.tsx";

/** A number (数), whole unless decimals are let in. The value is a number, or undefined while nothing is typed. */
export function NumberField(
  props: FieldProps & { readonly unit?: string; readonly width?: string; readonly decimals?: boolean },
) {
  const form = useForm();
  const value = form.values[props.name] as number | undefined;
  const [text, setText] = useState(value === undefined || value === null ? "" : String(value));
  return (
    <Field {...props}>
      {(control) => (
        <UnitInput
          {...control}
          inputMode={props.decimals ? "decimal" : "numeric"}
          value={text}
          unit={props.unit}
          width={props.width ?? "12em"}
          onChange={(event) => {
            const typed = event.target.value;
            setText(typed);
            const plain = typed.normalize("NFKC").replace(/[\s,，]/g, "");
            const written = props.decimals ? /^-?\d{1,9}(\.\d{1,6})?$/ : /^-?\d{1,15}$/;
            const number = written.test(plain) ? Number(plain) : undefined;
            const problem = props.decimals ? "number" : "whole-number";
            form.setOwnProblem(props.name, plain !== "" && number === undefined ? problem : undefined);
            form.set(props.name, number);
          }}
        />
      )}
    </Field>
  );
}

/** Money typed in yuan, kept in fen (金额): the amount is read back in ten thousands so that a zero too many is seen. */
export function MoneyField(props: FieldProps) {
  const w = useWords(words).form;
  const form = useForm();
  const fen = form.values[props.name] as number | undefined;
  const [text, setText] = useState(fen === undefined || fen === null ? "" : showYuan(fen));
  const wan = fen !== undefined && fen !== null && Math.abs(fen) >= 1_000_000;
  return (
    <Field {...props}>
      {(control) => (
        <>
          <UnitInput
            {...control}
            inputMode="decimal"
            value={text}
            unit={w.yuan}
            className="field-money"
            onChange={(event) => {
              const typed = event.target.value;
              setText(typed);
              const value = fenFromYuan(typed);
              form.setOwnProblem(props.name, typed.trim() !== "" && value === undefined ? "money" : undefined);
              form.set(props.name, value);
            }}
            onBlur={() => {
              if (fen !== undefined && fen !== null) setText(showYuan(fen));
            }}
          />
          {wan && (
            <span className="field-read">
              {w.moneyRead({
                text: `${(fen / 1_000_000).toLocaleString("en-US", { maximumFractionDigits: 4 })} ${w.wanYuan}`,
              })}
            </span>
          )}
        </>
      )}
    </Field>
  );
}

/** A calendar date (日期), "YYYY-MM-DD", typed or picked with the browser's own picker. */
export function DateField(props: FieldProps & { readonly min?: string; readonly max?: string }) {
  const form = useForm();
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          type="date"
          className="plain-input field-date"
          min={props.min}
          max={props.max}
          value={String(form.values[props.name] ?? "")}
          onChange={(event) => form.set(props.name, event.target.value || undefined)}
        />
      )}
    </Field>
  );
}

/** A moment (时刻), as the clocks of China show it; kept as an instant with its offset. */
export function InstantField(props: FieldProps) {
  const form = useForm();
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          className="plain-input field-date"
          value={String(form.values[props.name] ?? "").slice(0, 16)}
          onChange={(event) =>
            form.set(props.name, event.target.value ? `${event.target.value.slice(0, 16)}:00+08:00` : undefined)
          }
        />
      )}
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
}

/** One of several (单选): all of them in sight up to six, a list with search beyond. */
export function ChoiceField(props: FieldProps & { readonly choices: readonly Choice[] }) {
  const w = useWords(words).form;
  const form = useForm();
  const value = form.values[props.name] as string | undefined;
  if (props.choices.length > 6) {
    return (
      <Field {...props}>
        {(control) => (
          <Select
            {...control}
            showSearch={{ optionFilterProp: "label" }}
            allowClear={!(props.required ?? form.required(props.name))}
            placeholder={w.choose}
            value={value}
            options={props.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
            onChange={(next: string | undefined) => form.set(props.name, next)}
            style={{ width: "100%" }}
          />
        )}
      </Field>
    );
  }
  return (
    <Field {...props} group>
      {(control) => (
        <Radio.Group
          value={value}
          name={props.name}
          className="field-radios"
          onChange={(event) => form.set(props.name, event.target.value as string)}
        >
          {props.choices.map((choice, at) => (
            <Radio key={choice.value} value={choice.value} id={at === 0 ? control.id : undefined}>
              {choice.label}
              {choice.help && <span className="field-choice-help">{choice.help}</span>}
            </Radio>
          ))}
        </Radio.Group>
      )}
    </Field>
  );
}

/** Several of several (多选), all of them in sight. */
export function ChoicesField(props: FieldProps & { readonly choices: readonly Choice[] }) {
  const form = useForm();
  const value = (form.values[props.name] ?? []) as readonly string[];
  return (
    <Field {...props} group>
      {(control) => (
        <div className="field-radios">
          {props.choices.map((choice, at) => (
            <Checkbox
              key={choice.value}
              id={at === 0 ? control.id : undefined}
              checked={value.includes(choice.value)}
              onChange={(event) =>
                form.set(
                  props.name,
                  props.choices
                    .map((one) => one.value)
                    .filter((one) => (one === choice.value ? event.target.checked : value.includes(one))),
                )
              }
            >
              {choice.label}
            </Checkbox>
          ))}
        </div>
      )}
    </Field>
  );
}

/** Yes or no (是否), large enough to hit; not answered is not "no". */
export function YesNoField(props: FieldProps) {
  const w = useWords(words).form;
  const form = useForm();
  return (
    <Field {...props} group>
      {(control) => (
        <Radio.Group
          value={form.values[props.name] as boolean | undefined}
          name={props.name}
          className="field-radios field-yes-no"
          onChange={(event) => form.set(props.name, event.target.value as boolean)}
        >
          <Radio value={true} id={control.id}>
            {w.yes}
          </Radio>
          <Radio value={false}>{w.no}</Radio>
        </Radio.Group>
      )}
    </Field>
  );
}

/** A heading between groups of fields (分组). With a name, what is wrong with the group as a whole is said under its heading. */
export function FieldGroup({
  title,
  children,
  note,
  name,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly name?: string;
}) {
  const form = useForm();
  const trouble = name && form.troubleOf(name);
  return (
    <section className={classes("field-group", trouble && "field-bad")} id={name && fieldId(name)}>
      <h2>{title}</h2>
      {note && <p className="field-help">{note}</p>}
      {trouble && <p className="field-trouble">{trouble}</p>}
      {children}
    </section>
  );
}
