import { type ReactNode, useId } from "react";

/** One of a few, as large rows. */
export function Choice<Value extends string>({
  legend,
  options,
  value,
  onChange,
  beside = false,
  legendHidden = false,
}: {
  readonly legend: string;
  /** The answers say by themselves what is asked: the question is only read aloud. */
  readonly legendHidden?: boolean;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value | null;
  /** Short answers stand beside each other. */
  readonly beside?: boolean;
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className={legendHidden ? "hidden" : undefined}>{legend}</legend>
      <div className={beside ? "row" : "stack"}>
        {options.map(([one, label]) => (
          <label key={one} className="choice">
            <input type="radio" name={name} checked={value === one} onChange={() => onChange(one)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Several of a few, as large rows side by side. */
export function Several<Value extends string>({
  legend,
  options,
  values,
  onChange,
}: {
  readonly legend: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly values: readonly Value[];
  readonly onChange: (values: readonly Value[]) => void;
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="row">
        {options.map(([one, label]) => (
          <label key={one} className="choice">
            <input
              type="checkbox"
              checked={values.includes(one)}
              onChange={(event) =>
                onChange(event.target.checked ? [...values, one] : values.filter((other) => other !== one))
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A question that is answered with one of two large words; more is asked only after the second. */
export function YesNo({
  question,
  no,
  yes,
  value,
  onChange,
  children,
}: {
  readonly question: string;
  readonly no: string;
  readonly yes: string;
  readonly value: boolean | null;
  readonly onChange: (value: boolean) => void;
  readonly children?: ReactNode;
}) {
  const name = useId();
  return (
    <fieldset className="question" aria-label={question}>
      <div aria-hidden="true">{question}</div>
      {([false, true] as const).map((one) => (
        <label key={String(one)} className="yesno">
          <input type="radio" name={name} checked={value === one} onChange={() => onChange(one)} />
          <span>{one ? yes : no}</span>
        </label>
      ))}
      {value === true && children && <div className="levels">{children}</div>}
    </fieldset>
  );
}

/** A line or a paragraph to be typed, with its help and what is wrong with it. */
export function Field({
  label,
  help,
  wrong,
  value,
  onChange,
  lines,
  type = "text",
  ...more
}: {
  readonly label: string;
  readonly help?: string;
  readonly wrong?: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lines?: boolean;
  readonly type?: "text" | "password" | "tel" | "date" | "search";
  readonly maxLength?: number;
  readonly autoComplete?: string;
  readonly inputMode?: "numeric" | "text";
  readonly max?: string;
}) {
  const id = useId();
  const described = [help ? `${id}-help` : "", wrong ? `${id}-wrong` : ""].filter(Boolean).join(" ") || undefined;
  const common = {
    id,
    value,
    "aria-describedby": described,
    "aria-invalid": wrong ? true : undefined,
    ...more,
  } as const;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {help && (
        <p className="soft" id={`${id}-help`}>
          {help}
        </p>
      )}
      {wrong && (
        <p className="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
      {lines ? (
        <textarea {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...common} type={type} onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  );
}
