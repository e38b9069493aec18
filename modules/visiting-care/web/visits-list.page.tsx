import { usePlacesOf } from "../../../apps/web/place-names.ts";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { named, useJoined } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { careNames } from "../names.words.ts";
import { mode } from "../visiting-care.shapes.ts";
import { words as moduleWords } from "../visiting-care.words.ts";
import { listVisits } from "../visits.contract.ts";
import { words } from "./care-work.web.words.ts";
import { CareLink, thisMonth } from "./labels.tsx";
import { MonthFilter } from "./month-filter.tsx";

type Line = OutputOf<typeof listVisits>["visits"][number];

/** Visits of a month (探访记录), newest first: what stands behind the figures by way. */
export function Component() {
  const w = useWords(words);
  const v = w.visits;
  const c = useWords(careNames);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const joined = useJoined();
  const state = useLedgerState(["month", "division", "mode", "counts"]);
  const filters = state.filters;
  const month = /^\d{4}-\d{2}$/.test(filters.month ?? "") ? (filters.month as string) : thisMonth();
  const visits = useQueryOperation(
    listVisits,
    {
      month,
      division: filters.division,
      mode: mode.options.find((one) => one === filters.mode),
      counts: filters.counts === "yes" || filters.counts === "no" ? filters.counts : undefined,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(visits.data?.visits.map((one) => one.division));
  const standing = (row: Line) => (row.voidedOn ? v.voided : row.counts ? v.yes : v.no);
  const columns: LedgerColumn<Line>[] = [
    {
      key: "person",
      title: w.person,
      cell: (row) => <CareLink id={row.personId} name={row.person} />,
      text: (row) => row.person,
    },
    { key: "at", title: v.at, cell: (row) => showInstant(row.at, locale), text: (row) => row.at },
    { key: "mode", title: v.mode, cell: (row) => c.modes[row.mode], text: (row) => c.modes[row.mode] },
    { key: "met", title: v.met, cell: (row) => c.met[row.met], text: (row) => c.met[row.met] },
    { key: "worker", title: v.worker, cell: (row) => row.worker, text: (row) => row.worker },
    { key: "place", title: w.place, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    {
      key: "counts",
      title: v.counts,
      cell: (row) => (
        <StatusWord tone={row.voidedOn ? "muted" : row.counts ? "done" : "soon"}>{standing(row)}</StatusWord>
      ),
      text: standing,
    },
    {
      key: "flags",
      title: v.flags,
      cell: (row) => joined(row.flags.map((one) => named(m.flags, one.code))) || "—",
      text: (row) => joined(row.flags.map((one) => named(m.flags, one.code))),
    },
  ];
  const option = (value: string, label: string) => ({ value, label });
  return (
    <>
      <PageHead title={v.title} state={v.statePage} />
      <Ledger
        id="visits"
        caption={v.title}
        columns={columns}
        rows={visits.data?.visits}
        rowKey={(row) => row.id}
        query={visits}
        next={visits.data?.next}
        state={state}
        filters={
          <>
            <MonthFilter value={month} onChange={(value) => state.setFilter("month", value)} />
            <DivisionFilter
              label={w.division}
              value={filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
            <LedgerChoice
              label={v.mode}
              value={filters.mode}
              options={mode.options.map((value) => option(value, c.modes[value]))}
              onChange={(value) => state.setFilter("mode", value)}
            />
            <LedgerChoice
              label={v.counts}
              value={filters.counts}
              options={[option("yes", v.yes), option("no", v.no)]}
              onChange={(value) => state.setFilter("counts", value)}
            />
          </>
        }
        empty={<Empty title={v.empty} />}
      />
    </>
  );
}
