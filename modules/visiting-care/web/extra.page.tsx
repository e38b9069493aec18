import { useState } from "react";
import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { actFields, inputFrom } from "../../../apps/web/ui/act-fields.ts";
import { ActFields, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { Failed } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import type { Category } from "../../people/index.ts";
import { callExtraVisits } from "../enrolment.contract.ts";
import { careNames } from "../names.words.ts";
import { listPeople } from "../visits.contract.ts";
import { words as careWords } from "./care.web.words.ts";
import { words } from "./care-work.web.words.ts";
import { useWorkWords } from "./work-acts.ts";

const fields = actFields(callExtraVisits, {});
const toInput = (values: Record<string, unknown>) => inputFrom(fields, values);

/** Calls for extra visits (加密探访); how many people it means is seen before it is sent. */
export function Component() {
  const w = useWords(words).extra;
  const c = useWords(careNames);
  const list = useWords(careWords).list;
  const given = useWorkWords();
  const { grant } = useSession();
  const [initial] = useState<Record<string, unknown>>(() => ({
    ...(grant?.division && grant.division !== "0" ? { division: grant.division } : {}),
    from: dateInShanghai(new Date()),
  }));
  const form = useOperationForm({
    operation: callExtraVisits,
    initial,
    toInput,
    labels: given.fields,
    draftKey: "new",
  });
  return (
    <FormPage
      title={w.title}
      purpose={w.purpose}
      minutes={2}
      form={form}
      aside={
        <Preview
          division={String(form.values.division ?? "")}
          risks={(form.values.risks ?? []) as readonly Risk[]}
          categories={(form.values.categories ?? []) as readonly Category[]}
        />
      }
      receipt={(output) => (
        <Receipt next={w.next}>
          <p>{w.opened({ count: showCount(output.opened) })}</p>
          <p>
            <Link to="/care?order=due">{list.title}</Link>
          </p>
        </Receipt>
      )}
    >
      <ActFields
        fields={fields}
        given={{ ...given, choices: { ...given.choices, ground: c.extraGrounds } }}
        searches={{ division: searchDivisions }}
      />
    </FormPage>
  );
}

type Risk = "high" | "key" | "general";

/** How many people of each risk the choice means. */
function useCount(division: string, wanted: boolean, risk: Risk, categories: readonly Category[]) {
  return useQueryOperation(
    listPeople,
    {
      division,
      state: "enrolled",
      risk,
      category: categories.length > 0 ? [...categories] : undefined,
      limit: 1,
    },
    { enabled: wanted && /^\d{2,12}$/.test(division) },
  );
}

function Preview({
  division,
  risks,
  categories,
}: {
  readonly division: string;
  readonly risks: readonly Risk[];
  readonly categories: readonly Category[];
}) {
  const w = useWords(words).extra;
  const wants = (risk: Risk) => risks.length === 0 || risks.includes(risk);
  const counts = [
    { wanted: wants("high"), query: useCount(division, wants("high"), "high", categories) },
    { wanted: wants("key"), query: useCount(division, wants("key"), "key", categories) },
    { wanted: wants("general"), query: useCount(division, wants("general"), "general", categories) },
  ].filter((one) => one.wanted);
  const failed = counts.find((one) => one.query.error)?.query.error;
  const ready = counts.every((one) => one.query.data);
  const total = counts.reduce((sum, one) => sum + (one.query.data?.total ?? one.query.data?.people.length ?? 0), 0);
  return (
    <section aria-live="polite">
      <h2 className="aside-title">{w.preview}</h2>
      {failed ? (
        <Failed error={failed} />
      ) : ready ? (
        <p>{total === 0 ? w.none : w.will({ count: showCount(total) })}</p>
      ) : (
        <p className="quiet">{w.counting}</p>
      )}
    </section>
  );
}
