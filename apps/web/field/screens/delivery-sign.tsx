import { useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import type { Acts } from "../acts.ts";
import { words as careWords } from "../care.words.ts";
import { countOf, type Part, type SignerDraft, shortOf, signersMissing } from "../delivery.rules.ts";
import { draftOf } from "../delivery.ts";
import { words } from "../delivery.words.ts";
import { words as frame } from "../field.words.ts";
import { newId } from "../ids.ts";
import { noMark } from "../overlay.rules.ts";
import { Photos, Signature } from "../parts/attachments.tsx";
import { useApp, useView } from "../parts/context.tsx";
import { Choice, Field } from "../parts/controls.tsx";
import { Screen } from "../parts/frame.tsx";
import { usePlace } from "../parts/place.ts";
import { go } from "../parts/route.ts";
import { useQuantities } from "../parts/shipment.ts";
import type { DeliveryDraft, ShortReason, StepProps } from "./delivery.tsx";

type Given = Acts["equipment.sign-delivery"];
const reasons: readonly ShortReason[] = ["later", "box", "broken", "other"];
/** The contract takes so many letters. */
const LONGEST_NOTE = 1_000;

/** Two people sign for what was counted (签字). */
export function SignStep({ shipment, parts, draft, change, leave }: StepProps & { readonly leave: () => void }) {
  const w = useWords(words);
  const care = useWords(careWords);
  const app = useApp();
  const place = usePlace();
  const quantities = useQuantities();
  const [busy, setBusy] = useState(false);
  const [full, setFull] = useState(false);
  const counts = countOf(parts, draft.scanned);
  const signed = counts.map(({ item, scanned }) => ({ item, quantity: scanned })).filter((one) => one.quantity > 0);
  const short = shortOf(counts);
  const unexplained =
    short.length > 0 && (draft.reason === null || (draft.reason === "other" && draft.reasonText.trim() === ""));
  const missing = unexplained ? "reason" : signersMissing(draft.signers);
  const noteOf = () =>
    [
      short.length > 0 && draft.reason
        ? w.note.short({
            what: quantities(short),
            reason: [draft.reason === "other" ? "" : w.sign.reasons[draft.reason], draft.reasonText.trim()]
              .filter(Boolean)
              .join(w.separator),
          })
        : "",
      draft.aside.length > 0 ? w.note.aside({ serials: draft.aside.join(w.separator) }) : "",
      ...draft.signers.map((one) => (one.signatureId === null ? w.note.agreed({ name: one.name.trim() }) : "")),
      draft.note.trim(),
    ]
      .filter(Boolean)
      .join(w.note.join)
      .slice(0, LONGEST_NOTE);
  const save = async () => {
    if (missing !== null || busy) return;
    setBusy(true);
    leave();
    try {
      const signatures = draft.signers.flatMap((one) => one.signatureId ?? []);
      await app.record({
        operation: "equipment.sign-delivery",
        input: inputOf(shipment.id, parts, draft, noteOf(), place.place),
        about: { personId: shipment.id, name: shipment.careHome },
        files: [...draft.photoIds, ...signatures],
        draft: draftOf(shipment.id),
      });
      go(`delivered/${shipment.id}/${short.length > 0 ? "short" : ""}`, true);
    } catch {
      change({});
      setFull(true);
      setBusy(false);
    }
  };
  const sign = (at: 0 | 1, part: Partial<SignerDraft>) => {
    const [one, two] = draft.signers;
    change({ signers: at === 0 ? [{ ...one, ...part }, two] : [one, { ...two, ...part }] });
  };
  return (
    <Screen
      title={w.sign.title}
      back={`delivery/${shipment.id}`}
      action={
        <button
          type="button"
          className="button"
          data-kind="main"
          disabled={missing !== null || busy}
          onClick={() => void save()}
        >
          {w.sign.save}
        </button>
      }
    >
      {full && (
        <p className="note" data-tone="bad" role="alert">
          {care.visit.storageFull}
        </p>
      )}
      <p>
        {shipment.careHome}
        {w.colon}
        <strong>{quantities(signed)}</strong>
      </p>
      {short.length > 0 && (
        <>
          <div className="note" data-tone="warn">
            <p>{w.sign.short({ what: quantities(short) })}</p>
            <p>{w.sign.shortHelp}</p>
          </div>
          <Choice
            legend={w.sign.reason}
            options={reasons.map((one) => [one, w.sign.reasons[one]] as const)}
            value={draft.reason}
            onChange={(reason) => change({ reason })}
          />
          {draft.reason !== null && (
            <Field
              label={w.sign.reasonText}
              value={draft.reasonText}
              maxLength={200}
              onChange={(reasonText) => change({ reasonText })}
            />
          )}
        </>
      )}
      <Signer
        title={w.sign.first}
        help={w.sign.firstHelp}
        known={shipment.director}
        signer={draft.signers[0]}
        onChange={(part) => sign(0, part)}
      />
      <Signer
        title={w.sign.second}
        help={w.sign.secondHelp}
        known={app.owner?.displayName ?? null}
        wrong={signersMissing(draft.signers) === "same" ? w.sign.same : null}
        signer={draft.signers[1]}
        onChange={(part) => sign(1, part)}
      />
      <Photos title={w.sign.photo} ids={draft.photoIds} onChange={(photoIds) => change({ photoIds })} />
      <Field label={w.sign.note} lines value={draft.note} maxLength={300} onChange={(note) => change({ note })} />
      <p className="soft" aria-live="polite">
        {care.visit.place}
        {w.colon}
        {place.state === "known" && place.place
          ? care.visit.placeKnown({ meters: place.place.accuracy })
          : place.state === "asking"
            ? care.visit.placeAsking
            : care.visit.placeNone}
      </p>
      {missing !== null && (
        <p className="note" aria-live="polite">
          {w.sign.missing[missing]}
        </p>
      )}
    </Screen>
  );
}

function inputOf(
  shipmentId: string,
  parts: readonly Part[],
  draft: DeliveryDraft,
  note: string,
  place: Given["place"] | null,
): Given {
  return {
    id: newId(),
    shipmentId,
    lines: parts
      .map(({ item }) => ({
        item,
        serials: draft.scanned.filter((one) => one.item === item).map((one) => one.serial),
      }))
      .filter((line) => line.serials.length > 0),
    signers: draft.signers.map(({ name, post, signatureId }) => ({
      name: name.trim(),
      ...(post.trim() === "" ? {} : { post: post.trim() }),
      ...(signatureId === null ? {} : { signatureId }),
    })),
    damaged: draft.scanned.flatMap(({ serial, damage }) =>
      damage === null ? [] : [damage.trim() === "" ? { serial } : { serial, note: damage.trim() }],
    ),
    photoIds: [...draft.photoIds],
    ...(place ? { place } : {}),
    ...(note === "" ? {} : { note }),
  };
}

/** One who signs: the name, then a drawn signature or a word in person. */
function Signer({
  title,
  help,
  known,
  wrong,
  signer,
  onChange,
}: {
  readonly title: string;
  readonly help: string;
  /** A name the phone knows and offers. */
  readonly known: string | null;
  readonly wrong?: string | null;
  readonly signer: SignerDraft;
  readonly onChange: (part: Partial<SignerDraft>) => void;
}) {
  const { sign: w, colon } = useWords(words);
  const name = signer.name.trim();
  return (
    <section className="stack signer">
      <h2>{title}</h2>
      <p className="soft">{help}</p>
      <Field
        label={`${title}${colon}${w.name}`}
        wrong={wrong}
        value={signer.name}
        maxLength={60}
        autoComplete="off"
        onChange={(next) => onChange({ name: next })}
      />
      {name === "" && known && (
        <button type="button" className="button" data-kind="quiet" onClick={() => onChange({ name: known })}>
          {w.enterName({ name: known })}
        </button>
      )}
      {name !== "" && (
        <>
          <Field
            label={`${title}${colon}${w.post}`}
            value={signer.post}
            maxLength={60}
            autoComplete="off"
            onChange={(post) => onChange({ post })}
          />
          {!signer.agreed && (
            <Signature
              id={signer.signatureId}
              title={w.signature({ name })}
              help={w.signatureHelp({ name })}
              onChange={(signatureId) => onChange({ signatureId })}
            />
          )}
          {signer.signatureId === null && (
            <label className="choice">
              <input
                type="checkbox"
                checked={signer.agreed}
                onChange={(event) => onChange({ agreed: event.target.checked })}
              />
              <span>{w.agree({ name })}</span>
            </label>
          )}
        </>
      )}
    </section>
  );
}

/** The signature is kept; what happens next (已签收). */
export function DeliveredScreen({ id, short }: { readonly id: string; readonly short: boolean }) {
  const w = useWords(words);
  const f = useWords(frame);
  const app = useApp();
  const view = useView();
  const mark = view.marks.get(id) ?? noMark;
  const name =
    app.phone.opened?.lists.shipments.get(id)?.careHome ??
    view.acts.find((one) => one.act?.about.personId === id)?.act?.about.name;
  return (
    <Screen title={w.saved.title}>
      <p className="note" data-tone="good">
        {name} {w.saved.next}
      </p>
      {short && <p className="note">{w.saved.short}</p>}
      {mark.held > 0 && (
        <p className="note" data-tone="warn">
          {w.saved.held}
        </p>
      )}
      <a className="button" data-kind="main" href="#/">
        {f.pages.today}
      </a>
    </Screen>
  );
}
