import { Button } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { findDivisions } from "../../../kernel/divisions/divisions.contract.ts";
import { keepFile } from "../../../kernel/files/files.contract.ts";
import { call, upload } from "../client.ts";
import { useSession } from "../session.tsx";
import { type ActField, countName } from "./act-fields.ts";
import {
  ChoiceField,
  ChoicesField,
  DateField,
  Field,
  InstantField,
  MoneyField,
  NumberField,
  TextField,
  YesNoField,
} from "./fields.tsx";
import { fieldId, useForm } from "./form-page.tsx";
import { DivisionField, FileDrop, type Found, SearchField } from "./pickers.tsx";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

/** How the fields of acts are called in one language; every name is a key, nested names without their numbers. */
export interface ActWords {
  readonly fields: Readonly<Record<string, string>>;
  readonly help?: Readonly<Record<string, string>>;
  /** Names of values, by field, then by value. */
  readonly choices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Searches = Readonly<Record<string, (typed: string) => Promise<readonly Found[]>>>;

/** Divisions by name or code, for pickers. */
export async function searchDivisions(typed: string): Promise<readonly Found[]> {
  if (typed.trim() === "") return [];
  const { divisions } = await call(findDivisions, { q: typed });
  return divisions.slice(0, 20).map((one) => ({ value: one.code, label: one.name, note: `${one.path} ${one.code}` }));
}

function nameIn(given: ActWords, name: string): string {
  const plain = name.replace(/\.\d+/g, "");
  return given.fields[plain] ?? given.fields[plain.split(".").at(-1) ?? plain] ?? plain;
}

/** Labels of fields by full name, those inside groups too. */
export function useLabels(fields: readonly ActField[], given: ActWords): Record<string, string> {
  return useMemo(() => {
    const labels: Record<string, string> = {};
    const add = (field: ActField, prefix: string) => {
      const full = `${prefix}${field.name}`;
      labels[full] = nameIn(given, full);
      if (field.kind === "group") for (const one of field.fields) add(one, "");
      if (field.kind === "repeat") for (const one of field.fields) add(one, `${full}.`);
    };
    for (const field of fields) add(field, "");
    return labels;
  }, [fields, given]);
}

/** Fields made from a declaration; the page may put its own in front. */
export function ActFields({
  fields,
  given,
  prefix = "",
  searches = {},
  organisationId,
  subjectId,
}: {
  readonly fields: readonly ActField[];
  readonly given: ActWords;
  readonly prefix?: string;
  readonly searches?: Searches;
  readonly organisationId?: string;
  readonly subjectId?: string;
}) {
  return (
    <>
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          given={given}
          prefix={prefix}
          searches={searches}
          organisationId={organisationId}
          subjectId={subjectId}
        />
      ))}
    </>
  );
}

function OneField({
  field,
  given,
  prefix,
  searches,
  organisationId,
  subjectId,
}: {
  readonly field: ActField;
  readonly given: ActWords;
  readonly prefix: string;
  readonly searches: Searches;
  readonly organisationId?: string;
  readonly subjectId?: string;
}) {
  const name = `${prefix}${field.name}`;
  const last = name.split(".").at(-1) ?? name;
  const props = { name, label: nameIn(given, name), required: field.required, help: given.help?.[last] };
  const search = searches[last];
  if (search) return <SearchField {...props} search={search} />;
  switch (field.kind) {
    case "long":
      return <TextField {...props} rows={4} maxLength={field.max} />;
    case "lines":
      return <TextField {...props} rows={4} />;
    case "date":
      return <DateField {...props} />;
    case "instant":
      return <InstantField {...props} />;
    case "money":
      return <MoneyField {...props} />;
    case "integer":
      return <NumberField {...props} />;
    case "number":
      return <NumberField {...props} decimals />;
    case "yes-no":
      return <YesNoField {...props} />;
    case "choice":
    case "choices": {
      const choices = field.values.map((value) => ({ value, label: given.choices?.[last]?.[value] ?? value }));
      return field.kind === "choice" ? (
        <ChoiceField {...props} choices={choices} />
      ) : (
        <ChoicesField {...props} choices={choices} />
      );
    }
    case "division":
      return <DivisionField {...props} search={searchDivisions} />;
    case "file":
    case "files":
      return (
        <FilesField {...props} many={field.kind === "files"} organisationId={organisationId} subjectId={subjectId} />
      );
    case "group":
      return (
        <fieldset className="field act-group" id={fieldId(name)}>
          <legend>{props.label}</legend>
          {props.help && <p className="field-help">{props.help}</p>}
          <ActFields
            fields={field.fields}
            given={given}
            searches={searches}
            organisationId={organisationId}
            subjectId={subjectId}
          />
        </fieldset>
      );
    case "repeat":
      return (
        <RepeatField
          field={field}
          given={given}
          name={name}
          searches={searches}
          organisationId={organisationId}
          subjectId={subjectId}
        />
      );
    default:
      return <TextField {...props} maxLength={field.kind === "text" ? field.max : undefined} />;
  }
}

function RepeatField({
  field,
  given,
  name,
  searches,
  organisationId,
  subjectId,
}: {
  readonly field: Extract<ActField, { kind: "repeat" }>;
  readonly given: ActWords;
  readonly name: string;
  readonly searches: Searches;
  readonly organisationId?: string;
  readonly subjectId?: string;
}) {
  const w = useWords(words).form;
  const form = useForm();
  const count = Number(form.values[countName(name)] ?? (field.required ? 1 : 0));
  const setCount = (next: number) => form.set(countName(name), next);
  const remove = (at: number) => {
    const change: Record<string, unknown> = { [countName(name)]: count - 1 };
    for (let row = at; row < count; row += 1)
      for (const one of field.fields)
        change[`${name}.${row}.${one.name}`] = form.values[`${name}.${row + 1}.${one.name}`];
    form.setMany(change);
  };
  return (
    <fieldset className="field act-group" id={fieldId(name)}>
      <legend>{nameIn(given, name)}</legend>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are numbered; their values move when one is removed.
        <div key={at} className="act-row">
          <ActFields
            fields={field.fields}
            given={given}
            prefix={`${name}.${at}.`}
            searches={searches}
            organisationId={organisationId}
            subjectId={subjectId}
          />
          {(count > 1 || !field.required) && (
            <Button size="small" onClick={() => remove(at)}>
              {w.remove({ item: String(at + 1) })}
            </Button>
          )}
        </div>
      ))}
      <Button onClick={() => setCount(count + 1)} disabled={field.max !== undefined && count >= field.max}>
        {w.add}
      </Button>
    </fieldset>
  );
}

/** Evidence handed in with an act (附件): each file is kept at once and named by its id. */
function FilesField({
  many,
  organisationId,
  subjectId,
  ...props
}: {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly help?: ReactNode;
  readonly many: boolean;
  readonly organisationId?: string;
  readonly subjectId?: string;
}) {
  const form = useForm();
  const { hasRole } = useSession();
  const [kept, setKept] = useState<readonly { id: string; name: string; size: number }[]>([]);
  const write = (next: typeof kept) => {
    setKept(next);
    form.set(props.name, many ? next.map((one) => one.id) : next[0]?.id);
  };
  const take = async (file: File, onProgress: (share: number) => void) => {
    const answer = await upload(keepFile, { organisationId, subjectId }, file, { onProgress });
    write(
      many
        ? [...kept, { id: answer.id, name: answer.name, size: answer.size }]
        : [{ id: answer.id, name: answer.name, size: answer.size }],
    );
  };
  if (!hasRole(keepFile.who)) return null;
  return (
    <Field {...props} group>
      {() => (
        <>
          {kept.map((one) => (
            <FileDrop
              key={one.id}
              label={props.label}
              onFile={async () => {}}
              done={one}
              onRemove={() => write(kept.filter((other) => other.id !== one.id))}
            />
          ))}
          {(many || kept.length === 0) && <FileDrop label={props.label} onFile={take} />}
        </>
      )}
    </Field>
  );
}
