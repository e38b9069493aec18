import { useOrganisationSearch } from "../../../apps/web/search-organisations.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ChoiceField, DateField, FieldGroup, TextField, YesNoField } from "../../../apps/web/ui/fields.tsx";
import { useForm } from "../../../apps/web/ui/form-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { SearchField } from "../../../apps/web/ui/pickers.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { donorKindOf } from "../amounts.rules.ts";
import { listPledges, listProgrammes } from "../donations.lists.contract.ts";
import { donorKinds, kinds, valuations } from "../donations.shapes.ts";
import { words as moduleWords } from "../donations.words.ts";
import { AmountField, linesOf, QuantityField, SerialsField } from "./amount-field.tsx";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

const uuid = /^[0-9a-f]{8}-/i;

/** Whose the gift is: found among the organisations; the office itself where nothing is chosen. */
export function RecipientField({ name, picked }: { readonly name: string; readonly picked?: string }) {
  const f = useWords(formWords);
  const w = useWords(words);
  const { grant } = useSession();
  const find = useOrganisationSearch();
  if (grant?.role === "organisation") return null;
  // A recipient that came with the address has a name here already.
  const search = async (typed: string) =>
    picked && uuid.test(typed) ? [{ value: typed, label: picked }] : find(typed);
  return (
    <SearchField
      name={name}
      label={f.fields.organisation}
      help={f.help.organisation}
      required={false}
      search={search}
      placeholder={w.office}
    />
  );
}

/**
 * Fields of one gift (捐赠登记项): cash or goods, never both at once. `prefix` is the group they stand in: a correction, where
 * cash stays cash.
 */
export function GiftFields({ prefix = "", recipient }: { readonly prefix?: string; readonly recipient?: string }) {
  const f = useWords(formWords);
  const w = useWords(words);
  const m = useWords(moduleWords);
  const form = useForm();
  const today = dateInShanghai(new Date());
  const name = (field: string) => `${prefix}${field}`;
  const of = (field: keyof typeof f.fields & keyof typeof f.help) => ({
    name: name(field),
    label: f.fields[field],
    help: f.help[field],
    required: false,
  });
  const bare = (field: keyof typeof f.fields) => ({ name: name(field), label: f.fields[field], required: false });
  const goods = form.values[name("kind")] === "goods";
  const donor = String(form.values[name("donor")] ?? "").trim();
  return (
    <>
      <FieldGroup title={f.groups.what}>
        {prefix === "" && <ChoiceField {...bare("kind")} required choices={choicesOf(kinds, f.kinds)} />}
        {goods ? (
          <>
            <TextField {...bare("item")} required maxLength={200} />
            <TextField {...bare("spec")} maxLength={100} />
            <QuantityField {...of("quantity")} required />
            <TextField {...bare("unit")} maxLength={20} width="12em" />
            <SerialsField {...of("serials")} />
            <AmountField {...of("valueFen")} keep="fen" />
            <ChoiceField {...bare("valuation")} choices={choicesOf(valuations, w.file.valuations)} />
          </>
        ) : (
          <AmountField {...of("amount")} required />
        )}
        <DateField {...bare("on")} max={today} />
      </FieldGroup>
      <FieldGroup title={f.groups.who}>
        <TextField
          {...of("donor")}
          help={donor === "" ? f.help.donor : f.donorKindRead({ kind: m.donorKinds[donorKindOf(donor)] })}
          maxLength={200}
        />
        <TextField {...of("donorContact")} maxLength={100} />
      </FieldGroup>
      <FieldGroup title={f.groups.where}>
        <RecipientField name={name("organisation")} picked={recipient} />
        <TextField {...of("purpose")} maxLength={200} />
        <TextField {...of("event")} maxLength={100} />
      </FieldGroup>
      <FieldGroup title={f.groups.receipt}>
        <YesNoField {...bare("publishDonor")} />
        <TextField {...of("waiver")} maxLength={300} />
      </FieldGroup>
      <details className="field-more">
        <summary>{f.groups.more}</summary>
        <ChoiceField {...bare("donorKind")} choices={choicesOf(donorKinds, m.donorKinds)} />
        <TextField {...of("payer")} maxLength={200} />
        <TextField {...of("forwarder")} maxLength={200} />
        <TextField {...bare("agreement")} maxLength={100} />
        <PledgeField name={name("pledge")} />
        <ProgrammeField name={name("programme")} />
        <TextField {...bare("note")} rows={3} maxLength={500} />
      </details>
    </>
  );
}

function PledgeField({ name }: { readonly name: string }) {
  const f = useWords(formWords);
  const { locale } = usePreferences();
  const pledges = useQueryOperation(listPledges, { limit: 50 }, { staleTime: 60_000 });
  const choices = (pledges.data?.pledges ?? []).map((one) => ({
    value: one.id,
    label: `${one.donor} · ${one.pledged} · ${showDate(one.on, locale)}`,
  }));
  return choices.length === 0 ? null : (
    <ChoiceField name={name} label={f.fields.pledge} required={false} choices={choices} />
  );
}

export function ProgrammeField({ name }: { readonly name: string }) {
  const f = useWords(formWords);
  const programmes = useQueryOperation(listProgrammes, { limit: 50 }, { staleTime: 60_000 });
  const choices = (programmes.data?.programmes ?? []).map((one) => ({ value: one.id, label: one.name }));
  return choices.length === 0 ? null : (
    <ChoiceField name={name} label={f.fields.programme} required={false} choices={choices} />
  );
}

const cashOnly = ["amount"] as const;
const goodsOnly = ["item", "spec", "unit", "quantity", "valueFen", "valuation"] as const;
const always = [
  "donor",
  "donorKind",
  "donorContact",
  "publishDonor",
  "on",
  "organisation",
  "purpose",
  "event",
  "waiver",
  "payer",
  "forwarder",
  "agreement",
  "pledge",
  "programme",
  "note",
] as const;

type Values = Readonly<Record<string, unknown>>;

/** What was typed as the operation takes it: of cash and goods only what the choice above is about. */
export function giftInput(values: Values, prefix = ""): Record<string, unknown> {
  const goods = values[`${prefix}kind`] === "goods";
  const named = [...always, ...(goods ? goodsOnly : cashOnly)];
  const out: Record<string, unknown> = { kind: goods ? "goods" : "cash" };
  for (const name of named) {
    const value = values[`${prefix}${name}`];
    if (value !== undefined && value !== "") out[name] = typeof value === "string" ? value.trim() : value;
  }
  const serials = linesOf(values[`${prefix}serials`]);
  if (goods && serials.length > 0) out.serials = [...new Set(serials)];
  return out;
}

/** Labels of the fields, inside their group too: troubles are told by them. */
export function giftLabels(fields: Readonly<Record<string, string>>, prefix = ""): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, label]) => [`${prefix}${name}`, label]));
}

/** The field a refusal of the ledger is about. */
export function fieldOfLedger(code: string, facts: Values): string | undefined {
  if (code === "ledger/insufficient") return facts.unit === "fen" ? "amount" : "quantity";
  if (code.startsWith("ledger/serial")) return "serials";
  if (code === "ledger/before-account") return "on";
  if (code === "ledger/purpose-restricted") return "purpose";
  return undefined;
}
