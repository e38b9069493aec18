import { Select } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { importers, kinds, list, stage, template } from "../../../kernel/sheet/sheet.contract.ts";
import { queryAddress, upload } from "../client.ts";
import { useComposition } from "../composition.ts";
import { useSession } from "../session.tsx";
import type { OutputOf } from "../ui/act-form.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { showCount, showInstant } from "../ui/format.ts";
import { Ledger, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Answer, Empty, Notice } from "../ui/notices.tsx";
import { FileDrop } from "../ui/pickers.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Batch = OutputOf<typeof list>["batches"][number];
const busy = ["reading", "committing", "undoing"];

/** The name of what can be imported. */
export function useKindName(): (operation: string) => string {
  const w = useWords(words);
  return (operation) => (w.kinds as Readonly<Record<string, string>>)[operation] ?? operation;
}

/** Where a batch stands, in words. */
export function BatchState({ state }: { readonly state: Batch["state"] }) {
  const w = useWords(words).import;
  const tone =
    state === "failed"
      ? "late"
      : state === "asking" || state === "checked"
        ? "soon"
        : state === "committed"
          ? "done"
          : "neutral";
  return <StatusWord tone={tone}>{w.states[state]}</StatusWord>;
}

/** Import of spreadsheets (导入): upload, look, commit, and take back. */
export function Component() {
  const w = useWords(words).import;
  const { locale } = usePreferences();
  const nameOf = useKindName();
  const { hasRole } = useSession();
  const sheets = useComposition().flatMap((one) => one.sheets ?? []);
  // A sheet that somebody else has to import is not offered here.
  const mayImport = (id: string) => hasRole(sheets.find((one) => one.id === id)?.who ?? importers);
  const importable = useQueryOperation(kinds, {});
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<string>();
  const [staged, setStaged] = useState<string>();
  const state = useLedgerState([]);
  const batches = useQueryOperation(
    list,
    { after: state.after, limit: 50 },
    { refetchInterval: 4_000, keepPrevious: true },
  );
  const columns: LedgerColumn<Batch>[] = [
    {
      key: "file",
      title: w.columns.file,
      cell: (one) => <Link to={`/import/${one.id}`}>{one.fileName}</Link>,
      text: (one) => one.fileName,
    },
    {
      key: "operation",
      title: w.columns.operation,
      cell: (one) => nameOf(one.operation),
      text: (one) => nameOf(one.operation),
    },
    {
      key: "state",
      title: w.columns.state,
      cell: (one) => <BatchState state={one.state} />,
      text: (one) => w.states[one.state],
    },
    {
      key: "rows",
      title: w.columns.rows,
      cell: (one) => showCount(one.counts.rows),
      numeric: true,
      text: (one) => String(one.counts.rows),
    },
    {
      key: "bad",
      title: w.columns.bad,
      cell: (one) => showCount(one.counts.bad),
      numeric: true,
      text: (one) => String(one.counts.bad),
    },
    {
      key: "created",
      title: w.columns.created,
      cell: (one) => showInstant(one.createdAt, locale),
      text: (one) => one.createdAt,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Answer query={importable}>
        {(data) => {
          const offered = data.operations.filter(mayImport);
          // A page that sends here may say what it wants to import.
          const operation = chosen ?? offered.find((one) => one === search.get("operation")) ?? offered[0];
          return (
            <div className="form">
              <div className="field">
                <label htmlFor="import-what">{w.what}</label>
                <Select
                  id="import-what"
                  value={operation}
                  onChange={setChosen}
                  options={offered.map((one) => ({ value: one, label: nameOf(one) }))}
                  style={{ width: "100%" }}
                />
              </div>
              {operation && (
                <p>
                  <a href={queryAddress(template, { operation, locale })}>{w.template}</a>
                </p>
              )}
              <FileDrop
                label={w.file}
                accept=".xlsx,.xls,.csv,.txt"
                onFile={async (file, onProgress) => {
                  if (!operation) return;
                  const answer = await upload(stage, { operation }, file, { onProgress });
                  setStaged(answer.id);
                  await batches.refetch();
                }}
              />
              {staged && (
                <Notice tone="good" live>
                  <Link to={`/import/${staged}`}>{w.staged}</Link>
                </Notice>
              )}
            </div>
          );
        }}
      </Answer>
      <Section title={w.batches}>
        <Ledger
          id="batches"
          caption={w.batches}
          columns={columns}
          rows={batches.data?.batches}
          rowKey={(one) => one.id}
          query={batches}
          next={batches.data?.next}
          state={state}
          empty={<Empty title={w.none}>{w.noneHelp}</Empty>}
        />
      </Section>
    </>
  );
}

/** Whether a batch is still being worked on by the server. */
export function isBusy(state: Batch["state"]): boolean {
  return busy.includes(state);
}
