import { Link } from "react-router";
import type { Operation } from "../../../kernel/operation/define.ts";
import { listDevices, listHeld, wipeDevice } from "../../../kernel/sync/sync.contract.ts";
import { usePlacesOf } from "../place-names.ts";
import { useSession } from "../session.tsx";
import { ActButtons, type OutputOf } from "../ui/act-form.tsx";
import { DivisionFilter } from "../ui/division-filter.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showCount, showInstant } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord, type Tone } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./phones.words.ts";

type Phone = OutputOf<typeof listDevices>["devices"][number];
const tones: Readonly<Record<Phone["state"], Tone>> = {
  active: "done",
  silent: "late",
  wiping: "soon",
  wiped: "muted",
};

/** Phones of the workers (手机一览): last contact, what waits unsent, and the way to wipe one that is lost. */
export function Component() {
  const w = useWords(words).phones;
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["only", "division"]);
  const phones = useQueryOperation(
    listDevices,
    {
      only: (["unsent", "silent", "wiped"] as const).find((one) => one === state.filters.only) ?? "all",
      division: state.filters.division,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(phones.data?.devices.flatMap((one) => one.divisions));
  const places = (row: Phone) => row.divisions.map(placeOf).join(locale === "zh" ? "、" : ", ");
  const columns: LedgerColumn<Phone>[] = [
    { key: "person", title: w.person, cell: (row) => row.person, text: (row) => row.person },
    { key: "name", title: w.name, cell: (row) => row.name, text: (row) => row.name },
    {
      key: "state",
      title: w.stateColumn,
      cell: (row) => <StatusWord tone={tones[row.state]}>{w.states[row.state]}</StatusWord>,
      text: (row) => w.states[row.state],
    },
    {
      key: "unsent",
      title: w.unsent,
      cell: (row) => (row.unsent > 0 ? <StatusWord tone="soon">{showCount(row.unsent)}</StatusWord> : "0"),
      text: (row) => String(row.unsent),
      numeric: true,
    },
    {
      key: "held",
      title: w.held,
      cell: (row) =>
        row.held > 0 && may(listHeld) ? <Link to="/phones/held">{showCount(row.held)}</Link> : showCount(row.held),
      text: (row) => String(row.held),
      numeric: true,
    },
    { key: "seen", title: w.seen, cell: (row) => showInstant(row.seenAt, locale), text: (row) => row.seenAt },
    {
      key: "drift",
      title: w.drift,
      cell: (row) => w.driftOf({ minutes: row.driftMinutes }),
      text: (row) => String(row.driftMinutes),
      numeric: true,
    },
    { key: "divisions", title: w.divisions, cell: places, text: places },
    {
      key: "records",
      title: w.records,
      cell: (row) => showCount(row.records),
      text: (row) => String(row.records),
      numeric: true,
      optional: true,
    },
    ...(may(wipeDevice)
      ? [
          {
            key: "act",
            title: w.act,
            cell: (row: Phone) => (
              <ActButtons
                quiet
                acts={
                  row.state === "wiped" || row.state === "wiping"
                    ? []
                    : [
                        {
                          key: "wipe",
                          title: w.wipe,
                          operation: wipeDevice as unknown as Operation<unknown, unknown, unknown, string>,
                          fixed: { id: row.id },
                          reasons: [],
                          note: w.wipeNote,
                        },
                      ]
                }
                given={{ fields: { reason: w.wipeReason } }}
                subjectId={row.id}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} tools={may(listHeld) && <Link to="/phones/held">{w.toHeld}</Link>} />
      <Ledger
        id="phones"
        caption={w.title}
        columns={columns}
        rows={phones.data?.devices}
        rowKey={(row) => row.id}
        query={phones}
        next={phones.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.only}
              value={state.filters.only}
              options={[
                { value: "unsent", label: w.onlyUnsent },
                { value: "silent", label: w.onlySilent },
                { value: "wiped", label: w.onlyWiped },
              ]}
              onChange={(value) => state.setFilter("only", value)}
            />
            <DivisionFilter
              label={w.division}
              value={state.filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={w.empty}>{w.emptyHelp}</Empty>}
      />
    </>
  );
}
