import { useCallback, useMemo } from "react";
import { Link, useParams } from "react-router";
import { ChoiceField, TextField } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { showYuan } from "../../../apps/web/ui/format.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { donorKindOf } from "../amounts.rules.ts";
import { correctDonation, getDonation } from "../donations.contract.ts";
import { GiftFacts, type GiftFile } from "./donation-file.page.tsx";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";
import { fieldOfLedger, GiftFields, giftInput, giftLabels } from "./gift-fields.tsx";

const group = "right.";

/** Corrects a gift (更正捐赠): the old text stands beside what is right. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getDonation, { id });
  return <Answer query={query}>{(gift) => <Form gift={gift} />}</Answer>;
}

/** The gift as it would be typed. */
function typed(gift: GiftFile): Record<string, unknown> {
  return {
    kind: gift.kind,
    amount: gift.amountFen === null ? undefined : showYuan(gift.amountFen),
    item: gift.item ?? undefined,
    spec: gift.spec ?? undefined,
    unit: gift.unit ?? undefined,
    quantity: gift.quantity === null ? undefined : String(gift.quantity),
    valueFen: gift.valueFen ?? undefined,
    valuation: gift.valuation ?? undefined,
    serials: gift.serials.length > 0 ? gift.serials.join("\n") : undefined,
    donor: gift.donor ?? undefined,
    donorKind: gift.donorKind,
    publishDonor: gift.publishDonor,
    on: gift.on,
    organisation: gift.organisationId ?? undefined,
    purpose: gift.purpose || undefined,
    event: gift.event ?? undefined,
    waiver: gift.waiver ?? undefined,
    payer: gift.payer ?? undefined,
    forwarder: gift.forwarder ?? undefined,
    agreement: gift.agreement ?? undefined,
    pledge: gift.pledgeId ?? undefined,
    programme: gift.programmeId ?? undefined,
    note: gift.note ?? undefined,
  };
}

const cleared = ["donor", "purpose", "event", "waiver", "payer", "forwarder", "agreement", "note", "spec"] as const;

/** What differs from the old text, as the operation takes it; numbers of pieces are always named again. */
function changesOf(gift: GiftFile, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const old = giftInput(typed(gift));
  const now = giftInput(values, group);
  const changed = Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(old[name]) !== JSON.stringify(value)),
  );
  // A text that was taken out is sent as empty; a donor with a new name is of the kind the name says.
  for (const name of cleared) if (old[name] !== undefined && now[name] === undefined) changed[name] = "";
  if (typeof changed.donor === "string" && changed.donorKind === undefined)
    changed.donorKind = donorKindOf(changed.donor || undefined);
  if (now.serials !== undefined && now.kind === "goods") changed.serials = now.serials;
  return changed;
}

function Form({ gift }: { readonly gift: GiftFile }) {
  const f = useWords(formWords);
  const w = useWords(words);
  const labels = useMemo(() => ({ ...giftLabels(f.fields, group), reason: f.fields.reason, how: f.correct.how }), [f]);
  const initial = useMemo(
    () => ({
      how: "replace",
      ...Object.fromEntries(Object.entries(typed(gift)).map(([name, value]) => [`${group}${name}`, value])),
    }),
    [gift],
  );
  const toInput = useCallback(
    (values: Record<string, unknown>) => ({
      id: gift.id,
      reason: values.reason,
      ...(values.how === "takeBack" ? {} : { right: changesOf(gift, values) }),
    }),
    [gift],
  );
  const form = useOperationForm<
    Record<string, unknown>,
    unknown,
    unknown,
    { correctedBy: string | null; receipt: string }
  >({
    operation: correctDonation as never,
    initial,
    toInput,
    labels,
    fieldOf: fieldOfLedger,
  });
  const replaces = form.values.how !== "takeBack";
  return (
    <FormPage
      title={f.correct.title}
      purpose={f.correct.purpose}
      minutes={3}
      form={form}
      submitLabel={f.correct.submit}
      legal
      aside={
        <section>
          <h2 className="aside-title">{f.correct.old}</h2>
          <GiftFacts gift={gift} />
        </section>
      }
      receipt={(output) => (
        <Receipt number={output.correctedBy ? output.receipt : undefined} next={f.correct.next}>
          <p>
            {output.correctedBy ? (
              <Link to={`/donations/${output.correctedBy}`}>{f.correct.open}</Link>
            ) : (
              <Link to={`/donations/${gift.id}`}>{f.correct.takenBack}</Link>
            )}
          </p>
        </Receipt>
      )}
    >
      {gift.state === "corrected" && <Notice tone="warn">{w.file.corrected}</Notice>}
      <ChoiceField
        name="how"
        label={f.correct.how}
        required
        choices={choicesOf(["replace", "takeBack"] as const, f.correct.hows)}
      />
      <TextField name="reason" label={f.fields.reason} help={f.help.reason} rows={2} maxLength={300} required />
      {replaces && <GiftFields prefix={group} recipient={gift.organisationId ? gift.recipient : undefined} />}
    </FormPage>
  );
}
