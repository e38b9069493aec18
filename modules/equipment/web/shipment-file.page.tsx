import { Link, useParams } from "react-router";
import { queryAddress } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showInstant } from "../../../apps/web/ui/format.ts";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import { openFile } from "../../../kernel/files/files.contract.ts";
import { getShipment, recallShipment, signDelivery } from "../delivery.contract.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { printDeliveryNote } from "../field.contract.ts";
import { words } from "./delivery.web.words.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { Rows } from "./home-sections.tsx";
import { ItemTable } from "./item-table.tsx";
import { DiscrepancyWord, Photos, ShipmentWord, useLine } from "./labels.tsx";

export type ShipmentFile = OutputOf<typeof getShipment>;
type Delivery = ShipmentFile["deliveries"][number];

/** What is still to be signed for of a shipment. */
export function leftOf(shipment: Pick<ShipmentFile, "lines">) {
  return shipment.lines.map((line) => ({ ...line, left: line.quantity - line.signed })).filter((line) => line.left > 0);
}

/** One shipment (发运单): what went, who signed, where and when, what differs. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getShipment, { id });
  return <Answer query={query}>{(shipment) => <File shipment={shipment} />}</Answer>;
}

function File({ shipment }: { readonly shipment: ShipmentFile }) {
  const all = useWords(words);
  const w = all.shipment;
  const { locale } = usePreferences();
  const { may } = useSession();
  const act = useAct();
  const today = dateInShanghai(new Date());
  const gone = shipment.state === "recalled" || shipment.state === "returned";
  const signed = shipment.deliveries.length > 0;
  const open = !gone && leftOf(shipment).length > 0;
  const blocked = gone ? [w.because.recalled] : signed ? [w.because.signed] : [];
  return (
    <FilePage
      title={shipment.careHome}
      above={<Link to="/equipment/shipments">{all.shipments.title}</Link>}
      state={
        <>
          <ShipmentWord state={shipment.state} late={shipment.late} />
          <span>{shipment.divisionName}</span>
          {shipment.state === "shipped" && <DutyBadge dueOn={shipment.dueOn} today={today} />}
        </>
      }
      tools={
        <>
          <Link to={`/equipment/homes/${shipment.careHomeId}`}>{all.sign.openHome}</Link>
          {shipment.planId && (
            <Link to={`/equipment/plans/${shipment.planId}?careHomeId=${shipment.careHomeId}`}>{w.plan}</Link>
          )}
          {may(signDelivery) && open && (
            <Link className="button-link" to={`/equipment/shipments/${shipment.id}/sign`}>
              {signed ? w.signMore : w.sign}
            </Link>
          )}
        </>
      }
    >
      {shipment.recalledOn && (
        <Notice tone="warn">
          {w.recalledOn({ on: showDate(shipment.recalledOn, locale), reason: shipment.recallReason ?? "" })}
        </Notice>
      )}
      <ActButtons
        quiet
        acts={[
          ...act(
            "print",
            w.print,
            printDeliveryNote,
            { shipmentId: shipment.id },
            { reasons: gone ? [w.because.recalled] : [] },
          ),
          ...act("recall", w.recall, recallShipment, { id: shipment.id }, { note: w.recallNote, reasons: blocked }),
        ]}
        given={{ fields: all.fields }}
        subjectId={shipment.id}
        doneText={(done, output) =>
          done.key === "print" ? (
            <a
              href={queryAddress(openDocument, { id: (output as { documentId: string }).documentId })}
              target="_blank"
              rel="noreferrer"
            >
              {w.printed} {(output as { number: string }).number}
            </a>
          ) : null
        }
      />
      <Lines shipment={shipment} />
      <Section title={w.deliveries}>
        {shipment.deliveries.length === 0 ? (
          <p className="quiet">{w.notYet}</p>
        ) : (
          shipment.deliveries.map((one) => <DeliveryFacts key={one.id} delivery={one} />)
        )}
      </Section>
      <Differences shipment={shipment} />
      {shipment.items.length > 0 && (
        <Section title={w.pieces}>
          <ItemTable items={shipment.items} />
        </Section>
      )}
      <Section title={w.facts}>
        <ShipmentFacts shipment={shipment} />
      </Section>
    </FilePage>
  );
}

function Lines({ shipment }: { readonly shipment: ShipmentFile }) {
  const w = useWords(words).shipment;
  const m = useWords(moduleWords);
  const joined = useJoined();
  return (
    <Rows
      id="shipment-lines"
      title={w.lines}
      rows={shipment.lines.map((line) => ({ ...line, id: line.item }))}
      columns={[
        { key: "item", title: w.lines, cell: (row) => m.items[row.item] },
        { key: "sent", title: w.sent, cell: (row) => showCount(row.quantity), numeric: true },
        { key: "signed", title: w.signed, cell: (row) => showCount(row.signed), numeric: true },
        {
          key: "short",
          title: w.short,
          cell: (row) =>
            shipment.deliveries.length > 0 && row.signed < row.quantity ? (
              <StatusWord tone="late">{showCount(row.quantity - row.signed)}</StatusWord>
            ) : (
              "—"
            ),
          numeric: true,
        },
        {
          key: "serials",
          title: w.serials,
          cell: (row) =>
            row.serials.length === 0 ? (
              <span className="quiet">{w.serialsLater}</span>
            ) : (
              <span className="code">{joined(row.serials)}</span>
            ),
        },
      ]}
    />
  );
}

function DeliveryFacts({ delivery }: { readonly delivery: Delivery }) {
  const w = useWords(words).shipment;
  const base = useWords(baseWords);
  const { locale } = usePreferences();
  const sentence = useCodeSentence();
  const lineOf = useLine();
  const joined = useJoined();
  return (
    <Facts
      label={w.deliveries}
      items={[
        {
          term: w.at,
          value: (
            <>
              {showInstant(delivery.at, locale)}
              {delivery.offline && (
                <span className="quiet">
                  {" "}
                  {w.offline} · {w.recordedAt({ at: showInstant(delivery.recordedAt, locale) })}
                </span>
              )}
            </>
          ),
        },
        {
          term: w.signers,
          value: delivery.signers.map((one) => (
            <span key={one.name} className="block-line">
              {one.name} {one.post && <span className="quiet">{one.post}</span>}{" "}
              {one.signatureId && (
                <a href={queryAddress(openFile, { id: one.signatureId })} target="_blank" rel="noreferrer">
                  {w.signature}
                </a>
              )}
            </span>
          )),
        },
        {
          term: w.lines,
          wide: true,
          value: delivery.lines.map((line) => (
            <span key={line.item} className="block-line">
              {lineOf(line.item, line.serials.length)} <span className="code">{joined(line.serials)}</span>
            </span>
          )),
        },
        {
          term: w.place,
          value: delivery.place && (
            <>
              {delivery.place.latitude.toFixed(5)}, {delivery.place.longitude.toFixed(5)}{" "}
              <span className="quiet">{w.accuracy({ metres: Math.round(delivery.place.accuracy) })}</span>
            </>
          ),
        },
        { term: w.photos, value: delivery.photoIds.length > 0 && <Photos ids={delivery.photoIds} /> },
        { term: w.by, value: delivery.by },
        ...(delivery.remarks.length > 0
          ? [
              {
                term: w.remarks,
                wide: true,
                value: delivery.remarks.map((one) => (
                  <span key={one.code} className="block-line">
                    <StatusWord tone="soon">{sentence(one.code, one.facts) ?? one.code}</StatusWord>
                  </span>
                )),
              },
            ]
          : []),
        { term: base.note, value: delivery.note, wide: true },
        {
          term: w.ledger,
          value: delivery.entryIds.map((id, at) => (
            <span key={id} className="block-line">
              <Link to={`/ledger/trace?posting=${id}`}>{w.entry({ number: at + 1 })}</Link>
            </span>
          )),
        },
      ]}
    />
  );
}

function Differences({ shipment }: { readonly shipment: ShipmentFile }) {
  const w = useWords(words).shipment;
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  if (shipment.discrepancies.length === 0) return null;
  return (
    <Rows
      id="shipment-discrepancies"
      title={w.discrepancies}
      rows={shipment.discrepancies}
      columns={[
        {
          key: "kind",
          title: base.discrepancyKind,
          cell: (row) => <Link to={`/equipment/discrepancies/${row.id}`}>{m.discrepancyKinds[row.kind]}</Link>,
        },
        { key: "item", title: base.item, cell: (row) => (row.item ? m.items[row.item] : "—") },
        { key: "quantity", title: base.fields.quantity, cell: (row) => showCount(row.quantity), numeric: true },
        { key: "state", title: base.state, cell: (row) => <DiscrepancyWord state={row.state} /> },
        { key: "dueOn", title: base.fields.dueOn, cell: (row) => showDate(row.dueOn, locale) },
      ]}
    />
  );
}

function ShipmentFacts({ shipment }: { readonly shipment: ShipmentFile }) {
  const all = useWords(words);
  const w = all.shipment;
  const base = useWords(baseWords);
  const { locale } = usePreferences();
  return (
    <Facts
      label={w.facts}
      items={[
        { term: all.shipments.from, value: shipment.from },
        { term: all.shipments.shippedOn, value: showDate(shipment.shippedOn, locale) },
        { term: all.shipments.dueOn, value: showDate(shipment.dueOn, locale) },
        { term: all.shipments.deliveredOn, value: shipment.deliveredOn && showDate(shipment.deliveredOn, locale) },
        { term: all.shipments.days, value: shipment.days === null ? null : String(shipment.days) },
        { term: w.carrier, value: shipment.carrier },
        { term: w.waybill, value: shipment.waybill },
        { term: base.note, value: shipment.note, wide: true },
        {
          term: w.ledger,
          value: shipment.entryIds.map((id, at) => (
            <span key={id} className="block-line">
              <Link to={`/ledger/trace?posting=${id}`}>{w.entry({ number: at + 1 })}</Link>
            </span>
          )),
        },
      ]}
    />
  );
}
