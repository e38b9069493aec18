import { ChoiceField, DateField, Field, FieldGroup, NumberField, TextField } from "../../../apps/web/ui/fields.tsx";
import { useForm } from "../../../apps/web/ui/form-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { checkResults, type ItemKind } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { PhotosField } from "./evidence.tsx";
import { useJoined, useLine } from "./labels.tsx";
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

/** Fields of a check (核查表): item by item what was seen, photos, a word. */
export function CheckFields({ expected }: { readonly expected: readonly ToCheck[] }) {
  const w = useWords(words).check;
  const today = dateInShanghai(new Date());
  return (
    <>
      <DateField name="on" label={w.on} max={today} required={false} />
      <span id="field-lines" />
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
        choices={checkResults.map((value) => ({ value, label: m.checkResults[value] }))}
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
      {wrong && <TextField name={`note.${one.item}`} label={w.note} required={false} maxLength={500} />}
    </FieldGroup>
  );
}
