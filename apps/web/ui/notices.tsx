import { Button } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { ApiProblem, NoAnswer } from "../problem.ts";
import { classes } from "./classes.ts";
import { useWords } from "./preferences.tsx";
import { useProblemSentence } from "./problem-sentence.ts";
import { words } from "./ui.words.ts";
import "./notices.css";

export type NoticeTone = "plain" | "good" | "warn" | "bad";
const noticeSigns: Readonly<Record<NoticeTone, string>> = { plain: "i", good: "✓", warn: "!", bad: "!" };

/** A sentence the reader should see (提示), with at most one thing to do about it. */
export function Notice({
  tone = "plain",
  title,
  children,
  action,
  live = false,
}: {
  readonly tone?: NoticeTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly live?: boolean;
}) {
  return (
    <div
      className={classes("notice", `notice-${tone}`)}
      {...(live ? { role: tone === "bad" ? "alert" : "status" } : {})}
    >
      <span aria-hidden="true" className="notice-sign">
        {noticeSigns[tone]}
      </span>
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className="notice-action">{action}</div>}
    </div>
  );
}

/** Nothing here, said kindly (空): what it means and what can be done. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <p className="empty-help">{children}</p>}
      {action}
    </div>
  );
}

/** Data on its way (加载中): a word at once, another one when it takes long; never a wheel alone. */
export function Loading({ label }: { readonly label?: string }) {
  const w = useWords(words).states;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 4_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status">
      <span className="loading-bar" aria-hidden="true" />
      <span>{slow ? w.slow : (label ?? w.loading)}</span>
    </div>
  );
}

/** What went wrong, in a sentence, with a way on (失败). Looks nothing like an empty list. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const w = useWords(words).states;
  const sentence = useProblemSentence();
  const requestId = error instanceof ApiProblem && error.status >= 500 ? error.requestId : "";
  const title = error instanceof NoAnswer ? w.loadFailed : undefined;
  return (
    <Notice
      tone="bad"
      live
      title={title ?? sentence(error)}
      action={
        onRetry && (
          <Button onClick={onRetry} size="small">
            {w.retry}
          </Button>
        )
      }
    >
      {title && <p>{sentence(error)}</p>}
      {requestId && <p className="notice-small">{w.requestId({ id: requestId })}</p>}
    </Notice>
  );
}

/** The seen states of one question (四种样子): loading, failed, filled; "empty" is for the page, which knows the words. */
export function Answer<Data>({
  query,
  children,
}: {
  readonly query: {
    readonly data: Data | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    refetch(): unknown;
  };
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined && !query.error) return <>{children(query.data)}</>;
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
