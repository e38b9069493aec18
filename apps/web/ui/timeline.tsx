import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useNames } from "../composition.ts";
import { type CitationLike, CitationText } from "./citation.tsx";
import { classes } from "./classes.ts";
import { showDate, showInstant } from "./format.ts";
import { usePreferences, useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./timeline.css";

export interface TimelineStep {
  readonly id: string;
  /** An instant, or a calendar date when the hour is not known. */
  readonly at: string;
  readonly what: ReactNode;
  readonly actor?: string | null;
  readonly law?: readonly CitationLike[];
  readonly detail?: ReactNode;
  readonly documents?: readonly { readonly href: string; readonly title: string }[];
  readonly decision?: { readonly href: string; readonly title: string };
  /** Acts with legal effect carry the seal's mark. */
  readonly legal?: boolean;
}

/** The spine of a file (经过): who, when, what, by which article, with which document. Steps come oldest first. */
export function Timeline({ steps, label }: { readonly steps: readonly TimelineStep[]; readonly label?: string }) {
  const w = useWords(words).timeline;
  const { locale } = usePreferences();
  const names = useNames();
  const [newestFirst, setNewestFirst] = useState(true);
  if (steps.length === 0) return <p className="timeline-none">{w.none}</p>;
  const ordered = newestFirst ? [...steps].reverse() : steps;
  return (
    <section aria-label={label ?? w.title} className="timeline">
      {steps.length > 4 && (
        <Button size="small" type="text" onClick={() => setNewestFirst(!newestFirst)}>
          {newestFirst ? w.oldest : w.newest}
        </Button>
      )}
      <ol>
        {ordered.map((step) => (
          <li key={step.id} className={classes("timeline-step", step.legal && "timeline-legal")}>
            <time dateTime={step.at} className="timeline-when">
              {step.at.length > 10 ? showInstant(step.at, locale) : showDate(step.at, locale)}
            </time>
            <div className="timeline-what">
              <p>
                <strong>{step.what}</strong>
                {step.actor && <span className="timeline-actor"> {w.by({ actor: names.actor(step.actor) })}</span>}
              </p>
              {step.detail && <div className="timeline-detail">{step.detail}</div>}
              {step.law && step.law.length > 0 && (
                <p className="timeline-law">
                  {w.law}{" "}
                  {step.law.map((law, at) => (
                    <span key={`${law.document}${law.article}${law.item ?? ""}`}>
                      {at > 0 && "；"}
                      <CitationText law={law} />
                    </span>
                  ))}
                </p>
              )}
              {(step.documents?.length || step.decision) && (
                <p className="timeline-links">
                  {step.documents?.map((document) => (
                    <a key={document.href} href={document.href}>
                      {document.title}
                    </a>
                  ))}
                  {step.decision && <a href={step.decision.href}>{step.decision.title}</a>}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
