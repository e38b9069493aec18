import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch, textColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listPairs } from "../doubles.contract.ts";
import { personNames } from "../names.words.ts";
import { list, recordCensus } from "../people.contract.ts";
import { categories, personState } from "../people.shapes.ts";
import { PersonLink, PersonState, useCategoryLine, useSexAge } from "./labels.tsx";
import { words } from "./people.web.words.ts";

type Line = OutputOf<typeof list>["people"][number];
const ages = ["60", "70", "80", "90", "100"] as const;

/** The register of people (人员列表) in the reader's range. */
export function Component() {
  const w = useWords(words);
  const n = useWords(personNames);
  const { may } = useSession();
  const state = useLedgerState(["q", "category", "state", "ageFrom", "division"]);
  const [number, setNumber] = useState<string>();
  const filters = state.filters;
  const people = useQueryOperation(
    list,
    {
      q: filters.q,
      idNumber: number,
      category: categories.find((one) => one === filters.category),
      state: personState.options.find((one) => one === filters.state),
      ageFrom: ages.find((one) => one === filters.ageFrom),
      division: filters.division && /^\d{2,12}$/.test(filters.division) ? filters.division : undefined,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(people.data?.people.map((one) => one.division));
  const categoryLine = useCategoryLine();
  const sexAge = useSexAge();
  const columns: LedgerColumn<Line>[] = [
    {
      key: "name",
      title: w.columns.name,
      cell: (row) => <PersonLink id={row.id} name={row.name} />,
      text: (row) => row.name,
    },
    textColumn("sexAge", w.columns.sexAge, sexAge),
    textColumn("categories", w.columns.categories, (row) => categoryLine(row.categories)),
    textColumn("division", w.columns.division, (row) => placeOf(row.division)),
    textColumn("living", w.columns.living, (row) => n.living[row.living]),
    {
      key: "idNumber",
      title: w.columns.idNumber,
      cell: (row) => <span className="code">{row.idNumber ?? "—"}</span>,
      text: (row) => row.idNumber ?? "",
    },
    {
      key: "state",
      title: w.columns.state,
      cell: (row) => <PersonState state={row.state} />,
      text: (row) => n.states[row.state],
    },
    {
      key: "flag",
      title: w.columns.flag,
      cell: (row) => (row.idFlag ? <StatusWord tone="soon">{named(w.flags, row.idFlag)}</StatusWord> : "—"),
      text: (row) => (row.idFlag ? named(w.flags, row.idFlag) : ""),
      optional: true,
    },
  ];
  const total = people.data?.total;
  return (
    <>
      <PageHead
        title={w.list.title}
        state={w.list.state}
        tools={
          <>
            {may(listPairs) && <Link to="/people/pairs">{w.list.pairs}</Link>}
            {may(recordCensus) && (
              <Link className="button-link" to="/people/new">
                {w.list.create}
              </Link>
            )}
          </>
        }
      />
      {number && (
        <Notice
          action={
            <Button size="small" onClick={() => setNumber(undefined)}>
              {w.list.clearNumber}
            </Button>
          }
        >
          {w.list.byNumber({ masked: `${number.slice(0, 3)}…${number.slice(-2)}` })}
        </Notice>
      )}
      <Ledger
        id="people"
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
            <NumberSearch onFind={setNumber} />
            <DivisionFilter
              label={w.list.division}
              value={filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
            <LedgerChoice
              label={w.list.category}
              value={filters.category}
              options={choicesOf(categories, n.categories)}
              onChange={(value) => state.setFilter("category", value)}
            />
            <LedgerChoice
              label={w.list.stateFilter}
              value={filters.state}
              options={choicesOf(personState.options, n.states)}
              onChange={(value) => state.setFilter("state", value)}
            />
            <LedgerChoice
              label={w.list.ageFrom}
              value={filters.ageFrom}
              options={ages.map((value) => ({ value, label: w.list.ageOf({ age: Number(value) }) }))}
              onChange={(value) => state.setFilter("ageFrom", value)}
            />
          </>
        }
        empty={
          <Empty title={w.list.empty} action={may(recordCensus) && <Link to="/import">{w.list.toImport}</Link>}>
            {w.list.emptyHelp}
          </Empty>
        }
      />
    </>
  );
}

/** A number is never written into the address: it would stay in the history of the browser and in logs. */
function NumberSearch({ onFind }: { readonly onFind: (number: string | undefined) => void }) {
  const w = useWords(words).list;
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFind(typed.normalize("NFKC").replace(/\s/g, "") || undefined);
  };
  return (
    <form className="ledger-filter ledger-number" onSubmit={submit} autoComplete="off">
      <label htmlFor="people-number">{w.number}</label>
      <span className="ledger-inline">
        <input
          id="people-number"
          className="plain-input"
          value={typed}
          maxLength={40}
          title={w.numberHint}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button htmlType="submit" size="small">
          {w.findNumber}
        </Button>
      </span>
    </form>
  );
}
