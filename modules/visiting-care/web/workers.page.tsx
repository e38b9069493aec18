import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActForm, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { handOver, listWorkers } from "../enrolment.contract.ts";
import { listPeople } from "../visits.contract.ts";
import { words } from "./care.web.words.ts";
import { useActWords, workerSearch } from "./labels.tsx";

type Worker = OutputOf<typeof listWorkers>["workers"][number];

/** Who visits whom (探访人员): load, what is late, and handing over. */
export function Component() {
  const w = useWords(words);
  const { grant, may } = useSession();
  const joined = useJoined();
  const state = useLedgerState(["division"]);
  const division = state.filters.division ?? grant?.division ?? "";
  const workers = useQueryOperation(listWorkers, { division }, { enabled: division.length >= 2, keepPrevious: true });
  const [leaving, setLeaving] = useState<Worker>();
  const [done, setDone] = useState<string>();
  const placeOf = usePlacesOf(workers.data?.workers.flatMap((one) => one.divisions));
  const columns: LedgerColumn<Worker>[] = [
    {
      key: "name",
      title: w.workers.name,
      cell: (row) => <Link to={`/care?workerId=${row.id}&division=${division}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: "divisions",
      title: w.workers.divisions,
      cell: (row) => joined(row.divisions.map(placeOf)),
      text: (row) => joined(row.divisions.map(placeOf)),
    },
    {
      key: "people",
      title: w.workers.people,
      cell: (row) => showCount(row.people),
      text: (row) => String(row.people),
      numeric: true,
    },
    {
      key: "overdue",
      title: w.workers.overdue,
      cell: (row) => (row.overdue > 0 ? <StatusWord tone="late">{showCount(row.overdue)}</StatusWord> : "0"),
      text: (row) => String(row.overdue),
      numeric: true,
    },
    ...(may(handOver)
      ? [
          {
            key: "act",
            title: w.workers.act,
            cell: (row: Worker) => (
              <Button
                size="small"
                aria-label={`${w.acts.handOver}：${row.name}`}
                onClick={() => {
                  setDone(undefined);
                  setLeaving(row);
                }}
              >
                {w.acts.handOver}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={w.workers.title} state={w.workers.state} />
      {done && (
        <Notice tone="good" live>
          {done}
        </Notice>
      )}
      {leaving && (
        <HandOver
          key={leaving.id}
          worker={leaving}
          division={division}
          onLeave={() => setLeaving(undefined)}
          onDone={(output) => {
            setLeaving(undefined);
            setDone(w.workers.handOverDone(output));
          }}
        />
      )}
      <Ledger
        id="workers"
        caption={w.workers.title}
        columns={columns}
        rows={workers.data?.workers}
        rowKey={(row) => row.id}
        query={workers}
        state={state}
        filters={
          <DivisionFilter
            label={w.list.division}
            value={state.filters.division}
            onChange={(value) => state.setFilter("division", value)}
          />
        }
        empty={<Empty title={w.workers.empty}>{w.workers.emptyHelp}</Empty>}
      />
    </>
  );
}

/** Everybody who will change hands is named before anything is done. */
function HandOver({
  worker,
  division,
  onLeave,
  onDone,
}: {
  readonly worker: Worker;
  readonly division: string;
  readonly onLeave: () => void;
  readonly onDone: (output: { people: number; duties: number }) => void;
}) {
  const w = useWords(words);
  const given = useActWords();
  const joined = useJoined();
  const [fixed] = useState({ fromWorkerId: worker.id, division });
  const people = useQueryOperation(listPeople, { workerId: worker.id, division, state: "enrolled", limit: 20 });
  return (
    <Section
      title={w.workers.handOverTitle({ name: worker.name })}
      tools={
        <Button size="small" onClick={onLeave}>
          {w.workers.cancel}
        </Button>
      }
    >
      <Answer query={people}>
        {(data) => {
          const count = data.total ?? data.people.length;
          if (count === 0) return <p>{w.workers.handOverNone}</p>;
          return (
            <>
              <p>{w.workers.handOverWill({ count })}</p>
              <p>
                {joined(data.people.map((one) => one.name))}
                {count > data.people.length && ` ${w.workers.handOverMore({ count: count - data.people.length })}`}
              </p>
              <ActForm
                operation={handOver}
                fixed={fixed}
                given={given}
                searches={{ toWorkerId: workerSearch(division) }}
                submitLabel={w.acts.handOver}
                onDone={onDone}
              />
            </>
          );
        }}
      </Answer>
    </Section>
  );
}
