import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { searchOrganisations } from "../../../apps/web/search-organisations.ts";
import { actFields, inputFrom } from "../../../apps/web/ui/act-fields.ts";
import { ActFields } from "../../../apps/web/ui/act-form.tsx";
import { CitationText } from "../../../apps/web/ui/citation.tsx";
import {
  ChoiceField,
  DateField,
  FieldGroup,
  NumberField,
  TextField,
  YesNoField,
} from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Notice } from "../../../apps/web/ui/notices.tsx";
import { SearchField } from "../../../apps/web/ui/pickers.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";

import { type GroundField, groundOf, grounds, type List, lists } from "../credit.catalogue.ts";
import { proposeListing } from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { useActWords } from "./credit-labels.tsx";

type Values = Record<string, unknown>;
const rest = actFields(proposeListing, { organisationId: "", list: "", ground: "", facts: {} });
const prefix = "facts.";

/** Facts of the chosen ground only; days are written one a line. */
function factsFrom(values: Values): Record<string, unknown> {
  const ground = groundOf(values.list as List, String(values.ground ?? ""));
  if (!ground) return {};
  return Object.fromEntries(
    ground.fields.flatMap((field) => {
      const value = values[`${prefix}${field.field}`];
      if (field.known || value === undefined || value === "" || value === null) return [];
      if (field.kind === "dates")
        return [
          [
            field.field,
            String(value)
              .split(/[\s,，、]+/)
              .filter(Boolean),
          ],
        ];
      return [[field.field, typeof value === "string" ? value.trim() : value]];
    }),
  );
}

function toInput(values: Values) {
  return {
    ...inputFrom(rest, values),
    organisationId: values.organisationId,
    list: values.list,
    ground: values.ground,
    facts: factsFrom(values),
  };
}

/** Proposes a listing (提出拟列入): ground by ground, with exactly the facts its rule asks for. */
export function Component() {
  const w = useWords(words).propose;
  const m = useWords(moduleWords);
  const given = useActWords();
  const [search] = useSearchParams();
  const initial = useMemo<Values>(
    () => ({ list: "abnormal", organisationId: search.get("organisationId") ?? undefined }),
    [search],
  );
  const labels = useMemo(
    () => ({
      ...given.fields,
      organisationId: w.organisation,
      ...Object.fromEntries(Object.entries(m.facts).map(([field, label]) => [`${prefix}${field}`, label])),
    }),
    [given, w, m],
  );
  const form = useOperationForm({ operation: proposeListing, initial, toInput, labels, draftKey: "new" });
  const list = form.values.list as List | undefined;
  const ground = list ? groundOf(list, String(form.values.ground ?? "")) : undefined;
  return (
    <FormPage
      title={w.title}
      purpose={w.purpose}
      minutes={5}
      form={form}
      receipt={(output) => (
        <Receipt next={w.next}>
          {output.addsTo && <Notice>{w.addsTo}</Notice>}
          <Link to={`/credit/listings/${output.listingId}`}>{w.open}</Link>
        </Receipt>
      )}
    >
      <SearchField
        name="organisationId"
        label={w.organisation}
        help={w.organisationHelp}
        search={searchOrganisations}
        placeholder={w.organisationHelp}
      />
      <ChoiceField name="list" label={w.list} choices={choicesOf(lists, m.lists)} />
      {list && (
        <ChoiceField
          name="ground"
          label={w.ground}
          choices={Object.keys(grounds[list]).map((value) => ({ value, label: named(m.grounds[list], value) }))}
        />
      )}
      {ground && (
        <FieldGroup title={w.factsTitle} note={<CitationText law={ground.law} />}>
          {ground.fields.map((field) => (
            <FactField key={field.field} field={field} />
          ))}
        </FieldGroup>
      )}
      <ActFields fields={rest} given={given} organisationId={form.values.organisationId as string | undefined} />
    </FormPage>
  );
}

function FactField({ field }: { readonly field: GroundField }) {
  const m = useWords(moduleWords);
  const w = useWords(words).propose;
  const form = useForm();
  const name = `${prefix}${field.field}`;
  const props = { name, label: named(m.facts, field.field), required: field.required === true };
  if (field.known)
    return (
      <p className="quiet">
        {props.label}：{w.known}
      </p>
    );
  switch (field.kind) {
    case "choice":
      return (
        <ChoiceField
          {...props}
          choices={(field.values ?? []).map((value) => ({ value, label: named(m.factValues, value) }))}
        />
      );
    case "yes":
    case "no":
      return <YesNoField {...props} />;
    case "date":
      return <DateField {...props} />;
    case "integer":
    case "yuan":
      return <NumberField key={String(form.values.ground)} {...props} />;
    case "dates":
      return <TextField {...props} rows={3} help="2026-03-31" />;
    default:
      return <TextField {...props} rows={3} maxLength={500} />;
  }
}
