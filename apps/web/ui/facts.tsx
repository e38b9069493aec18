import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./facts.css";

export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
  /** The law asks for this fact: when it is absent it is named as missing, not left blank. */
  readonly required?: boolean;
  readonly source?: string;
  readonly wide?: boolean;
}

function absent(value: ReactNode): boolean {
  return value === null || value === undefined || value === "" || value === false;
}

/** Facts of a file in two columns (登记事项); what is missing is named as missing. */
export function Facts({ items, label }: { readonly items: readonly Fact[]; readonly label?: string }) {
  const w = useWords(words).facts;
  return (
    <dl className="facts" aria-label={label}>
      {items.map((item) => (
        <div key={item.term} className={classes("fact", item.wide && "fact-wide")}>
          <dt>{item.term}</dt>
          <dd>
            {absent(item.value) ? (
              <span className={classes(item.required ? "fact-missing" : "fact-none")}>
                {item.required ? w.missing : w.none}
              </span>
            ) : (
              item.value
            )}
            {item.source && <span className="fact-source">{w.source({ source: item.source })}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
