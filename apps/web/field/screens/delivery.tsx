import { type ComponentType, useRef, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words as listWords } from "../deliveries.words.ts";
import {
  countOf,
  isOpen,
  judge,
  type Part,
  partsOf,
  type Scanned,
  type SignerDraft,
  type Verdict,
} from "../delivery.rules.ts";
import { draftOf, type Item, type Shipment } from "../delivery.ts";
import { words } from "../delivery.words.ts";
import { words as frame } from "../field.words.ts";
import { useApp, useFormat, useView } from "../parts/context.tsx";
import { Choice, Field } from "../parts/controls.tsx";
import { useDraft } from "../parts/draft.ts";
import { Screen } from "../parts/frame.tsx";
import { go } from "../parts/route.ts";
import type { Scanner as ScannerPart } from "../parts/scanner.tsx";
import { signal, useQuantities, useShipment } from "../parts/shipment.ts";
import { SignStep } from "./delivery-sign.tsx";

export { DeliveredScreen } from "./delivery-sign.tsx";

export type ShortReason = "later" | "box" | "broken" | "other";

/** A delivery that is being counted and signed (签收草稿). */
export interface DeliveryDraft {
  readonly scanned: readonly Scanned[];
  /** Numbers that are there and do not belong to the shipment. */
  readonly aside: readonly string[];
  /** What is being counted, where numbers were not known before. */
  readonly chosen: Item | null;
  readonly reason: ShortReason | null;
  readonly reasonText: string;
  readonly signers: readonly [SignerDraft, SignerDraft];
  readonly photoIds: readonly string[];
  readonly note: string;
}

const nobody: SignerDraft = { name: "", post: "", signatureId: null, agreed: false };
const empty: DeliveryDraft = {
  scanned: [],
  aside: [],
  chosen: null,
  reason: null,
  reasonText: "",
  signers: [nobody, nobody],
  photoIds: [],
  note: "",
};

/** A delivery (设备签收): first what came is counted, then two people sign. */
export function DeliveryScreen({ id, step }: { readonly id: string; readonly step: "count" | "sign" }) {
  const w = useWords(words);
  const f = useWords(frame);
  const app = useApp();
  const view = useView();
  const shipment = useShipment(id);
  const { value: draft, change, leave } = useDraft<DeliveryDraft>(draftOf(id), empty);
  if (!shipment || !draft)
    return (
      <Screen title={f.pages.delivery} back="">
        {shipment === undefined ? <p className="note">{w.unknown}</p> : <p role="status">{f.reading}</p>}
      </Screen>
    );
  const parts = partsOf(shipment, view.acts, app.phone.sync.pulledAt);
  const given = { shipment, parts, draft, change };
  return step === "sign" && draft.scanned.length > 0 ? <SignStep {...given} leave={leave} /> : <CountStep {...given} />;
}

export interface StepProps {
  readonly shipment: Shipment;
  readonly parts: readonly Part[];
  readonly draft: DeliveryDraft;
  readonly change: (part: Partial<DeliveryDraft>) => void;
}

/** More numbers than this are a second shipment, not a mistake. */
const MOST_ASIDE = 20;

function CountStep({ shipment, parts, draft, change }: StepProps) {
  const names = useWords(listWords);
  const w = useWords(words);
  const app = useApp();
  const [verdict, setVerdict] = useState<{ readonly said: Verdict; readonly aloud: boolean } | null>(null);
  const [Scanner, setScanner] = useState<ComponentType<Parameters<typeof ScannerPart>[0]> | null>(null);
  const [trouble, setTrouble] = useState(false);
  const [typed, setTyped] = useState("");
  const [times, setTimes] = useState(0);
  // Two scans may come before the screen is drawn again.
  const latest = useRef(draft);
  latest.current = draft;
  const put = (part: Partial<DeliveryDraft>) => {
    latest.current = { ...latest.current, ...part };
    change(part);
  };
  const read = (text: string, aloud: boolean) => {
    app.touch();
    const { scanned, aside, chosen } = latest.current;
    const said = judge(text, parts, scanned, chosen);
    setVerdict({ said, aloud });
    setTimes((before) => before + 1);
    if (aloud) signal(said.kind === "expected");
    if (said.kind === "expected") put({ scanned: [...scanned, said.piece] });
    // What the camera read is there; what was typed may be a slip.
    const isThere = aloud && (said.kind === "foreign" || said.kind === "full");
    if (isThere && !aside.includes(said.serial) && aside.length < MOST_ASIDE) put({ aside: [...aside, said.serial] });
    return said.kind;
  };
  const openCamera = () =>
    import("../parts/scanner.tsx").then(
      (part) => setScanner(() => part.Scanner),
      () => setTrouble(true),
    );
  const counts = countOf(parts, draft.scanned);
  const open = parts.filter((part) => isOpen(part) && part.left > 0);
  const nothingLeft = parts.every((part) => part.left === 0);
  const count = draft.scanned.length;
  return (
    <Screen
      title={shipment.careHome}
      back=""
      action={
        nothingLeft ? undefined : (
          <button
            type="button"
            className="button"
            data-kind="main"
            disabled={count === 0}
            onClick={() => go(`delivery/${shipment.id}/sign`)}
          >
            {w.count.next({ count })}
          </button>
        )
      }
    >
      {/* With the camera on, everything one needs at arm's length stands on one screen. */}
      {!Scanner && <About shipment={shipment} />}
      <section className="stack" aria-label={w.count.title}>
        {counts.map(({ item, scanned, left }, at) => (
          <div key={item} className="count" data-done={scanned >= left || undefined}>
            <strong>{names.items[item]}</strong>
            {left > 0 && <span className="figure">{w.count.of({ scanned, left, unit: names.units[item] })}</span>}
            <span className="soft">
              {[
                (parts[at]?.signed ?? 0) > 0
                  ? w.count.earlier({ signed: parts[at]?.signed ?? 0, unit: names.units[item] })
                  : "",
                left > 0 && scanned >= left ? w.count.done : "",
              ]
                .filter(Boolean)
                .join(w.separator)}
            </span>
          </div>
        ))}
      </section>
      {nothingLeft ? (
        <p className="note" data-tone="good">
          {w.nothingLeft}
        </p>
      ) : (
        <>
          {open.length > 1 && (
            <>
              <Choice
                beside
                legend={w.count.which}
                options={open.map((part) => [part.item, names.items[part.item]] as const)}
                value={draft.chosen}
                onChange={(chosen) => put({ chosen })}
              />
              <p className="soft">{w.count.whichHelp}</p>
            </>
          )}
          <div aria-live="assertive">{verdict?.aloud && <Said key={times} verdict={verdict.said} />}</div>
          {Scanner ? (
            <Scanner onRead={(text: string) => void read(text, true)} onClose={() => setScanner(null)} />
          ) : (
            <button type="button" className="button" data-kind="huge" onClick={() => void openCamera()}>
              {w.count.scan}
            </button>
          )}
          {trouble && (
            <p className="note" data-tone="warn" role="alert">
              {w.count.missing}
            </p>
          )}
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim() !== "" && read(typed, false) === "expected") setTyped("");
            }}
          >
            <Field
              label={w.count.typed}
              help={w.count.typedHelp}
              value={typed}
              maxLength={80}
              autoComplete="off"
              onChange={setTyped}
            />
            <div aria-live="assertive">{verdict?.aloud === false && <Said key={times} verdict={verdict.said} />}</div>
            <button type="submit" className="button" disabled={typed.trim() === ""}>
              {w.count.add}
            </button>
          </form>
          {count === 0 && <p className="soft">{w.count.nothing}</p>}
          <Pieces scanned={draft.scanned} onChange={(scanned) => put({ scanned })} />
          {draft.aside.length > 0 && (
            <section className="note stack" data-tone="warn">
              <h2>{w.count.aside({ count: draft.aside.length })}</h2>
              <p>{w.count.asideHelp}</p>
              <ul className="stack">
                {draft.aside.map((serial) => (
                  <li key={serial}>
                    <button
                      type="button"
                      className="button"
                      data-kind="quiet"
                      onClick={() => put({ aside: draft.aside.filter((one) => one !== serial) })}
                    >
                      {w.count.remove({ serial })}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Screen>
  );
}

function About({ shipment }: { readonly shipment: Shipment }) {
  const w = useWords(words);
  const format = useFormat();
  const quantities = useQuantities();
  const { place } = shipment;
  return (
    <>
      <div>
        <p>{shipment.divisionName}</p>
        <p>{w.from({ from: shipment.from, on: format.monthDay(shipment.shippedOn) })}</p>
        <p>{w.dueBy({ on: format.monthDay(shipment.dueOn) })}</p>
        {shipment.carrier && (
          <p className="soft">{w.carrier({ carrier: shipment.carrier, waybill: shipment.waybill ?? "" })}</p>
        )}
      </div>
      {place && (
        <a
          className="button"
          data-kind="quiet"
          href={`geo:${place.latitude},${place.longitude}?q=${place.latitude},${place.longitude}`}
        >
          {w.openMap}
        </a>
      )}
      {shipment.discrepancies.length > 0 && (
        <section className="note" data-tone="warn">
          <h2>{w.differs}</h2>
          {shipment.discrepancies.map((one) => (
            <p key={one.id}>
              {w.difference({
                kind: w.kinds[one.kind],
                what: one.item && one.quantity > 0 ? quantities([{ item: one.item, quantity: one.quantity }]) : "",
                on: format.monthDay(one.dueOn),
              })}
            </p>
          ))}
        </section>
      )}
    </>
  );
}

/** What was just read, large enough to be seen at arm's length. */
function Said({ verdict }: { readonly verdict: Verdict }) {
  const names = useWords(listWords);
  const w = useWords(words);
  const text = () => {
    switch (verdict.kind) {
      case "expected":
        return w.verdicts.expected({ item: names.items[verdict.piece.item], serial: verdict.piece.serial });
      case "full":
        return w.verdicts.full({ item: names.items[verdict.item], serial: verdict.serial });
      case "unreadable":
        return w.verdicts.unreadable;
      default:
        return w.verdicts[verdict.kind]({ serial: verdict.serial });
    }
  };
  return (
    <p
      className="note said"
      data-tone={verdict.kind === "expected" ? "good" : verdict.kind === "repeated" ? "warn" : "bad"}
    >
      {text()}
    </p>
  );
}

function Pieces({
  scanned,
  onChange,
}: {
  readonly scanned: readonly Scanned[];
  readonly onChange: (scanned: readonly Scanned[]) => void;
}) {
  const names = useWords(listWords);
  const w = useWords(words);
  if (scanned.length === 0) return null;
  const set = (serial: string, damage: string | null) =>
    onChange(scanned.map((one) => (one.serial === serial ? { ...one, damage } : one)));
  return (
    <details>
      <summary>{w.count.pieces({ count: scanned.length })}</summary>
      <ul className="stack">
        {[...scanned].reverse().map((one) => (
          <li key={one.serial} className="card">
            <span className="line">
              <span>{w.count.piece({ item: names.items[one.item], serial: one.serial })}</span>
              {one.damage !== null && (
                <span className="word" data-tone="bad">
                  {w.count.damageWord}
                </span>
              )}
            </span>
            {one.damage !== null && (
              <Field
                label={w.count.damage({ serial: one.serial })}
                value={one.damage}
                maxLength={300}
                onChange={(damage) => set(one.serial, damage)}
              />
            )}
            <div className="row">
              <button
                type="button"
                className="button"
                data-kind="quiet"
                onClick={() => set(one.serial, one.damage === null ? "" : null)}
              >
                {(one.damage === null ? w.count.damaged : w.count.whole)({ serial: one.serial })}
              </button>
              <button
                type="button"
                className="button"
                data-kind="quiet"
                onClick={() => onChange(scanned.filter((other) => other !== one))}
              >
                {w.count.remove({ serial: one.serial })}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
