import { Link, useParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { ship } from "../delivery.contract.ts";
import { allocationStates, itemKinds, leftOutReasons } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { type AllocationLine, getPlan, recallAllocation } from "../plan.contract.ts";
import { words } from "./delivery.web.words.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { AllocationWord } from "./labels.tsx";

type Plan = OutputOf<typeof getPlan>;

/** One plan (分配方案明细): every home by rank with its reason, those left out with theirs; nothing is hidden. */
export function Component() {
  const { id = "" } = useParams();
  const state = useLedgerState(["item", "state", "why", "division", "careHomeId"]);
  const { filters } = state;
  const query = useQueryOperation(
    getPlan,
    {
      id,
      item: itemKinds.find((one) => one === filters.item),
      state: allocationStates.find((one) => one === filters.state),
      why: leftOutReasons.find((one) => one === filters.why),
      division: filters.division,
      careHomeId: filters.careHomeId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  return <Answer query={query}>{(plan) => <File plan={plan} state={state} stale={query.isPlaceholderData} />}</Answer>;
}

type State = ReturnType<typeof useLedgerState<"item" | "state" | "why" | "division" | "careHomeId">>;

function File({ plan, state, stale }: { readonly plan: Plan; readonly state: State; readonly stale: boolean }) {
  const w = useWords(words);
  const p = w.plan;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const act = useAct();
  const waiting = useQueryOperation(getPlan, { id: plan.id, state: "allocated", limit: 1 });
  const left = (waiting.data?.allocations.length ?? 0) > 0;
  const given = { fields: w.fields };
  const acts = act(
    "recall",
    p.recall,
    recallAllocation,
    { planId: plan.id, homes: undefined, item: undefined },
    { note: p.recallNote, reasons: left ? [] : [p.nothingLeft] },
  );
  return (
    <FilePage
      title={plan.name}
      above={<Link to="/equipment/plans">{w.plans.title}</Link>}
      state={p.state({ on: showDate(plan.plannedOn, locale), office: plan.office })}
      tools={
        <>
          {plan.decisionId && <Link to={`/decisions/${plan.decisionId}`}>{p.decision}</Link>}
          <Link to={`/equipment/shipments?planId=${plan.id}`}>{p.shipments}</Link>
          {may(ship) && left && (
            <Link className="button-link" to={`/equipment/plans/${plan.id}/ship`}>
              {p.ship}
            </Link>
          )}
        </>
      }
    >
      <Figures>
        {plan.items.map((one) => (
          <Figure
            key={one.item}
            title={p.allocatedFigure({ item: m.items[one.item] })}
            value={one.allocated}
            unit={m.units[one.item]}
            note={
              <>
                {p.perHome({ quantity: one.perHome })}
                <br />
                {p.stockNote({ before: showCount(one.stockBefore), after: showCount(one.stockAfter) })}
              </>
            }
          />
        ))}
        <Figure title={w.plans.ranked} value={plan.homesRanked} />
        <Figure
          title={w.plans.leftOut}
          value={plan.homesLeftOut}
          rows={plan.homesLeftOut > 0 ? `/equipment/plans/${plan.id}?state=left_out` : undefined}
        />
      </Figures>
      <Section title={p.list}>
        <p className="quiet">{p.listNote}</p>
        <Homes plan={plan} state={state} stale={stale} />
        {acts.length > 0 && <ActButtons quiet acts={acts} given={given} subjectId={plan.id} />}
      </Section>
    </FilePage>
  );
}

function Homes({ plan, state, stale }: { readonly plan: Plan; readonly state: State; readonly stale: boolean }) {
  const w = useWords(words);
  const p = w.plan;
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const act = useAct();
  const joined = useJoined();
  const placeOf = usePlacesOf(plan.allocations.map((one) => one.division));
  const { filters } = state;
  const recallable = plan.allocations.some((one) => one.state === "allocated");
  const columns: LedgerColumn<AllocationLine>[] = [
    {
      key: "home",
      title: p.home,
      cell: (row) => <Link to={`/equipment/homes/${row.careHomeId}`}>{row.careHome}</Link>,
      text: (row) => row.careHome,
    },
    {
      key: "rank",
      title: p.rank,
      cell: (row) => (row.rank === null ? "—" : showCount(row.rank)),
      text: (row) => String(row.rank ?? ""),
      numeric: true,
    },
    { key: "item", title: base.item, cell: (row) => m.items[row.item] },
    {
      key: "quantity",
      title: p.quantity,
      cell: (row) => showCount(row.quantity),
      text: (row) => String(row.quantity),
      numeric: true,
    },
    {
      key: "explanation",
      title: p.explanation,
      cell: (row) => row.explanation[locale],
      text: (row) => row.explanation[locale],
      width: "32%",
    },
    {
      key: "state",
      title: base.state,
      cell: (row) => <AllocationWord state={row.state} />,
      text: (row) => m.allocationStates[row.state],
    },
    {
      key: "place",
      title: p.place,
      cell: (row) => placeOf(row.division),
      text: (row) => placeOf(row.division),
      optional: true,
    },
    {
      key: "flags",
      title: base.homes.flags,
      cell: (row) => joined(row.flags.map((one) => m.tilts[one])) || base.homes.noFlags,
      text: (row) => joined(row.flags.map((one) => m.tilts[one])),
      optional: true,
    },
    {
      key: "residents",
      title: base.homes.residents,
      cell: (row) => showCount(row.residents),
      text: (row) => String(row.residents),
      numeric: true,
      optional: true,
    },
    {
      key: "why",
      title: p.why,
      cell: (row) => (row.why ? m.leftOut[row.why] : "—"),
      text: (row) => (row.why ? m.leftOut[row.why] : ""),
      optional: true,
    },
    ...(recallable && act("x", "", recallAllocation, {}).length > 0
      ? [
          {
            key: "act",
            title: base.act,
            cell: (row: AllocationLine) =>
              row.state === "allocated" ? (
                <ActButtons
                  quiet
                  acts={act("recall", p.recallHome, recallAllocation, {
                    planId: plan.id,
                    homes: [row.careHomeId],
                    item: row.item,
                  })}
                  given={{ fields: w.fields }}
                  subjectId={row.id}
                />
              ) : null,
          } satisfies LedgerColumn<AllocationLine>,
        ]
      : []),
  ];
  const choice = (
    name: "item" | "state" | "why",
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <LedgerChoice
      label={label}
      value={filters[name]}
      options={options}
      onChange={(value) => state.setFilter(name, value)}
    />
  );
  return (
    <Ledger
      id="equipment-plan"
      caption={p.list}
      columns={columns}
      rows={plan.allocations}
      rowKey={(row) => row.id}
      stale={stale}
      next={plan.next}
      state={state}
      filters={
        <>
          {choice("state", base.state, choicesOf(allocationStates, m.allocationStates))}
          {choice("why", p.why, choicesOf(leftOutReasons, m.leftOut))}
          {choice("item", base.item, choicesOf(itemKinds, m.items))}
          <DivisionFilter
            label={base.division}
            value={filters.division}
            onChange={(value) => state.setFilter("division", value)}
          />
        </>
      }
      empty={<Empty title={p.empty} />}
    />
  );
}
