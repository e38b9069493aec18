import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { listPlans, planAllocation } from "../plan.contract.ts";
import { words } from "./delivery.web.words.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import "./equipment.css";

type Plan = OutputOf<typeof listPlans>["plans"][number];

/** What a plan gives out, a line for each item. */
function Allocated({ plan }: { readonly plan: Plan }) {
  const w = useWords(words).plans;
  const m = useWords(moduleWords);
  return (
    <>
      {plan.items.map((one) => (
        <span key={one.item} className="block-line">
          {w.allocated({
            item: m.items[one.item],
            quantity: showCount(one.allocated),
            unit: m.units[one.item],
            homes: showCount(one.homes),
          })}
        </span>
      ))}
    </>
  );
}

/** Plans (分配方案), newest first: those of one's own office and of the offices above that serve it. */
export function Component() {
  const w = useWords(words).plans;
  const base = useWords(baseWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["division"]);
  const plans = useQueryOperation(
    listPlans,
    { division: state.filters.division, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Plan>[] = [
    {
      key: "name",
      title: w.name,
      cell: (row) => <Link to={`/equipment/plans/${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: "plannedOn",
      title: w.plannedOn,
      cell: (row) => showDate(row.plannedOn, locale),
      text: (row) => row.plannedOn,
    },
    { key: "office", title: w.office, cell: (row) => row.office },
    { key: "items", title: w.items, cell: (row) => <Allocated plan={row} /> },
    {
      key: "ranked",
      title: w.ranked,
      cell: (row) => showCount(row.homesRanked),
      text: (row) => String(row.homesRanked),
      numeric: true,
    },
    {
      key: "leftOut",
      title: w.leftOut,
      cell: (row) =>
        row.homesLeftOut === 0 ? (
          "0"
        ) : (
          <Link to={`/equipment/plans/${row.id}?state=left_out`}>{showCount(row.homesLeftOut)}</Link>
        ),
      text: (row) => String(row.homesLeftOut),
      numeric: true,
    },
  ];
  return (
    <>
      <PageHead
        title={w.title}
        state={w.state}
        tools={
          may(planAllocation) && (
            <Link className="button-link" to="/equipment/plans/new">
              {w.create}
            </Link>
          )
        }
      />
      <Ledger
        id="equipment-plans"
        caption={w.title}
        columns={columns}
        rows={plans.data?.plans}
        rowKey={(row) => row.id}
        query={plans}
        next={plans.data?.next}
        state={state}
        filters={
          <DivisionFilter
            label={base.division}
            value={state.filters.division}
            onChange={(value) => state.setFilter("division", value)}
          />
        }
        empty={<Empty title={w.empty}>{w.emptyHelp}</Empty>}
      />
    </>
  );
}
