import { useMemo } from "react";
import { Link, useParams } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { FormPage, Receipt } from "../../../apps/web/ui/form-page.tsx";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { changeHome, getHome } from "../homes.contract.ts";
import { words } from "./equipment.web.words.ts";
import { changedInput, HomeFields } from "./home-form.tsx";
import { useActWords } from "./labels.tsx";

/** Changes what is known of a home (变更机构信息). */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getHome, { id }, { staleTime: Number.POSITIVE_INFINITY });
  return <Answer query={query}>{(home) => <Change home={home} />}</Answer>;
}

function Change({ home }: { readonly home: OutputOf<typeof getHome> }) {
  const w = useWords(words).form;
  const given = useActWords();
  const before = useMemo<Record<string, unknown>>(
    () => ({
      name: home.name,
      division: home.division,
      kind: home.kind,
      residents: home.residents,
      beds: home.beds ?? undefined,
      paired: home.flags.includes("paired"),
      poorest: home.flags.includes("poorest"),
      floodSeverity: home.floodSeverity ?? undefined,
      served: home.served.length === 2 ? "both" : (home.served[0] ?? "none"),
      servedBatch: home.servedBatch ?? undefined,
      director: home.director ?? undefined,
      state: home.state,
      position: home.latitude === null || home.longitude === null ? undefined : `${home.latitude}, ${home.longitude}`,
      latitude: home.latitude ?? undefined,
      longitude: home.longitude ?? undefined,
    }),
    [home],
  );
  const toInput = useMemo(() => changedInput(home.id, home.version, before), [home, before]);
  const form = useOperationForm({
    operation: changeHome,
    initial: before,
    toInput,
    labels: given.fields,
    fieldOf: (code) =>
      code === "equipment/home-known"
        ? "name"
        : code === "equipment/unknown-division" || code === "equipment/other-county"
          ? "division"
          : code === "equipment/on-the-way"
            ? "state"
            : undefined,
  });
  return (
    <FormPage
      title={w.changeTitle({ name: home.name })}
      purpose={w.changePurpose}
      minutes={2}
      form={form}
      submitLabel={w.changeSubmit}
      receipt={() => (
        <Receipt next={w.changeNext}>
          <p>
            <Link to={`/equipment/homes/${home.id}`}>{w.open}</Link>
          </p>
        </Receipt>
      )}
    >
      <HomeFields change />
    </FormPage>
  );
}
