import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { draftRegistration, listApplications } from "../organisations.contract.ts";
import { words } from "./organisations.web.words.ts";

type Row = OutputOf<typeof listApplications>["items"][number];
const purposes = ["registration", "change", "deregistration"] as const;

/** Applications (登记申请): what is under way in the reader's range, newest first. */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["purpose", "open", "state"]);
  const list = useQueryOperation(
    listApplications,
    {
      purpose: purposes.find((one) => one === state.filters.purpose),
      state: state.filters.state,
      open: state.filters.open === "true" ? true : undefined,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const today = dateInShanghai(new Date());
  const columns: LedgerColumn<Row>[] = [
    {
      key: "name",
      title: w.columns.name,
      cell: (row) => <Link to={`/applications/${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: "purpose",
      title: w.applications.purpose,
      cell: (row) => w.purposes[row.purpose],
      text: (row) => w.purposes[row.purpose],
    },
    {
      key: "kind",
      title: w.columns.kind,
      cell: (row) => named(w.kinds, row.kind),
      text: (row) => named(w.kinds, row.kind),
    },
    {
      key: "state",
      title: w.applications.applicationState,
      cell: (row) => <StatusWord tone={row.decidedOn ? "done" : "neutral"}>{named(w.states, row.state)}</StatusWord>,
      text: (row) => named(w.states, row.state),
    },
    {
      key: "decideBy",
      title: w.applications.decideBy,
      cell: (row) =>
        row.decideBy ? <DutyBadge dueOn={row.decideBy} today={today} done={row.decidedOn !== null} /> : "—",
      text: (row) => row.decideBy ?? "",
    },
    {
      key: "submittedOn",
      title: w.applications.submittedOn,
      cell: (row) => showDate(row.submittedOn, locale) || "—",
      text: (row) => row.submittedOn ?? "",
    },
    {
      key: "receipt",
      title: w.applications.receipt,
      cell: (row) => <span className="code">{row.receipt}</span>,
      text: (row) => row.receipt,
    },
    {
      key: "applicant",
      title: w.applications.applicant,
      cell: (row) => row.applicant,
      text: (row) => row.applicant,
      optional: true,
    },
    {
      key: "division",
      title: w.columns.division,
      cell: (row) => row.division,
      text: (row) => row.division,
      optional: true,
    },
  ];
  return (
    <>
      <PageHead
        title={w.applications.title}
        state={w.applications.state}
        tools={may(draftRegistration) && <Link to="/applications/new">{w.applications.new}</Link>}
      />
      <Ledger
        id="applications"
        caption={w.applications.title}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        query={list}
        next={list.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.applications.purpose}
              value={state.filters.purpose}
              options={choicesOf(purposes, w.purposes)}
              onChange={(value) => state.setFilter("purpose", value)}
            />
            <LedgerChoice
              label={w.applications.openOnes}
              value={state.filters.open}
              options={[{ value: "true", label: w.applications.onlyOpen }]}
              onChange={(value) => state.setFilter("open", value)}
            />
          </>
        }
        empty={
          <Empty
            title={w.applications.empty}
            action={may(draftRegistration) && <Link to="/applications/new">{w.applications.new}</Link>}
          />
        }
      />
    </>
  );
}
