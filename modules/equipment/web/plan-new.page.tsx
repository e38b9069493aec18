import { Button, Checkbox } from "antd";
import { useMemo, useState } from "react";
import { Link, useLocation } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { ChoiceField, Field, FieldGroup, NumberField, TextField } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Notice } from "../../../apps/web/ui/notices.tsx";
import { DivisionField } from "../../../apps/web/ui/pickers.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listAccounts } from "../../../kernel/ledger/ledger.contract.ts";
import { type ItemKind, itemKinds, sizeClass } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { listHomes } from "../homes.contract.ts";
import { planAllocation } from "../plan.contract.ts";
import { words } from "./delivery.web.words.ts";
import { stockOf } from "./stock.ts";

type Values = Record<string, unknown>;
const initial: Values = {
  items: [...itemKinds],
  ...Object.fromEntries(itemKinds.map((item) => [`perHome.${item}`, 1])),
};

/** What was chosen as the operation takes it; fields left empty are left out. */
export function planInput(values: Values, homes: readonly string[]): Values {
  const items = (values.items ?? []) as readonly ItemKind[];
  return {
    name: String(values.name ?? "").trim(),
    items: items.map((item) => ({ item, perHome: values[`perHome.${item}`] })),
    ...(values.division ? { division: values.division } : {}),
    ...(values.sizeClass ? { sizeClass: values.sizeClass } : {}),
    ...(homes.length > 0 ? { homes } : {}),
  };
}

/** Plans who gets what (编制分配方案): the stock the ledger has, who is in question, then the order of the rule. */
export function Component() {
  const w = useWords(words).create;
  const given = (useLocation().state as { readonly homes?: readonly string[] } | null)?.homes ?? [];
  const [homes, setHomes] = useState(given);
  const labels = useMemo(() => w.fields as Readonly<Record<string, string>>, [w]);
  const toInput = useMemo(() => (values: Values) => planInput(values, homes), [homes]);
  const form = useOperationForm({
    operation: planAllocation,
    initial,
    toInput,
    labels,
    draftKey: "new",
    fieldOf: (code) =>
      code === "equipment/no-stock" || code === "equipment/stock-taken"
        ? "items"
        : code === "equipment/no-homes" || code === "equipment/outside-your-division"
          ? "division"
          : undefined,
  });
  return (
    <FormPage
      title={w.title}
      purpose={w.purpose}
      minutes={3}
      form={form}
      submitLabel={w.submit}
      aside={<Scope homes={homes.length} values={form.values} />}
      receipt={(output) => (
        <Receipt next={w.next}>
          <p>{w.done({ ranked: output.homesRanked, leftOut: output.homesLeftOut })}</p>
          <p>
            <Link className="button-link" to={`/equipment/plans/${output.id}`}>
              {w.open}
            </Link>
          </p>
        </Receipt>
      )}
    >
      <TextField name="name" label={w.name} help={w.nameHelp} maxLength={200} />
      <FieldGroup title={w.groups.what} note={w.stockNote}>
        <Items />
      </FieldGroup>
      <FieldGroup title={w.groups.who}>
        {homes.length > 0 ? (
          <Notice
            action={
              <Button size="small" onClick={() => setHomes([])}>
                {w.chosenAll}
              </Button>
            }
          >
            {w.chosen({ count: homes.length })}
          </Notice>
        ) : (
          <Whom />
        )}
      </FieldGroup>
    </FormPage>
  );
}

function Whom() {
  const w = useWords(words).create;
  const m = useWords(moduleWords);
  return (
    <>
      <DivisionField
        name="division"
        label={w.division}
        help={w.divisionHelp}
        required={false}
        search={searchDivisions}
      />
      <ChoiceField
        name="sizeClass"
        label={w.sizeClass}
        required={false}
        choices={choicesOf(sizeClass.options, m.sizeClasses)}
      />
    </>
  );
}

function useStock() {
  const { grant } = useSession();
  const accounts = useQueryOperation(listAccounts, { kind: "stock", limit: 200 });
  const stock = accounts.data ? stockOf(accounts.data.accounts, grant?.division ?? "") : undefined;
  return stock;
}

/** The items with what the ledger holds of each, and how many a home gets. */
function Items() {
  const w = useWords(words).create;
  const m = useWords(moduleWords);
  const form = useForm();
  const stock = useStock();
  const chosen = (form.values.items ?? []) as readonly ItemKind[];
  return (
    <>
      <Field name="items" label={w.items} required group>
        {(control) => (
          <div className="field-radios">
            {itemKinds.map((item, at) => (
              <Checkbox
                key={item}
                id={at === 0 ? control.id : undefined}
                checked={chosen.includes(item)}
                onChange={(event) =>
                  form.set(
                    "items",
                    itemKinds.filter((one) => (one === item ? event.target.checked : chosen.includes(one))),
                  )
                }
              >
                {m.items[item]}{" "}
                {stock &&
                  (stock[item] ? (
                    <span className="quiet">{w.stock({ quantity: showCount(stock[item]), unit: m.units[item] })}</span>
                  ) : (
                    <StatusWord tone="soon">{w.noStock}</StatusWord>
                  ))}
              </Checkbox>
            ))}
          </div>
        )}
      </Field>
      {chosen.map((item) => (
        <NumberField
          key={item}
          name={`perHome.${item}`}
          label={w.perHome({ item: m.items[item] })}
          unit={m.units[item]}
          required
        />
      ))}
    </>
  );
}

/** Who is in question before anything is reserved (参加排序的机构). */
function Scope({ homes, values }: { readonly homes: number; readonly values: Values }) {
  const w = useWords(words).create;
  const m = useWords(moduleWords);
  const stock = useStock();
  const division = values.division as string | undefined;
  const size = sizeClass.options.find((one) => one === values.sizeClass);
  const where = { state: "open", division, sizeClass: size, limit: 1 } as const;
  const all = useQueryOperation(listHomes, where, { keepPrevious: true });
  const uncovered = useQueryOperation(listHomes, { ...where, covered: "no" }, { keepPrevious: true });
  const count = homes > 0 ? homes : all.data?.total;
  const chosen = (values.items ?? []) as readonly ItemKind[];
  const address = new URLSearchParams({
    state: "open",
    ...(division ? { division } : {}),
    ...(size ? { sizeClass: size } : {}),
  });
  return (
    <section aria-live="polite">
      <h2 className="aside-title">{w.scope}</h2>
      {count === 0 ? (
        <p>
          <StatusWord tone="soon">{w.scopeNone}</StatusWord>
        </p>
      ) : (
        <>
          {count !== null && count !== undefined && <p>{w.scopeCount({ homes: showCount(count) })}</p>}
          {homes === 0 && uncovered.data?.total !== null && uncovered.data !== undefined && (
            <p className="quiet">{w.scopeUncovered({ homes: showCount(uncovered.data.total) })}</p>
          )}
          {stock &&
            chosen.map((item) => (
              <p key={item}>
                {w.enough({
                  item: m.items[item],
                  homes: showCount(
                    Math.floor((stock[item] ?? 0) / Math.max(1, Number(values[`perHome.${item}`] ?? 1))),
                  ),
                })}
              </p>
            ))}
        </>
      )}
      <p>
        <Link to={`/equipment/homes?${address}`}>{w.toHomes}</Link>
      </p>
    </section>
  );
}
