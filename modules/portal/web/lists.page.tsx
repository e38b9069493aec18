import type { Listed, PublishedItem, Statistics } from "../portal.contract.ts";
import { Announcements } from "./announcements.tsx";
import { Page } from "./layout.tsx";
import { Pager, VerifyLink } from "./parts.tsx";
import type { Place } from "./search.page.tsx";
import { chineseOnly, countText, dateText, nameIn, namesOf, textsOf, type View } from "./view.ts";

/** What is on public lists here (看名录和公示). */
export function ListsPage({
  view,
  figures,
  listed,
  announcements,
}: {
  view: View;
  figures: Statistics;
  listed: { abnormal: number; serious: number };
  announcements: readonly PublishedItem[];
}) {
  const texts = textsOf(view);
  const names = namesOf(view);
  const count = (value: number) => <span className="num">{countText(value)}</span>;
  return (
    <Page view={view} title={texts.lists.title}>
      <h1>{texts.lists.title}</h1>
      <p className="lead">{texts.lists.lead}</p>
      <section aria-labelledby="register">
        <h2 id="register">{texts.lists.register}</h2>
        <ul className="ledger">
          {figures.byKind.map((cell) => (
            <li key={cell.key}>
              <a href={cell.rows}>{nameIn(names.kinds, cell.key)}</a> {count(cell.value ?? 0)}
            </li>
          ))}
          <li>
            <a href={figures.charity.rows}>{texts.lists.charities}</a> {count(figures.charity.charities)}
          </li>
          <li>
            <a href={figures.charity.qualifiedRows}>{texts.lists.fundraising}</a> {count(figures.charity.qualified)}
          </li>
          <li>
            <a href={figures.threeA.rows}>{texts.lists.threeA}</a> {count(figures.threeA.value)}
          </li>
        </ul>
      </section>
      <section aria-labelledby="notices">
        <h2 id="notices">{texts.lists.notices}</h2>
        <ul className="ledger">
          <li>
            <a href="/lists/abnormal">{texts.lists.abnormal}</a> {count(listed.abnormal)}
          </li>
          <li>
            <a href="/lists/serious">{texts.lists.serious}</a> {count(listed.serious)}
          </li>
          <li>
            <a href="/open-data/organisations.announcement">{texts.lists.announcements}</a>
          </li>
          <li>
            <a href="/open-data/annual-inspection.conclusion">{texts.lists.conclusions}</a>
          </li>
        </ul>
      </section>
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

/** One list in force, with what the law means by it (名录公示). */
export function ListPage({
  view,
  list,
  items,
  total,
  asOf,
  next,
  places,
  division,
}: {
  view: View;
  list: "abnormal" | "serious";
  items: readonly Listed[];
  total: number;
  asOf: string;
  next: string | null;
  places: readonly Place[];
  division: string | undefined;
}) {
  const texts = textsOf(view);
  const chinese = chineseOnly(view);
  return (
    <Page view={view} title={texts.lists[list]}>
      <h1>{texts.lists[list]}</h1>
      <p className="lead">{list === "abnormal" ? texts.lists.abnormalMeaning : texts.lists.seriousMeaning}</p>
      <p className="soft">{texts.lists.law}</p>
      {texts.lists.asPublished ? <p className="soft">{texts.lists.asPublished}</p> : null}
      <form action={`/lists/${list}`} method="get" className="one-line">
        <label htmlFor="division">{texts.lists.region}</label>
        <select id="division" name="division" defaultValue={division ?? ""}>
          <option value="">{texts.lists.allRegions}</option>
          {places.map((place) => (
            <option key={place.code} value={place.code} lang={chinese}>
              {`${"\u3000".repeat(place.depth)}${place.name}`}
            </option>
          ))}
        </select>
        <button type="submit">{texts.search.submit}</button>
      </form>
      <p className="count">
        {texts.lists.total({ count: countText(total) })}{" "}
        <span className="soft">{texts.home.asOf({ date: dateText(view, asOf) })}</span>
      </p>
      {items.length === 0 ? (
        <p>{texts.lists.none}</p>
      ) : (
        <table className="stack">
          <caption className="away">{texts.lists[list]}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.lists.name}</th>
              <th scope="col">{texts.lists.ground}</th>
              <th scope="col">{texts.lists.listedOn}</th>
              <th scope="col">{texts.lists.decision}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.key}>
                <th scope="row" lang={chinese}>
                  {item.organisationKey ? (
                    <a href={`/organisations/${encodeURIComponent(item.organisationKey)}`}>{item.name}</a>
                  ) : (
                    item.name
                  )}
                  {item.code ? <span className="code block">{item.code}</span> : null}
                </th>
                <td lang={chinese} data-label={texts.lists.ground}>
                  {item.groundText}
                  {item.article ? <span className="soft block">{item.article}</span> : null}
                  {item.addedGrounds ? <span className="soft block">{item.addedGrounds}</span> : null}
                </td>
                <td data-label={texts.lists.listedOn}>{item.listedOn ? dateText(view, item.listedOn) : "—"}</td>
                <td lang={chinese} data-label={texts.lists.decision}>
                  {item.authority}
                  {item.decisionNumber ? (
                    <span className="block">
                      {item.verificationCode ? (
                        <VerifyLink code={item.verificationCode}>{item.decisionNumber}</VerifyLink>
                      ) : (
                        item.decisionNumber
                      )}
                    </span>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager view={view} next={next} />
      <p className="soft">{texts.lists.objection}</p>
      <p>
        <a href={`/api/portal/export?collection=credit.${list}&format=csv&lang=${view.locale}`}>{texts.openData.csv}</a>
      </p>
    </Page>
  );
}
