import { Link } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listTerms } from "../organisations.contract.ts";
import { words } from "./organisations.web.words.ts";

type Row = OutputOf<typeof listTerms>["items"][number];

/** Elections that are due (换届提醒). */
export function Component() {
  const w = useWords(words);
  const state = useLedgerState([]);
  const list = useQueryOperation(listTerms, { after: state.after, limit: 50 }, { keepPrevious: true });
  const columns: LedgerColumn<Row>[] = [
    {
      key: "name",
      title: w.columns.name,
      cell: (row) => <Link to={`/organisations/${row.organisationId}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: "termTo",
      title: w.terms.termTo,
      cell: (row) => <DutyBadge dueOn={row.termTo} daysLeft={row.days} />,
      text: (row) => row.termTo,
    },
    { key: "division", title: w.columns.division, cell: (row) => row.division, text: (row) => row.division },
  ];
  return (
    <>
      <PageHead title={w.terms.title} state={w.terms.state} />
      <Ledger
        id="terms"
        caption={w.terms.title}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.organisationId}
        query={list}
        next={list.data?.next}
        state={state}
        empty={<Empty title={w.terms.empty} />}
      />
    </>
  );
}
