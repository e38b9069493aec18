import { Link } from "react-router";
import { ActButtons, type OutputOf, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listDuties } from "../../../kernel/duty/duty.contract.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import { confirmArrival } from "../people.contract.ts";
import { useActWords } from "./labels.tsx";
import { words } from "./people.web.words.ts";

type Duty = OutputOf<typeof listDuties>["duties"][number];

/** People who moved here and wait to be confirmed (待确认迁入). */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const state = useLedgerState([]);
  const given = useActWords();
  const duties = useQueryOperation(
    listDuties,
    { kind: "people.confirm-arrival", after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Duty>[] = [
    {
      key: "person",
      title: w.arrivals.columns.person,
      cell: (row) => <Link to={`/people/${row.subjectId}`}>{row.subject}</Link>,
      text: (row) => row.subject,
    },
    {
      key: "opened",
      title: w.arrivals.columns.opened,
      cell: (row) => showDate(row.openedOn, locale),
      text: (row) => row.openedOn,
    },
    {
      key: "due",
      title: w.arrivals.columns.due,
      cell: (row) => <DutyBadge dueOn={row.dueOn} daysLeft={row.daysLeft} />,
      text: (row) => row.dueOn,
    },
    {
      key: "act",
      title: w.arrivals.columns.act,
      cell: (row) => (
        <ActButtons
          quiet
          acts={[
            {
              key: "confirm",
              title: w.acts.confirmArrival,
              operation: confirmArrival as unknown as Operation<unknown, unknown, unknown, string>,
              fixed: { id: row.subjectId },
              reasons: [],
            },
          ]}
          given={given}
          searches={{ division: searchDivisions }}
          subjectId={row.subjectId}
        />
      ),
    },
  ];
  return (
    <>
      <PageHead title={w.arrivals.title} state={w.arrivals.state} />
      <Ledger
        id="arrivals"
        caption={w.arrivals.title}
        columns={columns}
        rows={duties.data?.duties}
        rowKey={(row) => row.id}
        query={duties}
        next={duties.data?.next}
        state={state}
        exportable={false}
        empty={<Empty title={w.arrivals.empty} />}
      />
    </>
  );
}
