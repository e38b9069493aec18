import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import "./status.css";

export type Tone = "neutral" | "done" | "soon" | "late" | "legal" | "muted";

const signs: Readonly<Record<Tone, string>> = { neutral: "○", done: "✓", soon: "◔", late: "!", legal: "■", muted: "–" };

/** A state in words (状态): the word carries the meaning, a sign and a colour repeat it; never colour alone. */
export function StatusWord({
  tone = "neutral",
  children,
  title,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  return (
    <span className={classes("status", `status-${tone}`)} title={title}>
      <span aria-hidden="true" className="status-sign">
        {signs[tone]}
      </span>
      {children}
    </span>
  );
}
