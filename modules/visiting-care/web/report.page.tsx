import { ApiProblem } from "../../../apps/web/problem.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { closeMonth, correctMonth, monthReport } from "../figures.contract.ts";
import { words } from "./care-work.web.words.ts";
import { showMonth, thisMonth } from "./labels.tsx";
import { MonthFilter } from "./month-filter.tsx";
import { useWorkWords } from "./work-acts.ts";

type Line = OutputOf<typeof monthReport>["divisions"][number];

/** The month before this one. */
function lastMonth(): string {
  const [year = 0, month = 1] = thisMonth().split("-").map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}

/** A closed month as it was printed (月报), and what was corrected since. */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const act = useAct();
  const given = useWorkWords();
  const state = useLedgerState(["month", "division"]);
  const month = /^\d{4}-\d{2}$/.test(state.filters.month ?? "") ? (state.filters.month as string) : lastMonth();
  const division = state.filters.division ?? (grant?.division && grant.division !== "0" ? grant.division : undefined);
  const report = useQueryOperation(
    monthReport,
    { month, division, after: state.after, limit: 100 },
    { keepPrevious: true },
  );
  const open = report.error instanceof ApiProblem && report.error.code === "visiting-care/month-open";
  const columns: LedgerColumn<Line>[] = [
    { key: "division", title: w.report.division, cell: (row) => row.name, text: (row) => row.name },
    {
      key: "rate",
      title: w.board.rate,
      cell: (row) => row.rate ?? "—",
      text: (row) => row.rate ?? "",
      numeric: true,
    },
    {
      key: "visited",
      title: w.board.visited,
      cell: (row) => showCount(row.visited),
      text: (row) => String(row.visited),
      numeric: true,
    },
    {
      key: "enrolled",
      title: w.board.enrolled,
      cell: (row) => showCount(row.enrolled),
      text: (row) => String(row.enrolled),
      numeric: true,
    },
    {
      key: "refused",
      title: w.board.refused,
      cell: (row) => showCount(row.refused),
      text: (row) => String(row.refused),
      numeric: true,
    },
    {
      key: "revision",
      title: w.report.revision,
      cell: (row) => row.revision,
      text: (row) => String(row.revision),
      numeric: true,
    },
    {
      key: "at",
      title: w.report.at,
      cell: (row) => showInstant(row.at, locale),
      text: (row) => row.at,
    },
  ];
  const acts = open
    ? act("close", w.report.close, closeMonth, { month }, { note: w.report.closeNote })
    : act("correct", w.report.correct, correctMonth, { month }, { note: w.report.correctNote });
  return (
    <>
      <PageHead title={w.report.title} state={w.report.statePage} />
      <ActButtons acts={acts} given={given} />
      <Ledger
        id="month-report"
        caption={w.report.title}
        columns={columns}
        rows={open ? [] : report.data?.divisions}
        rowKey={(row) => `${row.division} ${row.revision}`}
        query={open ? undefined : report}
        next={report.data?.next}
        state={{ ...state, filtered: false }}
        filters={
          <>
            <MonthFilter value={month} onChange={(value) => state.setFilter("month", value)} />
            <DivisionFilter
              label={w.division}
              value={state.filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={w.report.notClosed({ month: showMonth(month, locale) })}>{w.report.notClosedHelp}</Empty>}
      />
      {!open && report.data && (
        <Section title={w.report.corrections}>
          {report.data.corrections.length === 0 ? (
            <p className="quiet">{w.report.noCorrections}</p>
          ) : (
            <ul className="plain-list">
              {report.data.corrections.map((one) => (
                <li key={one.id}>
                  <strong>{one.name}</strong>{" "}
                  {w.report.correction({ before: one.before.rate ?? "—", after: one.after.rate ?? "—" })} {one.reason}{" "}
                  <span className="quiet">
                    {one.by} {showInstant(one.at, locale)}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
    </>
  );
}
