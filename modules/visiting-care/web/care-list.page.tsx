import { Button, Checkbox, Dropdown } from "antd";
import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch, textColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { categories as allCategories, type Category, personNames, specialDifficulty } from "../../people/index.ts";
import { callExtraVisits, listWorkers } from "../enrolment.contract.ts";
import { careNames } from "../names.words.ts";
import { enrolmentState, risk } from "../visiting-care.shapes.ts";
import { listPeople } from "../visits.contract.ts";
import { words } from "./care.web.words.ts";
import {
  CareLink,
  CareState,
  RiskWord,
  showMonth,
  thisMonth,
  useCategoryLine,
  useSexAge,
  VisitedWord,
} from "./labels.tsx";

type Line = OutputOf<typeof listPeople>["people"][number];
const names = ["q", "division", "category", "risk", "state", "workerId", "month", "visited", "order"] as const;
const orders = ["last-visit", "name", "due"] as const;

/** Months to choose from: this one and the eleven before. */
function months(): string[] {
  const [year = 0, month = 1] = thisMonth().split("-").map(Number);
  return Array.from({ length: 12 }, (_, back) => {
    const index = year * 12 + month - 1 - back;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  });
}

/** People in visiting care (探访对象): whoever has waited longest first. */
export function Component() {
  const w = useWords(words);
  const c = useWords(careNames);
  const { locale } = usePreferences();
  const { grant, may } = useSession();
  const state = useLedgerState(names);
  const filters = state.filters;
  const chosen = (filters.category ?? "")
    .split(",")
    .flatMap((one) => allCategories.find((known) => known === one) ?? []);
  const people = useQueryOperation(
    listPeople,
    {
      q: filters.q,
      division: filters.division && /^\d{2,12}$/.test(filters.division) ? filters.division : undefined,
      category: chosen.length > 0 ? chosen : undefined,
      risk: risk.options.find((one) => one === filters.risk),
      state: enrolmentState.options.find((one) => one === filters.state),
      workerId: filters.workerId,
      month: filters.month && /^\d{4}-\d{2}$/.test(filters.month) ? filters.month : undefined,
      visited: filters.visited === "yes" || filters.visited === "no" ? filters.visited : undefined,
      order: orders.find((one) => one === filters.order) ?? "last-visit",
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const division = filters.division ?? grant?.division ?? undefined;
  const workers = useQueryOperation(
    listWorkers,
    { division: division ?? "" },
    { enabled: may(listWorkers) && division !== undefined && division.length >= 6, staleTime: 300_000 },
  );
  const placeOf = usePlacesOf(people.data?.people.map((one) => one.division));
  const categoryLine = useCategoryLine();
  const sexAge = useSexAge();
  const worker = grant?.role === "worker";
  const frequency = (row: Line) => c.frequency[row.frequency.per]({ min: row.frequency.min });
  const last = (row: Line) => (row.lastVisitAt ? showDate(row.lastVisitAt, locale) : w.never);
  const columns: LedgerColumn<Line>[] = [
    {
      key: "name",
      title: w.columns.name,
      cell: (row) => <CareLink id={row.id} name={row.name} />,
      text: (row) => row.name,
    },
    textColumn("sexAge", w.columns.sexAge, sexAge),
    textColumn("categories", w.columns.categories, (row) => categoryLine(row.categories)),
    textColumn("division", w.columns.division, (row) => placeOf(row.division)),
    {
      key: "risk",
      title: w.columns.risk,
      cell: (row) => <RiskWord risk={row.risk} />,
      text: (row) => c.risks[row.risk],
    },
    textColumn("lastVisit", w.columns.lastVisit, last),
    {
      key: "nextDue",
      title: w.columns.nextDue,
      cell: (row) => (row.nextDueOn ? showDate(row.nextDueOn, locale) : "—"),
      text: (row) => row.nextDueOn ?? "",
    },
    {
      key: "visited",
      title: filters.month ? showMonth(filters.month, locale) : w.columns.visited,
      cell: (row) =>
        row.state === "enrolled" ? <VisitedWord visited={row.visitedThisMonth} /> : <CareState state={row.state} />,
      text: (row) => (row.visitedThisMonth ? w.visitedYes : w.visitedNo),
    },
    {
      key: "worker",
      title: w.columns.worker,
      cell: (row) => row.worker ?? <span className="quiet">{w.nobody}</span>,
      text: (row) => row.worker ?? "",
    },
    { key: "frequency", title: w.columns.frequency, cell: frequency, text: frequency, optional: true },
    {
      key: "state",
      title: w.columns.state,
      cell: (row) => <CareState state={row.state} />,
      text: (row) => c.states[row.state],
      optional: true,
    },
  ];
  const total = people.data?.total;
  const option = (value: string, label: string) => ({ value, label });
  return (
    <>
      <PageHead
        title={worker ? w.list.mine : w.list.title}
        state={w.list.state}
        tools={may(callExtraVisits) && <Link to="/care/extra">{w.list.extra}</Link>}
      />
      {worker && <Notice action={<a href="/field/">{w.fieldLink}</a>}>{w.fieldHint}</Notice>}
      <Ledger
        id="care"
        caption={w.list.title}
        columns={columns}
        rows={people.data?.people}
        rowKey={(row) => row.id}
        query={people}
        total={total === null || total === undefined ? undefined : { value: total, exact: true }}
        next={people.data?.next}
        state={state}
        filters={
          <>
            <LedgerSearch
              label={w.list.search}
              placeholder={w.list.searchHint}
              value={filters.q}
              onChange={(value) => state.setFilter("q", value)}
            />
            <DivisionFilter
              label={w.list.division}
              value={filters.division}
              onChange={(value) => state.setFilters({ division: value, workerId: undefined })}
            />
            <ClassFilter
              chosen={chosen}
              onChange={(next) => state.setFilter("category", next.join(",") || undefined)}
            />
            <LedgerChoice
              label={w.list.risk}
              value={filters.risk}
              options={risk.options.map((value) => option(value, c.risks[value]))}
              onChange={(value) => state.setFilter("risk", value)}
            />
            <LedgerChoice
              label={w.list.visited}
              value={filters.visited}
              options={[option("no", w.list.visitedNo), option("yes", w.list.visitedYes)]}
              onChange={(value) => state.setFilters({ visited: value, month: value && (filters.month ?? thisMonth()) })}
            />
            {filters.visited && (
              <LedgerChoice
                label={w.list.month}
                value={filters.month ?? thisMonth()}
                options={months().map((value) => option(value, showMonth(value, locale)))}
                onChange={(value) => state.setFilter("month", value ?? thisMonth())}
              />
            )}
            {(workers.data?.workers.length ?? 0) > 0 && (
              <LedgerChoice
                label={w.list.worker}
                value={filters.workerId}
                options={(workers.data?.workers ?? []).map((one) => option(one.id, one.name))}
                onChange={(value) => state.setFilter("workerId", value)}
              />
            )}
            <LedgerChoice
              label={w.list.stateFilter}
              value={filters.state}
              options={enrolmentState.options.map((value) => option(value, c.states[value]))}
              onChange={(value) => state.setFilter("state", value)}
            />
            <LedgerChoice
              label={w.list.order}
              value={filters.order}
              anyLabel={w.list.orders["last-visit"]}
              options={orders.slice(1).map((value) => option(value, w.list.orders[value]))}
              onChange={(value) => state.setFilter("order", value)}
            />
          </>
        }
        empty={
          <Empty title={w.list.empty} action={<Link to="/people">{w.list.toPeople}</Link>}>
            {w.list.emptyHelp}
          </Empty>
        }
      />
    </>
  );
}

/** Several classes at once (类别多选): the six groups owed a monthly visit first. */
function ClassFilter({
  chosen,
  onChange,
}: {
  readonly chosen: readonly Category[];
  readonly onChange: (chosen: readonly Category[]) => void;
}) {
  const w = useWords(words).list;
  const n = useWords(personNames);
  const ordered = [...specialDifficulty, ...allCategories.filter((one) => !specialDifficulty.includes(one))];
  const text =
    chosen.length === 0
      ? w.chooseCategories
      : chosen.length === 1
        ? n.categories[chosen[0] as Category]
        : w.categoriesChosen({ count: chosen.length });
  return (
    <div className="ledger-filter">
      <span>{w.categories}</span>
      <Dropdown
        trigger={["click"]}
        popupRender={() => (
          <fieldset className="ledger-columns">
            <legend>{w.chooseCategories}</legend>
            {ordered.map((one) => (
              <Checkbox
                key={one}
                checked={chosen.includes(one)}
                onChange={(event) =>
                  onChange(ordered.filter((other) => (other === one ? event.target.checked : chosen.includes(other))))
                }
              >
                {n.categories[one]}
              </Checkbox>
            ))}
          </fieldset>
        )}
      >
        <Button aria-label={`${w.categories}：${text}`}>
          {text} <span aria-hidden="true">▾</span>
        </Button>
      </Dropdown>
    </div>
  );
}
