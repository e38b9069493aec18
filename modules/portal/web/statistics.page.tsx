import type { Cell, Statistics } from "../portal.contract.ts";
import { BarChart, ColumnChart } from "./chart.tsx";
import { Page } from "./layout.tsx";
import { Crumbs, FigureTable, type Row } from "./parts.tsx";
import { chineseOnly, countText, dateText, nameIn, namesOf, placeOf, shareText, textsOf, type View } from "./view.ts";

function Table({
  view,
  id,
  title,
  head,
  rows,
  base,
  note,
  total,
  columns,
}: {
  view: View;
  id: string;
  title: string;
  head: string;
  rows: readonly Row[];
  base?: number;
  note: string;
  total?: boolean;
  columns?: boolean;
}) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="soft">{note}</p>
      <div className="pair">
        {columns ? (
          <ColumnChart view={view} title={title} rows={rows} />
        ) : (
          <BarChart view={view} title={title} rows={rows} />
        )}
        <FigureTable view={view} title={title} quiet head={head} rows={rows} base={base} total={total} />
      </div>
    </section>
  );
}

/** Statistics of a division (统计): headline, figures, charts with their tables; every figure opens its rows. */
export function StatisticsPage({ view, figures }: { view: View; figures: Statistics }) {
  const texts = textsOf(view).statistics;
  const names = namesOf(view);
  const place = figures.division.name || placeOf(view);
  const { base, threeA, charity, covered } = figures;
  const rowsOf = (cells: readonly Cell[], table: Readonly<Record<string, string>>): Row[] =>
    cells.map((cell) => ({ label: nameIn(table, cell.key), cell }));
  const some = (rows: Row[]) => rows.filter((row) => row.cell.value !== 0);
  const number = countText;
  const title = texts.title({ place });
  const sentences = [
    texts.threeA({ value: number(threeA.value), share: shareText(threeA.value, base), base: number(base) }),
    texts.graded({
      graded: number(threeA.graded),
      share: shareText(threeA.graded, base),
      base: number(base),
      below: number(threeA.graded - threeA.value),
    }),
    ...(threeA.graded > 0
      ? [texts.gradedThreeA({ share: shareText(threeA.value, threeA.graded), graded: number(threeA.graded) })]
      : []),
    ...(charity.charities > 0
      ? [
          texts.charity({
            charities: number(charity.charities),
            qualified: number(charity.qualified),
            share: shareText(charity.qualified, charity.charities),
          }),
        ]
      : []),
    ...(covered.of > 0
      ? [
          texts.covered({
            value: number(covered.value),
            of: number(covered.of),
            share: shareText(covered.value, covered.of),
          }),
        ]
      : []),
  ];
  return (
    <Page view={view} title={title}>
      <Crumbs
        view={view}
        label={texts.chain}
        chain={figures.chain}
        here={figures.division.code}
        to={(code) => `/statistics?division=${code}`}
      />
      <h1>{title}</h1>
      <p className="lead">{texts.lead({ place, date: dateText(view, figures.asOf), base: number(base) })}</p>
      <p>{sentences.join(view.locale === "zh" ? "" : " ")}</p>
      <p className="soft">
        {texts.base} {texts.click}
      </p>
      <Table
        view={view}
        id="kind"
        title={texts.byKind}
        head={texts.item}
        rows={rowsOf(figures.byKind, names.kinds)}
        base={base}
        note={texts.base}
        total
      />
      <Table
        view={view}
        id="grade"
        title={texts.byGrade}
        head={texts.item}
        rows={rowsOf(figures.byGrade, names.grades)}
        base={base}
        note={texts.base}
        total
      />
      <Table
        view={view}
        id="listing"
        title={texts.byListing}
        head={texts.item}
        rows={rowsOf(figures.byListing, names.listings)}
        base={base}
        note={texts.base}
        total
      />
      <Table
        view={view}
        id="status"
        title={texts.byStatus}
        head={texts.item}
        rows={some(rowsOf(figures.byStatus, names.statuses))}
        base={figures.all}
        note={texts.baseAll({ all: number(figures.all) })}
        total
      />
      <Table
        view={view}
        id="division"
        title={texts.byDivision}
        head={texts.region}
        base={base}
        note={texts.base}
        total
        rows={figures.byDivision.map((one) => ({
          label: one.own ? texts.own({ place: one.name }) : one.name || one.key,
          cell: one,
          ...(one.own || one.key.length > 6 ? {} : { enter: `/statistics?division=${one.key}` }),
          lang: one.own ? undefined : chineseOnly(view),
        }))}
      />
      <Table
        view={view}
        id="year"
        title={texts.byYear}
        head={texts.year}
        rows={figures.byYear.map((cell) => ({ label: cell.key, cell }))}
        note={texts.yearBase}
        columns
      />
      <p>
        <a href="/open-data">{texts.download}</a>
      </p>
    </Page>
  );
}
