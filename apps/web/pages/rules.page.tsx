import { Select } from "antd";
import { type FormEvent, useState } from "react";
import { listRules, tryRule } from "../../../kernel/rule/rules.contract.ts";
import { type CitationLike, CitationText } from "../ui/citation.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { Answer, Failed, Loading } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";
import { DecisionView } from "./decision-view.tsx";

interface Asked {
  readonly rule: string;
  readonly facts: Record<string, unknown>;
  readonly on?: string;
}

/** Try a rule on typed facts (规则试算): the same door as the command line; nothing is stored. */
export function Component() {
  const w = useWords(words).rules;
  const { locale } = usePreferences();
  const rules = useQueryOperation(listRules, {}, { staleTime: 600_000 });
  const [rule, setRule] = useState<string>();
  const [text, setText] = useState("{}");
  const [on, setOn] = useState("");
  const [bad, setBad] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const answer = useQueryOperation(tryRule, asked ?? { rule: "", facts: {} }, {
    enabled: asked !== undefined,
    staleTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      const facts: unknown = JSON.parse(text);
      if (typeof facts !== "object" || facts === null || Array.isArray(facts)) throw new SyntaxError("not an object");
      setBad(false);
      if (rule) setAsked({ rule, facts: facts as Record<string, unknown>, ...(on ? { on } : {}) });
    } catch {
      setBad(true);
    }
  };
  const chosen = rules.data?.rules.find((one) => one.id === rule);
  return (
    <>
      <PageHead title={w.title} />
      <p className="form-purpose">{w.purpose}</p>
      <Answer query={rules}>
        {(data) => (
          <form className="form" onSubmit={submit}>
            <div className="field">
              <label htmlFor="rule">{w.rule}</label>
              <Select
                id="rule"
                showSearch={{ optionFilterProp: "label" }}
                value={rule}
                onChange={setRule}
                options={data.rules.map((one) => ({ value: one.id, label: one.id }))}
                style={{ width: "100%" }}
              />
            </div>
            <div className="field">
              <label htmlFor="rule-on">{w.on}</label>
              <p className="field-help">{w.onHelp}</p>
              <input
                id="rule-on"
                type="date"
                className="plain-input field-date"
                value={on}
                onChange={(event) => setOn(event.target.value)}
              />
            </div>
            <div className={bad ? "field field-bad" : "field"}>
              <label htmlFor="rule-facts">{w.facts}</label>
              <p className="field-help">{w.factsHelp}</p>
              {bad && <p className="field-trouble">{w.badJson}</p>}
              <textarea
                id="rule-facts"
                className="plain-input code"
                rows={8}
                spellCheck={false}
                value={text}
                aria-invalid={bad || undefined}
                onChange={(event) => setText(event.target.value)}
              />
            </div>
            <button type="submit" className="button-link button-plain">
              {w.try}
            </button>
          </form>
        )}
      </Answer>
      {asked &&
        (answer.error ? (
          <Failed error={answer.error} />
        ) : answer.data ? (
          <DecisionView decision={answer.data.decision} />
        ) : (
          <Loading />
        ))}
      {chosen && (
        <Section title={w.versions}>
          <ul className="plain-list">
            {chosen.versions.map((version) => (
              <li key={version.from}>
                <strong>
                  {showDate(version.from, locale)} — {version.to ? showDate(version.to, locale) : ""}
                </strong>
                <ul>
                  {version.citations.map((law) => (
                    <li key={JSON.stringify(law)}>
                      <CitationText law={law as unknown as CitationLike} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
