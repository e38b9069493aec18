import { useMemo } from "react";
import { ChoiceField, DateField, Field, FieldGroup, NumberField, TextField } from "../../../apps/web/ui/fields.tsx";
import { useForm } from "../../../apps/web/ui/form-page.tsx";
import { choicesOf, useJoined } from "../../../apps/web/ui/naming.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { checkResults, type ItemKind } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { PhotosField } from "./evidence.tsx";
import { useLine } from "./labels.tsx";
import { words } from "./oversight.web.words.ts";
import { readSerials } from "./serials.ts";

/** What should be there of one item. */
export interface ToCheck {
  readonly item: ItemKind;
  readonly quantity: number;
  readonly serials: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/** Starts from "as recorded": all that should be there is there. */
export function checkStart(expected: readonly ToCheck[], today: string): Record<string, unknown> {
  return {
    on: today,
    ...Object.fromEntries(
      expected.flatMap((one) => [
        [`result.${one.item}`, "ok"],
        [`seen.${one.item}`, one.quantity],
      ]),
    ),
  };
}

/** What was seen as the operations of checks take it (核查内容). */
export function checkInput(values: Values, expected: readonly ToCheck[]): Record<string, unknown> {
  return {
    on: values.on,
    lines: expected.map(({ item }) => ({
      item,
      result: values[`result.${item}`],
      seen: values[`seen.${item}`],
      serials: [...readSerials(String(values[`serials.${item}`] ?? "")).serials],
      ...(values[`note.${item}`] ? { note: values[`note.${item}`] } : {}),
    })),
    photoIds: values.photoIds ?? [],
    ...(values.note ? { note: values.note } : {}),
  };
}

/** Names of the fields of a check (核查表字段名), those of each item too. */
export function useCheckLabels(expected: readonly ToCheck[]): Readonly<Record<string, string>> {
  const w = useWords(words).check;
  const m = useWords(moduleWords);
  return useMemo(
    () => ({
      ...w.fields,
      ...Object.fromEntries(
        expected.flatMap((one) => {
          const item = m.items[one.item];
          return [
            [`result.${one.item}`, w.result({ item })],
            [`seen.${one.item}`, w.seen({ item })],
            [`serials.${one.item}`, w.serials({ item })],
            [`note.${one.item}`, w.noteOf({ item })],
          ];
        }),
      ),
    }),
    [w, m, expected],
  );
}

/** The control that shows a part of a line: "lines.0.seen" is asked under the first item. */
export function checkPath(expected: readonly ToCheck[]): (path: string) => string {
  return (path) =>
    path.replace(/^lines\.(\d+)\.(result|seen|serials|note)\b.*$/, (whole, at: string, field: string) => {
      const item = expected[Number(at)]?.item;
      return item ? `${field}.${item}` : whole;
    });
}

const asked: Readonly<Record<string, "result" | "seen" | "serials">> = {
  "equipment/nothing-delivered": "result",
  "equipment/untrained": "result",
  "equipment/seen-more": "seen",
  "equipment/result-differs": "seen",
  "equipment/serials-needed": "serials",
  "equipment/serial-not-here": "serials",
};

/** Where a refused check is put right: the item's own field (提示位置). */
export function checkField(code: string, facts: Values): string | undefined {
  if (code === "equipment/in-the-future") return "on";
  if (code === "equipment/unknown-file") return "photoIds";
  const field = asked[code];
  return field && typeof facts.item === "string" ? `${field}.${facts.item}` : undefined;
}

/** Fields of a check (核查表): item by item what was seen, photos, a word. */
export function CheckFields({ expected }: { readonly expected: readonly ToCheck[] }) {
  const w = useWords(words).check;
  const today = dateInShanghai(new Date());
  return (
    <>
      <DateField name="on" label={w.on} max={today} required={false} />
      {expected.map((one) => (
        <OneItem key={one.item} one={one} />
      ))}
      <PhotosField name="photoIds" label={w.photos} />
      <TextField name="note" label={w.note} required={false} rows={3} maxLength={1000} />
    </>
  );
}

function OneItem({ one }: { readonly one: ToCheck }) {
  const w = useWords(words).check;
  const m = useWords(moduleWords);
  const form = useForm();
  const lineOf = useLine();
  const joined = useJoined();
  const item = m.items[one.item];
  const name = `serials.${one.item}`;
  const wrong = form.values[`result.${one.item}`] !== "ok";
  return (
    <FieldGroup
      title={item}
      note={
        <>
          {w.expected({ line: lineOf(one.item, one.quantity) })}
          {one.serials.length > 0 && <span className="block-line code">{joined(one.serials)}</span>}
        </>
      }
    >
      <ChoiceField
        name={`result.${one.item}`}
        label={w.result({ item })}
        required
        choices={choicesOf(checkResults, m.checkResults)}
      />
      <NumberField name={`seen.${one.item}`} label={w.seen({ item })} unit={m.units[one.item]} required />
      <Field name={name} label={w.serials({ item })} help={w.serialsHelp} required={false}>
        {(control) => (
          <textarea
            {...control}
            className="plain-input field-code"
            rows={2}
            spellCheck={false}
            value={String(form.values[name] ?? "")}
            onChange={(event) => form.set(name, event.target.value)}
          />
        )}
      </Field>
      {wrong && <TextField name={`note.${one.item}`} label={w.noteOf({ item })} required={false} maxLength={500} />}
    </FieldGroup>
  );
}
