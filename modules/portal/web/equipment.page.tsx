import type { PublishedItem } from "../portal.contract.ts";
import { Page } from "./layout.tsx";
import { Pager } from "./parts.tsx";
import { chineseOnly, countText, dateText, nameIn, textsOf, type View } from "./view.ts";

/** Collections of donated equipment that are published. */
export const equipmentLists = {
  progress: "equipment.progress",
  homes: "equipment.home",
  samples: "equipment.sample",
  population: "equipment.sample-home",
} as const;

const text = (value: unknown) => (typeof value === "string" ? value : "");
const count = (value: unknown) => (typeof value === "number" ? countText(value) : "—");
const percent = (value: unknown) =>
  text(value) === "" ? "—" : text(value).endsWith("%") ? text(value) : `${text(value)}%`;

function Downloads({ view, collection }: { view: View; collection: string }) {
  const texts = textsOf(view).openData;
  return (
    <p className="links">
      {(["csv", "json"] as const).map((format) => (
        <a key={format} href={`/api/portal/export?collection=${collection}&format=${format}&lang=${view.locale}`}>
          {format === "csv" ? texts.csv : texts.json}
        </a>
      ))}
    </p>
  );
}

interface Column {
  readonly title: string;
  readonly kind?: "num" | "day";
  /** Said in Chinese only. */
  readonly chinese?: boolean;
  readonly cell: (item: PublishedItem) => string;
  readonly href?: (item: PublishedItem) => string;
}

function Items({
  view,
  title,
  items,
  columns,
}: {
  view: View;
  title: string;
  items: readonly PublishedItem[];
  columns: readonly Column[];
}) {
  const lang = chineseOnly(view);
  return (
    <table className="stack">
      <caption className="away">{title}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={column.kind === "num" ? "num" : undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.key}>
            {columns.map((column, at) => {
              const cell = column.cell(item);
              return at === 0 ? (
                <th key={column.title} scope="row" lang={column.chinese ? lang : undefined}>
                  {column.href ? <a href={column.href(item)}>{cell}</a> : cell}
                </th>
              ) : (
                <td
                  key={column.title}
                  data-label={column.title}
                  className={column.kind}
                  lang={column.chinese ? lang : undefined}
                >
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was last published of the whole place, in one sentence for the home page (首页一句话). */
export function EquipmentSentence({ view, whole }: { view: View; whole: PublishedItem }) {
  const texts = textsOf(view).equipment;
  return (
    <p>
      {texts.sentence({
        homes: count(whole.body.homes),
        covered: count(whole.body.covered),
        coverage: percent(whole.body.coverage),
        date: dateText(view, text(whole.body.asOf)),
      })}{" "}
      <a href="/equipment">{texts.homeLink}</a>
    </p>
  );
}

/** Donated equipment (捐赠设备): progress place by place, the homes, the samples. */
export function EquipmentPage({
  view,
  progress,
  samples,
}: {
  view: View;
  progress: readonly PublishedItem[];
  samples: readonly PublishedItem[];
}) {
  const texts = textsOf(view).equipment;
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      <p className="lead">{texts.lead}</p>
      <section aria-labelledby="progress">
        <h2 id="progress">{texts.progress}</h2>
        {progress.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          <Items
            view={view}
            title={texts.progress}
            items={progress}
            columns={[
              {
                title: texts.division,
                chinese: true,
                cell: (item) => text(item.body.name) || item.title,
                href: (item) => `/equipment/homes?division=${item.division}`,
              },
              { title: texts.homes, kind: "num", cell: (item) => count(item.body.homes) },
              { title: texts.covered, kind: "num", cell: (item) => count(item.body.covered) },
              { title: texts.coverage, kind: "num", cell: (item) => percent(item.body.coverage) },
              { title: texts.shipped, kind: "num", cell: (item) => count(item.body.shipped) },
              { title: texts.delivered, kind: "num", cell: (item) => count(item.body.delivered) },
              { title: texts.verified, kind: "num", cell: (item) => count(item.body.verified) },
              { title: texts.trained, kind: "num", cell: (item) => count(item.body.homesTrained) },
              { title: texts.open, kind: "num", cell: (item) => count(item.body.discrepanciesOpen) },
              { title: texts.asOf, kind: "day", cell: (item) => dateText(view, text(item.body.asOf)) },
            ]}
          />
        )}
        <p>
          <a href="/equipment/homes">{texts.list}</a>
        </p>
        <Downloads view={view} collection={equipmentLists.progress} />
      </section>
      <section aria-labelledby="samples">
        <h2 id="samples">{texts.samples}</h2>
        <p>{texts.samplesLead}</p>
        {samples.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          samples.map((one) => <Sample key={one.key} view={view} one={one} />)
        )}
        <p>
          {texts.download}: {texts.downloadNote}
        </p>
        <Downloads view={view} collection={equipmentLists.population} />
      </section>
      <p>
        <a href="/donations">{texts.giving}</a>
      </p>
    </Page>
  );
}

function Sample({ view, one }: { view: View; one: PublishedItem }) {
  const texts = textsOf(view).equipment;
  const { body } = one;
  const facts = [
    [texts.purpose, nameIn(texts.purposes, text(body.purpose))],
    [texts.drawnOn, dateText(view, text(body.drawnOn))],
    [texts.population, count(body.populationSize)],
    [texts.size, count(body.size)],
    [texts.seed, text(body.seed)],
    [texts.digest, text(body.populationDigest)],
  ] as const;
  return (
    <section aria-labelledby={`sample-${one.key}`}>
      <h3 id={`sample-${one.key}`} lang={chineseOnly(view)}>
        {one.title}
      </h3>
      <dl className="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className={term === texts.seed || term === texts.digest ? "code" : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Homes that received equipment (机构名单), place by place. */
export function EquipmentHomesPage({
  view,
  items,
  next,
}: {
  view: View;
  items: readonly PublishedItem[];
  next: string | null;
}) {
  const texts = textsOf(view).equipment;
  const standing = (field: string) => (item: PublishedItem) => nameIn(texts.standings, text(item.body[field]));
  return (
    <Page view={view} title={texts.list}>
      <h1>{texts.list}</h1>
      <p className="lead">{texts.listLead}</p>
      {items.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <Items
          view={view}
          title={texts.list}
          items={items}
          columns={[
            { title: texts.home, chinese: true, cell: (item) => item.title },
            { title: texts.concentrator, cell: standing("concentrator") },
            { title: texts.oximeter, cell: standing("oximeter") },
            { title: texts.isCovered, cell: (item) => (item.body.isCovered === true ? texts.yes : texts.no) },
            { title: texts.asOf, kind: "day", cell: (item) => dateText(view, text(item.body.asOf)) },
          ]}
        />
      )}
      <Pager view={view} next={next} />
      <Downloads view={view} collection={equipmentLists.homes} />
      <p>
        <a href="/equipment">{texts.back}</a>
      </p>
    </Page>
  );
}
