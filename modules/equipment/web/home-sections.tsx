import type { ReactNode } from "react";
import { Link } from "react-router";
import { useDutyName } from "../../../apps/web/pages/today.page.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { listDuties } from "../../../kernel/duty/duty.contract.ts";
import { duties } from "../equipment.duties.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { words } from "./equipment.web.words.ts";
import type { HomeFile } from "./home-file.page.tsx";
import { ItemTable } from "./item-table.tsx";
import { AllocationWord, DiscrepancyWord, Photos, ResultWord, ShipmentWord } from "./labels.tsx";
import { EventTimeline } from "./timeline.tsx";

/** Everything of one home in its order (机构台账): pieces, shipments, training, checks, discrepancies, what is open, the way. */
export function HomeSections({ home }: { readonly home: HomeFile }) {
  const w = useWords(words).file;
  return (
    <>
      <Section title={w.items}>
        {home.items.length === 0 ? <p className="quiet">{w.noItems}</p> : <ItemTable items={home.items} />}
      </Section>
      <Shipments home={home} />
      <Discrepancies home={home} />
      <OpenDuties home={home} />
      <Trainings home={home} />
      <Checks home={home} />
      <Section title={w.timeline}>
        <EventTimeline lines={home.timeline} />
      </Section>
    </>
  );
}

/** A short table of a file: no columns to choose, no export. */
export function Rows<Row extends { readonly id: string }>({
  id,
  title,
  columns,
  rows,
  none,
  tools,
}: {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly LedgerColumn<Row>[];
  readonly rows: readonly Row[];
  readonly none?: string;
  readonly tools?: ReactNode;
}) {
  return (
    <Section title={title} tools={tools}>
      {rows.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <Ledger id={id} caption={title} columns={columns} rows={rows} rowKey={(row) => row.id} exportable={false} />
      )}
    </Section>
  );
}

function Shipments({ home }: { readonly home: HomeFile }) {
  const all = useWords(words);
  const w = all.file;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  return (
    <>
      <Rows
        id="home-shipments"
        title={w.shipments}
        none={w.noShipments}
        rows={home.shipments}
        columns={[
          {
            key: "shippedOn",
            title: w.shippedOn,
            cell: (row) => <Link to={`/equipment/shipments/${row.id}`}>{showDate(row.shippedOn, locale)}</Link>,
          },
          {
            key: "state",
            title: all.state,
            cell: (row) => <ShipmentWord state={row.state} late={row.state === "shipped" && row.dueOn < today()} />,
          },
          {
            key: "dueOn",
            title: w.dueOn,
            cell: (row) => showDate(row.dueOn, locale),
          },
          {
            key: "deliveredOn",
            title: w.deliveredOn,
            cell: (row) => (row.deliveredOn ? showDate(row.deliveredOn, locale) : "—"),
          },
        ]}
      />
      {home.allocations.length > 0 && (
        <Rows
          id="home-allocations"
          title={w.allocations}
          rows={home.allocations}
          columns={[
            { key: "item", title: all.item, cell: (row) => m.items[row.item] },
            { key: "quantity", title: w.quantity, cell: (row) => showCount(row.quantity), numeric: true },
            { key: "rank", title: w.rank, cell: (row) => row.rank ?? "—", numeric: true },
            {
              key: "state",
              title: all.state,
              cell: (row) => <AllocationWord state={row.state} />,
            },
            {
              key: "plan",
              title: w.plan,
              cell: (row) => <Link to={`/equipment/plans/${row.planId}?careHomeId=${home.id}`}>{w.decision}</Link>,
            },
          ]}
        />
      )}
    </>
  );
}

const today = () => dateInShanghai(new Date());

function Discrepancies({ home }: { readonly home: HomeFile }) {
  const all = useWords(words);
  const w = all.file;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  return (
    <Rows
      id="home-discrepancies"
      title={w.discrepancies}
      none={w.noDiscrepancies}
      rows={home.discrepancies}
      columns={[
        {
          key: "kind",
          title: all.discrepancyKind,
          cell: (row) => <Link to={`/equipment/discrepancies/${row.id}`}>{m.discrepancyKinds[row.kind]}</Link>,
        },
        { key: "item", title: all.item, cell: (row) => (row.item ? m.items[row.item] : "—") },
        { key: "quantity", title: w.quantity, cell: (row) => showCount(row.quantity), numeric: true },
        { key: "state", title: all.state, cell: (row) => <DiscrepancyWord state={row.state} late={row.late} /> },
        { key: "owner", title: all.owner, cell: (row) => row.owner ?? all.countyOfficers },
        { key: "dueOn", title: all.fields.dueOn, cell: (row) => showDate(row.dueOn, locale) },
      ]}
    />
  );
}

/** What is still to be done about this home, its shipments and discrepancies (未了事项). */
function OpenDuties({ home }: { readonly home: HomeFile }) {
  const w = useWords(words).file;
  const nameOf = useDutyName();
  const subjects = new Set([
    home.id,
    ...home.shipments.map((one) => one.id),
    ...home.discrepancies.map((one) => one.id),
  ]);
  const kinds = duties.map((one) => one.id);
  const query = useQueryOperation(listDuties, { limit: 200 }, { staleTime: 30_000 });
  const open = (query.data?.duties ?? []).filter(
    (one) => kinds.some((kind) => kind === one.kind) && subjects.has(one.subjectId),
  );
  if (open.length === 0) return null;
  return (
    <Section title={w.duties}>
      <ul className="plain-list">
        {open.map((one) => (
          <li key={one.id}>
            <Link to={one.link}>{nameOf(one.kind)}</Link> <DutyBadge dueOn={one.dueOn} daysLeft={one.daysLeft} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Trainings({ home }: { readonly home: HomeFile }) {
  const all = useWords(words);
  const w = all.file;
  const { locale } = usePreferences();
  return (
    <Rows
      id="home-trainings"
      title={w.trainings}
      none={w.noTrainings}
      rows={home.trainings}
      columns={[
        { key: "on", title: w.on, cell: (row) => showDate(row.on, locale) },
        { key: "topic", title: w.topic, cell: (row) => named(all.choices.topic, row.topic) },
        { key: "people", title: w.people, cell: (row) => showCount(row.people), numeric: true },
        { key: "trainer", title: w.trainer, cell: (row) => row.trainer ?? "—" },
        { key: "photos", title: w.photos, cell: (row) => <Photos ids={row.photoIds} /> },
      ]}
    />
  );
}

function Checks({ home }: { readonly home: HomeFile }) {
  const all = useWords(words);
  const w = all.file;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  return (
    <Rows
      id="home-checks"
      title={w.checks}
      none={w.noChecks}
      rows={home.checks}
      columns={[
        { key: "on", title: w.on, cell: (row) => showDate(row.on, locale) },
        { key: "kind", title: w.checkKind, cell: (row) => named(m.checkKinds, row.kind) },
        { key: "item", title: all.item, cell: (row) => m.items[row.item] },
        { key: "result", title: w.result, cell: (row) => <ResultWord result={row.result} /> },
        { key: "seen", title: w.seen, cell: (row) => showCount(row.seen), numeric: true },
        { key: "note", title: all.note, cell: (row) => row.note ?? "—" },
        { key: "photos", title: w.photos, cell: (row) => <Photos ids={row.photoIds} /> },
      ]}
    />
  );
}
