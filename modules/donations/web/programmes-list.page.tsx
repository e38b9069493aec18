import { Link } from "react-router";
import { useOrganisationSearch } from "../../../apps/web/search-organisations.ts";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listProgrammes } from "../donations.lists.contract.ts";
import { recordProgramme } from "../programmes.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

type Programme = OutputOf<typeof listProgrammes>["programmes"][number];

/** Programmes with their budgets (项目列表). */
export function Component() {
  const w = useWords(words);
  const f = useWords(formWords);
  const p = f.programmes;
  const act = useAct();
  const search = useOrganisationSearch();
  const state = useLedgerState([]);
  const programmes = useQueryOperation(listProgrammes, { after: state.after, limit: 50 }, { keepPrevious: true });
  const money = (key: string, title: string, of: (row: Programme) => number): LedgerColumn<Programme> => ({
    key,
    title,
    cell: (row) => showYuan(of(row)),
    text: (row) => showYuan(of(row)),
    numeric: true,
  });
  const columns: LedgerColumn<Programme>[] = [
    {
      key: "name",
      title: p.name,
      cell: (row) => <Link to={`/donations/programmes/${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    { key: "purpose", title: w.list.purpose, cell: (row) => row.purpose || w.list.anyPurpose },
    money("budget", p.budget, (row) => row.budgetFen),
    money("planned", p.planned, (row) => row.plannedFen),
    money("left", p.left, (row) => row.budgetFen - row.plannedFen),
    { key: "event", title: w.event, cell: (row) => row.event ?? w.none },
  ];
  return (
    <>
      <PageHead title={p.title} state={p.state} />
      <ActButtons
        acts={act("record", p.record, recordProgramme, {}, { searches: { organisation: search } })}
        given={{ fields: f.fields, help: { organisation: f.help.organisation } }}
        subjectId="programme"
      />
      <Ledger
        id="donation-programmes"
        caption={p.title}
        columns={columns}
        rows={programmes.data?.programmes}
        rowKey={(row) => row.id}
        query={programmes}
        next={programmes.data?.next}
        state={state}
        empty={<Empty title={p.empty} />}
      />
    </>
  );
}
