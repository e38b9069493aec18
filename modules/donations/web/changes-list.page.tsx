import { Link } from "react-router";
import { useOrganisationSearch } from "../../../apps/web/search-organisations.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { changePurpose } from "../donations.contract.ts";
import { listChanges } from "../donations.lists.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

type Change = OutputOf<typeof listChanges>["changes"][number];

/** Changes of purpose (用途变更) with the ground of each, and the act itself. */
export function Component() {
  const w = useWords(words);
  const c = w.changes;
  const f = useWords(formWords);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const act = useAct();
  const search = useOrganisationSearch();
  const state = useLedgerState([]);
  const changes = useQueryOperation(listChanges, { after: state.after, limit: 50 }, { keepPrevious: true });
  const columns: LedgerColumn<Change>[] = [
    { key: "from", title: c.from, cell: (row) => row.from },
    { key: "to", title: c.to, cell: (row) => row.to },
    {
      key: "amount",
      title: c.amount,
      cell: (row) => showYuan(row.amountFen),
      text: (row) => showYuan(row.amountFen),
      numeric: true,
    },
    { key: "basis", title: c.basis, cell: (row) => c.bases[row.basis] },
    { key: "evidence", title: c.evidence, cell: (row) => row.evidence || w.none },
    { key: "on", title: w.list.on, cell: (row) => showDate(row.on, locale), text: (row) => row.on },
    {
      key: "decision",
      title: c.decision,
      cell: (row) => <Link to={`/decisions/${row.decisionId}`}>{w.file.see}</Link>,
    },
  ];
  return (
    <>
      <PageHead title={c.title} state={c.state} />
      <ActButtons
        acts={act(
          "change",
          c.record,
          changePurpose,
          grant?.role === "organisation" ? { organisation: undefined } : {},
          {
            legal: true,
            initial: { on: dateInShanghai(new Date()) },
            searches: { organisation: search },
          },
        )}
        given={{
          fields: { ...f.fields, on: w.list.on },
          help: { evidence: f.help.evidence, organisation: f.help.organisation },
          choices: { basis: c.bases },
        }}
        subjectId="purpose"
      />
      <Ledger
        id="donation-changes"
        caption={c.title}
        columns={columns}
        rows={changes.data?.changes}
        rowKey={(row) => row.id}
        query={changes}
        next={changes.data?.next}
        state={state}
        empty={<Empty title={c.empty} />}
      />
    </>
  );
}
