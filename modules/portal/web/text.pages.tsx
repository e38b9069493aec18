import type { Statistics } from "../portal.contract.ts";
import { Page } from "./layout.tsx";
import { SearchBox } from "./parts.tsx";
import { chineseOnly, countText, dateText, shareText, textsOf, type View } from "./view.ts";

/** Where donations go (捐赠去哪了): says honestly what is not here yet, and what can be done today. */
export function DonationsPage({ view, figures }: { view: View; figures: Statistics }) {
  const texts = textsOf(view).donations;
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      <p className="lead">{texts.honest}</p>
      <h2>{texts.can}</h2>
      <BeforeYouGive view={view} figures={figures} />
    </Page>
  );
}

/** Who may raise funds, and how to check one (捐赠之前). */
export function BeforeYouGive({ view, figures }: { view: View; figures: Statistics }) {
  const texts = textsOf(view).donations;
  const { charity } = figures;
  const facts = {
    charities: countText(charity.charities),
    qualified: countText(charity.qualified),
    share: shareText(charity.qualified, charity.charities),
  };
  return (
    <>
      {charity.charities > 0 ? <p>{texts.share(facts)}</p> : null}
      <ol className="steps">
        <li>
          <p>{texts.first}</p>
          <a href={charity.qualifiedRows}>{texts.firstLink({ count: facts.qualified })}</a>
        </li>
        <li>
          <p>{texts.second}</p>
          <a href={charity.rows}>{texts.secondLink({ count: facts.charities })}</a>
        </li>
        <li>
          <p>{texts.third}</p>
          <a href="/complaints/new">{texts.thirdLink}</a>
        </li>
      </ol>
    </>
  );
}

/** One text of law with the period it applies in. */
export interface LawPeriod {
  readonly document: string;
  readonly number?: string;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
}

/** The texts everything here rests on (法规), with their dates. */
export function RegulationsPage({ view, laws }: { view: View; laws: readonly LawPeriod[] }) {
  const texts = textsOf(view).regulations;
  const groups = [
    [
      texts.inForce,
      laws.filter(
        (one) => one.effectiveFrom <= view.today && (one.effectiveTo === undefined || one.effectiveTo > view.today),
      ),
    ],
    [texts.coming, laws.filter((one) => one.effectiveFrom > view.today)],
    [texts.ended, laws.filter((one) => one.effectiveTo !== undefined && one.effectiveTo <= view.today)],
  ] as const;
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      <p className="lead">{texts.lead}</p>
      {groups.map(([title, rows]) =>
        rows.length === 0 ? null : (
          <section key={title}>
            <h2>{title}</h2>
            <table className="stack">
              <caption className="away">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{texts.document}</th>
                  <th scope="col">{texts.number}</th>
                  <th scope="col">{texts.from}</th>
                  <th scope="col">{texts.to}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={`${one.document} ${one.effectiveFrom}`}>
                    <th scope="row" lang={chineseOnly(view)}>
                      {one.document}
                    </th>
                    <td lang={chineseOnly(view)} data-label={texts.number}>
                      {one.number ?? "—"}
                    </td>
                    <td data-label={texts.from}>{dateText(view, one.effectiveFrom)}</td>
                    <td data-label={texts.to}>{one.effectiveTo ? dateText(view, one.effectiveTo) : texts.present}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ),
      )}
    </Page>
  );
}

const sections = [
  ["what", "whatText"],
  ["publish", "publishText"],
  ["expiry", "expiryText"],
  ["access", "accessText"],
  ["limits", "limitsText"],
  ["reuse", "reuseText"],
] as const;

/** What this site is, what it publishes, and how far it can be used by everybody (关于本站与无障碍). */
export function AboutPage({ view }: { view: View }) {
  const texts = textsOf(view).about;
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      {sections.map(([head, body]) => (
        <section key={head}>
          <h2>{texts[head]}</h2>
          <p>{texts[body]}</p>
        </section>
      ))}
    </Page>
  );
}

/** A page that is not there, or could not be made (错误页), in the style of the others. */
export function ProblemPage({
  view,
  title,
  help,
  requestId,
}: {
  view: View;
  title: string;
  help: string;
  requestId?: string;
}) {
  const texts = textsOf(view).problem;
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      <p className="lead">{help}</p>
      <SearchBox view={view} />
      {requestId ? <p className="soft">{texts.id({ id: requestId })}</p> : null}
      <p>
        <a href="/">{texts.home}</a>
      </p>
    </Page>
  );
}
