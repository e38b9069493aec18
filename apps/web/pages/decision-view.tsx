import type { tryRule } from "../../../kernel/rule/rules.contract.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { type CitationLike, CitationText } from "../ui/citation.tsx";
import { Section } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { words } from "./admin.words.ts";

export type DecisionDto = OutputOf<typeof tryRule>["decision"];

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "—");
}

/** A decision laid open (判断过程): the outcome, every condition with what was found and asked, the articles, the settings. */
export function DecisionView({ decision }: { readonly decision: DecisionDto }) {
  const w = useWords(words).rules;
  const { locale } = usePreferences();
  return (
    <>
      <p className="quiet">
        <span className="code">{decision.rule}</span> · {w.version({ date: showDate(decision.version, locale) })}
      </p>
      <Section title={w.output}>
        <pre className="json">{JSON.stringify(decision.output, null, 2)}</pre>
      </Section>
      <Section title={w.conditions}>
        <table className="ledger-table">
          <caption className="unseen">{w.conditions}</caption>
          <thead>
            <tr>
              <th scope="col">{w.field}</th>
              <th scope="col">{w.value}</th>
              <th scope="col">{w.threshold}</th>
              <th scope="col">{w.met}</th>
              <th scope="col">{w.citations}</th>
            </tr>
          </thead>
          <tbody>
            {decision.conditions.map((one) => (
              <tr key={`${one.field}${one.comparator}${shown(one.threshold)}`}>
                <th scope="row">{one.field}</th>
                <td data-label={w.value}>{shown(one.value)}</td>
                <td data-label={w.threshold}>
                  {one.comparator} {shown(one.threshold)}
                </td>
                <td data-label={w.met}>
                  <StatusWord tone={one.met ? "done" : "soon"}>{one.met ? w.yes : w.no}</StatusWord>
                </td>
                <td data-label={w.citations}>
                  {one.citation ? (
                    <CitationText law={one.citation as unknown as CitationLike} />
                  ) : (
                    <span className="code quiet">{one.setting ?? "—"}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={w.citations}>
        <ul>
          {decision.citations.map((law) => (
            <li key={JSON.stringify(law)}>
              <CitationText law={law as unknown as CitationLike} />
            </li>
          ))}
        </ul>
      </Section>
      {Object.keys(decision.settings).length > 0 && (
        <Section title={w.settings}>
          <pre className="json">{JSON.stringify(decision.settings, null, 2)}</pre>
        </Section>
      )}
    </>
  );
}
