import { Checkbox } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { actFields, inputFrom } from "../../../apps/web/ui/act-fields.ts";
import { ActFields, type OutputOf, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { FieldGroup } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { Failed, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { list, recordCensus } from "../people.contract.ts";
import { PersonLink, useActWords, useCategoryLine, useSexAge } from "./labels.tsx";
import { words } from "./people.web.words.ts";

const fields = actFields(recordCensus, { village: null, categoriesText: null, idKind: null, confirmed: null });
const groups = {
  who: ["name", "idNumber", "sex", "bornOn", "categories", "living"],
  where: ["division", "address", "householdNumber", "foundOn"],
};
const pick = (names: readonly string[]) => names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
const rest = fields.filter((field) => ![...groups.who, ...groups.where].includes(field.name));
const toInput = (values: Record<string, unknown>) => ({
  ...inputFrom(fields, values),
  ...(values.confirmed === true ? { confirmed: true } : {}),
});

/** Adds one person by hand (登记一个人); whoever may be the same is shown before anything is saved. */
export function Component() {
  const w = useWords(words).create;
  const given = useActWords();
  const { grant } = useSession();
  const [initial] = useState<Record<string, unknown>>(() => ({
    foundOn: dateInShanghai(new Date()),
    ...(grant?.division && grant.division.length >= 12 ? { division: grant.division } : {}),
  }));
  const form = useOperationForm({
    operation: recordCensus,
    initial,
    toInput,
    labels: given.fields,
    draftKey: "new",
  });
  const name = useSettled(String(form.values.name ?? "").trim());
  const number = useSettled(
    String(form.values.idNumber ?? "")
      .normalize("NFKC")
      .replace(/\s/g, ""),
  );
  return (
    <FormPage
      title={w.title}
      purpose={w.purpose}
      minutes={3}
      form={form}
      aside={
        <Similar
          name={name}
          number={number}
          confirmed={form.values.confirmed === true}
          onConfirm={(confirmed) => form.set("confirmed", confirmed)}
        />
      }
      receipt={(output) => <Recorded output={output} />}
    >
      <FieldGroup title={w.who}>
        <ActFields fields={pick(groups.who)} given={given} />
      </FieldGroup>
      <FieldGroup title={w.where}>
        <ActFields fields={pick(groups.where)} given={given} searches={{ division: searchDivisions }} />
      </FieldGroup>
      <FieldGroup title={w.reach}>
        <ActFields fields={rest} given={given} />
      </FieldGroup>
    </FormPage>
  );
}

/** A value once the typing has paused. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 400);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Similar({
  name,
  number,
  confirmed,
  onConfirm,
}: {
  readonly name: string;
  readonly number: string;
  readonly confirmed: boolean;
  readonly onConfirm: (confirmed: boolean) => void;
}) {
  const w = useWords(words).create;
  const sexAge = useSexAge();
  const categoryLine = useCategoryLine();
  const askName = name.length >= 2;
  const askNumber = number.length >= 15;
  const byName = useQueryOperation(list, { q: name, limit: 8 }, { enabled: askName });
  const byNumber = useQueryOperation(list, { idNumber: number, limit: 3 }, { enabled: askNumber });
  const same = askNumber ? (byNumber.data?.people ?? []) : [];
  const alike = askName ? (byName.data?.people ?? []).filter((one) => !same.some((two) => two.id === one.id)) : [];
  const error = byName.error ?? byNumber.error;
  return (
    <section aria-live="polite">
      <h2 className="aside-title">{w.aside}</h2>
      {error ? (
        <Failed error={error} />
      ) : same.length + alike.length === 0 ? (
        <p className="quiet">{askName || askNumber ? w.asideNone : w.asideEmpty}</p>
      ) : (
        <>
          <ul className="plain-list">
            {[...same, ...alike].map((one) => (
              <li key={one.id}>
                <PersonLink id={one.id} name={one.name} /> {sexAge(one)}
                <br />
                <span className="quiet">
                  {one.idNumber} {categoryLine(one.categories)}
                </span>
                {same.includes(one) && <Notice tone="warn">{w.asideSame}</Notice>}
              </li>
            ))}
          </ul>
          {same.length === 0 && (
            <Checkbox checked={confirmed} onChange={(event) => onConfirm(event.target.checked)}>
              {w.confirm}
            </Checkbox>
          )}
        </>
      )}
    </section>
  );
}

function Recorded({ output }: { readonly output: OutputOf<typeof recordCensus> }) {
  const w = useWords(words);
  const c = w.create;
  const { locale } = usePreferences();
  const sentence = useCodeSentence();
  return (
    <Receipt next={c.next}>
      <p>{output.outcome === "new" ? c.created : output.outcome === "same" ? c.same : c.changed}</p>
      {output.outcome === "change" && (
        <p>{output.changes.map((one) => named(w.fields, one.field)).join(locale === "zh" ? "、" : ", ")}</p>
      )}
      {output.warnings.length > 0 && (
        <Notice tone="warn" title={c.warnings}>
          <ul>
            {output.warnings.map((one) => (
              <li key={one.code + one.field}>
                {named(w.fields, one.field)}：{sentence(one.code, one.facts) ?? named(w.flags, one.code)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {output.similar.length > 0 && (
        <Notice tone="warn" title={c.similar} action={<Link to="/people/pairs">{w.pairs.title}</Link>}>
          <ul>
            {output.similar.map((one) => (
              <li key={one.id}>
                <Link to={`/people/compare/${output.id}/${one.id}`}>{one.masked}</Link>{" "}
                {w.file.similarity({ percent: Math.round(one.score * 100) })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <p>
        <Link to={`/people/${output.id}`}>{c.open}</Link>
      </p>
    </Receipt>
  );
}
