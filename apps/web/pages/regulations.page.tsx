import { listRegulations } from "../../../kernel/rule/rules.contract.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { Ledger, type LedgerColumn, LedgerSearch } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Regulation = OutputOf<typeof listRegulations>["regulations"][number];

/** The regulations cited anywhere in the house (法规库). */
export function Component() {
  const w = useWords(words).regulations;
  const { locale } = usePreferences();
  const state = useLedgerState(["q"]);
  const list = useQueryOperation(listRegulations, {}, { staleTime: 600_000 });
  const rows = list.data?.regulations.filter((one) => one.document.includes(state.filters.q ?? ""));
  const columns: LedgerColumn<Regulation>[] = [
    { key: "document", title: w.document, cell: (one) => one.document, text: (one) => one.document },
    { key: "number", title: w.number, cell: (one) => one.number ?? "—", text: (one) => one.number ?? "" },
    {
      key: "period",
      title: w.period,
      cell: (one) => (
        <>
          {showDate(one.from, locale)} — {one.to ? showDate(one.to, locale) : w.now}{" "}
          <StatusWord tone={one.inForce ? "done" : "muted"}>{one.inForce ? w.inForce : w.notInForce}</StatusWord>
        </>
      ),
      text: (one) => `${one.from} ${one.to ?? ""}`,
    },
    {
      key: "articles",
      title: w.articles,
      cell: (one) =>
        one.articles
          .map((article) => w.article({ article: article.article }))
          .filter((text, at, all) => all.indexOf(text) === at)
          .join("、"),
      text: (one) => one.articles.map((article) => article.article).join(" "),
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Ledger
        id="regulations"
        caption={w.title}
        columns={columns}
        rows={rows}
        rowKey={(one) => `${one.document}${one.from}`}
        query={list}
        state={state}
        filters={
          <LedgerSearch label={w.document} value={state.filters.q} onChange={(value) => state.setFilter("q", value)} />
        }
        empty={<Empty title={w.none} />}
        {...(rows ? { total: { value: rows.length, exact: true } } : {})}
      />
    </>
  );
}
