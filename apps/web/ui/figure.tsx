import type { ReactNode } from "react";
import { Link } from "react-router";
import { showCount, showDate } from "./format.ts";
import { usePreferences, useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./figure.css";

/** A figure (数字): big number, unit, base, as-of date, trend, and the way to its rows. Never a gauge. */
export function Figure(props: {
  readonly title: string;
  readonly value: number | string | null;
  readonly unit?: string;
  readonly base?: string;
  readonly asOf?: string;
  readonly change?: number;
  readonly rows?: string;
  readonly note?: ReactNode;
  readonly tone?: "late" | "soon";
}) {
  const w = useWords(words);
  const { locale } = usePreferences();
  const value = props.value === null ? "—" : typeof props.value === "number" ? showCount(props.value) : props.value;
  return (
    <div className={props.tone ? `figure figure-${props.tone}` : "figure"}>
      <p className="figure-title">{props.title}</p>
      <p className="figure-value">
        {props.rows ? (
          <Link to={props.rows} aria-label={`${props.title} ${value}${props.unit ?? ""}，${w.figure.rows}`}>
            {value}
          </Link>
        ) : (
          value
        )}
        {props.unit && <span className="figure-unit">{props.unit}</span>}
      </p>
      {props.change !== undefined && (
        <p className="figure-note">
          {props.change === 0
            ? w.figure.same
            : props.change > 0
              ? `↑ ${w.figure.up({ by: showCount(props.change) })}`
              : `↓ ${w.figure.down({ by: showCount(-props.change) })}`}
        </p>
      )}
      {props.base && <p className="figure-note">{w.figure.base({ base: props.base })}</p>}
      {props.note && <p className="figure-note">{props.note}</p>}
      {props.asOf && <p className="figure-note">{w.figure.asOf({ date: showDate(props.asOf, locale) })}</p>}
    </div>
  );
}

export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className="figures">{children}</div>;
}
