import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "react-router";
import { download } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type ActChoice, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showInstant } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Answer, Empty, Failed } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { downloadExport, listExports, prepareExport, recordReceipt } from "../export.contract.ts";
import { words } from "./care-work.web.words.ts";
import { CareLink } from "./labels.tsx";
import { useWorkWords } from "./work-acts.ts";

type Batch = OutputOf<typeof listExports>["exports"][number];

/** Batches for the national database (报送): prepared, sent, answered row by row, rejected rows sent again. */
export function Component() {
  const w = useWords(words);
  const x = w.exports;
  const { locale } = usePreferences();
  const { may } = useSession();
  const act = useAct();
  const given = useWorkWords();
  const state = useLedgerState([]);
  const [search, setSearch] = useSearchParams();
  const opened = search.get("batch") ?? undefined;
  const exports = useQueryOperation(listExports, { after: state.after, limit: 50 }, { keepPrevious: true });
  const columns: LedgerColumn<Batch>[] = [
    {
      key: "number",
      title: x.number,
      cell: (row) => (
        <Button type="link" size="small" onClick={() => setSearch({ batch: row.id })}>
          {x.numberOf({ number: row.number })}
        </Button>
      ),
      text: (row) => String(row.number),
    },
    { key: "kind", title: x.kind, cell: (row) => x.kinds[row.kind], text: (row) => x.kinds[row.kind] },
    {
      key: "preparedAt",
      title: x.preparedAt,
      cell: (row) => showInstant(row.preparedAt, locale),
      text: (row) => row.preparedAt,
    },
    ...(["persons", "visits", "accepted", "rejected", "outstanding"] as const).map(
      (key): LedgerColumn<Batch> => ({
        key,
        title: x[key],
        cell: (row) => showCount(row[key]),
        text: (row) => String(row[key]),
        numeric: true,
      }),
    ),
    {
      key: "layout",
      title: x.layout,
      cell: (row) => row.layout,
      text: (row) => row.layout,
      optional: true,
    },
    {
      key: "digest",
      title: x.digest,
      cell: (row) => <span className="code">{row.digest.slice(0, 16)}</span>,
      text: (row) => row.digest,
      optional: true,
    },
  ];
  return (
    <>
      <PageHead title={x.title} state={x.statePage} />
      <ActButtons
        acts={act(
          "prepare",
          x.prepare,
          prepareExport,
          { of: undefined },
          {
            initial: { kind: "incremental" },
            given: {
              choices: { kind: { full: x.kinds.full, incremental: x.kinds.incremental, retry: x.kinds.retry } },
            },
          },
        )}
        given={given}
      />
      {opened && <OneBatch key={opened} id={opened} mayDownload={may(downloadExport)} />}
      <Ledger
        id="exports"
        caption={x.title}
        columns={columns}
        rows={exports.data?.exports}
        rowKey={(row) => row.id}
        query={exports}
        next={exports.data?.next}
        state={state}
        empty={<Empty title={x.empty} />}
      />
    </>
  );
}

function OneBatch({ id, mayDownload }: { readonly id: string; readonly mayDownload: boolean }) {
  const w = useWords(words);
  const x = w.exports;
  const act = useAct();
  const given = useWorkWords();
  const query = useQueryOperation(listExports, { id, limit: 1 });
  return (
    <Answer query={query}>
      {(data) => {
        const batch = data.exports[0];
        if (!batch) return null;
        const acts: ActChoice[] = [
          ...(batch.outstanding > 0 ? act("receipt", x.receipt, recordReceipt, { id }, { note: x.receiptNote }) : []),
          ...(batch.rejected > 0 ? act("retry", x.kinds.retry, prepareExport, { kind: "retry", of: id }) : []),
        ];
        return (
          <Section title={x.numberOf({ number: batch.number })}>
            {acts.length > 0 && <ActButtons acts={acts} given={given} subjectId={id} />}
            {mayDownload && <Download id={id} />}
            <h3>{x.rejectedRows}</h3>
            {batch.rejectedRows.length === 0 ? (
              <p className="quiet">{x.noRejected}</p>
            ) : (
              <ul className="plain-list">
                {batch.rejectedRows.map((row) => (
                  <li key={row.row}>
                    {row.kind === "person" ? (
                      <CareLink id={row.subjectId} name={x.row({ row: row.row })} />
                    ) : (
                      x.row({ row: row.row })
                    )}{" "}
                    {x.rowKinds[row.kind]} <span className="quiet">{row.reason}</span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        );
      }}
    </Answer>
  );
}

/** The file leaves the house: a reason is asked and kept. */
function Download({ id }: { readonly id: string }) {
  const x = useWords(words).exports;
  const kit = useWords(kitWords).act;
  const [reason, setReason] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [failure, setFailure] = useState<unknown>();
  const [working, setWorking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "" || working) return;
    setWorking(true);
    setFailure(undefined);
    try {
      await download(downloadExport, { id, reason: reason.trim(), passphrase: passphrase || undefined });
      setReason("");
      setPassphrase("");
    } catch (error) {
      setFailure(error);
    } finally {
      setWorking(false);
    }
  };
  return (
    <details className="file-others">
      <summary>{x.download}</summary>
      <form className="form" onSubmit={submit} autoComplete="off">
        <p className="field-help">{x.downloadNote}</p>
        <div className="field">
          <label htmlFor="export-reason">{x.reason}</label>
          <input
            id="export-reason"
            className="plain-input"
            required
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="export-passphrase">{x.passphrase}</label>
          <input
            id="export-passphrase"
            className="plain-input"
            type="password"
            autoComplete="new-password"
            minLength={12}
            maxLength={200}
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </div>
        {failure !== undefined && <Failed error={failure} />}
        <Button htmlType="submit" type="primary">
          {working ? kit.working : x.download}
        </Button>
      </form>
    </details>
  );
}
