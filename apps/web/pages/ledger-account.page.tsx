import { Link, useParams } from "react-router";
import { dateInShanghai, isDate } from "../../../kernel/clock/date.ts";
import { ledgerBalance, listPostings } from "../../../kernel/ledger/ledger.contract.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { Facts } from "../ui/facts.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { showDate, showInstant } from "../ui/format.ts";
import { Ledger, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Answer, Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./ledger.words.ts";
import { useCause, useKindOf, useLedgerAmount } from "./ledger-parts.tsx";

type Answered = OutputOf<typeof listPostings>;
type Posting = Answered["postings"][number];

/** One account (账户明细): its balance now or of a day, and every posting, newest first. */
export function Component() {
  const { id = "" } = useParams();
  const state = useLedgerState(["asOf"]);
  const query = useQueryOperation(listPostings, { account: id, after: state.after, limit: 50 }, { keepPrevious: true });
  return (
    <Answer query={query}>{(data) => <Account data={data} state={state} stale={query.isPlaceholderData} />}</Answer>
  );
}

function Account({
  data,
  state,
  stale,
}: {
  readonly data: Answered;
  readonly state: ReturnType<typeof useLedgerState<"asOf">>;
  readonly stale: boolean;
}) {
  const w = useWords(words);
  const { locale } = usePreferences();
  const amountOf = useLedgerAmount();
  const kindOf = useKindOf();
  const causeOf = useCause();
  const { account } = data;
  const asOf = state.filters.asOf && isDate(state.filters.asOf) ? state.filters.asOf : undefined;
  const past = useQueryOperation(ledgerBalance, { account: account.id, asOf }, { enabled: asOf !== undefined });
  const columns: LedgerColumn<Posting>[] = [
    { key: "on", title: w.when, cell: (row) => showDate(row.on, locale), text: (row) => row.on },
    {
      key: "cause",
      title: w.cause,
      cell: (row) => {
        const { name, to } = causeOf(row.cause, row.subjectId);
        return (
          <>
            {to ? <Link to={to}>{name}</Link> : name}{" "}
            {row.correctedBy && <StatusWord tone="muted">{w.corrected}</StatusWord>}
            {row.correctionOf && <StatusWord tone="soon">{w.correction}</StatusWord>}
          </>
        );
      },
      text: (row) => causeOf(row.cause, null).name,
    },
    {
      key: "amount",
      title: w.amount,
      cell: (row) => `${row.amount > 0 ? "+" : ""}${amountOf(row.amount, account.unit)}`,
      text: (row) => String(row.amount),
      numeric: true,
    },
    {
      key: "recorded",
      title: w.recorded,
      cell: (row) => showInstant(row.recordedAt, locale),
      text: (row) => row.recordedAt,
    },
    {
      key: "follow",
      title: w.trace,
      cell: (row) => <Link to={`/ledger/trace?posting=${row.entryId}`}>{w.follow}</Link>,
    },
  ];
  return (
    <>
      <PageHead
        title={account.owner}
        above={<Link to="/ledger/accounts">{w.title}</Link>}
        state={[kindOf(account.kind), account.unit === "fen" ? w.money : account.assetName, account.purpose]
          .filter(Boolean)
          .join(" · ")}
      />
      <Figures>
        <Figure title={w.now} value={amountOf(data.balance, account.unit)} />
        {asOf && past.data && (
          <Figure title={w.on({ date: showDate(asOf, locale) })} value={amountOf(past.data.balance, account.unit)} />
        )}
      </Figures>
      <div className="ledger-filters">
        <label className="ledger-filter">
          <span>{w.asOf}</span>
          <input
            type="date"
            max={dateInShanghai(new Date())}
            value={asOf ?? ""}
            onChange={(event) => state.setFilter("asOf", event.target.value || undefined)}
          />
        </label>
      </div>
      <Facts
        items={[
          {
            term: w.purpose,
            value: account.purpose && `${account.purpose}${account.restricted ? ` · ${w.restricted}` : ""}`,
          },
          { term: w.opened, value: showDate(account.openedOn, locale) },
          { term: w.division, value: account.division },
        ]}
      />
      <Section title={w.postings}>
        <Ledger
          id="ledger-postings"
          caption={w.postings}
          columns={columns}
          rows={data.postings}
          rowKey={(row) => row.posting}
          stale={stale}
          next={data.next}
          state={state}
          empty={<Empty title={w.noPostings} />}
        />
      </Section>
    </>
  );
}
