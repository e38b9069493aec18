import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { groundIds, lists } from "../credit.catalogue.ts";
import { listingStates, listings } from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { CaseLink, NearestClock, StageOf } from "./credit-labels.tsx";

type Row = OutputOf<typeof listings>["rows"][number];
const standings = ["yes", "underway", "ended"] as const;

/** Cases of both lists (名录案件), newest first. */
export function Component() {
  const w = useWords(words).listings;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const state = useLedgerState(["list", "ground", "state", "standing", "division", "organisationId"]);
  const f = state.filters;
  const query = useQueryOperation(
    listings,
    {
      list: lists.find((one) => one === f.list),
      ground: groundIds.find((one) => one === f.ground),
      state: listingStates.find((one) => one === f.state),
      standing: standings.find((one) => one === f.standing),
      division: f.division && /^\d{2,12}$/.test(f.division) ? f.division : undefined,
      organisationId: f.organisationId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Row>[] = [
    {
      key: "organisation",
      title: w.organisation,
      cell: (row) => <CaseLink listing={row} />,
      text: (row) => row.organisationName,
    },
    { key: "list", title: w.list, cell: (row) => m.lists[row.list], text: (row) => m.lists[row.list] },
    {
      key: "ground",
      title: w.ground,
      cell: (row) => named(m.grounds[row.list], row.ground),
      text: (row) => named(m.grounds[row.list], row.ground),
    },
    {
      key: "state",
      title: w.listingState,
      cell: (row) => <StageOf state={row.state} />,
      text: (row) => m.states[row.state],
    },
    {
      key: "clock",
      title: w.clock,
      cell: (row) => <NearestClock listing={row} />,
      text: (row) => row.clocks.map((clock) => clock.on).join(" "),
    },
    {
      key: "listedOn",
      title: w.listedOn,
      cell: (row) => showDate(row.listedOn, locale) || "—",
      text: (row) => row.listedOn ?? "",
    },
    {
      key: "proposedOn",
      title: w.proposedOn,
      cell: (row) => showDate(row.proposedOn, locale),
      text: (row) => row.proposedOn,
      optional: true,
    },
    {
      key: "number",
      title: w.decisionNumber,
      cell: (row) => row.decisionNumber ?? "—",
      text: (row) => row.decisionNumber ?? "",
      optional: true,
    },
    {
      key: "origin",
      title: w.origin,
      cell: (row) => m.origins[row.origin],
      text: (row) => m.origins[row.origin],
      optional: true,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Ledger
        id="listings"
        caption={w.title}
        columns={columns}
        rows={query.data?.rows}
        rowKey={(row) => row.id}
        query={query}
        next={query.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.standing}
              value={f.standing}
              options={choicesOf(standings, w.standingChoices)}
              onChange={(value) => state.setFilter("standing", value)}
            />
            <LedgerChoice
              label={w.list}
              value={f.list}
              options={choicesOf(lists, m.lists)}
              onChange={(value) => state.setFilter("list", value)}
            />
            <LedgerChoice
              label={w.listingState}
              value={f.state}
              options={choicesOf(listingStates, m.states)}
              onChange={(value) => state.setFilter("state", value)}
            />
          </>
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
