import { Button, Checkbox } from "antd";
import { useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { Field, FieldGroup, InstantField, TextField } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { getShipment, signDelivery } from "../delivery.contract.ts";
import type { Place } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { AsOpened } from "./as-opened.tsx";
import { words } from "./delivery.web.words.ts";
import { cameOf, type Expected, sameSigner, signInput } from "./delivery-sums.ts";
import { PhotosField } from "./evidence.tsx";
import { useLine } from "./labels.tsx";
import { sameSerial } from "./serials.ts";
import { leftOf, type ShipmentFile } from "./shipment-file.page.tsx";

/** Signs for a delivery at a desk (签收), from the paper the two people signed. */
export function Component() {
  const { id = "" } = useParams();
  const w = useWords(words).sign;
  const query = useQueryOperation(getShipment, { id }, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Answer query={query}>
      {(given) => (
        <AsOpened data={given}>
          {(shipment) =>
            leftOf(shipment).length === 0 || shipment.state === "recalled" || shipment.state === "returned" ? (
              <Empty
                title={w.nothing}
                action={<Link to={`/equipment/shipments/${shipment.id}`}>{shipment.careHome}</Link>}
              />
            ) : (
              <Sign shipment={shipment} />
            )
          }
        </AsOpened>
      )}
    </Answer>
  );
}

/** What is expected now: numbers that were signed for before are left out. */
function expectedOf(shipment: ShipmentFile): Expected[] {
  const before = shipment.deliveries.flatMap((one) => one.lines.flatMap((line) => line.serials));
  return leftOf(shipment).map((line) => ({
    item: line.item,
    left: line.left,
    serials: line.serials.filter((serial) => !before.some((one) => sameSerial(one, serial))),
  }));
}

function Sign({ shipment }: { readonly shipment: ShipmentFile }) {
  const w = useWords(words).sign;
  const lineOf = useLine();
  const joined = useJoined();
  const expected = useMemo(() => expectedOf(shipment), [shipment]);
  const toInput = useMemo(
    () => (values: Record<string, unknown>) => signInput(values, shipment.id, expected),
    [shipment.id, expected],
  );
  const labels = useMemo(() => w.fields as Readonly<Record<string, string>>, [w]);
  const form = useOperationForm({
    operation: signDelivery,
    initial: useMemo<Record<string, unknown>>(() => ({}), []),
    toInput,
    labels,
    fieldOf: (code) =>
      code === "equipment/two-signers"
        ? "signers"
        : /serial|nothing-signed|more-than-shipped|not-shipped/.test(code)
          ? "lines"
          : code === "equipment/in-the-future" || code === "equipment/before-shipped"
            ? "at"
            : undefined,
  });
  return (
    <FormPage
      title={w.title({ home: shipment.careHome })}
      purpose={w.purpose}
      minutes={3}
      form={form}
      submitLabel={w.submit}
      receipt={(output) => {
        const short = joined(
          output.short.filter((one) => one.quantity > 0).map((one) => lineOf(one.item, one.quantity)),
        );
        return (
          <Receipt next={short ? w.nextShort : w.next}>
            <p>{short ? w.doneShort({ line: short }) : w.done}</p>
            <p className="link-row">
              {output.discrepancyIds.map((one) => (
                <Link key={one} to={`/equipment/discrepancies/${one}`}>
                  {w.openDiscrepancy}
                </Link>
              ))}
              <Link to={`/equipment/shipments/${shipment.id}`}>{w.openShipment}</Link>
              <Link to={`/equipment/homes/${shipment.careHomeId}`}>{w.openHome}</Link>
            </p>
          </Receipt>
        );
      }}
    >
      <FieldGroup title={w.groups.what} name="lines">
        {expected.map((one) =>
          one.serials.length > 0 ? (
            <Tick key={one.item} one={one} all={expected} />
          ) : (
            <Scan key={one.item} one={one} all={expected} />
          ),
        )}
        <Damaged expected={expected} />
      </FieldGroup>
      <FieldGroup title={w.groups.who} name="signers">
        <Signers />
      </FieldGroup>
      <FieldGroup title={w.groups.proof}>
        <InstantField name="at" label={w.at} help={w.atHelp} required={false} />
        <PhotosField name="photoIds" label={w.photos} help={w.photosHelp} />
        <PlaceField />
        <TextField name="note" label={w.note} required={false} rows={2} maxLength={1000} />
      </FieldGroup>
    </FormPage>
  );
}

/** Short, complete or too many, while it is being filled in. */
function Count({ one, all }: { readonly one: Expected; readonly all: readonly Expected[] }) {
  const w = useWords(words).sign;
  const lineOf = useLine();
  const form = useForm();
  const came = cameOf(form.values, one).length;
  // Before the first number nothing is short yet.
  if (all.every((other) => cameOf(form.values, other).length === 0)) return null;
  return (
    <output className="field-read">
      {w.read({ count: came, left: one.left })}{" "}
      {came < one.left ? (
        <StatusWord tone="soon">{w.short({ line: lineOf(one.item, one.left - came) })}</StatusWord>
      ) : came > one.left ? (
        <StatusWord tone="late">{w.over({ line: lineOf(one.item, came - one.left) })}</StatusWord>
      ) : (
        <StatusWord tone="done">{w.complete}</StatusWord>
      )}
    </output>
  );
}

function Tick({ one, all }: { readonly one: Expected; readonly all: readonly Expected[] }) {
  const w = useWords(words).sign;
  const m = useWords(moduleWords);
  const form = useForm();
  const name = `came.${one.item}`;
  const came = cameOf(form.values, one);
  return (
    <Field
      name={name}
      label={w.tick({ item: m.items[one.item], quantity: String(one.left), unit: m.units[one.item] })}
      required={false}
      group
    >
      {(control) => (
        <>
          <div className="came">
            {one.serials.map((serial, at) => (
              <Checkbox
                key={serial}
                id={at === 0 ? control.id : undefined}
                checked={came.includes(serial)}
                onChange={(event) =>
                  form.set(
                    name,
                    one.serials.filter((other) => (other === serial ? event.target.checked : came.includes(other))),
                  )
                }
              >
                <span className="code">{serial}</span>
              </Checkbox>
            ))}
          </div>
          <Button size="small" onClick={() => form.set(name, [...one.serials])}>
            {w.allHere}
          </Button>
          <Count one={one} all={all} />
        </>
      )}
    </Field>
  );
}

function Scan({ one, all }: { readonly one: Expected; readonly all: readonly Expected[] }) {
  const w = useWords(words).sign;
  const m = useWords(moduleWords);
  const form = useForm();
  const name = `came.${one.item}`;
  return (
    <Field
      name={name}
      label={w.scan({ item: m.items[one.item], quantity: String(one.left), unit: m.units[one.item] })}
      help={w.scanHelp}
      required={false}
    >
      {(control) => (
        <>
          <textarea
            {...control}
            className="plain-input field-code"
            rows={Math.min(6, Math.max(2, one.left))}
            spellCheck={false}
            value={String(form.values[name] ?? "")}
            onChange={(event) => form.set(name, event.target.value)}
          />
          <Count one={one} all={all} />
        </>
      )}
    </Field>
  );
}

function Damaged({ expected }: { readonly expected: readonly Expected[] }) {
  const w = useWords(words).sign;
  const form = useForm();
  const came = expected.flatMap((one) => cameOf(form.values, one));
  const damaged = (form.values.damaged ?? []) as readonly string[];
  if (came.length === 0) return null;
  return (
    <>
      <Field name="damaged" label={w.damaged} help={w.damagedHelp} required={false} group>
        {(control) => (
          <div className="came">
            {came.map((serial, at) => (
              <Checkbox
                key={serial}
                id={at === 0 ? control.id : undefined}
                checked={damaged.includes(serial)}
                onChange={(event) =>
                  form.set(
                    "damaged",
                    came.filter((one) => (one === serial ? event.target.checked : damaged.includes(one))),
                  )
                }
              >
                <span className="code">{serial}</span>
              </Checkbox>
            ))}
          </div>
        )}
      </Field>
      {damaged.length > 0 && <TextField name="damagedNote" label={w.damagedNote} required={false} maxLength={300} />}
    </>
  );
}

/** Two different people (两人签字). */
function Signers() {
  const w = useWords(words).sign;
  const form = useForm();
  return (
    <>
      {[0, 1].map((at) => (
        <fieldset key={at} className="field act-group">
          <legend>{w.signer({ number: at + 1 })}</legend>
          <TextField name={`signer.${at}`} label={w.name} required maxLength={60} width="16em" />
          <TextField
            name={`post.${at}`}
            label={w.post}
            help={w.postHelp}
            required={false}
            maxLength={60}
            width="16em"
          />
        </fieldset>
      ))}
      {sameSigner(form.values) && <Notice tone="warn">{w.twoDifferent}</Notice>}
    </>
  );
}

/** Where it was signed, when whoever writes it is there (位置); never taken without asking. */
function PlaceField() {
  const w = useWords(words).sign;
  const form = useForm();
  const [failed, setFailed] = useState(false);
  const place = form.values.place as Place | undefined;
  const take = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setFailed(false);
        form.set("place", { latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy });
      },
      () => setFailed(true),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  return (
    <Field name="place" label={w.fields.place} help={w.placeHelp} required={false} group>
      {() =>
        place ? (
          <p className="row-acts">
            <span>
              {w.placeIs({
                latitude: place.latitude.toFixed(5),
                longitude: place.longitude.toFixed(5),
                metres: Math.round(place.accuracy),
              })}
            </span>
            <Button size="small" onClick={() => form.set("place", undefined)}>
              {w.forget}
            </Button>
          </p>
        ) : (
          <>
            <Button onClick={take}>{w.here}</Button>
            {failed && <p className="field-help">{w.placeNone}</p>}
          </>
        )
      }
    </Field>
  );
}
