import type { Row } from "./parts.tsx";
import { countText, textsOf, type View } from "./view.ts";

const WIDTH = 360;
const BAR_ROW = 36;
const LONGEST = 30;

const cut = (text: string) => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("")}…` : text);

/**
 * A bar chart as inline SVG (条形图): label above bar, so that long names and both languages fit a phone. Its table stands
 * beside it and holds every figure.
 */
export function BarChart({ view, title, rows }: { view: View; title: string; rows: readonly Row[] }) {
  const texts = textsOf(view);
  const most = Math.max(1, ...rows.map((row) => row.cell.value ?? 0));
  const height = rows.length * BAR_ROW;
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={texts.statistics.chart({ title })}>
      {rows.map((row, at) => {
        const value = row.cell.value ?? 0;
        const y = at * BAR_ROW;
        const width = (value / most) * WIDTH;
        return (
          <g key={row.cell.key}>
            <text x="0" y={y + 14}>
              {cut(row.label)}
            </text>
            <text x={WIDTH} y={y + 14} textAnchor="end">
              {row.cell.value === null ? texts.table.suppressed : countText(value)}
            </text>
            <rect className="track" x="0" y={y + 20} width={WIDTH} height="8" />
            {value > 0 ? (
              <rect className="bar" x="0" y={y + 20} width={Math.max(1, width).toFixed(1)} height="8" />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

const TALL = 180;
const FOOT = 22;
const HEAD = 18;

/** A column chart over years as inline SVG (柱形图). */
export function ColumnChart({ view, title, rows }: { view: View; title: string; rows: readonly Row[] }) {
  const texts = textsOf(view);
  const most = Math.max(1, ...rows.map((row) => row.cell.value ?? 0));
  const step = WIDTH / Math.max(1, rows.length);
  const room = TALL - FOOT - HEAD;
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${TALL}`} role="img" aria-label={texts.statistics.columns({ title })}>
      <line className="axis" x1="0" x2={WIDTH} y1={TALL - FOOT} y2={TALL - FOOT} />
      {rows.map((row, at) => {
        const value = row.cell.value ?? 0;
        const tall = (value / most) * room;
        const middle = at * step + step / 2;
        return (
          <g key={row.cell.key}>
            {value > 0 ? (
              <rect
                className="bar"
                x={(middle - step * 0.3).toFixed(1)}
                y={(TALL - FOOT - tall).toFixed(1)}
                width={(step * 0.6).toFixed(1)}
                height={tall.toFixed(1)}
              />
            ) : null}
            <text x={middle} y={(TALL - FOOT - tall - 5).toFixed(1)} textAnchor="middle">
              {row.cell.value === null ? "" : countText(value)}
            </text>
            <text x={middle} y={TALL - 6} textAnchor="middle">
              {row.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
