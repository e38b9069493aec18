import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { type DonationLine, listDonations, recordDonation } from "../donations.contract.ts";
import { kinds, receiptStates } from "../donations.shapes.ts";
import { words as moduleWords } from "../donations.words.ts";
import { importLedger } from "../ledger.contract.ts";
import { words } from "./donations.web.words.ts";
import { ReceiptWord, useDonor } from "./labels.tsx";

/** Gifts (捐赠列表), newest first; cash and goods in columns of their own. */
export function Component() {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const donorOf = useDonor();
  const state = useLedgerState(["kind", "receiptState", "event"]);
  const gifts = useQueryOperation(
    listDonations,
    {
      kind: kinds.find((one) => one === state.filters.kind),
      receiptState: receiptStates.find((one) => one === state.filters.receiptState),
      event: state.filters.event,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<DonationLine>[] = [
    {
      key: "donor",
      title: w.list.donor,
      cell: (row) => <Link to={`/donations/${row.id}`}>{donorOf(row)}</Link>,
      text: donorOf,
    },
    { key: "on", title: w.list.on, cell: (row) => showDate(row.on, locale), text: (row) => row.on },
    {
      key: "cash",
      title: w.list.cash,
      cell: (row) => (row.amountFen === null ? "" : showYuan(row.amountFen)),
      text: (row) => (row.amountFen === null ? "" : showYuan(row.amountFen)),
      numeric: true,
    },
    {
      key: "goods",
      title: w.list.goods,
      cell: (row) =>
        row.quantity === null
          ? ""
          : w.goods({ item: row.item ?? "", quantity: showCount(row.quantity), unit: row.unit ?? "" }),
    },
    {
      key: "value",
      title: w.list.value,
      cell: (row) => (row.valueFen === null ? "" : showYuan(row.valueFen)),
      text: (row) => (row.valueFen === null ? "" : showYuan(row.valueFen)),
      numeric: true,
      optional: true,
    },
    { key: "recipient", title: w.list.recipient, cell: (row) => row.recipient },
    { key: "purpose", title: w.list.purpose, cell: (row) => row.purpose || w.list.anyPurpose },
    { key: "event", title: w.event, cell: (row) => row.event ?? "", optional: true },
    {
      key: "receipt",
      title: w.list.receipt,
      cell: (row) =>
        row.state === "corrected" ? (
          <StatusWord tone="muted">{w.list.states.corrected}</StatusWord>
        ) : (
          <ReceiptWord state={row.receiptState} />
        ),
      text: (row) => (row.state === "corrected" ? w.list.states.corrected : m.receiptStates[row.receiptState]),
    },
    {
      key: "number",
      title: w.list.number,
      cell: (row) => <span className="field-code">{row.receipt}</span>,
      text: (row) => row.receipt,
      optional: true,
    },
  ];
  return (
    <>
      <PageHead
        title={w.list.title}
        state={w.list.state}
        tools={
          <>
            {may(recordDonation) && <Link to="/donations/new">{w.list.record}</Link>}
            {may(recordDonation) && <Link to={`/import?operation=${recordDonation.id}`}>{w.list.sheet}</Link>}
            {may(importLedger) && <Link to="/donations/ledger">{w.list.ledger}</Link>}
          </>
        }
      />
      <Ledger
        id="donations"
        caption={w.list.title}
        columns={columns}
        rows={gifts.data?.donations}
        rowKey={(row) => row.id}
        query={gifts}
        next={gifts.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.list.kind}
              value={state.filters.kind}
              options={choicesOf(kinds, m.kinds)}
              onChange={(value) => state.setFilter("kind", value)}
            />
            <LedgerChoice
              label={w.list.receipt}
              value={state.filters.receiptState}
              options={choicesOf(receiptStates, m.receiptStates)}
              onChange={(value) => state.setFilter("receiptState", value)}
            />
            <LedgerSearch
              label={w.event}
              value={state.filters.event}
              onChange={(value) => state.setFilter("event", value)}
            />
          </>
        }
        empty={<Empty title={w.list.empty}>{w.list.emptyHelp}</Empty>}
      />
    </>
  );
}
