import { Page } from "./layout.tsx";
import { chineseOnly, dateText, textsOf, type View } from "./view.ts";

export interface Verified {
  readonly genuine: boolean;
  readonly number: string | null;
  readonly title: string;
  readonly authority: string;
  readonly issuedOn: string;
  readonly voidReason: string | null;
  /** Its full text may be opened by anybody. */
  readonly public: boolean;
}

/** Whether a paper is genuine (文书核验): by the code typed, or by the QR code that leads here. */
export function VerifyPage({
  view,
  code,
  found,
  problem,
}: {
  view: View;
  code: string;
  found?: Verified;
  problem?: "unknown" | "form";
}) {
  const texts = textsOf(view).verify;
  const chinese = chineseOnly(view);
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      <p className="lead">{texts.lead}</p>
      {found ? (
        <section aria-labelledby="result" className={found.genuine ? "verdict good" : "verdict bad"}>
          <h2 id="result">{texts.result}</h2>
          <p>
            <strong>{`${found.genuine ? "✓" : "✕"} ${found.genuine ? texts.genuine : texts.void}`}</strong>
          </p>
          {found.voidReason ? <p lang={chinese}>{texts.voidReason({ reason: found.voidReason })}</p> : null}
          <dl className="facts">
            <div>
              <dt>{texts.documentTitle}</dt>
              <dd lang={chinese}>{found.title}</dd>
            </div>
            <div>
              <dt>{texts.number}</dt>
              <dd lang={chinese}>{found.number ?? texts.noNumber}</dd>
            </div>
            <div>
              <dt>{texts.authority}</dt>
              <dd lang={chinese}>{found.authority}</dd>
            </div>
            <div>
              <dt>{texts.issuedOn}</dt>
              <dd>{dateText(view, found.issuedOn)}</dd>
            </div>
          </dl>
          {found.public ? (
            <p>
              <a href={`/api/documents/open-public?code=${encodeURIComponent(code)}`}>{texts.open}</a>
            </p>
          ) : null}
        </section>
      ) : null}
      {problem ? (
        <p className="warning" role="alert">
          {problem === "unknown" ? texts.unknown : texts.form}
        </p>
      ) : null}
      <form action="/verify" method="get" className="narrow">
        <p className="field">
          <label htmlFor="code">{texts.label}</label>
          <span className="hint" id="code-hint">
            {texts.hint}
          </span>
          <input
            id="code"
            name="code"
            className="code"
            defaultValue={code}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="code-hint"
          />
        </p>
        <p>
          <button type="submit">{texts.submit}</button>
        </p>
      </form>
    </Page>
  );
}
