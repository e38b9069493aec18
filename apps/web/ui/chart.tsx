import { Button } from "antd";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link } from "react-router";
import { showCount } from "./format.ts";
import { Loading } from "./notices.tsx";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./figure.css";
import "./ledger.css";

const Drawing = lazy(() => import("./chart-drawing.tsx"));

export interface ChartRow {
  readonly label: string;
  readonly values: readonly number[];
  /** Where the rows behind this bar stand. */
  readonly link?: string;
}

export interface ChartProps {
  readonly title: string;
  readonly kind: "bar" | "line";
  readonly series: readonly string[];
  readonly rows: readonly ChartRow[];
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly height?: number;
  /** How the table writes a value; whole numbers by default. */
  readonly show?: (value: number) => string;
}

/** A chart with its table one key away (图表): `T` switches; the table has the links to the rows. */
export function Chart(props: ChartProps) {
  const w = useWords(words).chart;
  const [asTable, setAsTable] = useState(false);
  return (
    <section
      className="chart"
      aria-label={w.kind({ title: props.title })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the key that shows the table needs a place to land.
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey && !event.altKey) setAsTable(!asTable);
      }}
    >
      <div className="chart-head">
        <h2 className="chart-title">
          {props.title}
          {props.unit && `（${props.unit}）`}
        </h2>
        <Button size="small" type="text" onClick={() => setAsTable(!asTable)} aria-keyshortcuts="T">
          {asTable ? w.asChart : w.asTable}
        </Button>
      </div>
      {asTable ? (
        <ChartTable {...props} />
      ) : (
        <Suspense fallback={<Loading />}>
          <div role="img" aria-label={w.label({ title: props.title })}>
            <Drawing {...props} />
          </div>
        </Suspense>
      )}
      {props.note && <p className="chart-note">{props.note}</p>}
    </section>
  );
}

function ChartTable({ title, series, rows, show = showCount }: ChartProps) {
  const w = useWords(words).chart;
  return (
    <table className="ledger-table">
      <caption className="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{w.item}</th>
          {series.map((name) => (
            <th key={name} scope="col" className="numeric">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.link ? <Link to={row.link}>{row.label}</Link> : row.label}</th>
            {row.values.map((value, at) => (
              <td key={series[at]} data-label={series[at]} className="numeric">
                {show(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
