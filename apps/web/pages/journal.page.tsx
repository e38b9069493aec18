import { listJournal, sealState } from "../../../kernel/journal/journal.contract.ts";
import { useNames } from "../composition.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { Facts } from "../ui/facts.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { showCount, showInstant } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Answer, Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useCodeSentence } from "../ui/problem-sentence.ts";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Entry = OutputOf<typeof listJournal>["entries"][number];

/** The journal (操作日志) with its seals: who did what, refusals included. */
export function Component() {
  const w = useWords(words).journal;
  const { locale } = usePreferences();
  const sentence = useCodeSentence();
  const names = useNames();
  const state = useLedgerState(["operation", "refused", "subjectId"]);
  const seal = useQueryOperation(sealState, {}, { refetchInterval: 30_000 });
  const list = useQueryOperation(
    listJournal,
    {
      operation: state.filters.operation,
      refused: state.filters.refused === "true" ? true : undefined,
      subjectId: state.filters.subjectId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Entry>[] = [
    { key: "at", title: w.columns.at, cell: (one) => showInstant(one.at, locale), text: (one) => one.at },
    { key: "actor", title: w.columns.actor, cell: (one) => names.actor(one.actor), text: (one) => one.actor },
    {
      key: "event",
      title: w.columns.event,
      cell: (one) =>
        one.refused ? (
          <>
            <StatusWord tone="late">{w.refused}</StatusWord> {one.code && (sentence(one.code, one.payload) ?? one.code)}
          </>
        ) : (
          one.event
        ),
      text: (one) => one.event,
    },
    {
      key: "operation",
      title: w.columns.operation,
      cell: (one) => <span className="code">{one.operation}</span>,
      text: (one) => one.operation,
    },
    { key: "division", title: w.columns.division, cell: (one) => one.division, text: (one) => one.division },
    {
      key: "sealed",
      title: w.columns.sealed,
      cell: (one) =>
        one.sealedIn === null ? <span className="quiet">{w.notYet}</span> : w.block({ seq: one.sealedIn }),
      text: (one) => String(one.sealedIn ?? ""),
    },
    {
      key: "subject",
      title: w.columns.subject,
      cell: (one) => <span className="code">{one.subjectKind}</span>,
      text: (one) => `${one.subjectKind} ${one.subjectId ?? ""}`,
      optional: true,
    },
    {
      key: "payload",
      title: w.columns.payload,
      cell: (one) => <span className="code">{JSON.stringify(one.payload)}</span>,
      text: (one) => JSON.stringify(one.payload),
      optional: true,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Section title={w.seal}>
        <Answer query={seal}>
          {(data) => (
            <Facts
              items={[
                { term: w.blocks, value: showCount(data.blocks) },
                { term: w.entries, value: showCount(data.entries) },
                { term: w.unsealed, value: showCount(data.unsealed) },
                {
                  term: w.head,
                  value: data.head && w.headOf({ seq: data.head.seq, at: showInstant(data.head.sealedAt, locale) }),
                },
                { term: w.hash, value: data.head && <span className="code">{data.head.hash}</span>, wide: true },
                { term: w.key, value: <span className="code">{data.keyId}</span>, wide: true },
              ]}
            />
          )}
        </Answer>
        <p className="quiet">{w.verify}</p>
      </Section>
      <Ledger
        id="journal"
        caption={w.title}
        columns={columns}
        rows={list.data?.entries}
        rowKey={(one) => one.id}
        query={list}
        next={list.data?.next}
        state={state}
        filters={
          <>
            <LedgerSearch
              label={w.columns.operation}
              value={state.filters.operation}
              onChange={(value) => state.setFilter("operation", value)}
            />
            <LedgerChoice
              label={w.onlyRefused}
              value={state.filters.refused}
              options={[{ value: "true", label: w.yes }]}
              onChange={(value) => state.setFilter("refused", value)}
            />
          </>
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
