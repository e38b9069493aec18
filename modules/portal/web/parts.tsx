import type { ReactNode } from "react";
import type { Cell, OrganisationHit } from "../portal.contract.ts";
import {
  addressOf,
  chineseOnly,
  countText,
  dateText,
  nameIn,
  namesOf,
  printedText,
  shareText,
  textsOf,
  type View,
} from "./view.ts";

/** The one search box (查询框). A plain form: it works without scripts and its answer has an address. */
export function SearchBox({
  view,
  q = "",
  big = false,
  children,
}: {
  view: View;
  q?: string;
  big?: boolean;
  children?: ReactNode;
}) {
  const texts = textsOf(view);
  return (
    <search>
      <form className={big ? "search big" : "search"} action="/search" method="get">
        <label htmlFor="q">{big ? texts.home.label : texts.search.label}</label>
        <p className="hint" id="q-hint">
          {texts.home.hint}
        </p>
        <div className="line">
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={q}
            maxLength={200}
            autoComplete="off"
            aria-describedby="q-hint"
          />
          <button type="submit">{texts.home.find}</button>
        </div>
        {children}
      </form>
    </search>
  );
}

/** State of an organisation in words, with a sign where it matters: never colour alone. */
export function Marks({ view, hit }: { view: View; hit: OrganisationHit }) {
  const names = namesOf(view);
  const ended = ["deregistered", "revoked", "annulled", "withdrawn"].includes(hit.status);
  return (
    <span className="marks">
      <span className={ended ? "mark ended" : "mark"}>{nameIn(names.statuses, hit.status)}</span>
      {hit.grade ? <span className="mark grade">{hit.grade}</span> : null}
      {hit.charity ? <span className="mark">{names.fields.charity}</span> : null}
      {hit.listing === "none" ? null : (
        <span className="mark listed">{`▲ ${nameIn(names.listings, hit.listing)}`}</span>
      )}
    </span>
  );
}

/** One organisation in a list of results. */
export function Hit({ view, hit }: { view: View; hit: OrganisationHit }) {
  const names = namesOf(view);
  const texts = textsOf(view);
  return (
    <li className="hit">
      <h3>
        <a href={`/organisations/${encodeURIComponent(hit.key)}`} lang={chineseOnly(view)}>
          {hit.name}
        </a>
      </h3>
      <p>
        <Marks view={view} hit={hit} />
      </p>
      <p className="soft">
        {nameIn(names.kinds, hit.kind)}
        {hit.registrationAuthority ? (
          <>
            {" · "}
            <span lang={chineseOnly(view)}>{hit.registrationAuthority}</span>
          </>
        ) : null}
        {hit.registeredOn ? ` · ${names.fields.registeredOn} ${dateText(view, hit.registeredOn)}` : null}
        {hit.code ? (
          <>
            {" · "}
            <span className="code">{hit.code}</span>
          </>
        ) : null}
      </p>
      {hit.formerNames ? (
        <p className="soft" lang={chineseOnly(view)}>
          {texts.search.former({ names: hit.formerNames })}
        </p>
      ) : null}
    </li>
  );
}

/** On to the next page of a list, and back to the first. */
export function Pager({ view, next }: { view: View; next: string | null }) {
  const texts = textsOf(view);
  const later = view.query.some(([name]) => name === "after");
  if (next === null && !later) return null;
  return (
    <nav className="pager" aria-label={texts.search.next}>
      {later ? <a href={addressOf(view, { after: null })}>{texts.search.first}</a> : null}
      {next === null ? null : (
        <a href={addressOf(view, { after: next })} rel="next">
          {texts.search.next}
        </a>
      )}
    </nav>
  );
}

/** A big figure with what it counts, its share and where its rows stand (大数字). */
export function Figure({
  view,
  label,
  value,
  href,
  note,
}: {
  view: View;
  label: string;
  value: number;
  href?: string;
  note?: string;
}) {
  const texts = textsOf(view);
  const number = (
    <>
      <span className="number">{printedText(view, value)}</span>
      {texts.home.unit ? <span className="unit"> {texts.home.unit}</span> : null}
    </>
  );
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>
        {href ? <a href={href}>{number}</a> : number}
        {note ? <span className="note">{note}</span> : null}
      </dd>
    </div>
  );
}

export interface Row {
  readonly label: string;
  readonly cell: Cell;
  /** A further address beside the label, e.g. the statistics of a division. */
  readonly enter?: string;
  readonly lang?: string;
}

/** A table of figures (数据表): each opens its rows; shares say what they are of. */
export function FigureTable({
  view,
  title,
  head,
  rows,
  base,
  total,
  quiet,
}: {
  view: View;
  title: string;
  head: string;
  rows: readonly Row[];
  base?: number;
  total?: boolean;
  /** The heading above says what it is; the caption is for screen readers. */
  quiet?: boolean;
}) {
  const texts = textsOf(view);
  const sum = rows.reduce((all, row) => all + (row.cell.value ?? 0), 0);
  const complete = rows.every((row) => row.cell.value !== null);
  return (
    <table>
      <caption className={quiet ? "away" : undefined}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" className="num">
            {texts.table.count}
          </th>
          {base === undefined ? null : (
            <th scope="col" className="num">
              {texts.table.shareOf({ base: countText(base) })}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.cell.key}>
            <th scope="row" lang={row.lang}>
              {row.enter ? <a href={row.enter}>{row.label}</a> : row.label}
            </th>
            <td className="num">
              {row.cell.value === null ? (
                texts.table.suppressed
              ) : row.cell.value === 0 ? (
                "0"
              ) : (
                <a href={row.cell.rows}>{countText(row.cell.value)}</a>
              )}
            </td>
            {base === undefined ? null : (
              <td className="num">{row.cell.value === null ? "—" : shareText(row.cell.value, base)}</td>
            )}
          </tr>
        ))}
      </tbody>
      {total && complete ? (
        <tfoot>
          <tr>
            <th scope="row">{texts.table.total}</th>
            <td className="num">{countText(sum)}</td>
            {base === undefined ? null : <td className="num">{shareText(sum, base)}</td>}
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}

/** An inline link to a document's verification. */
export function VerifyLink({ code, children }: { code: string; children: ReactNode }) {
  return <a href={`/verify/${encodeURIComponent(code)}`}>{children}</a>;
}

/** Where a page of figures stands in the tree of divisions (所在层级): each place above it is a link. */
export function Crumbs({
  view,
  label,
  chain,
  here,
  to,
}: {
  view: View;
  label: string;
  chain: readonly { code: string; name: string }[];
  here: string;
  to: (code: string) => string;
}) {
  if (chain.length < 2) return null;
  return (
    <nav aria-label={label} className="crumbs">
      <ol>
        {chain.map((one) => (
          <li key={one.code}>
            {one.code === here ? (
              <span aria-current="page" lang={chineseOnly(view)}>
                {one.name}
              </span>
            ) : (
              <a href={to(one.code)} lang={chineseOnly(view)}>
                {one.name}
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
