import { Link } from "react-router";
import { actFields, inputFrom } from "../../../apps/web/ui/act-fields.ts";
import { ActFields, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { fileCommunity } from "../organisations.contract.ts";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";

const fields = actFields(fileCommunity, {});
const initial: Record<string, unknown> = {};
const toInput = (values: Record<string, unknown>) => inputFrom(fields, values);

/** Files a community organisation (社区社会组织备案). */
export function Component() {
  const w = useWords(words);
  const f = useWords(fieldWords);
  const form = useOperationForm({ operation: fileCommunity, initial, toInput, labels: f.fields, draftKey: "new" });
  return (
    <FormPage
      title={w.community.title}
      purpose={w.community.purpose}
      minutes={5}
      form={form}
      receipt={(output) => (
        <Receipt number={output.filingNumber} next={w.community.next}>
          <Link to={`/organisations/${output.organisationId}`}>{w.applications.organisation}</Link>
        </Receipt>
      )}
    >
      <ActFields fields={fields} given={f} searches={{ division: searchDivisions }} />
    </FormPage>
  );
}
