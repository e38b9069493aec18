import { listDocuments, openDocument } from "../../../kernel/document/documents.contract.ts";
import { queryAddress } from "../client.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { DocumentLink } from "../ui/document-link.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { Ledger, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Document = OutputOf<typeof listDocuments>["documents"][number];

/** Issued documents (文书), newest first, each opening as PDF. */
export function Component() {
  const w = useWords(words).documents;
  const { locale } = usePreferences();
  const state = useLedgerState(["organisationId"]);
  const list = useQueryOperation(
    listDocuments,
    { organisationId: state.filters.organisationId, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Document>[] = [
    {
      key: "title",
      title: w.name,
      cell: (one) => <DocumentLink href={queryAddress(openDocument, { id: one.id })} title={one.title} />,
      text: (one) => one.title,
    },
    { key: "number", title: w.number, cell: (one) => one.number ?? "—", text: (one) => one.number ?? "" },
    { key: "issuedOn", title: w.issuedOn, cell: (one) => showDate(one.issuedOn, locale), text: (one) => one.issuedOn },
    {
      key: "state",
      title: w.state2,
      cell: (one) => <StatusWord tone={one.void ? "muted" : "done"}>{one.void ? w.void : w.valid}</StatusWord>,
      text: (one) => (one.void ? w.void : w.valid),
    },
    {
      key: "code",
      title: w.code,
      cell: (one) => <span className="code">{one.verificationCode}</span>,
      text: (one) => one.verificationCode,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Ledger
        id="documents"
        caption={w.title}
        columns={columns}
        rows={list.data?.documents}
        rowKey={(one) => one.id}
        query={list}
        next={list.data?.next}
        state={state}
        empty={<Empty title={w.none} />}
      />
    </>
  );
}
