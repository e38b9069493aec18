import { bandOf, bands } from "../../../kernel/indicator/rate-band.rules.ts";
import type { CareRates } from "../care-rates.contract.ts";
import { Page } from "./layout.tsx";
import { Crumbs } from "./parts.tsx";
import { chineseOnly, dateText, textsOf, type View } from "./view.ts";
import { YearLines } from "./year-lines.tsx";

type Rate = NonNullable<CareRates["own"]>;

/** A rate as a cell shows it: the figure, or why there is none. */
function rateText(view: View, one: Rate | null): string {
  const texts = textsOf(view).careRates;
  if (one === null) return texts.missing;
  return one.withheld ? texts.withheld : (one.rate ?? texts.missing);
}

/** Places as tiles coloured by rate (方格地图): without borders of places, one of the same size for each. */
function Tiles({ view, rates, month }: { view: View; rates: CareRates; month: string }) {
  const texts = textsOf(view).careRates;
  return (
    <section aria-labelledby="map">
      <h2 id="map">{texts.map({ month: texts.month({ month }) })}</h2>
      <p className="soft">{texts.mapNote}</p>
      <ul className="tiles">
        {rates.places.map((one) => (
          <li key={one.code} data-band={one.withheld ? "-" : (bandOf(one.rate) ?? "-")}>
            <span lang={chineseOnly(view)}>{one.name}</span>
            <strong>{rateText(view, one)}</strong>
          </li>
        ))}
      </ul>
      <ul className="bands">
        {bands.map((band) => (
          <li key={band} data-band={band}>
            {texts.bands[band]}
          </li>
        ))}
        <li data-band="-">{texts.withheld}</li>
      </ul>
    </section>
  );
}

function Places({ view, rates, month }: { view: View; rates: CareRates; month: string }) {
  const texts = textsOf(view).careRates;
  return (
    <section aria-labelledby="places">
      <h2 id="places">{texts.table}</h2>
      <table>
        <caption className="away">{texts.table}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.place}</th>
            <th scope="col" className="num">
              {texts.rate}
            </th>
            <th scope="col" className="num">
              {texts.yearBefore}
            </th>
          </tr>
        </thead>
        <tbody>
          {rates.places.map((one) => (
            <tr key={one.code}>
              <th scope="row" lang={chineseOnly(view)}>
                {one.finer ? <a href={`/care-rates?division=${one.code}&month=${month}`}>{one.name}</a> : one.name}
              </th>
              <td className="num">{rateText(view, one)}</td>
              <td className="num">{rateText(view, one.before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Years({ view, rates }: { view: View; rates: CareRates }) {
  const texts = textsOf(view).careRates;
  return (
    <section aria-labelledby="years">
      <h2 id="years">{texts.years}</h2>
      <div className="pair">
        <YearLines view={view} years={rates.years} />
        <table>
          <caption className="away">{texts.years}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.choose}</th>
              {rates.years.map(({ year }) => (
                <th key={year} scope="col" className="num">
                  {texts.year({ year })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 12 }, (_, at) => texts.monthNumber({ month: at + 1 })).map((name, at) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {rates.years.map(({ year, months }) => (
                  <td key={year} className="num">
                    {rateText(view, months[at] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** One sentence of what a month was (探访率一句话). */
export function CareSentence({ view, rates, month }: { view: View; rates: CareRates; month: string }) {
  const texts = textsOf(view).careRates;
  const named = texts.month({ month });
  const place = rates.division.name;
  const { own } = rates;
  if (own?.rate != null) return <>{texts.lead({ place, month: named, rate: own.rate })}</>;
  return <>{own?.withheld ? texts.withheldLead({ place, month: named }) : texts.noBase({ place, month: named })}</>;
}

function Lead({ view, rates, month }: { view: View; rates: CareRates; month: string }) {
  const texts = textsOf(view).careRates;
  const { yearBefore } = rates;
  const before = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
  return (
    <>
      <p className="lead">
        <CareSentence view={view} rates={rates} month={month} />
      </p>
      <p>
        {yearBefore?.rate != null
          ? texts.before({ month: texts.month({ month: before }), rate: yearBefore.rate })
          : texts.noBefore}
      </p>
    </>
  );
}

/** Visit rates of a division (探访率公开): headline, tiles, table, and the year before; rates alone, never a person. */
export function CareRatesPage({ view, rates }: { view: View; rates: CareRates }) {
  const texts = textsOf(view).careRates;
  const title = texts.title({ place: rates.division.name });
  const { month } = rates;
  return (
    <Page view={view} title={title}>
      <Crumbs
        view={view}
        label={texts.chain}
        chain={rates.chain}
        here={rates.division.code}
        to={(code) => `/care-rates?division=${code}${month ? `&month=${month}` : ""}`}
      />
      <h1>{title}</h1>
      {month === null ? (
        <p className="lead">{texts.none}</p>
      ) : (
        <>
          <Lead view={view} rates={rates} month={month} />
          <p className="soft">
            {texts.base} {rates.publishedOn ? texts.published({ date: dateText(view, rates.publishedOn) }) : ""}
          </p>
          <form className="choice" action="/care-rates" method="get">
            <input type="hidden" name="division" value={rates.division.code} />
            <label htmlFor="month">{texts.choose}</label>
            <select id="month" name="month" defaultValue={month}>
              {rates.months.map((one) => (
                <option key={one} value={one}>
                  {texts.month({ month: one })}
                </option>
              ))}
            </select>
            <button type="submit">{texts.show}</button>
          </form>
          {rates.places.length > 0 ? (
            <>
              <Tiles view={view} rates={rates} month={month} />
              <Places view={view} rates={rates} month={month} />
            </>
          ) : null}
          <Years view={view} rates={rates} />
          <p>
            <a href="/open-data/visiting-care.monthly-rates">{texts.data}</a>
          </p>
        </>
      )}
    </Page>
  );
}
