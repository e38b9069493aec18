import { Link } from "react-router";
import { download } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { exportOrganisations, listOrganisations } from "../organisations.contract.ts";
import { grades, kinds, listings, partyStates, statuses } from "../organisations.facts.ts";
import type { OrganisationLine } from "../organisations.shapes.ts";
import { ListingOf, StatusOf } from "./labels.tsx";
import { words } from "./organisations.web.words.ts";

const names = [
  "q",
  "kind",
  "status",
  "grade",
  "listing",
  "party",
  "partyRequired",
  "registeredYear",
  "flagged",
  "charity",
  "division",
  "unit",
] as const;

/** The filters of the address as the operation's input; a word the register does not know is left out. */
export function filtersFrom(given: Readonly<Partial<Record<(typeof names)[number], string>>>) {
  const one = <const Value extends string>(values: readonly Value[], value: string | undefined) =>
    values.find((known) => known === value);
  const yes = (value: string | undefined) => (value === "true" ? true : value === "false" ? false : undefined);
  const year = Number(given.registeredYear);
  return {
    q: given.q,
    kind: one(kinds, given.kind),
    status: one(statuses, given.status),
    grade: one([...grades, "-"] as const, given.grade),
    listing: one(listings, given.listing),
    party: one(partyStates, given.party),
    partyRequired: yes(given.partyRequired),
    registeredYear: Number.isInteger(year) && year > 1900 ? year : undefined,
    flagged: yes(given.flagged),
    charity: yes(given.charity),
    division:
      given.division && /^\d{1,12}$/.test(given.division) && given.division !== "0" ? given.division : undefined,
    unit: given.unit,
  };
}

/** The register (登记簿): every organisation in the reader's range. */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(names);
  const filters = filtersFrom(state.filters);
  const list = useQueryOperation(
    listOrganisations,
    { ...filters, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<OrganisationLine>[] = [
    {
      key: "name",
      title: w.columns.name,
      cell: (row) => <Link to={`/organisations/${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: "code",
      title: w.columns.code,
      cell: (row) => <span className="code">{row.creditCode ?? "—"}</span>,
      text: (row) => row.creditCode ?? "",
    },
    { key: "kind", title: w.columns.kind, cell: (row) => w.kinds[row.kind], text: (row) => w.kinds[row.kind] },
    {
      key: "status",
      title: w.columns.status,
      cell: (row) => <StatusOf status={row.status} />,
      text: (row) => w.statuses[row.status],
    },
    {
      key: "listing",
      title: w.columns.listing,
      cell: (row) => <ListingOf listing={row.listing} since={row.listedOn} />,
      text: (row) => w.listings[row.listing],
    },
    {
      key: "registeredOn",
      title: w.columns.registeredOn,
      cell: (row) => showDate(row.registeredOn ?? row.establishedText, locale),
      text: (row) => row.registeredOn ?? "",
    },
    {
      key: "grade",
      title: w.columns.grade,
      cell: (row) => row.grade ?? <span className="quiet">{w.noGrade}</span>,
      text: (row) => row.grade ?? "",
    },
    {
      key: "unit",
      title: w.columns.unit,
      cell: (row) => row.unitName ?? "—",
      text: (row) => row.unitName ?? "",
      optional: true,
    },
    {
      key: "inspection",
      title: w.columns.inspection,
      cell: (row) =>
        row.inspectionYear && row.inspectionConclusion
          ? w.inspectionOf({ year: row.inspectionYear, conclusion: named(w.conclusions, row.inspectionConclusion) })
          : "—",
      text: (row) => (row.inspectionYear ? String(row.inspectionYear) : ""),
      optional: true,
    },
    {
      key: "funds",
      title: w.columns.funds,
      cell: (row) => (row.fundsFen === null ? "—" : showYuan(row.fundsFen)),
      text: (row) => (row.fundsFen === null ? "" : showYuan(row.fundsFen)),
      numeric: true,
      optional: true,
    },
    {
      key: "legalRepresentative",
      title: w.columns.legalRepresentative,
      cell: (row) => row.legalRepresentative ?? "—",
      text: (row) => row.legalRepresentative ?? "",
      optional: true,
    },
    {
      key: "division",
      title: w.columns.division,
      cell: (row) => row.division,
      text: (row) => row.division,
      optional: true,
    },
    {
      key: "flags",
      title: w.columns.flags,
      cell: (row) => (row.flags.length > 0 ? <StatusWord tone="soon">{row.flags.length}</StatusWord> : "—"),
      text: (row) => String(row.flags.length),
      optional: true,
    },
  ];
  const choice = (name: (typeof names)[number], label: string, values: readonly string[], table: unknown) => (
    <LedgerChoice
      label={label}
      value={state.filters[name]}
      options={values.map((value) => ({ value, label: named(table, value) }))}
      onChange={(value) => state.setFilter(name, value)}
    />
  );
  return (
    <>
      <PageHead title={w.list.title} state={w.list.state} />
      <Ledger
        id="organisations"
        caption={w.list.title}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        query={list}
        total={list.data?.total}
        next={list.data?.next}
        state={state}
        exportable={may(exportOrganisations)}
        onExport={() => download(exportOrganisations, { ...filters, format: "xlsx", locale })}
        filters={
          <>
            <LedgerSearch
              label={w.list.search}
              placeholder={w.list.searchHint}
              value={state.filters.q}
              onChange={(value) => state.setFilter("q", value)}
            />
            {choice("kind", w.filters.kind, kinds, w.kinds)}
            {choice("status", w.filters.status, statuses, w.statuses)}
            {choice("listing", w.filters.listing, listings, w.listings)}
            {choice("grade", w.filters.grade, [...grades, "-"], { "-": w.noGrade })}
            {choice("party", w.filters.party, partyStates, w.party)}
            {choice("flagged", w.filters.flagged, ["true"], { true: w.filters.yes })}
            {choice("charity", w.filters.charity, ["true"], { true: w.filters.yes })}
          </>
        }
        empty={
          <Empty title={w.list.empty} action={<Link to="/import">{w.list.toImport}</Link>}>
            {w.list.emptyHelp}
          </Empty>
        }
      />
    </>
  );
}
