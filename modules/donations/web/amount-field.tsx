import { useState } from "react";
import { Field, type FieldProps, UnitInput } from "../../../apps/web/ui/fields.tsx";
import { useForm } from "../../../apps/web/ui/form-page.tsx";
import { showCount, showYuan } from "../../../apps/web/ui/format.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { readAmount, readQuantity } from "../amounts.rules.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

/**
 * Money as people write it (金额): "3万元", "1,000.00", full width. What was understood is said while typing, by the rule the
 * server reads it with. Kept as typed, or in fen.
 */
export function AmountField({ keep = "text", ...props }: FieldProps & { readonly keep?: "text" | "fen" }) {
  const w = useWords(words);
  const f = useWords(formWords);
  const form = useForm();
  const value = form.values[props.name];
  const [text, setText] = useState(
    typeof value === "number" ? showYuan(value) : typeof value === "string" ? value : "",
  );
  const read = text.trim() === "" ? undefined : readAmount(text);
  return (
    <Field {...props}>
      {(control) => (
        <>
          <UnitInput
            {...control}
            inputMode="text"
            value={text}
            unit={w.yuan}
            className="field-money"
            onChange={(event) => {
              const typed = event.target.value;
              const now = typed.trim() === "" ? undefined : readAmount(typed);
              setText(typed);
              form.setOwnProblem(props.name, now && !now.ok ? now.problem : undefined, { text: typed.trim() });
              form.set(
                props.name,
                now === undefined ? undefined : keep === "text" ? typed : now.ok ? now.value : undefined,
              );
            }}
          />
          {read?.ok && (
            <output className="field-read">
              {f.read({
                text: `${showYuan(read.value)} ${w.yuan}${read.value >= 1_000_000 ? ` = ${(read.value / 1_000_000).toLocaleString("en-US", { maximumFractionDigits: 6 })} ${w.wanYuan}` : ""}`,
              })}
            </output>
          )}
        </>
      )}
    </Field>
  );
}

/** A number of pieces as people write it (数量): "198件", "１,２００"; what was understood is said while typing. */
export function QuantityField(props: FieldProps) {
  const w = useWords(words);
  const f = useWords(formWords);
  const form = useForm();
  const text = String(form.values[props.name] ?? "");
  const read = text.trim() === "" ? undefined : readQuantity(text);
  return (
    <Field {...props}>
      {(control) => (
        <>
          <input
            {...control}
            className="plain-input"
            style={{ width: "12em" }}
            value={text}
            autoComplete="off"
            onChange={(event) => {
              const typed = event.target.value;
              const now = typed.trim() === "" ? undefined : readQuantity(typed);
              form.setOwnProblem(props.name, now && !now.ok ? now.problem : undefined, { text: typed.trim() });
              form.set(props.name, typed);
            }}
          />
          {read?.ok && (
            <output className="field-read">
              {" "}
              {f.read({
                text: w.pieces({ quantity: showCount(read.value.count), unit: read.value.unit ?? "" }).trim(),
              })}
            </output>
          )}
        </>
      )}
    </Field>
  );
}

/** The numbers of a text, one a line. */
export function linesOf(text: unknown): string[] {
  return String(text ?? "")
    .split(/[\n,，;；]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Numbers of pieces (逐件编号), one a line: how many were written, and which stand twice, while typing. */
export function SerialsField(props: FieldProps) {
  const f = useWords(formWords);
  const form = useForm();
  const text = String(form.values[props.name] ?? "");
  const serials = linesOf(text);
  const repeated = [...new Set(serials.filter((one, at) => serials.indexOf(one) !== at))];
  return (
    <Field {...props}>
      {(control) => (
        <>
          <textarea
            {...control}
            className="plain-input"
            rows={3}
            spellCheck={false}
            value={text}
            onChange={(event) => form.set(props.name, event.target.value)}
          />
          {serials.length > 0 && (
            <output className="field-read">
              {f.serialsRead({ count: new Set(serials).size })}
              {repeated.length > 0 && ` · ${f.serialsRepeated({ serials: repeated.join("、") })}`}
            </output>
          )}
        </>
      )}
    </Field>
  );
}
