import { useState } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButton } from "../../../apps/web/ui/act-button.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { Ledger } from "../../../apps/web/ui/ledger.tsx";
import { Answer, Empty, Failed, Notice } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useCommand, useQueryOperation } from "../../../apps/web/use-operation.ts";
import { concludeBatch, previewBatch } from "../annual-inspection.runs.contract.ts";
import { words } from "./inspection.web.words.ts";
import { useReportColumns } from "./reports-list.page.tsx";

/** Clean reports passed together (批量作出结论): exactly the previewed ones, or none. */
export function Component() {
  const w = useWords(words).batch;
  const kit = useWords(kitWords);
  const { may } = useSession();
  const [search] = useSearchParams();
  const year = Number(search.get("year")) || new Date().getFullYear() - 1;
  const columns = useReportColumns();
  const preview = useQueryOperation(previewBatch, { year, limit: 100 }, { staleTime: 0 });
  const conclude = useCommand(concludeBatch);
  const [done, setDone] = useState<number>();
  return (
    <>
      <PageHead title={`${w.title} · ${year}`} />
      <p className="form-purpose">{w.purpose}</p>
      {done !== undefined && (
        <Notice tone="good" live>
          {w.done({ count: done })}
        </Notice>
      )}
      {conclude.error && <Failed error={conclude.error} onRetry={() => void preview.refetch()} />}
      <Answer query={preview}>
        {(data) => (
          <>
            <p className="quiet">{w.excluded(data.excluded)}</p>
            {data.rows.length === 0 ? (
              <Empty title={w.nothing} />
            ) : (
              <>
                <ActButton
                  legal
                  confirm={w.what({ count: data.rows.length })}
                  unavailable={may(concludeBatch) ? false : kit.act.role({ roles: kit.roles.decider })}
                  busy={conclude.isPending}
                  onAct={async () => {
                    const answer = await conclude
                      .mutateAsync({ year, reportIds: data.rows.map((row) => row.id), digest: data.digest })
                      .catch(() => undefined);
                    if (answer) setDone(answer.concluded);
                  }}
                >
                  {w.act({ count: data.rows.length })}
                </ActButton>
                {data.more && <p className="quiet">{w.more}</p>}
                <Ledger
                  id="batch"
                  caption={w.title}
                  columns={columns}
                  rows={data.rows}
                  rowKey={(row) => row.id}
                  total={{ value: data.rows.length, exact: true }}
                />
              </>
            )}
          </>
        )}
      </Answer>
    </>
  );
}
