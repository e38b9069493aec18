import { useMemo } from "react";
import { Link, useParams } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { listEvaluationHomes, recordEvaluation } from "../oversight.contract.ts";
import { AsOpened } from "./as-opened.tsx";
import { CheckFields, checkField, checkInput, checkPath, checkStart, useCheckLabels } from "./check-fields.tsx";
import { words } from "./oversight.web.words.ts";

type Drawn = OutputOf<typeof listEvaluationHomes>["homes"][number];

/** An evaluating organisation's result for one drawn home (评估). */
export function Component() {
  const { id = "" } = useParams();
  const w = useWords(words);
  const query = useQueryOperation(listEvaluationHomes, { limit: 200 }, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Answer query={query}>
      {(given) => (
        <AsOpened data={given}>
          {(data) => {
            const home = data.homes.find((one) => one.id === id && !one.done);
            return home ? (
              <Evaluate home={home} />
            ) : (
              <Empty title={w.evaluation.empty} action={<Link to="/equipment/evaluation">{w.check.backToList}</Link>} />
            );
          }}
        </AsOpened>
      )}
    </Answer>
  );
}

function Evaluate({ home }: { readonly home: Drawn }) {
  const w = useWords(words).check;
  const initial = useMemo(() => checkStart(home.expected, dateInShanghai(new Date())), [home]);
  const toInput = useMemo(
    () => (values: Record<string, unknown>) => ({ evaluationId: home.id, ...checkInput(values, home.expected) }),
    [home],
  );
  const labels = useCheckLabels(home.expected);
  const pathOf = useMemo(() => checkPath(home.expected), [home.expected]);
  const form = useOperationForm({ operation: recordEvaluation, initial, toInput, labels, pathOf, fieldOf: checkField });
  return (
    <FormPage
      title={w.evaluateTitle({ home: home.careHome })}
      purpose={w.evaluatePurpose}
      minutes={3}
      form={form}
      submitLabel={w.submitEvaluation}
      receipt={(output) => (
        <Receipt next={w.next}>
          <p>{output.discrepancies > 0 ? w.discrepancies({ count: output.discrepancies }) : w.recorded}</p>
          <p>
            <Link to="/equipment/evaluation">{w.backToList}</Link>
          </p>
        </Receipt>
      )}
    >
      <CheckFields expected={home.expected} />
    </FormPage>
  );
}
