import { Link, useSearchParams } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButton } from "../../../apps/web/ui/act-button.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty, Failed, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useCommand, useQueryOperation } from "../../../apps/web/use-operation.ts";
import {
  continueRun,
  getRun,
  previewRun,
  type RunDto,
  type RunKind,
  revertRun,
  runKinds,
  runs,
  startRun,
  stopRun,
} from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { useActWords } from "./credit-labels.tsx";

type Item = OutputOf<typeof getRun>["items"][number];
type Candidate = OutputOf<typeof previewRun>["rows"][number];

/** Automatic runs (批处理): preview, start over exactly what was previewed, stop, reverse. */
export function Component() {
  const kit = useWords(kitWords);
  const w = useWords(words).runs;
  const m = useWords(moduleWords);
  const given = useActWords();
  const { locale } = usePreferences();
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const state = useLedgerState(["kind", "run"]);
  const kind = runKinds.find((one) => one === state.filters.kind) ?? "overdue-reports";
  const past = useQueryOperation(runs, { after: state.after, limit: 50 }, { keepPrevious: true });
  const columns: LedgerColumn<RunDto>[] = [
    {
      key: "onDate",
      title: w.onDate,
      cell: (run) => <Link to={`/credit/runs?run=${run.id}`}>{showDate(run.onDate, locale)}</Link>,
      text: (run) => run.onDate,
    },
    { key: "kind", title: w.kind, cell: (run) => m.runKinds[run.kind], text: (run) => m.runKinds[run.kind] },
    {
      key: "state",
      title: w.state,
      cell: (run) => (
        <>
          {m.runStates[run.state]} {run.stopReason && <span className="quiet">{m.stopReasons[run.stopReason]}</span>}
        </>
      ),
      text: (run) => m.runStates[run.state],
    },
    { key: "candidates", title: w.candidates, cell: (run) => run.candidates, numeric: true },
    {
      key: "counts",
      title: w.counts,
      cell: (run) => w.countsText(run.counts),
      text: (run) => w.countsText(run.counts),
    },
    {
      key: "acts",
      title: kit.act.column,
      text: () => "",
      cell: (run) => (
        <ActButtons
          quiet
          given={given}
          subjectId={run.id}
          acts={[
            ...(run.state === "running" && may(continueRun)
              ? [
                  {
                    key: `continue-${run.id}`,
                    title: w.continue,
                    operation: continueRun,
                    fixed: { runId: run.id, chunk: 50 },
                    reasons: [],
                  },
                ]
              : []),
            ...(run.state === "running" && may(stopRun)
              ? [{ key: `stop-${run.id}`, title: w.stop, operation: stopRun, fixed: { runId: run.id }, reasons: [] }]
              : []),
            ...((run.state === "done" || run.state === "stopped") && may(revertRun)
              ? [
                  {
                    key: `revert-${run.id}`,
                    title: w.revert,
                    operation: revertRun,
                    fixed: { runId: run.id },
                    reasons: [],
                  },
                ]
              : []),
          ]}
        />
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={w.title}
        tools={
          <LedgerChoice
            label={w.kind}
            value={kind}
            options={choicesOf(runKinds, m.runKinds)}
            onChange={(value) => setSearch(value ? { kind: value } : {})}
          />
        }
      />
      <p className="form-purpose">{w.purpose}</p>
      {may(previewRun) && <Preview kind={kind} />}
      {search.get("run") && <Items runId={search.get("run") as string} />}
      <Section title={w.past}>
        <Ledger
          id="credit-runs"
          caption={w.past}
          columns={columns}
          rows={past.data?.rows}
          rowKey={(run) => run.id}
          query={past}
          next={past.data?.next}
          state={state}
          empty={<Empty title={w.none} />}
        />
      </Section>
    </>
  );
}

function Preview({ kind }: { readonly kind: RunKind }) {
  const w = useWords(words).runs;
  const { may } = useSession();
  const query = useQueryOperation(previewRun, { kind }, { staleTime: 0 });
  const start = useCommand(startRun);
  const columns: LedgerColumn<Candidate>[] = [
    {
      key: "name",
      title: w.name,
      cell: (row) => (
        <Link to={row.listingId ? `/credit/listings/${row.listingId}` : `/organisations/${row.organisationId}`}>
          {row.organisationName}
        </Link>
      ),
      text: (row) => row.organisationName,
    },
    {
      key: "code",
      title: w.code,
      cell: (row) => <span className="code">{row.organisationCode}</span>,
      text: (row) => row.organisationCode ?? "",
    },
    {
      key: "facts",
      title: w.note,
      cell: (row) => <FactsLine facts={row.facts} />,
      text: (row) => JSON.stringify(row.facts),
    },
  ];
  return (
    <Section title={w.preview}>
      <Answer query={query}>
        {(data) =>
          data.total === 0 ? (
            <Empty title={w.nothing} />
          ) : (
            <>
              <p>{w.total({ total: data.total, limit: data.limit })}</p>
              {data.overLimit && <Notice tone="warn">{w.overLimit}</Notice>}
              {start.error && <Failed error={start.error} onRetry={() => void query.refetch()} />}
              {may(startRun) && (
                <ActButton
                  primary
                  confirm={w.confirm({ count: data.total })}
                  busy={start.isPending}
                  onAct={() => start.mutateAsync({ kind, digest: data.digest }).catch(() => {})}
                >
                  {w.start({ count: data.total })}
                </ActButton>
              )}
              <Ledger
                id="credit-preview"
                caption={w.preview}
                columns={columns}
                rows={data.rows}
                rowKey={(row) => row.organisationId}
                total={{ value: data.total, exact: true }}
              />
            </>
          )
        }
      </Answer>
    </Section>
  );
}

function FactsLine({ facts }: { readonly facts: Readonly<Record<string, unknown>> }) {
  const m = useWords(moduleWords);
  return (
    <span className="quiet">
      {Object.entries(facts)
        .filter(([, value]) => typeof value !== "object")
        .map(([field, value]) => `${named(m.facts, field)} ${named(m.factValues, String(value))}`)
        .join(" · ")}
    </span>
  );
}

function Items({ runId }: { readonly runId: string }) {
  const w = useWords(words).runs;
  const m = useWords(moduleWords);
  const query = useQueryOperation(getRun, { runId }, { refetchInterval: 5_000 });
  const columns: LedgerColumn<Item>[] = [
    {
      key: "name",
      title: w.name,
      cell: (row) => (
        <Link to={row.listingId ? `/credit/listings/${row.listingId}` : `/organisations/${row.organisationId}`}>
          {row.organisationName}
        </Link>
      ),
      text: (row) => row.organisationName,
    },
    {
      key: "outcome",
      title: w.outcome,
      cell: (row) => (
        <StatusWord tone={row.outcome === "done" ? "done" : row.outcome === "waiting" ? "neutral" : "muted"}>
          {m.runOutcomes[row.outcome]}
        </StatusWord>
      ),
      text: (row) => m.runOutcomes[row.outcome],
    },
    {
      key: "note",
      title: w.note,
      cell: (row) => (row.note ? named(m.runNotes, row.note) : "—"),
      text: (row) => row.note ?? "",
    },
  ];
  return (
    <Section title={w.items}>
      <Ledger
        id="credit-run"
        caption={w.items}
        columns={columns}
        rows={query.data?.items}
        rowKey={(row) => row.organisationId}
        query={query}
      />
    </Section>
  );
}
