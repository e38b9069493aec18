import type { FocusEvent, ReactNode } from "react";
import { classes } from "./classes.ts";
import { fieldId, useForm } from "./form-page.tsx";
import { onceReleased } from "./once-released.ts";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly help?: ReactNode;
  /** Where a prefilled value came from. */
  readonly source?: string;
  /** Overrides what the operation's shape says. */
  readonly required?: boolean;
}

interface Control {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
  readonly "aria-required": boolean;
}

/** Label, help, source, control and trouble of one field (字段), tied together for those who do not see them. */
export function Field({
  name,
  label,
  help,
  source,
  required,
  group = false,
  children,
}: FieldProps & { readonly group?: boolean; readonly children: (control: Control) => ReactNode }) {
  const w = useWords(words).form;
  const form = useForm();
  const id = fieldId(name);
  const trouble = form.troubleOf(name);
  const must = required ?? form.required(name.split(".")[0] ?? name);
  const described =
    [help && `${id}-help`, source && `${id}-source`, trouble && `${id}-trouble`].filter(Boolean).join(" ") || undefined;
  const heading = (
    <>
      {label} <span className="field-mark">{must ? w.required : w.optional}</span>
    </>
  );
  const body = (
    <>
      {help && (
        <div className="field-help" id={`${id}-help`}>
          {help}
        </div>
      )}
      {trouble && (
        <p className="field-trouble" id={`${id}-trouble`}>
          {trouble}
        </p>
      )}
      {children({
        id: group ? `${id}-first` : id,
        "aria-describedby": described,
        "aria-invalid": trouble ? true : undefined,
        "aria-required": must,
      })}
      {source && (
        <p className="field-source" id={`${id}-source`}>
          {w.source({ source })}
        </p>
      )}
    </>
  );
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onceReleased(() => form.leave(name));
  };
  return group ? (
    <fieldset className={classes("field", trouble && "field-bad")} id={id} onBlur={leave} aria-describedby={described}>
      <legend>{heading}</legend>
      {body}
    </fieldset>
  ) : (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the field was left; nothing is operated here.
    <div className={classes("field", trouble && "field-bad")} onBlur={leave}>
      <label htmlFor={id}>{heading}</label>
      {body}
    </div>
  );
}

/** One line or a paragraph (文本). */
export function TextField(
  props: FieldProps & {
    readonly rows?: number;
    readonly maxLength?: number;
    readonly type?: "text" | "password" | "tel";
    readonly autoComplete?: string;
    readonly code?: boolean;
    readonly width?: string;
    readonly onLeave?: () => void;
  },
) {
  const form = useForm();
  const value = String(form.values[props.name] ?? "");
  return (
    <Field {...props}>
      {(control) =>
        props.rows ? (
          <textarea
            {...control}
            className="plain-input"
            rows={props.rows}
            value={value}
            maxLength={props.maxLength}
            onChange={(event) => form.set(props.name, event.target.value)}
          />
        ) : (
          <input
            {...control}
            type={props.type ?? "text"}
            value={value}
            maxLength={props.maxLength}
            autoComplete={props.autoComplete ?? "off"}
            spellCheck={!props.code}
            className={classes("plain-input", props.code && "field-code")}
            style={props.width ? { width: props.width } : undefined}
            onChange={(event) => form.set(props.name, event.target.value)}
            onBlur={props.onLeave}
          />
        )
      }
    </Field>
  );
}

/** One line with its unit behind it (带单位输入). */
export function UnitInput({
  unit,
  className,
  width,
  ...rest
}: { readonly unit?: string; readonly width?: string } & React.InputHTMLAttributes<HTMLInputElement>) {
  return (
    <span className={classes("unit-input", className)} style={width ? { width } : undefined}>
      <input {...rest} className="plain-input" />
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}
