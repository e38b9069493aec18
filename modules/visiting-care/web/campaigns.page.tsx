import { Link } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { listCampaigns, openCampaign } from "../campaign.contract.ts";
import { words } from "./care-work.web.words.ts";
import { useWorkWords } from "./work-acts.ts";

type Campaign = OutputOf<typeof listCampaigns>["campaigns"][number];
const states = ["open", "closed"] as const;

/** Census campaigns (摸底排查), newest first, with how far each is. */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const act = useAct();
  const given = useWorkWords();
  const state = useLedgerState(["state"]);
  const campaigns = useQueryOperation(
    listCampaigns,
    { state: states.find((one) => one === state.filters.state) ?? "all", after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const placeOf = usePlacesOf(campaigns.data?.campaigns.map((one) => one.division));
  const columns: LedgerColumn<Campaign>[] = [
    {
      key: "name",
      title: w.campaigns.name,
      cell: (row) => <Link to={`/care/campaigns/${row.id}`}>{row.title}</Link>,
      text: (row) => row.title,
    },
    {
      key: "division",
      title: w.division,
      cell: (row) => placeOf(row.division),
      text: (row) => placeOf(row.division),
    },
    {
      key: "period",
      title: w.campaigns.period,
      cell: (row) => `${showDate(row.from, locale)} – ${showDate(row.to, locale)}`,
      text: (row) => `${row.from} ${row.to}`,
    },
    {
      key: "progress",
      title: w.campaigns.progress,
      cell: (row) => w.campaigns.progressOf(row.progress),
      text: (row) => w.campaigns.progressOf(row.progress),
    },
    {
      key: "found",
      title: w.campaigns.found,
      cell: (row) => showCount(row.progress.found),
      text: (row) => String(row.progress.found),
      numeric: true,
    },
    {
      key: "state",
      title: w.state,
      cell: (row) => (
        <StatusWord tone={row.state === "open" ? "soon" : "done"}>{w.campaigns.states[row.state]}</StatusWord>
      ),
      text: (row) => w.campaigns.states[row.state],
    },
  ];
  return (
    <>
      <PageHead title={w.campaigns.title} state={w.campaigns.statePage} />
      <ActButtons
        acts={act(
          "open",
          w.campaigns.create,
          openCampaign,
          { expected: undefined },
          {
            initial: { division: grant?.division ?? undefined, from: dateInShanghai(new Date()) },
            searches: { division: searchDivisions },
          },
        )}
        given={given}
      />
      <Ledger
        id="campaigns"
        caption={w.campaigns.title}
        columns={columns}
        rows={campaigns.data?.campaigns}
        rowKey={(row) => row.id}
        query={campaigns}
        next={campaigns.data?.next}
        state={state}
        filters={
          <LedgerChoice
            label={w.state}
            value={state.filters.state}
            options={choicesOf(states, w.campaigns.states)}
            onChange={(value) => state.setFilter("state", value)}
          />
        }
        empty={<Empty title={w.campaigns.empty} />}
      />
    </>
  );
}
