import { words as donationWords } from "../../donations/index.ts";
import type { Correction, PublishedItem, Statistics } from "../portal.contract.ts";
import { GiftBox } from "./donation-trace.page.tsx";
import { Page } from "./layout.tsx";
import { Pager } from "./parts.tsx";
import { BeforeYouGive } from "./text.pages.tsx";
import { chineseOnly, countText, dateText, textsOf, type View, yuanText } from "./view.ts";

/** Addresses of the published collections of donations. */
export const donationLists = {
  gifts: "donations.donation",
  uses: "donations.use",
  emergencies: "donations.event",
  changes: "donations.purpose-change",
  totals: "donations.totals",
} as const;
export type DonationList = keyof typeof donationLists;

type Body = Readonly<Record<string, unknown>>;
const text = (value: unknown) => (typeof value === "string" ? value : "");
const number = (value: unknown) => (typeof value === "number" ? value : null);

interface Column {
  readonly key: string;
  readonly title: string;
  readonly numeric?: boolean;
  /** Never broken in two: a date, a place. */
  readonly day?: boolean;
  /** Said in Chinese only. */
  readonly chinese?: boolean;
  readonly cell: (item: PublishedItem) => string;
}

function columnsOf(view: View, list: DonationList, placeName: (code: string) => string): Column[] {
  const texts = textsOf(view).giving;
  const money = (key: string, title: string): Column => ({
    key,
    title,
    numeric: true,
    cell: ({ body }) => (number(body[key]) === null ? "" : yuanText(number(body[key]) ?? 0)),
  });
  const count = (key: string, title: string): Column => ({
    key,
    title,
    numeric: true,
    cell: ({ body }) => (number(body[key]) === null ? "" : countText(number(body[key]) ?? 0)),
  });
  const said = (key: string, title: string, otherwise = ""): Column => ({
    key,
    title,
    chinese: true,
    cell: ({ body }) => text(body[key]) || otherwise,
  });
  const date = (key: string, title: string): Column => ({
    key,
    title,
    day: true,
    cell: ({ body }) => (text(body[key]) ? dateText(view, text(body[key])) : ""),
  });
  const goods: Column = {
    key: "item",
    title: texts.goods,
    chinese: true,
    cell: ({ body }) =>
      number(body.quantity) === null
        ? ""
        : texts.goodsLine({
            item: text(body.item),
            quantity: countText(number(body.quantity) ?? 0),
            unit: text(body.unit),
          }),
  };
  const state: Column = {
    key: "state",
    title: texts.state,
    cell: ({ body }) => (body.state === "corrected" ? texts.recordStates.corrected : texts.recordStates.recorded),
  };
  switch (list) {
    case "gifts":
      return [
        said("donor", texts.donor),
        date("on", texts.on),
        money("amountFen", texts.cashYuan),
        goods,
        money("valueFen", texts.valueYuan),
        said("recipient", texts.recipient),
        said("purpose", texts.purpose, texts.anyPurpose),
        state,
      ];
    case "uses":
      return [
        said("description", texts.usedFor),
        date("on", texts.on),
        money("amountFen", texts.cashYuan),
        goods,
        said("recipient", texts.for),
        said("owner", texts.by),
        state,
      ];
    case "emergencies":
      return [
        said("event", texts.event),
        money("cashFen", texts.cashYuan),
        money("goodsValueFen", texts.valueYuan),
        count("goodsLines", texts.goodsLines),
        count("recipients", texts.recipients),
        count("donorBodies", texts.donorBodies),
        money("usedCashFen", texts.usedYuan),
        date("asOf", texts.asOf),
      ];
    case "changes":
      return [
        said("from", texts.from),
        said("to", texts.to),
        money("amountFen", texts.amount),
        {
          key: "basis",
          title: texts.basis,
          cell: ({ body }) => (texts.bases as Readonly<Record<string, string>>)[text(body.basis)] ?? "",
        },
        date("on", texts.on),
        said("owner", texts.by),
      ];
    case "totals":
      return [
        { key: "year", title: texts.year, cell: ({ body }) => String(body.year ?? "") },
        { key: "division", title: texts.place, chinese: true, day: true, cell: (item) => placeName(item.division) },
        count("donations", texts.gifts),
        money("cashFen", texts.cashYuan),
        money("goodsValueFen", texts.valueYuan),
        count("goodsLines", texts.goodsLines),
        money("usedCashFen", texts.usedYuan),
        count("usedGoodsLines", texts.usedLines),
        date("asOf", texts.asOf),
      ];
  }
}

function ItemTable({
  view,
  list,
  items,
  title,
  placeName = (code) => code,
}: {
  view: View;
  list: DonationList;
  items: readonly PublishedItem[];
  title: string;
  placeName?: (code: string) => string;
}) {
  const columns = columnsOf(view, list, placeName);
  const chinese = chineseOnly(view);
  return (
    <table className="stack words">
      <caption className="away">{title}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={column.numeric ? "num" : undefined}>
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
              const lang = column.chinese ? chinese : undefined;
              return at === 0 ? (
                <th key={column.key} scope="row" lang={lang}>
                  {cell}
                </th>
              ) : (
                // On a phone an empty cell would be a label without a word.
                <td
                  key={column.key}
                  lang={lang}
                  data-label={cell === "" ? undefined : column.title}
                  className={column.numeric ? "num" : column.day ? "day" : undefined}
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

/** Where donations go (捐赠去哪了): the box for a number, totals by place and year, and what else is published. */
export function GivingPage({
  view,
  figures,
  totals,
  latest,
  placeName,
}: {
  view: View;
  figures: Statistics;
  totals: readonly PublishedItem[];
  latest: readonly PublishedItem[];
  placeName: (code: string) => string;
}) {
  const texts = textsOf(view).giving;
  const { title } = textsOf(view).donations;
  const lists = (["gifts", "uses", "emergencies", "changes"] as const).map((list) => ({
    list,
    ...texts.collections[donationLists[list]],
  }));
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      <p className="lead">{texts.lead}</p>
      <GiftBox view={view} />
      <section aria-labelledby="totals">
        <h2 id="totals">{texts.totals}</h2>
        <p className="soft">{texts.totalsNote}</p>
        {totals.length === 0 ? (
          <p>{texts.noTotals}</p>
        ) : (
          <>
            <ItemTable view={view} list="totals" items={totals} title={texts.totals} placeName={placeName} />
            <p>
              <a href="/donations/totals">{texts.all}</a>
            </p>
          </>
        )}
      </section>
      <section aria-labelledby="published">
        <h2 id="published">{texts.lists}</h2>
        <ul className="questions">
          {lists.map((one) => (
            <li key={one.list}>
              <a href={`/donations/${one.list}`}>
                <strong>{one.title}</strong>
                <span>{one.lead}</span>
              </a>
            </li>
          ))}
          <li>
            <a href="/equipment">
              <strong>{textsOf(view).equipment.title}</strong>
              <span>{textsOf(view).equipment.inDonations}</span>
            </a>
          </li>
          <li>
            <a href="/donations/corrections">
              <strong>{texts.corrections}</strong>
              <span>{texts.correctionsLead}</span>
            </a>
          </li>
        </ul>
      </section>
      {latest.length > 0 ? (
        <section aria-labelledby="latest">
          <h2 id="latest">{texts.latest}</h2>
          <ItemTable view={view} list="gifts" items={latest} title={texts.latest} />
          <p>
            <a href="/donations/gifts">{texts.all}</a>
          </p>
        </section>
      ) : null}
      <section aria-labelledby="before">
        <h2 id="before">{texts.before_}</h2>
        <BeforeYouGive view={view} figures={figures} />
      </section>
    </Page>
  );
}

/** One published list of donations (捐赠公示), newest first. */
export function GivingListPage({
  view,
  list,
  items,
  next,
  placeName,
}: {
  view: View;
  list: DonationList;
  items: readonly PublishedItem[];
  next: string | null;
  placeName: (code: string) => string;
}) {
  const texts = textsOf(view).giving;
  const { title, lead } = texts.collections[donationLists[list]];
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      {list === "changes" ? null : <p className="soft">{texts.apart}</p>}
      {items.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <ItemTable view={view} list={list} items={items} title={title} placeName={placeName} />
      )}
      <Pager view={view} next={next} />
      <Downloads view={view} collection={donationLists[list]} />
      <p>
        <a href="/donations/corrections">{texts.corrections}</a>
      </p>
      <p>
        <a href="/donations">{texts.back}</a>
      </p>
    </Page>
  );
}

/** What was corrected (更正): the old text beside the new, with date and reason. */
export function GivingCorrectionsPage({
  view,
  corrections,
  next,
}: {
  view: View;
  corrections: readonly Correction[];
  next: string | null;
}) {
  const texts = textsOf(view).giving;
  const chinese = chineseOnly(view);
  return (
    <Page view={view} title={texts.corrections}>
      <h1>{texts.corrections}</h1>
      <p className="lead">{texts.correctionsLead}</p>
      {corrections.length === 0 ? <p>{texts.noCorrections}</p> : null}
      {corrections.map((one) => (
        <section key={`${one.collection}.${one.key}.${one.version}`} className="correction">
          <h2 lang={chinese}>{one.title}</h2>
          <p className="soft">
            {collectionTitle(view, one.collection)} · {texts.correctedOn({ date: dateText(view, one.on) })}
          </p>
          <p lang={chinese}>{texts.correction({ reason: one.reason })}</p>
          <Differences view={view} one={one} />
        </section>
      ))}
      <Pager view={view} next={next} />
      <p>
        <a href="/donations">{texts.back}</a>
      </p>
    </Page>
  );
}

function collectionTitle(view: View, id: string): string {
  const known = textsOf(view).giving.collections as Readonly<Record<string, { readonly title: string }>>;
  return known[id]?.title ?? id;
}

/** A value as people read it: fen as yuan, codes as words, dates as dates. */
function valueText(view: View, field: string, value: unknown): string {
  const texts = textsOf(view).giving;
  const names = donationWords[view.locale];
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "number") return field.endsWith("Fen") ? `${yuanText(value)}${texts.yuan}` : countText(value);
  if (field === "kind") return value === "cash" ? names.kinds.cash : names.kinds.goods;
  if (field === "state") return value === "corrected" ? texts.recordStates.corrected : texts.recordStates.recorded;
  return field === "on" || field === "asOf" ? dateText(view, String(value)) : String(value);
}

function Differences({ view, one }: { view: View; one: Correction }) {
  const texts = textsOf(view).giving;
  const labels: Readonly<Record<string, string>> = {
    ...donationWords[view.locale].collectionFields,
    amountFen: texts.cash,
    valueFen: texts.valueYuan,
    cashFen: texts.cashYuan,
    goodsValueFen: texts.valueYuan,
    usedCashFen: texts.usedYuan,
  };
  const body = (of: Body, field: string) => valueText(view, field, of[field]);
  const changed = Object.keys(one.now).filter(
    (field) => JSON.stringify(one.old[field]) !== JSON.stringify(one.now[field]),
  );
  // Where only its standing changed the whole old text is shown: what was taken back must stay readable.
  const replaced = changed.some((field) => field !== "state" && field !== "asOf");
  const fields = replaced
    ? changed
    : Object.keys(labels).filter((field) => field !== "state" && (one.old[field] ?? "") !== "");
  return (
    <>
      {replaced ? null : <p>{texts.takenBack}</p>}
      <table className="stack">
        <caption className="away">{one.title}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.field}</th>
            <th scope="col">{texts.before}</th>
            {replaced ? <th scope="col">{texts.after}</th> : null}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{labels[field] ?? field}</th>
              <td data-label={texts.before}>{body(one.old, field)}</td>
              {replaced ? <td data-label={texts.after}>{body(one.now, field)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
