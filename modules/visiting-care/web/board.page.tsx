import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Chart } from "../../../apps/web/ui/chart.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { TileMap } from "../../../apps/web/ui/tile-map.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { bandOf } from "../../../kernel/indicator/rate-band.rules.ts";
import { careFigures, dashboard } from "../figures.contract.ts";
import { careNames } from "../names.words.ts";
import { words as moduleWords } from "../visiting-care.words.ts";
import { monthlyRate } from "../visits.contract.ts";
import { words } from "./care-work.web.words.ts";
import { showMonth, thisMonth } from "./labels.tsx";
import { MonthFilter } from "./month-filter.tsx";

type Rate = OutputOf<typeof monthlyRate>;
type Child = Rate["children"][number];
const percent = (value: number) => (Number.isNaN(value) ? "—" : `${value.toFixed(1)}%`);
const numeric = (rate: string | null) => (rate === null ? Number.NaN : Number.parseFloat(rate));

/** The people behind a cell (明细): the list of those in care, already filtered. */
export function peopleOf(division: string, month: string, visited: "yes" | "no"): string {
  return `/care?division=${division}&month=${month}&visited=${visited}`;
}

/** The month of a division (月探访率): every figure opens its people, every chart its table. */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const state = useLedgerState(["division", "month"]);
  const month = /^\d{4}-\d{2}$/.test(state.filters.month ?? "") ? (state.filters.month as string) : thisMonth();
  const division = state.filters.division ?? (grant?.division && grant.division !== "0" ? grant.division : undefined);
  const rate = useQueryOperation(monthlyRate, { division, month }, { keepPrevious: true });
  return (
    <>
      <PageHead
        title={w.board.title}
        state={
          rate.data && (
            <>
              <span>{rate.data.name}</span>
              <span>{showMonth(rate.data.month, locale)}</span>
              <span>
                {rate.data.closed ? w.board.closed : w.board.open({ at: showInstant(rate.data.asOf, locale) })}
              </span>
            </>
          )
        }
      />
      <div className="ledger-filters">
        <MonthFilter value={month} onChange={(value) => state.setFilter("month", value)} />
        <DivisionFilter
          label={w.division}
          value={state.filters.division}
          onChange={(value) => state.setFilter("division", value)}
        />
      </div>
      <Answer query={rate}>{(data) => <Month data={data} />}</Answer>
      <YearOnYear division={division} year={Number(month.slice(0, 4))} />
      <Others division={division} month={month} />
    </>
  );
}

function Month({ data }: { readonly data: Rate }) {
  const w = useWords(words);
  const b = w.board;
  const c = useWords(careNames);
  const m = useWords(moduleWords);
  const goal = data.target;
  const modes = data.byMode.filter((one) => one.visits > 0);
  const link = (one: Child) =>
    one.division.length >= 12
      ? peopleOf(one.division, data.month, "no")
      : `/care/board?division=${one.division}&month=${data.month}`;
  const columns: LedgerColumn<Child>[] = [
    { key: "child", title: b.child, cell: (row) => <Link to={link(row)}>{row.name}</Link>, text: (row) => row.name },
    {
      key: "rate",
      title: b.rate,
      cell: (row) => (row.rate === null ? "—" : <strong>{printed(row.rate)}</strong>),
      text: (row) => (row.rate === null ? "" : printed(row.rate)),
      numeric: true,
    },
    {
      key: "visited",
      title: b.visited,
      cell: (row) => <Link to={peopleOf(row.division, data.month, "yes")}>{showCount(row.visited)}</Link>,
      text: (row) => String(row.visited),
      numeric: true,
    },
    {
      key: "missed",
      title: b.missed,
      cell: (row) => (
        <Link to={peopleOf(row.division, data.month, "no")}>{showCount(Math.max(0, row.enrolled - row.visited))}</Link>
      ),
      text: (row) => String(row.enrolled - row.visited),
      numeric: true,
    },
    {
      key: "enrolled",
      title: b.enrolled,
      cell: (row) => <Link to={`/care?division=${row.division}&state=enrolled`}>{showCount(row.enrolled)}</Link>,
      text: (row) => String(row.enrolled),
      numeric: true,
    },
    {
      key: "refused",
      title: b.refused,
      cell: (row) => <Link to={`/care?division=${row.division}&state=refused`}>{showCount(row.refused)}</Link>,
      text: (row) => String(row.refused),
      numeric: true,
    },
  ];
  return (
    <>
      <Figures>
        <Figure
          title={b.rate}
          value={data.rate === null ? "—" : printed(data.rate)}
          note={
            data.rate === null
              ? b.noBase
              : b.rateNote({ visited: showCount(data.visited), enrolled: showCount(data.enrolled) })
          }
          rows={peopleOf(data.division, data.month, "yes")}
        />
        <Figure
          title={b.visited}
          value={data.visited}
          unit={w.people}
          rows={peopleOf(data.division, data.month, "yes")}
        />
        <Figure
          title={b.missed}
          value={Math.max(0, data.enrolled - data.visited)}
          unit={w.people}
          tone={data.enrolled > data.visited ? "soon" : undefined}
          rows={peopleOf(data.division, data.month, "no")}
        />
        <Figure
          title={b.enrolled}
          value={data.enrolled}
          unit={w.people}
          rows={`/care?division=${data.division}&state=enrolled`}
        />
        <Figure
          title={b.refused}
          value={data.refused}
          unit={w.people}
          note={b.refusedNote}
          rows={`/care?division=${data.division}&state=refused`}
        />
        <Figure
          title={b.target}
          value={goal.percent === null ? "—" : b.targetOf({ percent: goal.percent })}
          note={
            <>
              {named(m.goals, goal.goal)}
              <br />
              {goal.met === null ? (
                b.noTarget
              ) : (
                <StatusWord tone={goal.met ? "done" : "late"}>{goal.met ? b.targetMet : b.targetNotMet}</StatusWord>
              )}
            </>
          }
        />
      </Figures>
      {data.children.length > 1 && data.children.some((one) => one.enrolled > 0) && (
        <TileMap
          title={b.byChild}
          tiles={data.children.map((one) => ({
            key: one.division,
            name: one.name,
            figure: one.rate === null ? "—" : printed(one.rate),
            band: bandOf(one.rate),
            link: link(one),
          }))}
          note={b.tilesNote}
        />
      )}
      {data.children.length > 0 ? (
        <Section title={b.table}>
          <Ledger id="board" caption={b.table} columns={columns} rows={data.children} rowKey={(row) => row.division} />
        </Section>
      ) : (
        <Empty title={b.none} action={<Link to={`/care?division=${data.division}`}>{b.toPeople}</Link>} />
      )}
      {modes.length > 0 && (
        <Chart
          title={b.byMode}
          kind="bar"
          series={[b.visitsUnit]}
          rows={modes.map((one) => ({ label: c.modes[one.mode], values: [one.visits] }))}
          unit={b.visitsUnit}
        />
      )}
    </>
  );
}

/** "99.9" and "99.9%" are printed the same. */
function printed(rate: string): string {
  return rate.endsWith("%") ? rate : `${rate}%`;
}

/** Twelve months of this year and the one before (与上年比). */
function YearOnYear({ division, year }: { readonly division: string | undefined; readonly year: number }) {
  const w = useWords(words).board;
  const now = useQueryOperation(dashboard, { division, year }, { keepPrevious: true });
  const before = useQueryOperation(dashboard, { division, year: year - 1 }, { keepPrevious: true });
  // A month that has not begun has no rate yet, whoever is in care already.
  const rateIn = (data: OutputOf<typeof dashboard> | undefined, at: number) =>
    numeric(
      data?.whole.months.find((one) => Number(one.month.slice(5)) === at && one.month <= thisMonth())?.rate ?? null,
    );
  return (
    <Answer query={now}>
      {(data) =>
        [...data.whole.months, ...(before.data?.whole.months ?? [])].every((one) => one.rate === null) ? (
          <Section title={w.yearOnYear}>
            <p className="quiet">{w.noYears}</p>
          </Section>
        ) : (
          <Chart
            title={w.yearOnYear}
            kind="line"
            series={[w.thisYear({ year: year - 1 }), w.thisYear({ year })]}
            rows={Array.from({ length: 12 }, (_, index) => ({
              label: w.monthNumber({ month: index + 1 }),
              values: [rateIn(before.data, index + 1), rateIn(data, index + 1)],
              link: `/care/board?month=${year}-${String(index + 1).padStart(2, "0")}${division ? `&division=${division}` : ""}`,
            }))}
            unit="%"
            show={percent}
          />
        )
      }
    </Answer>
  );
}

/** On time, coverage, emergencies, needs (其他指标). */
function Others({ division, month }: { readonly division: string | undefined; readonly month: string }) {
  const w = useWords(words).board;
  const query = useQueryOperation(careFigures, { division, month }, { keepPrevious: true });
  const minutes = (value: number | null) => (value === null ? "—" : String(Math.round(value)));
  return (
    <Section title={w.others}>
      <Answer query={query}>
        {(data) => (
          <Figures>
            <Figure
              title={w.onTime}
              value={data.onTime.rate === null ? "—" : printed(data.onTime.rate)}
              base={w.onTimeBase({ due: showCount(data.onTime.due) })}
              rows={data.onTime.rows}
            />
            <Figure
              title={w.coverage}
              value={data.coverage.rate === null ? "—" : printed(data.coverage.rate)}
              base={w.coverageBase({ villages: showCount(data.coverage.villages) })}
              rows={data.coverage.rows}
            />
            <Figure
              title={w.emergencies}
              value={data.emergencies.opened.value}
              rows={data.emergencies.opened.rows}
              note={w.minutesTo({
                rescue: minutes(data.emergencies.minutes.rescue),
                family: minutes(data.emergencies.minutes.family),
                community: minutes(data.emergencies.minutes.community),
              })}
            />
            <Figure
              title={w.overdueSteps}
              value={data.emergencies.overdue.value}
              tone={data.emergencies.overdue.value > 0 ? "late" : undefined}
              rows={data.emergencies.overdue.rows}
            />
            <Figure title={w.needsOpen} value={data.needs.open.value} rows={data.needs.open.rows} />
            <Figure
              title={w.needsOverdue}
              value={data.needs.overdue.value}
              tone={data.needs.overdue.value > 0 ? "late" : undefined}
              rows={data.needs.overdue.rows}
            />
            <Figure title={w.needsDone} value={data.needs.done.value} rows={data.needs.done.rows} />
          </Figures>
        )}
      </Answer>
    </Section>
  );
}
