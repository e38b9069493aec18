import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { isDate } from "../../../kernel/clock/date.ts";
import { donationFigures, publishTotals } from "../donations.contract.ts";
import { listEvents, listTotals, publishEvent } from "../donations.lists.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

type Figures4 = OutputOf<typeof donationFigures>;
type Event = OutputOf<typeof listEvents>["events"][number];
type Total = OutputOf<typeof listTotals>["totals"][number];
const dateOf = (value: string | undefined) => (value && isDate(value) ? value : undefined);

/** Figures of gifts (捐赠统计): promises, cash, the value of goods and pieces, each for itself; emergencies and published totals below. */
export function Component() {
  const w = useWords(words);
  const f = useWords(formWords).figures;
  const { may } = useSession();
  const state = useLedgerState(["division", "from", "to", "event"]);
  const { filters } = state;
  const reads = may(donationFigures);
  const figures = useQueryOperation(
    donationFigures,
    { division: filters.division, from: dateOf(filters.from), to: dateOf(filters.to), event: filters.event },
    { keepPrevious: true, enabled: reads },
  );
  return (
    <>
      <PageHead title={f.title} state={f.state} />
      {reads && (
        <>
          <div className="ledger-filters">
            <DivisionFilter
              label={w.division}
              value={filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
            {(["from", "to"] as const).map((name) => (
              <label key={name} className="ledger-filter">
                <span>{f[name]}</span>
                <input
                  type="date"
                  value={filters[name] ?? ""}
                  onChange={(event) => state.setFilter(name, event.target.value || undefined)}
                />
              </label>
            ))}
            <LedgerSearch label={w.event} value={filters.event} onChange={(value) => state.setFilter("event", value)} />
          </div>
          <Answer query={figures}>{(data) => <Four data={data} />}</Answer>
        </>
      )}
      <Events />
      <Totals />
    </>
  );
}

function Four({ data }: { readonly data: Figures4 }) {
  const w = useWords(words);
  const f = useWords(formWords).figures;
  return (
    <>
      <Figures>
        <Figure
          title={f.pledged}
          value={showYuan(data.pledgedFen)}
          unit={w.yuan}
          rows="/donations/pledges"
          note={f.pledgedNote}
        />
        <Figure title={f.cash} value={showYuan(data.cashFen)} unit={w.yuan} rows="/donations?kind=cash" />
        <Figure
          title={f.value}
          value={showYuan(data.goodsValueFen)}
          unit={w.yuan}
          rows="/donations?kind=goods"
          note={f.valueNote({ lines: data.goodsLines, without: data.goodsWithoutValue })}
        />
        <Figure
          title={f.pieces}
          value={
            data.pieces
              .slice(0, 3)
              .map((one) => w.pieces({ quantity: showCount(one.quantity), unit: one.unit }))
              .join(" / ") || "0"
          }
          note={f.piecesNote}
        />
      </Figures>
      <p className="quiet">{w.apart}</p>
      <Figures>
        <Figure title={f.donations} value={data.donations} rows="/donations" />
        <Figure
          title={f.receiptsDue}
          value={data.receiptsDue}
          rows="/donations?receiptState=due"
          tone={data.receiptsDue > 0 ? "soon" : undefined}
        />
        <Figure title={f.usedCash} value={showYuan(data.usedCashFen)} unit={w.yuan} rows="/donations/uses?kind=cash" />
        <Figure title={f.usedGoods} value={data.usedGoodsLines} unit={f.lines} rows="/donations/uses?kind=goods" />
        <Figure title={f.recipients} value={data.recipients} unit={f.bodies} />
        <Figure title={f.donorBodies} value={data.donorBodies} unit={f.bodies} />
      </Figures>
      {data.pledgedTexts.length > 0 && (
        <Section title={f.texts}>
          <ul>
            {data.pledgedTexts.map((text, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two promises may be worded alike.
              <li key={at}>{text}</li>
            ))}
          </ul>
        </Section>
      )}
      {data.pieces.length > 3 && (
        <Section title={f.byUnit}>
          <Ledger
            id="donation-pieces"
            caption={f.byUnit}
            columns={[
              { key: "unit", title: f.unit, cell: (row) => row.unit },
              {
                key: "quantity",
                title: f.quantity,
                cell: (row) => showCount(row.quantity),
                text: (row) => String(row.quantity),
                numeric: true,
              },
            ]}
            rows={data.pieces}
            rowKey={(row) => row.unit}
          />
        </Section>
      )}
    </>
  );
}

function Events() {
  const w = useWords(words);
  const f = useWords(formWords).figures;
  const { locale } = usePreferences();
  const { may } = useSession();
  const act = useAct();
  const events = useQueryOperation(listEvents, {}, { enabled: may(listEvents) });
  const number = (key: string, title: string, of: (row: Event) => string): LedgerColumn<Event> => ({
    key,
    title,
    cell: of,
    text: of,
    numeric: true,
  });
  const columns: LedgerColumn<Event>[] = [
    {
      key: "event",
      title: w.event,
      cell: (row) =>
        may(donationFigures) ? (
          <Link to={`/donations?event=${encodeURIComponent(row.event)}`}>{row.event}</Link>
        ) : (
          row.event
        ),
      text: (row) => row.event,
    },
    number("cash", w.list.cash, (row) => showYuan(row.cashFen)),
    number("value", w.list.value, (row) => showYuan(row.goodsValueFen)),
    number("goods", w.list.goods, (row) => showCount(row.goodsLines)),
    number("recipients", f.recipients, (row) => showCount(row.recipients)),
    number("bodies", f.donorBodies, (row) => showCount(row.donorBodies)),
    number("used", f.usedCash, (row) => showYuan(row.usedCashFen)),
    {
      key: "published",
      title: f.published,
      cell: (row) =>
        row.publishedOn === null ? (
          <StatusWord tone="muted">{f.notPublished}</StatusWord>
        ) : (
          <>
            <StatusWord tone={row.changed ? "soon" : "done"}>{showDate(row.publishedOn, locale)}</StatusWord>
            {row.changed && <span className="quiet"> {f.stale}</span>}
          </>
        ),
      text: (row) => row.publishedOn ?? f.notPublished,
    },
    ...(may(publishEvent)
      ? [
          {
            key: "act",
            title: w.act,
            cell: (row: Event) => (
              <ActButtons
                quiet
                acts={act(
                  "publish",
                  f.publishEvent,
                  publishEvent,
                  { event: row.event },
                  {
                    legal: true,
                    note: f.publishNote,
                  },
                )}
                given={{ fields: { reason: f.publishReason } }}
                subjectId={`event.${row.event}`}
                doneText={() => f.done}
              />
            ),
          },
        ]
      : []),
  ];
  if (!may(listEvents)) return null;
  return (
    <Section title={f.events}>
      <p className="quiet">{f.eventsNote}</p>
      <Ledger
        id="donation-events"
        caption={f.events}
        columns={columns}
        rows={events.data?.events}
        rowKey={(row) => row.event}
        query={events}
        empty={<Empty title={f.noEvents} />}
      />
    </Section>
  );
}

function Totals() {
  const w = useWords(words);
  const forms = useWords(formWords);
  const f = forms.figures;
  const { locale } = usePreferences();
  const { may } = useSession();
  const act = useAct();
  const totals = useQueryOperation(listTotals, {}, { enabled: may(listTotals) });
  const placeOf = usePlacesOf(totals.data?.totals.map((one) => one.division));
  const columns: LedgerColumn<Total>[] = [
    { key: "year", title: forms.fields.year, cell: (row) => String(row.year) },
    { key: "division", title: w.division, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    {
      key: "cash",
      title: w.list.cash,
      cell: (row) => showYuan(row.cashFen),
      text: (row) => showYuan(row.cashFen),
      numeric: true,
    },
    {
      key: "value",
      title: w.list.value,
      cell: (row) => showYuan(row.goodsValueFen),
      text: (row) => showYuan(row.goodsValueFen),
      numeric: true,
    },
    {
      key: "on",
      title: f.publishedOn,
      cell: (row) => showDate(row.publishedOn, locale),
      text: (row) => row.publishedOn,
    },
  ];
  if (!may(listTotals)) return null;
  return (
    <Section title={f.totals}>
      {may(publishTotals) && (
        <ActButtons
          acts={act("totals", f.publishTotals, publishTotals, {}, { legal: true, note: f.publishNote })}
          given={{ fields: { year: forms.fields.year, reason: f.publishReason } }}
          subjectId="totals"
          doneText={() => f.done}
        />
      )}
      <Ledger
        id="donation-totals"
        caption={f.totals}
        columns={columns}
        rows={totals.data?.totals}
        rowKey={(row) => `${row.division}-${row.year}`}
        query={totals}
        empty={<Empty title={f.noTotals} />}
      />
    </Section>
  );
}
