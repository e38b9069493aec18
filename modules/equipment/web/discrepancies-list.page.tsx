import { Link } from "react-router";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { discrepancyKinds, discrepancyStates } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { type DiscrepancyLine, listDiscrepancies } from "../oversight.contract.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { DiscrepancyWord, useLine } from "./labels.tsx";
import { words } from "./oversight.web.words.ts";

const unclosed = discrepancyStates.filter((one) => one !== "closed");

/** Discrepancies (差异台账), the most urgent first: each with its owner and its day. */
export function Component() {
  const w = useWords(words).discrepancies;
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const lineOf = useLine();
  const today = dateInShanghai(new Date());
  const state = useLedgerState(["state", "kind", "late", "division", "careHomeId"]);
  const { filters } = state;
  const rows = useQueryOperation(
    listDiscrepancies,
    {
      state: filters.state === "unclosed" ? [...unclosed] : discrepancyStates.find((one) => one === filters.state),
      kind: discrepancyKinds.find((one) => one === filters.kind),
      late: filters.late === "yes" || filters.late === "no" ? filters.late : undefined,
      division: filters.division,
      careHomeId: filters.careHomeId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const what = (row: DiscrepancyLine) =>
    row.item ? `${m.discrepancyKinds[row.kind]} · ${lineOf(row.item, row.quantity)}` : m.discrepancyKinds[row.kind];
  const columns: LedgerColumn<DiscrepancyLine>[] = [
    {
      key: "kind",
      title: w.kind,
      cell: (row) => <Link to={`/equipment/discrepancies/${row.id}`}>{what(row)}</Link>,
      text: what,
    },
    {
      key: "home",
      title: w.home,
      cell: (row) => <Link to={`/equipment/homes/${row.careHomeId}`}>{row.careHome}</Link>,
      text: (row) => row.careHome,
    },
    { key: "place", title: w.place, cell: (row) => row.divisionName },
    {
      key: "state",
      title: base.state,
      cell: (row) => <DiscrepancyWord state={row.state} late={row.late} />,
      text: (row) => m.discrepancyStates[row.state],
    },
    {
      key: "dueOn",
      title: w.dueOn,
      cell: (row) =>
        row.state === "closed" ? showDate(row.dueOn, locale) : <DutyBadge dueOn={row.dueOn} today={today} />,
      text: (row) => row.dueOn,
    },
    {
      key: "owner",
      title: w.owner,
      cell: (row) => row.owner ?? base.countyOfficers,
      text: (row) => row.owner ?? base.countyOfficers,
    },
    { key: "source", title: w.source, cell: (row) => m.discrepancySources[row.source] },
    {
      key: "openedOn",
      title: w.openedOn,
      cell: (row) => showDate(row.openedOn, locale),
      text: (row) => row.openedOn,
      optional: true,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Ledger
        id="equipment-discrepancies"
        caption={w.title}
        columns={columns}
        rows={rows.data?.discrepancies}
        rowKey={(row) => row.id}
        query={rows}
        next={rows.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={base.state}
              value={filters.state}
              options={[{ value: "unclosed", label: w.unclosed }, ...choicesOf(discrepancyStates, m.discrepancyStates)]}
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
            <LedgerChoice
              label={w.kind}
              value={filters.kind}
              options={choicesOf(discrepancyKinds, m.discrepancyKinds)}
              onChange={(value) => state.setFilter("kind", value)}
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
