import type { OpenData, PublishedItem } from "../portal.contract.ts";
import { Announcements } from "./announcements.tsx";
import { Page } from "./layout.tsx";
import { Pager } from "./parts.tsx";
import { chineseOnly, dateText, nameIn, namesOf, textsOf, type View } from "./view.ts";

type CollectionEntry = OpenData["collections"][number];

function Downloads({ view, one }: { view: View; one: CollectionEntry }) {
  const texts = textsOf(view).openData;
  return (
    <p className="links">
      {one.formats.map(({ format, path }) => (
        <a key={format} href={`${path}&lang=${view.locale}`}>
          {format === "csv" ? texts.csv : texts.json}
        </a>
      ))}
    </p>
  );
}

/** What may be downloaded here (开放数据), with the dictionary of every collection. */
export function OpenDataPage({ view, data }: { view: View; data: OpenData }) {
  const texts = textsOf(view).openData;
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      <p className="lead">{texts.lead}</p>
      <p className="soft">{texts.notes}</p>
      {data.collections.map((one) => (
        <section key={one.id} aria-labelledby={one.id}>
          <h2 id={one.id}>{one.name[view.locale]}</h2>
          <p className="links">
            <a href={`/open-data/${one.id}`}>{texts.preview}</a>
          </p>
          <Downloads view={view} one={one} />
          <details>
            <summary>{texts.dictionary}</summary>
            <Dictionary view={view} one={one} />
          </details>
        </section>
      ))}
      <p>
        <a href="/api/openapi.json">{texts.api}</a>
      </p>
    </Page>
  );
}

function Dictionary({ view, one }: { view: View; one: CollectionEntry }) {
  const texts = textsOf(view).openData;
  const names = namesOf(view);
  return (
    <table>
      <caption className="away">{`${one.name[view.locale]} - ${texts.dictionary}`}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.field}</th>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.type}</th>
        </tr>
      </thead>
      <tbody>
        {one.fields.map((field) => (
          <tr key={field.field}>
            <th scope="row" className="code">
              {field.field}
            </th>
            <td>{field.name[view.locale]}</td>
            <td>{nameIn(names.types, field.type)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shown = ["year", "conclusion", "state", "groundText", "decisionNumber", "on"] as const;

/** The items of one collection, as published (公开事项). */
export function CollectionPage({
  view,
  one,
  items,
  next,
}: {
  view: View;
  one: CollectionEntry;
  items: readonly PublishedItem[];
  next: string | null;
}) {
  const texts = textsOf(view).openData;
  const names = namesOf(view);
  const word = (field: string, value: unknown) => {
    if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
    if (field === "conclusion") return nameIn(names.conclusions, value);
    if (field === "state") return nameIn(names.reportStates, value);
    return field === "on" ? dateText(view, value) : value;
  };
  const fields = shown.filter((field) => one.fields.some((known) => known.field === field));
  return (
    <Page view={view} title={one.name[view.locale]}>
      <h1>{one.name[view.locale]}</h1>
      <Downloads view={view} one={one} />
      {items.length === 0 ? <p>{texts.empty}</p> : null}
      {items.length > 0 && one.id === "organisations.announcement" ? <Announcements view={view} items={items} /> : null}
      {items.length > 0 && one.id !== "organisations.announcement" ? (
        <table className="stack">
          <caption className="away">{one.name[view.locale]}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.item}</th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {one.fields.find((known) => known.field === field)?.name[view.locale]}
                </th>
              ))}
              <th scope="col">{texts.publishedOn}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => {
              const code = typeof item.body.code === "string" ? item.body.code : null;
              return (
                <tr key={item.key}>
                  <th scope="row" lang={chineseOnly(view)}>
                    {code ? <a href={`/organisations/${encodeURIComponent(code)}`}>{item.title}</a> : item.title}
                  </th>
                  {fields.map((field) => (
                    <td key={field} data-label={one.fields.find((known) => known.field === field)?.name[view.locale]}>
                      {word(field, item.body[field]) || "—"}
                    </td>
                  ))}
                  <td data-label={texts.publishedOn}>{dateText(view, item.publishedOn)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
      <Pager view={view} next={next} />
      <p>
        <a href="/open-data">{texts.back}</a>
      </p>
    </Page>
  );
}
