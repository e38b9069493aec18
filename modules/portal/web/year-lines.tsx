import type { CareRates } from "../care-rates.contract.ts";
import { textsOf, type View } from "./view.ts";

const WIDTH = 360;
const TALL = 200;
const LEFT = 52;
const FOOT = 22;
const HEAD = 12;

/** Two years month by month as inline SVG (逐月折线图): this year drawn through, the one before broken. The table beside it holds every figure. */
export function YearLines({ view, years }: { view: View; years: CareRates["years"] }) {
  const texts = textsOf(view).careRates;
  const values = years.map(({ months }) =>
    months.map((one) => (one?.rate == null ? null : Number.parseFloat(one.rate))),
  );
  const known = values.flat().filter((value) => value !== null);
  const low = Math.max(0, Math.floor((Math.min(100, ...known) - 5) / 10) * 10);
  const x = (at: number) => LEFT + (at + 0.5) * ((WIDTH - LEFT) / 12);
  const y = (value: number) => HEAD + (1 - (value - low) / Math.max(1, 100 - low)) * (TALL - HEAD - FOOT);
  const [from = "", to = ""] = years.map(({ year }) => year);
  return (
    <div>
      <svg
        className="chart lines"
        viewBox={`0 0 ${WIDTH} ${TALL}`}
        role="img"
        aria-label={texts.yearsChart({ from, to })}
      >
        {[low, (low + 100) / 2, 100].map((value) => (
          <g key={value}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">{`${value}%`}</text>
          </g>
        ))}
        {values.map((line, nth) => (
          <g key={years[nth]?.year} className={nth === values.length - 1 ? "now" : "before"}>
            {line.map((value, at) => {
              const next = line[at + 1];
              if (value === null) return null;
              const month = texts.monthNumber({ month: at + 1 });
              return (
                <g key={month}>
                  {next == null ? null : <line x1={x(at)} y1={y(value)} x2={x(at + 1)} y2={y(next)} />}
                  <circle cx={x(at)} cy={y(value)} r="3" />
                </g>
              );
            })}
          </g>
        ))}
        {[0, 2, 4, 6, 8, 10].map((at) => (
          <text key={at} x={x(at)} y={TALL - 6} textAnchor="middle">
            {texts.monthNumber({ month: at + 1 })}
          </text>
        ))}
      </svg>
      <ul className="legend">
        <li data-line="before">{texts.year({ year: from })}</li>
        <li data-line="now">{texts.year({ year: to })}</li>
      </ul>
    </div>
  );
}
