import { Link } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listEvaluationHomes } from "../oversight.contract.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { useLine } from "./labels.tsx";
import { words } from "./oversight.web.words.ts";

type Line = OutputOf<typeof listEvaluationHomes>["homes"][number];

/** The drawn homes an organisation is to evaluate (受托评估), and nothing else. */
export function Component() {
  const w = useWords(words).evaluation;
  const base = useWords(baseWords);
  const { locale } = usePreferences();
  const lineOf = useLine();
  const joined = useJoined();
  const state = useLedgerState([]);
  const homes = useQueryOperation(listEvaluationHomes, { after: state.after, limit: 50 }, { keepPrevious: true });
  const expected = (row: Line) => joined(row.expected.map((one) => lineOf(one.item, one.quantity)));
  const columns: LedgerColumn<Line>[] = [
    {
      key: "home",
      title: w.home,
      cell: (row) => (row.done ? row.careHome : <Link to={`/equipment/evaluation/${row.id}`}>{row.careHome}</Link>),
      text: (row) => row.careHome,
    },
    { key: "place", title: w.place, cell: (row) => row.divisionName },
    { key: "expected", title: w.expected, cell: expected, text: expected },
    {
      key: "state",
      title: base.state,
      cell: (row) => <StatusWord tone={row.done ? "done" : "soon"}>{row.done ? w.done : w.notDone}</StatusWord>,
      text: (row) => (row.done ? w.done : w.notDone),
    },
    { key: "until", title: w.until, cell: (row) => showDate(row.until, locale), text: (row) => row.until },
    { key: "sample", title: w.sample, cell: (row) => row.sample },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Ledger
        id="equipment-evaluation"
        caption={w.title}
        columns={columns}
        rows={homes.data?.homes}
        rowKey={(row) => row.id}
        query={homes}
        next={homes.data?.next}
        state={state}
        empty={<Empty title={w.empty}>{w.emptyHelp}</Empty>}
      />
    </>
  );
}
