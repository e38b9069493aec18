import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { itemKinds } from "../equipment.shapes.ts";
import { getHome } from "../homes.contract.ts";
import { verifyHome } from "../oversight.contract.ts";
import { AsOpened } from "./as-opened.tsx";
import {
  CheckFields,
  checkField,
  checkInput,
  checkPath,
  checkStart,
  type ToCheck,
  useCheckLabels,
} from "./check-fields.tsx";
import type { HomeFile } from "./home-file.page.tsx";
import { words } from "./oversight.web.words.ts";

/** What a home should have, by its pieces that are not scrapped. */
export function toCheckOf(home: Pick<HomeFile, "items">): ToCheck[] {
  return itemKinds.flatMap((item) => {
    const pieces = home.items.filter((one) => one.item === item && one.state !== "scrapped");
    return pieces.length === 0 ? [] : [{ item, quantity: pieces.length, serials: pieces.map((one) => one.serial) }];
  });
}

/** Verifies a home at county level (县级核查). */
export function Component() {
  const { id = "" } = useParams();
  const w = useWords(words).check;
  const query = useQueryOperation(getHome, { id }, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Answer query={query}>
      {(given) => (
        <AsOpened data={given}>
          {(home) =>
            toCheckOf(home).length === 0 ? (
              <Empty title={w.notDelivered} action={<Link to={`/equipment/homes/${home.id}`}>{home.name}</Link>} />
            ) : (
              <Verify home={home} />
            )
          }
        </AsOpened>
      )}
    </Answer>
  );
}

function Verify({ home }: { readonly home: HomeFile }) {
  const w = useWords(words).check;
  const expected = useMemo(() => toCheckOf(home), [home]);
  const initial = useMemo(() => checkStart(expected, dateInShanghai(new Date())), [expected]);
  const toInput = useMemo(
    () => (values: Record<string, unknown>) => ({ careHomeId: home.id, ...checkInput(values, expected) }),
    [home.id, expected],
  );
  const labels = useCheckLabels(expected);
  const pathOf = useMemo(() => checkPath(expected), [expected]);
  const form = useOperationForm({
    operation: verifyHome,
    initial,
    toInput,
    labels,
    pathOf,
    fieldOf: checkField,
  });
  return (
    <FormPage
      title={w.verifyTitle({ home: home.name })}
      purpose={w.verifyPurpose}
      minutes={3}
      form={form}
      submitLabel={w.submit}
      receipt={(output) => (
        <Receipt next={w.next}>
          <p>{output.covered ? w.covered : w.notCovered}</p>
          {output.discrepancyIds.length > 0 && <p>{w.discrepancies({ count: output.discrepancyIds.length })}</p>}
          <p className="link-row">
            <Link to={`/equipment/homes/${home.id}`}>{w.openHome}</Link>
            {output.discrepancyIds.map((one) => (
              <Link key={one} to={`/equipment/discrepancies/${one}`}>
                {w.openDiscrepancy}
              </Link>
            ))}
          </p>
        </Receipt>
      )}
    >
      <CheckFields expected={expected} />
    </FormPage>
  );
}
