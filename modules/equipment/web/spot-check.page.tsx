import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { getHome } from "../homes.contract.ts";
import { recordCheck } from "../oversight.contract.ts";
import { AsOpened } from "./as-opened.tsx";
import { CheckFields, checkField, checkInput, checkPath, checkStart, useCheckLabels } from "./check-fields.tsx";
import type { HomeFile } from "./home-file.page.tsx";
import { words } from "./oversight.web.words.ts";
import { toCheckOf } from "./verify.page.tsx";

/** Records what a spot check found in a drawn home (抽查). */
export function Component() {
  const { id = "", homeId = "" } = useParams();
  const w = useWords(words).check;
  const query = useQueryOperation(getHome, { id: homeId }, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Answer query={query}>
      {(given) => (
        <AsOpened data={given}>
          {(home) =>
            toCheckOf(home).length === 0 ? (
              <Empty title={w.notDelivered} action={<Link to={`/equipment/samples/${id}`}>{w.backToSample}</Link>} />
            ) : (
              <Check home={home} sampleId={id} />
            )
          }
        </AsOpened>
      )}
    </Answer>
  );
}

function Check({ home, sampleId }: { readonly home: HomeFile; readonly sampleId: string }) {
  const w = useWords(words).check;
  const expected = useMemo(() => toCheckOf(home), [home]);
  const initial = useMemo(() => checkStart(expected, dateInShanghai(new Date())), [expected]);
  const toInput = useMemo(
    () => (values: Record<string, unknown>) => ({ sampleId, careHomeId: home.id, ...checkInput(values, expected) }),
    [sampleId, home.id, expected],
  );
  const labels = useCheckLabels(expected);
  const pathOf = useMemo(() => checkPath(expected), [expected]);
  const form = useOperationForm({ operation: recordCheck, initial, toInput, labels, pathOf, fieldOf: checkField });
  return (
    <FormPage
      title={w.spotTitle({ home: home.name })}
      purpose={w.spotPurpose}
      minutes={3}
      form={form}
      submitLabel={w.submitSpot}
      receipt={(output) => (
        <Receipt next={w.next}>
          <p>
            {output.discrepancyIds.length > 0 ? w.discrepancies({ count: output.discrepancyIds.length }) : w.recorded}
          </p>
          <p className="link-row">
            <Link to={`/equipment/samples/${sampleId}`}>{w.backToSample}</Link>
            <Link to={`/equipment/homes/${home.id}`}>{w.openHome}</Link>
          </p>
        </Receipt>
      )}
    >
      <CheckFields expected={expected} />
    </FormPage>
  );
}
