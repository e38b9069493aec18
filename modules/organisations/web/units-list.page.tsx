import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { listUnits, recordUnit } from "../organisations.contract.ts";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";

type Row = OutputOf<typeof listUnits>["items"][number];

/** Supervisory units (业务主管单位) and the organisations they supervise. */
export function Component() {
  const w = useWords(words).units;
  const f = useWords(fieldWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["q"]);
  const list = useQueryOperation(
    listUnits,
    { q: state.filters.q, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Row>[] = [
    {
      key: "name",
      title: w.name,
      cell: (row) => <Link to={`/organisations?unit=${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    { key: "kind", title: w.kind, cell: (row) => w.kinds[row.kind], text: (row) => w.kinds[row.kind] },
    {
      key: "organisations",
      title: w.organisations,
      cell: (row) => showCount(row.organisations),
      text: (row) => String(row.organisations),
      numeric: true,
    },
    {
      key: "aliases",
      title: w.aliases,
      cell: (row) => row.aliases.join("、") || "—",
      text: (row) => row.aliases.join("; "),
    },
    {
      key: "validFrom",
      title: w.validFrom,
      cell: (row) => showDate(row.validFrom, locale),
      text: (row) => row.validFrom,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      {may(recordUnit) && (
        <ActButtons
          acts={[{ key: "record-unit", title: w.add, operation: recordUnit, fixed: { id: undefined }, reasons: [] }]}
          given={f}
        />
      )}
      <Ledger
        id="units"
        caption={w.title}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        query={list}
        next={list.data?.next}
        state={state}
        filters={
          <LedgerSearch label={w.name} value={state.filters.q} onChange={(value) => state.setFilter("q", value)} />
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
