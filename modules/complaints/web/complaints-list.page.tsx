import { Link } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { listComplaints, states } from "../complaints.contract.ts";
import { words as moduleWords } from "../complaints.words.ts";
import { words } from "./complaints.web.words.ts";
import { dueOf, stateTones } from "./urgency.ts";

type Row = OutputOf<typeof listComplaints>["complaints"][number];

/** Complaints of the reader's range (投诉举报). */
export function Component() {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const today = dateInShanghai(new Date());
  const state = useLedgerState(["state", "organisationId"]);
  const list = useQueryOperation(
    listComplaints,
    {
      state: states.find((one) => one === state.filters.state),
      organisationId: state.filters.organisationId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Row>[] = [
    {
      key: "number",
      title: w.number,
      cell: (row) => <Link to={`/complaints/${row.id}`}>{row.number}</Link>,
      text: (row) => row.number,
    },
    {
      key: "about",
      title: w.about,
      cell: (row) => row.organisation ?? w.other,
      text: (row) => row.organisation ?? w.other,
    },
    {
      key: "state",
      title: w.stateColumn,
      cell: (row) => <StatusWord tone={stateTones[row.state] ?? "neutral"}>{m.states[row.state]}</StatusWord>,
      text: (row) => m.states[row.state],
    },
    {
      key: "due",
      title: w.due,
      cell: (row) => {
        const due = dueOf(row);
        return due ? <DutyBadge dueOn={due} today={today} /> : "—";
      },
      text: (row) => dueOf(row) ?? "",
    },
    {
      key: "receivedOn",
      title: w.receivedOn,
      cell: (row) => showDate(row.receivedOn, locale),
      text: (row) => row.receivedOn,
    },
    { key: "division", title: w.division, cell: (row) => row.division, text: (row) => row.division, optional: true },
  ];
  return (
    <>
      <PageHead
        title={m.title}
        state={list.data && list.data.overdue > 0 ? w.overdue({ count: showCount(list.data.overdue) }) : w.state}
      />
      <Ledger
        id="complaints"
        caption={m.title}
        columns={columns}
        rows={list.data?.complaints}
        total={list.data?.total}
        rowKey={(row) => row.id}
        query={list}
        next={list.data?.next}
        state={state}
        filters={
          <LedgerChoice
            label={w.stateColumn}
            value={state.filters.state}
            options={choicesOf(states, m.states)}
            onChange={(value) => state.setFilter("state", value)}
          />
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
