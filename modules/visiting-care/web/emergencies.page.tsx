import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listEmergencies } from "../emergency.contract.ts";
import { careNames } from "../names.words.ts";
import { month } from "../visiting-care.shapes.ts";
import { words } from "./care-work.web.words.ts";
import { type Emergency, Steps } from "./emergency-clock.tsx";
import { MonthFilter } from "./month-filter.tsx";

/** Emergencies (紧急处置): the running ones with their clocks, then those filed. */
export function Component() {
  const w = useWords(words);
  const e = w.emergencies;
  const c = useWords(careNames);
  const { locale } = usePreferences();
  const state = useLedgerState(["division", "month", "escalated"]);
  const { division } = state.filters;
  const asked = {
    division,
    month: month.safeParse(state.filters.month).data,
    escalated: state.filters.escalated === "yes" ? ("yes" as const) : undefined,
  };
  const running = useQueryOperation(
    listEmergencies,
    { ...asked, state: "running", limit: 100 },
    { keepPrevious: true, refetchInterval: 15_000 },
  );
  const filed = useQueryOperation(
    listEmergencies,
    { ...asked, state: "filed", after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(
    [...(running.data?.emergencies ?? []), ...(filed.data?.emergencies ?? [])].map((one) => one.division),
  );
  const columns: LedgerColumn<Emergency>[] = [
    {
      key: "person",
      title: w.person,
      cell: (row) => <Link to={`/care/emergencies/${row.id}`}>{row.person}</Link>,
      text: (row) => row.person,
    },
    { key: "found", title: e.found, cell: (row) => c.found[row.found], text: (row) => c.found[row.found] },
    {
      key: "opened",
      title: e.opened,
      cell: (row) => showInstant(row.openedAt, locale),
      text: (row) => row.openedAt,
    },
    { key: "place", title: w.place, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    { key: "worker", title: e.worker, cell: (row) => row.worker, text: (row) => row.worker },
    {
      key: "state",
      title: w.state,
      cell: (row) => (
        <>
          <StatusWord tone="done">{e.states[row.state]}</StatusWord>{" "}
          <span className="quiet">{showInstant(row.filedAt, locale)}</span>
        </>
      ),
      text: (row) => e.states[row.state],
    },
  ];
  return (
    <>
      <PageHead title={e.title} state={e.statePage} />
      <div className="ledger-filters">
        <MonthFilter any value={asked.month ?? ""} onChange={(value) => state.setFilter("month", value)} />
        <DivisionFilter label={w.division} value={division} onChange={(value) => state.setFilter("division", value)} />
      </div>
      <Section title={e.filter.running}>
        <Answer query={running}>
          {(data) =>
            data.emergencies.length === 0 ? (
              <Empty title={e.none}>{e.noneHelp}</Empty>
            ) : (
              <div className="stage-board">
                {data.emergencies.map((one) => (
                  <section key={one.id} className="stage" aria-label={one.person}>
                    <h3>
                      <Link to={`/care/emergencies/${one.id}`}>{one.person}</Link>{" "}
                      <StatusWord tone="late">{c.found[one.found]}</StatusWord>
                    </h3>
                    <p className="quiet">
                      {placeOf(one.division)} · {one.worker} · {showInstant(one.openedAt, locale)}
                      {one.escalated > 0 && ` · ${e.escalated({ count: one.escalated })}`}
                    </p>
                    <Steps emergency={one} />
                  </section>
                ))}
              </div>
            )
          }
        </Answer>
      </Section>
      <Section title={e.filter.filed}>
        <Ledger
          id="emergencies"
          caption={e.filter.filed}
          columns={columns}
          rows={filed.data?.emergencies}
          rowKey={(row) => row.id}
          query={filed}
          next={filed.data?.next}
          state={state}
        />
      </Section>
    </>
  );
}
