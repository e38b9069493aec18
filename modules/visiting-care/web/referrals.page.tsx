import { Link, useParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { careNames } from "../names.words.ts";
import {
  acknowledgeReferral,
  listReferrals,
  referralState,
  settleReferral,
  takeReferral,
} from "../referral.contract.ts";
import { month, need } from "../visiting-care.shapes.ts";
import { words } from "./care-work.web.words.ts";
import { CareLink } from "./labels.tsx";
import { MonthFilter } from "./month-filter.tsx";
import { useWorkWords } from "./work-acts.ts";

type Line = OutputOf<typeof listReferrals>["referrals"][number];
const states = [...referralState.options, "helped", "all"] as const;

/** Referrals (需求转介): what waits longest first, with the next act in the line. */
export function Component() {
  const { id } = useParams();
  const w = useWords(words);
  const r = w.referrals;
  const c = useWords(careNames);
  const act = useAct();
  const given = useWorkWords();
  const state = useLedgerState(["state", "kind", "overdue", "division", "personId", "month"]);
  const filters = state.filters;
  const choiceOf = (value: (typeof states)[number]) =>
    value === "all" ? r.all : value === "helped" ? r.helped : r.states[value];
  const referrals = useQueryOperation(
    listReferrals,
    {
      id,
      state: states.find((one) => one === filters.state) ?? (id ? "all" : "waiting"),
      kind: need.options.find((one) => one === filters.kind),
      overdue: filters.overdue === "yes" ? "yes" : undefined,
      division: filters.division,
      month: month.safeParse(filters.month).data,
      personId: filters.personId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(referrals.data?.referrals.map((one) => one.division));
  const actsOf = (row: Line): ActChoice[] => {
    if (row.state === "open")
      return act(
        "take",
        r.take,
        takeReferral,
        { id: row.id, organisationId: undefined },
        {
          given: { fields: { by: w.takeBy } },
        },
      );
    if (row.state === "taken")
      return act(
        "settle",
        r.settle,
        settleReferral,
        { id: row.id },
        {
          given: { choices: { outcome: r.outcomes } },
        },
      );
    if (row.state === "done" || row.state === "declined")
      return act("acknowledge", r.acknowledge, acknowledgeReferral, { id: row.id });
    return [];
  };
  const columns: LedgerColumn<Line>[] = [
    {
      key: "person",
      title: w.person,
      cell: (row) => <CareLink id={row.personId} name={row.person} />,
      text: (row) => row.person,
    },
    {
      key: "need",
      title: r.need,
      cell: (row) => (
        <>
          {c.needs[row.kind]} <span className="quiet">{row.text}</span>
        </>
      ),
      text: (row) => c.needs[row.kind],
    },
    { key: "place", title: w.place, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    {
      key: "due",
      title: r.due,
      cell: (row) => <DutyBadge dueOn={row.dueOn} daysLeft={row.daysLeft ?? undefined} done={row.settledOn !== null} />,
      text: (row) => row.dueOn,
    },
    { key: "by", title: r.by, cell: (row) => row.by ?? "—", text: (row) => row.by ?? "" },
    {
      key: "state",
      title: w.state,
      cell: (row) => (
        <>
          <StatusWord tone={row.state === "seen" || row.state === "done" ? "done" : "soon"}>
            {r.states[row.state]}
          </StatusWord>{" "}
          <span className="quiet">{row.result}</span>
        </>
      ),
      text: (row) => r.states[row.state],
    },
    {
      key: "act",
      title: w.act,
      cell: (row) => <ActButtons quiet acts={actsOf(row)} given={given} subjectId={row.id} />,
    },
  ];
  return (
    <>
      <PageHead title={r.title} state={r.statePage} tools={id && <Link to="/care/referrals">{r.waiting}</Link>} />
      <Ledger
        id="referrals"
        caption={r.title}
        columns={columns}
        rows={referrals.data?.referrals}
        rowKey={(row) => row.id}
        query={referrals}
        next={referrals.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.state}
              value={filters.state}
              anyLabel={r.waiting}
              options={states.map((value) => ({ value, label: choiceOf(value) }))}
              onChange={(value) => state.setFilter("state", value)}
            />
            <LedgerChoice
              label={r.need}
              value={filters.kind}
              options={choicesOf(need.options, c.needs)}
              onChange={(value) => state.setFilter("kind", value)}
            />
            <LedgerChoice
              label={r.overdue}
              value={filters.overdue}
              options={[{ value: "yes", label: r.onlyOverdue }]}
              onChange={(value) => state.setFilter("overdue", value)}
            />
            <MonthFilter any value={filters.month ?? ""} onChange={(value) => state.setFilter("month", value)} />
            <DivisionFilter
              label={w.division}
              value={filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={r.empty} />}
      />
    </>
  );
}
