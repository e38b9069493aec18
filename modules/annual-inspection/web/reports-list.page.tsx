import { Link } from "react-router";
import { download } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { exportReports, list as listReports } from "../annual-inspection.contract.ts";
import { kinds, states } from "../annual-inspection.shapes.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { words } from "./inspection.web.words.ts";
import { ReportState } from "./state-word.tsx";

type Row = OutputOf<typeof listReports>["rows"][number];

/** Columns of a list of reports, shared by the list and by the previews. */
export function useReportColumns(): LedgerColumn<Row>[] {
  const m = useWords(moduleWords);
  const w = useWords(words);
  const { locale } = usePreferences();
  const today = dateInShanghai(new Date());
  return [
    {
      key: "name",
      title: m.columns.name,
      cell: (row) => <Link to={`/annual-inspection/${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    { key: "kind", title: m.columns.kind, cell: (row) => m.kinds[row.kind], text: (row) => m.kinds[row.kind] },
    { key: "year", title: m.columns.year, cell: (row) => row.year, text: (row) => String(row.year) },
    {
      key: "state",
      title: m.columns.state,
      cell: (row) => <ReportState state={row.state} />,
      text: (row) => m.states[row.state],
    },
    {
      key: "due",
      title: m.columns.dueOn,
      cell: (row) => <DutyBadge dueOn={row.dueOn} today={today} done={row.filedOn !== null} />,
      text: (row) => row.dueOn,
    },
    {
      key: "filed",
      title: m.columns.filedOn,
      cell: (row) =>
        row.filedOn ? (
          <>
            {showDate(row.filedOn, locale)} {row.late && <StatusWord tone="late">{w.list.yes}</StatusWord>}
          </>
        ) : (
          "—"
        ),
      text: (row) => row.filedOn ?? "",
    },
    {
      key: "findings",
      title: m.columns.findingCount,
      cell: (row) => row.findingCount,
      text: (row) => String(row.findingCount),
      numeric: true,
    },
    {
      key: "conclusion",
      title: m.columns.conclusion,
      cell: (row) => (row.conclusion ? m.conclusions[row.conclusion] : "—"),
      text: (row) => (row.conclusion ? m.conclusions[row.conclusion] : ""),
      optional: true,
    },
    {
      key: "code",
      title: m.columns.code,
      cell: (row) => <span className="code">{row.code ?? "—"}</span>,
      text: (row) => row.code ?? "",
      optional: true,
    },
    {
      key: "division",
      title: m.columns.division,
      cell: (row) => row.division,
      text: (row) => row.division,
      optional: true,
    },
  ];
}

/** Yearly reports (年度报告) of a range, by name; for an organisation, its own. */
export function Component() {
  const m = useWords(moduleWords);
  const w = useWords(words);
  const { may } = useSession();
  const state = useLedgerState(["year", "kind", "state", "division"]);
  const columns = useReportColumns();
  const year = Number(state.filters.year);
  const filters = {
    year: Number.isInteger(year) && year > 1990 ? year : undefined,
    kind: kinds.find((one) => one === state.filters.kind),
    state: states.find((one) => one === state.filters.state),
    division: state.filters.division && /^\d{2,12}$/.test(state.filters.division) ? state.filters.division : undefined,
  };
  const query = useQueryOperation(listReports, { ...filters, after: state.after, limit: 50 }, { keepPrevious: true });
  const thisYear = new Date().getFullYear();
  const years = Array.from({ length: 12 }, (_, at) => String(thisYear - at));
  return (
    <>
      <PageHead title={w.list.title} state={w.list.state} />
      <Ledger
        id="reports"
        caption={w.list.title}
        columns={columns}
        rows={query.data?.rows}
        rowKey={(row) => row.id}
        query={query}
        next={query.data?.next}
        state={state}
        {...(filters.year !== undefined && may(exportReports)
          ? { onExport: () => download(exportReports, { ...filters, year: filters.year as number }) }
          : {})}
        filters={
          <>
            <LedgerChoice
              label={m.columns.year}
              value={state.filters.year}
              options={years.map((value) => ({ value, label: value }))}
              onChange={(value) => state.setFilter("year", value)}
            />
            <LedgerChoice
              label={m.columns.state}
              value={state.filters.state}
              options={choicesOf(states, m.states)}
              onChange={(value) => state.setFilter("state", value)}
            />
            <LedgerChoice
              label={m.columns.kind}
              value={state.filters.kind}
              options={choicesOf(kinds, m.kinds)}
              onChange={(value) => state.setFilter("kind", value)}
            />
          </>
        }
        empty={<Empty title={w.list.empty}>{w.list.emptyHelp}</Empty>}
      />
    </>
  );
}
