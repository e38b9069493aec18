import { Link, useSearchParams } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { zombieCandidates } from "../annual-inspection.contract.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { words } from "./inspection.web.words.ts";

type Row = OutputOf<typeof zombieCandidates>["rows"][number];

/** Leads to inactive organisations (僵尸型组织线索); a person verifies each. */
export function Component() {
  const w = useWords(words).zombies;
  const m = useWords(moduleWords);
  const [search] = useSearchParams();
  const state = useLedgerState(["division"]);
  const year = Number(search.get("year")) || new Date().getFullYear() - 1;
  const list = useQueryOperation(
    zombieCandidates,
    { year, division: state.filters.division, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Row>[] = [
    {
      key: "name",
      title: m.columns.name,
      cell: (row) => <Link to={`/organisations/${row.organisationId}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    { key: "kind", title: m.columns.kind, cell: (row) => m.kinds[row.kind], text: (row) => m.kinds[row.kind] },
    {
      key: "missed",
      title: w.missed,
      cell: (row) => row.missedYears.join(", ") || "—",
      text: (row) => row.missedYears.join(" "),
    },
    {
      key: "activities",
      title: w.activities,
      cell: (row) => row.activityCount ?? "—",
      text: (row) => String(row.activityCount ?? ""),
      numeric: true,
    },
    { key: "division", title: m.columns.division, cell: (row) => row.division, text: (row) => row.division },
  ];
  return (
    <>
      <PageHead title={`${w.title} · ${year}`} state={w.state} />
      <Ledger
        id="zombies"
        caption={w.title}
        columns={columns}
        rows={list.data?.rows}
        rowKey={(row) => row.organisationId}
        query={list}
        next={list.data?.next}
        state={state}
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
