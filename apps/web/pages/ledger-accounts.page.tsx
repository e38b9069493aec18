import { Link } from "react-router";
import { listAccounts } from "../../../kernel/ledger/ledger.contract.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./ledger.words.ts";
import { useKindOf, useLedgerAmount } from "./ledger-parts.tsx";

type Account = OutputOf<typeof listAccounts>["accounts"][number];
const kinds = ["fund", "stock", "spent", "delivered", "transit", "sent", "care_home", "source"] as const;

/** Accounts of the ledger (台账账户) with their balances, by owner. */
export function Component() {
  const w = useWords(words);
  const { locale } = usePreferences();
  const amountOf = useLedgerAmount();
  const kindOf = useKindOf();
  const state = useLedgerState(["kind", "asset"]);
  const accounts = useQueryOperation(
    listAccounts,
    {
      kind: kinds.find((one) => one === state.filters.kind),
      asset: state.filters.asset,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Account>[] = [
    {
      key: "owner",
      title: w.owner,
      cell: (row) => <Link to={`/ledger/accounts/${row.id}`}>{row.owner}</Link>,
      text: (row) => row.owner,
    },
    { key: "kind", title: w.kind, cell: (row) => kindOf(row.kind) },
    { key: "asset", title: w.asset, cell: (row) => (row.unit === "fen" ? w.money : row.assetName) },
    {
      key: "purpose",
      title: w.purpose,
      cell: (row) => (row.purpose ? `${row.purpose}${row.restricted ? ` · ${w.restricted}` : ""}` : ""),
    },
    {
      key: "balance",
      title: w.balance,
      cell: (row) => amountOf(row.balance, row.unit),
      text: (row) => amountOf(row.balance, row.unit),
      numeric: true,
    },
    {
      key: "opened",
      title: w.opened,
      cell: (row) => showDate(row.openedOn, locale),
      text: (row) => row.openedOn,
      optional: true,
    },
    { key: "division", title: w.division, cell: (row) => row.division, optional: true },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} tools={<Link to="/ledger/trace">{w.trace}</Link>} />
      <p className="quiet">{w.sourceNote}</p>
      <Ledger
        id="ledger-accounts"
        caption={w.accounts}
        columns={columns}
        rows={accounts.data?.accounts}
        rowKey={(row) => row.id}
        query={accounts}
        next={accounts.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.kind}
              value={state.filters.kind}
              options={kinds.map((value) => ({ value, label: kindOf(value) }))}
              onChange={(value) => state.setFilter("kind", value)}
            />
            <LedgerChoice
              label={w.asset}
              value={state.filters.asset}
              anyLabel={w.allAssets}
              options={[{ value: "CNY", label: w.onlyMoney }]}
              onChange={(value) => state.setFilter("asset", value)}
            />
          </>
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
