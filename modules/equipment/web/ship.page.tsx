import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { call } from "../../../apps/web/client.ts";
import { DateField, Field, TextField } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { ship } from "../delivery.contract.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { type AllocationLine, getPlan } from "../plan.contract.ts";
import { AsOpened } from "./as-opened.tsx";
import { words } from "./delivery.web.words.ts";
import { useLine } from "./labels.tsx";
import { dealSerials, readSerials, type ShipHome, serialsMissing } from "./serials.ts";

const MOST = 200;
const DAYS = 15;

interface Waiting extends ShipHome {
  readonly name: string;
}

/** Homes that wait for what was allocated to them, in the order of the plan, as many as go at once. */
async function waitingOf(
  planId: string,
  signal: AbortSignal,
): Promise<{ name: string; homes: Waiting[]; total: number }> {
  const rows: AllocationLine[] = [];
  let after: string | undefined;
  let name = "";
  do {
    const page = await call(getPlan, { id: planId, state: "allocated", limit: 200, after }, { signal });
    name = page.name;
    rows.push(...page.allocations);
    after = page.next ?? undefined;
  } while (after && rows.length < 4 * MOST);
  const homes = new Map<string, { careHomeId: string; name: string; lines: { item: ItemKind; quantity: number }[] }>();
  for (const row of rows.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))) {
    const home = homes.get(row.careHomeId) ?? { careHomeId: row.careHomeId, name: row.careHome, lines: [] };
    home.lines.push({ item: row.item, quantity: row.quantity });
    homes.set(row.careHomeId, home);
  }
  return { name, homes: [...homes.values()].slice(0, MOST), total: homes.size };
}

/** Ships what a plan allocated (发运): to whom, until when, with which numbers. */
export function Component() {
  const { id = "" } = useParams();
  const w = useWords(words).ship;
  const query = useQuery({
    queryKey: ["equipment.ship.waiting", id],
    queryFn: ({ signal }) => waitingOf(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Answer query={query}>
      {(given) => (
        <AsOpened data={given}>
          {(data) =>
            data.homes.length === 0 ? (
              <Empty title={w.nothing} action={<Link to={`/equipment/plans/${id}`}>{data.name}</Link>} />
            ) : (
              <Form planId={id} homes={data.homes} />
            )
          }
        </AsOpened>
      )}
    </Answer>
  );
}

type Values = Record<string, unknown>;
const serialsIn = (values: Values, item: ItemKind) => readSerials(String(values[`serials.${item}`] ?? "")).serials;
const chosenIn = (values: Values, homes: readonly Waiting[]) => {
  const chosen = values.homes as readonly string[];
  return homes.filter((one) => chosen.includes(one.careHomeId));
};

function Form({ planId, homes }: { readonly planId: string; readonly homes: readonly Waiting[] }) {
  const w = useWords(words).ship;
  const today = dateInShanghai(new Date());
  const initial = useMemo<Values>(
    () => ({ homes: homes.map((one) => one.careHomeId), shippedOn: today, dueOn: addDays(today, DAYS) }),
    [homes, today],
  );
  const toInput = useMemo(
    () => (values: Values) => {
      const given = Object.fromEntries(itemKinds.map((item) => [item, serialsIn(values, item)]));
      const optional = ["shippedOn", "dueOn", "carrier", "waybill", "note"].flatMap((name) =>
        values[name] ? [[name, values[name]]] : [],
      );
      return { planId, homes: dealSerials(chosenIn(values, homes), given), ...Object.fromEntries(optional) };
    },
    [planId, homes],
  );
  const m = useWords(moduleWords);
  const labels = useMemo<Readonly<Record<string, string>>>(
    () => ({
      ...w.fields,
      ...Object.fromEntries(itemKinds.map((item) => [`serials.${item}`, w.serials({ item: m.items[item] })])),
    }),
    [w, m],
  );
  const items = itemKinds.filter((item) => homes.some((home) => home.lines.some((line) => line.item === item)));
  const form = useOperationForm({
    operation: ship,
    initial,
    toInput,
    labels,
    fieldOf: (code, facts) =>
      code.startsWith("equipment/serial")
        ? `serials.${facts.item ?? items[0]}`
        : code === "equipment/due-before-shipped"
          ? "dueOn"
          : undefined,
  });
  return (
    <FormPage
      title={w.title}
      purpose={w.purpose}
      minutes={5}
      form={form}
      submitLabel={w.submit}
      receipt={(output) => (
        <Receipt next={w.next}>
          <p>{w.done({ count: output.shipments.length })}</p>
          <p className="link-row">
            <Link to={`/equipment/shipments?planId=${planId}`}>{w.toShipments}</Link>
          </p>
        </Receipt>
      )}
    >
      <Homes homes={homes} />
      <DateField name="shippedOn" label={w.shippedOn} required={false} max={today} />
      <DateField name="dueOn" label={w.dueOn} help={w.dueHelp} />
      <TextField name="carrier" label={w.carrier} required={false} maxLength={100} />
      <TextField name="waybill" label={w.waybill} required={false} maxLength={100} />
      {items.map((item) => (
        <Serials key={item} item={item} homes={homes} />
      ))}
      <TextField name="note" label={w.note} required={false} rows={2} maxLength={500} />
    </FormPage>
  );
}

/** Numbers pasted for one item: how many were read and how many are needed, while typing. */
function Serials({ item, homes }: { readonly item: ItemKind; readonly homes: readonly Waiting[] }) {
  const w = useWords(words).ship;
  const m = useWords(moduleWords);
  const joined = useJoined();
  const form = useForm();
  const name = `serials.${item}`;
  const chosen = chosenIn(form.values, homes);
  const { serials, repeated } = readSerials(String(form.values[name] ?? ""));
  const missing = serialsMissing(chosen, item, serials);
  return (
    <Field name={name} label={w.serials({ item: m.items[item] })} help={w.serialsHelp} required={false}>
      {(control) => (
        <>
          <textarea
            {...control}
            className="plain-input field-code"
            rows={3}
            spellCheck={false}
            value={String(form.values[name] ?? "")}
            onChange={(event) => form.set(name, event.target.value)}
          />
          {serials.length > 0 && (
            <output className="field-read">
              {w.read({ count: serials.length, needed: serials.length + missing })}
              {missing > 0 && ` · ${w.missing({ count: missing })}`}
              {missing < 0 && ` · ${w.tooMany({ count: -missing })}`}
              {repeated.length > 0 && ` · ${w.repeated({ serials: joined(repeated) })}`}
            </output>
          )}
        </>
      )}
    </Field>
  );
}

/** The homes with what each gets and which numbers go there. */
function Homes({ homes }: { readonly homes: readonly Waiting[] }) {
  const w = useWords(words).ship;
  const lineOf = useLine();
  const joined = useJoined();
  const form = useForm();
  const chosen = form.values.homes as readonly string[];
  const given = Object.fromEntries(itemKinds.map((item) => [item, serialsIn(form.values, item)]));
  const dealt = new Map(dealSerials(chosenIn(form.values, homes), given).map((one) => [one.careHomeId, one]));
  return (
    <Field name="homes" label={w.homes} help={w.homesNote} group>
      {(control) => (
        <>
          <p className="row-acts">
            <span role="status">{w.chosen({ count: chosen.length, total: homes.length })}</span>
            <Button
              size="small"
              onClick={() =>
                form.set(
                  "homes",
                  homes.map((one) => one.careHomeId),
                )
              }
            >
              {w.all}
            </Button>
            <Button size="small" onClick={() => form.set("homes", [])}>
              {w.noneChosen}
            </Button>
          </p>
          <ul className="plain-list">
            {homes.map((home, at) => (
              <li key={home.careHomeId}>
                <Checkbox
                  id={at === 0 ? control.id : undefined}
                  checked={chosen.includes(home.careHomeId)}
                  onChange={(event) =>
                    form.set(
                      "homes",
                      event.target.checked
                        ? [...chosen, home.careHomeId]
                        : chosen.filter((one) => one !== home.careHomeId),
                    )
                  }
                >
                  {home.name}{" "}
                  <span className="quiet">{joined(home.lines.map((line) => lineOf(line.item, line.quantity)))}</span>
                </Checkbox>
                {dealt
                  .get(home.careHomeId)
                  ?.lines.filter((line) => line.serials && line.serials.length > 0)
                  .map((line) => (
                    <span key={line.item} className="block-line code">
                      {joined(line.serials ?? [])}
                    </span>
                  ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </Field>
  );
}
