import type { ReactNode } from "react";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./page.css";

/** Head of every page (页首): where it stands, its title, its state in words. Sets the document's title. */
export function PageHead({
  title,
  state,
  above,
  tools,
}: {
  readonly title: string;
  readonly state?: ReactNode;
  readonly above?: ReactNode;
  readonly tools?: ReactNode;
}) {
  const w = useWords(words);
  return (
    <header className="page-head">
      <title>{`${title} · ${w.product}`}</title>
      {above && <div className="page-above">{above}</div>}
      <div className="page-title">
        <div className="page-words">
          <h1 tabIndex={-1} id="page-title">
            {title}
          </h1>
          {state && <p className="page-state">{state}</p>}
        </div>
        {tools && <div className="page-tools">{tools}</div>}
      </div>
    </header>
  );
}

/** A file (案卷): title and state in words, the one next act, the others with their reasons, then the body and its spine. */
export function FilePage(props: {
  readonly title: string;
  readonly state?: ReactNode;
  readonly above?: ReactNode;
  readonly tools?: ReactNode;
  /** The one next act; absent = nothing to do, which is said. */
  readonly next?: ReactNode;
  readonly others?: ReactNode;
  readonly children: ReactNode;
}) {
  const w = useWords(words).act;
  return (
    <article className="file">
      <PageHead title={props.title} state={props.state} above={props.above} tools={props.tools} />
      {(props.next || props.others) && (
        <section className="file-acts" aria-label={w.next}>
          {props.next}
          {props.others && (
            <details className="file-others">
              <summary>{w.otherActs}</summary>
              <div className="file-others-body">{props.others}</div>
            </details>
          )}
        </section>
      )}
      {props.children}
    </article>
  );
}

/** A part of a page with its heading (节). */
export function Section({
  title,
  children,
  tools,
  id,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly tools?: ReactNode;
  readonly id?: string;
}) {
  return (
    <section className="section" id={id}>
      <div className="section-head">
        <h2>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
