import { Link } from "react-router";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { listShipments, type ShipmentLine } from "../delivery.contract.ts";
import { shipmentStates } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { words } from "./delivery.web.words.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { ShipmentWord } from "./labels.tsx";

/** Shipments (发运与签收), newest first: what is on the way, what is late, what came short. */
export function Component() {
  const w = useWords(words).shipments;
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const today = dateInShanghai(new Date());
  const state = useLedgerState(["state", "late", "division", "planId", "careHomeId"]);
  const { filters } = state;
  const shipments = useQueryOperation(
    listShipments,
    {
      state: shipmentStates.find((one) => one === filters.state),
      late: filters.late === "yes" || filters.late === "no" ? filters.late : undefined,
      division: filters.division,
      planId: filters.planId,
      careHomeId: filters.careHomeId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const lines = (row: ShipmentLine) =>
    row.lines.map((line) => `${m.items[line.item]} ${showCount(line.signed)}/${showCount(line.quantity)}`);
  const columns: LedgerColumn<ShipmentLine>[] = [
    {
      key: "home",
      title: w.home,
      cell: (row) => <Link to={`/equipment/shipments/${row.id}`}>{row.careHome}</Link>,
      text: (row) => row.careHome,
    },
    { key: "place", title: w.place, cell: (row) => row.divisionName },
    {
      key: "state",
      title: base.state,
      cell: (row) => <ShipmentWord state={row.state} late={row.late} />,
      text: (row) => m.shipmentStates[row.state],
    },
    {
      key: "lines",
      title: w.lines,
      cell: (row) =>
        lines(row).map((line) => (
          <span key={line} className="block-line">
            {line}
          </span>
        )),
      text: (row) => lines(row).join("; "),
    },
    {
      key: "dueOn",
      title: w.dueOn,
      cell: (row) =>
        row.state === "shipped" ? <DutyBadge dueOn={row.dueOn} today={today} /> : showDate(row.dueOn, locale),
      text: (row) => row.dueOn,
    },
    {
      key: "shippedOn",
      title: w.shippedOn,
      cell: (row) => showDate(row.shippedOn, locale),
      text: (row) => row.shippedOn,
    },
    {
      key: "deliveredOn",
      title: w.deliveredOn,
      cell: (row) => (row.deliveredOn ? showDate(row.deliveredOn, locale) : "—"),
      text: (row) => row.deliveredOn ?? "",
    },
    {
      key: "days",
      title: w.days,
      cell: (row) => (row.days === null ? "—" : showCount(row.days)),
      text: (row) => String(row.days ?? ""),
      numeric: true,
    },
    { key: "from", title: w.from, cell: (row) => row.from, optional: true },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} tools={<Link to="/equipment/items">{base.items.title}</Link>} />
      <Ledger
        id="equipment-shipments"
        caption={w.title}
        columns={columns}
        rows={shipments.data?.shipments}
        rowKey={(row) => row.id}
        query={shipments}
        next={shipments.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={base.state}
              value={filters.state}
              options={choicesOf(shipmentStates, m.shipmentStates)}
              onChange={(value) => state.setFilter("state", value)}
            />
            <LedgerChoice
              label={w.late}
              value={filters.late}
              options={[
                { value: "yes", label: w.lateYes },
                { value: "no", label: w.lateNo },
              ]}
              onChange={(value) => state.setFilter("late", value)}
            />
            <DivisionFilter
              label={base.division}
              value={filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={w.empty}>{w.emptyHelp}</Empty>}
      />
    </>
  );
}
