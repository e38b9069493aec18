import { Link, useSearchParams } from "react-router";
import { consolePath } from "../../../apps/web/pages/today.page.tsx";
import { usePlaceNames } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Chart } from "../../../apps/web/ui/chart.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty, Failed, Loading } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { board, years as listYears, openYear } from "../annual-inspection.contract.ts";
import { previewBatch, previewOverdue } from "../annual-inspection.runs.contract.ts";
import { kinds, states } from "../annual-inspection.shapes.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { words } from "./inspection.web.words.ts";

type Board = OutputOf<typeof board>;
type Row = Board["rows"][number];

/** Progress of a year by division (年检进度): every figure leads to its reports. */
export function Component() {
  const w = useWords(words);
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const years = useQueryOperation(listYears, {});
  if (years.error) return <Failed error={years.error} onRetry={() => void years.refetch()} />;
  if (!years.data) return <Loading />;
  const known = years.data.years.map((one) => one.year);
  const year = Number(search.get("year")) || known[0];
  const opening = may(openYear) && (
    <ActButtons
      acts={[
        {
          key: "open-year",
          title: w.board.open,
          operation: openYear,
          fixed: {},
          reasons: [],
          note: w.board.openNote,
          initial: { year: years.data.suggested, homes: "own" },
        },
      ]}
      given={w}
      doneText={(_, output) => {
        const done = output as OutputOf<typeof openYear>;
        return done.mode === "job" ? w.board.asJob : w.board.opened(done);
      }}
    />
  );
  if (!year) {
    return (
      <>
        <PageHead title={w.board.title} />
        {opening}
        <Empty title={w.board.none}>{w.board.noneHelp}</Empty>
      </>
    );
  }
  return (
    <BoardOf
      year={year}
      division={search.get("division") ?? undefined}
      kind={kinds.find((one) => one === search.get("kind"))}
      years={[...new Set([year, ...known])]}
      opening={opening}
      onChange={(change) =>
        setSearch((current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(change))
            if (value) next.set(name, value);
            else next.delete(name);
          return next;
        })
      }
    />
  );
}

function BoardOf({
  year,
  division,
  kind,
  years,
  opening,
  onChange,
}: {
  readonly year: number;
  readonly division: string | undefined;
  readonly kind: (typeof kinds)[number] | undefined;
  readonly years: readonly number[];
  readonly opening: React.ReactNode;
  readonly onChange: (change: Record<string, string | undefined>) => void;
}) {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { grant, may } = useSession();
  const nameOf = usePlaceNames(division ?? grant?.division ?? undefined);
  const query = useQueryOperation(board, { year, division, kind }, { keepPrevious: true });
  const columns: LedgerColumn<Row>[] = [
    {
      key: "division",
      title: w.board.division,
      cell: (row) =>
        row.division.length < 6 ? (
          <Link to={`/annual-inspection/board?year=${year}&division=${row.division}`}>
            {row.name ?? nameOf(row.division)}
          </Link>
        ) : (
          <Link to={consolePath(row.link)}>{row.name ?? nameOf(row.division)}</Link>
        ),
      text: (row) => row.name ?? nameOf(row.division),
    },
    {
      key: "owed",
      title: w.board.owed,
      cell: (row) => <Link to={consolePath(row.link)}>{showCount(row.owed)}</Link>,
      text: (row) => String(row.owed),
      numeric: true,
    },
    {
      key: "filed",
      title: w.board.filed,
      cell: (row) => showCount(row.filed),
      text: (row) => String(row.filed),
      numeric: true,
    },
    {
      key: "share",
      title: w.board.share,
      cell: (row) => (row.owed > 0 ? `${Math.floor((row.filed * 1000) / row.owed) / 10}%` : "—"),
      text: (row) => String(row.filed),
      numeric: true,
    },
    {
      key: "concluded",
      title: w.board.concluded,
      cell: (row) => showCount(row.concluded),
      text: (row) => String(row.concluded),
      numeric: true,
    },
    {
      key: "overdue",
      title: w.board.overdue,
      cell: (row) =>
        row.overdue > 0 ? <Link to={`${consolePath(row.link)}&state=overdue`}>{showCount(row.overdue)}</Link> : "0",
      text: (row) => String(row.overdue),
      numeric: true,
    },
  ];
  return (
    <>
      <PageHead
        title={w.board.title}
        state={
          query.data &&
          w.board.state({
            year,
            place: nameOf(division ?? grant?.division ?? ""),
            at: showInstant(query.data.asOf, locale),
          })
        }
        tools={
          <>
            <LedgerChoice
              label={w.board.year}
              value={String(year)}
              options={years.map((value) => ({ value: String(value), label: String(value) }))}
              onChange={(value) => onChange({ year: value })}
            />
            <LedgerChoice
              label={m.columns.kind}
              value={kind}
              options={choicesOf(kinds, m.kinds)}
              onChange={(value) => onChange({ kind: value })}
            />
          </>
        }
      />
      {opening}
      <p className="link-row">
        <Link to={`/annual-inspection?year=${year}`}>{w.board.list}</Link>
        {may(previewBatch) && <Link to={`/annual-inspection/batch?year=${year}`}>{w.board.batch}</Link>}
        {may(previewOverdue) && (
          <Link to={`/annual-inspection/overdue?year=${year}&what=report`}>{w.board.overdueRun}</Link>
        )}
        <Link to={`/annual-inspection/zombies?year=${year}`}>{w.board.zombies}</Link>
      </p>
      <Answer query={query}>{(data) => <Numbers data={data} columns={columns} nameOf={nameOf} />}</Answer>
    </>
  );
}

function Numbers({
  data,
  columns,
  nameOf,
}: {
  readonly data: Board;
  readonly columns: LedgerColumn<Row>[];
  readonly nameOf: (code: string) => string;
}) {
  const w = useWords(words).board;
  const m = useWords(moduleWords);
  const link = consolePath(data.link);
  const filed = data.rows.reduce((sum, row) => sum + row.filed, 0);
  const concluded = data.rows.reduce((sum, row) => sum + row.concluded, 0);
  const byState = states.flatMap((state) => {
    const value = data.counts[state] ?? 0;
    return value > 0 ? [{ label: m.states[state], values: [value], link: `${link}&state=${state}` }] : [];
  });
  return (
    <>
      <Figures>
        <Figure title={w.owed} value={data.owed} unit={w.unit} rows={link} />
        <Figure title={w.filed} value={filed} unit={w.unit} base={w.ofOwed({ owed: showCount(data.owed) })} />
        <Figure title={w.concluded} value={concluded} unit={w.unit} />
        <Figure
          title={w.overdue}
          value={data.counts.overdue ?? 0}
          unit={w.unit}
          tone={(data.counts.overdue ?? 0) > 0 ? "late" : undefined}
          rows={`${link}&state=overdue`}
        />
      </Figures>
      {byState.length > 0 && (
        <Chart title={w.byState} kind="bar" series={[w.byState]} rows={byState} unit={w.unit} note={w.source} />
      )}
      <Section title={w.byDivision}>
        {data.rows.length > 1 && (
          <Chart
            title={w.byDivision}
            kind="bar"
            series={[w.owed, w.filed]}
            rows={data.rows.map((row) => ({
              label: row.name ?? nameOf(row.division),
              values: [row.owed, row.filed],
              link: consolePath(row.link),
            }))}
            unit={w.unit}
          />
        )}
        <Ledger
          id="inspection-board"
          caption={w.byDivision}
          columns={columns}
          rows={data.rows}
          rowKey={(row) => row.division}
          total={{ value: data.rows.length, exact: true }}
        />
      </Section>
    </>
  );
}
