import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listMonitors, retireMonitor } from "../monitor.contract.ts";
import { words as careWords } from "./care.web.words.ts";
import { words } from "./care-work.web.words.ts";
import { CareLink } from "./labels.tsx";
import { useWorkWords } from "./work-acts.ts";

type Line = OutputOf<typeof listMonitors>["monitors"][number];
const states = ["online", "silent", "retired"] as const;
const tones: Readonly<Record<Line["state"], Tone>> = {
  waiting: "soon",
  online: "done",
  silent: "late",
  retired: "muted",
};

/** Devices at people's homes (监测设备): silent ones first. */
export function Component() {
  const w = useWords(words);
  const m = w.monitors;
  const kinds = useWords(careWords).monitorKinds;
  const { locale } = usePreferences();
  const act = useAct();
  const given = useWorkWords();
  const state = useLedgerState(["state", "division", "personId"]);
  const monitors = useQueryOperation(
    listMonitors,
    {
      state: states.find((one) => one === state.filters.state) ?? "all",
      division: state.filters.division,
      personId: state.filters.personId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(monitors.data?.monitors.map((one) => one.division));
  const columns: LedgerColumn<Line>[] = [
    {
      key: "person",
      title: w.person,
      cell: (row) => <CareLink id={row.personId} name={row.person} />,
      text: (row) => row.person,
    },
    {
      key: "label",
      title: m.label,
      cell: (row) => (
        <>
          {row.label} <span className="quiet">{kinds[row.kind]}</span>
        </>
      ),
      text: (row) => row.label,
    },
    {
      key: "state",
      title: w.state,
      cell: (row) => <StatusWord tone={tones[row.state]}>{m.states[row.state]}</StatusWord>,
      text: (row) => m.states[row.state],
    },
    {
      key: "seen",
      title: m.seen,
      cell: (row) =>
        row.seenAt === null ? (
          m.never
        ) : (
          <>
            {showInstant(row.seenAt, locale)} <span className="quiet">{m.signals({ count: row.signals })}</span>
          </>
        ),
      text: (row) => row.seenAt ?? "",
    },
    {
      key: "activity",
      title: m.activity,
      cell: (row) => showInstant(row.activityAt, locale) || m.never,
      text: (row) => row.activityAt ?? "",
    },
    {
      key: "alarm",
      title: m.alarm,
      cell: (row) =>
        row.alarm ? (
          <>
            <StatusWord tone="late">{named(m.alarms, row.alarm)}</StatusWord>{" "}
            <span className="quiet">{showInstant(row.alarmAt, locale)}</span>
          </>
        ) : (
          "—"
        ),
      text: (row) => row.alarm ?? "",
    },
    { key: "place", title: w.place, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    {
      key: "act",
      title: w.act,
      cell: (row) => (
        <ActButtons
          quiet
          acts={
            row.state === "retired"
              ? []
              : act("retire", m.retire, retireMonitor, { id: row.id }, { note: m.retireNote })
          }
          given={given}
          subjectId={row.id}
        />
      ),
    },
  ];
  return (
    <>
      <PageHead title={m.title} state={m.statePage} />
      <Ledger
        id="monitors"
        caption={m.title}
        columns={columns}
        rows={monitors.data?.monitors}
        rowKey={(row) => row.id}
        query={monitors}
        next={monitors.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.state}
              value={state.filters.state}
              options={choicesOf(states, m.states)}
              onChange={(value) => state.setFilter("state", value)}
            />
            <DivisionFilter
              label={w.division}
              value={state.filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={m.empty} />}
      />
    </>
  );
}
