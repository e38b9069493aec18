import type { CareRates } from "../care-rates.contract.ts";
import type { PublishedItem, Statistics } from "../portal.contract.ts";
import { Announcements } from "./announcements.tsx";
import { CareSentence } from "./care-rates.page.tsx";
import { EquipmentSentence } from "./equipment.page.tsx";
import { Page } from "./layout.tsx";
import { Figure, FigureTable, SearchBox } from "./parts.tsx";
import { countText, dateText, nameIn, namesOf, placeOf, shareText, textsOf, type View } from "./view.ts";

const questions = [
  ["organisation", "organisationHelp", "/search"],
  ["lists", "listsHelp", "/lists"],
  ["donations", "donationsHelp", "/donations"],
  ["complaint", "complaintHelp", "/complaints/new"],
] as const;

/** The home page (首页): one search box, four questions, the figures of this place. */
export function HomePage({
  view,
  figures,
  listed,
  announcements,
  care,
  equipment,
}: {
  view: View;
  figures: Statistics;
  listed: { abnormal: number; serious: number };
  announcements: readonly PublishedItem[];
  /** What was last published of visiting care, if anything was. */
  care?: CareRates;
  /** What was last published of donated equipment in the whole place. */
  equipment?: PublishedItem;
}) {
  const texts = textsOf(view);
  const names = namesOf(view);
  const place = placeOf(view);
  const year = figures.byYear.at(-1);
  return (
    <Page view={view} title={texts.site({ place })}>
      <h1 className="headline">{texts.home.title}</h1>
      <SearchBox view={view} big />
      <section aria-labelledby="questions">
        <h2 id="questions" className="quiet">
          {texts.home.questions}
        </h2>
        <ul className="questions">
          {questions.map(([name, help, path]) => (
            <li key={name}>
              <a href={path}>
                <strong>{texts.home[name]}</strong>
                <span>{texts.home[help]}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="figures">
        <p className="eyebrow">{texts.home.figures({ place })}</p>
        <h2 id="figures">{texts.home.headline({ place, count: countText(figures.base) })}</h2>
        <dl className="figures">
          <Figure view={view} label={texts.home.existing} value={figures.base} href="/search?status=living" />
          <Figure
            view={view}
            label={texts.home.threeA}
            value={figures.threeA.value}
            href={figures.threeA.rows}
            note={texts.home.threeAShare({
              share: shareText(figures.threeA.value, figures.base),
              base: countText(figures.base),
            })}
          />
          {year ? (
            <Figure
              view={view}
              label={texts.home.thisYear({ year: year.key })}
              value={year.value ?? 0}
              href={year.rows}
            />
          ) : null}
          <Figure view={view} label={texts.home.abnormal} value={listed.abnormal} href="/lists/abnormal" />
          <Figure view={view} label={texts.home.serious} value={listed.serious} href="/lists/serious" />
        </dl>
        <FigureTable
          view={view}
          title={texts.home.byKind}
          head={texts.table.kind}
          base={figures.base}
          total
          rows={figures.byKind.map((cell) => ({ label: nameIn(names.kinds, cell.key), cell }))}
        />
        <p className="soft">
          {texts.home.asOf({ date: dateText(view, figures.asOf) })} <a href="/statistics">{texts.home.more}</a>
        </p>
      </section>
      {care?.month ? (
        <section aria-labelledby="care">
          <h2 id="care">{texts.careRates.home}</h2>
          <p className="lead">
            <CareSentence view={view} rates={care} month={care.month} />
          </p>
          <p className="soft">
            {texts.careRates.homeHelp} <a href="/care-rates">{texts.careRates.title({ place: care.division.name })}</a>
          </p>
        </section>
      ) : null}
      {equipment ? (
        <section aria-labelledby="equipment">
          <h2 id="equipment">{texts.equipment.title}</h2>
          <EquipmentSentence view={view} whole={equipment} />
        </section>
      ) : null}
      <section aria-labelledby="announcements">
        <h2 id="announcements">{texts.home.announcements}</h2>
        {announcements.length === 0 ? (
          <p>{texts.home.noAnnouncements}</p>
        ) : (
          <Announcements view={view} items={announcements} />
        )}
      </section>
    </Page>
  );
}
