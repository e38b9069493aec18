import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { Chart } from "../../../apps/web/ui/chart.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { type BoardLine, board, type boardFigures } from "../board.contract.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { words } from "./board.web.words.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { rateText } from "./labels.tsx";
import { PublishProgress } from "./publish-progress.tsx";

const percent = (value: number) => (Number.isNaN(value) ? "—" : `${value.toFixed(1)}%`);
const homesOf = (division: string, more = "") => `/equipment/homes?division=${division}${more}`;
const shipmentsOf = (division: string, more: string) => `/equipment/shipments?division=${division}${more}`;
const discrepanciesOf = (division: string, more: string) => `/equipment/discrepancies?division=${division}${more}`;
const figureOf = (figure: (typeof boardFigures)[number]) => (division: string, item?: string) =>
  `/equipment/figure?figure=${figure}&division=${division}${item ? `&item=${item}` : ""}`;
const isLate = (one: BoardLine) => one.lateShipments + one.discrepanciesLate > 0;

/** Where the equipment stands (设备看板): the first page of the morning; every figure opens its homes. */
export function Component() {
  const w = useWords(words);
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const state = useLedgerState(["division", "item"]);
  const item = itemKinds.find((one) => one === state.filters.item);
  const division = state.filters.division ?? (grant?.division && grant.division !== "0" ? grant.division : undefined);
  const query = useQueryOperation(board, { division, item }, { keepPrevious: true });
  return (
    <>
      <PageHead
        title={w.board.title}
        state={
          query.data && (
            <>
              <span>{query.data.name}</span>
              <span>{item ? m.items[item] : base.allItems}</span>
              <span>{w.board.asOf({ at: showInstant(query.data.asOf, locale) })}</span>
            </>
          )
        }
        tools={
          <>
            <Link to={homesOf(division ?? "")}>{w.board.toHomes}</Link>
            <Link to="/equipment/trace">{base.trace.title}</Link>
          </>
        }
      />
      <div className="ledger-filters">
        <DivisionFilter
          label={base.division}
          value={state.filters.division}
          onChange={(value) => state.setFilter("division", value)}
        />
        <LedgerChoice
          label={base.item}
          value={item}
          anyLabel={base.allItems}
          options={choicesOf(itemKinds, m.items)}
          onChange={(value) => state.setFilter("item", value)}
        />
      </div>
      <Answer query={query}>
        {(data) => (
          <>
            <Whole data={data} item={item} />
            {data.children.length > 0 ? (
              <>
                <Late rows={data.children} of={data.division} />
                <Children rows={data.children} of={data.division} item={item} />
              </>
            ) : (
              <Empty title={w.board.none} action={<Link to={homesOf(data.division)}>{w.board.toHomes}</Link>} />
            )}
          </>
        )}
      </Answer>
      <PublishProgress />
    </>
  );
}

function Whole({ data, item }: { readonly data: BoardLine; readonly item: ItemKind | undefined }) {
  const w = useWords(words).board;
  const at = data.division;
  const missing = data.homes - data.covered;
  return (
    <Figures>
      <Figure
        title={w.coverage}
        value={rateText(data.coverage)}
        rows={homesOf(at, "&covered=yes")}
        note={
          data.homes === 0
            ? w.noHomes
            : w.coverageNote({ covered: showCount(data.covered), homes: showCount(data.homes) })
        }
      />
      <Figure
        title={w.notCovered}
        value={missing}
        unit={w.homesUnit}
        tone={missing > 0 ? "soon" : undefined}
        rows={homesOf(at, "&covered=no")}
      />
      <Figure
        title={w.delivered}
        value={data.delivered}
        unit={w.pieceUnit}
        rows={figureOf("delivered")(at, item)}
        note={w.deliveredNote({ shipped: showCount(data.shipped), rate: rateText(data.deliveryRate) })}
      />
      <Figure
        title={w.verified}
        value={data.verified}
        unit={w.pieceUnit}
        rows={figureOf("verified")(at, item)}
        note={w.verifiedNote({ delivered: showCount(data.delivered) })}
      />
      <Figure
        title={w.onTheWay}
        value={data.onTheWay}
        unit={w.pieceUnit}
        tone={data.lateShipments > 0 ? "late" : undefined}
        rows={figureOf("onTheWay")(at, item)}
        note={
          data.lateShipments > 0 ? (
            <Link to={shipmentsOf(at, "&late=yes")}>{w.lateNote({ late: showCount(data.lateShipments) })}</Link>
          ) : (
            w.onTime
          )
        }
      />
      <Figure
        title={w.discrepancies}
        value={data.discrepanciesOpen}
        unit={w.caseUnit}
        tone={data.discrepanciesLate > 0 ? "late" : data.discrepanciesOpen > 0 ? "soon" : undefined}
        rows={discrepanciesOf(at, "&state=unclosed")}
        note={w.discrepancyNote({ late: showCount(data.discrepanciesLate), rate: rateText(data.discrepancyRate) })}
      />
      <Figure
        title={w.days}
        value={data.medianDays === null ? "—" : String(data.medianDays)}
        unit={data.medianDays === null ? undefined : w.daysUnit}
        rows={shipmentsOf(at, "&state=delivered")}
        note={w.daysNote}
      />
      <Figure
        title={w.untrained}
        value={data.homesUntrained}
        unit={w.homesUnit}
        tone={data.homesUntrained > 0 ? "soon" : undefined}
        rows={homesOf(at, "&untrained=yes")}
        note={w.untrainedNote({ trained: showCount(data.homesTrained), rate: rateText(data.trainingRate) })}
      />
    </Figures>
  );
}

/** The counties that are late (逾期的地区), the most overdue first: what this page is opened for. */
function Late({ rows, of }: { readonly rows: readonly BoardLine[]; readonly of: string }) {
  const w = useWords(words).board;
  const late = rows
    .filter(isLate)
    .toSorted((a, b) => b.lateShipments + b.discrepanciesLate - (a.lateShipments + a.discrepanciesLate));
  const without = rows.filter((one) => !one.liaison && one.homes > 0).length;
  return (
    <Section
      title={w.late}
      tools={without > 0 && <Link to="/equipment/liaisons">{w.noLiaison({ count: without })}</Link>}
    >
      {late.length === 0 ? (
        <Notice tone="good">{w.noneLate}</Notice>
      ) : (
        <>
          <p className="quiet">{w.lateHelp}</p>
          <Ledger
            id="equipment-late"
            caption={w.late}
            columns={[
              {
                key: "name",
                title: w.child,
                cell: (row) =>
                  row.division === of ? (
                    w.directly({ name: row.name })
                  ) : (
                    <Link to={`/equipment?division=${row.division}`}>{row.name}</Link>
                  ),
                text: (row) => row.name,
              },
              number(
                "late",
                w.lateShipments,
                (row) => row.lateShipments,
                (row) => shipmentsOf(row.division, "&late=yes"),
                of,
              ),
              number(
                "discrepanciesLate",
                w.discrepanciesLate,
                (row) => row.discrepanciesLate,
                (row) => discrepanciesOf(row.division, "&late=yes"),
                of,
              ),
              liaison(w),
            ]}
            rows={late}
            rowKey={(row) => row.division}
          />
        </>
      )}
    </Section>
  );
}

type Words = (typeof words)["zh"]["board"] | (typeof words)["en"]["board"];

function number(
  key: string,
  title: string,
  value: (row: BoardLine) => number,
  link: (row: BoardLine) => string,
  of: string,
): LedgerColumn<BoardLine> {
  return {
    key,
    title,
    // What stands in no finer division has no list of its own: a link would open more than the figure counts.
    cell: (row) =>
      value(row) === 0 || row.division === of ? (
        showCount(value(row))
      ) : (
        <Link to={link(row)}>{showCount(value(row))}</Link>
      ),
    text: (row) => String(value(row)),
    numeric: true,
  };
}

function liaison(w: Words): LedgerColumn<BoardLine> {
  return {
    key: "liaison",
    title: w.liaison,
    cell: (row) => (
      <StatusWord tone={row.liaison ? "done" : "soon"}>{row.liaison ? w.liaisonYes : w.liaisonNo}</StatusWord>
    ),
    text: (row) => (row.liaison ? w.liaisonYes : w.liaisonNo),
  };
}

function Children({
  rows,
  of,
  item,
}: {
  readonly rows: readonly BoardLine[];
  readonly of: string;
  readonly item: ItemKind | undefined;
}) {
  const w = useWords(words).board;
  const within = (row: BoardLine) =>
    row.division.length > 9 ? homesOf(row.division) : `/equipment?division=${row.division}`;
  const columns: LedgerColumn<BoardLine>[] = [
    {
      key: "name",
      title: w.child,
      cell: (row) => (row.division === of ? w.directly({ name: row.name }) : <Link to={within(row)}>{row.name}</Link>),
      text: (row) => row.name,
    },
    {
      key: "coverage",
      title: w.coverage,
      cell: (row) => (row.coverage === null ? "—" : <strong>{rateText(row.coverage)}</strong>),
      text: (row) => rateText(row.coverage),
      numeric: true,
    },
    number(
      "homes",
      w.homes,
      (row) => row.homes,
      (row) => homesOf(row.division),
      of,
    ),
    number(
      "covered",
      w.covered,
      (row) => row.covered,
      (row) => homesOf(row.division, "&covered=yes"),
      of,
    ),
    number(
      "shipped",
      w.shipped,
      (row) => row.shipped,
      (row) => figureOf("shipped")(row.division, item),
      of,
    ),
    number(
      "delivered",
      w.delivered,
      (row) => row.delivered,
      (row) => figureOf("delivered")(row.division, item),
      of,
    ),
    number(
      "verified",
      w.verified,
      (row) => row.verified,
      (row) => figureOf("verified")(row.division, item),
      of,
    ),
    number(
      "late",
      w.lateShipments,
      (row) => row.lateShipments,
      (row) => shipmentsOf(row.division, "&late=yes"),
      of,
    ),
    number(
      "discrepancies",
      w.discrepancies,
      (row) => row.discrepanciesOpen,
      (row) => discrepanciesOf(row.division, "&state=unclosed"),
      of,
    ),
    {
      key: "days",
      title: `${w.days} (${w.daysUnit})`,
      cell: (row) => (row.medianDays === null ? "—" : String(row.medianDays)),
      text: (row) => String(row.medianDays ?? ""),
      numeric: true,
    },
    number(
      "untrained",
      w.untrained,
      (row) => row.homesUntrained,
      (row) => homesOf(row.division, "&untrained=yes"),
      of,
    ),
    { ...liaison(w), optional: true },
  ];
  const based = rows.filter((row) => row.coverage !== null);
  // Places where there is nothing to see would hide those where there is.
  const active = rows.filter((row) => row.homes + row.shipped > 0);
  return (
    <>
      <Section title={w.table}>
        <Ledger id="equipment-board" caption={w.table} columns={columns} rows={active} rowKey={(row) => row.division} />
        {active.length < rows.length && <p className="quiet">{w.inactive({ count: rows.length - active.length })}</p>}
      </Section>
      {based.length > 1 && (
        <Chart
          title={w.byChild}
          kind="bar"
          series={[w.coverage]}
          rows={based.map((row) => ({
            label: row.name,
            values: [Number.parseFloat(row.coverage ?? "")],
            link: within(row),
          }))}
          unit="%"
          show={percent}
        />
      )}
    </>
  );
}
