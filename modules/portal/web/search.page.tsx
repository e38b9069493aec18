import { grades, kinds, statuses } from "../../organisations/index.ts";
import type { OrganisationHit } from "../portal.contract.ts";
import { Page } from "./layout.tsx";
import { Hit, Pager, SearchBox } from "./parts.tsx";
import { chineseOnly, countText, nameIn, namesOf, textsOf, type View } from "./view.ts";

export interface Place {
  readonly code: string;
  readonly name: string;
  /** Steps below the root of this installation, for indenting. */
  readonly depth: number;
}

export interface SearchAnswer {
  readonly how: string;
  readonly organisations: readonly OrganisationHit[];
  readonly total: number | null;
  readonly next: string | null;
}

/** What was typed and chosen, as it stands in the address. */
export type Asked = Readonly<
  Partial<
    Record<
      "q" | "kind" | "status" | "grade" | "listing" | "division" | "registeredYear" | "charity" | "fundraising" | "own",
      string
    >
  >
>;

function Choice({
  view,
  name,
  label,
  value,
  options,
}: {
  view: View;
  name: string;
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
}) {
  return (
    <p className="field">
      <label htmlFor={name}>{label}</label>
      <select id={name} name={name} defaultValue={value ?? ""}>
        <option value="">{textsOf(view).search.any}</option>
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </p>
  );
}

const filterNames = [
  "kind",
  "status",
  "grade",
  "listing",
  "division",
  "registeredYear",
  "charity",
  "fundraising",
  "own",
] as const;

/** Search and its results (查组织). Without words or filters it shows the whole register in the order of names. */
export function SearchPage({
  view,
  asked,
  places,
  answer,
  problem,
}: {
  view: View;
  asked: Asked;
  places: readonly Place[];
  answer: SearchAnswer | undefined;
  problem?: string;
}) {
  const texts = textsOf(view);
  const names = namesOf(view);
  const title = asked.q ? texts.search.titleFor({ q: asked.q }) : texts.search.title;
  const filtered = filterNames.some((name) => asked[name]);
  const options = (table: Readonly<Record<string, string>>, codes: readonly string[]) =>
    codes.map((code) => [code, nameIn(table, code)] as const);
  const years = asked.registeredYear ?? "";
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      <SearchBox view={view} q={asked.q ?? ""}>
        <details className="filters" open={filtered}>
          <summary>{texts.search.filters}</summary>
          <div className="grid">
            <Choice
              view={view}
              name="kind"
              label={texts.search.kind}
              value={asked.kind}
              options={options(names.kinds, kinds)}
            />
            <Choice
              view={view}
              name="status"
              label={texts.search.status}
              value={asked.status}
              options={options(names.statuses, ["living", ...statuses])}
            />
            <Choice
              view={view}
              name="grade"
              label={texts.search.grade}
              value={asked.grade}
              options={options(names.grades, ["3A+", ...grades, "graded", "-"])}
            />
            <Choice
              view={view}
              name="listing"
              label={texts.search.listing}
              value={asked.listing}
              options={options(names.listings, ["abnormal", "serious", "any", "none"])}
            />
            <p className="field">
              <label htmlFor="division">{texts.search.division}</label>
              <select id="division" name="division" defaultValue={asked.division ?? ""}>
                <option value="">{texts.search.any}</option>
                {places.map((place) => (
                  <option key={place.code} value={place.code} lang={chineseOnly(view)}>
                    {`${"\u3000".repeat(place.depth)}${place.name}`}
                  </option>
                ))}
              </select>
            </p>
            <p className="field">
              <label htmlFor="registeredYear">{texts.search.year}</label>
              <input
                id="registeredYear"
                name="registeredYear"
                defaultValue={years}
                inputMode="numeric"
                maxLength={4}
                aria-describedby="year-hint"
              />
              <span className="hint" id="year-hint">
                {texts.search.yearHint}
              </span>
            </p>
            {asked.own ? <input type="hidden" name="own" value="true" /> : null}
            <p className="tick">
              <input
                id="charity"
                name="charity"
                type="checkbox"
                value="true"
                defaultChecked={asked.charity === "true"}
              />
              <label htmlFor="charity">{texts.search.charity}</label>
            </p>
            <p className="tick">
              <input
                id="fundraising"
                name="fundraising"
                type="checkbox"
                value="true"
                defaultChecked={asked.fundraising === "true"}
              />
              <label htmlFor="fundraising">{texts.search.fundraising}</label>
            </p>
          </div>
          <p>
            <button type="submit">{texts.search.submit}</button> <a href="/search">{texts.search.clear}</a>
          </p>
        </details>
      </SearchBox>
      <section aria-labelledby="results">
        <h2 id="results" className="quiet">
          {texts.search.results}
        </h2>
        {problem ? (
          <p className="warning" role="alert">
            {problem}
          </p>
        ) : null}
        {answer ? <Results view={view} answer={answer} /> : null}
      </section>
    </Page>
  );
}

function Results({ view, answer }: { view: View; answer: SearchAnswer }) {
  const texts = textsOf(view);
  if (answer.how === "too-short") return <p className="warning">{texts.search.tooShort}</p>;
  if (answer.organisations.length === 0) {
    return (
      <>
        <p>{texts.search.none}</p>
        <ul>
          {texts.search.noneHelp.split("\n").map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      <p className="count">
        {answer.total === null
          ? answer.next === null
            ? null
            : texts.search.page({ count: countText(answer.organisations.length) })
          : texts.search.total({ count: countText(answer.total) })}
      </p>
      <ol className="hits">
        {answer.organisations.map((hit) => (
          <Hit key={hit.key} view={view} hit={hit} />
        ))}
      </ol>
      <Pager view={view} next={answer.next} />
    </>
  );
}
