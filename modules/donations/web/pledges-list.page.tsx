import { useOrganisationSearch } from "../../../apps/web/search-organisations.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { recordPledge } from "../donations.contract.ts";
import { listPledges, type PledgeLine } from "../donations.lists.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

/** Promises (认捐) beside what came in on them: three figures in three columns, none of them added. */
export function Component() {
  const w = useWords(words);
  const p = w.pledges;
  const f = useWords(formWords);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const act = useAct();
  const search = useOrganisationSearch();
  const state = useLedgerState([]);
  const today = dateInShanghai(new Date());
  const pledges = useQueryOperation(listPledges, { after: state.after, limit: 50 }, { keepPrevious: true });
  const bounds = (row: PledgeLine): string => {
    if (row.pledgedFen !== null) return showYuan(row.pledgedFen);
    if (row.lowerFen !== null) return p.bounds.above({ yuan: showYuan(row.lowerFen) });
    return row.upperFen === null ? p.bounds.unknown : p.bounds.below({ yuan: showYuan(row.upperFen) });
  };
  const columns: LedgerColumn<PledgeLine>[] = [
    { key: "donor", title: p.donor, cell: (row) => row.donor },
    { key: "pledged", title: p.pledged, cell: (row) => row.pledged },
    { key: "exactly", title: p.exactly, cell: bounds, text: bounds, numeric: true },
    {
      key: "cash",
      title: p.cash,
      cell: (row) => showYuan(row.receivedCashFen),
      text: (row) => showYuan(row.receivedCashFen),
      numeric: true,
    },
    {
      key: "goods",
      title: p.goods,
      cell: (row) => showYuan(row.receivedGoodsValueFen),
      text: (row) => showYuan(row.receivedGoodsValueFen),
      numeric: true,
    },
    { key: "on", title: p.on, cell: (row) => showDate(row.on, locale), text: (row) => row.on },
    {
      key: "due",
      title: p.due,
      cell: (row) => (row.dueOn ? <DutyBadge dueOn={row.dueOn} today={today} /> : w.none),
      text: (row) => row.dueOn ?? "",
    },
    { key: "purpose", title: w.list.purpose, cell: (row) => row.purpose || w.list.anyPurpose },
    { key: "agreement", title: p.agreement, cell: (row) => row.agreement ?? w.none },
  ];
  const byOrganisation = grant?.role === "organisation";
  return (
    <>
      <PageHead title={p.title} state={p.state} />
      <ActButtons
        acts={act("record", p.record, recordPledge, byOrganisation ? { organisation: undefined } : {}, {
          initial: { on: today },
          searches: { organisation: search },
        })}
        given={{
          fields: { ...f.fields, donor: p.donor, on: p.on },
          help: { pledged: f.help.pledged, organisation: f.help.organisation },
        }}
        subjectId="pledge"
      />
      <p className="quiet">{w.apart}</p>
      <Ledger
        id="donation-pledges"
        caption={p.title}
        columns={columns}
        rows={pledges.data?.pledges}
        rowKey={(row) => row.id}
        query={pledges}
        next={pledges.data?.next}
        state={state}
        empty={<Empty title={p.empty} />}
      />
    </>
  );
}
