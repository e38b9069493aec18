import { useState } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButton } from "../../../apps/web/ui/act-button.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { Answer, Empty, Failed, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useCommand, useQueryOperation } from "../../../apps/web/use-operation.ts";
import {
  listOverdueRuns,
  markOverdue,
  previewOverdue,
  revertOverdueRun,
  stopOverdueRun,
} from "../annual-inspection.runs.contract.ts";
import { words } from "./inspection.web.words.ts";
import { useReportColumns } from "./reports-list.page.tsx";

type Run = OutputOf<typeof listOverdueRuns>["rows"][number];
const MOST = 1_000;

/** What is overdue today (认定逾期): preview, mark exactly that, and the runs so far with stop and reversal. */
export function Component() {
  const kit = useWords(kitWords);
  const w = useWords(words);
  const o = w.overdue;
  const { locale } = usePreferences();
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const year = Number(search.get("year")) || new Date().getFullYear() - 1;
  const what = search.get("what") === "rectification" ? "rectification" : "report";
  const columns = useReportColumns();
  const preview = useQueryOperation(previewOverdue, { year, what, limit: MOST }, { staleTime: 0 });
  const runs = useQueryOperation(listOverdueRuns, { year });
  const mark = useCommand(markOverdue);
  const [done, setDone] = useState<string>();
  const runColumns: LedgerColumn<Run>[] = [
    { key: "ranOn", title: o.columns.ranOn, cell: (run) => showDate(run.ranOn, locale), text: (run) => run.ranOn },
    { key: "what", title: o.columns.what, cell: (run) => o[run.what], text: (run) => o[run.what] },
    { key: "state", title: o.columns.state, cell: (run) => o.states[run.state], text: (run) => o.states[run.state] },
    { key: "wanted", title: o.columns.wanted, cell: (run) => run.wanted, numeric: true },
    { key: "marked", title: o.columns.marked, cell: (run) => run.marked, numeric: true },
    { key: "reverted", title: o.columns.reverted, cell: (run) => run.reverted, numeric: true },
    { key: "reason", title: o.columns.reason, cell: (run) => run.reason ?? "—", text: (run) => run.reason ?? "" },
    {
      key: "acts",
      title: kit.act.column,
      cell: (run) => (
        <ActButtons
          acts={[
            ...(run.state === "running" && may(stopOverdueRun)
              ? [
                  {
                    key: `stop-${run.id}`,
                    title: o.stop,
                    operation: stopOverdueRun,
                    fixed: { runId: run.id },
                    reasons: [],
                  },
                ]
              : []),
            ...((run.state === "done" || run.state === "stopped") && may(revertOverdueRun)
              ? [
                  {
                    key: `revert-${run.id}`,
                    title: o.revert,
                    operation: revertOverdueRun,
                    fixed: { runId: run.id },
                    reasons: [],
                    legal: true,
                  },
                ]
              : []),
          ]}
          given={w}
          subjectId={run.id}
          quiet
        />
      ),
      text: () => "",
    },
  ];
  return (
    <>
      <PageHead
        title={`${o.title} · ${year}`}
        tools={
          <LedgerChoice
            label={o.what}
            value={what}
            options={[
              { value: "report", label: o.report },
              { value: "rectification", label: o.rectification },
            ]}
            onChange={(value) => setSearch({ year: String(year), what: value ?? "report" })}
          />
        }
      />
      <p className="form-purpose">{o.purpose}</p>
      {done && (
        <Notice tone="good" live>
          {done}
        </Notice>
      )}
      {mark.error && <Failed error={mark.error} onRetry={() => void preview.refetch()} />}
      <Answer query={preview}>
        {(data) => (
          <>
            <p className="quiet">{o.left(data.left)}</p>
            {data.total === 0 ? (
              <Empty title={o.nothing} />
            ) : (
              <>
                <ActButton
                  legal
                  confirm={o.confirm({ count: data.rows.length })}
                  busy={mark.isPending}
                  onAct={async () => {
                    const answer = await mark
                      .mutateAsync({ year, what, limit: MOST, digest: data.digest })
                      .catch(() => undefined);
                    if (answer) setDone(answer.mode === "job" ? o.asJob : o.done({ count: answer.marked }));
                  }}
                >
                  {o.act({ count: data.rows.length })}
                </ActButton>
                <Ledger
                  id="overdue"
                  caption={o.title}
                  columns={columns}
                  rows={data.rows}
                  rowKey={(row) => row.id}
                  total={{ value: data.total, exact: true }}
                />
              </>
            )}
          </>
        )}
      </Answer>
      <Section title={o.runs}>
        <Ledger
          id="overdue-runs"
          caption={o.runs}
          columns={runColumns}
          rows={runs.data?.rows}
          rowKey={(run) => run.id}
          query={runs}
          empty={<Empty title={o.noRuns} />}
        />
      </Section>
    </>
  );
}
